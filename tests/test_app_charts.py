"""What the charts of both worlds show: counts and values by week that add up to those of the whole run."""

from __future__ import annotations

import json
import re
import tomllib

import numpy as np
import pytest
from app_browser import PAGE, browsing, modules, needs_browser, offered

from sim.app import example, server
from sim.app.counting import COUNTS
from sim.app.futures import future, morning
from sim.app.packing import A_QUARTER, value_by_week, weeks
from sim.app.roads import weekly_csv
from sim.app.waits import people_waiting, waits_by_week
from sim.model.record import records
from sim.report import palette
from sim.scenario.scenario import Scenario
from sim.study.outcomes import READERS
from sim.study.runs import run
from sim.study.scope import EVERYONE
from sim.study.tables import DAYS_PER_YEAR
from sim.study.value import valued

DAYS = 364
REGIMES = ("traditional", "client-steering")


def in_a_browser(test):
    return pytest.mark.slow(needs_browser(test))


@pytest.fixture(scope="module", params=REGIMES)
def lived(request):
    return future(Scenario.load("one-zone").with_regime(request.param), seed=7, days=DAYS)


def at_the_start(lived):
    scenario = lived.run.scenario
    return records(morning(scenario, lived.run.seed)).clients


@pytest.mark.parametrize("column", ["new_faces", "transfers"])
def test_every_new_face_and_every_transfer_is_in_one_week(lived, column):
    counted = lived.run.clients[column].sum() - at_the_start(lived)[column].sum()
    by_week = weeks(lived)[column]
    assert len(by_week) == DAYS // 7 and by_week.min() >= 0
    assert by_week.sum() == counted > 100


def test_what_is_counted_of_newcomers_is_in_the_end_what_the_run_counted(lived):
    newcomers = lived.run.clients[lived.run.newcomers]
    last = dict(zip(COUNTS, lived.counts[-1], strict=True))
    assert last["retellings"] == newcomers["retellings"].sum() > 0
    assert last["asked"] == pytest.approx(newcomers["hours_asked"].sum())
    assert (np.diff(lived.counts[:, :4], axis=0) > -1e-9).all()
    assert (lived.counts[0, 2:] == 0).all()


