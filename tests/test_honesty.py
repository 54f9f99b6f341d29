"""Honesty: regimes are compared on equal terms, and every mechanism can be done without.

No regime gets an hour more than another unless it says so; what is measured reads no lever; and each mechanism of
``experiments/ablation.toml`` is off when it is switched off: whatever it moves or counts stands still.
"""
# ruff: noqa: N803 - S is the state, as in the rules

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from worlds import ROOT, fingerprint, lived, lively, small, world_print

from sim.model.board import ATTRIBUTION_FIRST
from sim.model.career import FIRST_EXPERIENCE
from sim.model.choosing import chance_of_initiative, own_initiative
from sim.model.day import live
from sim.model.founding import found
from sim.model.help import quality_of, skill, standard_quality
from sim.model.manager import CREDIBILITY_FIRST
from sim.model.record import REASONS, records
from sim.model.state import HELPED, copy_state
from sim.model.steering import encouragement, permission, reports
from sim.model.ties import ACQUAINTANCE_TRUST, STRANGER_TRUST, acquaintance, openness
from sim.scenario import Scenario, levers, regime_names
from sim.study.equalising import equal_hours
from sim.study.mechanisms import mechanisms

# --- equal terms -----------------------------------------------------------------------------------------

ALIKE = [regime for regime in regime_names() if regime != "more-staff"]


@pytest.mark.parametrize("scenario", [small(), Scenario.load("one-zone")], ids=["small", "one-zone"])
def test_every_regime_but_more_staff_pays_the_same_hours_while_staff_is_the_same_people(scenario):
    """For a year and a half, so that what funders shared out at the end of the year counts too."""
    scenario = scenario.with_values({"turnover": 0.0, "sick_share": 0.0})
    paid = {regime: records(lived(scenario.with_regime(regime), 546)).series["paid"].sum() for regime in ALIKE}
    assert [*paid.values()] == pytest.approx([paid["traditional"]] * len(ALIKE), rel=1e-9)
    more = records(lived(scenario.with_regime("more-staff"), 546)).series["paid"].sum()
    assert more > 1.01 * paid["traditional"]


def test_a_regime_that_sets_every_lever_as_the_baseline_is_the_baseline_bit_for_bit(tmp_path):
    for name in ("small", "lively"):
        scenario = small() if name == "small" else lively()
        as_is = {lever: value.value for lever, value in scenario.levers["welfare"].items()}
        said = "\n".join(f"{lever} = {str(value).lower()}" for lever, value in as_is.items())
        path = tmp_path / f"{name}.toml"
        path.write_text(f'title = "As it is"\ntitle_nl = "Zoals het is"\n[levers]\n{said}\n', encoding="utf-8")
        assert set(as_is) == set(levers())
        assert world_print(lived(scenario.with_regime(path), 400)) == world_print(lived(scenario, 400))


def test_with_hours_equalised_every_regime_spends_as_much_on_reports_and_meetings():
    scenario = small(board_gain=0.0)
    names = ("traditional", "client-steering", "good-control", "meetings-only")
    spent = []
    for equal in equal_hours({name: scenario.with_regime(name) for name in names}).values():
        world = lived(equal, 1)
        organisations = range(int(world.now[0].organisations))
        spent.append([float(reports(world, o) + world.organisation.meeting_hours[o]) for o in organisations])
    assert all(hours == pytest.approx(spent[0], rel=1e-12) for hours in spent)
    assert min(spent[0]) > 1.0


# --- what is measured reads no lever -----------------------------------------------------------------------

MEASURED = ("outcomes", "value", "tables", "needs", "scope", "groups", "waiting", "fates", "living", "work", "money")
MEASURES = (*(f"study/{name}.py" for name in MEASURED), "model/record.py", "model/life.py")


def read_in(path: Any) -> set[str]:
    """Return all names, attributes and texts in a source."""
    words: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
    return words


@pytest.mark.parametrize("path", MEASURES)
def test_no_measure_and_nothing_that_befalls_a_client_reads_a_lever(path):
    """So that no lever can multiply an outcome: it has to work through what people do."""
    assert not read_in(ROOT / "sim" / path) & set(levers())


# --- every mechanism can be done without -------------------------------------------------------------------

DAYS = (0, 91, 182, 364, 546, 728)  # each the first of a week
Worlds = list[Any]


@cache
def worlds(mechanism: str = "") -> Worlds:
    """Return a lively world on several days, with a mechanism off throughout."""
    scenario = lively()
    if mechanism:
        scenario = scenario.with_values(mechanisms()[mechanism].off)
    world, seen = found(scenario, 2), []
    for day in DAYS:
        world = live(world, day - world.day)
        seen.append(copy_state(world))
    return seen


