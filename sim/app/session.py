"""A visitor's session: a message in, a message out, over whatever carries them.

The same session stands behind a browser, a notebook and a recorded page. It keeps the two futures that its visitor
looks at, and nothing else; no two sessions share anything but worlds on the morning of day 0, which nobody changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.app import messages
from sim.app.catalogue import catalogue
from sim.app.futures import Future, future
from sim.app.packing import Packed, in_force, people, places, staff, stays, weeks
from sim.errors import RegieError, Said
from sim.scenario.scenario import Change, Scenario, Value
from sim.study.runs import seed_of, warmed

if TYPE_CHECKING:
    from sim.model.state import State

SET_HERE = "app"  # origin of a lever that a visitor moved
LEFT = Said("Other worlds are looked at now.", "Er wordt nu naar andere werelden gekeken.")
BEYOND = Said("That day is beyond the end.", "Die dag ligt voorbij het einde.")
ONE_OF_US = Said(
    "Something went wrong here; the page goes on with what it has.",
    "Er ging hier iets mis; de pagina gaat verder met wat er is.",
)


class Reply(NamedTuple):
    """What goes back: words and numbers as JSON holds them, and arrays as bytes.

    Attributes:
        content: With ``"is"``: what it is, ``"mistake"`` where the question had no answer.
        buffers: The arrays that ``content["arrays"]`` names, in that order, each with its type and shape.
    """

    content: Mapping[str, Any]
    buffers: tuple[bytes, ...] = ()


class Session:
    """Answers the questions of one visitor.

    What changes nothing – roads, reasons, replications of the band – may be asked from another thread meanwhile; a
    replication for worlds that are not those asked for last is given up.
    """

    def __init__(self) -> None:
        """Begin without any world."""
        self._wanted: messages.Worlds | None = None  # the worlds asked for last, perhaps still being lived
        self._worlds: messages.Worlds | None = None
        self._futures: tuple[Future, Future] | None = None

    @property
    def size(self) -> int:
        """Bytes of the tables of the worlds that it holds."""
        return sum(each.size for each in self._futures or ())

    def leave(self) -> None:
        """Give up what is being lived: nobody looks at it any more."""
        self._wanted = None

    def handle(self, message: Any) -> Reply:
        """Return the answer to a message; whatever it is, that is an answer and no exception."""
        try:
            asked = messages.read(message)
            return _ANSWERS[type(asked)](self, asked)
        except RegieError as mistake:
            return _mistake(mistake.said)
        except CancelledError:
            return _mistake(LEFT)
        except Exception:  # a visitor is told that it failed, never where
            return _mistake(ONE_OF_US)

    def _hello(self, _: messages.Hello) -> Reply:
        return Reply({"is": "hello", **catalogue()})

    def _open(self, asked: messages.Open) -> Reply:
        """Live both futures at once, side by side."""
        scenarios = [steered(asked.worlds, world) for world in asked.worlds.worlds]
        self._wanted = asked.worlds
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(lambda each: self._lived(each, asked.worlds), scenarios)
        before = (self._futures if asked.again else None) or (None, None)
        same = [one is before[0], other is before[1]]
        content = {"is": "open", **places(one.run.scenario), "days": asked.worlds.days, "seed": asked.worlds.seed}
        content |= {"levers": [in_force(each) for each in scenarios], "same": same}
        packed = Packed()
        for side, each in enumerate((one, other)):
            if same[side]:
                continue
            packed.add(f"{side}.stays", stays(each.run))
            packed.add(f"{side}.people", people(each.run))
            packed.add(f"{side}.weeks", weeks(each))
            packed.add(f"{side}.staff", staff(each))
        self._worlds, self._futures = asked.worlds, (one.bare(), other.bare())
        return packed.reply(content)

    def _lived(self, scenario: Scenario, worlds: messages.Worlds) -> Future:
        """Return a future; one that is looked at already is not lived again: a lever moves in one world at a time."""
        for there in self._futures or ():
            if (there.run.seed, there.run.days) == (worlds.seed, worlds.days) and there.run.scenario == scenario:
                return there
        return future(scenario, worlds.seed, worlds.days, lambda: self._wanted is worlds)

    def _ties(self, asked: messages.Ties) -> Reply:
        ties = self._there()[asked.world].ties
        if asked.block >= len(ties):
            raise RegieError(BEYOND)
        packed = Packed()
        packed.add("ties", {"ties": ties[asked.block]})
        return packed.reply({"is": "ties", "world": asked.world, "block": asked.block})

    def _band(self, asked: messages.Band) -> Reply:
        self._there()
        worlds = self._worlds
        assert worlds is not None
        seed = seed_of(worlds.seed, asked.replication)
        packed = Packed()
        before: dict[str, State] = {}  # of other luck: not kept, or it would take the place of what visitors look at
        for side, world in enumerate(worlds.worlds):
            scenario = steered(worlds, world)
            past = scenario.past()
            if past not in before:
                before[past] = warmed(scenario, seed)
            lived = future(scenario, seed, worlds.days, lambda: self._wanted is worlds, before[past])
            packed.add(f"{side}.weeks", weeks(lived))
        return packed.reply({"is": "band", "replication": asked.replication})

    def _road(self, asked: messages.Road) -> Reply:
        from sim.app.telling import road

        return Reply({"is": "road", "who": asked.who.model_dump(), **road(*self._there(), asked)})

    def _why(self, asked: messages.Why) -> Reply:
        from sim.app.telling import why

        lived = self._there()[asked.world]
        if asked.day >= lived.run.days:
            raise RegieError(BEYOND)
        about = {"world": asked.world, "who": asked.who.model_dump(), "day": asked.day}
        return Reply({"is": "why", **about, **why(lived, asked)})

    def _data(self, asked: messages.Data) -> Reply:
        from sim.app.roads import weekly_csv

        one, other = self._there()
        return Reply({"is": "data", "csv": weekly_csv(one, other, asked.form)})

    def _there(self) -> tuple[Future, Future]:
        if self._futures is None:
            raise RegieError(Said("No worlds are open yet.", "Er zijn nog geen werelden open."))
        return self._futures


def steered(worlds: messages.Worlds, world: messages.Steered) -> Scenario:
    """Return the scenario of one of two worlds.

    Raises:
        RegieError: A name is unknown, or a value is out of range.
    """
    scenario = _shipped(worlds.scenario, world.regime)
    at_once = {each.lever: each.value for each in world.changes if each.day == 0}
    scenario = scenario.with_values(at_once, warmup=False) if at_once else scenario
    everybody = tuple(organisation.name for organisation in scenario.organisations)
    later = []
    for each in world.changes:
        if 0 < each.day < worlds.days:
            checked = scenario.with_values({each.lever: each.value}, warmup=False)
            value = next(iter(checked.levers.values()))[each.lever]
            later.append(Change(each.day, everybody, each.lever, Value(value.value, SET_HERE)))
    changes = sorted((*scenario.changes, *later), key=lambda change: change.day)
    return replace(scenario, changes=tuple(changes))


@cache
def _shipped(scenario: str, regime: str) -> Scenario:
    if scenario not in catalogue()["scenarios"]:
        raise RegieError(Said("There is no such scenario.", "Dat scenario is er niet."))
    if regime not in catalogue()["regimes"]:
        raise RegieError(Said("There is no such way of steering.", "Die manier van besturen is er niet."))
    return Scenario.load(scenario).with_regime(regime)


def _mistake(said: Said) -> Reply:
    return Reply({"is": "mistake", "en": said.en, "nl": said.nl})


_ANSWERS: dict[type, Callable[[Session, Any], Reply]] = {
    messages.Hello: Session._hello,
    messages.Open: Session._open,
    messages.Ties: Session._ties,
    messages.Band: Session._band,
    messages.Road: Session._road,
    messages.Why: Session._why,
    messages.Data: Session._data,
}
