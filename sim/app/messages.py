"""What a page may ask: strict models with bounds, for nothing that a page sends is trusted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sim.errors import RegieError
from sim.scenario.parameters import levers
from sim.study.defaults import MOST_REPLICATIONS

MOST_DAYS = 3650
MOST_CHANGES = 200
MOST_BANDS = 40
LARGEST_SEED = 2**31 - 1  # JavaScript counts on

Language = Literal["nl", "en"]
Side = Literal[0, 1]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A name that is looked up among those that come with regie: never a path."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Change(_Strict):
    """A lever of all organisations from a day on."""

    day: int = Field(ge=0, lt=MOST_DAYS)
    lever: Annotated[str, Field(max_length=40)]
    value: float | int | bool


class Steered(_Strict):
    """How one of the two worlds is steered."""

    regime: Name
    changes: tuple[Change, ...] = Field(default=(), max_length=MOST_CHANGES, strict=False)


class Worlds(_Strict):
    """Two worlds with the same people and the same luck."""

    scenario: Name = "one-zone"
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED)
    days: int = Field(default=1095, ge=7, le=MOST_DAYS)
    worlds: tuple[Steered, Steered] = Field(strict=False)


class Hello(_Strict):
    """What is there to choose from?"""

    ask: Literal["hello"]


class Open(_Strict):
    """What happens in these two worlds?

    Attributes:
        again: The page still has the worlds that it opened last: one that stays as it was need not be sent.
    """

    ask: Literal["open"]
    worlds: Worlds
    again: bool = False


class Ties(_Strict):
    """Who knows whom, in a world, at the beginning of a block of four weeks?"""

    ask: Literal["ties"]
    world: Side
    block: int = Field(ge=0, le=MOST_DAYS // 28)


class Band(_Strict):
    """The weeks of both worlds with other luck: one replication more of the band."""

    ask: Literal["band"]
    replication: int = Field(ge=1, le=min(MOST_BANDS, MOST_REPLICATIONS))


class Who(_Strict):
    """A person by identity; a worker by row; the manager of a team, the board of an organisation by number."""

    kind: Literal["person", "worker", "manager", "board"]
    id: int = Field(ge=0, lt=2**62)


class Road(_Strict):
    """What happened to somebody in both worlds, day by day?"""

    ask: Literal["road"]
    who: Who
    language: Language


class Why(_Strict):
    """Why was decided what was decided by or about somebody on a day?"""

    ask: Literal["why"]
    world: Side
    who: Who
    day: int = Field(ge=0, lt=MOST_DAYS)
    language: Language


class Data(_Strict):
    """The weeks of both worlds as CSV."""

    ask: Literal["data"]
    form: Literal["en", "nl"] = "en"


Message = Annotated[Hello | Open | Ties | Band | Road | Why | Data, Field(discriminator="ask")]
_MESSAGE: TypeAdapter[Any] = TypeAdapter(Message)


def read(content: Any) -> Any:
    """Return the message that ``content`` (from JSON) is.

    Raises:
        RegieError: It is none.
    """
    try:
        found = _MESSAGE.validate_python(content)
    except (ValidationError, RecursionError) as mistake:
        raise RegieError("This page sent something that is no question.") from mistake
    if isinstance(found, Open):
        unknown = {c.lever for world in found.worlds.worlds for c in world.changes} - set(levers())
        if unknown:
            raise RegieError("This page asked for a lever that does not exist.")
    return found
