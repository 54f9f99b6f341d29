"""What `regie sweep` says, in English and Dutch."""

SWEEP_PHRASES = {
    "help.sweep": (
        "Run an experiment: a design of points, each under one or more regimes, with replications. All that finishes "
        "is kept at once; after Ctrl-C, a crash or a power cut the same command goes on. More replications or samples "
        "extend what is there.\n\n"
        "EXPERIMENT is a name (a file of experiments/) or a file, such as ./mine.toml.",
        "Draai een experiment: een ontwerp van punten, elk onder een of meer regimes, met herhalingen. Alles wat klaar "
        "is wordt meteen bewaard; na Ctrl-C, een storing of stroomuitval gaat hetzelfde commando verder. Meer "
        "herhalingen of trekkingen vullen aan wat er is.\n\n"
        "EXPERIMENT is een naam (een bestand in experiments/) of een bestand, zoals ./mijn.toml.",
    ),
    "option.samples": (
        "Samples of the design, instead of those in the file.",
        "Trekkingen van het ontwerp, in plaats van die in het bestand.",
    ),
    "option.repeated": (
        "Replications of each point, instead of those in the file.",
        "Herhalingen van elk punt, in plaats van die in het bestand.",
    ),
    "option.engine": (
        "Who does the work: threads of this process, or processes. [default: threads]",
        "Wie het werk doet: threads van dit proces, of processes (processen). [standaard: threads]",
    ),
    "option.cluster": (
        "Address of a Dask scheduler, such as tcp://127.0.0.1:8786 (see docs/cluster.md).",
        "Adres van een Dask-scheduler, zoals tcp://127.0.0.1:8786 (zie docs/cluster.md).",
    ),
    "option.status": (
        "Say how far it is, and run nothing.",
        "Zeg hoever het is, en draai niets.",
    ),
    "option.quiet": (
        "Say nothing on the way.",
        "Zeg onderweg niets.",
    ),
    "option.first_look": (
        "A first look: a year, two replications, few samples, of very many factors some twenty; in a folder of its "
        "own.",
        "Een eerste blik: een jaar, twee herhalingen, weinig trekkingen, van heel veel factoren zo'n twintig; in een "
        "eigen map.",
    ),
    "option.folder": (
        "Folder of the sweep. [default: results/EXPERIMENT]",
        "Map van de reeks. [standaard: results/EXPERIMENT]",
    ),
    "experiment in order": (
        "{path} is in order: {factors}, {points}, {runs}.",
        "{path} is in orde: {factors}, {points}, {runs}.",
    ),
    "one factors": ("one factor", "één factor"),
    "n factors": ("{n} factors", "{n} factoren"),
    "one points": ("one point", "één punt"),
    "n points": ("{n} points", "{n} punten"),
    "one runs": ("one run", "één run"),
    "n runs": ("{n} runs", "{n} runs"),
    "sweep begins": (
        "{title}: {points} points, {replications} replications, {regimes}, {days}: {runs} runs.",
        "{title}: {points} punten, {replications} herhalingen, {regimes}, {days}: {runs} runs.",
    ),
    "sweep goes on": (
        "{done} of them are there already; it goes on from there.",
        "Daarvan zijn er {done} al klaar; het gaat daar verder.",
    ),
    "sweep whole": (
        "All {runs} runs are there; nothing is computed again.",
        "Alle {runs} runs zijn er; er wordt niets opnieuw berekend.",
    ),
    "sweep stopping": (
        "Stopping: what is under way is finished and kept. Once more, and it ends at once; what is finished is kept "
        "then too.",
        "Stoppen: wat bezig is wordt afgemaakt en bewaard. Nog een keer, en het eindigt meteen; wat klaar is blijft "
        "ook dan bewaard.",
    ),
    "sweep stopped": (
        "Stopped after {done} of {asked} runs. The same command goes on from there.",
        "Gestopt na {done} van {asked} runs. Hetzelfde commando gaat daar verder.",
    ),
    "sweep failed": (
        "{n} of {asked} runs failed; {file} says why. The first: {error}",
        "{n} van {asked} runs mislukten; {file} zegt waarom. De eerste: {error}",
    ),
    "sweep results": ("Results: {path}", "Uitkomsten: {path}"),
    "sweep next": (
        "What it says: regie analyse {path}",
        "Wat het zegt: regie analyse {path}",
    ),
    "status": (
        "{name}: {done} of {asked} runs done ({share}), {state}.",
        "{name}: {done} van {asked} runs klaar ({share}), {state}.",
    ),
    "status running": ("running now", "bezig"),
    "status speed": (
        "running now at {speed} runs a second, about {left} left",
        "bezig met {speed} runs per seconde, nog ongeveer {left}",
    ),
    "status whole": ("complete", "volledig"),
    "status stopped": (
        "not running; the same command without --status goes on",
        "niet bezig; hetzelfde commando zonder --status gaat verder",
    ),
}
"""Phrases by key, each as (English, Dutch)."""
