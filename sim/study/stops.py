"""The stops that the road of a need leads through, from a door to an end, and what they are called."""

from __future__ import annotations

from typing import NamedTuple

from sim.errors import Said


class Stop(NamedTuple):
    """A place that roads lead through.

    Attributes:
        column: 0 the door, 1 what happened there, 2 whether help ever came, 3 how it ended.
        name: How it is called.
        says: What it means, in one sentence.
    """

    column: int
    name: Said
    says: Said


RIGHT, OTHER, NO_DOOR = 0, 1, 2
AT_ONCE, ON_LIST, SENT_ON, ASTRAY, TOLD_NO = 3, 4, 5, 6, 7
HELP, NO_HELP = 8, 9
HELP_ENDED, HELP_GOES_ON, PASSED, STILL_WAITS, RENOUNCED, CRISIS, PLANNED, DEATH = range(10, 18)

STOPS: tuple[Stop, ...] = (
    Stop(
        0,
        Said("Door with this help", "Deur met deze hulp"),
        Said(
            "The organisation where the need first came gives this kind of help.",
            "De organisatie waar de vraag het eerst kwam, geeft deze soort hulp.",
        ),
    ),
    Stop(
        0,
        Said("Door without this help", "Deur zonder deze hulp"),
        Said(
            "The organisation where the need first came does not give this kind of help.",
            "De organisatie waar de vraag het eerst kwam, geeft deze soort hulp niet.",
        ),
    ),
    Stop(
        0,
        Said("Nobody hears of it", "Niemand hoort ervan"),
        Said(
            "The person had this need, but no worker ever heard of it.",
            "De persoon had deze vraag, maar geen medewerker hoorde er ooit van.",
        ),
    ),
    Stop(
        1,
        Said("Helped at once", "Meteen geholpen"),
        Said(
            "Help started on the day the need was heard, here or by somebody who was called in.",
            "De hulp begon op de dag dat de vraag werd gehoord, hier of door iemand die erbij is gehaald.",
        ),
    ),
    Stop(
        1,
        Said("Waiting list", "Wachtlijst"),
        Said("The need was put on a waiting list.", "De vraag kwam op een wachtlijst."),
    ),
    Stop(
        1,
        Said("Sent on", "Doorverwezen"),
        Said(
            "The need was sent on to another organisation, and was not lost on the way.",
            "De vraag is doorverwezen naar een andere organisatie, en raakte onderweg niet zoek.",
        ),
    ),
    Stop(
        1,
        Said("Got lost", "Zoekgeraakt"),
        Said(
            "The need was sent on to another organisation, but never arrived there.",
            "De vraag is doorverwezen naar een andere organisatie, maar kwam daar niet aan.",
        ),
    ),
    Stop(
        1,
        Said("Told “no”", "Kreeg “nee”"),
        Said(
            "The organisation said “no”. The person had to look for another door.",
            "De organisatie zei “nee”. De persoon moest zelf een andere deur zoeken.",
        ),
    ),
    Stop(
        2,
        Said("Gets help", "Krijgt hulp"),
        Said(
            "Help started at some moment, by workers or by volunteers.",
            "Op enig moment begon de hulp, door medewerkers of door vrijwilligers.",
        ),
    ),
    Stop(
        2,
        Said("Gets no help", "Krijgt geen hulp"),
        Said("Help never started in the time followed.", "De hulp begon niet in de tijd die we volgen."),
    ),
    Stop(
        3,
        Said("Helped, need over", "Geholpen, vraag voorbij"),
        Said("There was help. Then the need was over.", "Er was hulp. Daarna was de vraag voorbij."),
    ),
    Stop(
        3,
        Said("Help goes on", "Hulp loopt door"),
        Said("The help still goes on at the end.", "De hulp loopt aan het eind nog door."),
    ),
    Stop(
        3,
        Said("Over without help", "Voorbij zonder hulp"),
        Said(
            "The need was over before any help had started.",
            "De vraag was voorbij voordat er hulp was begonnen.",
        ),
    ),
    Stop(
        3,
        Said("Still waits", "Wacht nog"),
        Said(
            "The need is without help at the end: for the first time, or again.",
            "De vraag is aan het eind zonder hulp: voor het eerst, of opnieuw.",
        ),
    ),
    Stop(
        3,
        Said("Gave up", "Gaf het op"),
        Said("The person stopped asking.", "De persoon vroeg er niet meer om."),
    ),
    Stop(
        3,
        Said("Crisis admission", "Crisisopname"),
        Said(
            "The person had to go to live in a home, unprepared, while the need was there.",
            "De persoon moest onvoorbereid naar een tehuis, terwijl de vraag er nog was.",
        ),
    ),
    Stop(
        3,
        Said("Planned admission", "Geplande opname"),
        Said(
            "The person went to live in a home, arranged in time, while the need was there.",
            "De persoon ging naar een tehuis, op tijd geregeld, terwijl de vraag er nog was.",
        ),
    ),
    Stop(
        3,
        Said("Died", "Overleden"),
        Said("The person died while the need was there.", "De persoon overleed terwijl de vraag er nog was."),
    ),
)
