"""What the command line says, in English and Dutch."""

from __future__ import annotations

import os
from typing import Literal

from sim.errors import Said, Sentences
from sim.terminal.analyse_phrases import ANALYSE_PHRASES
from sim.terminal.app_phrases import APP_PHRASES
from sim.terminal.archive_phrases import ARCHIVE_PHRASES
from sim.terminal.sweep_phrases import SWEEP_PHRASES

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

PHRASES = Sentences({
    **SWEEP_PHRASES,
    **ANALYSE_PHRASES,
    **ARCHIVE_PHRASES,
    **APP_PHRASES,
    # help: the commands
    "help.regie": (
        "Who steers the care? Simulate care networks and compare ways of steering them.",
        "Wie heeft de regie? Simuleer zorgnetwerken en vergelijk manieren van besturen.",
    ),
    "help.run": (
        "Run one scenario under one regime and write what happened.\n\n"
        "SCENARIO is a name (see `regie scenarios`) or a file, such as ./mine.toml.",
        "Draai één scenario onder één regime en schrijf op wat er gebeurde.\n\n"
        "SCENARIO is een naam (zie `regie scenarios`) of een bestand, zoals ./mijn.toml.",
    ),
    "help.compare": (
        "Run regimes on one scenario, in pairs that share a world and its luck, and write a report. Or name several "
        "scenarios: the others are compared with the first.\n\n"
        "SCENARIO is a name (see `regie scenarios`) or a file, such as ./mine.toml.",
        "Draai regimes op één scenario, in paren met dezelfde wereld en hetzelfde geluk, en schrijf een verslag. Of "
        "noem meer scenario's: de andere worden vergeleken met het eerste.\n\n"
        "SCENARIO is een naam (zie `regie scenarios`) of een bestand, zoals ./mijn.toml.",
    ),
    "help.ablate": (
        "Hold a regime against the baseline with one mechanism of the model off at a time, and say which results hang "
        "on which mechanism.\n\n"
        "SCENARIO is a name (see `regie scenarios`) or a file, such as ./mine.toml.",
        "Vergelijk een regime met de uitgangssituatie terwijl om de beurt één mechanisme van het model uit staat, en "
        "zeg welke uitkomsten aan welk mechanisme hangen.\n\n"
        "SCENARIO is een naam (zie `regie scenarios`) of een bestand, zoals ./mijn.toml.",
    ),
    "help.story": (
        "Tell one person's life twice, as it went in two worlds that differ only in who steers. Without --client or "
        "--pick three people are picked by rule: the one in the middle of those who gain, the one in the middle of "
        "those who lose, and one by lot.\n\n"
        "SCENARIO is a name (see `regie scenarios`) or a file, such as ./mine.toml; one-zone where it is left out. "
        "With OTHER both are whole scenarios that differ in who steers, such as the two in a folder of results.",
        "Vertel het leven van één persoon twee keer, zoals het ging in twee werelden waarin alleen de sturing "
        "verschilt. Zonder --client of --pick worden er drie mensen door een regel gekozen: de middelste van wie erop "
        "vooruitgaan, de middelste van wie erop achteruitgaan, en één door het lot.\n\n"
        "SCENARIO is een naam (zie `regie scenarios`) of een bestand, zoals ./mijn.toml; one-zone als u niets noemt. "
        "Met OTHER zijn het twee hele scenario's die verschillen in wie stuurt, zoals die in een map met uitkomsten.",
    ),
    "help.scenarios": ("List the scenarios.", "Noem de scenario's."),
    "help.regimes": ("List the regimes.", "Noem de regimes."),
    "help.levers": (
        "List the levers: what a regime, or --set, may change.",
        "Noem de knoppen: wat een regime, of --set, kan veranderen.",
    ),
    "help.parameters": (
        "List the parameters that are no levers: properties of the world. With WORD only those about it.",
        "Noem de parameters die geen knoppen zijn: eigenschappen van de wereld. Met WOORD alleen die daarover gaan.",
    ),
    "help.validate": (
        "Check a scenario, regime or experiment file and name all its mistakes.",
        "Controleer een scenario-, regime- of experimentbestand en noem alle fouten.",
    ),
    "help.schema": (
        "Print the JSON schema of a scenario file (or `regime`, `experiment`), for editors.",
        "Toon het JSON-schema van een scenariobestand (of `regime`, `experiment`), voor editors.",
    ),
    "help.new": (
        "Write a scenario NAME.toml for a place of your own.\n\nOn a terminal it asks about the place; --template and "
        "--from do the same by an Excel workbook. Elsewhere, or with --commented, it writes a scenario with every "
        "value explained, to start from.",
        "Schrijf een scenario NAME.toml voor uw eigen plaats.\n\nOp een terminal stelt het vragen over de plaats; "
        "--template en --from doen hetzelfde met een Excel-werkmap. Elders, of met --commented, schrijft het een "
        "scenario met uitleg bij elke waarde, om mee te beginnen.",
    ),
    # help: the options
    "option.regime": (
        "Regime from day 0 on. [default: that of the scenario]",
        "Regime vanaf dag 0. [standaard: dat van het scenario]",
    ),
    "option.regimes": (
        "Regimes to compare, as a,b or repeated; names or files. [default: all]",
        "Regimes om te vergelijken, als a,b of herhaald; namen of bestanden. [standaard: alle]",
    ),
    "option.baseline": (
        "Regime that the others are compared with. [default: that of the scenario]",
        "Regime waarmee de andere worden vergeleken. [standaard: dat van het scenario]",
    ),
    "option.rival": (
        "Regime that is held against the baseline; name or file. [default: {claimed}]",
        "Regime dat met de uitgangssituatie wordt vergeleken; naam of bestand. [standaard: {claimed}]",
    ),
    "option.mechanisms": (
        "Mechanisms to switch off, as a,b or repeated. [default: all]",
        "Mechanismen om uit te zetten, als a,b of herhaald. [standaard: alle]",
    ),
    "option.client": (
        "Number of the person, as in the column `client` of the results.",
        "Nummer van de persoon, zoals in de kolom `client` van de uitkomsten.",
    ),
    "option.pick": (
        "One person picked by rule: gainer, loser or random.",
        "Eén persoon, gekozen door een regel: gainer (gaat vooruit), loser (gaat achteruit) of random (door het lot).",
    ),
    "option.world": (
        "World of a comparison with this seed, by its number in the column `replication` of the results: that of the "
        "lives in the report. [default: the scenario's own numbers]",
        "Wereld van een vergelijking met deze seed, met het nummer uit de kolom `replication` van de uitkomsten: die "
        "van de levens in het verslag. [standaard: de getallen van het scenario zelf]",
    ),
    "option.why": (
        "Say what workers weighed on the first days; about a second more for each.",
        "Zeg wat medewerkers de eerste dagen afwogen; ongeveer een seconde extra per dag.",
    ),
    "option.overrides": (
        "Set a value, as PATH=VALUE; repeatable. Examples: intake_hours=2, control=0.3, "
        "organisations.home-care.renown=2.",
        "Stel een waarde in, als PAD=WAARDE; herhaalbaar. Voorbeelden: intake_hours=2, control=0.3, "
        "organisations.home-care.renown=2.",
    ),
    "option.only": (
        "Only these organisations change, as a,b or repeated.",
        "Alleen deze organisaties veranderen, als a,b of herhaald.",
    ),
    "option.from_day": (
        "When the regime starts: a date (2007-01-01) or a day. [default: day 0]",
        "Wanneer het regime begint: een datum (2007-01-01) of een dag. [standaard: dag 0]",
    ),
    "option.equal_hours": (
        "Make hours for reports and meetings equal, with no serving on and no needs made smaller.",
        "Maak uren voor verantwoording en overleg gelijk, zonder doorlopen en zonder kleiner maken.",
    ),
    "option.replications": (
        "Worlds in which each regime is run. [default: {replications}]",
        "Werelden waarin elk regime wordt gedraaid. [standaard: {replications}]",
    ),
    "as precise": ("as many as --precision asks", "zoveel als --precision vraagt"),
    "option.precision": (
        "Go on until the headline differences are known to within N% of the baseline, looked at after 20, 28, 40 … "
        "worlds, at most {most_asked} or --replications. [default: {precision}, at most {most} worlds]",
        "Ga door tot de hoofdverschillen tot op N% van de uitgangswaarde bekend zijn, bekeken na 20, 28, 40 … "
        "werelden, hoogstens {most_asked} of --replications. [standaard: {precision}, hoogstens {most} werelden]",
    ),
    "option.worlds": (
        "plausible: every pair draws a world of its own, and those that contradict what is known are turned down; "
        "all: none is turned down; one: all pairs share the scenario's own numbers. [default: plausible]",
        "plausible: elk paar trekt een eigen wereld, en wat botst met wat bekend is valt af; all: er valt niets af; "
        "one: alle paren delen de getallen van het scenario zelf. [standaard: plausible]",
    ),
    "option.csv": (
        "Form of CSV files: nl has a decimal comma and semicolons, for Excel set to Dutch. [default: en]",
        "Vorm van CSV-bestanden: nl heeft een decimale komma en puntkomma's, voor Nederlandse Excel. [standaard: en]",
    ),
    "option.one_at_a_time": (
        "Take one rival apart: each lever alone, and the rival without each. Asks a single --regimes.",
        "Haal één tegenhanger uit elkaar: elke knop alleen, en zonder elke knop. Vraagt één --regimes.",
    ),
    "option.whole": (
        "Worlds of which every visit and client is kept. [default: {whole}]",
        "Werelden waarvan elk bezoek en elke cliënt wordt bewaard. [standaard: {whole}]",
    ),
    "option.seed": ("Number that fixes all chance. [default: 0]", "Getal dat al het toeval vastlegt. [standaard: 0]"),
    "option.days": (
        "Days to live after the warm-up. [default: {days}]",
        "Dagen na de aanloop. [standaard: {days}]",
    ),
    "option.quick": (
        "A first look: {quick_days} days, number of worlds {quick_replications}.",
        "Een eerste indruk: {quick_days} dagen, aantal werelden {quick_replications}.",
    ),
    "option.as_json": ("Print the summary as JSON.", "Toon de samenvatting als JSON."),
    "option.out": (
        "Folder to write; must not exist or be empty. [default: results/SCENARIO/DATE_TIME]",
        "Map om te schrijven; mag niet bestaan of moet leeg zijn. [standaard: results/SCENARIO/DATUM_TIJD]",
    ),
    "option.workers": (
        "Runs at the same time; results do not depend on it. [default: one per core]",
        "Runs tegelijk; de uitkomst hangt er niet van af. [standaard: één per kern]",
    ),
    "option.lang": (
        "Language: nl or en. [default: that of your computer]",
        "Taal: nl of en. [standaard: die van uw computer]",
    ),
    "option.version": ("Show the version.", "Toon de versie."),
    "option.help": ("Show this help.", "Toon deze hulp."),
    "option.extends": (
        "Scenario that the new one builds on. [default: {base}; with --commented one-zone]",
        "Scenario waarop het nieuwe voortbouwt. [standaard: {base}; met --commented one-zone]",
    ),
    "option.template": (
        "Write NAME.xlsx, a workbook to fill in.",
        "Schrijf NAME.xlsx, een werkmap om in te vullen.",
    ),
    "option.workbook": (
        "Read a filled-in workbook and write NAME.toml.",
        "Lees een ingevulde werkmap en schrijf NAME.toml.",
    ),
    "option.commented": (
        "Write a scenario with every value explained.",
        "Schrijf een scenario met uitleg bij elke waarde.",
    ),
    "Usage:": ("Usage:", "Gebruik:"),
    "Options:": ("Options:", "Opties:"),
    "Commands:": ("Commands:", "Opdrachten:"),
    # mistakes
    "mistake": ("Error: {text}", "Fout: {text}"),
    "no command": (
        "There is no command '{name}'.{hint} `regie --help` lists them.",
        "Er is geen opdracht '{name}'.{hint} `regie --help` noemt ze.",
    ),
    "no option": (
        "There is no option '{name}' here.{hint} `{command} --help` lists them.",
        "Er is hier geen optie '{name}'.{hint} `{command} --help` noemt ze.",
    ),
    "missing": (
        "{name} is missing. Usage: {usage}",
        "{name} ontbreekt. Gebruik: {usage}",
    ),
    "too many": (
        "'{name}' is one word too many. Usage: {usage}",
        "'{name}' is een woord te veel. Gebruik: {usage}",
    ),
    "no value": (
        "{name} needs a value. `{command} --help` says which.",
        "{name} heeft een waarde nodig. `{command} --help` zegt welke.",
    ),
    "a value": ("{name} takes no value. Leave it out.", "{name} krijgt geen waarde. Laat die weg."),
    "not whole": (
        "{name} is '{value}'; it must be a whole number from {low} to {high}, such as {example}.",
        "{name} is '{value}'; het moet een geheel getal zijn van {low} tot en met {high}, zoals {example}.",
    ),
    "not a share": (
        "{name} is '{value}'; it must be a share from {low} to {high}, such as {example}.",
        "{name} is '{value}'; het moet een deel zijn van {low} tot en met {high}, zoals {example}.",
    ),
    "no names": ("{name} names nothing. Give names as a,b.", "{name} noemt niets. Geef namen als a,b."),
    "client or pick": (
        "--client and --pick both say who. Give one of them, or neither.",
        "--client en --pick zeggen allebei wie. Geef er één, of geen van beide.",
    ),
    "two scenarios": (
        "A life is told twice: give one scenario, with --regime and --baseline if you like, or two whole scenarios.",
        "Een leven wordt twee keer verteld: geef één scenario, eventueel met --regime en --baseline, of twee hele "
        "scenario's.",
    ),
    "no language": ("--lang is '{value}'; it must be nl or en.", "--lang is '{value}'; het moet nl of en zijn."),
    "no choice": (
        "{name} is '{value}'; it must be one of {choices}.",
        "{name} is '{value}'; het moet een van deze zijn: {choices}.",
    ),
    "one of three": (
        "--template, --from and --commented each write something else. Choose one of them.",
        "--template, --from en --commented schrijven elk iets anders. Kies er een.",
    ),
    "exists": (
        "'{path}' is there already and is not overwritten. Choose another name, or move it away.",
        "'{path}' bestaat al en wordt niet overschreven. Kies een andere naam, of verplaats het.",
    ),
    "system": (
        "The system says: {reason}. What is written above was done; try the rest again.",
        "Het systeem zegt: {reason}. Wat hierboven staat is gedaan; probeer de rest opnieuw.",
    ),
    "no memory": (
        "There is not enough memory for this. Try fewer zones, days or --workers.",
        "Er is te weinig geheugen voor. Probeer minder zones, dagen of --workers.",
    ),
    # while it runs
    "compiling": (
        "Compiling the model once; this takes a minute or two …",
        "Het model wordt eenmalig gecompileerd; dat duurt een à twee minuten …",
    ),
    "begins": ("{title}: {what}.", "{title}: {what}."),
    "what is run": (
        "{regimes} in {worlds}, {days} each",
        "{regimes} in {worlds}, elk {days}",
    ),
    "n regimes": ("{n} ways of steering", "{n} manieren van sturen"),
    "n scenarios": ("{n} scenarios", "{n} scenario's"),
    "what is run at most": (
        "{regimes} in at most {worlds}, {days} each",
        "{regimes} in hoogstens {worlds}, elk {days}",
    ),
    "what is run once": ("{regimes}, {worlds}, {days}", "{regimes}, {worlds}, {days}"),
    "what is ablated": (
        "2 regimes with {what} off in turn, each time in {worlds} and {days}",
        "2 regimes met om de beurt {what} uit, telkens in {worlds} en {days}",
    ),
    "one mechanism": ("one mechanism", "één mechanisme"),
    "n mechanisms": ("{n} mechanisms", "{n} mechanismen"),
    "one zones": ("one zone", "één zone"),
    "n zones": ("{n} zones", "{n} zones"),
    "one organisations": ("one organisation", "één organisatie"),
    "n organisations": ("{n} organisations", "{n} organisaties"),
    "one kinds": ("one kind of help", "één soort hulp"),
    "n kinds": ("{n} kinds of help", "{n} soorten hulp"),
    "one levers": ("one lever", "één knop"),
    "n levers": ("{n} levers", "{n} knoppen"),
    "one world": ("one world", "één wereld"),
    "n worlds": ("{n} worlds", "{n} werelden"),
    "one day": ("one day", "één dag"),
    "n days": ("{n} days", "{n} dagen"),
    "running": ("Running", "Bezig"),
    "left": ("left", "te gaan"),
    "so far": (
        "{done} of {asked} runs done, {speed} a second, about {left} left.",
        "{done} van {asked} runs klaar, {speed} per seconde, nog ongeveer {left}.",
    ),
    "so far unknown": ("{done} of {asked} runs done.", "{done} van {asked} runs klaar."),
    "done": ("Runs done: {done}, in {time}.", "Runs klaar: {done}, in {time}."),
    "seconds": ("{n} s", "{n} s"),
    "minutes": ("{n} min", "{n} min"),
    "hours": ("{n} h", "{n} uur"),
    "stopping": (
        "Stopping after the runs that are under way … (once more: at once, nothing is written)",
        "Stopt na de runs die bezig zijn … (nogmaals: meteen, er wordt niets geschreven)",
    ),
    "stopped at once": (
        "Stopped at once; what was under way is lost. Worlds of a comparison that were finished are kept: the same "
        "command goes on.",
        "Meteen gestopt; wat bezig was is weg. Werelden van een vergelijking die klaar waren zijn bewaard: dezelfde "
        "opdracht gaat verder.",
    ),
    "stopped with nothing": (
        "Stopped before anything was finished; nothing was written. The same command starts again.",
        "Gestopt voordat er iets klaar was; er is niets geschreven. Met dezelfde opdracht begint u opnieuw.",
    ),
    "stopped early": (
        "Stopped early: {done} of {asked} worlds are finished and written. "
        "The same command goes on from there.",
        "Eerder gestopt: {done} van {asked} werelden zijn klaar en bewaard. "
        "Dezelfde opdracht gaat daar verder.",
    ),
    "going on": (
        "Going on: {worlds} finished earlier.",
        "Gaat verder: {worlds} eerder klaar.",
    ),
    "stopped early in ablation": (
        "Stopped early: {done} of {asked} mechanisms are finished and written. "
        "The same command begins anew; with --out give it another folder.",
        "Eerder gestopt: {done} van {asked} mechanismen zijn klaar en bewaard. "
        "Dezelfde opdracht begint opnieuw; geef bij --out een andere map.",
    ),
    "failed": (
        "{n} of {asked} runs failed; failures.jsonl says why. The others are written.",
        "{n} van {asked} runs zijn mislukt; failures.jsonl zegt waarom. De andere zijn bewaard.",
    ),
    "all failed": (
        "All {asked} runs failed. The first: {error}. Please report it with failures.jsonl.",
        "Alle {asked} runs zijn mislukt. De eerste: {error}. Meld het met failures.jsonl.",
    ),
    "no report": (
        "The report could not be made; report-failure.txt says why. All else is written.",
        "Het verslag kon niet worden gemaakt; report-failure.txt zegt waarom. De rest is bewaard.",
    ),
    # the end
    "pairs": (
        "Difference from “{baseline}” over {n} pairs, between brackets the 95 % confidence interval:",
        "Verschil met “{baseline}” over {n} paren, tussen haakjes het 95%-betrouwbaarheidsinterval:",
    ),
    "worlds": (
        "Compared with “{baseline}” in {n} worlds that are plausible, each drawn for its pair; between brackets the "
        "95\u00a0% interval of the mean.",
        "Vergeleken met “{baseline}” in {n} aannemelijke werelden, elk getrokken voor haar paar; tussen haakjes het "
        "95%-interval van het gemiddelde.",
    ),
    "turned down": (
        "Of {draws} draws {n} were turned down, as they contradict what is known.",
        "Van {draws} trekkingen vielen er {n} af, omdat ze botsen met wat bekend is.",
    ),
    "signs": (
        "▲ better  ▼ worse  = no difference that matters  ? undecided",
        "▲ beter  ▼ slechter  = geen verschil dat telt  ? onbeslist",
    ),
    "equal staff": (
        "does as much for waiting as {share}\u00a0% more staff ({low} to {high})",
        "doet evenveel voor de wachttijd als {share}\u00a0% meer personeel ({low} tot {high})",
    ),
    "equal staff fewer": (
        "does as much to waiting as {share}\u00a0% fewer staff ({low} to {high})",
        "doet evenveel met de wachttijd als {share}\u00a0% minder personeel ({low} tot {high})",
    ),
    "beyond": ("beyond {limit}\u00a0%", "voorbij {limit}\u00a0%"),
    "precise": (
        "As precise as was asked, after {n} worlds.",
        "Zo precies als gevraagd, na {n} werelden.",
    ),
    "not precise": (
        "Not yet as precise as was asked after {n} worlds. Least is known of “{outcome}” under “{regime}”: within "
        "{half} {unit} where {asked} was asked. More --replications narrow that; so do numbers of your own that are "
        "known for sure.",
        "Na {n} werelden nog niet zo precies als gevraagd. Het minst bekend is “{outcome}” bij “{regime}”: op {half} "
        "{unit} nauwkeurig, waar {asked} was gevraagd. Meer --replications maken dat nauwer; eigen getallen die vast "
        "staan ook.",
    ),
    "partly": ("Only these organisations change: {names}.", "Alleen deze organisaties veranderen: {names}."),
    "from day": (
        "The change begins on {date}, day {day}; the days before it count too.",
        "De verandering begint op {date}, dag {day}; de dagen daarvoor tellen mee.",
    ),
    "equal hours": (
        "Hours were made equal: no regime frees hours for clients.",
        "De uren zijn gelijk gemaakt: geen regime maakt uren vrij voor cliënten.",
    ),
    "freed hours": (
        "Part of a shorter wait can come from hours for reports; --equal-hours shows what is left without.",
        "Een deel van een kortere wachttijd kan van uren voor verantwoording komen; --equal-hours toont de rest.",
    ),
    "one pair": (
        "Difference from “{baseline}” in one pair; one pair cannot tell what is chance:",
        "Verschil met “{baseline}” in één paar; één paar kan niet zeggen wat toeval is:",
    ),
    "ablated": (
        "“{regime}” against “{baseline}”, with one mechanism off at a time; {n} pairs each. Behind each: the "
        "difference without it, and whether that is more or less favourable to “{regime}”.",
        "“{regime}” tegenover “{baseline}”, met telkens één mechanisme uit; steeds {n} paren. Achter elk: het "
        "verschil zonder dit mechanisme, en of dat gunstiger of minder gunstig is voor “{regime}”.",
    ),
    "as expected": (
        " In brackets what was expected before anything was run.",
        " Tussen haakjes wat werd verwacht voordat er iets was gedraaid.",
    ),
    "of outcome": ("{outcome}, {unit}", "{outcome}, {unit}"),
    "nothing off": ("Nothing off", "Niets uit"),
    "as found": ("{found} ({expected})", "{found} ({expected})"),
    "to": ("to", "tot"),
    "undefined": ("none", "geen"),
    "theory": (
        "An exploration of one practitioner's theory, not a forecast.",
        "Een verkenning van de theorie van één man uit de praktijk, geen voorspelling.",
    ),
    "folder": ("Results: {path}", "Uitkomsten: {path}"),
    "report": ("Report: {path}", "Verslag: {path}"),
    "two worlds": (
        "{title}, {days} from {start}: the same people and the same luck under “{baseline}” and under “{regime}”.",
        "{title}, {days} vanaf {start}: dezelfde mensen en hetzelfde geluk onder “{baseline}” en onder “{regime}”.",
    ),
    "in both": ("Under both", "Onder allebei"),
    "in order": (
        "{path} is in order: {zones}, {organisations}, {kinds}.",
        "{path} is in orde: {zones}, {organisations}, {kinds}.",
    ),
    "regime in order": (
        "{path} is in order: a regime that sets {levers}.",
        "{path} is in orde: een regime dat {levers} instelt.",
    ),
    "written": (
        "Wrote {path}. Edit it, then: regie compare {path}",
        "{path} is geschreven. Pas het aan, en dan: regie compare {path}",
    ),
    # a place of one's own
    "template written": (
        "Wrote {path}. Fill in the yellow cells, save it, then: regie new {name} --from {path}",
        "{path} is geschreven. Vul de gele cellen in, bewaar het, en dan: regie new {name} --from {path}",
    ),
    "thin": ("Where the data are thin:", "Waar de gegevens dun zijn:"),
    "can bear": ("Can the staff bear it?", "Kan het personeel het aan?"),
    "lists beside": (
        "Your lists beside those of the model (two worlds, as things are steered now):",
        "Uw wachtlijsten naast die van het model (twee werelden, zoals er nu wordt gestuurd):",
    ),
    "look listed": (
        "{who}: {own} people per 10,000 inhabitants on your list, {mean} in the model; ",
        "{who}: {own} mensen per 10.000 inwoners op uw lijst, {mean} in het model; ",
    ),
    "look list_wait_weeks": (
        "{who}: {own} weeks on your list, {mean} in the model; ",
        "{who}: {own} weken op uw lijst, {mean} in het model; ",
    ),
    "all lists": ("All lists", "Alle lijsten"),
    "look inside": ("within {low} to {high}.", "binnen {low} tot {high}."),
    "look outside": ("outside {low} to {high}.", "buiten {low} tot {high}."),
    "lists agree": (
        "The model gives lists like yours.",
        "Het model geeft wachtlijsten zoals de uwe.",
    ),
    "lists differ": (
        "Where a list is not like yours, the place in the file is not yet yours: look at staff first, then at how many "
        "people ask and at the hours of each kind of help. A list that was unusual may have a wider band: see [bands].",
        "Waar een wachtlijst niet op de uwe lijkt, is de plaats in het bestand nog niet de uwe: kijk eerst naar het "
        "personeel, dan naar hoeveel mensen vragen en naar de uren van elke soort hulp. Een ongewone wachtlijst mag "
        "een "
        "bredere band hebben: zie [bands].",
    ),
})  # fmt: skip


def say(key: str, language: Language, **filling: object) -> str:
    """Return a phrase in ``language``."""
    return PHRASES(key, **filling).in_language(language)


def counted(what: str, n: int) -> Said:
    """Return how many there are of something: "one zone", "4 zones"."""
    return PHRASES(f"one {what}") if n == 1 else PHRASES(f"n {what}", n=n)


def number(value: float, language: Language, decimals: int = 0, signed: bool = False) -> str:
    """Return a number as people write it in ``language``."""
    value = round(value, decimals) or 0.0  # no "-0.0"
    text = f"{value:{'+' if signed and value else ''},.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def language_of_computer() -> Language:
    """Return Dutch where the computer's language is Dutch, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := os.environ.get(name):
            return "nl" if wanted.lower().startswith("nl") else "en"
    import locale

    return "nl" if (locale.getlocale()[0] or "").lower().startswith(("nl", "dutch")) else "en"
