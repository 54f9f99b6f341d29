"""The clients' road, lives told twice, lives that part and levers apart, on the page: real runs, in a real browser."""

import html
import importlib.util
import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np
import pytest
import test_page
from click.testing import CliRunner
from made_up import comparison as made_up
from test_divergence import PLAIN, changed, made, visit
from test_one_at_a_time import LEVELS, TWO, given, lived
from test_page import CHROMIUM, NARROW, PAPER, WIDE, drawn, opened
from test_roads import BEFORE, road_of
from worlds import lively

from sim.cli import main
from sim.report import first_world, levers_apart
from sim.report.article import article
from sim.report.divergence import person, told
from sim.report.page import write_report
from sim.report.reading import material
from sim.report.roads import passings, road_told
from sim.report.words import LANGUAGES, TEXTS, words
from sim.study.compare import carry_out
from sim.study.divergence import diverging
from sim.study.planning import plan

browser = test_page.browser
in_browser = pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs chromium and playwright: pip install playwright, and a chromium in /usr/bin",
)
OURS = ("roads", "lives", "parted", "apart")
RIVAL, OTHER = "client-steering", "good-control"


@cache
def real(worlds=3):
    """Return a real comparison of two rivals."""
    what = plan("one-zone", regimes=[RIVAL, OTHER], replications=worlds, days=420, worlds="one", yardsticks=False)
    return carry_out(what, workers=1)


@cache
def taken_apart():
    """Return a comparison in which two levers were run alone."""
    return given(LEVELS)


def sections(result, language="en"):
    return {each.anchor: each for each in article(material(result), words(language)).sections}


def view(result, anchor, regime=RIVAL, language="en"):
    return next(each for each in sections(result, language)[anchor].views if each.regime == regime)


# --- which sections there are ------------------------------------------------------------------------------


def test_a_comparison_has_its_roads_lives_and_partings_and_levers_only_where_they_were_run():
    assert [anchor for anchor in sections(real()) if anchor in OURS] == ["roads", "lives", "parted"]
    assert [anchor for anchor in sections(taken_apart()) if anchor in OURS] == list(OURS)


def test_a_single_regime_has_a_road_and_nothing_to_compare():
    alone = sections(made_up(regimes=("traditional",), pairs=3))
    assert [anchor for anchor in alone if anchor in OURS] == ["roads"]
    (only,) = alone["roads"].views
    assert len(only.figures[0].panels) == 1 and only.told[0].text.startswith("Of every 100 needs,")


def test_where_nothing_is_finished_there_is_nothing_to_tell():
    assert not [anchor for anchor in sections(made_up(pairs=0)) if anchor in OURS]


def test_a_road_of_each_world_is_averaged_and_both_are_drawn_alike():
    shown = view(real(), "roads")
    before, after = (panel.plot["data"][0]["node"] for panel in shown.figures[0].panels)
    names = [[label.split(" <b>")[0] for label in node["label"]] for node in (before, after)]
    assert [name for name in names[0] if name in names[1]] == [name for name in names[1] if name in names[0]]
    numbers = shown.figures[0].tables[0]
    counts = [real().sketch(arm, "roads") for arm in ("traditional", RIVAL)]
    helped = [100 * (each[:, :, 8].sum(axis=1) / each[:, 8:10].sum(axis=(1, 2))).mean() for each in counts]
    row = next(row for row in numbers.rows if row[0].text == "Help: Gets help")
    assert [cell.text for cell in row[1:3]] == [f"{each:.1f}" for each in helped]


def test_every_rival_has_its_own_three_lives_with_the_command_for_them():
    for regime in (RIVAL, OTHER):
        shown = view(real(), "lives", regime).lives
        assert [one.story.pick for one in shown.told] == ["gainer", "loser", "random"]
        assert all(one.story.lives[1].regime == regime for one in shown.told)
        assert "the first of 3" in shown.caution and "It proves nothing" in shown.caution
    assert any(one.parts for one in view(real(), "lives").lives.told)


