"""How much of the machine visitors may take, all of it held here and none of it trusted to the page."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from sim.errors import Sentences


@dataclass(frozen=True)
class Limits:
    """Bounds on what visitors do; how many days and changes a world has is bounded where messages are read.

    Attributes:
        sessions: Visitors at once.
        size: Bytes of a message.
        a_second: Messages a second that a visitor sends in the long run.
        at_once: Messages that may come at once, before the pace counts.
        waiting: Questions of a visitor that wait while another one of theirs is answered.
        idle: Seconds without a message after which a visitor is let go.
        sending: Seconds in which a visitor takes an answer, or is let go.
        memory: Bytes of the tables of all visitors' worlds together, beyond which nobody opens more.
        workers: Worlds that are lived at the same time.
    """

    sessions: int = 50
    size: int = 65_536
    a_second: float = 20.0
    at_once: int = 60
    waiting: int = 8
    idle: float = 1_800.0
    sending: float = 60.0
    memory: int = 2_000_000_000
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))


class Pace:
    """Whether a visitor sends faster than they may: a bucket that fills with time and empties with messages."""

    def __init__(self, limits: Limits, now: float) -> None:
        """Begin with a full bucket."""
        self._limits, self._left, self._last = limits, float(limits.at_once), now

    def bears(self, now: float) -> bool:
        """Count a message; return whether it comes in time."""
        filled = self._left + (now - self._last) * self._limits.a_second
        self._left, self._last = min(filled, float(self._limits.at_once)) - 1.0, now
        return self._left >= 0.0


say = Sentences(
    {
        "full": (
            "All places are taken just now. Try again in a few minutes.",
            "Alle plaatsen zijn nu bezet. Probeer het over enkele minuten opnieuw.",
        ),
        "idle": (
            "Nothing was asked for a long time, so the place went to somebody else. Move a lever, or open the page "
            "again, and it goes on.",
            "Er is lang niets gevraagd; daarom is de plaats vrijgegeven. Verschuif een knop, of open de pagina "
            "opnieuw, en het gaat verder.",
        ),
        "fast": (
            "This page asks faster than is allowed. Open it again.",
            "Deze pagina vraagt sneller dan mag. Open haar opnieuw.",
        ),
        "binary": ("This page sent something that is no text.", "Deze pagina stuurde iets wat geen tekst is."),
        "slow": (
            "The answers were not taken, so the connection is closed. Open the page again.",
            "De antwoorden werden niet afgenomen; daarom is de verbinding gesloten. Open de pagina opnieuw.",
        ),
        "no question": (
            "This page sent something that is no question.",
            "Deze pagina stuurde iets wat geen vraag is.",
        ),
        "no room": (
            "The worlds of all visitors take all the room that there is just now. Try again in a few minutes.",
            "De werelden van alle bezoekers nemen nu alle ruimte in. Probeer het over enkele minuten opnieuw.",
        ),
        "busy": (
            "Too many questions are waiting already.",
            "Er wachten al te veel vragen.",
        ),
    }
)
