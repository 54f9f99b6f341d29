"""The picture of a world in a real browser: who stands where is what a run left, and the legend knows every mark."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from app_browser import browsing, needs_browser, served

from sim.scenario.scenario import Scenario
from sim.study.provenance import regie_version
from sim.study.runs import run

APP = Path(__file__).parents[1] / "sim" / "app"
TEXTS = APP / "texts_hood.toml"
DAYS = 364
REGIMES = ("traditional", "client-steering")
TWO = {"scenario": "one-zone", "seed": 7, "days": DAYS, "worlds": [{"regime": regime} for regime in REGIMES]}
LINK = f"v={regie_version()}&s=one-zone&seed=7&days={DAYS}&a={REGIMES[0]}&b={REGIMES[1]}&day=200&lang=en"
STATES = ("home", "unheard", "helped", "wandering", "waiting")

DRIVER = """async (worlds) => {
  const { decode, worldOf } = await import("/decode.js");
  const { Neighbourhood, legend } = await import("/neighbourhood.js");
  const { onDay } = await import("/tally.js");
  const { SocketModel } = await import("/socket.js");
  const { Asking } = await import("/asking.js");
  const words = await (await fetch("/words.json")).json();
  const { ask } = new Asking(new SocketModel(new URL("/socket", document.baseURI)));
  const { content, buffers } = await ask({ ask: "open", worlds });
  const ties = await ask({ ask: "ties", world: 1, block: 3 });
  const tables = decode(content, buffers), lines = decode(ties.content, ties.buffers).ties.ties;
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
    draw: (side, day, playing) => (hoods[side].draw(day, null, "en", playing), hoods[side].counters.states),
    numbers: (side, day) => onDay(hoods[side].tally, day),
    things: (side, day, language) => hoods[side].things(day, language),
    found: (side, things) => things.map((each) => near(hoods[side], each)),
    resize: (side, width, height) => Object.assign(hoods[side].canvas, { width, height }),
    spots: (side, day) => hoods[side].things(day).map((each) => hoods[side].whereIs(each)),
    people: (side) => [Array.from(hoods[side].x), Array.from(hoods[side].y)],
    seen: (side) => Array.from(hoods[side].seen),
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
}"""


def test_every_sentence_of_the_picture_is_in_both_languages():
    for key, said in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items():
        assert set(said) == {"en", "nl"} and all(said.values()), key
        fields = [sorted(part.split("}")[0] for part in said[language].split("{")[1:]) for language in ("en", "nl")]
        assert fields[0] == fields[1], key


def states_on(lived, day):
    """Return how many people are in which state on a day, counted from the rows that a run leaves, and one mean more.

    Of somebody's needs the most pressing counts: waiting, from door to door, helped, not yet heard. The mean is of the
    days without help of those who wait or go from door to door: since the need arose, or since its help last stopped;
    of several such needs the oldest.
    """
    needs = defaultdict(lambda: {"now": set(), "sent on": False, "since": -np.inf})
    for row in lived.visits[lived.visits["onset"] <= day]:
        need = needs[int(row["client"]), int(row["need"])]
        need["since"] = max(need["since"], row["onset"])
        if row["end"] <= day:
            need["sent on"] |= row["organisation"] >= 0
            if row["start"] <= day:
                need["since"] = max(need["since"], row["end"])
        elif row["start"] <= day:
            need["now"].add("helped")
        else:
            need["now"].add("waiting" if row["seen"] <= day else "looking")
    of_person = defaultdict(lambda: defaultdict(list))
    for (client, _), need in needs.items():
        if "helped" in need["now"] or "waiting" in need["now"]:
            of_person[client]["helped" if "helped" in need["now"] else "waiting"].append(day - need["since"])
        elif "looking" in need["now"]:
            of_person[client]["wandering" if need["sent on"] else "unheard"].append(day - need["since"])
    people = lived.clients
    there = people[(people["arrival"] <= day) & ~(people["exit"] <= day)]
    shown = [next(s for s in reversed(STATES) if s in {*of_person[int(c)], "home"}) for c in there["client"]]
    without = [max(of_person[int(c)][s]) for c, s in zip(there["client"], shown, strict=True) if s in STATES[-2:]]
    return {state: shown.count(state) for state in STATES}, float(np.mean(without)) if without else 0.0


@pytest.fixture(scope="module")
def tab():
    """Open the page on two worlds, and two pictures of the same worlds that a test can drive."""
    with served() as port, browsing() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(f"http://127.0.0.1:{port}/#{LINK}")
        while not page.evaluate("globalThis.regieCounters?.opened > 0"):
            page.wait_for_timeout(50)
        page.evaluate(DRIVER, TWO)
        yield page
    assert not [text for text in told if "willReadFrequently" not in text]


@pytest.mark.slow
@needs_browser
class TestPicture:
    @pytest.mark.parametrize("side", [0, 1])
    def test_as_many_people_are_in_each_state_as_the_run_says(self, tab, side):
        lived = run("one-zone", seed=7, days=DAYS, regime=REGIMES[side])
        for day in (0, 1, 60, 200, 363):
            drawn = tab.evaluate("([side, day]) => hood.draw(side, day)", [side, day])
            counted = tab.evaluate("([side, day]) => hood.numbers(side, day)", [side, day])
            states, mean = states_on(lived, day)
            assert {state: drawn[state] for state in STATES} == states, day
            assert {state: counted[state] for state in STATES[1:]} == {state: states[state] for state in STATES[1:]}
            assert counted["mean"] == pytest.approx(mean), day
        assert tab.evaluate("side => hood.colours(side)", side) > 50

    def test_headline_table_picture_and_spoken_sentence_say_the_same_numbers(self, tab):
        lived = [run("one-zone", seed=7, days=DAYS, regime=regime) for regime in REGIMES]
        for day in (200, 201):
            if day > 200:
                tab.click("[data-step='1']")
            counted = [states_on(each, day) for each in lived]
            tab.wait_for_timeout(400)  # a sentence is spoken soon
            tab.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; }")
            heads = [[int(n) for n in re.findall(r"\d+", text)] for text in tab.locator(".count").all_inner_texts()]
            rows = [text.split("\t") for text in tab.locator(".key table tbody tr").all_inner_texts()]
            spoken = [int(n) for n in re.findall(r"\d+", tab.inner_text(".unseen[role=status]").split(".", 1)[1])]
            for side, (states, mean) in enumerate(counted):
                waiting, wandering, days = states["waiting"], states["wandering"], round(mean)
                assert heads[side] == [waiting + wandering, waiting, wandering, days], day
                told = [int(row[1 + side]) for row in rows[:5]]
                assert told == [waiting, wandering, days, states["unheard"], states["helped"]], day
                assert spoken[3 * side : 3 * side + 3] == [waiting + wandering, days, states["helped"]], day

    def test_a_day_looks_the_same_whether_played_or_jumped_to(self, tab):
        spots = "() => JSON.stringify(hood.spots(0, 120))"
        tab.evaluate("() => { for (let day = 100; day <= 120; day += 0.25) hood.draw(0, day); }")
        played = tab.evaluate(spots)
        tab.evaluate("() => { hood.draw(0, 300); hood.draw(0, 120); }")
        assert tab.evaluate(spots) == played

    def test_while_days_fly_past_nobody_leaps_and_who_stands_still_is_where_they_are(self, tab):
        strides = tab.evaluate(
            """async () => {
              hood.draw(0, 100);
              const strides = [];
              for (let day = 100; day < 300; day += 3) {
                const [x, y] = hood.people(0), here = hood.seen(0);
                await new Promise((done) => setTimeout(done, 10));
                hood.draw(0, day, true);
                const [nextX, nextY] = hood.people(0), still = hood.seen(0);
                const far = (i) => here[i] && still[i] ? Math.hypot(nextX[i] - x[i], nextY[i] - y[i]) : 0;
                strides.push(...x.map((_, i) => far(i)));
              }
              return strides;
            }"""
        )
        assert 0 < max(strides) <= 0.0012 * 100 * 680 + 1  # pixels: at most for a tenth of a second at once
        there = "() => { const [x, y] = hood.people(0); return hood.seen(0).map((here, i) => here && [x[i], y[i]]); }"
        tab.evaluate("() => hood.draw(0, 300)")
        walked = tab.evaluate(there)
        tab.evaluate("() => { hood.draw(0, 20); hood.draw(0, 300); }")
        assert walked == tab.evaluate(there)

    def test_what_is_under_the_pointer_is_said_and_a_touch_is_not_hindered(self, tab):
        tab.evaluate("() => scrollTo(0, 0)")
        box = tab.locator("canvas").first.bounding_box()
        tip = tab.locator(".tip").first
        seen = {}
        for part in np.linspace(0.05, 0.95, 40):
            tab.mouse.move(box["x"] + part * box["width"], box["y"] + 0.25 * box["height"])
            tab.wait_for_timeout(60)
            cursor = tab.evaluate("() => document.querySelector('canvas').style.cursor")
            seen.setdefault(cursor, []).append(tip.inner_text() if tip.is_visible() else "")
        assert all(seen["pointer"]) and not any(seen.get("default", []))
        assert any("worker" in text.lower() or "person" in text.lower() for text in seen["pointer"])
        tab.mouse.move(2, 2)
        assert tip.is_hidden()
        touch = "bubbles: true, pointerType: 'touch', clientX: 200, clientY: 300"
        tab.evaluate(
            f"() => document.querySelector('canvas').dispatchEvent(new PointerEvent('pointermove', {{{touch}}}))"
        )
        tab.wait_for_timeout(100)
        assert tip.is_hidden()

    def test_who_walks_along_everybody_by_keyboard_reads_the_same_words(self, tab):
        tab.locator("input[type=range]").first.focus()
        tab.keyboard.press("Shift+Tab")
        tab.locator("canvas").first.focus()
        tab.keyboard.press("ArrowRight")
        tip = tab.locator(".tip").first
        tab.wait_for_timeout(300)
        assert tip.is_visible() and tip.inner_text().lower().startswith("person")
        assert tip.inner_text().lower() == tab.inner_text(".unseen[role=status]").lower()
        tab.keyboard.press("Escape")
        assert tip.is_hidden()

    def test_titles_are_whole_however_narrow_the_houses(self, tab):
        cut = tab.evaluate(
            """async (titles) => {
              const { fitted } = await import("/titles.js");
              const measure = (text, size) => 0.58 * size * text.length;
              const letters = (text) => text.replaceAll(/[- ]/g, "");
              const written = (title) => fitted(title, (line) => (line ? 54 : 36), measure).lines.join("");
              return titles.filter((title) => letters(written(title)) !== letters(title));
            }""",
            [t for o in Scenario.load("one-zone").organisations for t in (o.title, o.title_nl)],
        )
        assert not cut

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
        for language, waits in (("en", "in the queue"), ("nl", "in de rij")):
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
