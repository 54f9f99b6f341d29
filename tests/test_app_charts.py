"""What the charts of both worlds show: counts and values by week that add up to those of the whole run."""

from __future__ import annotations

import json
import re
import tomllib

import numpy as np
import pytest
from app_browser import PAGE, browsing, modules, needs_browser, offered

from sim.app.counting import COUNTS
from sim.app.futures import future, morning
from sim.app.packing import A_QUARTER, value_by_week, weeks
from sim.model.record import records
from sim.report import palette
from sim.scenario.scenario import Scenario
from sim.study.runs import run
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
        assert getattr(alone, name).tobytes() == getattr(lived.run, name).tobytes()


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
    assert len(kinds) == 7
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


def figures(page):
    return page.locator(".chart-figures").all_inner_texts()


@in_a_browser
def test_both_worlds_are_drawn_in_every_chart(page):
    redrawn(page, 182)
    inked = page.locator(".chart canvas").evaluate_all(f"(all) => all.map({INKED})")
    assert len(inked) == 7 and all(min(each) > 100 for each in inked)
    assert page.said == []


@in_a_browser
def test_the_figures_are_those_of_the_last_week_that_is_over(page, lived):
    redrawn(page, 188)  # the last day before the end of week 27
    side = REGIMES.index(lived.run.regime)
    waiting = weeks(lived)["waiting"][25]
    assert page.locator(".chart-figure").nth(side).inner_text().endswith(f" {waiting:.0f}")
    redrawn(page, 3)
    assert all("–" in each for each in figures(page))


@in_a_browser
def test_numbers_and_words_are_in_the_language(page):
    redrawn(page, 182, "nl")
    assert "," in figures(page)[1] and "." not in figures(page)[1]
    assert page.locator(".chart strong").all_inner_texts()[:2] == ["Wachten", "Wisselingen"]
    redrawn(page, 182, "en")
    assert "." in figures(page)[1]


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
    assert page.evaluate("charts.table('waiting', 'en').rows.every((row) => row[3] === '–')")
    page.evaluate("charts.band(more); for (let i = 0; i < 9; i += 1) charts.draw(182)")
    assert "5 pairs" in page.locator(".charts-note").inner_text()
    table = page.evaluate("charts.table('waiting', 'en')")
    assert len(table["head"]) == 5 and len(table["rows"]) == 4
    waiting = page.evaluate("[charts.worlds, ...more].map((worlds) => worlds[0].waiting.at(-1))")
    expected = " to ".join(f"{value:.0f}" for value in np.percentile(waiting, [10, 90]) + 1e-6)
    assert table["rows"][-1][3] == expected
    assert page.said == []


@in_a_browser
def test_on_a_telephone_charts_stand_one_below_another(page):
    page.set_viewport_size({"width": 390, "height": 844})
    lefts = {round(box["x"]) for box in (each.bounding_box() for each in page.locator(".chart").all())}
    assert len(lefts) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