def test_of_a_large_place_only_the_first_rivals_partings_are_worked_out(monkeypatch):
    monkeypatch.setattr(first_world, "MOST_FOLLOWED", 1)
    assert view(real(), "parted").figures
    assert view(real(), "parted", OTHER).told[0].text == words("en")("parted too many")
    assert view(real(), "lives", OTHER).lives.told[0].parts == []


def variants():
    """Return two variants of which one has more people."""
    scenario = lively()
    other = replace(scenario.with_values({"another_need": 0.5}), name="other", title="Other")
    return carry_out(
        plan(scenario, variants=[other], replications=1, days=60, yardsticks=False, worlds="one"), workers=1
    )


def test_variants_with_other_people_have_no_lives_in_common():
    result = variants()
    assert view(result, "lives", "other").told[0].text == words("en")("lives other people")
    assert view(result, "parted", "other").told[0].text == words("en")("parted unlike")


def test_variants_with_the_same_people_and_another_past_have_lives_but_no_first_event():
    scenario = lively()
    freer = replace(lively(permission=0.1, control=0.9), name="freer", title="Freer")
    result = carry_out(
        plan(scenario, variants=[freer], replications=1, days=300, yardsticks=False, worlds="one"), workers=1
    )
    assert view(result, "lives", "freer").lives.command.startswith("regie story scenario.toml scenarios/freer.toml")
    assert view(result, "parted", "freer").told[0].text == words("en")("parted unlike")


@pytest.mark.parametrize("language", LANGUAGES)
def test_levers_are_named_for_each_headline_with_what_they_do(language):
    shown = view(taken_apart(), "apart", TWO, language)
    assert len(shown.figures) == 3
    waits = next(each for each in shown.figures if each.key.startswith("apart-wait_mean"))
    assert {"en": "arises only together", "nl": "ontstaat alleen samen"}[language] in waits.read
    assert [sign.text for sign in waits.legend] == [words(language)(key) for key in ("apart alone", "apart missed")]
    assert len(waits.tables[0].rows) == 4


# --- words -------------------------------------------------------------------------------------------------


def our_keys():
    folder = files("sim.report").joinpath("texts")
    named = ("roads", "lives", "divergence", "apart")
    return [key for name in named for key in tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))]


