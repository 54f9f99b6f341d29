"""Scenarios: what is read, how files and regimes lie over one another, and what is written back."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
import tomllib
from dataclasses import FrozenInstanceError, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import RegieError
from sim.scenario import (
    Scenario,
    json_schema,
    levers,
    list_levers,
    list_regimes,
    list_scenarios,
    new_scenario,
    parameters,
    regime_names,
    scenario_names,
    size,
)
from sim.scenario.groups import GROUPS

ROOT = Path(__file__).parent.parent
SMALL = """
start = 2006-01-01
[kinds.nursing]
sector = "care"
share = 1.0
hours_per_week = 2.0
lasting_days = 300
[kinds.repairs]
sector = "housing"
share = 0.5
hours_per_week = 1
lasting_days = 40
[organisations.a]
sector = "care"
staff = { repairs = 1, nursing = 3 }
[organisations.b]
sector = "care"
staff = { nursing = 2 }
"""


def small(more: str = "", top: str = "") -> Scenario:
    return Scenario.from_toml(top + SMALL + more)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a clone of its own: scenarios/ and scenarios/regimes/ under the working directory."""
    (tmp_path / "scenarios" / "regimes").mkdir(parents=True)
    (tmp_path / "scenarios" / "small.toml").write_text(SMALL)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "scenarios"


# --- what is read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_that_is_shipped_loads_under_every_regime_that_is_shipped(name):
    scenario = Scenario.load(name)
    for regime in regime_names():
        assert scenario.with_regime(regime).regime == regime


def test_one_zone_is_a_quarter_of_breda():
    breda, zone = Scenario.load("breda-2005"), Scenario.load("one-zone")
    assert (breda["zones"], zone["zones"]) == (4, 1)
    assert replace(zone, values=breda.values).digest() == breda.digest()


def test_a_scenario_holds_every_parameter_once_and_only_there():
    scenario = Scenario.load("one-zone")
    assert set(scenario.values) == set(parameters()) - set(levers())
    for organisation in scenario.organisations:
        for table in (scenario.baseline_levers, scenario.place_levers, scenario.levers):
            assert list(table[organisation.name]) == list(levers())


def test_each_value_names_the_file_that_gave_it_with_source_and_status():
    scenario = Scenario.load("one-zone", overrides=["seeing=3"])
    assert scenario.values["zones"].origin == "one-zone.toml"
    assert scenario.values["inhabitants"].origin == "breda-2005.toml"
    assert scenario.values["inhabitants"].status == "M"
    assert scenario.values["door_fit"].origin == "default"
    assert scenario.values["door_fit"].source == parameters()["door_fit"].source
    assert scenario.values["seeing"].origin == "--set"
    assert scenario.levers["welfare"]["ranking"].origin == "regimes/traditional.toml"


def test_a_number_of_a_kind_has_the_source_of_its_table_only_when_the_same_file_gave_both(folder):
    (folder / "parent.toml").write_text(
        SMALL.replace('sector = "care"\nshare', 'source = "x"\nstatus = "D"\nsector = "care"\nshare')
    )
    (folder / "child.toml").write_text('extends = "parent"\nkinds.nursing.share = 0.7\n')
    nursing = Scenario.load("child").kinds[0]
    assert (nursing.given["lasting_days"].source, nursing.given["lasting_days"].status) == ("x", "D")
    assert (nursing.given["share"].source, nursing.given["share"].origin) == ("", "child.toml")


def test_whole_numbers_become_decimal_ones_where_the_parameter_is_decimal():
    scenario = small("[parameters]\ncontract_hours = 21\n")
    assert type(scenario["contract_hours"]) is float
    assert scenario.digest() == small("[parameters]\ncontract_hours = 21.0\n").digest()


def test_a_value_may_carry_its_source():
    value = small('[parameters]\nzones = { value = 3, source = "register", status = "V" }\n').values["zones"]
    assert (value.value, value.source, value.status, value.origin) == (3, "register", "V", "scenario")


def test_titles_default_to_the_name_and_dutch_to_english():
    scenario = small(top='title = "Small"\n')
    assert (scenario.title, scenario.title_nl) == ("Small", "Small")
    assert Scenario.from_toml("extends = 'one-zone'", "mine").title == "mine"
    assert (scenario.kinds[0].title, scenario.kinds[0].title_nl) == ("nursing", "nursing")


