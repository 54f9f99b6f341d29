"""The page in a real browser: drawn, whole in both languages, chosen from, printed, and usable by everyone."""

import importlib.util
import re
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from made_up import SHIFTS, comparison

from sim.report.page import write_report
from sim.report.words import LANGUAGES, TEXTS, words
from sim.study.provenance import regie_version

CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/google-chrome")) if p.exists()), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PAPER = {"width": 688, "height": 1005}  # of A4, within its margins, at 96 pixels an inch
MOST_SHEETS = 16
REGIMES = Path(__file__).parents[1] / "scenarios" / "regimes"
SMALLEST_TEXT = 14  # pixels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None or importlib.util.find_spec("playwright") is None,
        reason="needs chromium and playwright: pip install playwright, and a chromium in /usr/bin",
    ),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_report(comparison(), path, "nl")
    return path


@pytest.fixture(scope="module")
def short_report(tmp_path_factory):
    """A page with two rivals: all kinds of parts, none of them often."""
    path = tmp_path_factory.mktemp("short") / "report.html"
    write_report(comparison(regimes=("traditional", "pooled-list", "more-staff")), path, "nl")
    return path


@pytest.fixture(scope="module")
def long_report(tmp_path_factory):
    """A page with all regimes, as a comparison without further wishes makes it."""
    regimes = ("traditional", *sorted({path.stem for path in REGIMES.glob("*.toml")} - {"traditional"}))
    path = tmp_path_factory.mktemp("long") / "report.html"
    write_report(comparison(regimes=regimes, pairs=4), path, "en")
    return path


@contextmanager
def opened(browser, path, viewport, place="", **context):
    """Open the page; at the end nothing was said on the console, and nothing was asked from elsewhere."""
    told, asked = [], []
    tab = browser.new_page(viewport=viewport, **context)
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))

    def refused(route):
        asked.append(route.request.url)
        route.abort()

    tab.route(lambda url: not url.startswith(path.as_uri()), refused)
    tab.goto(path.as_uri() + place)
    tab.wait_for_selector("html[data-drawn]")
    try:
        yield tab
        assert not told
        assert not asked
    finally:
        tab.close()


def drawn(tab, language, regime):
    """Wait until the figures of this language and regime are drawn."""
    tab.wait_for_selector(f'html[data-drawn="{language} {regime}"]')


def chosen(tab):
    """Return the regimes of which anything is shown."""
    shown = "[...document.querySelectorAll('article:not([hidden]) .view[data-regime]:not([hidden])')]"
    return set(tab.evaluate(f"{shown}.map(view => view.dataset.regime)"))


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_drawn_and_nothing_sticks_out(browser, report, viewport, language):
    with opened(browser, report, viewport, f"#lang={language}") as tab:
        drawn(tab, language, "pooled-list")
        plots = """[...document.querySelectorAll('article:not([hidden]) .plot')].filter(p => !p.closest('[hidden]'))"""
        keys = tab.evaluate(f"{plots}.map(p => p.dataset.key)")
        assert {"difference-wait_mean", "over-time.pooled-list", "hours.pooled-list"} <= set(keys)
        drawing, low = "svg :is(.point, .js-fill, .sankey-link)", "p.getBoundingClientRect().height < 60"
        empty = f"{plots}.filter(p => !p.querySelector('{drawing}') || {low})"
        assert tab.evaluate(f"{empty}.map(p => p.dataset.key)") == []
        assert tab.evaluate("document.documentElement.scrollWidth") == viewport["width"]
        assert tab.evaluate("document.documentElement.lang") == language


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_text_is_too_small_to_read(browser, report, viewport):
    small = """smallest => [...document.querySelectorAll('article:not([hidden]) *')]
      .filter(e => e.checkVisibility() && !e.closest('.unseen'))
      .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
      .filter(e => parseFloat(getComputedStyle(e).fontSize) < smallest)
      .map(e => e.tagName + ': ' + e.textContent.trim().slice(0, 40))"""
    with opened(browser, report, viewport) as tab:
        tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert tab.evaluate(small, SMALLEST_TEXT) == []


def test_both_languages_are_whole(browser, report):
    with opened(browser, report, WIDE) as tab:
        for language in LANGUAGES:
            tab.click(f"[data-switch={language}]")
            drawn(tab, language, "pooled-list")
            text = tab.inner_text("article:not([hidden])")
            assert tab.title() in text
            assert tab.evaluate("document.documentElement.lang") == language
            for key in ("no forecast", "how sure q", "costs q", "loses q", "glossary", "differences read"):
                assert words(language)(key, baseline=_baseline(language)) in text
            for key, texts in TEXTS.items():
                other = texts[1 - LANGUAGES.index(language)]
                whole = len(other) > 40 and "{" not in other and texts[0] != texts[1]
                assert not (whole and other in text), key
            assert not re.search(r"[{}]|undefined|NaN|\bnan\b|None", text)