def test_client_value_over_all_weeks_is_that_of_the_run(lived):
    assert value_by_week(lived, DAYS // 7)[-1] == pytest.approx(valued(lived.run).total)


def test_client_value_by_week_leaves_out_what_is_long_ago(lived):
    by_week = weeks(lived)["value"]
    before = future(lived.run.scenario, seed=7, days=DAYS - 7 * A_QUARTER)
    whole, until_then = (np.array([valued(each.run).total, each.counts[-1, 3]]) for each in (lived, before))
    later = (whole.prod() - until_then.prod()) / (whole[1] - until_then[1])
    assert by_week[-1] == pytest.approx(later)


def test_handoffs_of_all_weeks_are_those_for_each_person_a_year(lived):
    quarter = future(lived.run.scenario, seed=7, days=7 * A_QUARTER)
    hands = sum(quarter.run.clients[name].sum() - at_the_start(quarter)[name].sum() for name in COUNTS[:2])
    years = quarter.run.client_days_since_0.sum() / DAYS_PER_YEAR
    assert weeks(quarter)["handoffs"][-1] == pytest.approx(hands / years)
    assert weeks(lived)["handoffs"][A_QUARTER - 1] == pytest.approx(hands / years)


def test_the_wait_over_all_weeks_of_needs_that_arose_since_day_0_is_that_of_the_run(lived):
    days, needs = waits_by_week(lived.run, 0, DAYS // 7, lived.run.needs.in_window)
    assert days.sum() / needs.sum() == pytest.approx(READERS["wait_mean"](lived.run))


def test_the_wait_of_a_week_is_that_of_the_help_that_started_in_the_quarter_up_to_it(lived):
    needs, shown = lived.run.needs, weeks(lived)["wait"]
    for week in (0, 5, 30, DAYS // 7 - 1):
        until = 7 * (week + 1)
        then = (needs.start >= until - 7 * A_QUARTER) & (needs.start < until)
        assert shown[week] == pytest.approx(needs.wait[then].mean()), week
    assert not np.isnan(shown).any()


def test_both_worlds_begin_with_the_wait_that_they_have_in_common():
    one, other = (weeks(future(Scenario.load("one-zone").with_regime(each), 7, 28))["wait"] for each in REGIMES)
    assert one[0] == pytest.approx(other[0], rel=0.1)


def waiting_on(run, day):
    """Return how many people wait on a day, person by person and need by need."""
    people = {int(row["client"]): row for row in run.clients}
    needs = {}
    for row in run.visits[run.visits["onset"] <= day]:
        needs.setdefault((int(row["client"]), int(row["need"])), []).append(row)
    waiting = set()
    for (client, _), rows in needs.items():
        there = people[client]["arrival"] <= day and not people[client]["exit"] <= day
        now = [row for row in rows if not row["end"] <= day]
        helped = any(row["start"] <= day for row in now)
        at_a_door = any(row["seen"] <= day for row in now)
        sent_on = bool(now) and any(row["end"] <= day and row["organisation"] >= 0 for row in rows)
        if there and not helped and (at_a_door or sent_on):
            waiting.add(client)
    return len(waiting)


def test_people_who_wait_are_counted_on_the_last_day_of_each_week(lived):
    shown = weeks(lived)["people_waiting"]
    for week in (0, 1, 7, 25, 40, DAYS // 7 - 1):
        assert shown[week] == waiting_on(lived.run, 7 * week + 6), week
    assert shown.min() > 0


@pytest.mark.parametrize("days", [91, 182])
def test_who_waits_in_a_week_does_not_depend_on_later_weeks(lived, days):
    shorter = people_waiting(future(lived.run.scenario, seed=7, days=days).run, days // 7)
    differ = people_waiting(lived.run, DAYS // 7)[: days // 7] - shorter
    assert not differ[:-4].any()
    assert differ[-4:].min() >= 0 and differ[-4:].max() <= 1  # seen, and nothing chosen yet when the run ends


@pytest.mark.parametrize("column", ["ownership", "listening", "courage", "creativity", "board_control"])
def test_workers_over_all_weeks_are_those_of_the_run(lived, column):
    staffed = lived.run.weeks["staffed"]
    by_week = np.bincount(lived.run.weeks["week"], staffed)
    of_the_run = READERS[column](lived.run, EVERYONE)
    assert np.average(weeks(lived)[column], weights=by_week) == pytest.approx(of_the_run)


@pytest.mark.parametrize(("form", "separator", "decimal"), [("en", ",", "."), ("nl", ";", ",")])
def test_the_weeks_as_csv_say_until_when_and_leave_a_cell_empty_where_there_is_no_number(
    lived, form, separator, decimal
):
    head, first, *_, last = (line.split(separator) for line in weekly_csv(lived, lived, form).splitlines())
    shown = weeks(lived)
    assert head == ["world", "regime", "week", "until", *shown]
    assert dict(zip(head, first, strict=True))["value"] == ""
    row = dict(zip(head, last, strict=True))
    assert (row["week"], row["until"]) == ("51", "2006-10-30")
    assert float(row["wait"].replace(decimal, ".")) == pytest.approx(shown["wait"][-1], rel=1e-5)


def test_the_page_opens_on_what_the_server_lives_first():
    shown = example.example()
    assert shown["day"] == 730 < shown["days"] and len(shown["worlds"]) == 2
    assert server.FIRST["worlds"] == {name: shown[name] for name in ("scenario", "seed", "days", "worlds")}


@pytest.mark.slow
def test_the_example_is_the_middle_one_of_its_pairs_and_neither_the_most_telling_nor_the_least():
    assert example.middle_seed() == example.example()["seed"]


def test_days_that_make_no_week_are_in_no_week():
    odd = future(Scenario.load("one-zone"), seed=7, days=31)
    assert {len(column) for column in weeks(odd).values()} == {4}


def test_a_world_of_a_week_has_a_week():
    shown = weeks(future(Scenario.load("one-zone"), seed=7, days=7))
    assert {len(column) for column in shown.values()} == {1}
    no_quarter = {name for name, column in shown.items() if np.isnan(column[0])}
    assert no_quarter == {"handoffs", "value"}


def test_counting_people_changes_nothing_for_them(lived):
    scenario = lived.run.scenario
    alone = run(scenario, seed=7, days=DAYS, regime=scenario.regime)
    for name in ("visits", "clients", "series"):
        one, other = getattr(alone, name), getattr(lived.run, name)
        for column in one.dtype.names:
            np.testing.assert_array_equal(one[column], other[column], err_msg=f"{name}: {column}")


# --- drawn -----------------------------------------------------------------------------------------------------------

SIDE = "".join((PAGE / "chart_look.js").read_text(encoding="utf-8").split())
SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>charts</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="charts.css">
<div id="here"></div><script type="module" src="here.js"></script></html>"""
HERE = """import { Charts } from "./charts.js";
const shown = await (await fetch("shown.json")).json();
const typed = (weeks) => Object.fromEntries(
  Object.entries(weeks).map(([name, values]) => [name, Float32Array.from(values, (each) => each ?? NaN)]));
const charts = new Charts(document.getElementById("here"), shown.words);
charts.show(shown.places, shown.worlds.map(typed), ["Traditional", "Client steering"]);
charts.draw(182, "en");
Object.assign(window, { charts, more: shown.more.map((worlds) => worlds.map(typed)) });
"""
INKED = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const found = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === 0x3d && data[i + 1] === 0x3d && data[i + 2] === 0x3d) found[0] += 1;
    if (data[i] === 0 && data[i + 1] === 0x72 && data[i + 2] === 0xb2) found[1] += 1;
  }
  return found;
}"""


def test_worlds_have_the_colours_and_dashes_of_the_report():
    for look in (palette.BASELINE, palette.RIVAL):
        assert f'colour:"{look.colour}",dash:[{look.dash.replace("px", "")}],sign:"{look.sign}"' in SIDE


def test_all_that_charts_say_is_there_in_both_languages():
    words = texts()
    kinds = re.findall(r'\{ key: "(\w+)"', (PAGE / "charts.js").read_text(encoding="utf-8"))
    assert len(kinds) == 8
    assert {f"chart_{kind}{part}" for kind in kinds for part in ("", "_unit", "_about")} <= set(words)
    assert all(set(each) == {"en", "nl"} and all(each.values()) for each in words.values())


def texts():
    return tomllib.loads((PAGE.parent / "texts_charts.toml").read_text(encoding="utf-8"))


def listed(lived):
    return {
        name: [None if np.isnan(value) else float(value) for value in column] for name, column in weeks(lived).items()
    }


@pytest.fixture(scope="module")
def page():
    """The charts of two worlds of a year in a browser, under the policy of the app; ``page.said`` is its console."""
    both = [Scenario.load("one-zone").with_regime(regime) for regime in REGIMES]
    pairs = [[listed(future(each, seed, DAYS)) for each in both] for seed in range(7, 12)]
    shown = {"places": {"start": "2005-10-31", "days": DAYS}, "worlds": pairs[0], "more": pairs[1:], "words": texts()}
    own = {
        "/": (SHELL, "text/html"),
        "/here.js": (HERE, "text/javascript"),
        "/shown.json": (json.dumps(shown), "application/json"),
    }
    with offered(modules() | own) as address, browsing() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(address)
        page.locator(".chart-figure").first.filter(has_text="●").wait_for()
        yield page


def redrawn(page, day, language="en"):
    page.evaluate("([day, language]) => charts.draw(day, language)", [day, language])
    painted(page)


def painted(page):
    """Wait until all charts are painted, though nobody plays and nobody else draws."""
    for _ in range(100):
        if page.evaluate("charts.all.every((each) => !each.picture.stale)"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("some charts are never painted")


def figures(page):
    return page.locator(".chart-figures").all_inner_texts()


@in_a_browser
def test_both_worlds_are_drawn_in_every_chart(page):
    redrawn(page, 182)
    inked = page.locator(".chart canvas").evaluate_all(f"(all) => all.map({INKED})")
    assert len(inked) == 8 and all(min(each) > 100 for each in inked)
    assert page.said == []


@in_a_browser
def test_the_figures_are_those_of_the_last_week_that_is_over(page, lived):
    redrawn(page, 188)  # the last day before the end of week 27
    side = REGIMES.index(lived.run.regime)
    wait, waiting = (weeks(lived)[name][25] for name in ("wait", "people_waiting"))
    assert page.locator(".chart-figure").nth(side).inner_text().endswith(f" {wait:.0f}")
    assert page.locator(".chart-figure").nth(2 + side).inner_text().endswith(f" {waiting:.0f}")
    redrawn(page, 3)
    assert all("–" in each for each in figures(page))


@in_a_browser
def test_numbers_and_words_are_in_the_language(page):
    redrawn(page, 182, "nl")
    assert "," in figures(page)[2] and "." not in figures(page)[2]
    assert page.locator(".chart strong").all_inner_texts()[:3] == ["Wachttijd", "Wachtenden", "Wisselingen"]
    redrawn(page, 182, "en")
    assert "." in figures(page)[2]


@in_a_browser
def test_a_moved_line_leaves_no_trace(page):
    copies = []
    for days in ([91], [10, 300.5, 91]):
        for day in days:
            redrawn(page, day)
        copies.append(page.locator(".chart canvas").evaluate_all("(all) => all.map((each) => each.toDataURL())"))
    assert copies[0] == copies[1]


@in_a_browser
def test_a_week_is_read_off_by_keyboard_and_by_pointer(page):
    from playwright.sync_api import expect

    redrawn(page, 182)
    canvas = page.locator(".chart canvas").nth(3)
    canvas.focus()
    before = canvas.get_attribute("aria-valuetext")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(canvas).to_have_attribute("aria-valuenow", "2")
    assert canvas.get_attribute("aria-valuetext") != before
    assert "13 Nov 2005" in figures(page)[0]
    page.keyboard.press("Escape")
    expect(canvas).to_have_attribute("aria-valuetext", before)
    page.evaluate("charts.onday = (day) => { window.asked = day; }")
    canvas.hover(position={"x": 120, "y": 40})
    expect(canvas).not_to_have_attribute("aria-valuetext", before)
    canvas.click(position={"x": 120, "y": 40})
    assert page.evaluate("asked") == 7 * int(canvas.get_attribute("aria-valuenow"))
    page.mouse.move(0, 0)
    canvas.blur()
    expect(canvas).to_have_attribute("aria-valuetext", before)


@in_a_browser
def test_the_band_comes_with_worlds_of_other_luck(page):
    redrawn(page, 182)
    page.evaluate("charts.band(more.slice(0, 2))")
    assert "{" not in page.locator(".charts-note").inner_text()
    assert "3 of the first 5" in page.locator(".charts-note").inner_text()
    assert page.evaluate("charts.table('waiting', 'en').rows.every((row) => row[3] === '–')")
    page.evaluate("charts.band(more)")
    painted(page)
    assert "5 pairs" in page.locator(".charts-note").inner_text()
    table = page.evaluate("charts.table('waiting', 'en')")
    assert len(table["head"]) == 5 and len(table["rows"]) == 4
    waiting = page.evaluate("[charts.worlds, ...more].map((worlds) => worlds[0].people_waiting.at(-1))")
    expected = " to ".join(f"{value:.0f}" for value in np.percentile(waiting, [10, 90]) + 1e-6)
    assert table["rows"][-1][3] == expected
    assert page.said == []


@in_a_browser
def test_where_levers_were_moved_is_marked_and_said(page):
    redrawn(page, 182)
    moved = [[{"day": 0, "lever": "control"}], [{"day": 140, "lever": name} for name in ("control", "listening")]]
    show = "(changes) => { charts.show(charts.places, charts.worlds, charts.titles, changes); charts.draw(182); }"
    page.evaluate(show, moved)
    painted(page)
    note = page.locator(".charts-note")
    assert note.inner_text().endswith("◆\u00a0Client steering: 2 levers moved, 20 Mar 2006.")
    page.evaluate(show, [[], []])
    painted(page)
    assert "moved" not in note.inner_text()
    after = page.locator(".chart canvas").evaluate_all("(all) => all.map((each) => each.toDataURL())")
    page.evaluate(show, moved)
    painted(page)
    marked = page.locator(".chart canvas").evaluate_all("(all) => all.map((each) => each.toDataURL())")
    assert all(one != other for one, other in zip(after, marked, strict=True))
    page.evaluate(show, [[], []])
    assert page.said == []


@in_a_browser
def test_on_a_telephone_charts_stand_one_below_another(page):
    page.set_viewport_size({"width": 390, "height": 844})
    lefts = {round(box["x"]) for box in (each.bounding_box() for each in page.locator(".chart").all())}
    assert len(lefts) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
