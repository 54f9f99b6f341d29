"""What `regie analyse` says, in English and Dutch."""

ANALYSE_PHRASES = {
    "help.analyse": (
        "Say what a sweep shows: on which factors outcomes hang and how much is luck, how outcomes respond, and where "
        "something does not help. Writes a page and tables into the folder of the sweep; an earlier analysis there is "
        "replaced. A sweep that is not finished can be analysed too.\n\n"
        "RESULTS is the folder of a sweep, such as results/waiting-and-control.",
        "Zeg wat een reeks laat zien: van welke factoren uitkomsten afhangen en hoeveel toeval is, hoe uitkomsten "
        "meebewegen, en waar iets niet helpt. Schrijft een pagina en tabellen in de map van de reeks; een eerdere "
        "analyse daar wordt vervangen. Ook een reeks die niet af is kan worden geanalyseerd.\n\n"
        "RESULTS is de map van een reeks, zoals results/waiting-and-control.",
    ),
    "option.looked_at": (
        "Outcomes to look at, as a,b or repeated. [default: all that were kept; of many, the headlines]",
        "Uitkomsten om te bekijken, als a,b of herhaald. [standaard: alle bewaarde; van veel de belangrijkste]",
    ),
    "option.under": (
        "Regime to look at. [default: each but the first, by how much it differs from the first]",
        "Regime om te bekijken. [standaard: elk behalve het eerste, naar hoeveel het van het eerste verschilt]",
    ),
    "option.against": (
        "Regime that is taken off, in the same point and replication.",
        "Regime dat eraf wordt getrokken, bij hetzelfde punt en dezelfde herhaling.",
    ),
    "option.where": (
        "What to look for, such as '> -2', in the unit of the outcome. [default: that a regime does not help]",
        "Waarnaar te zoeken, zoals '> -2', in de eenheid van de uitkomst. [standaard: dat een regime niet helpt]",
    ),
    "option.analysis_folder": (
        "Folder to write. [default: analysis in the folder of the sweep]",
        "Map om te schrijven. [standaard: analysis in de map van de reeks]",
    ),
    "analysed whole": (
        "{title}: {points} points, {replications} replications, {regimes}, {days}: all {runs} runs.",
        "{title}: {points} punten, {replications} herhalingen, {regimes}, {days}: alle {runs} runs.",
    ),
    "analysed partly": (
        "{title}: {points} points, {replications} replications, {regimes}, {days}: {runs} of {planned} runs so far. "
        "Read this as an interim state.",
        "{title}: {points} punten, {replications} herhalingen, {regimes}, {days}: nog maar {runs} van de {planned} "
        "runs. Lees dit als tussenstand.",
    ),
    "analysed failed": (
        "{failed} runs failed and do not count.",
        "{failed} runs mislukten en tellen niet mee.",
    ),
    "analysed hangs": ("It hangs most on:", "Het hangt het meest af van:"),
    "analysed page": ("Page and tables: {path}", "Pagina en tabellen: {path}"),
    "analysed more": (
        "The page holds {n} more questions.",
        "Op de pagina staan nog {n} vragen.",
    ),
    "analysed mind": ("Mind:", "Let op:"),
}
"""Phrases by key, each as (English, Dutch)."""
