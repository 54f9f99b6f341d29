"""A place of one's own: from inhabitants, people of 65+, staff and lists to what a scenario needs to know.

Demand follows from the number of people of 65+ (`place_file.py`); staff is spread evenly over the zones, and what was
not given is as in the scenario it builds on (`seats.py`). `thin.py` says where that is thin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sim.errors import Said
from sim.scenario.parameters import parameters
from sim.scenario.scenario import Scenario

OWN_DATA = Said("own data", "eigen gegevens")
USUAL_ZONE = 10_000  # inhabitants
# People of 65+ among 10,000 inhabitants where the usual arrivals come from: 250 of them use home care, and that is 17 %
# of people of 65+ (LASA; Broese van Groenou & Deeg 2007; see `clients_at_start` in parameters.toml).
STANDS_FOR = 250 / 0.17


@dataclass(frozen=True)
class Staffing:
    """Workers of one organisation for one kind of help, in the whole place; both None where it was not given.

    Attributes:
        organisation: Its name or title, as it was given.
        kind: Name of the kind of help.
        workers: People.
        fte: Full-time equivalents, instead of people.
    """

    organisation: str
    kind: str
    workers: float | None = None
    fte: float | None = None


@dataclass(frozen=True)
class Waiting:
    """A list: of an organisation, of a kind of help, or of all (both empty).

    Attributes:
        organisation: Its name or title, as it was given.
        kind: Name of the kind of help.
        people: How many are on it.
        weeks: Mean wait from coming on the list to the start of help.
        norm_weeks: Longest wait that is agreed, of a kind of help.
    """

    organisation: str = ""
    kind: str = ""
    people: int | None = None
    weeks: float | None = None
    norm_weeks: float | None = None


@dataclass(frozen=True)
class Place:
    """What is known of a place.

    Attributes:
        name: Name of the scenario.
        inhabitants: Of any age.
        older: Of them, 65 or older.
        base: The scenario it builds on.
        title: How it is called; empty: after the name.
        zones: Care zones; None: of about ten thousand inhabitants each.
        contract_hours: Mean contract of a worker; None where it is not known.
        sick_leave: Percentage of the time; None where it is not known.
        source: Where the numbers come from; empty: "own data".
        staff: Rows; an organisation of the base without any is not there, unless there are no rows at all.
        lists: Rows.
    """

    name: str
    inhabitants: int
    older: float
    base: Scenario
    title: str = ""
    zones: int | None = None
    contract_hours: float | None = None
    sick_leave: float | None = None
    source: str = ""
    staff: tuple[Staffing, ...] = ()
    lists: tuple[Waiting, ...] = ()

    @property
    def number_of_zones(self) -> int:
        """Zones as given, else of about ten thousand inhabitants."""
        return self.zones if self.zones is not None else usual_zones(self.inhabitants)

    @property
    def older_of_zone(self) -> float:
        """People of 65+ in one zone."""
        return self.older / self.number_of_zones

    @property
    def hours(self) -> float:
        """Contract of a worker in hours a week."""
        return self.contract_hours if self.contract_hours is not None else float(self.base["contract_hours"])

    def said_source(self) -> Said:
        """Where the numbers come from."""
        return Said(self.source, self.source) if self.source else OWN_DATA


class Called(Protocol):
    """A kind of help or an organisation."""

    @property
    def name(self) -> str:
        """Name in files."""

    @property
    def title(self) -> str:
        """Label in English."""

    @property
    def title_nl(self) -> str:
        """Label in Dutch."""


Member = TypeVar("Member", bound=Called)


def usual_zones(inhabitants: float) -> int:
    """Return how many zones of about ten thousand inhabitants there are."""
    return max(1, round(inhabitants / USUAL_ZONE))


def older_of_base(base: Scenario) -> float:
    """Return the people of 65+ in a zone for whom the arrivals of a scenario stand."""
    return float(base["arrivals_per_year"]) / float(parameters()["arrivals_per_year"].default) * STANDS_FOR


def called(members: Iterable[Member], text: str) -> Member | None:
    """Return the member with this name or title, in either language and however it is spaced or capitalised."""
    wanted = _plainly(text)
    return next((m for m in members if wanted in map(_plainly, (m.name, m.title, m.title_nl))), None)


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


def slug(title: str) -> str:
    """Return a name for files: small letters, digits and '-'; empty where nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
