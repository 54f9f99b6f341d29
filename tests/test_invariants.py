"""What may not make a difference makes none, to the last bit (conventions, 12).

A rule that is right can be written in many ways; that it does not depend on what it must not depend on is tested
here: processes, threads, hash seeds, how the day is called, levers that do nothing, watching, saving, room in tables.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from worlds import (
    ROOT,
    SMALL,
    assert_same_records,
    check_records,
    check_world,
    differences,
    fingerprint,
    in_order,
    lived,
    lively,
    quick_of,
    small,
    world_print,
)

from sim import CareNetwork
from sim.model import agents, compiling, day, founding, network
from sim.model.chance import u01
from sim.model.day import live
from sim.model.founding import found, steer
from sim.model.record import Records, records
from sim.model.state import copy_state, load_state, same_state, save_state
from sim.scenario import Scenario, levers, regime_names
from sim.scenario.scenario import Change, Value

DAYS = 400


def in_a_process(code: str, **environment: str) -> str:
    """Return what a Python process of its own prints when it runs ``code``, from the folder of the tests."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT / "tests",
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def changed(scenario: Scenario, *changes: tuple[int, str, str, float]) -> Scenario:
    """Return a scenario with dated changes: (day, organisation, lever, value)."""
    made = tuple(Change(d, (o,), lever, Value(value, "test")) for d, o, lever, value in changes)
    return replace(scenario, changes=tuple(sorted((*scenario.changes, *made), key=lambda change: change.day)))


def life(scenario: Scenario, days: int = DAYS, seed: int = 0) -> Records:
    """Return the records of a world ``days`` days after its day 0."""
    return records(lived(scenario, days, seed))


# --- where and in what company it is run -----------------------------------------------------------------

PRINT_IT = "from worlds import *; print(world_print(lived(small(), 60, 7)))"


def test_the_same_seed_gives_the_same_bytes_in_two_processes_with_two_hash_seeds():
    prints = {in_a_process(PRINT_IT, PYTHONHASHSEED=seed) for seed in ("1", "4711")}
    assert prints == {world_print(lived(small(), 60, 7))}


@pytest.mark.parametrize(
    "scenario", quick_of(["small()", "lively()", "small().with_regime('client-steering')"], "lively()")
)
def test_plain_python_gives_the_same_world_as_the_compiled_day(scenario):
    code = f"from worlds import *; world = lived({scenario}, 20, 7); print(world_print(world))"
    assert in_a_process(code, NUMBA_DISABLE_JIT="1") == in_a_process(code)


def test_another_seed_is_another_world():
    prints = [world_print(lived(small(), 10, seed)) for seed in (0, 1, 2**31, 2**63 - 1)]
    assert len(set(prints)) == 4


def test_threads_give_what_one_after_the_other_gives():
    seeds = list(range(12))
    alone = [world_print(lived(small(), 200, seed)) for seed in seeds]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda seed: world_print(lived(small(), 200, seed)), seeds))
    assert together == alone


def test_a_world_lived_in_pieces_is_the_world_lived_at_once():
    at_once = lived(small(), 300)
    pieces = found(small(), 0)
    while pieces.day < 300:
        pieces = live(pieces, min(13, 300 - pieces.day))
    assert same_state(pieces, at_once)


# --- levers that do nothing ------------------------------------------------------------------------------


def test_a_regime_equal_to_the_baseline_changes_nothing():
    scenario = Scenario.load("one-zone")
    same = scenario.with_regime("more-staff").with_values({"extra_staff": 0.0})
    assert not len(found(same, 0).change)
    assert world_print(lived(same, DAYS)) == world_print(lived(scenario, DAYS))


@pytest.mark.parametrize("lever", ["pooled_list", "central_management"])
@pytest.mark.parametrize("from_day", [0, 98])
def test_sharing_with_nobody_changes_nothing(lever, from_day):
    """Only one organisation shares its list, or stands under a central management.

    Each organisation has one team in the zone: with itself an organisation does share. That it costs hours to keep up
    an arrangement, shared with anybody or not, is off. A change closes the accounts of workers: it is made when a week
    begins, as they are closed then anyway, and without time for oneself, which a new account would ask anew.
    """
    scenario = small(team_size=12, arrangement_hours=0.0, own_time=0.0)
    alone = changed(scenario, (from_day, "home-care", lever, True))
    assert len(found(alone, 0).change) == 1
    assert_same_records(life(alone), life(scenario))