@pytest.mark.slow
def test_every_text_of_these_sections_is_used(tmp_path, monkeypatch):
    asked = set()

    class Noted(dict):
        def __getitem__(self, key):
            asked.add(key)
            return super().__getitem__(key)

    noted = Noted(TEXTS)
    monkeypatch.setattr("sim.report.words.TEXTS", noted)
    en = words("en")
    few = replace(lived(), fresh={**lived().lives, "only:control": lived().lives[TWO]})
    for result in (real(), taken_apart(), few, variants(), made_up(regimes=("traditional",), pairs=2)):
        write_report(result, tmp_path / "report.html", "en")
    monkeypatch.setattr(first_world, "MOST_FOLLOWED", 1)
    sections(real())
    better = np.array([road_of(80, 40), road_of(82, 40), road_of(84, 40)])
    unsure = np.array([road_of(50), road_of(75), road_of(90)])
    for first, second in ((BEFORE, BEFORE), (BEFORE, better), (BEFORE, unsure), (BEFORE[:1], better[:1])):
        road_told(passings(first, second), "Baseline", en)
    base = real().lives["traditional"]
    elsewhere = changed(PLAIN, "permission", 0.9, names=("housing",))
    by_others = diverging(made([visit(seen=5, listed=5)]), made([visit(seen=5, start=5)], scenario=elsewhere))
    told(by_others, en)
    person(by_others, 1, en)
    same = diverging(base, base)
    told(same, en)
    person(same, next(iter(same.since)), en)
    apart = diverging(base, real().lives[RIVAL])
    for client in apart.partings:
        person(apart, client, en)
    alone = {**LEVELS, "only:insistence": [50, 60, 70], "only:control": [50, 60, 70]}
    levers_apart.levers_apart(given(alone), TWO, en)
    levers_apart.levers_apart(given({**LEVELS, TWO: [30, 48, 50]}), TWO, en)
    by_chance = ("event ", "moment ", "state ")  # what happens in these worlds; tests of divergence ask for each
    assert not [key for key in our_keys() if key not in asked and not key.startswith(by_chance)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in_and_nothing_undefined_is_told(tmp_path, language):
    for result in (real(), taken_apart()):
        write_report(result, tmp_path / "report.html", language)
        page = (tmp_path / "report.html").read_text("utf-8")
        for anchor in OURS:
            part = page.partition(f'aria-labelledby="{language}-{anchor}"')[2].partition("</section>")[0]
            text = html.unescape(re.sub(r"<[^>]+>", " ", part))
            assert not re.search(r"[{}]|\bnan\b|NaN|None|undefined", text)


# --- the command that tells the same lives again -----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        ["one-zone", "--regimes", "client-steering,pooled-list"],
        ["one-zone", "--regimes", "pooled-list", "--set", "intake_hours=2", "--seed", "8"],
        ["one-zone", "--regimes", "client-steering", "--only", "welfare,home-care", "--from", "60"],
        ["one-zone", "--regimes", "good-control", "--worlds", "one", "--baseline", "words-only"],
        ["one-zone", "--regimes", "client-steering", "--equal-hours"],
        ["less.toml", "more.toml", "--seed", "3"],
        ["./one-zone.toml", "--regimes", "client-steering"],
    ],
    ids=[
        "names",
        "a value by hand",
        "partly",
        "other baseline",
        "equal hours",
        "variants",
        "another file of that name",
    ],
)
def test_the_command_under_the_lives_tells_exactly_these_lives(tmp_path, monkeypatch, asked):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.report.sheets.write_sheets", lambda *_: None)  # the workbook is not looked at
    for name, permission in (("less", 0.1), ("more", 0.3), ("one-zone", 0.2)):
        text = (
            f'extends = "breda-2005"\ntitle = "{name}"\n[parameters]\nzones = 1\n[levers]\npermission = {permission}\n'
        )
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    folder = tmp_path / "out"
    options = ["--replications", "1", "--days", "300", "--lang", "en", "--out", str(folder)]
    done = CliRunner().invoke(main, ["compare", *asked, *options])
    assert done.exit_code == 0, done.output
    page = html.unescape((folder / "report.html").read_text("utf-8"))
    english = page.partition('<article lang="en"')[2]
    commands = dict.fromkeys(re.findall(r"<code>(regie story [^<]+)</code>", english))
    assert len(commands) == asked[2].count(",") + 1
    monkeypatch.chdir(folder)
    for command in commands:
        told = CliRunner().invoke(main, [*command.split()[1:], "--lang", "en", "--json"])
        assert told.exit_code == 0, told.output
        people = json.loads(told.stdout)["people"]
        assert people
        for twice in people:
            assert twice["difference"] in english
            assert all(day["text"] in english for life in twice["lives"] for day in life["told"])


def test_a_command_that_would_draw_other_worlds_is_not_given(monkeypatch):
    result = real()
    drawn_too = replace(result, plan=replace(result.plan, worlds="plausible"))
    monkeypatch.setattr(first_world, "drawn_parameters", lambda both: ())
    assert set(first_world.first_world(drawn_too, [RIVAL]).again) == set()
    monkeypatch.undo()
    assert set(first_world.first_world(drawn_too, [RIVAL]).again) == {RIVAL}


# --- in a browser ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("sections") / "report.html"
    write_report(real(), path, "nl")
    return path


@pytest.fixture(scope="module")
def levers_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("levers") / "report.html"
    write_report(taken_apart(), path, "nl")
    return path


def part(tab, language, anchor):
    return tab.locator(f"section[aria-labelledby={language}-{anchor}]")


