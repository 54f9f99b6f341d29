"""What is said about a place of one's own, in English and Dutch: mistakes, what is thin, what its file says."""

from __future__ import annotations

from sim.errors import Sentences

say = Sentences(
    {
        # what is allowed
        "whole": (
            "must be a whole number from {low} to {high} ({unit}), such as {example}.",
            "moet een geheel getal zijn van {low} tot en met {high} ({unit}), zoals {example}.",
        ),
        "number": (
            "must be a number from {low} to {high} ({unit}), such as {example}.",
            "moet een getal zijn van {low} tot en met {high} ({unit}), zoals {example}.",
        ),
        "a part": (
            "must be a number of people{people}, or a percentage from {least} to {most} %, such as {example}.",
            "moet een aantal mensen zijn{people}, of een percentage van {least} tot en met {most} %, zoals {example}.",
        ),
        "of people": (" from {low} to {high}", " van {low} tot en met {high}"),
        "a text": (
            "must be a text of at most {most} characters on one line.",
            "moet een tekst van ten hoogste {most} tekens op één regel zijn.",
        ),
        # mistakes in a workbook
        "in cell": (
            "sheet '{sheet}', cell {cell} ({label}) = {value}: {text}",
            "blad '{sheet}', cel {cell} ({label}) = {value}: {text}",
        ),
        "in empty cell": (
            "sheet '{sheet}', cell {cell} ({label}): {text}",
            "blad '{sheet}', cel {cell} ({label}): {text}",
        ),
        "a formula": ("a formula", "een formule"),
        "is needed": (
            "is empty, and it is needed: it {rule}",
            "is leeg, en is nodig: het {rule}",
        ),
        "no such line": (
            "this is no line of this sheet.{hint} Leave the first column as it was in the template.",
            "deze regel hoort niet op dit blad.{hint} Laat de eerste kolom zoals die in het sjabloon was.",
        ),
        "line twice": (
            "this line stands on the sheet twice. Keep one of the two.",
            "deze regel staat twee keer op het blad. Houd een van de twee.",
        ),
        "both workers and fte": (
            "fill in workers or full-time equivalents, not both. Empty one of the two.",
            "vul medewerkers of fte in, niet allebei. Maak een van de twee leeg.",
        ),
        "needs organisation": (
            "name the organisation of this row, or empty the row.",
            "noem de organisatie van deze rij, of maak de rij leeg.",
        ),
        "needs kind": (
            "choose the kind of help of this row: {names}.",
            "kies de soort hulp van deze rij: {names}.",
        ),
        "no such kind": (
            "there is no kind of help with this name.{hint} Choose one from the list: {names}.",
            "er is geen soort hulp met deze naam.{hint} Kies er een uit de lijst: {names}.",
        ),
        "no such organisation": (
            "there is no organisation with this name on the sheet for staff.{hint}",
            "er is geen organisatie met deze naam op het blad voor personeel.{hint}",
        ),
        "no name": (
            "this can be no name: it has neither letters nor digits.",
            "dit kan geen naam zijn: er staan geen letters of cijfers in.",
        ),
        "row twice": (
            "this organisation and kind of help stand on row {row} too. Add the two up.",
            "deze organisatie en soort hulp staan ook op rij {row}. Tel de twee op.",
        ),
        "list twice": (
            "this list stands on row {row} too. Keep one of the two.",
            "deze lijst staat ook op rij {row}. Houd een van de twee.",
        ),
        "organisation or kind": (
            "name the organisation or the kind of help of a list, not both: add up the lists of one of the two.",
            "noem bij een lijst de organisatie of de soort hulp, niet allebei: tel de lijsten van een van beide op.",
        ),
        "norm of a kind": (
            "a norm belongs to a kind of help: write it on the row of that kind.",
            "een norm hoort bij een soort hulp: zet hem op de rij van die soort.",
        ),
        "formula": (
            "its value is not in the file. Open it in your spreadsheet, save it, or type the number.",
            "de waarde ervan staat niet in het bestand. Open en bewaar het bestand, of typ het getal.",
        ),
        "no sheet": (
            "There is no sheet '{sheet}' in {file}. `regie new NAME --template` writes a workbook with all sheets.",
            "Er is geen blad '{sheet}' in {file}. `regie new NAAM --template` schrijft een werkmap met alle bladen.",
        ),
        "no workbook": (
            "{file} cannot be read as an Excel workbook (.xlsx). `regie new NAME --template` writes one to fill in.",
            "{file} is niet te lezen als Excel-werkmap (.xlsx). `regie new NAAM --template` schrijft er een om in te "
            "vullen.",
        ),
        "too many rows": (
            "sheet '{sheet}' has more than {most} rows. Is it the right file?",
            "blad '{sheet}' heeft meer dan {most} rijen. Is het het juiste bestand?",
        ),
        "too large": (
            "{file} has {size} bytes; at most {most} are read. Is it the right file?",
            "{file} heeft {size} bytes; er worden er ten hoogste {most} gelezen. Is het het juiste bestand?",
        ),
        "absent": ("{file} does not exist.{hint}", "{file} bestaat niet.{hint}"),
        # mistakes in the place as a whole
        "zones too small": (
            "{inhabitants} inhabitants in {zones} zones are {each} a zone; a zone has {low} to {high}. "
            "Choose {least} to {most} zones.",
            "{inhabitants} inwoners in {zones} zones zijn er {each} per zone; een zone heeft er {low} tot {high}. "
            "Kies {least} tot en met {most} zones.",
        ),
        "too many workers": (
            "{workers} workers for {inhabitants} inhabitants: at most one in {part} can work in help at home here. "
            "Is it the staff of this place alone?",
            "{workers} medewerkers voor {inhabitants} inwoners: hier kan hoogstens één op de {part} in de hulp thuis "
            "werken. Is het alleen het personeel van deze plaats?",
        ),
        "too many waiting": (
            "{people} people on one list, of {older} people of 65 or older. Is it the list of this place alone?",
            "{people} mensen op één lijst, van {older} mensen van 65 jaar of ouder. Is het alleen de lijst van deze "
            "plaats?",
        ),
        "nobody helps": (
            "no organisation has workers left. Keep or add at least one with workers.",
            "geen organisatie heeft nog medewerkers. Houd er ten minste een met medewerkers, of voeg die toe.",
        ),
        # the file
        "made": (
            "Made by `regie new` from data about the place itself, on top of '{base}'. Each number says where it comes "
            "from. Check with: regie validate {name}.toml",
            "Gemaakt met `regie new` uit gegevens over de plaats zelf, boven op '{base}'. Elk getal zegt waar het "
            "vandaan "
            "komt. Controleer met: regie validate {name}.toml",
        ),
        "description": (
            "{inhabitants} inhabitants, of whom {older} are 65 or older ({percent} %), in {zones}. What is not known "
            "of "
            "the place itself is as in '{base}'.",
            "{inhabitants} inwoners, van wie {older} 65 jaar of ouder zijn ({percent} %), in {zones}. Wat van de "
            "plaats "
            "zelf niet bekend is, is als in '{base}'.",
        ),
        "one zone": ("one zone", "één zone"),
        "n zones": ("{n} zones", "{n} zones"),
        "thin": ("Where the data are thin:", "Waar de gegevens dun zijn:"),
        "from inhabitants": (
            "{source}: {inhabitants} inhabitants in {zones}",
            "{source}: {inhabitants} inwoners in {zones}",
        ),
        "zones assumed": (
            "assumed: zones of about 10,000 of {inhabitants} inhabitants",
            "aangenomen: zones van ongeveer 10.000 van {inhabitants} inwoners",
        ),
        "from older": (
            "{source}: {older} people of 65+ in a zone. Assumed: as many of them ask as where the numbers of the model "
            "come from, {arrivals} a year of {stands_for} people of 65+ in 10,000 inhabitants",
            "{source}: {older} mensen van 65+ in een zone. Aangenomen: er vragen er naar verhouding evenveel als "
            "waar de "
            "getallen van het model vandaan komen, {arrivals} per jaar van {stands_for} mensen van 65+ op 10.000 "
            "inwoners",
        ),
        "volunteers scaled": (
            "assumed: as many for each inhabitant as in '{base}'",
            "aangenomen: per inwoner evenveel als in '{base}'",
        ),
        "from workers": (
            "{source}: {total} workers in {zones}{rounded}",
            "{source}: {total} medewerkers in {zones}{rounded}",
        ),
        "from fte": (
            "{source}: {fte} full-time equivalents are {total} workers of {hours} hours, in {zones}{rounded}",
            "{source}: {fte} fte zijn {total} medewerkers van {hours} uur, in {zones}{rounded}",
        ),
        "rounded": (", rounded from {each}", ", afgerond van {each}"),
        "staff assumed": (
            "assumed: as many for each person of 65+ as in '{base}'",
            "aangenomen: per 65-plusser evenveel als in '{base}'",
        ),
        "renown assumed": (
            "assumed: an organisation is better known the more workers it has",
            "aangenomen: een organisatie is bekender naarmate zij meer medewerkers heeft",
        ),
        "norm given": ("{source}: a norm of {weeks} weeks", "{source}: een norm van {weeks} weken"),
        "band grown": (
            "{source}: as in '{base}', in proportion to the people of 65+",
            "{source}: als in '{base}', naar rato van het aantal 65-plussers",
        ),
        "band of people": (
            "{source}: {people} people on the list. A count of one moment is noisy: {width} % either way, more where "
            "few "
            "wait",
            "{source}: {people} mensen op de lijst. Een telling van één moment is toevallig: {width} % naar beide "
            "kanten, "
            "meer waar er weinig wachten",
        ),
        "band of weeks": (
            "{source}: a mean wait of {weeks} weeks on the list; {width} % either way, at least two weeks",
            "{source}: een gemiddelde wachttijd van {weeks} weken op de lijst; {width} % naar beide kanten, minstens "
            "twee",
        ),
        # what is thin
        "thin arrivals": (
            "How many people ask for help was not counted: it follows from the number of people of 65+, and none of "
            "them is taken to ask more or less than elsewhere.",
            "Hoeveel mensen hulp vragen is niet geteld: het volgt uit het aantal 65-plussers, en die vragen naar "
            "aanname niet meer of minder dan elders.",
        ),
        "thin staff": (
            "Staff was not given of {names}: assumed, as many for each person of 65+ as in '{base}'.",
            "Personeel is niet opgegeven van {names}: aangenomen, per 65-plusser evenveel als in '{base}'.",
        ),
        "thin staff all": (
            "No staff was given: assumed, as many for each person of 65+ as in '{base}'. So waits and lists say little "
            "about this place.",
            "Er is geen personeel opgegeven: aangenomen, per 65-plusser evenveel als in '{base}'. Wachttijden en "
            "lijsten "
            "zeggen dus weinig over deze plaats.",
        ),
        "thin rounding": (
            "Whole workers per zone: {names} had to be rounded by more than {percent} %. Fewer zones make this "
            "smaller.",
            "Hele medewerkers per zone: {names} is met meer dan {percent} % afgerond. Minder zones maken dit kleiner.",
        ),
        "thin new": (
            "{names}: how well known it is was assumed from its number of workers.{hint}",
            "{names}: hoe bekend die is, is aangenomen uit het aantal medewerkers.{hint}",
        ),
        "thin gone": (
            "Nobody offers {names}: this kind of help is left out, and what people ask is spread over the others.",
            "Niemand biedt {names}: deze soort hulp is weggelaten, en wat mensen vragen is verdeeld over de andere.",
        ),
        "thin lists": (
            "No list was given: nothing of this place itself tells whether the outcome is like it.",
            "Er is geen lijst opgegeven: niets van deze plaats zelf zegt of de uitkomst erop lijkt.",
        ),
        "weighs most": (
            "These numbers weigh most on waiting and you did not give them: {names}.",
            "Deze getallen wegen het zwaarst in het wachten en u gaf ze niet op: {names}.",
        ),
        "hours of": ("hours a week of {kind}", "uren per week van {kind}"),
        "length of": ("how long {kind} lasts", "hoe lang {kind} duurt"),
        # load
        "load": (
            "For each hour that workers have, people ask {ratio} times as much help as in {reference}.",
            "Voor elk uur dat medewerkers hebben, vragen mensen {ratio} keer zoveel hulp als in {reference}.",
        ),
        "overloaded": (
            "That is more than the staff can ever give: {asked} hours a week are asked in a zone and {available} are "
            "there; in {reference} {usual_asked} and {usual_available}. Lists will be far longer than half a year. "
            "Are all workers counted, and only the people of this place?",
            "Dat is meer dan het personeel ooit kan geven: per zone worden {asked} uur per week gevraagd en er zijn er "
            "{available}; in {reference} {usual_asked} en {usual_available}. De lijsten worden veel langer dan een "
            "half "
            "jaar. Zijn alle medewerkers geteld, en alleen de mensen van deze plaats?",
        ),
        "idle": (
            "That is so little that many hours will stay unused: {asked} hours a week are asked in a zone and "
            "{available} "
            "are there; in {reference} {usual_asked} and {usual_available}. Do all these workers work in this place, "
            "and in help at home?",
            "Dat is zo weinig dat veel uren ongebruikt blijven: per zone worden {asked} uur per week gevraagd en er "
            "zijn "
            "er {available}; in {reference} {usual_asked} en {usual_available}. Werken al deze medewerkers in deze "
            "plaats, en in de hulp thuis?",
        ),
        "kind overloaded": (
            "{kind}: {asked} hours a week are asked in a zone and {available} are there: long lists for this kind.",
            "{kind}: per zone worden {asked} uur per week gevraagd en er zijn er {available}: lange lijsten voor deze "
            "soort.",
        ),
        "kind idle": (
            "{kind}: {asked} hours a week are asked in a zone and {available} are there: hours will stay unused.",
            "{kind}: per zone worden {asked} uur per week gevraagd en er zijn er {available}: uren blijven ongebruikt.",
        ),
        # the workbook
        "sheet explanation": ("Explanation", "Uitleg"),
        "sheet place": ("Place", "Plaats"),
        "sheet staff": ("Staff", "Personeel"),
        "sheet lists": ("Lists", "Wachtlijsten"),
        "column value": ("Fill in", "Invullen"),
        "column unit": ("Unit", "Eenheid"),
        "column limits": ("Allowed", "Toegestaan"),
        "column example": ("Example", "Voorbeeld"),
        "column help": ("What is meant", "Wat wordt bedoeld"),
        "column usual": (
            "For comparison: workers per 10,000 inhabitants in {base}",
            "Ter vergelijking: medewerkers per 10.000 inwoners in {base}",
        ),
        "explanation": (
            "Your own place in regie\n"
            "Fill in the yellow cells. What you leave empty is taken from '{base}', and the scenario says so.\n"
            "Sheet 'Place': only inhabitants and people of 65 or older are needed.\n"
            "Sheet 'Staff': workers or full-time equivalents of each organisation, by kind of help. Delete the rows of "
            "organisations that are not there, add rows for others.\n"
            "Sheet 'Lists': who waits, by organisation or by kind of help. These numbers change nothing in the model: "
            "the outcome is held against them.\n"
            "Save the file, then: regie new {name} --from {name}.xlsx",
            "Uw eigen plaats in regie\n"
            "Vul de gele cellen in. Wat u leeg laat komt uit '{base}', en het scenario zegt dat erbij.\n"
            "Blad 'Plaats': alleen inwoners en mensen van 65 jaar of ouder zijn nodig.\n"
            "Blad 'Personeel': medewerkers of fte van elke organisatie, per soort hulp. Verwijder de rijen van "
            "organisaties die er niet zijn, voeg rijen toe voor andere.\n"
            "Blad 'Wachtlijsten': wie er wacht, per organisatie of per soort hulp. Deze getallen veranderen niets in "
            "het "
            "model: de uitkomst wordt ernaast gehouden.\n"
            "Bewaar het bestand, en dan: regie new {name} --from {name}.xlsx",
        ),
    }
)