@pytest.mark.parametrize("lever", sorted(levers()))
def test_a_lever_set_to_what_it_is_changes_nothing_not_even_in_the_middle_of_a_week(lever):
    for scenario in (small(), lively()):
        value = scenario.levers["home-care"][lever].value
        again = changed(scenario, (100, "home-care", lever, value), (101, "welfare", lever, value))
        assert len(found(again, 0).change) == 2
        assert_same_records(life(again, 200), life(scenario, 200))


def test_planning_changes_nothing_but_the_hours_of_managers_where_there_is_no_other_team():
    scenario = small(team_size=12)
    idle = scenario.with_values({"planning_hours": 0.0})
    one, other = life(scenario), life(idle)
    assert one.series["planning"].sum() > other.series["planning"].sum()  # there some are called in by workers
    assert_same_records(one, other, less=("planning", "indirect"))
    paid = [left.series["planning"] + left.series["indirect"] for left in (one, other)]
    assert np.allclose(*paid, rtol=1e-12)


def test_targets_change_nothing_where_no_renewal_is_ever_granted():
    scenario = small(renewal_granted=0.0, indication_days=14.0, review_days=28)
    other = scenario.with_values({"targets": 0.0})
    asked = {name: life(each) for name, each in (("with", scenario), ("without", other))}
    ended = {name: left.series["completed"].sum() for name, left in asked.items()}
    assert ended["with"] > 0
    free = small(renewal_asked=0.0, ownership_first=0.0, attention_form=1, board_gain=0.0)
    assert_same_records(life(free), life(free.with_values({"targets": 0.0})))


# --- worlds that part ------------------------------------------------------------------------------------


def another(scenario: Scenario, lever: str) -> float:
    """Return a value of a lever that is well away from what it is."""
    parameter, value = levers()[lever], scenario.levers["home-care"][lever].value
    if parameter.type == "bool":
        return not value
    if parameter.type == "int":
        return value + 4
    return value + 0.5 if value + 0.5 <= parameter.range[1] else value - 0.5


RARE = {"urgency_across", "capacity_overview", "helping_consequences"}  # at calls elsewhere; each has its example


def with_time_to_step_in() -> Scenario:
    """Return a lively scenario in which managers have hours and reasons to step in often, not a few times a year."""
    return lively(manager_hours=24.0, incident_rate=6.0)


@pytest.fixture(scope="module")
def as_it_was():
    """Give a lively world as it is on two days, and 728 days later."""
    worlds = {}
    for when in (0, 45):
        at = live(found(with_time_to_step_in(), 0), 91 + when)
        worlds[when] = world_print(at), fingerprint(records(live(copy_state(at), 728)))
    return worlds


@pytest.mark.parametrize("when", [0, 45])
@pytest.mark.parametrize("lever", sorted(levers()))
def test_two_worlds_are_the_same_until_the_day_they_differ_and_then_they_differ(as_it_was, lever, when):
    scenario = with_time_to_step_in()
    value = another(scenario, lever)
    other = found(changed(scenario, *((when, o.name, lever, value) for o in scenario.organisations)), 0)
    other = live(other, 91 + when)
    before, after = as_it_was[when]
    assert other.day == when
    assert world_print(other.with_tables(change=found(scenario, 0).change)) == before
    assert lever in RARE or fingerprint(records(live(other, 728))) != after


def test_a_warm_up_shared_by_worlds_gives_what_each_would_have_had_alone():
    scenario = small()
    shared = lived(scenario, 0)
    for regime in regime_names():
        rival = scenario.with_regime(regime)
        assert same_state(live(steer(copy_state(shared), rival), 200), lived(rival, 200))


def test_the_same_people_come_with_the_same_needs_and_wishes_under_every_regime():
    """What is not the regime's to change is drawn alike: who comes, when, how frail, with what.

    Words raise what is wished, and workers make needs smaller: for wishes and hours these are off.
    """
    scenario = Scenario.load("one-zone", overrides=["expectation=0", "smaller_step=0"])
    people, wishes = [], []
    for regime in regime_names():
        left = life(scenario.with_regime(regime), 730)
        clients = left.clients[np.argsort(left.clients["client"])]
        born = ("client", "zone", "arrival", "needs", "frailty_at_arrival", "network_at_arrival", "voice")
        people.append(fingerprint([clients[list(born)]]))
        stays = left.visits[np.lexsort((left.visits["need"], left.visits["client"]))]
        first = np.unique(stays[["client", "need"]], return_index=True)[1]
        need = ("client", "need", "kind", "urgency", "onset", "hours_per_week", "wish")
        wishes.append(fingerprint([stays[first][list(need)]]))
    assert len(set(people)) == 1
    assert len(set(wishes)) == 1