def _baseline(language):
    return {"nl": "Traditionele besturing", "en": "Traditional control"}[language]


def test_the_first_screen_answers(browser, long_report):
    """Who waits less, by how much, how sure, who loses and what it costs: without scrolling."""
    with opened(browser, long_report, WIDE, "#lang=en&regime=pooled-list") as tab:
        drawn(tab, "en", "pooled-list")
        for said in ("People wait", "How sure is that?", "What does it cost?", "Who loses?"):
            box = tab.locator("article:not([hidden]) .view:not([hidden])").get_by_text(said).first.bounding_box()
            assert box["y"] + box["height"] <= WIDE["height"], said
        table = tab.locator("article:not([hidden]) .glance table").bounding_box()
        assert table["y"] + table["height"] <= WIDE["height"]


# --- choosing ------------------------------------------------------------------------------------------


def test_the_chosen_way_is_shown_everywhere_and_kept(browser, report):
    with opened(browser, report, WIDE) as tab:
        assert chosen(tab) == {"pooled-list"}
        tab.select_option("#nl-regime", "more-staff")
        drawn(tab, "nl", "more-staff")
        assert chosen(tab) == {"more-staff"}
        assert "Meer personeel" in tab.inner_text("#announced")
        assert tab.get_attribute("#announced", "aria-live") == "polite"
        assert "regime=more-staff" in tab.url
        tab.click("[data-switch=en]")
        drawn(tab, "en", "more-staff")
        assert chosen(tab) == {"more-staff"}
        assert tab.input_value("#en-regime") == "more-staff"
        assert tab.locator("article:not([hidden]) tr.chosen").inner_text().startswith("More staff")
        tab.reload()
        drawn(tab, "en", "more-staff")
        assert chosen(tab) == {"more-staff"}


def test_an_address_says_what_is_shown_and_a_row_chooses(browser, report):
    with opened(browser, report, WIDE, "#regime=one-management&lang=en&at=en-handoffs") as tab:
        drawn(tab, "en", "one-management")
        assert chosen(tab) == {"one-management"}
        assert 0 <= tab.locator("#en-handoffs").bounding_box()["y"] < WIDE["height"] / 2
        tab.locator("article:not([hidden]) [data-choose=more-staff]").click()
        drawn(tab, "en", "more-staff")
        assert chosen(tab) == {"more-staff"}
        tab.evaluate("location.hash = '#regime=pooled-list&lang=nl'")
        drawn(tab, "nl", "pooled-list")
        assert chosen(tab) == {"pooled-list"}
        tab.evaluate("location.hash = '#regime=no-such-way'")
        assert chosen(tab) == {"pooled-list"}


def test_a_term_leads_to_its_meaning_and_back(browser, report):
    with opened(browser, report, WIDE, "#regime=more-staff&lang=en") as tab:
        drawn(tab, "en", "more-staff")
        tab.locator("article:not([hidden]) a.term").first.click()
        assert tab.evaluate("document.activeElement.id").startswith("en-term-")
        tab.go_back()
        assert chosen(tab) == {"more-staff"}
        assert "at=" not in tab.url


def test_the_chosen_way_stands_out_in_the_figure_of_all(browser, report):
    seen = """name => document.querySelector('article:not([hidden]) [data-key="difference-wait_mean"]')
      .data.filter(t => t.meta === name).map(t => t.opacity)"""
    with opened(browser, report, WIDE, "#regime=more-staff") as tab:
        drawn(tab, "nl", "more-staff")
        assert set(tab.evaluate(seen, "more-staff")) == {1}
        assert max(tab.evaluate(seen, "pooled-list")) < 0.5


def test_without_javascript_the_first_rival_is_there(browser, report):
    tab = browser.new_page(viewport=WIDE, java_script_enabled=False)
    tab.goto(report.as_uri())
    text = tab.inner_text("main")
    tab.close()
    assert "Mensen wachten" in text
    assert words("nl")("no script") in text
    assert "People wait" not in text


def test_the_keyboard_reaches_every_control(browser, report):
    wanted = """[...document.querySelectorAll('a[href], button, select, input, summary')]
      .filter(e => e.checkVisibility() && !e.closest('.modebar')).length"""
    with opened(browser, report, WIDE) as tab:
        count = tab.evaluate(wanted)
        reached = set()
        for _ in range(count + 100):
            tab.keyboard.press("Tab")
            where = tab.evaluate("""() => { const e = document.activeElement;
              return e.matches('a[href], button, select, input, summary') && !e.closest('.modebar')
                ? [...document.querySelectorAll('*')].indexOf(e) : -1; }""")
            reached.add(where)
        assert len(reached - {-1}) == count
        tab.focus("#nl-regime")
        tab.keyboard.press("ArrowDown")
        drawn(tab, "nl", list(SHIFTS)[1])
        assert chosen(tab) == {list(SHIFTS)[1]}