def last(lived: Worlds) -> Any:
    return lived[-1]


def none(*flows: str) -> Callable[[Worlds], bool]:
    """Return whether nothing is counted in these columns of the series."""
    return lambda lived: all(last(lived).series[flow].sum() == 0 for flow in flows)


def everywhere(holds: Callable[[Any], Any]) -> Callable[[Worlds], bool]:
    """Return whether something holds on all days."""
    return lambda lived: all(bool(np.all(holds(world))) for world in lived)


def staff(S: Any) -> Any:
    """Return the workers, and nobody who waits to be succeeded."""
    rows = S.worker[: S.now[0].workers]
    return rows[rows.present >= 0]


def rows(S: Any) -> range:
    return range(int(S.now[0].workers))


def never(change: Callable[[Any, Any], Any], table: str, name: str) -> Callable[[Worlds], bool]:
    """Return whether a state of the same person (or row) never changes so from one day to the next."""

    def holds(lived: Worlds) -> bool:
        for before, after in pairwise(lived):
            one, other = getattr(before, table), getattr(after, table)
            same = one.key == other.key if "key" in one.dtype.names else np.ones(len(one), bool)
            if change(other[name][same], one[name][same]).any():
                return False
        return True

    return holds


def rises(now: Any, before: Any) -> Any:
    return now > before + 1e-12


def falls(now: Any, before: Any) -> Any:
    return now < before - 1e-12


def moves(now: Any, before: Any) -> Any:
    return now != before


def stays(S: Any) -> Any:
    """Return the stays in which there was help by a worker, written down or going on."""
    left = records(S).visits
    return left[np.isfinite(left.start) & (left.organisation < S.now[0].organisations)]


def renowns() -> list[float]:
    return [organisation.renown for organisation in lively().organisations]


def nobody_gave_up_waiting(lived: Worlds) -> bool:
    """Who finds no door at all gives up still."""
    left = records(last(lived)).visits
    return not ((left.reason == REASONS.index("gave up")) & np.isfinite(left.listed)).any()


def pairs(S: Any) -> list[tuple[int, int]]:
    return [(w, v) for w in rows(S) for v in rows(S) if w != v]