def test_luck_of_the_body_is_shared_too():
    """Hazards differ with help; where they do not depend on it, the same clients die on the same day.

    Or a day later, where that very day their help changed: then life is looked at again the next day.
    """
    fixed = {"frailty_drift": 0.0, "frailty_harm": 0.0, "frailty_recovery": 0.0, "unmet_exponent": 0.0}
    fixed["incident_harm"] = 0.0
    scenario = small(**fixed, crisis_hazard=0.0, planned_hazard=0.0, death_hazard=0.3, give_up_after_no=0.0)
    ends = []
    for extra in (0.0, 2.0):
        left = life(scenario.with_values({"extra_staff": extra}), 900).clients
        ends.append({int(c["client"]): float(c["exit"]) for c in left if c["status"] == 6})
    both = ends[0].keys() & ends[1].keys()
    assert len(both) > 20
    apart = [abs(ends[0][client] - ends[1][client]) for client in both]
    assert max(apart) <= 1
    assert np.mean(apart) < 0.1


# --- who is there but does nothing -----------------------------------------------------------------------


def without(series: Any, organisation: int, organisations: int) -> Any:
    """Return the series less one organisation, and with the numbers that the others would have had without it."""
    rows = series.reshape(-1, organisations)[:, [o for o in range(organisations) if o != organisation]].ravel().copy()
    rows["organisation"] -= rows["organisation"] > organisation
    return rows


@pytest.mark.parametrize("first", [False, True])
def test_an_organisation_without_staff_changes_nothing_else(first):
    """Boards have the luck of their number: where numbers shift, what they do by chance is left out."""
    text = '[organisations.empty]\nsector = "care"\nrenown = 5.0\nstaff = {}\n'
    before = SMALL.index("[organisations.home-care]") if first else len(SMALL)
    luck = {"fashion_rate": 0.0, "agreement_chance": 0.0} if first else {}
    scenario = small(**luck)
    more = Scenario.from_toml(SMALL[:before] + text + SMALL[before:]).with_values(luck)
    at = [o.name for o in more.organisations].index("empty")
    one, two = life(scenario), life(more)
    visits, clients = two.visits.copy(), two.clients.copy()
    assert not (visits["organisation"] == at).any()
    visits["organisation"] -= visits["organisation"] > at
    for name in ("prefers", "owner_organisation"):
        clients[name] -= clients[name] > at
    assert_same_records(one, Records(visits, clients, without(two.series, at, len(more.organisations) + 1)))


def test_a_kind_of_help_nobody_asks_for_changes_nothing_else():
    text = '[kinds.magic]\nsector = "care"\nshare = 0.0\nhours_per_week = 1.0\nlasting_days = 100\n'
    for base in (small(), small(max_needs=8, another_need=1.0, another_need_decline=1.0)):
        values = {name: base[name] for name in ("max_needs", "another_need", "another_need_decline")}
        assert_same_records(life(base), life(small(text, **values)))


def test_one_more_zone_changes_nothing_in_the_others():
    """As far as zones do not touch: managers of one organisation place clients in all zones, and boards look at all.

    So there is no planning, managers who are called hand back, boards do not react, funders do not share out; and what
    an organisation learns in one zone it knows in all, what its board hears of, all hear: no catalogue learns, nothing
    is in fashion.
    """
    apart = "[levers]\nplanning_hours = 0\nprocess_management = 1\nmoney_follows_production = 0\n"
    alone = {"board_gain": 0.0, "credibility_pace": 0.0, "agreement_chance": 0.0}
    alone |= {"catalogue_learning": 0.0, "fashion_rate": 0.0}
    one, two = (in_order(life(small(apart, zones=zones, **alone))) for zones in (1, 2))
    visits, clients = (rows[rows["zone"] == 0] for rows in (two.visits, two.clients))
    assert len(clients) < len(two.clients)
    now = found(small(apart, **alone), 0).now[0]
    of_volunteers = visits["organisation"] == now.organisations  # their rows come after those of all workers
    assert of_volunteers.any()
    visits["team"][of_volunteers], visits["worker"][of_volunteers] = now.teams, now.workers
    assert_same_records(one, Records(visits, clients, one.series))


# --- watching, saving, room ------------------------------------------------------------------------------


