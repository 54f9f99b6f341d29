"""Roads of people in two worlds, and "why?" for each decision on them: told, and as data."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from app_browser import browsing, needs_browser, served
from worlds import lively

from sim.app.session import Session
from sim.errors import RegieError
from sim.model.explaining import OPTIONS
from sim.report import why
from sim.report.claims import chapters, claims, texts
from sim.study import following
from sim.study.pair import Pair
from sim.study.runs import run, warmed

pytestmark = pytest.mark.slow  # another Python would tell the same

DAYS = 273
TWO = {"seed": 7, "days": DAYS, "worlds": [{"regime": "traditional"}, {"regime": "client-steering"}]}
LANGUAGES = ("en", "nl")


class Page:
    """Two worlds that are open, and questions to them."""

    def __init__(self):
        self.session = Session()
        self.session.handle({"ask": "open", "worlds": TWO})
        self.runs = [each.run for each in self.session._futures]

    def ask(self, client, language="en", **more):
        who = {"kind": "person", "id": int(client)}
        return self.session.handle({"ask": "road", "who": who, "language": language, **more}).content

    def why(self, client, day, language="en", world=1):
        return self.ask(client, language, ask="why", world=world, day=day)

    def people(self, before):
        """Return who is there on day 0 or later, in order: who came before, or who came later."""
        rows = self.runs[1].clients
        there = ~(rows["exit"] < 0) & ((rows["arrival"] < 0) == before)
        return np.sort(rows["client"][there])

    def mine(self, client, world=1):
        visits = self.runs[world].visits
        return visits[visits["client"] == client]


@pytest.fixture(scope="module")
def page():
    return Page()


@pytest.fixture(scope="module")
def some(page):
    """A few people of both sorts."""
    return [int(client) for before in (True, False) for client in page.people(before)[::23][:6]]


# --- roads -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_road_of_anybody_is_told_from_the_first_day_to_the_last(page, some, language):
    for client in some:
        road = page.ask(client, language)
        assert road["is"] == "road" and road["who"] == {"kind": "person", "id": client}
        assert all(road[part].strip() for part in ("heading", "about", "same", "difference", "caution"))
        for life in road["lives"]:
            days = [each["day"] for each in life["told"]]
            assert days == sorted(set(days)) and days[0] >= 0 and days[-1] <= DAYS
            assert all(each["text"].strip() and "{" not in each["text"] for each in life["told"])


def test_of_somebody_who_came_before_it_is_told_how_things_stood_and_no_sums_are_made(page):
    helped = page.runs[1].visits
    first = helped[(helped["start"] < -50) & (np.isnan(helped["end"]) | (helped["end"] > 50))][0]
    road = page.ask(first["client"])
    for life in road["lives"]:
        assert life["told"][0]["day"] == 0 and life["in_all"] == ""
        assert life["told"][0]["text"].startswith("On day 0 this person has been known for")
        assert "There is help: " in life["told"][0]["text"]
    assert road["difference"].startswith("This person came before day 0")
    assert "nan" not in str(road).lower().replace("finan", "")


def test_how_each_need_stood_on_day_0_is_what_the_tables_say(page):
    for client in page.people(before=True)[::20]:
        mine = page.mine(client, 0)
        text = page.ask(client)["lives"][0]["told"][0]["text"]
        goes_on = np.isnan(mine["end"]) | (mine["end"] >= 0)
        helped = len(np.unique(mine["need"][goes_on & (mine["start"] < 0)]))
        there = len(np.unique(mine["need"][goes_on]))
        assert text.count("There is help") == helped, text
        said = ("There is help", "On the waiting list of", "Brought up before", "Nobody knows of it yet")
        assert sum(text.count(words) for words in said) == there, text


def test_of_a_newcomer_the_story_is_that_of_the_report_with_the_quiet_days_between(page):
    from sim.report.story import told_twice

    for client in page.people(before=False)[::31]:
        story, road = told_twice(Pair(*page.runs), int(client), "en"), page.ask(client)
        for life, other in zip(story.lives, road["lives"], strict=True):
            told = [(each["day"], each["text"]) for each in other["told"] if not each["quiet"]]
            assert told == [(each.day, each.text) for each in life.told]
            assert other["in_all"] == life.in_all


def test_who_left_before_day_0_or_never_was_gets_a_sentence(page):
    rows = page.runs[1].clients
    gone = rows["client"][rows["exit"] < 0][0]
    for client in (gone, 2**62 - 1):
        for answer in (page.ask(client), page.why(client, 3)):
            assert answer["is"] == "mistake" and answer["en"] and answer["nl"]
    with pytest.raises(RegieError, match="nobody with the number"):
        Pair(*page.runs).came_before(int(gone))


def test_a_day_beyond_the_end_gets_a_sentence(page, some):
    assert page.why(some[0], DAYS)["is"] == "mistake"


@pytest.mark.parametrize("kind", ["worker", "manager", "board"])
def test_who_works_there_has_an_answer_too(page, kind):
    who = {"kind": kind, "id": 10**9}
    for more in ({"ask": "road"}, {"ask": "why", "world": 0, "day": 3}):
        answer = page.session.handle({"who": who, "language": "nl", **more}).content
        assert answer["is"] == "mistake" and answer["nl"]


# --- why -------------------------------------------------------------------------------------------------------


def test_each_day_that_is_marked_has_decisions_and_no_other_has(page, some):
    for client in some:
        for world, life in enumerate(page.ask(client)["lives"]):
            marked = {each["day"] for each in life["told"] if each["decided"]}
            assert {each["day"] for each in life["told"] if each["quiet"]} <= marked
            for day in {*marked, *(each["day"] for each in life["told"]), 100, 200} - {DAYS}:
                answer = page.why(client, day, world=world)
                assert bool(answer["decisions"]) == (day in marked), (client, world, day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_names_its_options_chances_and_claims(page, some, language):
    seen = set()
    for client in some:
        for each in page.ask(client, language)["lives"][1]["told"]:
            answer = page.why(client, each["day"], language) if each["decided"] else {"decisions": []}
            for made in answer["decisions"]:
                assert made["heading"].strip() and made["about"].strip() and "{" not in made["about"]
                assert sum(option["chance"] for option in made["options"]) == pytest.approx(1)
                assert sum(option["state"] == "chosen" for option in made["options"]) <= 1
                named = [*made["claims"], *(claim for option in made["options"] for claim in option["claims"])]
                assert all(answer["claims"][claim] == claims()[claim].text.in_language(language) for claim in named)
                seen |= {option["state"] for option in made["options"]}
                for option in made["options"]:
                    assert option["name"].strip() and option["state"] in ("chosen", "failed", "open")
                    assert all(np.isfinite(weight["value"]) and weight["name"] for weight in option["weights"])
    assert {"chosen", "open"} <= seen


STARTS = {"standard help here", "help made to measure here", "volunteers", "helping beyond the own service"}


def test_what_was_chosen_is_what_the_tables_show(page):
    """Hold what is chosen at a first choice against the stay that was seen that day."""
    checked = set()
    for client in page.people(before=False)[::5]:
        mine = page.mine(client)
        for day in np.unique(mine["seen"][mine["seen"] >= 0]).astype(int):
            made = [each for each in page.why(client, int(day))["decisions"] if each["about"].startswith("It was")]
            here = mine[mine["seen"] == day]
            if len(made) != 1 or len(np.unique(here["need"])) != 1:
                continue  # which decision belongs to which need is then not told apart by the day
            (name,) = [option["name"] for option in made[0]["options"] if option["state"] == "chosen"] or [""]
            if name in STARTS:
                assert (here["start"] == day).any(), (client, day, name)
            elif name == "sending the need on":
                assert (here["reason"] == 2).any()
            elif name == "saying “no”":
                assert (here["reason"] == 3).any()
            elif name == "the waiting list":
                assert (here["listed"] == day).any()
            checked.add(name)
    assert len(checked & {*STARTS, "the waiting list"}) >= 2


def test_utility_is_the_terms_weighed_by_attention():
    """Work the utility of each option out by hand."""
    lived = run(lively(), seed=5, days=200, regime="client-steering")
    morning = warmed(lived.scenario, lived.seed)
    checked = 0
    for client in np.unique(lived.visits["client"][lived.visits["seen"] >= 0])[::7]:
        for found in following.follow(lived, int(client), morning):
            assert sum(found.attention) == pytest.approx(1)
            for option in found.decision.options:
                client_part, profession, organisation, own = found.attention
                by_hand = (
                    client_part * option.client
                    + profession * option.profession
                    + organisation * option.organisation
                    - own * option.own
                )
                assert option.utility == pytest.approx(by_hand, abs=1e-9)
                checked += 1
    assert checked > 20


def test_every_decision_about_a_person_is_found(monkeypatch):
    """Watch some people on each single day, and hold that against what is found on the days that are looked at."""
    lived = run(lively(), seed=3, days=140, regime="client-steering")
    morning = warmed(lived.scenario, lived.seed)
    there = np.sort(lived.clients["client"][~(lived.clients["exit"] < 0)])
    people = [int(client) for client in there[:: len(there) // 8]]
    found = {client: following.follow(lived, client, morning) for client in people}
    assert sum(map(len, found.values())) > 20
    monkeypatch.setattr(following, "_next_day", lambda state, client, days: state.day)
    for client in people:
        assert repr(following.follow(lived, client, morning)) == repr(found[client]), client


def test_the_work_for_one_life_is_bounded(monkeypatch):
    lived = run(lively(), seed=5, days=200)
    morning = warmed(lived.scenario, lived.seed)
    often = np.bincount(lived.visits["client"][lived.visits["seen"] >= 0]).argmax()
    there = following.follow(lived, int(often), morning)
    monkeypatch.setattr(following, "MOST_WATCHED", 1)
    assert len({each.decision.day for each in following.follow(lived, int(often), morning)}) <= 1 < len(there)


def test_what_was_found_out_is_kept_and_not_for_ever(page):
    one = page.session._futures[1]
    page.ask(page.people(before=False)[0])
    before = one.found["person", int(page.people(before=False)[0])]
    page.ask(page.people(before=False)[0], "nl")
    assert one.found["person", int(page.people(before=False)[0])] is before
    for client in page.people(before=True)[:18]:
        page.ask(client)
    assert len(one.found) <= 16


# --- claims ----------------------------------------------------------------------------------------------------


def test_every_claim_has_a_text_in_both_languages_and_an_id_of_its_own():
    all_of_them = [claim for chapter in chapters() for claim in chapter.claims]
    assert len(claims()) == len(all_of_them) == 59
    for claim in all_of_them:
        assert claim.text.en.strip() and claim.text.nl.strip() and claim.text.en != claim.text.nl and claim.where
        assert (claim.kind != "") == (claim.id[0] == "C")


def test_every_claim_that_a_decision_names_is_known():
    named = {claim for _, ids in OPTIONS.values() for claim in ids.split(", ")}
    named |= {
        *why.OF_INITIATIVE,
        *(claim for ids in (*why.OF_RULE.values(), *why.OF_OCCASION.values()) for claim in ids),
    }
    assert named <= set(claims())
    assert texts(["C12", "C01", "C12"], "en") == {"C12": claims()["C12"].text.en, "C01": claims()["C01"].text.en}


# --- the page --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address():
    with served() as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def chromium():
    with browsing() as browser:
        yield browser


def looking_at(browser, address, client, language, width):
    """Return a tab in which somebody is selected, on day 200."""
    tab = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=width > 390)  # there axe looks too
    said = f"v=0&s=one-zone&seed=7&days={DAYS}&a=traditional&b=client-steering&day=200&lang={language}"
    tab.goto(f"{address}#{said}&sel=person:{client}")
    tab.wait_for_selector(".selection h3", timeout=60_000)
    return tab


@needs_browser
@pytest.mark.parametrize(("width", "language"), [(1440, "en"), (390, "nl")])
def test_a_road_can_be_read_and_asked_on_a_wide_and_a_narrow_page(page, address, chromium, width, language):
    """Look at somebody of whom much is decided, and ask why on the first days that have the button."""
    client = max(page.people(before=True)[:60:6], key=lambda each: len(following_of(page, each)))
    road = page.ask(client, language)
    tab = looking_at(chromium, address, client, language, width)
    for side, life in enumerate(road["lives"]):
        here = tab.locator(f".life.side-{side}")
        assert here.locator(".when").count() == len(life["told"])
        assert here.locator(".why > button").count() == sum(each["decided"] for each in life["told"])
        later = [each["day"] for each in life["told"] if each["day"] > 200]
        assert here.locator("li:not(.fold).later").count() == len(later)
        assert here.locator("[aria-current=date]").count() == 1
    tab.evaluate("document.querySelectorAll('.fold > details').forEach((each) => { each.open = true; })")
    button = tab.locator(".life.side-1 .why > button").first
    button.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".decision table")
    table = tab.locator(".decision table.options").first
    assert table.locator("caption").inner_text() and table.locator("thead th[scope=col]").count() == 3
    assert table.locator("tbody th[scope=row]").count() >= 2 and "%" in table.inner_text()
    assert tab.locator(".decision dd").first.inner_text() in {
        claim.text.in_language(language) for claim in claims().values()
    }
    assert button.get_attribute("aria-expanded") == "true"
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if width > 390 and importlib.util.find_spec("axe_playwright_python"):
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(tab, context=".selection").response["violations"]
        assert not [
            (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")
        ]
    button.click()
    assert tab.locator(".decision").count() == 0
    tab.close()


def following_of(page, client):
    """Return the days of the second world on which somebody decided about a person."""
    return [each for each in page.ask(client)["lives"][1]["told"] if each["decided"]]
