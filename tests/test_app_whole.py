"""The whole page in a real browser, served as a user serves it: every control, the link, and all that may go wrong."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from app_browser import COLOURS, Visit, browsing, columns, needs_browser, served, started

from sim.app import server
from sim.app.catalogue import catalogue
from sim.app.limits import say as limits_say
from sim.app.session import Session

pytestmark = [pytest.mark.slow, needs_browser]  # another Python would change nothing of it

WIDE, NARROW = 1440, 390
SHORT = {"s": "one-zone", "seed": "7", "days": "364", "a": "traditional", "b": "client-steering", "day": "200"}


def link_of(**parts):
    """Return a link to worlds of a year, or to others."""
    said = {"v": catalogue()["version"], **SHORT, **{name: str(value) for name, value in parts.items()}}
    return "&".join(f"{name}={value}" for name, value in said.items() if value)


def answered(visit, message):
    """Return what a session of its own answers about the worlds that a visitor looks at."""
    session = Session()
    assert session.handle({"ask": "open", "worlds": visit.worlds()}).content["is"] == "open"
    return session.handle(message)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with started(tmp_path_factory.mktemp("app")) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with browsing() as browser:
        yield browser


@pytest.fixture
def visit(browser, address):
    """Let somebody come, in a context of their own; in the end nobody heard of a mistake or asked a stranger."""
    made = []

    def came(link=None, *, width=WIDE, language="en", at=address, **more):
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, locale={"en": "en-GB", "nl": "nl-NL"}[language], **more)
        context.set_default_timeout(20_000)
        found = Visit(context, at, language)
        made.append(found)
        if link is not None:
            found.open(link)
        return found

    yield came
    for each in made:
        each.context.close()
    assert [each.told for each in made if each.told] == []
    assert [url for each in made for url in each.strangers()] == []


@pytest.fixture(scope="module")
def newcomer():
    """Return the number of somebody who came after day 0 and before day 150, of a world of a year."""
    worlds = {"seed": 7, "days": 364, "worlds": [{"regime": "traditional"}, {"regime": "client-steering"}]}
    people = columns(Session().handle({"ask": "open", "worlds": worlds}))
    came = (people["0.people", "arrival"] >= 0) & (people["0.people", "arrival"] < 100)
    row = came.nonzero()[0][0]
    return int(people["0.people", "low"][row]) + int(people["0.people", "high"][row]) * 2**32


# --- the example and what can be chosen --------------------------------------------------------------------------


def test_the_page_opens_on_an_example_in_which_the_worlds_differ(visit):
    came = visit("")
    assert came.page.title() == came.say("app title")
    assert came.day > 0 and came.notice.is_hidden()
    one, other = came.numbers[0::2], came.numbers[1::2]
    assert len(one) == len(other) > 5 and one != other
    assert came.linked(day=came.day, lang="en")["v"] == catalogue()["version"]


def test_the_language_can_be_switched_and_everything_else_stays(visit):
    came = visit(link_of())
    day, numbers = came.day, came.numbers
    for language in ("nl", "en"):
        came.speak(language)
        came.linked(lang=language, day=day)
        assert came.page.locator("html").get_attribute("lang") == language
        assert came.page.locator("h1").inner_text() == came.say("app title") == came.page.title()
        assert came.button("app play").is_visible()
        assert came.day == day
    assert came.numbers == numbers


def test_a_dutch_browser_gets_a_dutch_page(visit):
    came = visit("", language="nl")
    assert came.page.locator("h1").inner_text() == came.say("app title")
    came.linked(lang="nl")


def test_place_length_and_luck_can_be_chosen_and_the_example_comes_back(visit):
    example = visit("").linked(lang="en")
    came = visit(link_of(day=300))
    before = came.numbers
    with came.opening():
        came.field("app seed").fill("8")
        came.field("app seed").press("Enter")
    came.linked(seed=8, day=300)
    assert came.numbers != before
    with came.opening():
        came.field("app length").select_option("365")
    came.linked(days=365)
    with came.opening():
        came.field("app scenario").select_option("breda-2005")
    came.linked(s="breda-2005", seed=8, days=365, day=300)
    with came.opening():
        came.action("example").click()
    assert came.linked(**example) == example
    assert came.field("app length").input_value() == example["days"]


def test_a_length_that_ends_before_the_day_on_screen_moves_that_day(visit):
    came = visit(link_of(days=730, day=700))
    with came.opening():
        came.field("app length").select_option("365")
    came.linked(days=365, day=364)
    assert came.day == 364


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_seed_that_is_none_gets_a_sentence_and_the_old_one_stays(visit, language):
    came = visit(link_of(lang=language), language=language)
    opened, begin = came.opened, came.say("app bad seed", most="#").split("#")[0]
    for bad in ("-1", "1.5", "99999999999"):
        came.field("app seed").fill(bad)
        came.field("app seed").press("Enter")
        came.until(came.notice.is_visible)
        assert begin in came.notice.inner_text()
        assert came.field("app seed").input_value() == "7"
        came.button("app hide").click()
        assert came.notice.is_hidden()
    assert came.opened == opened
    for seed, hidden in (("-8", False), ("8", True)):  # a good one takes the sentence away
        came.field("app seed").fill(seed)
        came.field("app seed").press("Enter")
        came.until(lambda hidden=hidden: came.notice.is_hidden() == hidden)


@pytest.mark.parametrize("side", [0, 1])
def test_each_world_can_be_steered_in_another_way(visit, side):
    came = visit(link_of())
    before = came.numbers
    with came.opening():
        came.field("app regime").nth(side).select_option("pooled-list")
    came.linked(**{"ab"[side]: "pooled-list"})
    after = came.numbers
    assert after[side::2] != before[side::2] and after[1 - side :: 2] == before[1 - side :: 2]
    name = catalogue()["regimes"]["pooled-list"]["en"]
    assert name in came.page.get_by_role("heading", level=2).nth(side).inner_text()


# --- levers --------------------------------------------------------------------------------------------------------


def by_world(csv):
    """Return the rows of each world."""
    rows = [line.split(",") for line in csv.splitlines()[1:]]
    return [[row for row in rows if row[0] == number] for number in ("1", "2")]


def test_a_lever_from_the_start_changes_all_of_one_world_and_can_be_undone(visit):
    came = visit(link_of())
    before = by_world(came.csv())
    lever = came.lever("control", 0)
    assert float(lever.input_value()) > 0.5
    with came.opening():
        lever.fill("0.1")
    assert came.linked(ac="0:control:0.1")["day"] == "200"
    after = by_world(came.csv())
    assert after[1] == before[1] and after[0][:20] != before[0][:20]
    assert after == by_world(answered(came, {"ask": "data"}).content["csv"])
    undo = came.button("app undo")
    assert undo.count() == 1
    with came.opening():
        undo.click()
    came.until(lambda: "ac" not in came.link)
    assert by_world(came.csv()) == before and undo.count() == 0


def numbers(row):
    return [float(cell) for cell in row if re.fullmatch(r"nan|[-+.e\d]*\d", cell) and cell.count("-") < 2]


def test_a_lever_from_the_day_on_screen_leaves_the_past_and_changes_the_future(visit):
    came = visit(link_of(day=210))
    before = by_world(came.csv())
    came.page.get_by_role("radio", name=came.say("app from day")).check()
    with came.opening():
        came.lever("control", 1).fill("0.9")
    came.linked(bc="210:control:0.9")
    after = by_world(came.csv())
    assert after[0] == before[0]
    assert len(before[1]) == 52 and after[1] != before[1]
    for old, new in zip(before[1][:30], after[1][:30], strict=True):
        assert numbers(old) == pytest.approx(numbers(new), rel=1e-4, nan_ok=True)
    assert after[1][40:] != before[1][40:]
    came.slider.fill("209")
    came.until(lambda: came.lever("control", 1).input_value() != "0.9")
    came.slider.fill("210")
    came.until(lambda: came.lever("control", 1).input_value() == "0.9")


def test_a_lever_is_moved_by_keyboard_and_one_that_is_on_or_off_is_ticked(visit):
    came = visit(link_of())
    lever = came.lever("control", 1)
    before = float(lever.input_value())
    lever.focus()
    with came.opening():
        came.page.keyboard.press("ArrowRight")
    assert float(lever.input_value()) > before and "control" in came.until(lambda: came.link.get("bc"))
    before = float(lever.input_value())
    with came.opening():
        came.page.keyboard.press("ArrowRight")  # the hand is still on it
    assert float(lever.input_value()) > before
    came.button("app undo").focus()
    with came.opening():
        came.page.keyboard.press("Enter")
    assert came.page.evaluate("document.activeElement !== document.body")
    with came.opening():
        came.lever("pooled_list", 0).check()
    came.linked(ac="0:pooled_list:1")


def test_a_lever_follows_the_pointer_as_long_as_it_is_held(visit):
    came = visit(link_of())
    lever, mouse = came.lever("control", 0), came.page.mouse
    lever.scroll_into_view_if_needed()
    box = lever.bounding_box()
    mouse.move(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    mouse.down()
    for part in (0.7, 0.5, 0.3, 0.1):
        with came.opening():
            mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
    mouse.up()
    assert float(lever.input_value()) < 0.2
    came.linked(ac=f"0:control:{float(lever.input_value()):g}")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_levers_can_be_searched(visit, language):
    came = visit(link_of(lang=language), language=language)
    search, shown = came.field("app search levers"), came.page.locator("[data-lever]:visible")
    levers = catalogue()["levers"]
    search.fill(levers["co_location"][language].upper())
    came.until(lambda: [each.get_attribute("data-lever") for each in shown.all()] == ["co_location"])
    search.fill("no lever is called so")
    came.until(lambda: shown.count() == 0)
    assert came.page.get_by_text(came.say("app no lever found")).is_visible()
    search.fill("")
    came.until(lambda: shown.count() > 1)


# --- time ----------------------------------------------------------------------------------------------------------


def test_it_plays_pauses_and_goes_a_day_or_a_week_on_and_back(visit):
    came = visit(link_of(day=100))
    for step in (7, 1, -1, -7):
        day, when = came.day, came.slider.get_attribute("aria-valuetext")
        came.page.locator(f"[data-step='{step}']").click()
        came.linked(day=day + step)
        assert came.day == day + step and came.slider.get_attribute("aria-valuetext") != when
    came.field("app speed").select_option("28")
    came.button("app play").click()
    came.until(lambda: came.day > 105)
    came.button("app pause").click()
    stood = came.day
    came.linked(day=stood)
    assert came.button("app play").is_visible() and came.day == stood


def test_it_plays_faster_at_a_greater_speed(visit):
    came = visit(link_of(day=0))
    passed = []
    for speed in ("3", "84"):
        came.slider.fill("0")
        came.field("app speed").select_option(speed)
        came.button("app play").click()
        came.page.wait_for_timeout(600)
        came.button("app pause").click()
        passed.append(came.day)
    assert passed[1] > 4 * passed[0]


def test_it_stops_at_the_end_and_plays_again_from_the_start(visit):
    came = visit(link_of(day=360))
    came.field("app speed").select_option("28")
    came.button("app play").click()
    came.until(lambda: came.day == 363 and came.button("app play").is_visible())
    came.linked(day=363)
    came.button("app play").click()
    came.until(lambda: came.day < 300)
    came.button("app pause").click()


def test_any_day_is_reached_by_the_slider_and_looks_as_it_did(visit):
    came = visit(link_of(day=100))
    numbers = came.numbers
    at_rest(came)
    came.page.evaluate("globalThis.before = still")
    came.slider.fill("300")
    came.linked(day=300)
    assert came.numbers != numbers and at_rest(came) > 1000
    came.slider.focus()
    came.page.keyboard.press("Home")
    came.linked(day=0)
    came.slider.fill("100")
    came.linked(day=100)
    assert came.numbers == numbers
    assert at_rest(came) == 0


CHANGED = """(canvas) => {
  const context = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height), { before, still } = globalThis;
  globalThis.still = data;
  const differs = (than) => data.filter((value, i) => Math.abs(value - than[i]) > 8).length;
  const other = (than) => (than?.length === data.length ? differs(than) : -1);
  return { sinceThen: other(before), justNow: other(still) };
}"""  # the edge of a line is a little different where others were drawn before it


def at_rest(came):
    """Wait until nothing forms or fades in a picture any more; return how much it differs from when it was kept."""
    found = came.until(lambda: (now := came.picture(0).evaluate(CHANGED))["justNow"] == 0 and now)
    came.page.wait_for_timeout(600)
    found = came.until(lambda: (now := came.picture(0).evaluate(CHANGED))["justNow"] == 0 and now)
    return found["sinceThen"]


def test_a_click_on_a_chart_goes_to_that_day(visit):
    came = visit(link_of(day=10))
    for at in range(came.charts().count()):
        chart = came.charts().nth(at)
        box = chart.bounding_box()
        chart.click(position={"x": box["width"] * (0.3 + 0.05 * at), "y": box["height"] / 2})
        week = int(chart.get_attribute("aria-valuenow"))
        assert 0 < week < 52
        came.linked(day=7 * week)
        assert came.day == 7 * week
    chart.focus()
    came.page.keyboard.press("ArrowRight")
    came.page.keyboard.press("Enter")
    came.linked(day=7 * week + 7)


# --- choosing somebody ---------------------------------------------------------------------------------------------


VALUES = "(all) => all.map((each) => each.value)"


def test_somebody_is_chosen_from_the_list(visit):
    came = visit(link_of())
    choice, regime = came.field("app someone").nth(1), came.field("app regime").nth(0)
    for kind in ("person", "worker", "manager", "board"):
        before = came.panel.inner_text()
        choice.focus()
        first = came.until(lambda kind=kind: choice.locator(f"option[value^={kind}]").evaluate_all(VALUES))[0]
        choice.select_option(first)
        came.until(lambda kind=kind: came.link.get("sel", "").startswith(f"{kind}:"))
        came.until(lambda before=before: came.panel.inner_text() != before)
    regime.focus()
    with came.opening():
        regime.select_option("pooled-list")  # in other worlds others are there to be chosen
    choice.focus()
    came.until(lambda: choice.locator("option[value^=person]").count())


def test_somebody_is_chosen_in_the_picture_by_pointer_and_by_keyboard(visit):
    came = visit(link_of())
    picture, close_by = came.picture(0), came.page.locator(".near button")
    box = picture.bounding_box()
    for k in range(60):
        picture.click(position={"x": box["width"] * (0.05 + 0.015 * k), "y": box["height"] * 0.5})
        if close_by.count() > 1:  # several stand there: the nearest is chosen, and each of them can be
            break
    chosen = came.until(lambda: came.link.get("sel"))
    close_by.last.click()
    came.until(lambda: came.link.get("sel") not in (None, chosen))
    heard = came.until(came.live.inner_text)
    picture.focus()
    came.page.keyboard.press("Escape")
    came.until(lambda: "sel" not in came.link)
    found = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowLeft"):
        before = came.link.get("sel")
        came.page.keyboard.press(key)
        found.add(came.until(lambda before=before: came.link.get("sel") not in (None, before) and came.link["sel"]))
    assert len(found) >= 4 and {each.split(":")[0] for each in found} >= {"person", "worker"}
    came.until(lambda: came.live.inner_text() != heard)


def test_details_open_and_hold_tables(visit, newcomer):
    came = visit(link_of(sel=f"person:{newcomer}"))
    came.until(lambda: came.panel.locator("h3").count())
    for key in ("app now table", "app charts tables"):
        came.page.locator(f"summary[data-say='{key}']").click()
        tables = came.page.locator(f"[data-label='{key}'] table")
        came.until(lambda tables=tables: tables.count() > 0)
        assert tables.first.locator("caption").inner_text() and tables.first.locator("th[scope=row]").count() > 3
    assert tables.count() == came.charts().count()
    why = came.panel.get_by_role("button")
    assert why.count() > 0
    before = came.panel.inner_text()
    why.first.click()
    came.until(lambda: came.panel.inner_text() != before and came.say("app looking") not in came.panel.inner_text())


# --- what can be taken along ---------------------------------------------------------------------------------------


def test_the_numbers_can_be_taken_along_in_the_form_of_the_language(visit):
    came = visit(link_of(lang="nl"), language="nl")
    with came.page.expect_download() as coming:
        came.action("data").click()
    assert re.fullmatch(r"regie-[\w-]+-seed-7\.csv", coming.value.suggested_filename)
    assert came.csv() == answered(came, {"ask": "data", "form": "nl"}).content["csv"]


def test_the_picture_can_be_taken_along(visit):
    came = visit(link_of())
    with came.page.expect_download() as coming:
        came.action("picture").click()
    assert re.fullmatch(r"regie-[\w-]+-seed-7\.png", coming.value.suggested_filename)
    png = Path(coming.value.path()).read_bytes()
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert png.startswith(b"\x89PNG") and width > 1000 and height > 500 and len(png) > 50_000


def test_the_link_is_copied_or_selected_to_be_copied_by_hand(visit):
    came = visit(link_of(), permissions=["clipboard-read", "clipboard-write"])
    came.slider.fill("123")
    came.action("copy").click()
    came.until(came.notice.is_visible)
    assert came.say("app copied") in came.notice.inner_text()
    came.linked(day=123)
    assert came.page.evaluate("navigator.clipboard.readText()") == came.page.url
    refused = visit()
    refused.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    refused.open(link_of())
    refused.action("copy").click()
    refused.until(refused.notice.is_visible)
    assert refused.say("app copy by hand") in refused.notice.inner_text()
    shown = refused.page.locator("[data-label='app link here']")
    refused.linked(lang="en")
    assert shown.input_value() == refused.page.url
    assert refused.page.evaluate("getSelection().toString()") == refused.page.url


# --- the link ------------------------------------------------------------------------------------------------------


def test_a_link_opens_the_same_worlds_on_the_same_day_elsewhere(visit, newcomer):
    came = visit(link_of(sel=f"person:{newcomer}"))
    with came.opening():
        came.field("app regime").nth(1).select_option("room-only")
    with came.opening():
        came.lever("control", 0).fill("0.3")
    came.page.get_by_role("radio", name=came.say("app from day")).check()
    with came.opening():
        came.lever("control", 1).fill("0.4")
    came.speak("nl")
    came.slider.fill("250")
    said = came.linked(day=250, lang="nl", ac="0:control:0.3", bc="200:control:0.4", sel=f"person:{newcomer}")
    other = visit(came.page.url.split("#")[1], language="en")
    other.language = "nl"
    assert other.page.locator("h1").inner_text() == other.say("app title")
    assert other.day == 250 and other.numbers == came.numbers and other.csv() == came.csv()
    other.until(lambda: other.panel.inner_text() == came.panel.inner_text())
    assert other.linked(day=250) == said
    assert other.lever("control", 0).input_value() == "0.3"
    assert other.notice.is_hidden()


def test_a_link_of_another_version_says_so_and_opens(visit):
    came = visit(link_of(v="0.0.1", day=150))
    came.until(came.notice.is_visible)
    expected = came.say("app other version", version="0.0.1", here=catalogue()["version"])
    assert expected in came.notice.inner_text()
    assert came.day == 150 and came.linked(v=catalogue()["version"])["days"] == "364"


HOSTILE = (
    "nonsense",
    "%E0%A4%A",
    link_of(days="999999999"),
    link_of(day=364),
    link_of(s="../../etc/passwd"),
    link_of(s="__proto__"),
    link_of(ac="0:control:7"),
    link_of(ac="0:zones:500"),
    link_of(ac=",".join(["0:control:0.5"] * 201)),
    link_of(sel="person:<img src=x onerror=alert(1)>"),
    "v=<script>alert(1)</script>",
    "a" * 100_000,
)


def test_a_broken_or_hostile_link_gives_the_example_and_a_sentence(visit):
    came = visit(HOSTILE[0])
    came.page.on("dialog", lambda dialog: came.told.append(dialog.message))
    example = came.linked(s="one-zone")
    for link in HOSTILE:
        came.until(came.notice.is_visible)
        assert came.say("app broken link") in came.notice.inner_text(), link[:80]
        came.button("app hide").click()
        with came.opening():
            came.follow(link)
    assert came.linked(**example) == example
    assert not came.page.locator("main img, main script").count()


def test_who_is_not_there_gets_a_sentence(visit):
    came = visit(link_of(sel="worker:99999"))
    for chosen in ("person:999999999", "manager:99999", "board:9007199254740991"):
        came.until(lambda: came.say("app nobody selected") not in came.panel.inner_text())
        assert len(came.panel.locator("p").first.inner_text()) > 10 and came.notice.is_hidden()
        with came.opening():
            came.follow(link_of(sel=chosen))


# --- more than one -------------------------------------------------------------------------------------------------


def test_two_visitors_at_once_do_not_touch_each_other(visit):
    one, other = visit(link_of()), visit(link_of())
    first, second = one.lever("control", 0), other.lever("control", 0)
    with one.opening(), other.opening():
        first.fill("0.1")
        second.fill("0.6")
    assert one.linked(ac="0:control:0.1").items() ^ other.linked(ac="0:control:0.6").items() == {
        ("ac", "0:control:0.1"),
        ("ac", "0:control:0.6"),
    }
    for each in (one, other):
        assert each.csv() == answered(each, {"ask": "data"}).content["csv"]
    assert one.csv() != other.csv() and one.numbers[1::2] == other.numbers[1::2]


# --- how it moves --------------------------------------------------------------------------------------------------


def test_it_counts_how_smooth_and_how_quick_it_is(visit):
    came = visit(link_of(day=0, days=1095))
    lever = came.lever("control", 0)
    for value in ("0.2", "0.3", "0.4"):
        with came.opening():
            lever.fill(value)
    before = came.counters
    assert before["opened"] >= 4 and len(before["latencies"]) >= 3
    came.field("app speed").select_option("28")
    came.button("app play").click()
    came.until(lambda: came.day > 20)
    playing = came.counters
    came.button("app pause").click()
    assert playing["frames"] > before["frames"] and playing["framesASecond"] > 0
    assert sorted(playing["latencies"])[(len(playing["latencies"]) - 1) // 2] == playing["median"] > 0
    shown = came.page.locator(".counters").inner_text()
    said = [int(number) for number in re.findall(r"\d+", shown.replace(",", ""))]
    assert said[-1] == pytest.approx(playing["median"], abs=1) and "–" not in shown
    print(f"\n{playing['framesASecond']:.0f} frames a second; lever to picture {playing['median']:.0f} ms (median)")


def test_who_wants_no_movement_can_play_and_nothing_moves_at_rest(visit):
    came = visit(reduced_motion="reduce")
    came.page.add_init_script("""{
      const request = requestAnimationFrame;
      globalThis.framesAsked = 0;
      globalThis.requestAnimationFrame = (draw) => { framesAsked++; return request(draw); };
    }""")
    came.open(link_of(days=28, day=3))
    came.button("app play").click()
    came.until(lambda: came.day > 5)
    came.button("app pause").click()
    asked = []

    def at_rest():
        asked.append(came.page.evaluate("[framesAsked, regieCounters.frames]"))
        came.page.wait_for_timeout(250)
        return len(asked) > 5 and asked[-5:] == asked[-1:] * 5

    came.until(at_rest)
    assert asked[-1][0] > 5


def test_what_there_is_to_see_is_said_when_it_stands_still(visit):
    came = visit(link_of(day=100))
    heard = came.until(came.live.inner_text)
    assert "100" in heard
    came.slider.fill("150")
    assert "150" in came.until(lambda: came.live.inner_text() != heard and came.live.inner_text())
    came.button("app play").click()
    came.until(lambda: came.day > 160)
    assert "150" in came.live.inner_text()
    came.button("app pause").click()
    came.until(lambda: str(came.day) in came.live.inner_text())
    with came.opening():
        heard = came.live.inner_text()
        came.lever("control", 0).fill("0")
    came.until(lambda: came.live.inner_text() != heard)


# --- how it looks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_picture_is_empty(visit, width):
    came = visit(link_of(), width=width)
    pictures, charts = came.page.get_by_role("application"), came.charts()
    assert pictures.count() == 2 and charts.count() >= 7
    for canvas in (*pictures.all(), *charts.all()):
        came.until(lambda canvas=canvas: canvas.evaluate(COLOURS) > 15)
    before = came.picture(0).screenshot()
    came.slider.fill("20")
    came.linked(day=20)
    after = came.picture(0).screenshot()
    assert before != after and min(len(before), len(after)) > 10_000


TOO_WIDE = """() => [...document.querySelectorAll("main *")].filter((each) => {
  const { right, left, width } = each.getBoundingClientRect();
  return width > 2 && (right > innerWidth + 1 || left < -1) && !each.closest(".scroll") && each.checkVisibility();
}).map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`)"""


def all_open(came):
    """Open all that can be opened."""
    for summary in came.page.locator("details:not([open]) > summary").all()[::-1]:
        summary.click()


@pytest.mark.parametrize(("width", "language"), [(WIDE, "en"), (NARROW, "nl")])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing_serious(visit, newcomer, width, language):
    from axe_playwright_python.sync_playwright import Axe

    came = visit(link_of(lang=language, ac="0:control:0.3"), width=width, language=language)
    for chosen in ("board:1", f"person:{newcomer}"):
        with came.opening():
            came.follow(link_of(lang=language, sel=chosen, bc="9:control:0.3"))
        came.until(lambda: came.panel.locator("h3").count())
        if chosen.startswith("person"):
            all_open(came)
            came.panel.get_by_role("button").first.click()
        came.page.wait_for_timeout(200)
        assert serious(Axe().run(came.page)) == []
        assert came.page.evaluate("document.documentElement.scrollWidth") <= width
        assert came.page.evaluate(TOO_WIDE) == []


def serious(results):
    assert len(results.response["passes"]) > 10  # it looked
    return [
        (each["id"], node["html"][:200])
        for each in results.response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


FOCUSABLE = """() => [...document.querySelectorAll("button, select, input, summary, [tabindex='0']")]
  .filter((each) => each.checkVisibility() && !each.disabled && !(each.type === "radio" && !each.checked))
  .map((each, i) => { each.dataset.tab = i; return i; })"""
FOCUSED = """() => {
  const each = document.activeElement, { x, y, width, height } = each.getBoundingClientRect();
  const on = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
  const seen = getComputedStyle(each);
  return {
    tab: Number(each.dataset.tab ?? -1), what: each.outerHTML.slice(0, 120),
    marked: seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) >= 2,
    covered: !on || !(on.contains(each) || each.contains(on) || each.closest("label")?.contains(on)),
  };
}"""


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_by_keyboard_alone_all_is_reached_in_order_and_seen(visit, newcomer, width):
    came = visit(link_of(sel=f"person:{newcomer}", ac="0:control:0.3"), width=width)
    came.until(lambda: came.panel.locator("h3").count())
    all_there = came.page.evaluate(FOCUSABLE)
    found = []
    for _ in all_there:
        came.page.keyboard.press("Tab")
        found.append(came.page.evaluate(FOCUSED))
    assert [each["tab"] for each in found] == all_there, [each["what"] for each in found if each["tab"] < 0]
    assert [each["what"] for each in found if not each["marked"]] == []
    assert [each["what"] for each in found if each["covered"]] == []


# --- both languages ------------------------------------------------------------------------------------------------

SAID = """() => {
  const found = [], skipped = "script, style, noscript, [lang]:not(html)";
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(skipped)) found.push(walk.currentNode.data);
  for (const name of ["aria-label", "aria-valuetext", "title", "alt", "placeholder", "label"]) {
    for (const each of document.querySelectorAll(`[${name}]`)) found.push(each.getAttribute(name));
  }
  return [...new Set(found.map((text) => text.trim()).filter(Boolean))];
}"""
OF_ENGLISH = re.compile(r"\b(the|and|with|from|which|are|they|this|was at|day \d)\b", re.IGNORECASE)
OF_DUTCH = re.compile(r"\b(het|een|en|van|voor|niet|wordt|naar|bij|zijn|dag \d)\b", re.IGNORECASE)
KEY = re.compile(
    r"(app|staff|why|road|tip) [a-z ]+|(chart|hood|legend)[-_][\w-]+|.*\{\w*\}.*|.*\b(undefined|NaN|null)\b.*"
)


def in_the_other(language):
    """Return patterns of all texts that are otherwise in this language."""
    other = {"en": "nl", "nl": "en"}[language]
    pairs = [*server.words().values(), *found_pairs(catalogue())]
    wholly = {each[other] for each in pairs} - {each[language] for each in pairs}
    mine = {shape(each[language]) for each in pairs}
    return [re.compile(each) for each in {shape(text) for text in wholly} - mine]


def shape(text):
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", text)]
    return "(.+)".join(parts) if max(map(len, parts)) > 3 else re.escape(text)


def found_pairs(tree):
    if isinstance(tree, dict):
        if isinstance(tree.get("en"), str):
            yield {"en": tree["en"], "nl": tree["nl"]}
        for each in tree.values():
            yield from found_pairs(each)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_all_of_the_page_is_in_its_language(visit, newcomer, language):
    first = {"en": "nl", "nl": "en"}[language]
    came = visit(link_of(sel=f"person:{newcomer}", lang=first, ac="0:control:0.3"), language=first)
    came.until(lambda: came.panel.locator("h3").count())
    heading = came.panel.locator("h3").inner_text()
    came.speak(language)
    came.until(lambda: came.panel.locator("h3").count() and came.panel.locator("h3").inner_text() != heading)
    all_open(came)
    for side in (0, 1):
        came.field("app someone").nth(side).focus()
    came.until(lambda: came.field("app someone").nth(1).locator("option").count() > 1)
    why = came.panel.get_by_role("button").first
    why.click()
    came.until(lambda: came.say("app looking") not in came.panel.inner_text())
    said = came.page.evaluate(SAID)
    for chosen in ("worker:0", "manager:0", "board:0"):
        came.field("app someone").nth(0).select_option(chosen)
        came.linked(sel=chosen)
        came.page.wait_for_timeout(200)
        said += came.page.evaluate(SAID)
    assert len(said) > 200
    foreign = {"en": OF_DUTCH, "nl": OF_ENGLISH}[language]
    patterns = in_the_other(language)
    assert [text for text in said if KEY.fullmatch(text)] == []
    assert [text for text in said if foreign.search(text)] == []
    assert [text for text in said if any(pattern.fullmatch(text) for pattern in patterns)] == []


# --- what may go wrong -----------------------------------------------------------------------------------------------


def test_the_policy_is_sent_and_kept(visit):
    came = visit()
    answer = came.open(link_of())
    for name, value in server.HEADERS.items():
        assert answer.headers[name] == value
    came.page.evaluate("""() => {
      const script = document.createElement("script"), button = document.createElement("button");
      script.textContent = "globalThis.injected = 1";
      button.setAttribute("onclick", "globalThis.injected = 2");
      document.body.append(script, button);
      button.click();
      const elsewhere = new Image();
      elsewhere.src = "http://127.0.0.1:9/nothing.png";
    }""")
    came.until(lambda: len(came.told) >= 3)
    assert came.page.evaluate("globalThis.injected ?? null") is None
    assert all("Content Security Policy" in each for each in came.told)
    came.told.clear()
    came.asked = [url for url in came.asked if ":9/" not in url]


def test_a_lost_connection_is_said_and_after_it_the_same_worlds_go_on(visit):
    with ExitStack() as running:
        port = running.enter_context(served())
        came = visit(link_of(ac="0:control:0.2", day=123), at=f"http://127.0.0.1:{port}/")
        numbers = came.numbers
        running.close()
        came.until(came.notice.is_visible)
        again = came.button("app again")
        assert came.say("app lost") in came.notice.inner_text() and again.is_visible()
        again.click()  # nobody is there yet
        came.page.wait_for_timeout(300)
        came.until(again.is_visible)
        came.button("app play").click()  # what is there can still be looked at
        came.until(lambda: came.day > 123)
        came.button("app pause").click()
        came.slider.fill("123")
        with served(port), came.opening():
            again.click()
            came.until(came.notice.is_hidden)
        came.until(lambda: came.numbers == numbers and came.day == 123)
    assert came.link["ac"] == "0:control:0.2"
    assert all("ERR_CONNECTION_REFUSED" in each for each in came.told)
    came.told.clear()


def test_who_leaves_the_page_open_for_long_is_told_and_can_go_on(visit):
    with served(idle=4.0) as port:
        came = visit(link_of(days=28, day=9, lang="nl"), language="nl", at=f"http://127.0.0.1:{port}/")
        came.until(came.notice.is_visible)
        assert limits_say("idle").nl in came.notice.inner_text()
        with came.opening():
            came.lever("control", 0).fill("0.2")
        came.until(came.notice.is_hidden)
        assert came.day == 9


def test_who_finds_all_places_taken_is_told_and_gets_the_first_that_is_free(visit):
    with served(sessions=1) as port:
        first = visit(link_of(days=28, day=9), at=f"http://127.0.0.1:{port}/")
        late = visit(at=f"http://127.0.0.1:{port}/")
        late.page.goto(late.address)
        late.until(late.notice.is_visible)
        assert limits_say("full").en in late.notice.inner_text()
        first.page.close()
        again = late.button("app again")
        late.until(lambda: late.opened or (again.is_visible() and again.click()))
        late.until(late.notice.is_hidden)