def test_watching_does_not_disturb():
    scenario = lively()
    alone = CareNetwork(scenario, seed=3).run(100)
    watched = CareNetwork(scenario, seed=3)
    for _ in range(100):
        watched.step()
        watched.records()
        watched.outcomes()
        for each in (watched.clients, watched.workers, watched.managers, watched.boards):
            for agent in each:
                assert repr(agent)
                for name in (name for name in dir(type(agent)) if isinstance(getattr(type(agent), name), property)):
                    getattr(agent, name)
    assert len(watched.datacollector.get_model_vars_dataframe()) == 100
    assert same_state(watched.state, alone.state)


def test_asking_for_records_leaves_the_world_as_it_is_and_gives_the_same_again():
    world = lived(lively(), 123)
    before = world_print(world)
    one, two = records(world), records(world)
    assert world_print(world) == before
    assert_same_records(one, two)
    one.visits["client"] = -1
    one.series["paid"] = -1.0
    assert world_print(world) == before


@pytest.mark.parametrize("when", [-91, -40, 0, 3, 77])
def test_saved_restored_and_continued_is_a_straight_run(tmp_path, when):
    scenario = changed(small(), (50, "welfare", "control", 0.2), (120, "housing", "extra_staff", 0.3))
    world = live(found(scenario, 5), when + 91)
    save_state(world, tmp_path / "world.npz")
    back = load_state(tmp_path / "world.npz")
    assert same_state(back, world)
    assert same_state(live(back, 200 - when), lived(scenario, 200, 5))


@pytest.mark.parametrize("activation", ["compiled", "mesa"])
def test_a_network_saved_restored_and_continued_is_a_straight_run(tmp_path, activation):
    straight = CareNetwork(small(), seed=5, activation=activation).run(60)
    CareNetwork(small(), seed=5).run(25).save(tmp_path / "world.npz")
    other = CareNetwork(small(), seed=99, activation=activation).run(3).restore(tmp_path / "world.npz").run(35)
    assert same_state(other.state, straight.state)
    assert len(other.clients) == len(straight.clients)


def test_a_copy_goes_its_own_way():
    world = lived(small(), 10)
    before = world_print(world)
    live(copy_state(world), 100)
    assert world_print(world) == before


def test_how_much_room_tables_have_at_first_changes_nothing(monkeypatch):
    """Rows of clients are given out in another order once tables have grown; who is there is the same."""
    scenario = small(clients_at_start=100.0, arrivals_per_year=200.0)
    roomy = lived(scenario, 900)
    monkeypatch.setattr(founding, "SPARE_CLIENTS", (101 - 20 * np.sqrt(100) - 100 - 60) / 100)
    monkeypatch.setattr(founding, "YEARS_AT_FIRST", 0)
    tight = found(scenario, 0)
    at_first = {name: len(rows) for name, rows in tight.tables().items()}
    assert at_first["client"] < 110
    tight = live(tight, 900 - tight.day)
    for name in ("client", "need", "place", "visit", "exit", "series", "link"):
        assert len(getattr(tight, name)) > at_first[name], f"{name} did not grow"
    check_world(tight)
    check_records(tight)
    assert_same_records(in_order(records(tight)), in_order(records(roomy)))


# --- one day, two ways of calling it ---------------------------------------------------------------------

CHANGES = [
    (10, "home-care", "control", 0.3),
    (33, "welfare", "pooled_list", True),
    (33, "foundation", "pooled_list", True),
    (40, "housing", "extra_staff", -0.4),
    (75, "home-care", "central_management", True),
]


@pytest.mark.parametrize("regime", regime_names())
def test_mesa_activation_is_the_compiled_day_bit_for_bit(regime):
    scenario = changed(small(arrivals_per_year=150.0).with_regime(regime), *CHANGES)
    compiled = CareNetwork(scenario, seed=1, activation="compiled").run(200)
    mesa = CareNetwork(scenario, seed=1, activation="mesa")
    for _ in range(4):
        mesa.run(40)
    for _ in range(40):
        mesa.step()
    assert same_state(mesa.state, compiled.state)
    check_world(mesa.state)


def assert_same_both_ways(days: int, *which: Any) -> None:
    one, other = (CareNetwork(*which, activation=how).run(days) for how in ("compiled", "mesa"))
    off = {name: differences(rows, getattr(other.state, name)) for name, rows in one.state.tables().items()}
    assert not any(off.values()), off