# --- tables --------------------------------------------------------------------------------------------


def test_a_table_that_is_cut_off_says_so_and_keeps_its_first_column(browser, report):
    with opened(browser, report, NARROW) as tab:
        glance = tab.locator("article:not([hidden]) .glance")
        assert glance.locator(".hint").is_visible()
        scroll = glance.locator(".scroll")
        scroll.evaluate("e => { e.scrollLeft = e.scrollWidth; }")
        name = glance.locator("tbody th").first.bounding_box()
        assert name["x"] == pytest.approx(scroll.bounding_box()["x"], abs=1)
        assert scroll.get_attribute("tabindex") == "0"


def test_all_results_can_be_searched(browser, report):
    with opened(browser, report, WIDE, "#lang=en") as tab:
        drawn(tab, "en", "pooled-list")
        part = tab.locator("article:not([hidden]) .view:not([hidden])").filter(has=tab.locator("[data-search]"))
        part.locator("summary").click()
        rows = part.locator("tbody tr:not(.group):visible")
        whole = rows.count()
        part.locator("[data-search]").fill("crisis")
        found = [text for text in rows.locator("th").all_inner_texts() if "crisis" in text.lower()]
        assert 1 < rows.count() == len(found) < whole
        assert f"{len(found)} rows found" in part.locator(".found").inner_text()
        part.locator("[data-search]").fill("")
        assert rows.count() == whole > 50


# --- on paper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_on_few_sheets_of_a4(browser, long_report, language):
    with opened(browser, long_report, WIDE, f"#lang={language}&regime=client-steering") as tab:
        drawn(tab, language, "client-steering")
        printed = tab.pdf(prefer_css_page_size=True, print_background=True)
        assert tab.evaluate("document.querySelectorAll('details[open]').length") == 0  # closed again
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}  # points
    assert 6 <= len(re.findall(rb"/Type /Page\b(?!s)", printed)) <= MOST_SHEETS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_holds_the_answer_and_no_sheet_cuts_anything(browser, long_report, language):
    with opened(browser, long_report, PAPER, f"#lang={language}&regime=client-steering") as tab:
        drawn(tab, language, "client-steering")
        tab.emulate_media(media="print")
        tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        first = tab.locator("article:not([hidden]) .first")
        assert first.bounding_box()["height"] <= PAPER["height"]
        title = words(language)("answer", regime=_title(language), baseline=_baseline(language))
        assert title in first.inner_text() and words(language)("loses q") in first.inner_text()
        assert not tab.locator("header").is_visible()
        wide = """most => [...document.querySelectorAll('article:not([hidden]) :is(.plot svg, table)')]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > most + 1).map(e => e.outerHTML)"""
        assert tab.evaluate(wide, PAPER["width"]) == []
        tab.emulate_media(media="screen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_edge_of_every_sheet_says_what_date_and_version(browser, long_report, language):
    rules = """name => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
      .filter(rule => rule instanceof CSSPageRule && rule.selectorText === name).map(rule => rule.cssText).join()"""
    made = words(language)("made on", date=words(language).date(datetime.now().date()), version=regie_version())
    with opened(browser, long_report, WIDE, f"#lang={language}") as tab:
        said = tab.evaluate(rules, language)
        assert made in said and tab.title() in said and "counter(page)" in said
        assert tab.evaluate("getComputedStyle(document.querySelector('article:not([hidden])')).page") == language


def _title(language):
    return {"nl": "Klantsturing", "en": "Client steering"}[language]


# --- for everyone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("viewport", "language"), [(WIDE, "nl"), (WIDE, "en"), (NARROW, "nl")])
def test_axe_finds_nothing_serious(browser, short_report, viewport, language):
    from axe_playwright_python.sync_playwright import Axe

    # The page's own policy lets no script in that is not its own.
    with opened(browser, short_report, viewport, f"#lang={language}", bypass_csp=True) as tab:
        drawn(tab, language, "pooled-list")
        if viewport is WIDE:
            parts = "article:not([hidden]) details:not(:has([data-search]))"  # its rows are all alike, and hundreds
            tab.evaluate(f"document.querySelectorAll('{parts}').forEach(d => {{ d.open = true; }})")
        found = Axe().run(tab).response
    assert len(found["passes"]) > 20
    grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], each["nodes"][0]["html"][:200], len(each["nodes"])) for each in grave]
