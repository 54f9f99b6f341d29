"""What an analysis says of what it found or refused, in English and Dutch."""

from __future__ import annotations

from sim.errors import Sentences

say = Sentences(
    {
        # --- mistakes
        "no runs": (
            "'{place}' holds no finished runs yet. The same sweep command goes on where it stopped.",
            "'{place}' bevat nog geen uitgevoerde runs. Hetzelfde commando gaat verder waar het stopte.",
        ),
        "no outcome": (
            "The sweep kept no outcome '{name}'.{hint}",
            "De reeks bewaarde geen uitkomst '{name}'.{hint}",
        ),
        "no regime": (
            "The sweep did not run the regime '{name}'.{hint}",
            "De reeks draaide het regime '{name}' niet.{hint}",
        ),
        "same regimes": (
            "'{name}' cannot be compared with itself. Give another regime with 'against'.",
            "'{name}' kan niet met zichzelf worden vergeleken. Geef een ander regime met 'against'.",
        ),
        "no condition": (
            "'{value}' is no condition. Give a sign and a number, such as '> -2' or '<= 30'.",
            "'{value}' is geen voorwaarde. Geef een teken en een getal, zoals '> -2' of '<= 30'.",
        ),
        "few resamples": (
            "'resamples' must be a whole number from {least} to {most}, and is {value}.",
            "'resamples' moet een geheel getal van {least} tot {most} zijn, en is {value}.",
        ),
        "bad seed": (
            "'seed' must be a whole number from 0 to {most}, and is {value}.",
            "'seed' moet een geheel getal van 0 tot {most} zijn, en is {value}.",
        ),
        # --- what is there
        "headlines": (
            "The sweep kept {kept} outcomes; only {names} are looked at. Name others to see them.",
            "De reeks bewaarde {kept} uitkomsten; alleen {names} zijn bekeken. Noem andere om die te zien.",
        ),
        "missing": (
            "{question}: {missing} of {all} answers are missing ({failed} because a run failed, {undefined} because "
            "the outcome is not defined there, {unrun} because the run is not finished).",
            "{question}: {missing} van de {all} antwoorden ontbreken ({failed} doordat een run mislukte, {undefined} "
            "doordat de uitkomst daar niet bestaat, {unrun} doordat de run niet klaar is).",
        ),
        "unfinished": (
            "{question}: {n} replications that fewer than half of the points have finished are left out.",
            "{question}: {n} herhalingen die bij minder dan de helft van de punten klaar zijn, zijn weggelaten.",
        ),
        "no answers": (
            "{question}: there is no point with an answer in every replication, so nothing can be said.",
            "{question}: er is geen punt met een antwoord in elke herhaling, dus er valt niets te zeggen.",
        ),
        "constant": (
            "{question}: the answer is the same at every point, so no factor matters within these ranges.",
            "{question}: het antwoord is op elk punt hetzelfde, dus geen factor doet ertoe binnen deze bereiken.",
        ),
        # --- noise and indices
        "noise unknown": (
            "{question}: with one replication nobody knows how much is luck. The indices hold luck as well, and "
            "factors are not ranked. Two replications would tell, and four give a ranking.",
            "{question}: met één herhaling weet niemand hoeveel toeval is. In de indices zit dan ook toeval, en "
            "factoren krijgen geen rangorde. Twee herhalingen zouden het zeggen, en vier geven een rangorde.",
        ),
        "few replications": (
            "{question}: factors are not ranked, as {n} replications tell too little of luck. {least} is the least; "
            "they are added to what is there.",
            "{question}: factoren krijgen geen rangorde, want {n} herhalingen zeggen te weinig over toeval. {least} is "
            "het minste; ze komen bij wat er al is.",
        ),
        "noise unknown here": (
            "{question}: with one replication nobody knows how much is luck. Two replications would tell.",
            "{question}: met één herhaling weet niemand hoeveel toeval is. Twee herhalingen zouden het zeggen.",
        ),
        "no indices": (
            "A design of the method {method} gives no indices: these need points that differ in one factor at a time. "
            "Use sobol, or morris where runs are dear.",
            "Een ontwerp volgens {method} geeft geen indices: die vragen punten die in één factor tegelijk "
            "verschillen. Gebruik sobol, of morris waar runs duur zijn.",
        ),
        "dropped": (
            "{question}: {n} of {all} {what} are left out of the indices, as an answer in them is missing.",
            "{question}: {n} van de {all} {what} tellen niet mee in de indices, omdat er een antwoord in ontbreekt.",
        ),
        "base samples": ("base samples", "basistrekkingen"),
        "trajectories": ("trajectories", "trajecten"),
        "too few": (
            "{question}: {n} {what} are too few for indices; {least} is the least.",
            "{question}: {n} {what} zijn te weinig voor indices; {least} is het minste.",
        ),
        "all luck": (
            "{question}: what differs between points cannot be told from luck, so there are no indices and no "
            "ranking. More replications or samples may help.",
            "{question}: wat tussen punten verschilt is niet van toeval te onderscheiden; er zijn dus geen indices en "
            "er is geen rangorde. Meer herhalingen of trekkingen helpen misschien.",
        ),
        "not separated": (
            "{question}: noise separates no factor from another, so they are not ranked. More samples or replications "
            "may help.",
            "{question}: door de ruis is geen factor van een andere te onderscheiden; er is dus geen rangorde. Meer "
            "trekkingen of herhalingen helpen misschien.",
        ),
        # --- where something holds
        "no question": (
            "{question}: where it holds was not looked for, as nothing says what to look for. Give a condition, such "
            "as --where '> 30'.",
            "{question}: waar het geldt is niet gezocht, want niets zegt wat er gezocht wordt. Geef een voorwaarde, "
            "zoals --where '> 30'.",
        ),
        "holds nowhere": (
            "{question} {condition}: holds at none of {points} points.",
            "{question} {condition}: geldt op geen van de {points} punten.",
        ),
        "holds everywhere": (
            "{question} {condition}: holds at all {points} points.",
            "{question} {condition}: geldt op alle {points} punten.",
        ),
        "few points": (
            "{question} {condition}: holds at {cases} of {points} points; {least} points are the least in which to "
            "look where.",
            "{question} {condition}: geldt op {cases} van de {points} punten; om te zoeken waar zijn minstens {least} "
            "punten nodig.",
        ),
        "no box": (
            "{question} {condition}: holds at {cases} of {points} points, and no region was found in which it mostly "
            "holds.",
            "{question} {condition}: geldt op {cases} van de {points} punten, en er is geen gebied gevonden waar het "
            "meestal geldt.",
        ),
        "not again": (
            "{question} {condition}: holds at {cases} of {points} points. A region was found, but it did not hold up "
            "on points that were not used to find it, so it is not shown.",
            "{question} {condition}: geldt op {cases} van de {points} punten. Er is een gebied gevonden, maar dat "
            "hield geen stand op punten die niet gebruikt waren om het te vinden; daarom staat het er niet.",
        ),
        "unseen": (
            "{question} {condition}: inside the region it holds at {density} % of the points. Regions that are found "
            "in the same way in one half of the points hold at {unseen} % in the other half: expect that of points "
            "to come.",
            "{question} {condition}: binnen het gebied geldt het op {density} % van de punten. Gebieden die op "
            "dezelfde manier in de ene helft van de punten worden gevonden, halen {unseen} % in de andere helft: "
            "verwacht dat van nieuwe punten.",
        ),
    }
)