def test_mesa_activation_is_the_compiled_day_where_everybody_does_all_there_is_to_do():
    """For more than a year, so that quarters and the year end too."""
    changes = ((20, "welfare", "regrouping", 0.5), (50, "home-care", "front_door", True), *CHANGES)
    assert_same_both_ways(380, changed(lively(zones=2), *changes), None, 3)


SHIPPED = ["one-management", "client-steering", "neighbourhood-team", "change-programme", "meetings-only"]
SHIPPED += ["personal-budget", "lead-organisation"]


@pytest.mark.parametrize("regime", SHIPPED)
def test_mesa_activation_is_the_compiled_day_on_a_shipped_scenario(regime):
    assert_same_both_ways(100, "one-zone", regime, 2)


BEHAVIOURS = {
    "Client": ("knock", "keep_waiting", "grow_older"),
    "Worker": ("come_or_go", "take_intake", "choose_help", "reconsider", "review", "settle", "take_next", "learn"),
    "Manager": ("steer_team", "plan"),
    "Board": ("take_stock", "confer"),
}
ALL = [(kind, name) for kind, names in BEHAVIOURS.items() for name in names]


def with_override(kind: str, name: str, override: Any, days: int = 95) -> CareNetwork:
    """Return a network in which one behaviour of one class of agents is another."""
    subclass = type(f"My{kind}", (getattr(agents, kind),), {name: override})
    return CareNetwork(lively(), seed=1, **{f"{kind.lower()}_class": subclass}).run(days)


def test_every_behaviour_of_the_day_can_be_overridden():
    of_agents = [(phase.agent.capitalize(), phase.behaviour) for phase in day.PHASES if phase.agent != "network"]
    assert sorted(of_agents) == sorted(ALL)
    for kind, name in ALL:
        assert name in vars(getattr(agents, kind))


@pytest.fixture(scope="module")
def ordinary():
    """Give the network that nobody changed."""
    return CareNetwork(lively(), seed=1).run(95)


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_override_that_only_counts_its_calls_gives_the_same_world(ordinary, kind, name):
    calls = []
    rule = getattr(getattr(agents, kind), name)

    def counting(self: Any, *arguments: int) -> None:
        calls.append(arguments)
        rule(self, *arguments)

    network = with_override(kind, name, counting)
    assert network.activation == "mesa"
    assert calls, f"{kind}.{name} was never called"
    assert same_state(network.state, ordinary.state)


def doing_nothing(self: Any, *arguments: int) -> None:
    """Leave everything as it is."""


def refusing_all(self: agents.Worker, need: int, day: int) -> None:
    """Say no to everybody."""
    from sim.model.referral import refuse

    refuse(self.model.state, need, self.row, day)


def reviewing_twice(self: agents.Worker, need: int, day: int) -> None:
    """Spend twice the hours on a review."""
    state = self.model.state
    state.worker.debt[state.need.provider[need]] += float(state.p[0].review_hours)
    agents.Worker.review(self, need, day)


def giving_up(self: agents.Client, need: int, day: int) -> None:
    """Never wait."""
    from sim.model.help import end_need
    from sim.model.state import RENOUNCED

    end_need(self.model.state, need, RENOUNCED, day)


def slowly(self: agents.Worker, need: int, day: int) -> None:
    """Take an intake that costs ten hours more."""
    self.debt += 10.0
    agents.Worker.take_intake(self, need, day)


def agreeing_with_all(self: agents.Board, day: int) -> None:
    """Agree with every other board before they meet."""
    self.model.state.board.agreed[self.row] = 1
    agents.Board.confer(self, day)


REAL = {
    "confer": agreeing_with_all,
    "knock": giving_up,
    "keep_waiting": giving_up,
    "choose_help": refusing_all,
    "review": reviewing_twice,
    "take_intake": slowly,
    "grow_older": lambda self, day: (setattr(self, "frailty", 0.9), agents.Client.grow_older(self, day)),
    "come_or_go": lambda self, day: (setattr(self, "aptitude", 0.1), agents.Worker.come_or_go(self, day)),
    "settle": lambda self, day: (setattr(self, "debt", 0.0), agents.Worker.settle(self, day)),
}


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_override_that_does_something_else_is_honoured(ordinary, kind, name):
    network = with_override(kind, name, REAL.get(name, doing_nothing))
    assert not same_state(network.state, ordinary.state)


def test_an_override_that_says_no_to_everybody_is_heard_by_everybody():
    visits = with_override("Worker", "choose_help", refusing_all).records().visits
    late = visits[visits["onset"] >= 0]
    assert len(late) > 20
    assert not np.isfinite(late["start"]).any()
    assert not np.isfinite(late["listed"]).any()