def test_staff_stands_in_the_order_of_the_kinds_and_without_zeros():
    first = small().organisations[0]
    assert list(first.staff) == ["nursing", "repairs"]
    without = Scenario.from_toml(SMALL, "x").with_values({"organisations.b.staff.nursing": 0})
    assert dict(without.organisations[1].staff) == {}


def test_a_path_and_a_name_give_the_same_scenario():
    assert Scenario.load(ROOT / "scenarios" / "one-zone.toml") == Scenario.load("one-zone")


def test_a_file_with_a_byte_order_mark_as_windows_writes_it_is_read(folder):
    (folder / "bom.toml").write_bytes(b"\xef\xbb\xbf" + b"title = 'x'\r\n" + SMALL.replace("\n", "\r\n").encode())
    assert Scenario.load("bom").title == "x"


def test_the_folders_of_a_clone_win_over_those_of_the_package(folder):
    (folder / "one-zone.toml").write_text('title = "mine"' + SMALL)
    (folder / "regimes" / "traditional.toml").write_text("[levers]\ncontrol = 0.55\n")
    scenario = Scenario.load("one-zone")
    assert scenario.title == "mine"
    assert scenario.levers["a"]["control"].value == 0.55
    assert "breda-2005" in scenario_names()
    assert "small" in scenario_names()


