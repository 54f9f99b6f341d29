"""The picture of a world in a real browser: who stands where is what a run left, and the legend knows every mark."""

import json
import tomllib
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from app_browser import browsing, modules, needs_browser, offered

from sim.app.session import Session
from sim.study.runs import run

APP = Path(__file__).parents[1] / "sim" / "app"
TEXTS = APP / "texts_hood.toml"
DAYS = 364
REGIMES = ("traditional", "client-steering")
TWO = {"scenario": "one-zone", "seed": 7, "days": DAYS, "worlds": [{"regime": regime} for regime in REGIMES]}
STATES = ("home", "unheard", "helped", "wandering", "waiting")

PAGE = '<!doctype html><meta charset="utf-8"><title>hood</title><script type="module" src="/driver.js"></script>'
DRIVER = """
import { decode, worldOf } from "/decode.js";
import { Neighbourhood, legend } from "/neighbourhood.js";
const buffer = async (i) => (await fetch(`/buffer/${i}`)).arrayBuffer();
const { content, ties } = await (await fetch("/open.json")).json();
const words = await (await fetch("/words.json")).json();
const tables = decode(content, await Promise.all(content.arrays.map((_, i) => buffer(i))));
const lines = new Float32Array(await buffer("ties"));
const hoods = [0, 1].map((side) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [680, 560];
  document.body.append(canvas);
  const hood = new Neighbourhood(canvas, words);
  hood.show(content, worldOf(tables, side), lines);
  return hood;
});
const near = (hood, thing) => { const { x, y } = hood.whereIs(thing); return hood.at(x + 1, y); };
window.hood = {
  draw: (side, day) => (hoods[side].draw(day, null, "en"), hoods[side].counters.states),
  things: (side, day, language) => hoods[side].things(day, language),
  found: (side, things) => things.map((each) => near(hoods[side], each)),
  resize: (side, width, height) => Object.assign(hoods[side].canvas, { width, height }),
  spots: (side, day) => hoods[side].things(day).map((each) => hoods[side].whereIs(each)),
  colours: (side) => {
    const { canvas, context } = hoods[side];
    const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return new Set(pixels).size;
  },
  legend: (language) => legend(words, language).map(({ key, text, draw }) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [40, 40];
    const to = canvas.getContext("2d");
    draw(to, 20, 20, 24);
    return { key, text, drawn: to.getImageData(0, 0, 40, 40).data.some((value) => value > 0) };
  }),
};
"""


def test_every_sentence_of_the_picture_is_in_both_languages():
    for key, said in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items():
        assert set(said) == {"en", "nl"} and all(said.values()), key
        fields = [sorted(part.split("}")[0] for part in said[language].split("{")[1:]) for language in ("en", "nl")]
        assert fields[0] == fields[1], key


def states_on(lived, day):
    """Return how many people are in which state on a day, counted from the rows that a run leaves.

    Of somebody's needs the most pressing counts: waiting, from door to door, helped, not yet heard.
    """
    rows = lived.visits[np.isnan(lived.visits["end"]) | (lived.visits["end"] >= 0)]
    needs = defaultdict(lambda: {"now": set(), "sent on": False})
    for row in rows[rows["onset"] <= day]:
        need = needs[int(row["client"]), int(row["need"])]
        if row["end"] <= day:
            need["sent on"] |= row["organisation"] >= 0
        elif row["start"] <= day:
            need["now"].add("helped")
        else:
            need["now"].add("waiting" if row["seen"] <= day else "looking")
    of_person = defaultdict(set)
    for (client, _), need in needs.items():
        if "helped" in need["now"] or "waiting" in need["now"]:
            of_person[client].add("helped" if "helped" in need["now"] else "waiting")
        elif "looking" in need["now"]:
            of_person[client].add("wandering" if need["sent on"] else "unheard")
    people = lived.clients
    there = people[(people["arrival"] <= day) & ~(people["exit"] <= day)]
    shown = [next(s for s in reversed(STATES) if s in of_person[int(c)] | {"home"}) for c in there["client"]]
    return {state: shown.count(state) for state in STATES}


