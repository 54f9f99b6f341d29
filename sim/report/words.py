"""Every sentence of the pages in Dutch and English, at the level of plain language (B1), and how numbers are written.

Labels of outcomes come from `sim.study.outcomes`, descriptions of parameters from `sim.scenario.parameters`;
what stands here is the rest. Text in braces is filled in.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from sim.errors import RegieError, Sentences

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
NAMES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}

MISTAKES = Sentences(
    {
        "no language": (
            "There is no page in language '{language}'; choose one of {known}.",
            "Er is geen pagina in de taal '{language}'; kies uit {known}.",
        ),
        "no figure": ("There is no figure '{name}'.{hint}", "Er is geen figuur '{name}'.{hint}"),
    }
)

# key: (Dutch, English)
TEXTS: dict[str, tuple[str, str]] = {
    # --- head of the page ---
    "page title": ("{title}: manieren van sturen vergeleken", "{title}: ways of steering compared"),
    "page title one": ("{title}: één manier van sturen", "{title}: one way of steering"),
    "kicker": ("Verslag van een simulatie", "Report of a simulation"),
    "no forecast": (
        "Dit is een verkenning van de theorie van één man uit de praktijk. Het is geen voorspelling.",
        "This explores the theory of one practitioner. It is not a forecast.",
    ),
    "made on": ("Gemaakt op {date} met regie {version}.", "Made on {date} with regie {version}."),
    "contents": ("Op deze pagina", "On this page"),
    "skip": ("Direct naar de conclusie", "Go to the conclusion"),
    "incomplete title": ("Niet af", "Incomplete"),
    "incomplete": (
        "Het rekenen is onderbroken. Er zijn {done} van de {planned} {runs} klaar. Lees de uitkomsten als tussenstand.",
        "The run was interrupted. {done} of {planned} {runs} are done. Read the results as an interim state.",
    ),
    "failed": (
        "Mislukte berekeningen, die niet meetellen: {n}.",
        "Failed runs, which are not counted: {n}.",
    ),
    "nothing done": (
        "Er is nog niets klaar. Er valt dus niets te zeggen.",
        "Nothing is finished yet. So there is nothing to say.",
    ),
    "pairs": ("paren", "pairs"),
    "repeats": ("herhalingen", "repeats"),
    # --- what was compared ---
    "compared": ("Wat is vergeleken?", "What was compared?"),
    "compared one": ("Wat is nagebootst?", "What was simulated?"),
    "set-up": (
        "Een computer heeft deze plek nagebootst, dag voor dag. Eerst leeft elke wereld {warmup} onder “{baseline}”. "
        "Dan gaat elke wereld verder met een eigen manier van sturen. Vanaf dag 0 volgen we de mensen {span} lang.",
        "A computer has simulated this place, day by day. First each world lives {warmup} under “{baseline}”. "
        "Then each world goes on with its own way of steering. From day 0 on we follow the people for {span}.",
    ),
    "set-up one": (
        "Een computer heeft deze plek nagebootst, dag voor dag, onder “{baseline}”. "
        "Na een aanloop van {warmup} volgen we de mensen {span} lang.",
        "A computer has simulated this place, day by day, under “{baseline}”. "
        "After a warm-up of {warmup} we follow the people for {span}.",
    ),
    "pairs explained": (
        "Dat is {n} keer gedaan. Elk paar deelt dezelfde mensen, dezelfde vragen en hetzelfde geluk; alleen de "
        "manier van sturen verschilt. Zo komt een verschil door het sturen, niet door toevallig andere mensen.",
        "This was done {n} times. Each pair shares the same people, the same needs and the same luck; only the "
        "way of steering differs. So a difference comes from the steering, not from people who happen to be "
        "different.",
    ),
    "pairs explained once": (
        "Dat is één keer gedaan. Beide werelden delen dezelfde mensen, dezelfde vragen en hetzelfde geluk. "
        "Met één paar is niet te zeggen wat toeval is.",
        "This was done once. Both worlds share the same people, the same needs and the same luck. "
        "One pair cannot tell what is chance.",
    ),
    "repeats explained": (
        "Dat is {n} keer gedaan, elke keer met ander toeval.",
        "This was done {n} times, each time with other luck.",
    ),
    "start date": ("Dag 0 is {date}.", "Day 0 is {date}."),
    "partly": (
        "Alleen deze organisaties veranderen: {names}.",
        "Only these organisations change: {names}.",
    ),
    "from day": (
        "De verandering begint op {date}, dag {day}. De dagen daarvoor, waarin niets verschilt, tellen mee.",
        "The change begins on {date}, day {day}. The days before it, on which nothing differs, count too.",
    ),
    "equal hours": (
        "De uren zijn gelijk gemaakt: geen manier van sturen maakt uren vrij voor cliënten.",
        "Hours were made equal: no way of steering frees hours for clients.",
    ),
    "freed hours": (
        "Let op: een deel van een kortere wachttijd kan van uren komen. Sturing door het bestuur vraagt uren voor "
        "verantwoording; wie dat niet doet, houdt uren over. Wat overblijft bij gelijke uren zegt dezelfde opdracht "
        "met --equal-hours.",
        "Mind: part of a shorter wait can come from hours. Control by the board asks hours for reports; who does not, "
        "has hours left. What remains with equal hours is shown by the same command with --equal-hours.",
    ),
    # --- conclusion ---
    "conclusion": ("De conclusie in woorden", "The conclusion in words"),
    "levels": ("De uitkomsten in woorden", "The results in words"),
    "glance": (
        "In één oogopslag: de uitkomsten van “{baseline}”, en hoeveel meer (+) of minder (−) bij de andere. "
        "▲ beter, ▼ slechter, = geen verschil dat telt, ? onbeslist.",
        "At a glance: the results of “{baseline}”, and how much more (+) or less (−) under the others. "
        "▲ better, ▼ worse, = no difference that matters, ? undecided.",
    ),
    "in this world": (
        "In deze ene wereld, over {n} paren die dezelfde mensen en hetzelfde geluk delen, zien we dit, "
        "vergeleken met “{baseline}”:",
        "In this one world, over {n} pairs that share the same people and the same luck, we see this, "
        "compared with “{baseline}”:",
    ),
    "in this world once": (
        "In deze ene wereld zien we in één paar dit, vergeleken met “{baseline}”. Eén paar is te weinig voor een "
        "oordeel:",
        "In this one world we see this in one pair, compared with “{baseline}”. One pair is too little for a verdict:",
    ),
    "levels lead": (
        "In deze ene wereld, gemiddeld over {n} herhalingen, zien we dit onder “{baseline}”:",
        "In this one world, on average over {n} repeats, we see this under “{baseline}”:",
    ),
    "levels lead once": (
        "In deze ene wereld zien we in één herhaling dit onder “{baseline}”:",
        "In this one world we see this in one repeat under “{baseline}”:",
    ),
    "levels only": (
        "Er is één manier van sturen nagebootst. Daarom staan hier alleen uitkomsten en geen verschillen.",
        "One way of steering was simulated. So this page shows results only, no differences.",
    ),
    "says wait_mean less": ("Mensen wachten {size} korter", "People wait {size} less"),
    "says wait_mean more": ("Mensen wachten {size} langer", "People wait {size} longer"),
    "says handoffs less": (
        "Een cliënt heeft per jaar {size} overdrachten en nieuwe gezichten minder",
        "A client has {size} fewer transfers and new faces a year",
    ),
    "says handoffs more": (
        "Een cliënt heeft per jaar {size} overdrachten en nieuwe gezichten meer",
        "A client has {size} more transfers and new faces a year",
    ),
    "says value less": (
        "Een gevraagd uur levert {size} minder waarde op",
        "An hour asked brings {size} less value",
    ),
    "says value more": (
        "Een gevraagd uur levert {size} meer waarde op",
        "An hour asked brings {size} more value",
    ),
    "says crisis_admissions less": (
        "Per jaar en zone zijn er {size} crisisopnames minder",
        "There are {size} fewer crisis admissions a year and zone",
    ),
    "says crisis_admissions more": (
        "Per jaar en zone zijn er {size} crisisopnames meer",
        "There are {size} more crisis admissions a year and zone",
    ),
    "less": ("{size} minder", "{size} less"),
    "more": ("{size} meer", "{size} more"),
    "about the same": ("Vrijwel gelijk", "About the same"),
    "not on paper": (
        "(open dit op het scherm om het mee te printen)",
        "(open this on screen to print it too)",
    ),
    "exactly the same": ("In elk paar precies gelijk", "Exactly the same in every pair"),
    "between": ("tussen {low} en {high}", "between {low} and {high}"),
    "in k pairs less": ("In {k} van de {n} paren minder.", "Less in {k} of {n} pairs."),
    "in k pairs more": ("In {k} van de {n} paren meer.", "More in {k} of {n} pairs."),
    "single runs between": ("Losse herhalingen: tussen {low} en {high}.", "Single repeats: between {low} and {high}."),
    "not comparable": ("Hier is geen verschil te berekenen", "No difference can be worked out here"),
    "direction clear": (
        "De richting is duidelijk, de omvang nog niet.",
        "The direction is clear, the size is not yet.",
    ),
    "better help": (
        "Het hele interval ligt aan de goede kant, voorbij het kleinste verschil dat telt.",
        "The whole interval lies on the good side, beyond the smallest difference that matters.",
    ),
    "worse help": (
        "Het hele interval ligt aan de slechte kant, voorbij het kleinste verschil dat telt.",
        "The whole interval lies on the bad side, beyond the smallest difference that matters.",
    ),
    "no difference help": (
        "Het hele interval ligt binnen het kleinste verschil dat telt.",
        "The whole interval lies within the smallest difference that matters.",
    ),
    "undecided help": (
        "Het interval ligt deels binnen en deels buiten het kleinste verschil dat telt. Meer paren kunnen helpen.",
        "The interval lies partly inside and partly outside the smallest difference that matters. More pairs may help.",
    ),
    "direction only help": (
        "Meer of minder is hier niet goed of slecht op zichzelf. Het hele interval ligt voorbij het kleinste "
        "verschil dat telt.",
        "More or less is not good or bad in itself here. "
        "The whole interval lies beyond the smallest difference that matters.",
    ),
    "none verdict help": ("Er is maar één paar.", "There is only one pair."),
    "count better": ("{n} beter", "{n} better"),
    "count worse": ("{n} slechter", "{n} worse"),
    "count no difference": ("{n} zonder verschil dat telt", "{n} without a difference that matters"),
    "count undecided": ("{n} onbeslist", "{n} undecided"),
    "of the headline": ("Van de {n} hoofduitkomsten: {counts}.", "Of the {n} main results: {counts}."),
    "yardstick": (
        "Let op: hier zijn meer betaalde uren dan bij “{baseline}”.",
        "Note: there are more paid hours here than under “{baseline}”.",
    ),
    "how to read verdict": ("Zo komt een oordeel tot stand", "How a verdict is reached"),
    "interval explained": (
        "Tussen haakjes staat het 95%-interval van het gemiddelde verschil. Het zegt hoe precies het toeval is "
        "uitgemiddeld in deze ene nagebootste wereld. Het zegt niets over hoe zeker de aannames zijn. "
        "Het is ook geen kans dat iets in het echt gebeurt.",
        "Between brackets stands the 95 % interval of the mean difference. It says how precisely chance has been "
        "averaged out in this one simulated world. It says nothing about how sure the assumptions are. "
        "Nor is it a chance that something happens in reality.",
    ),
    # --- differences ---
    "differences": ("De verschillen", "The differences"),
    "differences read": (
        "Elke regel is een manier van sturen, vergeleken met “{baseline}”. Het teken is het gemiddelde verschil, "
        "de streep het 95%-interval. De kleine puntjes zijn de losse paren: zo veel schommelt één enkele wereld. "
        "De grijze band is het kleinste verschil dat telt. De stippellijn is nul: geen verschil.",
        "Each line is a way of steering, compared with “{baseline}”. The mark is the mean difference, the bar its "
        "95 % interval. The small dots are the single pairs: that is how much one world varies. The grey band is "
        "the smallest difference that matters. The dotted line is zero: no difference.",
    ),
    "less is better": ("minder is beter", "less is better"),
    "more is better": ("meer is beter", "more is better"),
    "neither better": ("niet goed of slecht op zichzelf", "neither good nor bad in itself"),
    "percentage points": ("procentpunt", "percentage points"),
    "from to": ("{low} tot {high}", "{low} to {high}"),
    "difference in": ("verschil, {unit}", "difference, {unit}"),
    "single pairs": ("losse paren", "single pairs"),
    "mean difference": ("gemiddeld verschil", "mean difference"),
    "all outcomes": ("Alle uitkomsten", "All results"),
    "all outcomes read": (
        "Alle uitkomsten die het model meet, met het verschil en het 95%-interval. Wie naar veel uitkomsten "
        "kijkt, ziet er altijd een paar die door toeval opvallen. Kijk daarom eerst naar de hoofduitkomsten (met "
        "★).",
        "All results that the model measures, with the difference and its 95 % interval. Whoever looks at many results "
        "will always see a few that stand out by chance. So look at the main results first (marked ★).",
    ),
    "all levels read": (
        "Alle uitkomsten die het model meet: het gemiddelde en hoe ver de herhalingen uit elkaar liggen.",
        "All results that the model measures: the mean and how far the repeats lie apart.",
    ),
    # --- waiting ---
    "waiting": ("Wachten", "Waiting"),
    "wait curves": ("Hoe lang duurt het?", "How long does it take?"),
    "wait curve": ("Hoe snel begint de hulp?", "How soon does help begin?"),
    "wait curve read": (
        "Van elke 100 hulpvragen: bij hoeveel is de hulp begonnen binnen zo veel dagen? Mensen die nog wachten, "
        "opgaven of er niet meer zijn, tellen mee in de 100. Daarom komt de lijn niet tot 100. Alleen vragen die "
        "lang genoeg te volgen zijn tellen mee.",
        "Of every 100 needs: for how many has help begun within so many days? People who still wait, gave up or "
        "are no longer there count in the 100. That is why the line does not reach 100. Only needs that could be "
        "followed long enough are counted.",
    ),
    "wait curve aria": (
        "Lijnen: per manier van sturen het aandeel hulpvragen waarbij de hulp is begonnen, naar dagen wachten.",
        "Lines: for each way of steering the share of needs for which help has begun, by days of waiting.",
    ),
    "still curve": ("Wie nog wacht: hoe lang al?", "Who still waits: for how long?"),
    "still curve read": (
        "Dit zijn de hulpvragen die op de laatste dag nog openstaan, ook die nog niemand zag. Van elke 100: hoeveel "
        "wachten er langer dan zo veel dagen?",
        "These are the needs still open on the last day, also those that nobody has seen yet. Of every 100: how many "
        "have waited longer than so many days?",
    ),
    "still curve aria": (
        "Lijnen: per manier van sturen hoe lang de vragen die op de laatste dag nog openstaan al wachten.",
        "Lines: for each way of steering how long the needs still open on the last day have waited.",
    ),
    "days since onset": ("dagen sinds de vraag ontstond", "days since the need arose"),
    "of 100 needs": ("van elke 100 hulpvragen", "of every 100 needs"),
    "over time": ("Het verloop door de tijd", "The path over time"),
    "over time read": (
        "De lijn is het gemiddelde aantal hulpvragen dat op een lijst staat, week voor week. De gekleurde strook "
        "is de middelste 80 % van de herhalingen: zo veel verschillen losse werelden van elkaar. De strook is "
        "geen betrouwbaarheidsinterval en geen voorspelling. Links van dag 0 ligt het laatste jaar van de "
        "aanloop, die alle werelden delen. Een vraag kan op twee lijsten staan en telt dan dubbel.",
        "The line is the mean number of needs on a list, week by week. The coloured ribbon is the middle 80 % of the "
        "repeats: that is how much single worlds differ from each other. The ribbon is not a confidence interval and "
        "not a forecast. To the left of day 0 is the last year of the warm-up, which all worlds share. "
        "A need may be on two lists and then counts twice.",
    ),
    "over time read once": (
        "De lijn is het aantal hulpvragen dat op een lijst staat, week voor week, in één nagebootste wereld. "
        "Links van dag 0 ligt de aanloop.",
        "The line is the number of needs on a list, week by week, in one simulated world. "
        "To the left of day 0 is the warm-up.",
    ),
    "over time aria": (
        "Lijnen: het aantal hulpvragen op een lijst per week, met een strook voor de losse werelden.",
        "Lines: the number of needs on a list by week, with a ribbon for single worlds.",
    ),
    "one world shown": (
        "Deze figuur toont één van de {n} werelden, de eerste.",
        "This figure shows one of the {n} worlds, the first.",
    ),
    "needs on lists": ("hulpvragen op een lijst", "needs on a list"),
    "years since change": ("jaren sinds dag 0", "years since day 0"),
    "day zero": ("dag 0", "day 0"),
    "year": ("Jaar", "Year"),
    "by organisation": ("Wachten per organisatie", "Waiting by organisation"),
    "by organisation read": (
        "Het gemiddelde aantal hulpvragen op de lijst van elke organisatie, over de hele periode na dag 0.",
        "The mean number of needs on the list of each organisation, over the whole time after day 0.",
    ),
    "by organisation aria": (
        "Punten: het gemiddelde aantal hulpvragen op de lijst, per organisatie en manier van sturen.",
        "Dots: the mean number of needs on the list, by organisation and way of steering.",
    ),
    "by kind": ("Wachten per soort hulp", "Waiting by kind of help"),
    "by kind read": (
        "Het gemiddelde aantal dagen van het ontstaan van de vraag tot het begin van de hulp, voor vragen waarbij "
        "hulp begon. Wie nog wacht telt hier niet mee; zie daarvoor de lijnen hierboven.",
        "The mean number of days from the moment the need arose until help began, for needs where help began. "
        "Those still waiting are not counted here; for them see the lines above.",
    ),
    "by kind aria": (
        "Punten: het gemiddelde aantal dagen wachten, per soort hulp en manier van sturen.",
        "Dots: the mean number of days waited, by kind of help and way of steering.",
    ),
    "days waited": ("dagen wachten", "days waited"),
    # --- hours ---
    "hours": ("Waar gaan de uren heen?", "Where do the hours go?"),
    "hours read": (
        "De betaalde uren per week na dag 0, naar bestemming. Elke balk is een manier van sturen; een langere balk "
        "betekent meer betaalde uren.",
        "The paid hours a week after day 0, by destination. Each bar is a way of steering; a longer bar means more "
        "paid hours.",
    ),
    "hours read percent": (
        "De betaalde uren na dag 0, naar bestemming, in procenten. Elke balk is een manier van sturen.",
        "The paid hours after day 0, by destination, in percent. Each bar is a way of steering.",
    ),
    "hours aria": (
        "Gestapelde balken: de betaalde uren per week naar bestemming, voor elke manier van sturen.",
        "Stacked bars: the paid hours a week by destination, for each way of steering.",
    ),
    "hours a week": ("uren per week", "hours a week"),
    "hours direct": ("hulp aan cliënten", "help to clients"),
    "hours bridging": ("overbrugging", "bridging care"),
    "hours door": ("intake, evaluatie, keuzes, verwijzing", "intake, review, choices, referral"),
    "hours upward": ("verantwoording", "reports upward"),
    "hours together": ("vergaderen, afstemmen, plannen, aansturen", "meetings, coordination, planning, managing"),
    "hours learning": ("instrumenten en coaching", "instruments and coaching"),
    "hours own": ("tijd voor zichzelf", "time for oneself"),
    "hours away": ("ziekte en verlof", "sick and leave"),
    "hours indirect": ("reizen en ander indirect werk", "travel and other indirect work"),
    "hours idle": ("uren zonder werk", "hours without work"),
    "hours total": ("betaalde uren", "paid hours"),
    # --- value ---
    "value": ("Waarde voor de cliënt, uiteengelegd", "Value for the client, taken apart"),
    "value read": (
        "De waarde voor de cliënt is een getal met keuzes erin. Daarom staan hier de delen apart, elk met een eigen "
        "verschil ten opzichte van “{baseline}”. Alleen bij belasting is minder beter.",
        "Value for the client is a number with choices in it. That is why its parts stand here one by one, each "
        "with its own difference from “{baseline}”. Only for burden less is better.",
    ),
    "value read one": (
        "De waarde voor de cliënt is een getal met keuzes erin. Daarom staan hier de delen apart.",
        "Value for the client is a number with choices in it. That is why its parts stand here one by one.",
    ),
    # --- groups ---
    "groups": ("Wie wint en wie verliest?", "Who gains and who loses?"),
    "groups one": ("Per groep", "By group"),
    "groups read": (
        "Hetzelfde verschil, maar nu per groep. Het zijn in beide werelden dezelfde mensen. De bovenste regel is "
        "iedereen.",
        "The same difference, but now by group. They are the same people in both worlds. The top line is everyone.",
    ),
    "groups read one": (
        "Dezelfde uitkomst, maar nu per groep. De bovenste regel is iedereen.",
        "The same result, but now by group. The top line is everyone.",
    ),
    "everyone": ("iedereen", "everyone"),
    # --- assumptions ---
    "assumptions": ("Waar dit op rust", "What this rests on"),
    "assumptions lead": (
        "Het model heeft {all} getallen nodig. Van {seen} is een bron gezien, {derived} zijn berekend uit zulke "
        "bronnen, {memory} komen uit het geheugen en voor {none} is geen bron bekend: dat zijn aannames. Bronnen "
        "staan in de taal waarin ze zijn opgeschreven.",
        "The model needs {all} numbers. For {seen} a source was seen, {derived} were derived from such sources, "
        "{memory} come from memory, and for {none} no source is known: those are assumptions. "
        "Sources are given in the language in which they were written down.",
    ),
    "levers changed": ("Wat verschilt per manier van sturen", "What differs by way of steering"),
    "levers changed read": (
        "Alleen de knoppen die van “{baseline}” verschillen. De rest is gelijk.",
        "Only the levers that differ from “{baseline}”. All others are equal.",
    ),
    "levers changed none": (
        "Er is geen knop die verschilt: de werelden zijn gelijk.",
        "No lever differs: the worlds are equal.",
    ),
    "levers one": ("De knoppen van deze manier van sturen", "The levers of this way of steering"),
    "from this day": ("vanaf dag {day}:", "from day {day}:"),
    "set here": ("Door dit scenario gekozen", "Chosen by this scenario"),
    "set here none": (
        "Dit scenario verandert geen enkel getal van het model.",
        "This scenario changes no number of the model.",
    ),
    "not changed": ("Overige getallen", "All other numbers"),
    "kinds of help": ("Soorten hulp", "Kinds of help"),
    "organisations": ("Organisaties", "Organisations"),
    "place and help": ("De organisaties en de hulp", "The organisations and the help"),
    "status V": ("✔ bron gezien", "✔ source seen"),
    "status V2": ("✔ gezien in een tweede bron", "✔ seen in a second source"),
    "status C": ("✔ gezien in openbare code", "✔ seen in public code"),
    "status D": ("∴ berekend", "∴ derived"),
    "status M": ("~ uit het geheugen", "~ from memory"),
    "status none": ("? aanname", "? assumption"),
    # --- not known ---
    "not known": ("Wat deze pagina niet weet", "What this page does not know"),
    "not known theory": (
        "Dit is een verkenning van de theorie van één man uit de praktijk, geen voorspelling. Het model laat zien "
        "wat er uit aannames volgt, niet wat er in het echt zal gebeuren.",
        "This explores one practitioner's theory; it is not a forecast. The model shows what follows from "
        "assumptions, not what will happen in reality.",
    ),
    "not known one world": (
        "Er is één stel getallen gebruikt. Met andere aannemelijke getallen kan de uitkomst anders zijn. De "
        "intervallen gaan alleen over toeval.",
        "One set of numbers was used. With other plausible numbers the result may differ. The intervals are about "
        "chance only.",
    ),
    "not known behaviour": (
        "Hoe medewerkers initiatief nemen, leren en vertrouwen winnen of verliezen, en hoe managers en besturen "
        "reageren op wat zij zien: de regels daarvoor volgen de theorie en de meeste getallen erin zijn aannames.",
        "How workers take initiative, learn, and win or lose trust, and how managers and boards respond to what they "
        "see: the rules for that follow the theory, and most of the numbers in them are assumptions.",
    ),
    "not known money": (
        "Geld doet alleen mee als betaalde uren. Een verschil in uren is dus niet hetzelfde als een verschil in "
        "kosten.",
        "Money is in it only as paid hours. So a difference in hours is not the same as a difference in cost.",
    ),
    "not known staff": (
        "Hoeveel mensen er bij welke organisatie werkten is meestal niet bekend. De bezetting is een keuze van "
        "het scenario en bepaalt sterk hoe lang mensen wachten.",
        "How many people worked at which organisation is mostly not known. Staffing is a choice of the scenario "
        "and strongly decides how long people wait.",
    ),
    "not known sources": (
        "Voor {none} van de {all} getallen is geen bron bekend.",
        "For {none} of the {all} numbers no source is known.",
    ),
    # --- reproduce ---
    "reproduce": ("Zelf nadoen", "Do it yourself"),
    "reproduce lead": (
        "Met dezelfde versie en hetzelfde begingetal komen precies dezelfde getallen terug. Het volledige "
        "scenario staat naast deze pagina in scenario.toml; de losse uitkomsten staan in outcomes.csv.",
        "The same version and the same seed give exactly the same numbers. The complete scenario lies beside this "
        "page in scenario.toml; the single results are in outcomes.csv.",
    ),
    "version": ("Versie", "Version"),
    "seed": ("Begingetal (seed)", "Seed"),
    "days": ("Dagen na dag 0", "Days after day 0"),
    "replications": ("Paren", "Pairs"),
    "replications one": ("Herhalingen", "Repeats"),
    "date": ("Datum", "Date"),
    "digest": ("Vingerafdruk van het scenario", "Fingerprint of the scenario"),
    "commit": ("Stand van de code", "State of the code"),
    "platform": ("Computer", "Computer"),
    "cite": ("Zo verwijst u hiernaar", "How to cite"),
    "cite software": (
        "The regie authors ({year}). regie, versie {version}: een simulatie van zorgnetwerken [software]. "
        "Scenario “{title}”, begingetal {seed}, {n} {runs}.",
        "The regie authors ({year}). regie, version {version}: a simulation of care networks [software]. "
        "Scenario “{title}”, seed {seed}, {n} {runs}.",
    ),
    "cite theory": (
        "De theorie: John Beckers, “Veranderen in netwerken”, WIJ, Breda, november 2005.",
        "The theory: John Beckers, “Veranderen in netwerken” (Changing in networks), WIJ, Breda, November 2005.",
    ),
    # --- tables ---
    "table": ("De cijfers bij deze figuur", "The numbers of this figure"),
    "no script": (
        "De figuren hebben JavaScript nodig. De cijfers staan ook in de tabellen.",
        "The figures need JavaScript. The numbers are in the tables too.",
    ),
    "regime": ("Manier van sturen", "Way of steering"),
    "outcome": ("Uitkomst", "Result"),
    "unit": ("Eenheid", "Unit"),
    "mean": ("Gemiddelde", "Mean"),
    "lowest": ("Laagste", "Lowest"),
    "highest": ("Hoogste", "Highest"),
    "baseline column": ("Bij “{baseline}”", "Under “{baseline}”"),
    "regime mean": ("Hier", "Here"),
    "difference": ("Verschil", "Difference"),
    "interval": ("95%-interval", "95 % interval"),
    "smallest": ("Kleinste dat telt", "Smallest that matters"),
    "verdict": ("Oordeel", "Verdict"),
    "better pairs": ("Paren beter", "Pairs better"),
    "noise": ("Losse paren (middelste 80 %)", "Single pairs (middle 80 %)"),
    "variance ratio": ("Toeval dat na paren overblijft (1 = alles)", "Chance left after pairing (1 = all)"),
    "organisation": ("Organisatie", "Organisation"),
    "kind": ("Soort hulp", "Kind of help"),
    "sector": ("Sector", "Sector"),
    "staff": ("Medewerkers per zone", "Workers per zone"),
    "share": ("Deel van de vragen", "Share of needs"),
    "hours per week": ("Uren per week", "Hours a week"),
    "parameter": ("Wat", "What"),
    "value column": ("Waarde", "Value"),
    "plausible": ("Aannemelijk", "Plausible"),
    "origin": ("Gezet door", "Set by"),
    "source": ("Bron", "Source"),
    "status": ("Hoe zeker", "How sure"),
    "group": ("Groep", "Group"),
    "group frailest": ("het kwetsbaarste tiende", "the frailest tenth"),
    "group alone": ("zonder eigen netwerk", "no network of their own"),
    "group little_voice": ("met weinig stem", "little voice"),
    "0 to 1": ("0 tot 1", "0 to 1"),
    "k of n": ("{k} van {n}", "{k} of {n}"),
    "nth year": ("jaar {n}", "year {n}"),
    "year before": ("{n} jaar ervoor", "{n} before day 0"),
    "picture against": ("{label} – verschil met “{baseline}”", "{label} – difference from “{baseline}”"),
    "wait table": (
        "Van elke 100 hulpvragen: hulp begonnen binnen …; nog wachtend, al langer dan …",
        "Of every 100 needs: help begun within …; still waiting, longer than …",
    ),
    "over time table": ("Hulpvragen op een lijst, gemiddeld per jaar", "Needs on a list, mean by year"),
    "percent of paid hours": ("procent van de betaalde uren", "percent of the paid hours"),
    "destination": ("Bestemming", "Destination"),
    "within days": ("Binnen {days} dagen", "Within {days} days"),
    "longer than days": ("Langer dan {days} dagen", "Longer than {days} days"),
    "number waiting": ("Nog wachtend op de laatste dag", "Still waiting on the last day"),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    "not measured": ("–", "–"),
    "lever": ("Knop", "Lever"),
    "one day": ("1 dag", "1 day"),
    "n days": ("{n} dagen", "{n} days"),
    "one year": ("1 jaar", "1 year"),
    "n years": ("{n} jaar", "{n} years"),
    "picture": ("Figuur opslaan als plaatje", "Save the figure as a picture"),
    "sector care": ("zorg", "care"),
    "sector welfare": ("welzijn", "welfare"),
    "sector housing": ("wonen", "housing"),
}


@dataclass(frozen=True)
class Words:
    """The texts and the way of writing numbers of one language."""

    language: Language

    def __call__(self, key: str, **filling: object) -> str:
        """Return the text of ``key``, filled in. A key that does not exist is a mistake in the program."""
        return TEXTS[key][LANGUAGES.index(self.language)].format(**filling)

    def choose(self, thing: object, field: str = "title") -> str:
        """Return a field of a scenario's thing in this language: ``title_nl`` in Dutch, else ``title``."""
        dutch = getattr(thing, f"{field}_nl", "") if self.language == "nl" else ""
        return str(dutch or getattr(thing, field, "")).strip()

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with that many decimals; "–" where there is none."""
        if value is None or not math.isfinite(value):
            return self("not measured")
        rounded = round(float(value), decimals) + 0.0
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(rounded, format=pattern, locale=_locale(self.language))).replace("-", "−")

    def signed(self, value: float, decimals: int = 0) -> str:
        """Write a number with its sign, also when it is positive."""
        text = self.number(value, decimals)
        return f"+{text}" if math.isfinite(value) and round(value, decimals) > 0 else text

    def plain(self, value: float | bool) -> str:
        """Write a value as a scenario gives it: yes or no, or a number with no more decimals than it has."""
        if isinstance(value, bool):
            return self("yes" if value else "no")
        if not math.isfinite(value):
            return self("not measured")
        return str(format_decimal(value, format="#,##0.######", locale=_locale(self.language))).replace("-", "−")

    def date(self, day: datetime.date) -> str:
        """Write a date in full."""
        return str(format_date(day, format="long", locale=_locale(self.language)))

    def span(self, days: int) -> str:
        """Write a number of days in years where it is about a whole number of them."""
        years = round(days / 365.25)
        if years and abs(days - 365.25 * years) < 7:
            return self("one year") if years == 1 else self("n years", n=years)
        return self("one day") if days == 1 else self("n days", n=self.number(days))

    def listed(self, items: list[str]) -> str:
        """Join items as a sentence does: "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        both = {"nl": " en ", "en": " and "}[self.language]
        return ", ".join(items[:-1]) + both + items[-1]


@cache
def words(language: str) -> Words:
    """Return the words of ``language``.

    Raises:
        RegieError: if the pages are not written in that language.
    """
    for known in LANGUAGES:
        if known == language:
            return Words(known)
    raise RegieError(MISTAKES("no language", language=language, known=", ".join(LANGUAGES)))


@cache
def _locale(language: Language) -> Locale:
    return Locale(language, {"nl": "NL", "en": "GB"}[language])


def decimals_for(step: float) -> int:
    """Return how many decimals show a tenth of ``step``: the smallest difference that matters stays visible."""
    if not math.isfinite(step) or step <= 0:
        return 2
    return max(0, 1 - math.floor(math.log10(step) + 1e-9))