def only_acquaintances(S: Any) -> bool:
    """Whether those who know of one another did from before: with people gone nobody knows any more."""
    there = (S.tie.to >= 0) & (S.tie.generation == S.worker.generation[S.tie.to])
    ties = [(row // int(S.now[0].tie_capacity), int(S.tie.to[row])) for row in np.flatnonzero(there)]
    return all(acquaintance(S, w, v, 1.0) > 0 for w, v in ties)


def no_tie_fades(lived: Worlds) -> bool:
    def known(S: Any) -> dict[Any, float]:
        capacity = int(S.now[0].tie_capacity)
        made = np.flatnonzero(S.tie.to >= 0)
        who = [(int(S.worker.key[row // capacity]), int(S.tie.to[row]), int(S.tie.generation[row])) for row in made]
        return dict(zip(who, S.tie.familiarity[made].tolist(), strict=True))

    for before, after in pairwise(lived):
        one, other = known(before), known(after)
        if any(other[tie] < one[tie] - 1e-12 for tie in one.keys() & other.keys()):
            return False
    return True


OFF: dict[str, Callable[[Worlds], bool]] = {
    "serving-on": everywhere(lambda S: ~((S.need.status == HELPED) & (S.need.ends < S.day))),
    "smaller": none("smaller"),
    "tailoring": lambda lived: stays(last(lived)).tailored.max() == 0 and last(lived).need.tailored.max() == 0,
    "variety": everywhere(lambda S: S.need.wish <= S.p[0].expectation),
    "catalogue": lambda lived: (stays(last(lived)).variant[stays(last(lived)).tailored == 0] == 0).all(),
    "catalogue-learning": everywhere(lambda S: S.organisation.learnt == 0.0),
    "protocols": everywhere(
        lambda S: [standard_quality(S, w, k, S.day) == skill(S, w, k, S.day) for w in rows(S) for k in range(3)]
    ),
    "lesser-at-first": everywhere(
        lambda S: [quality_of(S, w, 0, 1.0, 1.0, S.day) == skill(S, w, 0, S.day) for w in rows(S)]
    ),
    "experience": everywhere(lambda S: staff(S).experience <= FIRST_EXPERIENCE),
    "bridging": none("bridging"),
    "lost-referrals": none("referrals_lost"),
    "giving-up": nobody_gave_up_waiting,
    "planning": everywhere(lambda S: S.manager.placed <= S.manager.called),
    "pressure": everywhere(lambda S: [chance_of_initiative(S, w) == own_initiative(S, w) for w in rows(S)]),
    "courage": everywhere(
        lambda S: [
            own_initiative(S, w) == S.worker.ownership[w] * permission(S, S.worker.organisation[w]) for w in rows(S)
        ]
    ),
    "consistency": everywhere(lambda S: staff(S).consistency == 1.0),
    "client-say": none("said"),
    "volunteers": none("volunteers"),
    "volunteers-tire": everywhere(lambda S: S.zone.fatigue == 0),
    "skill-learning": never(rises, "worker", "courage"),
    "skill-fading": never(falls, "worker", "courage"),
    "ownership-learning": everywhere(lambda S: staff(S).ownership <= staff(S).ownership_base + 1e-12),
    "safety-learning": never(rises, "worker", "safety"),
    "carry-over": everywhere(lambda S: [openness(S, w, v) in (0.5, 1.0) for w, v in pairs(S)]),
    "attention": never(moves, "worker", "client_attention"),
    "own-time": none("own_time"),
    "contacts": everywhere(only_acquaintances),
    "fading": no_tie_fades,
    "calls": none("calls", "calls_answered", "displaced"),
    "outside-ties": none("ties_outside", "trust_outside"),
    "trust": everywhere(
        lambda S: (S.tie.to < 0) | ((S.tie.trust >= STRANGER_TRUST) & (S.tie.trust <= ACQUAINTANCE_TRUST))
    ),
    "stepping-in": none("interventions", "averted"),
    "incidents": none("incidents"),
    "boards-react": everywhere(lambda S: S.board.control == S.organisation.control),
    "fashions": everywhere(lambda S: S.board.fashion == 0),
    "words": everywhere(lambda S: [encouragement(S, team) == 0 for team in range(int(S.now[0].teams))]),
    "credibility": everywhere(lambda S: S.team.credibility[: S.now[0].teams] == CREDIBILITY_FIRST),
    "agreements": lambda lived: none("agreements")(lived) and everywhere(lambda S: S.board.agreed == 0)(lived),
    "money": everywhere(lambda S: S.organisation.allotted == 1.0),
    "panels": everywhere(lambda S: np.isnan(S.board.client_value[:-1]) | (S.board.client_value[:-1] == 1.0)),
    "appraisal": everywhere(lambda S: S.board.attribution[:-1] == ATTRIBUTION_FIRST),
    "mismatch": everywhere(lambda S: np.isin(S.organisation.renown[:-1], renowns())),
    "turnover": everywhere(lambda S: S.worker.generation == 0),
}
"""What holds when a mechanism is off, and not when it is on."""

HOURS_ALONE = {"reports"}  # switched off by what regimes ask, not by a value of the world: see above


@pytest.mark.parametrize("mechanism", OFF)
def test_what_a_mechanism_moves_or_counts_stands_still_when_it_is_off_and_only_then(mechanism):
    assert mechanism in mechanisms()
    assert OFF[mechanism](worlds(mechanism))
    assert not OFF[mechanism](worlds())


ELSEWHERE = {
    "protocols": small(),
    "consistency": small().with_regime("client-steering-intervening"),
    "joint-budget": Scenario.load("one-zone")
    .with_regime("client-steering")
    .with_values({"managers_told": 1.0, "agreement_chance": 1.0, "agreement_kept": 1.0, "macro_meetings": 1.0}),
    **dict.fromkeys(
        ("belief-error", "deviation-seen", "passing-over", "referral-loss", "stretching"),
        Scenario.load("one-zone").with_regime("client-steering"),
    ),
}
"""Where they show."""


@pytest.mark.parametrize("mechanism", sorted(set(mechanisms()) - HOURS_ALONE))
def test_every_mechanism_does_something(mechanism):
    scenario = ELSEWHERE.get(mechanism, lively())
    without = scenario.with_values(mechanisms()[mechanism].off)
    one, other = (fingerprint(records(lived(each, 728, 2))) for each in (scenario, without))
    assert one != other


@pytest.mark.parametrize(
    ("mechanism", "flow"), [("smaller", "smaller"), ("incidents", "incidents"), ("calls", "calls")]
)
def test_what_is_off_before_a_regime_begins_is_off_under_it(mechanism, flow):
    scenario = small(incident_rate=2.0, zones=2)
    without = scenario.with_values(mechanisms()[mechanism].off)
    counts = [
        records(lived(each.with_regime("client-steering"), 728)).series[flow].sum() for each in (scenario, without)
    ]
    assert counts[0] > 0 == counts[1]
