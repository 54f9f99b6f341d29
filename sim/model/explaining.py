"""Why: the options weighed at a decision, what each was worth, the draw, the rule, the claim behind it.

Nothing is kept for it while a world is lived. A day is lived once more, one agent at a time, and what was weighed is
read when each decision has been made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model import choosing

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.network import CareNetwork
    from sim.model.state import State

# Options by number: name, and the claims of the essay behind them.
OPTIONS: dict[int, tuple[str, str]] = {
    choosing.STANDARD: ("standard help here", "C01"),
    choosing.TAILORED: ("tailored help here", "C22, C26"),
    choosing.COLLEAGUE: ("a colleague inside", "C17"),
    choosing.CALL: ("a worker elsewhere, staying responsible", "C12, C33"),
    choosing.MANAGER: ("calling in the manager", "C17"),
    choosing.ADVOCATE: ("pressing for an exception", "C17"),
    choosing.VOLUNTEER: ("volunteers", "C14, B1"),
    choosing.ON_LIST: ("the waiting list", "C13"),
    choosing.REFERRAL_OPTION: ("a formal referral", "C32"),
    choosing.REFUSAL: ("no", "C32"),
    choosing.KEEP: ("keep as it is", "C01"),
    choosing.TAILOR: ("tailor", "C22, C26"),
    choosing.SMALLER: ("make the need smaller", "C14"),
    choosing.HAND_ON: ("hand on to volunteers", "C14, B1"),
    choosing.STOP: ("stop", "C01"),
    choosing.STRETCH: ("beyond one's own service", "C14"),
}
RULES = {
    choosing.BY_THE_BOOK: "procedure",
    choosing.BY_WORKER: "the worker weighed all options",
    choosing.BY_CLIENT: "the client's own ranking was followed (C36)",
}


@dataclass(frozen=True)
class Option:
    """One option that was weighed.

    Attributes:
        name: In words.
        claims: Rows of the essay's claims behind it.
        client: Benefit to the client as the worker believes it, 0 to 1.
        profession: Worth by the norms of the profession, 0 to 1.
        organisation: Contribution to targets and rules, 0 to 1.
        own: Effort and risk for the worker, 0 or more.
        utility: The four, weighed by the worker's shares of attention.
        wished: Worth by the client's own ranking.
        luck: The draw of this option (Gumbel).
        chance: Probability that it would be chosen, luck apart; NaN where workers satisfice.
        failed: It was tried and could not be done.
        chosen: It is what happened.
    """

    name: str
    claims: str
    client: float
    profession: float
    organisation: float
    own: float
    utility: float
    wished: float
    luck: float
    chance: float
    failed: bool
    chosen: bool


@dataclass(frozen=True)
class Decision:
    """One decision about a need of a client.

    Attributes:
        day: On which it was made.
        client: Identity of the client.
        need: Number of the need, from 0.
        worker: Row of the worker who decided.
        occasion: ``"help"``, ``"waiting"`` or ``"review"``.
        initiative: Chance that the worker takes the initiative.
        drawn: The draw it was held against.
        rule: Who or what decided.
        options: What was weighed; empty under procedure.
    """

    day: int
    client: int
    need: int
    worker: int
    occasion: str
    initiative: float
    drawn: float
    rule: str
    options: list[Option] = field(default_factory=list)

    def __str__(self) -> str:
        """Tell the decision in words."""
        head = (
            f"day {self.day}, need {self.need}, {self.occasion}: worker {self.worker}, "
            f"initiative {self.initiative:.2f}, drawn {self.drawn:.2f}: {self.rule}"
        )
        return "\n".join([head, *(f"  {_line(option)}" for option in self.options)])

    def table(self) -> pd.DataFrame:
        """Return the options as a table, a row for each."""
        import pandas as pd

        return pd.DataFrame([vars(option) for option in self.options])


def _line(option: Option) -> str:
    mark = ">" if option.chosen else "x" if option.failed else " "
    terms = f"client {option.client:.2f}, profession {option.profession:.2f}, organisation {option.organisation:.2f}"
    chance = "" if math.isnan(option.chance) else f", chance {option.chance:.2f}"
    return f"{mark} {option.name}: {terms}, self {option.own:.2f}; utility {option.utility:.2f}{chance}"


def watched(network: CareNetwork, client: int, seen: list[Decision]) -> AbstractContextManager[None]:
    """Let the workers of ``network`` be watched; what they decide about ``client`` is added to ``seen``."""
    return watched_where(network, lambda _, whose: whose == client, seen)


@contextmanager
def watched_where(network: CareNetwork, wanted: Callable[[int, int], bool], seen: list[Decision]) -> Iterator[None]:
    """Let the workers of ``network`` be watched.

    Args:
        network: Under Mesa activation, with no agents made yet of its workers.
        wanted: Whether to look at what a worker (row) decides about a client (identity).
        seen: To which decisions are added as they are made.
    """
    from sim.model.agents import Worker

    used = network.classes[Worker]

    class Watched(used):  # type: ignore[misc, valid-type]
        """A worker who does the same, and is watched."""

        def choose_help(self, need: int, day: int) -> None:
            self._watch(super().choose_help, "help", need, day)

        def reconsider(self, need: int, day: int) -> None:
            self._watch(super().reconsider, "waiting", need, day)

        def review(self, need: int, day: int) -> None:
            self._watch(super().review, "review", need, day)

        def _watch(self, behaviour: Callable[[int, int], None], occasion: str, need: int, day: int) -> None:
            state = self.model.state
            whose = int(state.client.key[need // int(state.p[0].max_needs)])
            looked_at = wanted(self.row, whose)
            if looked_at:
                state.decision[0].need = -1
                for option in range(choosing.OPTIONS):
                    state.option[option].possible = state.option[option].failed = 0
            behaviour(need, day)
            if looked_at and int(state.decision[0].need) == need:
                seen.append(_decision(state, whose, occasion))

    network.classes[Worker] = Watched
    try:
        yield
    finally:
        network.classes[Worker] = used


def _decision(state: State, client: int, occasion: str) -> Decision:
    made = state.decision[0]
    return Decision(
        day=int(made.day),
        client=client,
        need=int(made.need) % int(state.p[0].max_needs),
        worker=int(made.worker),
        occasion=occasion,
        initiative=float(made.initiative),
        drawn=float(made.drawn),
        rule=RULES[int(made.by)],
        options=[] if made.by == choosing.BY_THE_BOOK else _options(state),
    )


def _options(state: State) -> list[Option]:
    made = state.decision[0]
    rows = [option for option in OPTIONS if state.option[option].possible or state.option[option].failed]
    chances = _chances(state, rows)
    return [
        _option(state.option[row], row, chance, row == made.option) for row, chance in zip(rows, chances, strict=True)
    ]


def _chances(state: State, rows: list[int]) -> Any:
    """Return the chance of each option, luck apart: by softmax; of the client's ranking the first of the best.

    Of what satisficing would take no such chance can be told: it depends on the luck of all options tried before.
    """
    made = state.decision[0]
    if made.says:
        wished = np.array([state.option[row].wished for row in rows])
        return np.eye(len(rows))[wished.argmax()]
    if state.p[0].choice_rule == choosing.SATISFICING:
        return np.full(len(rows), np.nan)
    worth = np.array([state.option[row].utility for row in rows])
    temperature = float(state.p[0].choice_temperature) * (1.5 - float(state.worker[made.worker].experience))
    weights = np.exp((worth - worth.max()) / temperature)
    return weights / weights.sum()


def _option(row: Any, number: int, chance: float, chosen: bool) -> Option:
    name, claims = OPTIONS[number]
    values = {
        term: float(row[term]) for term in ("client", "profession", "organisation", "own", "utility", "wished", "luck")
    }
    return Option(
        name=name, claims=claims, chance=float(chance), failed=bool(row.failed), chosen=bool(chosen), **values
    )