def test_a_clone_is_found_from_a_folder_inside_it(folder, monkeypatch):
    (folder.parent / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(folder.parent / "deep" / "er")
    assert Scenario.load("small").name == "small"


# --- extending -------------------------------------------------------------------------------------------


def test_a_child_overrides_key_by_key(folder):
    (folder / "child.toml").write_text(
        'extends = "small"\n[parameters]\nzones = 2\n[organisations.a]\nrenown = 3\nstaff.nursing = 7\n'
    )
    child, parent = Scenario.load("child"), Scenario.load("small")
    assert child.organisations[0].renown == 3
    assert dict(child.organisations[0].staff) == {"nursing": 7, "repairs": 1}
    assert child.organisations[1] == parent.organisations[1]
    assert child.start == parent.start


def test_a_child_removes_an_organisation_or_a_kind_with_all_that_hangs_on_it(folder):
    (folder / "parent.toml").write_text(
        SMALL + '[[changes]]\nday = 9\norganisations = ["a", "b"]\nlevers = { control = 0.1 }\n'
        '[[changes]]\nday = 10\norganisations = ["b"]\nlevers = { control = 0.2 }\n'
    )
    (folder / "child.toml").write_text('extends = "parent"\nkinds.repairs = false\norganisations.b = false\n')
    child = Scenario.load("child")
    assert [kind.name for kind in child.kinds] == ["nursing"]
    assert [(o.name, dict(o.staff)) for o in child.organisations] == [("a", {"nursing": 3})]
    assert [(c.day, c.organisations) for c in child.changes] == [(9, ("a",))]


def test_a_child_adds_an_organisation_at_the_end(folder):
    (folder / "child.toml").write_text(
        'extends = "small"\n[organisations.c]\nsector = "welfare"\nstaff = { nursing = 1 }\n'
    )
    assert [o.name for o in Scenario.load("child").organisations] == ["a", "b", "c"]


def test_changes_of_a_child_replace_those_of_its_parent(folder):
    (folder / "parent.toml").write_text(SMALL + "[[changes]]\nday = 9\nlevers = { control = 0.1 }\n")
    (folder / "child.toml").write_text('extends = "parent"\nchanges = []\n')
    assert len(Scenario.load("parent").changes) == 1
    assert Scenario.load("child").changes == ()


def test_a_file_in_a_folder_of_scenarios_may_extend_one_above_it(folder):
    (folder / "towns").mkdir()
    (folder / "towns" / "mine.toml").write_text('extends = "../small.toml"\n')
    assert Scenario.load(folder / "towns" / "mine.toml").organisations[0].name == "a"


def test_a_name_is_not_inherited(folder):
    (folder / "parent.toml").write_text('name = "other"\n' + SMALL)
    (folder / "child.toml").write_text('extends = "parent"\n')
    assert (Scenario.load("parent").name, Scenario.load("child").name) == ("other", "child")


# --- levers and regimes ----------------------------------------------------------------------------------


def test_levers_of_an_organisation_overrule_those_of_all_which_overrule_the_baseline():
    scenario = small("[levers]\ncontrol = 0.5\ntargets = 0.4\n[organisations.a.levers]\ncontrol = 0.3\n")
    assert scenario.levers["a"]["control"].value == 0.3
    assert scenario.levers["b"]["control"].value == 0.5
    assert scenario.levers["a"]["targets"].value == 0.4
    assert scenario.levers["a"]["report_hours"].value == 1.5
    assert scenario.baseline_levers == scenario.levers == scenario.place_levers
    assert dict(scenario.organisations[0].levers) == {"control": scenario.levers["a"]["control"]}


def test_warmup_levers_hold_in_the_warmup_alone():
    scenario = small("[warmup.levers]\ncontrol = 0.9\ntargets = 0.1\n[organisations.a.warmup_levers]\ncontrol = 1.0\n")
    assert scenario.baseline_levers["a"]["control"].value == 1.0
    assert scenario.baseline_levers["b"]["control"].value == 0.9
    assert scenario.baseline_levers["a"]["targets"].value == 0.1
    assert scenario.levers["a"]["control"].value == 0.8
    assert scenario.with_regime("more-staff").baseline_levers == scenario.baseline_levers


def test_a_compared_regime_overrules_the_place_only_where_it_goes_beyond_the_baseline(folder):
    (folder / "regimes" / "apart.toml").write_text("[levers]\ncontrol = 0.8\ncoordination_hours = 0.2\n")
    scenario = small("[levers]\ncontrol = 0.5\ncoordination_hours = 1.0\n")
    pooled = scenario.with_regime("pooled-list")  # extends traditional, which says control = 0.8
    assert pooled.baseline_levers == scenario.baseline_levers
    assert pooled.levers["a"]["pooled_list"].value is True
    assert pooled.levers["a"]["coordination_hours"].value == 0.05
    assert pooled.levers["a"]["control"].value == 0.5
    assert (pooled.regime, pooled.baseline) == ("pooled-list", "traditional")
    apart = scenario.with_regime("apart")  # extends nothing: all it says is its own
    assert (apart.levers["a"]["control"].value, apart.levers["a"]["coordination_hours"].value) == (0.8, 0.2)


def test_a_rival_differs_from_the_baseline_in_nothing_but_what_it_says_itself():
    place = "[levers]\ncontrol = 0.5\ntargets = 0.1\n[organisations.a.levers]\nreport_hours = 0.2\n"
    for scenario in (small(place), small(), Scenario.load("breda-2005")):
        for later in (0, 30):
            more, base = (scenario.with_regime(name, from_day=later) for name in ("more-staff", "traditional"))
            ends = more.levers["a" if "a" in more.levers else more.organisations[0].name]
            differing = {
                lever for o, own in more.levers.items() for lever in own if own[lever] != base.levers[o][lever]
            }
            assert differing | {change.lever for change in more.changes} == {"extra_staff"}
            assert ends["extra_staff"].value == (0.0 if later else 0.1)


def test_later_changes_of_the_baseline_go_on_under_a_rival_that_extends_it(folder):
    (folder / "regimes" / "traditional.toml").write_text(
        "[levers]\ncontrol = 0.8\n[[changes]]\nday = 100\nlevers = { control = 0.2 }\n"
    )
    (folder / "regimes" / "rival.toml").write_text("extends = 'traditional'\n[levers]\nextra_staff = 0.1\n")
    scenario = Scenario.load("small")
    for later in (0, 30, 200):
        found = scenario.with_regime("rival", from_day=later).changes
        assert [(c.day, c.value.value) for c in found if c.lever == "control"] == [(100, 0.2)]
        assert scenario.with_regime("rival", from_day=later).with_regime("traditional") == scenario


def test_a_scenario_carries_title_and_rationale_of_its_regime_also_of_one_given_by_path(folder, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\ntitle_nl = "Mijn"\nrationale = "To try."\nextends = "pooled-list"\n')
    plain = tmp_path / "plain.toml"
    plain.write_text('extends = "pooled-list"\n')
    scenario = Scenario.load("small")
    assert scenario.label.title_in("nl") == "Traditionele besturing"
    other = scenario.with_regime(path)
    assert (other.label.title, other.label.title_nl) == ("Mine", "Mijn")
    assert other.label.rationale_nl == "To try."
    assert scenario.with_regime(plain).label.title == "plain"  # not that of the regime it extends
    assert Scenario.from_toml(other.to_toml()).label == other.label


def test_regimes_beside_a_scenario_are_found_from_anywhere(folder, tmp_path, monkeypatch):
    (folder / "regimes" / "local.toml").write_text("[levers]\ncontrol = 0.3\n")
    (folder / "own.toml").write_text('extends = "small"\nregime = "local"\n')
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    scenario = Scenario.load(folder / "own.toml")
    assert scenario.with_regime("local") == scenario
    assert scenario.with_regime("more-staff").levers["a"]["control"].value == 0.8


def test_the_baseline_regime_gives_the_scenario_back():
    scenario = small("[levers]\ncontrol = 0.5\n")
    assert scenario.with_regime("traditional") == scenario
    assert scenario.with_regime("more-staff", only=["a"]).with_regime("traditional") == scenario


def test_a_second_regime_replaces_the_first():
    scenario = Scenario.load("one-zone")
    direct = scenario.with_regime("one-management")
    assert scenario.with_regime("pooled-list").with_regime("one-management") == direct
    assert scenario.with_regime("pooled-list", from_day=9).with_regime("one-management") == direct


def test_only_the_organisations_named_change():
    scenario = small().with_regime("more-staff", only=["b"])
    assert scenario.levers["a"] == scenario.baseline_levers["a"]
    assert scenario.levers["b"]["extra_staff"].value == 0.1


def test_a_regime_from_a_later_day_becomes_changes_on_that_day():
    scenario = small().with_regime("more-staff", from_day=30, only=["b"])
    assert scenario.levers == scenario.baseline_levers
    staff = [change for change in scenario.changes if change.lever == "extra_staff"]
    assert [(c.day, c.organisations, c.value.value) for c in staff] == [(30, ("b",), 0.1)]


def test_changes_of_a_regime_count_from_the_day_it_begins(folder):
    (folder / "regimes" / "slow.toml").write_text(
        'extends = "traditional"\n[[changes]]\nday = 100\norganisations = ["a"]\nlevers = { control = 0.2 }\n'
    )
    at_once = Scenario.load("small").with_regime("slow")
    later = Scenario.load("small").with_regime("slow", from_day=30)
    assert [(c.day, c.organisations) for c in at_once.changes] == [(100, ("a",))]
    assert [(c.day, c.organisations) for c in later.changes if c.day > 30] == [(130, ("a",))]
    assert Scenario.load("small").with_regime("slow", only=["b"]).changes == ()
    assert at_once.with_regime("more-staff").changes == ()


def test_a_regime_may_be_a_file_of_ones_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('extends = "pooled-list"\n[levers]\ncontrol = 0.1\n')
    scenario = small().with_regime(path)
    assert scenario.regime == "mine"
    assert scenario.levers["a"]["control"].value == 0.1
    assert scenario.levers["a"]["coordination_hours"].value == 0.05


def test_dated_changes_are_counted_from_the_start_and_sorted():
    scenario = small(
        "[[changes]]\ndate = 2007-01-01\nlevers = { control = 0.2, targets = 0.3 }\n"
        '[[changes]]\nday = 7\norganisations = ["b"]\nlevers = { control = 0.1 }\n'
    )
    found = [(c.day, c.organisations, c.lever, c.value.value) for c in scenario.changes]
    both = ("a", "b")
    assert found == [(7, ("b",), "control", 0.1), (365, both, "control", 0.2), (365, both, "targets", 0.3)]


# --- overrides -------------------------------------------------------------------------------------------


def test_overrides_reach_every_kind_of_value():
    scenario = Scenario.load(
        "one-zone",
        overrides=[
            "intake_hours=2",
            "parameters.seeing = 3.5",
            "control=0.3",
            "levers.pooled_list=true",
            "organisations.home-care.levers.control=0.1",
            "organisations.home-care.renown=2",
            "organisations.home-care.staff.nursing=4",
            "kinds.nursing.share=0.2",
        ],
    )
    assert (scenario["intake_hours"], scenario["seeing"]) == (2.0, 3.5)
    assert scenario.levers["home-care"]["control"].value == 0.1
    assert scenario.levers["welfare"]["control"].value == 0.3
    assert scenario.levers["welfare"]["pooled_list"].value is True
    home_care, nursing = scenario.organisations[0], scenario.kinds[1]
    assert (home_care.renown, home_care.staff["nursing"], nursing.share) == (2.0, 4, 0.2)
    assert home_care.given["staff.nursing"].origin == nursing.given["share"].origin == "--set"


def test_the_more_precise_override_wins_whatever_the_order():
    precise = "organisations.a.levers.control=0.1"
    for overrides in ([precise, "control=0.3"], ["control=0.3", precise]):
        scenario = Scenario.from_toml(SMALL).with_values(
            {path: float(value) for path, value in (o.split("=") for o in overrides)}
        )
        assert [scenario.levers[o]["control"].value for o in "ab"] == [0.1, 0.3]


def test_an_overridden_lever_holds_in_the_warmup_and_under_every_regime_and_for_good():
    scenario = small("[[changes]]\nday = 7\nlevers = { control = 0.1, targets = 0.2 }\n")
    fixed = scenario.with_values({"organisations.a.levers.control": 0.35})
    for each in (fixed, fixed.with_regime("more-staff"), fixed.with_regime("more-staff", from_day=3)):
        assert each.baseline_levers["a"]["control"].value == 0.35
        assert each.levers["a"]["control"].value == 0.35
        assert not [c for c in each.changes if c.lever == "control" and "a" in c.organisations]
        assert [c.day for c in each.changes if c.lever == "control" and not c.of] == [7]
        assert [c.organisations for c in each.changes if c.lever == "targets" and not c.of] == [("a", "b")]


def test_overriding_before_or_after_choosing_a_regime_is_the_same():
    values = {"control": 0.35, "organisations.a.levers.targets": 0.2, "zones": 3, "kinds.repairs.share": 0.1}
    for chosen in ({}, {"from_day": 5}, {"only": ["a"]}):
        before = small().with_values(values).with_regime("pooled-list", **chosen)
        assert before == small().with_regime("pooled-list", **chosen).with_values(values)


def test_overriding_with_the_value_it_had_changes_nothing_in_a_run():
    scenario = Scenario.load("one-zone")
    same = {name: value.value for name, value in scenario.values.items()}
    assert scenario.with_values(same).digest() == scenario.digest()
    assert scenario.with_values({}) is scenario


def test_numbers_of_numpy_are_taken():
    import numpy as np

    scenario = small().with_values({"zones": np.int64(3), "seeing": np.float64(2), "pooled_list": np.True_})
    assert type(scenario["zones"]) is int
    assert type(scenario["seeing"]) is float
    assert scenario.levers["a"]["pooled_list"].value is True


# --- frozen, written, hashed -----------------------------------------------------------------------------


def test_a_scenario_cannot_be_changed():
    scenario = small()
    with pytest.raises(FrozenInstanceError):
        scenario.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        scenario.values["zones"] = 3  # type: ignore[index]
    with pytest.raises(TypeError):
        scenario.organisations[0].staff["nursing"] = 3  # type: ignore[index]
    with pytest.raises(TypeError):
        scenario.levers["a"]["control"] = 3  # type: ignore[index]


def test_a_scenario_survives_pickling_and_copying():
    scenario = Scenario.load("one-zone").with_regime("pooled-list", from_day=3)
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert copy.deepcopy(scenario) == scenario


def variants() -> list[Scenario]:
    zone = Scenario.load("one-zone")
    mine = small(
        top='description = """\nTwo lines,\n"quoted" \\\\ and é."""\n',
        more="[levers]\ncontrol = 0.5\n[warmup.levers]\ncontrol = 0.9\n[organisations.a.levers]\ncontrol = 0.3\n"
        "[organisations.b.warmup_levers]\ntargets = 0.1\n"
        "[[changes]]\nday = 5\nlevers = { targets = 0.2 }\n[[changes]]\nday = 5\nlevers = { control = 0.2 }\n"
        "[[changes]]\nday = 5\nlevers = { control = 0.25 }\n"
        '[[changes]]\ndate = 2006-02-01\norganisations = ["b"]\nlevers = { ranking = 1, control = 0.1 }\n',
    )
    values = {"control": 0.35, "organisations.a.levers.targets": 0.2, "kinds.nursing.share": 0.9, "seeing": 1e-5}
    return [
        zone,
        zone.with_regime("pooled-list"),
        zone.with_regime("one-management", only=["home-care", "welfare"], from_day=400),
        mine,
        mine.with_values(values).with_regime("more-staff"),
        mine.with_regime("more-staff", only=["a"]).with_values({**values, "organisations.b.staff.nursing": 0}),
    ]


@pytest.mark.parametrize("number", range(6))
def test_the_resolved_copy_loads_as_an_equal_scenario_and_needs_no_other_file(number, tmp_path, monkeypatch):
    scenario = variants()[number]
    path = tmp_path / "scenario.toml"
    path.write_text(scenario.to_toml(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.scenario.files.folders", lambda *_: [])
    again = Scenario.load(path)
    assert again == scenario
    assert again.digest() == scenario.digest()
    assert again.to_toml() == scenario.to_toml()


@pytest.mark.parametrize("number", range(6))
def test_the_resolved_copy_can_be_compared_with_other_regimes_as_the_original(number):
    scenario = variants()[number]
    again = Scenario.from_toml(scenario.to_toml())
    for regime in ("traditional", "pooled-list"):
        assert again.with_regime(regime) == scenario.with_regime(regime)


def test_the_resolved_copy_says_origin_source_and_status_of_every_value():
    content = tomllib.loads(Scenario.load("one-zone", overrides=["seeing=3"]).to_toml())
    assert "extends" not in content
    assert set(content["parameters"]) == set(parameters()) - set(levers())
    entries = [*content["parameters"].values(), *content["levers"].values()]
    assert all({"value", "origin", "source", "status"} == set(entry) for entry in entries)
    assert content["parameters"]["seeing"] == {"value": 3.0, "origin": "--set", "source": "", "status": "none"}
    assert content["kinds"]["nursing"]["share"]["origin"] == "breda-2005.toml"
    given = Scenario.load("one-zone").organisations[0].given["staff.nursing"]
    noted = content["organisations"]["home-care"]["staff"]["nursing"]
    assert (noted["value"], noted["origin"]) == (given.value, given.origin)


def _plausible(name: str) -> st.SearchStrategy[object]:
    parameter = parameters()[name]
    low, high = parameter.plausible
    if parameter.type == "bool":
        return st.booleans()
    return st.integers(low, high) if parameter.type == "int" else st.floats(low, high)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_plausible_values_come_back_from_the_resolved_copy(data):
    names = data.draw(st.lists(st.sampled_from(sorted(set(parameters()) - {"zones"})), unique=True, max_size=12))
    values = {name: data.draw(_plausible(name), label=name) for name in names}
    scenario = Scenario.from_toml(SMALL).with_values(values)
    again = Scenario.from_toml(scenario.to_toml())
    assert again == scenario
    assert again.digest() == scenario.digest()


def test_the_digest_ignores_what_does_not_change_a_run():
    top, more = 'title = "x"\ndescription = "y"\n', '[parameters]\nzones = { value = 1, source = "z" }\n'
    texts = (SMALL, top + SMALL + more)
    assert len({Scenario.from_toml(text, name).digest() for text, name in zip(texts, "pq", strict=True)}) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("zones", 2),
        ("warmup_days", 2),
        ("control", 0.3),
        ("organisations.b.levers.targets", 0.3),
        ("organisations.a.renown", 2),
        ("organisations.b.staff.nursing", 1),
        ("kinds.repairs.share", 0.4),
        ("kinds.repairs.lasting_days", 2),
        ("kinds.nursing.norm_days", 2),
        ("kinds.nursing.episodic", True),
        ("kinds.nursing.volunteers", True),
    ],
)
def test_the_digest_notices_every_change_of_a_run(path, value):
    assert small().with_values({path: value}).digest() != small().digest()


def test_the_digest_notices_when_and_for_whom_a_regime_begins():
    base = small()
    others = [base.with_regime("more-staff"), base.with_regime("more-staff", only=["a"])]
    others += [base.with_regime("more-staff", from_day=day) for day in (1, 2)]
    assert len({scenario.digest() for scenario in [base, *others]}) == 5


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_digest_is_the_same_in_another_process_under_another_hash_seed(seed):
    code = "from sim.scenario import Scenario; print(Scenario.load('one-zone').with_regime('pooled-list').digest())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    expected = Scenario.load(ROOT / "scenarios" / "one-zone.toml").with_regime("pooled-list").digest()
    assert done.stdout.strip() == expected


def test_importing_scenarios_does_not_import_the_heavy_libraries():
    code = "import sys, sim.scenario; sim.scenario.Scenario.load('one-zone'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {"pandas", "numpy", "numba", "mesa", "plotly", "pyarrow", "scipy"} & set(done.stdout.split())


# --- starting, listing, schema ---------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_new_scenario_is_the_one_it_extends_until_something_is_changed(lang, folder):
    (folder / "mine.toml").write_text(new_scenario("mine", "breda-2005", lang=lang), encoding="utf-8")
    assert Scenario.load("mine").digest() == Scenario.load("breda-2005").digest()


def test_a_new_scenario_with_every_line_taken_into_use_is_its_parent_with_the_change_shown(folder):
    lines = new_scenario("mine", "one-zone").splitlines()
    used = [line.removeprefix("# ") if _is_toml(line.removeprefix("# ")) else line for line in lines]
    (folder / "mine.toml").write_text("\n".join(used), encoding="utf-8")
    content = tomllib.loads("\n".join(used))
    assert {*content["parameters"], *content["levers"]} == set(parameters())
    mine = Scenario.load("mine")
    assert replace(mine, changes=()).digest() == Scenario.load("one-zone").digest()
    assert [(c.day, c.organisations) for c in mine.changes] == [(365, ("home-care",))]


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return bool(line.strip())


def test_a_new_scenario_describes_every_parameter_with_unit_and_range():
    text = " ".join(new_scenario("mine").replace("\n# ", " ").split())
    for name, parameter in parameters().items():
        assert f"{parameter.en} ({parameter.unit}; " in text, name


@pytest.mark.parametrize("name", ["", "a b", "../x", "one-zone", "x" * 50, "é"])
def test_a_new_scenario_needs_a_name_that_is_one_and_is_free(name):
    with pytest.raises(RegieError):
        new_scenario(name)


@pytest.mark.parametrize("extends", ["nowhere", "scenarios/one-zone.toml"])
def test_a_new_scenario_extends_the_name_of_a_scenario_that_exists(extends):
    with pytest.raises(RegieError, match="scenario"):
        new_scenario("mine", extends)


def test_lists_name_everything_in_both_languages():
    assert [listed.name for listed in list_scenarios()] == scenario_names()
    assert [listed.name for listed in list_regimes()] == regime_names()
    assert [listed.name for listed in list_levers()] == list(levers())
    for make in (list_scenarios, list_regimes, list_levers):
        english, dutch = make("en"), make("nl")
        assert all(listed.line for listed in [*english, *dutch])
        assert [e.line for e in english] != [d.line for d in dutch]


def test_every_parameter_stands_in_a_group_with_a_heading_and_levers_of_a_group_together():
    assert {parameter.group for parameter in parameters().values()} == set(GROUPS)
    listed = [each.group for each in list_levers("nl")]
    assert all(listed) and len(list(groupby(listed))) == len(set(listed))


def test_a_list_shows_what_cannot_be_read_and_why(folder):
    (folder / "broken.toml").write_text("zones 4\n")
    (folder / "regimes" / "broken.toml").write_text("levers = 3\n")
    scenarios = {listed.name: listed.line for listed in list_scenarios()}
    assert "line 1" in scenarios["broken"]
    assert scenarios["small"] == ""
    assert "levers = 3" in {listed.name: listed.line for listed in list_regimes()}["broken"]


def test_the_schema_describes_every_parameter_as_it_is_declared():
    schema = json_schema()
    assert json.loads(json.dumps(schema)) == schema
    for table, names in (("Levers", set(levers())), ("Parameters", set(parameters()) - set(levers()))):
        properties = schema["$defs"][table]["properties"]
        assert set(properties) == names
        for name in names:
            declared, plain = parameters()[name], properties[name]["anyOf"][0]
            assert plain["description"] == declared.en
            assert plain["unit"] == declared.unit
            if declared.type != "bool":
                assert (plain["minimum"], plain["maximum"]) == declared.range


@pytest.mark.parametrize("kind", ["scenario", "regime"])
def test_every_reference_in_the_schema_leads_somewhere_and_nothing_may_be_null(kind):
    schema = json_schema(kind)
    text = json.dumps(schema)
    references = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert references <= set(schema["$defs"])
    assert "null" not in text
    assert schema["additionalProperties"] is False


def test_the_size_of_a_scenario_counts_all_zones():
    breda, zone = size(Scenario.load("breda-2005")), size(Scenario.load("one-zone"))
    assert breda.workers == 4 * zone.workers > 400
    assert breda.clients == 4 * zone.clients


def test_two_million_clients_are_allowed():
    values = {"zones": 1000, "clients_at_start": 2000.0}
    assert size(small().with_values(values)).clients == 2_000_000


def test_the_start_is_a_date():
    assert small().start == date(2006, 1, 1)