@pytest.mark.slow
@in_browser
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_roads_and_lives_are_there_and_fit(browser, page, viewport, language):
    with opened(browser, page, viewport, f"#lang={language}&regime={OTHER}") as tab:
        drawn(tab, language, OTHER)
        assert tab.evaluate("document.documentElement.scrollWidth") == viewport["width"]
        road = part(tab, language, "roads")
        plots = road.locator(".view:not([hidden]) .plot")
        assert plots.count() == 2
        for number in range(2):
            assert plots.nth(number).locator(".sankey-node").count() > 10
            assert plots.nth(number).locator(".sankey-link").count() > 10
        boxes = [plots.nth(number).bounding_box() for number in range(2)]
        assert (boxes[0]["y"] == boxes[1]["y"]) is (viewport is WIDE)
        assert boxes[0]["height"] == boxes[1]["height"] and boxes[0]["width"] >= 660
        bars = part(tab, language, "parted").locator(".view:not([hidden]) .plot .point")
        assert bars.count() >= 3
        columns = part(tab, language, "lives").locator(".view:not([hidden]) .twice").first.locator(".life")
        beside = [columns.nth(number).bounding_box() for number in range(2)]
        assert (beside[0]["y"] == beside[1]["y"]) is (viewport is WIDE)
        assert all(box["x"] + box["width"] <= viewport["width"] for box in beside)


@pytest.mark.slow
@in_browser
def test_a_road_that_is_cut_off_says_so_and_can_be_scrolled_by_keyboard(browser, page):
    with opened(browser, page, NARROW) as tab:
        drawn(tab, "nl", RIVAL)
        panel = part(tab, "nl", "roads").locator(".view:not([hidden]) .panel").first
        panel.scroll_into_view_if_needed()
        assert panel.locator(".hint").is_visible()
        scroll = panel.locator(".scroll")
        assert scroll.get_attribute("tabindex") == "0"
        scroll.focus()
        tab.keyboard.press("ArrowRight")
        tab.wait_for_timeout(500)  # it glides
        assert scroll.evaluate("e => e.scrollLeft") > 0


@pytest.mark.slow
@in_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_lever_is_drawn_twice(browser, levers_page, language):
    with opened(browser, levers_page, NARROW, f"#lang={language}") as tab:
        drawn(tab, language, TWO)
        plots = part(tab, language, "apart").locator(".plot")
        assert plots.count() == 3
        assert plots.first.locator(".point").count() >= 4
        assert tab.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.slow
@in_browser
def test_on_paper_are_the_roads_and_lives_of_the_chosen_rival_alone(browser, page):
    with opened(browser, page, PAPER, f"#lang=nl&regime={OTHER}") as tab:
        drawn(tab, "nl", OTHER)
        tab.emulate_media(media="print")
        tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        shown = tab.locator("section:is([aria-labelledby=nl-roads], [aria-labelledby=nl-lives]) .view:visible")
        assert {shown.nth(n).get_attribute("data-regime") for n in range(shown.count())} == {OTHER}
        charts = part(tab, "nl", "roads").locator(".plot:visible svg.main-svg")
        sizes = [charts.nth(n).bounding_box() for n in range(charts.count())]
        assert sizes and all(box["width"] <= PAPER["width"] for box in sizes)
        nodes = part(tab, "nl", "roads").locator(".plot:visible .sankey-node rect")
        lowest = max(
            nodes.nth(n).bounding_box()["y"] + nodes.nth(n).bounding_box()["height"] for n in range(nodes.count())
        )
        assert lowest <= max(box["y"] + box["height"] for box in sizes)
        columns = part(tab, "nl", "lives").locator(".view:visible .twice").first.locator(".life")
        assert columns.nth(0).bounding_box()["y"] == columns.nth(1).bounding_box()["y"]
        tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
        tab.emulate_media(media="screen")
        assert part(tab, "nl", "roads").locator(".plot:visible .sankey-node").count() > 20


@pytest.mark.slow
@in_browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["page", "levers_page"])
def test_axe_finds_nothing_serious_here(browser, request, which, language):
    from axe_playwright_python.sync_playwright import Axe

    path, regime = request.getfixturevalue(which), RIVAL if which == "page" else TWO
    with opened(browser, path, WIDE, f"#lang={language}", bypass_csp=True) as tab:
        drawn(tab, language, regime)
        tab.evaluate("document.querySelectorAll('article:not([hidden]) details').forEach(d => { d.open = true; })")
        include = [
            [f"section[aria-labelledby={language}-{anchor}]"] for anchor in OURS if part(tab, language, anchor).count()
        ]
        found = Axe().run(tab, context={"include": include}).response
    assert len(found["passes"]) > 10
    grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], each["nodes"][0]["html"][:200], len(each["nodes"])) for each in grave]
