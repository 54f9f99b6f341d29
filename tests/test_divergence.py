"""Lives that part: worked by hand on made-up tables, and held against real runs of one world."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from worlds import small

from sim.model.state import EXIT, SERIES, VISIT
from sim.report.divergence import person, tables, told
from sim.report.divergence_words import state_sort
from sim.report.words import LANGUAGES, TEXTS, words
from sim.scenario import Scenario, levers
from sim.scenario.scenario import Change, Frozen, Value
from sim.study import life_events as event
from sim.study import runs
from sim.study.divergence import Divergence, decisions, diverging
from sim.study.event_rules import RULES, Seen, case_of, levers_of
from sim.study.lever_reads import levers_behind, levers_read, rule_named, rules, set_by, standing_for_levers
from sim.study.levers_in_force import InForce, course, day_apart, levers_that_differ
from sim.study.tables import Run

# --- which levers a rule reads -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("permission", {"permission", "control"}),
        ("reports", {"report_hours", "control"}),
        ("next_place", {"pooled_list", "ranking", "regrouping"}),
        ("choose_door", {"front_door"}),
        ("expect", {"words"}),
        ("hear_back", {"direct_feedback"}),
        ("grant_budget", {"personal_budget"}),
        ("may_place", {"pooled_list", "joint_intake", "central_management", "front_door"}),
        ("chance_of_initiative", {"permission", "control"}),
        ("fate", set()),
        ("free_hours", set()),
    ],
)
def test_the_levers_a_rule_reads_are_those_in_its_source(rule, expected):
    """Read by eye in the source of the rule and of what it calls."""
    assert levers_read(rule) == expected


def test_a_rule_reads_levers_by_way_of_what_they_had_set():
    assert set_by()["manager", "insisting"] == {"insistence"}
    assert set_by()["manager", "coaching"] == {"coaching_hours"}
    assert {"report_hours", "control", "meeting_hours", "coordination_hours"} <= set_by()["worker", "capacity"]
    assert "permission" not in set_by()["worker", "capacity"]
    assert levers_behind("chance_of_initiative")["insistence"] == {"manager.insisting"}
    assert levers_behind("free_hours")["report_hours"] == {"worker.capacity"}


def test_what_boards_really_control_stands_for_the_lever():
    assert standing_for_levers() == {("board", "control"): "control"}


def test_what_is_left_out_is_not_read():
    assert "words" in levers_read("bring_up")
    assert "words" not in levers_read("bring_up", frozenset({"expect"}))


def test_a_rule_must_be_known_by_one_name():
    assert rule_named("manager._attend").module == "manager"
    with pytest.raises(KeyError, match="0 rules"):
        rule_named("choose_hepl")
    with pytest.raises(KeyError, match="rules of the model are called '_attend'"):
        rule_named("_attend")


def test_some_rule_reads_every_lever():
    read = {lever for module, name in rules() for lever in levers_read(f"{module}.{name}")}
    assert read == set(levers())


# --- which rule makes an event -----------------------------------------------------------------------------


def test_every_rule_named_is_one_of_the_model():
    for named in RULES.values():
        assert all(rule_named(rule) for rule in named)


def test_every_event_has_a_case_and_every_case_its_rules():
    run = made([visit(seen=5, listed=5, start=9, end=20, reason=1, worker=1)])
    cases = {case_of(Seen(what, 9, run, 0)) for what in event.ORDER}
    assert cases <= set(RULES)


def test_only_life_itself_and_bridging_care_read_no_lever():
    assert {case for case in RULES if not levers_of(case)} == {"life itself", "bridging care", "a worker left"}


# --- made-up lives, worked by hand -------------------------------------------------------------------------

DAYS = 400
PLAIN = small()


def visit(**values):
    row = np.zeros(1, VISIT)[0]
    for name in ("seen", "listed", "start", "end", "variant", "tailored"):
        row[name] = np.nan
    row["client"], row["worker"], row["hours_per_week"] = 1, 0, 4.0
    for name, value in values.items():
        row[name] = value
    if "start" in values:
        row["variant"], row["tailored"] = values.get("variant", 0.0), values.get("tailored", 0.0)
    return row


def left(client=1, **values):
    row = np.zeros(1, EXIT)[0]
    row["client"], row["exit"], row["owner_organisation"], row["arrival"] = client, np.nan, 0, 0
    for name, value in values.items():
        row[name] = value
    return row


def made(visits, clients=None, *, scenario=PLAIN, series=()):
    clients = clients or [left(client) for client in sorted({int(each["client"]) for each in visits})]
    return Run(
        scenario,
        scenario.regime,
        0,
        7,
        DAYS,
        np.array(visits, VISIT),
        np.array(clients, EXIT),
        np.array(series, SERIES) if len(series) else np.zeros(0, SERIES),
    )


def parting(first, second, clients=(None, None)):
    found = diverging(made(first, clients[0]), made(second, clients[1])).partings
    return found.get(1)


def test_equal_lives_do_not_part():
    life = [visit(seen=5, listed=5, start=30, end=90, reason=1)]
    assert parting(life, life) is None


def test_help_that_starts_sooner_is_the_first_event():
    late = [visit(seen=5, listed=5, start=30, end=90, reason=1, worker=2)]
    soon = [visit(seen=5, listed=5, start=16, end=90, reason=1, worker=3)]
    found = parting(late, soon)
    assert (found.day, found.need, found.what) == (16, 0, event.TAKEN)
    assert (found.first.day, found.first.worker) == (30, 2)
    assert (found.second.day, found.second.worker, found.second.organisation) == (16, 3, "home-care")
    assert found.rules == ("next_place",)


def test_on_the_last_day_of_a_week_it_may_have_been_a_manager():
    found = parting([visit(seen=5, listed=5, start=30)], [visit(seen=5, listed=5, start=20)])
    assert found.rules == ("next_place", "place_all")


def test_a_decision_of_one_day_is_told_from_both_sides():
    listed = [visit(seen=5, listed=5)]
    started = [visit(seen=5, start=5)]
    found = parting(listed, started)
    assert (found.day, found.first.what, found.second.what) == (5, event.LISTED, event.STARTED)
    assert found.rules == ("choose_help",)


def test_a_need_seen_at_the_intake_of_another_is_told_from_one_seen_at_a_door():
    only_one = [visit(seen=5, listed=5)]
    with_hidden = [*only_one, visit(need=1, seen=5, listed=5)]
    found = parting(only_one, with_hidden)
    assert (found.day, found.need, found.first, found.what) == (5, 1, None, event.SEEN)
    assert "_sees" in found.rules
    at_once = [visit(seen=9, listed=9)]
    assert parting([visit(seen=12, listed=12)], at_once).rules == ("knock", "who_takes_intake")


def test_of_two_events_on_one_day_the_phase_that_comes_first_counts():
    """Who leaves hands over in the morning; what follows is seen and listed later that day."""
    stays = [visit(seen=1, start=1, end=50, reason=7), visit(seen=50, listed=50)]
    found = parting([visit(seen=1, start=1)], stays)
    assert (found.day, found.what, found.rules) == (50, event.HANDED_OVER, ("_leave",))


def test_another_door_is_found_though_all_days_are_the_same():
    found = parting([visit(seen=5, listed=5, organisation=0)], [visit(seen=5, listed=5, organisation=1)])
    assert (found.day, found.what) == (5, event.DOOR)
    assert (found.first.organisation, found.second.organisation) == ("home-care", "foundation")


@pytest.mark.parametrize(
    ("what", "column", "amounts"),
    [(event.TAILORED, "tailored", (0.0, 0.3)), (event.SMALLER, "hours_per_week", (4.0, 3.0)),
     (event.VARIANT, "variant", (0.5, 0.0))],
)  # fmt: skip
def test_what_has_no_date_lies_within_the_shorter_stay(what, column, amounts):
    one, other = (
        [visit(seen=5, start=5, end=end, reason=1, **{column: amount})]
        for end, amount in zip((200, 150), amounts, strict=True)
    )
    found = parting(one, other)
    assert (found.day, found.until, found.what) == (5, 150, what)
    assert (found.first.amount, found.second.amount) == amounts


def test_the_tables_keep_who_helped_last_so_another_helper_has_no_date():
    found = parting(
        [visit(seen=5, listed=5, start=20, end=90, worker=2)], [visit(seen=5, listed=5, start=20, worker=3)]
    )
    assert (found.day, found.until, found.what) == (20, 90, event.HELPER)
    assert (found.first.worker, found.second.worker) == (2, 3)
    assert set(found.rules) == {"next_place", "freest_of", "_leave"}


def test_help_that_began_before_day_0_differs_from_day_0_on():
    found = parting([visit(seen=-30, start=-30, tailored=0.0)], [visit(seen=-30, start=-30, tailored=0.2)])
    assert (found.day, found.until) == (0, DAYS)


def test_death_on_another_day_is_about_the_person():
    life = [visit(seen=5, start=5, end=300, reason=9)]
    longer = [visit(seen=5, start=5, end=320, reason=9)]
    found = parting(life, longer, ([left(status=6, exit=300)], [left(status=6, exit=320)]))
    assert (found.day, found.need, found.what) == (300, event.NO_NEED, event.DEAD)
    assert (found.first.day, found.second.day) == (300, 320)
    assert found.way == "others"


def test_volunteers_are_told_by_that_name():
    number = len(PLAIN.organisations)
    found = parting([visit(seen=5, listed=5)], [visit(seen=5, start=5, organisation=number, worker=40)])
    assert found.second.organisation == found.second.by == "volunteers"


def test_what_happened_in_the_warm_up_is_no_difference():
    assert (
        parting([visit(seen=-90, start=-80, end=-5, reason=1)], [visit(seen=-90, start=-60, end=-5, reason=1)]) is None
    )


def test_how_many_lives_have_parted_counts_from_arrival_and_only_who_can_be_followed():
    """Of four people one parts after 10 days, one after 100; one came too late for 91 days; one never parts."""
    before = [visit(client=c, onset=a, seen=a, listed=a, start=a + 200) for c, a in ((1, 0), (2, 50), (4, 100))]
    after = [visit(client=c, onset=a, seen=a, listed=a, start=a + s) for c, a, s in
             ((1, 0, 10), (2, 50, 100), (4, 100, 200))]  # fmt: skip
    late = [visit(client=3, onset=350, seen=350, listed=350, start=s) for s in (380, 360)]
    people = [left(1), left(2, arrival=50), left(3, arrival=350), left(4, arrival=100)]
    apart = diverging(made([*before, late[0]], people), made([*after, late[1]], people))
    month, quarter = apart.parted(30), apart.parted(91)
    assert (month.followed, month.apart) == (4, 2)
    assert (quarter.followed, quarter.apart, quarter.share) == (3, 1, 1 / 3)
    assert apart.parted(182).apart == 2
    assert [each.after for each in apart.over_time()] == [30, 91, 182, 365]


def test_runs_of_different_worlds_have_no_lives_in_common():
    run = made([visit(seen=5)])
    with pytest.raises(ValueError, match="different worlds"):
        diverging(run, replace(run, seed=8))


# --- levers in force ---------------------------------------------------------------------------------------


def changed(scenario, lever, value, *, day=0, names=None):
    everybody = tuple(organisation.name for organisation in scenario.organisations)
    if day:
        change = Change(day, names or everybody, lever, Value(value, "test"))
        return replace(scenario, changes=(*scenario.changes, change))
    table = {
        name: Frozen({**held, lever: Value(value, "test")}) if name in (names or everybody) else held
        for name, held in scenario.levers.items()
    }
    return replace(scenario, levers=Frozen(table))


def test_a_dated_lever_counts_from_the_morning_of_its_day():
    scenario = changed(PLAIN, "permission", 0.9, day=100, names=("welfare",))
    force = InForce(made([visit(seen=5)], scenario=scenario))
    usual = PLAIN.levers["welfare"]["permission"].value
    assert [force.as_set("permission", "welfare", day) for day in (99, 100)] == [usual, 0.9]
    assert force.as_set("permission", "housing", 100) == usual
    assert levers_that_differ(PLAIN, scenario) == ("permission",)


def test_a_change_to_what_a_lever_is_already_is_no_difference():
    usual = PLAIN.levers["welfare"]["permission"].value
    scenario = changed(PLAIN, "permission", usual, day=100)
    assert course(scenario, "permission", "welfare") == [(0, usual)]
    assert levers_that_differ(PLAIN, scenario) == ()


def test_the_day_from_which_levers_differ_is_the_first_of_all():
    later = changed(changed(PLAIN, "permission", 0.9, day=100), "words", 1.0, day=60, names=("housing",))
    assert day_apart(PLAIN, later) == day_apart(later, PLAIN) == 60
    assert day_apart(PLAIN, changed(later, "insistence", 1.0)) == 0
    assert day_apart(PLAIN, PLAIN) == 0


def test_control_is_what_the_board_made_of_it():
    weeks = np.zeros(2, SERIES)
    weeks["week"], weeks["organisation"] = (0, 1), 2
    weeks["board_control"], weeks["staffed"] = (4.8, 5.4), 6.0
    force = InForce(made([visit(seen=5)], series=weeks))
    assert [force.value("control", "welfare", day) for day in (0, 6, 7, 300)] == pytest.approx([0.8, 0.8, 0.9, 0.9])
    assert force.value("control", "housing", 3) == PLAIN.levers["housing"]["control"].value


@pytest.mark.parametrize(
    ("lever", "value", "way"),
    [("permission", 0.9, "lever"), ("insistence", 1.0, "state"), ("report_hours", 9.0, "state"),
     ("planning_hours", 0.0, "state"), ("words", 1.0, "state")],
)  # fmt: skip
def test_a_choice_is_near_or_far_from_a_lever(lever, value, way):
    found = diverging(
        made([visit(seen=5, listed=5)]), made([visit(seen=5, start=5)], scenario=changed(PLAIN, lever, value))
    )
    assert found.partings[1].way == way
    assert {reading.lever for reading in found.partings[1].readings} == {lever}
    assert {reading.second for reading in found.partings[1].readings} == {value}


def test_a_turn_on_the_list_reads_no_permission():
    late, soon = [visit(seen=5, listed=5, start=30)], [visit(seen=5, listed=5, start=16)]
    found = diverging(made(late), made(soon, scenario=changed(PLAIN, "permission", 0.9))).partings[1]
    assert (found.way, found.readings) == ("others", ())


def test_a_lever_that_differs_elsewhere_was_not_read():
    elsewhere = changed(PLAIN, "permission", 0.9, names=("housing",))
    found = diverging(made([visit(seen=5, listed=5)]), made([visit(seen=5, start=5)], scenario=elsewhere)).partings[1]
    assert found.way == "others"


# --- real runs ---------------------------------------------------------------------------------------------


@cache
def world():
    return runs.warmed(PLAIN, 3)


@cache
def run(regime, from_day=0, only=()):
    scenario = PLAIN.with_regime(regime, from_day=from_day, only=only)
    return runs.live_on(world(), scenario, regime, 0, 3, 364)


@cache
def apart(regime, from_day=0, only=()) -> Divergence:
    return diverging(run("traditional"), run(regime, from_day, only))


def test_the_same_steering_gives_the_same_lives():
    assert not apart("traditional").partings
    assert apart("traditional").over_time()[-1].apart == 0


@pytest.mark.parametrize("regime", ["client-steering", "one-management", "words-only"])
def test_lives_part_and_every_reading_is_of_a_lever_that_is_set_otherwise(regime):
    found = apart(regime)
    different = set(levers_that_differ(PLAIN, PLAIN.with_regime(regime)))
    assert found.partings
    for each in found.partings.values():
        assert 0 <= each.day <= each.until <= 364
        assert {r.lever for r in each.readings if r.by_way_of != ("board.control",)} <= different
        assert each.direct == bool(each.levers)


def test_before_a_change_begins_nobody_lives_otherwise():
    found = apart("client-steering", 150)
    assert found.partings and min(each.day for each in found.partings.values()) >= 150


def test_only_where_an_organisation_changes_is_a_lever_read_otherwise():
    found = apart("client-steering", 0, ("welfare",))
    places = {
        r.organisation for each in found.partings.values() for r in each.readings if r.by_way_of != ("board.control",)
    }
    assert places == {"welfare"}


def test_the_days_of_a_parting_are_those_of_the_records():
    """Whoever starts sooner in one world has a visit there that starts on that day, and none in the other."""
    found = apart("client-steering")
    starts = [each for each in found.partings.values() if each.what in (event.STARTED, event.TAKEN)]
    assert starts
    for each in starts:
        days = []
        for side, moment in ((found.first, each.first), (found.second, each.second)):
            rows = side.visits[(side.visits["client"] == each.client) & (side.visits["need"] == each.need)]
            days.append(each.day in rows["start"])
            if moment and moment.what in (event.STARTED, event.TAKEN):
                assert moment.day in rows["start"]
        assert any(days)


def test_before_it_parts_a_life_has_the_same_visits():
    found = apart("client-steering")
    names = [name for name in VISIT.names if name in ("client", "need", "onset", "seen", "listed", "start")]
    for each in found.partings.values():
        then = []
        for side in (found.first, found.second):
            rows = side.visits[side.visits["client"] == each.client]
            past = rows[(rows["end"] < each.day) & (rows["end"] >= 0)]
            then.append(sorted(map(str, past[names].tolist())))
        assert then[0] == then[1]


def test_a_decision_can_be_told_in_full_for_one_person():
    found = apart("client-steering")
    choices = [each for each in found.partings.values() if "choose_help" in each.rules and each.until == each.day]
    each = choices[0]
    for side in (found.first, found.second):
        made_then = decisions(side, each.client, each.day)
        assert all((one.client, one.day) == (each.client, each.day) for one in made_then)
    assert any(one.need == each.need for side in (found.first, found.second)
               for one in decisions(side, each.client, each.day))  # fmt: skip


def test_the_tidy_table_has_one_row_a_client():
    found = apart("client-steering")
    assert list(found.people["client"]) == list(found.since)
    assert found.people["event"].notna().sum() == len(found.partings)
    assert found.by_event()["people"].sum() == len(found.partings)
    direct = sum(each.direct for each in found.partings.values())
    assert found.by_event()["lever"].sum() == direct > 0
    assert set(found.by_lever()["lever"]) <= {"control", "permission", "client_say", "direct_feedback"}


# --- in words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_tables_and_persons_are_told_in_both_languages(language):
    found, say = apart("client-steering"), words(language)
    sentences = told(found, say)
    year = found.parted(182)
    assert str(round(100 * year.apart / year.followed)) in sentences[0]
    assert [len(each.rows) > 0 for each in tables(found, say)] == [True] * 3
    for client in list(found.partings)[:40]:
        assert all(text and "{" not in text for text in person(found, client, say))
    nobody = next(client for client in found.since if client not in found.partings)
    assert person(found, nobody, say) == [words(language)("person same")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_parts_that_is_said(language):
    found = apart("traditional")
    assert "{" not in told(found, words(language))[0]
    assert len(tables(found, words(language))) == 1


def test_every_event_and_state_has_its_words():
    for what in event.ORDER:
        assert {f"event {what}", f"moment {what}"} <= set(TEXTS)
    for table, field in set_by():
        assert f"state {state_sort(f'{table}.{field}')}" in TEXTS


def test_the_whole_scenario_that_ships_can_be_compared():
    assert levers_that_differ(Scenario.load("one-zone"), Scenario.load("one-zone").with_regime("words-only")) == (
        "words",
    )