@pytest.fixture(scope="module")
def served():
    """Serve the modules of the page beside the answers of a session, from a free port."""
    session = Session()
    opened = session.handle({"ask": "open", "worlds": TWO})
    ties = session.handle({"ask": "ties", "world": 1, "block": 3})
    words = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    own = {
        "/": (PAGE, "text/html"),
        "/driver.js": (DRIVER, "text/javascript"),
        "/open.json": (json.dumps({"content": opened.content}), "application/json"),
        "/words.json": (json.dumps(words), "application/json"),
        "/buffer/ties": (ties.buffers[0], "application/octet-stream"),
        **{f"/buffer/{i}": (each, "application/octet-stream") for i, each in enumerate(opened.buffers)},
    }
    with offered(modules() | own) as address:
        yield address


@pytest.fixture(scope="module")
def tab(served):
    with browsing() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(served)
        for _ in range(200):
            if page.evaluate("'hood' in window"):
                break
            page.wait_for_timeout(50)
        yield page
    assert not [text for text in told if "willReadFrequently" not in text]


class TestPicture:
    pytestmark = [pytest.mark.slow, needs_browser]  # noqa: RUF012 - as pytest takes it

    @pytest.mark.parametrize("side", [0, 1])
    def test_as_many_people_are_in_each_state_as_the_run_says(self, tab, side):
        lived = run("one-zone", seed=7, days=DAYS, regime=REGIMES[side])
        for day in (0, 1, 60, 200, 363):
            drawn = tab.evaluate("([side, day]) => hood.draw(side, day)", [side, day])
            assert {state: drawn[state] for state in STATES} == states_on(lived, day), day
        assert tab.evaluate("side => hood.colours(side)", side) > 50

    def test_a_day_looks_the_same_whether_played_or_jumped_to(self, tab):
        spots = "() => JSON.stringify(hood.spots(0, 120))"
        tab.evaluate("() => { for (let day = 100; day <= 120; day += 0.25) hood.draw(0, day); }")
        played = tab.evaluate(spots)
        tab.evaluate("() => { hood.draw(0, 300); hood.draw(0, 120); }")
        assert tab.evaluate(spots) == played

    @pytest.mark.parametrize(("width", "height"), [(680, 560), (382, 480)])
    def test_whoever_is_drawn_is_found_and_is_within_the_canvas(self, tab, width, height):
        tab.evaluate("size => hood.resize(1, ...size)", [width, height])
        tab.evaluate("() => hood.draw(1, 200)")
        things = tab.evaluate("() => hood.things(1, 200, 'en')")
        spots = tab.evaluate("() => hood.spots(1, 200)")
        assert {each["kind"] for each in things} == {"person", "worker", "manager", "board"}
        assert all(0 <= spot["x"] <= width and 0 <= spot["y"] <= height for spot in spots)
        found = tab.evaluate("things => hood.found(1, things)", things)
        assert all(found)
        kinds = [hit["kind"] == each["kind"] for hit, each in zip(found, things, strict=True)]
        assert np.mean(kinds) > 0.9

    def test_what_is_on_screen_is_said_in_both_languages(self, tab):
        for language, waits in (("en", "waits"), ("nl", "wacht")):
            things = tab.evaluate("language => hood.things(1, 200, language)", language)
            assert not [each["label"] for each in things if "hood-" in each["label"] or "undefined" in each["label"]]
            waiting = [each for each in things if each["kind"] == "person" and waits in each["label"]]
            assert len(waiting) == tab.evaluate("() => hood.draw(1, 200).waiting")

    def test_the_legend_draws_and_names_every_state(self, tab):
        for language in ("en", "nl"):
            entries = tab.evaluate("language => hood.legend(language)", language)
            assert all(each["drawn"] and not each["text"].startswith("legend-") for each in entries)
            states = {*STATES, "admitted", "gave up", "left", "worker", "ill", "vacant", "manager", "board", "tie"}
            assert states <= {each["key"] for each in entries}