# --- the phases of a day ---------------------------------------------------------------------------------


def source(function: Any) -> str:
    return inspect.getsource(getattr(function, "py_func", function))


def called(text: str, pattern: str) -> list[str]:
    """Return the names that match in the source of a function, in order, each once."""
    return list(dict.fromkeys(re.findall(pattern, text)))


def written_out(text: str, part: str) -> str:
    """Return the source of a day in which the call of a method of the network is replaced by what it does."""
    does = source(getattr(network.CareNetwork, part))
    return re.sub(rf"self\.{part}\(.*\)\n", lambda _: does, text)


def test_the_phases_of_the_day_are_those_that_are_carried_out_in_that_order():
    """In both ways to call a day; the end of a week stands in a function of its own, and so does a review."""
    phases = [phase.behaviour for phase in day.PHASES]
    names = "|".join(phases)
    compiled = source(day.one_day).replace("_end_week(S, day)\n", source(day._end_week))
    assert called(compiled, rf"\b({names})\(S, ") == phases
    by_agents = source(network.CareNetwork._day_by_agents)
    for part in ("_review", "_end_week"):
        by_agents = written_out(by_agents, part)
    assert called(by_agents, rf"\b({names})\((?:(?:self\.)?state, )?(?:zone, |n, |need, )?day") == phases
    # Nothing else is done to agents in a day than these, asking who is due, and the accounts of the week.
    others = {"next_worker", "next_need", "next_client", "next_freed", "arrivals", "who_takes_intake"}
    others |= {"who_reconsiders", "ends_week", "ends_quarter", "ends_year", "close_week", "range"}
    assert set(called(compiled, r"\b([a-z_]+)\(")) - {"one_day", "_end_week"} == set(phases) | others


def test_an_agent_that_does_something_in_a_day_is_one_of_the_four():
    assert {phase.agent for phase in day.PHASES} == {"client", "worker", "manager", "board", "network"}
    assert {phase.every for phase in day.PHASES} == {"day", "week", "quarter", "year"}


# --- the compile cache -----------------------------------------------------------------------------------

WHERE = """
import json
from sim.model.compiling import cache_folder, model_version
print(json.dumps([str(cache_folder()), model_version()]))
"""


def _cache_of(root: Path, cache: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", WHERE],
        capture_output=True,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "REGIE_CACHE_DIR": str(cache)},
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_rule_that_is_edited_has_another_compile_cache(tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "sim", clone / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    folder, version = _cache_of(clone, tmp_path / "cache")
    assert Path(folder).parent == tmp_path / "cache"
    assert version == compiling.model_version()
    for edited in ("model/waitlist.py", "scenario/parameters.toml"):
        with (clone / "sim" / edited).open("a", encoding="utf-8") as file:
            file.write("\n")
        other_folder, other_version = _cache_of(clone, tmp_path / "cache")
        assert (other_folder != folder, other_version != version) == (True, True), f"{edited} is not noticed"
        folder, version = other_folder, other_version


@pytest.mark.slow
def test_a_cache_folder_that_cannot_be_written_is_passed_over(tmp_path):
    """First for the user's own; where that cannot be written either, all is compiled for this process alone."""
    no_folder = tmp_path / "a file"
    no_folder.write_text("not a folder")
    one = "from worlds import *; from sim.model import compiling; print(compiling.cache_folder()); "
    shown = in_a_process(one, REGIE_CACHE_DIR=str(no_folder), XDG_CACHE_HOME=str(tmp_path / "home"))
    if sys.platform == "linux":
        assert shown.startswith(str(tmp_path / "home"))
        one += "from sim.model.chance import u01; print(u01(1, 2, 3, 4))"
        from sim.model.chance import u01

        shown = in_a_process(one, REGIE_CACHE_DIR=str(no_folder), XDG_CACHE_HOME=str(no_folder))
        assert shown.split() == ["None", str(u01(1, 2, 3, 4))]


def test_a_rule_is_compiled_and_works_without_any_cache_folder(tmp_path):
    no_folder = tmp_path / "a file"
    no_folder.write_text("not a folder")
    code = "from sim.model.chance import u01; print(u01(7, 1, 2, 3), u01.signatures != [])"
    shown = in_a_process(code, REGIE_CACHE_DIR=str(no_folder), XDG_CACHE_HOME=str(no_folder))
    assert shown == f"{u01(7, 1, 2, 3)} True"
