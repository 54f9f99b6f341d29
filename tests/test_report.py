"""The page of a comparison: what it says, that it is whole in both languages, and that nothing in it runs or leaks."""

import base64
import gzip
import json
import re
import tomllib
from dataclasses import replace
from functools import cache, cached_property
from html.parser import HTMLParser
from importlib.resources import files

import numpy as np
import pytest
from made_up import SHIFTS, comparison, one_zone

from sim.errors import RegieError
from sim.report import drawing, palette
from sim.report.answer import glance
from sim.report.article import article
from sim.report.by_hand import by_hand
from sim.report.conclusion import difference_sentence
from sim.report.document import _plotly
from sim.report.figures import figure
from sim.report.findings import finding
from sim.report.glossary import Links, terms
from sim.report.material import Ribbon
from sim.report.narrowed import curated, narrowed
from sim.report.page import write_report
from sim.report.questions import costs, equal_staff, how_sure, precise, who_loses
from sim.report.reading import material as material_of
from sim.report.sections.catalogue import sections
from sim.report.sections.over_time import dip
from sim.report.sections.waiting import stack
from sim.report.words import LANGUAGES, TEXTS, decimals_for, words
from sim.scenario.parameters import parameters
from sim.scenario.scenario import RegimeLabel, Scenario
from sim.scenario.units import UNITS
from sim.study.baseline import bands_of
from sim.study.compare import Failure
from sim.study.fates import GRID
from sim.study.looks import Precision, Width
from sim.study.outcomes import outcomes_of
from sim.study.sketch import BEFORE, WEEKLY
from sim.study.yardstick import EqualStaff

HEADINGS = (
    "differences",
    "change",
    "waiting",
    "over time",
    "handoffs",
    "value",
    "life",
    "hours",
    "money",
    "who",
    "all outcomes",
)
ALONE = "wait_mean.group.alone"
HEADINGS += ("compared", "assumptions", "not known", "reproduce", "cite", "glossary")


class _Page(HTMLParser):
    """The page as a reader meets it: texts by language, scripts, attributes."""

    def __init__(self, text):
        super().__init__()
        self.texts = {language: [] for language in LANGUAGES}
        self.tags, self.scripts, self.ids = [], {}, []
        self._language, self._inside = "", ""
        self.feed(text.replace(_plotly(), ""))  # megabytes, and not ours

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "article":
            self._language = given["lang"]
        if tag in ("script", "style"):
            self._inside = given.get("id", tag)

    def handle_endtag(self, tag):
        if tag == "article":
            self._language = ""
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.scripts.setdefault(self._inside, []).append(data)
        elif self._language:
            self.texts[self._language].append(data)

    def text(self, language):
        return self._whole[language]

    @cached_property
    def _whole(self):
        return {language: re.sub(r"\s+", " ", " ".join(texts)) for language, texts in self.texts.items()}

    def figures(self):
        """Return the plots, unpacked as a browser does it."""
        return json.loads(gzip.decompress(base64.b64decode("".join(self.scripts["figures"]))))

    def attribute(self, tag, name):
        return [given[name] for found, given in self.tags if found == tag and name in given]


def page_of(result, path, language="nl"):
    write_report(result, path, language)
    return _Page(path.read_text(encoding="utf-8"))


# --- pages that are written once --------------------------------------------------------------------------

BY_HAND = {
    "intake_hours=2": "Hours of a worker for one intake: 2 hours",
    "levers.control=0.5": "How much the board really controls",
    "organisations.welfare.levers.coaching_hours=0.25": "Welfare for older people: Coaching",
    "organisations.home-care.renown=3": "Home care: renown: 3",
    "kinds.nursing.norm_days=10": "Nursing: norm for the wait in days: 10",
}
MISSED = (("admissions", "initiative"), ("admissions",), ("impossible",))
FAILURE = Failure("pooled-list", 3, 1, "run", "ZeroDivisionError: x", "")


@cache
def set_by_hand():
    return Scenario.load("one-zone", overrides=list(BY_HAND))


EXAMPLES = {
    "usual": comparison,
    "one rival": lambda: replace(
        comparison(regimes=("traditional", "pooled-list"), pairs=3), command="regie compare one-zone --quick"
    ),
    "three pairs": lambda: comparison(pairs=3),
    "by hand": lambda: comparison(scenario=set_by_hand(), pairs=2),
    "plausible, with staff": lambda: comparison(worlds="plausible", staff=True, missed=MISSED),
    "plausible": lambda: comparison(pairs=3, worlds="plausible", precision=0.05, apart=("only:control",)),
    "all worlds": lambda: comparison(pairs=3, worlds="all"),
    "scenarios": lambda: _scenarios("one"),
    "scenarios, plausible": lambda: _scenarios("plausible"),
    "scenarios, all worlds": lambda: _scenarios("all"),
    "equal hours": lambda: comparison(equal_hours=True),
    "one pair": lambda: comparison(pairs=1, complete=False, failures=(FAILURE,)),
    "nothing": lambda: comparison(pairs=0, complete=False),
    "six days": lambda: comparison(pairs=2, days=6),
    "one regime": lambda: comparison(regimes=("traditional",), pairs=3, scenario=set_by_hand()),
    "one regime, one run": lambda: comparison(regimes=("traditional",), pairs=1),
    "later": lambda: _changing_later(),
}


@pytest.fixture(scope="module")
def texts_asked():
    """Return the set of the texts that the examples written so far have asked for."""
    return set()


@pytest.fixture(scope="module")
def shown(tmp_path_factory, texts_asked):
    """Return a function that gives the page of an example, which is written when it is first asked for."""

    class Noted(dict):
        def __getitem__(self, key):
            texts_asked.add(key)
            return super().__getitem__(key)

    @cache
    def page(name):
        path = tmp_path_factory.mktemp("page") / "report.html"
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("sim.report.words.TEXTS", Noted(TEXTS))
            write_report(EXAMPLES[name](), path, "nl", commit="1234", platform="a computer")
        return _Page(path.read_text(encoding="utf-8"))

    return page


@pytest.fixture(scope="module")
def page(shown):
    return shown("usual")


# --- the conclusion ------------------------------------------------------------------------------------


def test_the_conclusion_is_cautious_and_made_from_the_numbers(page):
    result = comparison()
    difference = result.difference("pooled-list", "wait_mean")
    text = page.text("en")
    assert "In this one simulated world, over 12 pairs with the same people and the same luck" in text
    size, low, high = (f"{abs(n):.0f}" for n in (difference.difference, difference.high, difference.low))
    assert f"People wait {size} days less (between {low} and {high})." in text
    assert f"Mensen wachten {size} dagen korter (tussen {low} en {high})." in page.text("nl")


def test_at_a_glance_stand_the_levels_of_the_baseline_and_each_difference_with_its_verdict():
    result = comparison()
    material = material_of(result, command="", commit="", platform="")
    glance = article(material, words("en")).glance
    assert [row[0].text for row in glance.rows] == [words("en").choose(regime) for regime in material.regimes]
    assert [cell.text for cell in glance.head[1:3]] == ["Wait, mean, days", "Handoffs, per client-year"]
    level = result.level("traditional", "wait_mean").mean()
    assert glance.rows[0][1].text == f"{level:.1f}"
    for row, regime in zip(glance.rows[1:], result.regimes[1:], strict=True):
        found = result.difference(regime, "wait_mean")
        sign = {"better": "▲", "worse": "▼", "no difference": "=", "undecided": "?"}[found.verdict]
        assert row[1].text == f"{sign} {found.difference:+.1f}".replace("-", "−")
    one = comparison(regimes=("traditional",))
    assert article(material_of(one, command="", commit="", platform=""), words("en")).glance is None


def test_a_world_that_stays_the_same_is_called_so():
    same = finding(_outcome("wait_mean"), "a", np.ones(5), np.ones(5))
    assert difference_sentence(words("en"), same).text == "Exactly the same in every pair."
    assert difference_sentence(words("en"), same).verdict.text == "No difference that matters"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ([-20.0, -16.0, -18.0], "Better"),
        ([20.0, 16.0, 18.0], "Worse"),
        ([0.1, -0.1, 0.05], "No difference that matters"),
        ([-9.0, 1.0, 2.0], "Undecided"),
        ([-9.0], "No verdict"),
    ],
)
def test_verdicts_follow_the_interval_and_the_smallest_difference_that_matters(change, says):
    base = np.full(len(change), 60.0)
    found = finding(_outcome("wait_mean"), "a", base, base + change)
    assert difference_sentence(words("en"), found).verdict.text == says


def test_an_interval_on_both_sides_of_zero_says_less_and_more():
    base = np.full(3, 60.0)
    found = finding(_outcome("wait_mean"), "a", base, base + np.array([-9.0, 1.0, 2.0]))
    said = difference_sentence(words("nl"), found).text
    assert said == "Mensen wachten 2 dagen korter (tussen 17 minder en 13 meer)."


def test_a_difference_of_one_day_is_one_day():
    one = finding(_outcome("wait_mean"), "a", np.array([60.0]), np.array([61.0]))
    assert difference_sentence(words("en"), one).text == "People wait 1 day longer."
    assert difference_sentence(words("nl"), one).text == "Mensen wachten 1 dag langer."


def test_one_pair_gets_no_interval_and_no_verdict(shown):
    text = shown("one pair").text("en")
    assert "In one simulated world. That is too little for a verdict" in text
    assert "nan" not in text.lower().split()


def test_a_pair_that_is_not_defined_is_left_out():
    found = finding(_outcome("wait_mean"), "a", np.array([1.0, np.nan, 3.0]), np.array([2.0, 2.0, 3.0]))
    assert found.paired.n == len(found.singles) == 2


def test_no_percentage_is_worded_as_a_chance(page):
    for language in LANGUAGES:
        assert not re.search(r"\d ?%[^.]{0,20}(kans|chance|likely|waarschijnlijk)", page.text(language))


def _outcome(name):
    return next(outcome for outcome in outcomes_of(one_zone()) if outcome.name == name)


# --- the first page ------------------------------------------------------------------------------------


def test_the_answer_is_there_for_every_rival_and_the_first_is_shown(page):
    views = [given for _, given in page.tags if given.get("data-regime")]
    assert {given["data-regime"] for given in views} == set(SHIFTS)
    assert {given["data-regime"] for given in views if "hidden" not in given} == {"pooled-list"}
    selects = [given for tag, given in page.tags if tag == "select"]
    assert [given["id"] for given in selects] == ["nl-regime", "en-regime"]
    labels = page.attribute("label", "for")
    assert labels[:2] == ["nl-regime", "en-regime"]


def test_with_one_rival_there_is_nothing_to_choose(shown):
    page = shown("one rival")
    assert not [tag for tag, _ in page.tags if tag in ("select", "option")]
    assert "People wait" in page.text("en")


def test_ways_of_steering_stand_in_their_groups():
    material = _of_pairs(3)
    groups = {"pooled-list": "board", "one-management": "essay", "more-staff": "board"}
    regimes = tuple(replace(regime, group=groups.get(regime.name, "")) for regime in material.regimes)
    grouped = replace(material, regimes=regimes)
    bodies = glance(grouped, words("en")).bodies
    assert [body.heading for body in bodies] == ["", "What boards try", "What the essay proposes"]
    assert [row[0].chooses for body in bodies for row in body.rows] == [
        "",
        "pooled-list",
        "more-staff",
        "one-management",
    ]
    assert [body.heading for body in glance(grouped, words("nl")).bodies][2] == "Wat het essay voorstelt"
    alike = replace(material, regimes=tuple(replace(regime, group="board") for regime in material.regimes))
    assert [body.heading for body in glance(alike, words("en")).bodies] == ["", ""]


# --- worlds of one's own, luck and precision -----------------------------------------------------------


def test_worlds_of_their_own_are_said_so_and_how_many_draws_were_turned_down(shown):
    page = shown("plausible, with staff")
    english, dutch = page.text("en"), page.text("nl")
    assert "In the 12 worlds that we computed and consider plausible, on average:" in english
    assert re.search(r"Less in \d+ of 12 worlds\.", english) and "of 12 pairs" not in english
    assert "3 draws were turned down" in english and "Of 15 draws 3 were turned down" in english
    assert "crisis and planned (2); Decisions that a worker takes on own initiative" in english
    assert "In de 12 werelden die we doorrekenden en aannemelijk vinden, gemiddeld:" in dutch
    assert "Opnames in de langdurige zorg, crisis en gepland (2); Besluiten die een medewerker" in dutch
    assert "12 worlds. Scenario" not in english and "seed 7, 12 worlds." in english


def test_where_nothing_was_turned_down_that_is_said(shown):
    text = shown("all worlds").text("en")
    assert "Nothing was turned down: worlds that do not look like what is known" in text
    text = shown("plausible").text("en")
    assert "All 3 draws looked enough like what is known from research; none was turned down." in text
    text = shown("three pairs").text("en")
    assert "turned down" not in text[: text.index("Glossary")]


def test_every_band_has_a_dutch_name():
    labels = [(band.en, band.nl) for name in ("one-zone", "breda-2005") for band in bands_of(Scenario.load(name))]
    assert all(en and nl and en != nl for en, nl in labels)


def test_what_luck_alone_does_is_said_and_silent_where_unknown():
    base = np.full(3, 60.0)
    found = finding(_outcome("wait_mean"), "a", base, base + np.array([-20.0, -16.0, -18.0]))
    assert "Chance" not in difference_sentence(words("en"), found).note
    lucky = replace(found, paired=replace(found.paired, noise=5.0))
    assert (
        difference_sentence(words("en"), lucky).note
        == "Less in 3 of 3 pairs. Chance alone, within one world: ± 5 days."
    )
    own = replace(lucky, worlds="plausible")
    assert difference_sentence(words("nl"), own).note == (
        "In 3 van de 3 werelden minder. Toeval alleen, binnen één wereld: ± 5 dagen."
    )


def test_what_luck_alone_does_comes_from_worlds_that_were_lived_twice():
    material = _of_pairs(2)
    once = {("traditional", "wait_mean"): np.array([60.0, 70.0]), ("pooled-list", "wait_mean"): np.array([50.0, 60.0])}
    twice = {("traditional", "wait_mean"): np.array([60.0, 70.0]), ("pooled-list", "wait_mean"): np.array([54.0, 52.0])}
    lived = replace(material, values=material.values | once, twins=material.twins | twice)
    # differences -10 and -10, again -6 and -18: pooled, the square root of (16 + 64) / 2 / 2
    assert lived.findings["pooled-list", "wait_mean"].paired.noise == pytest.approx(20**0.5)


def test_precision_is_said_where_it_was_asked():
    material = _material(comparison(worlds="plausible"))
    assert precise(material, words("en")) == ""
    widths = (Width("pooled-list", "wait_mean", 15.0, 4.0), Width("more-staff", "value", 0.01, 0.02))
    short = replace(material, facts=replace(material.facts, precision=Precision(0.05, widths)))
    assert precise(short, words("en")) == (
        "Not precise enough after 12 worlds: wait, mean under “One waiting list” has margin ± 15.0; "
        "± 4.0 days was asked."
    )
    assert precise(short, words("en")) in how_sure(short, words("en"), short.rivals[0]).note
    enough = replace(material, facts=replace(material.facts, precision=Precision(0.05, widths[1:])))
    assert precise(enough, words("nl")) == "Na 12 werelden was het precies genoeg."


# --- equal to more staff -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("same", "says"),
    [
        ((0.16, 0.05, np.inf), "as much as 16 % more staff (between 5 % more and more than 20 % extra)."),
        ((-0.03, -0.06, -0.01), "as much as 3 % fewer staff (between 6 % fewer and 1 % fewer)."),
        ((-np.inf, -np.inf, -0.08), "as more than 10 % fewer staff (between more than 10 % fewer and 8 % fewer)."),
        ((0.02, -0.03, 0.07), "anything between 3 % fewer and 7 % more staff. So we do not know whether it helps."),
        ((0.04, np.nan, np.nan), "In this one world this does as much for waiting as 4 % more staff."),
    ],
)
def test_a_gain_is_said_as_more_staff(same, says):
    material = _of_pairs(2)
    of = replace(material, equal_staff={"pooled-list": EqualStaff(*same)})
    said = equal_staff(of, words("en"), of.rivals[0])
    assert said.text.endswith(says)
    assert equal_staff(of, words("en"), of.rivals[1]) is None
    unknown = replace(material, equal_staff={"pooled-list": EqualStaff(np.nan, np.nan, np.nan)})
    assert equal_staff(unknown, words("en"), unknown.rivals[0]) is None


def test_more_staff_is_said_in_workers_and_that_they_cost_money():
    material = _of_pairs(2)
    workers = {("traditional", "staff"): np.array([49.0, 51.0])}
    scenario = material.scenario.with_values({"zones": 4})
    of = replace(material, scenario=scenario, values=material.values | workers)
    of = replace(of, equal_staff={"pooled-list": EqualStaff(0.1, 0.05, 0.15)})
    said = equal_staff(of, words("en"), of.rivals[0])
    assert said.note == "10 % is about 20 full-time workers. More staff costs money."  # of 4 times 50


def test_the_staff_that_does_as_much_is_read_from_the_worlds_with_other_staff(shown):
    same = EXAMPLES["plausible, with staff"]().equal_staff("pooled-list")
    text = shown("plausible, with staff").text("en")
    assert "Equal to how much staff?" in text
    assert "staff+10%" not in text and "+10 % staff" not in text  # a yardstick is no way of steering
    assert same.share == np.inf and "as much as more than 20 % extra staff" in text


# --- what it costs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (3000.0, "As many paid hours: 3,000 a week."),
        (3014.0, "As many paid hours: 3,014 a week."),  # 0.47 % more
        (3160.0, "160 more paid hours a week: 3,160 instead of 3,000."),
        (2900.0, "100 fewer paid hours a week: 2,900 instead of 3,000."),
    ],
)
def test_what_it_costs_in_paid_hours(hours, says):
    material = replace(_of_pairs(2), paid={"traditional": 3000.0, "pooled-list": hours})
    poor = replace(material, outcomes=tuple(each for each in material.outcomes if each.group != "money"))
    assert costs(poor, words("en"), poor.rivals[0]).text == says
    assert costs(poor, words("en"), poor.rivals[0]).note == "Euros were not worked out."
    assert costs(replace(poor, paid={}), words("en"), poor.rivals[0]) is None
    assert costs(material, words("en"), material.rivals[0]).text.endswith(says)


def test_what_it_costs_in_euros_by_payer_and_never_as_a_saving():
    material = _of_pairs(3)
    values = dict(material.values)
    for name in material.outcome:
        values["pooled-list", name] = values["traditional", name]
    base = np.array([18000.0, 18100.0, 17900.0])
    values["traditional", "euros"], values["pooled-list", "euros"] = base, base - np.array([590.0, 600.0, 610.0])
    care = "euros.payer.long-term-care"
    values["pooled-list", care] = values["traditional", care] - np.array([640.0, 650.0, 660.0])
    of = replace(material, values=values, paid={})
    said = costs(of, words("en"), of.rivals[0])
    assert said.text == "The bill is 600 euros lower per client and year (between 575 and 625)."
    assert said.verdict.text == "Lower"  # neither good nor bad
    assert said.note.startswith(
        "Home-care insurance 0 (no difference that matters); municipality 0 (no difference that matters); "
        "long-term care −650 (lower)."
    )
    assert "This is no saving of the steering" in said.note


def test_the_prices_and_how_sure_they_are_stand_beside_the_money():
    (money,) = [one for one in sections(_of_pairs(2), words("en")) if one.anchor == "money"]
    rows = money.views[-1].figures[0].tables[0].rows
    assert [row[1].text for row in rows] == ["48.74", "32.5", "190", "900"]
    assert all(row[3].text and row[4].text for row in rows)
    assert "price level 2015" in rows[0][0].text


def test_who_loses_is_read_from_the_verdicts_of_groups_and_organisations():
    result = comparison(pairs=4)
    material = _material(result)
    values = dict(material.values)
    for name in material.outcome:
        values["pooled-list", name] = values["traditional", name]
    calm = replace(material, values=values)
    said = who_loses(calm, words("en"), calm.rivals[0])
    assert said.text == "Of those we measure nobody is clearly worse off."
    assert said.verdict is None and not said.note
    later = values | {("pooled-list", ALONE): values["traditional", ALONE] + np.array([9.0, 10, 11, 10])}
    worse = replace(material, values=later)
    said = who_loses(worse, words("nl"), worse.rivals[0])
    assert said.text == "Zonder eigen netwerk (wachttijd, gemiddeld)."
    assert said.verdict.style == "worse"
    all_of_us = values | {("pooled-list", "handoffs"): values["traditional", "handoffs"] + np.array([0.9, 1, 1.1, 1])}
    everyone = replace(material, values=all_of_us)
    assert who_loses(everyone, words("en"), everyone.rivals[0]).text == "Everyone (handoffs)."


def test_of_hundreds_of_results_some_are_told_and_all_stand_in_the_table():
    material = _of_pairs(2)
    told = {one.outcome.name for one in curated(material, words("en"))}
    assert {"wait_mean", ALONE, "strain.organisation.home-care", "beyond_norm.kind.nursing"} <= told
    assert "new_faces.group.alone" not in told and "new_faces.group.alone" in material.outcome
    assert len(told) < len(material.outcomes) / 2
    (everything,) = [one for one in sections(material, words("en")) if one.anchor == "all"]
    assert len(everything.views[0].figures[0].tables[0].rows) == len(material.outcomes)


def test_undecided_is_not_the_same_as_no_difference(page):
    assert "= no difference that matters: that we know" in page.text("en")
    assert "? undecided: we do not know yet" in page.text("en")
    assert "= geen verschil dat telt: dat weten we" in page.text("nl")
    assert "? onbeslist: dat weten we nog niet" in page.text("nl")
    assert "verdicts allow for that" in page.text("en")


def test_what_was_set_by_hand_stands_near_the_conclusion(shown):
    scenario = set_by_hand()
    said = by_hand(words("en"), scenario)
    assert len(said) == len(BY_HAND)
    assert all(any(one.startswith(told) for one in said) for told in BY_HAND.values())
    assert said[0] == BY_HAND["intake_hours=2"]
    text = shown("by hand").text("en")
    assert text.index("Set by hand: Hours of a worker for one") < text.index("On this page")
    assert by_hand(words("nl"), one_zone()) == []
    for place in (*scenario.kinds, *scenario.organisations):
        assert {f"field {key.partition('.')[0]}" for key in place.given} <= set(TEXTS)


# --- sections ------------------------------------------------------------------------------------------


def test_better_is_on_the_right_in_every_figure_of_differences():
    found = {panel.key: panel.plot for panel in _panels(_of_pairs(3), "en")}
    low, high = found["difference-wait_mean"]["layout"]["xaxis"]["range"]
    assert low > 0 > high  # less is better: the axis runs down
    low, high = found["difference-value"]["layout"]["xaxis"]["range"]
    assert low < 0 < high
    value = found["value-1.pooled-list"]
    assert value["layout"]["xaxis"]["range"][0] < value["layout"]["xaxis"]["range"][1]
    material = _of_pairs(3)
    burden = material.findings["pooled-list", "burden"].paired.difference
    drawn = [
        trace["x"][0]
        for trace in value["data"]
        if trace.get("name", "").startswith("Burden (less is better: mirrored)")
    ]
    assert drawn == [pytest.approx(-burden, rel=1e-3)]


def test_one_axis_for_all_rivals():
    found = {panel.key: panel.plot for panel in _panels(_of_pairs(3), "en")}
    for key in ("clocks-1", "value-1", "over-time", "hours", "by-organisation"):
        ranges = {tuple(found[f"{key}.{name}"]["layout"]["xaxis"]["range"]) for name in SHIFTS}
        assert len(ranges) == 1, key
    heights = {tuple(found[f"over-time.{name}"]["layout"]["yaxis"]["range"]) for name in SHIFTS}
    assert len(heights) == 1


def test_the_day_of_the_change_is_drawn():
    found = {panel.key: panel.plot for panel in _panels(_material(_changing_later()), "en")}
    line = found["over-time.pooled-list"]["layout"]["shapes"][0]
    assert line["x0"] == line["x1"] == pytest.approx(365 / 365.25)
    assert found["over-time.pooled-list"]["layout"]["annotations"][0]["text"] == "the change begins"


def test_the_dip_is_the_worst_moment_of_the_first_three_years_after_the_change():
    weeks = np.arange(6.0, 260)
    mean = np.full(len(weeks), -5.0)
    mean[20 - 6] = 4.0  # in week 20
    mean[200 - 6] = 30.0  # too late to be called a dip
    gap = Ribbon(weeks, mean, mean - 3, mean + 3)
    found = dip(gap, 0.0)
    assert (found.week, found.mean, found.low, found.high) == (20.0, 4.0, 1.0, 7.0)
    assert dip(gap, 60.0).week == 200.0
    assert dip(Ribbon(weeks, np.full(len(weeks), -1.0), mean, mean), 0.0) is None
    assert dip(gap, 400.0) is None


def test_the_gap_over_time_is_a_quarter_around_each_week_pair_by_pair():
    result = comparison(pairs=2)
    worlds = []
    for world, more in zip(result.finished, (13.0, 39.0), strict=True):
        weeks = world.sketches["traditional"]["weeks"].copy()
        weeks[WEEKLY.index("waiting"), BEFORE + 30] += more
        sketches = world.sketches | {"pooled-list": world.sketches["traditional"] | {"weeks": weeks}}
        worlds.append(replace(world, sketches=sketches))
    gap = _material(replace(result, finished=tuple(worlds))).gaps["pooled-list"]
    assert gap.weeks[0] == 6.0  # a whole quarter lies around it
    at = dict(zip(gap.weeks, gap.mean, strict=True))
    assert [at[week] for week in (23.0, 24.0, 36.0, 37.0)] == pytest.approx([0.0, 2.0, 2.0, 0.0])  # (1 + 3) / 2
    low = dict(zip(gap.weeks, gap.low, strict=True))[30.0]
    assert low == pytest.approx(
        2.0 - 12.7062 * 1.0, abs=1e-3
    )  # t with one degree of freedom; sd of 1 and 3 over root 2


def test_what_became_of_needs_adds_up_to_all_of_them():
    fates = np.array([[0.5, 0.05, 0.1, 0.05, 0.1], [0.6, 0.1, 0.1, 0.1, 0.1]])
    parts = stack(fates)
    assert parts["waits"] == pytest.approx([0.2, 0.0])
    assert sum(parts.values()) == pytest.approx([1.0, 1.0])


def test_what_became_of_needs_is_the_mean_of_all_worlds_and_told_in_words():
    result = comparison(pairs=2)
    share = {0: [0.3, 0.0, 0.0, 0.0, 0.1], 1: [0.5, 0.0, 0.0, 0.0, 0.1]}
    worlds = [
        replace(world, sketches=world.sketches | {"traditional": world.sketches["traditional"] | {"fates": _flat(of)}})
        for world, of in zip(result.finished, share.values(), strict=True)
    ]
    material = _material(replace(result, finished=tuple(worlds)))
    (waiting,) = [one for one in sections(material, words("en")) if one.anchor == "waiting"]
    said = {line.label: line.text for line in waiting.views[0].told}
    assert said["Traditional control"] == (
        "Of every 100 needs help had begun for 40 after 91 days. 50 still waited. 10 had ended otherwise."
    )
    panels = {panel.key: panel.plot for panel in _panels(material, "en")}
    one, other = panels["fates-there.pooled-list"], panels["fates-here.pooled-list"]
    assert one["layout"]["xaxis"]["range"] == other["layout"]["xaxis"]["range"] == [0, 728]
    assert one["layout"]["yaxis"]["range"] == other["layout"]["yaxis"]["range"] == [0, 100]
    assert [trace["y"][0] for trace in one["data"]] == pytest.approx([40, 50, 0, 0, 0, 10])


def _flat(of):
    return np.tile(np.array(of, np.float32), (len(GRID), 1))


def test_areas_end_where_no_need_was_followed_any_longer():
    result = comparison(pairs=1)
    fates = _flat([0.3, 0.0, 0.0, 0.0, 0.1])
    fates[60:] = np.nan
    sketches = {name: each | {"fates": fates} for name, each in result.finished[0].sketches.items()}
    material = _material(replace(result, finished=(replace(result.finished[0], sketches=sketches),)))
    panels = {panel.key: panel.plot for panel in _panels(material, "en")}
    assert {len(trace["y"]) for trace in panels["fates-here.pooled-list"]["data"]} == {60}


def test_waits_by_kind_are_those_of_all_worlds():
    material = _of_pairs(3)
    panels = {panel.key: panel.plot for panel in _panels(material, "en")}
    kinds = [name for name in material.outcome if name.startswith("wait_mean.kind.")]
    drawn = panels["by-kind.pooled-list"]["data"][1]["x"]
    assert drawn == pytest.approx([material.level("pooled-list", name).mean for name in kinds], rel=1e-4)


def test_narrowed_outcomes_are_known_by_their_names():
    material = _of_pairs(2)
    found = {one.outcome.name: (one.base, one.by, one.who) for one in narrowed(material, words("en"))}
    assert found["wait_mean.group.frailest"] == ("wait_mean", "group", "the frailest tenth")
    assert found["waiting_at_end.organisation.home-care"] == ("waiting_at_end", "organisation", "Home care")
    assert "wait_median" not in found and "value_fit_0" not in found
    found = {one.outcome.name: (one.base, one.by, one.who) for one in narrowed(material, words("nl"))}
    assert found["wait_mean.kind.nursing"] == ("wait_mean", "kind", "Verpleging")


def test_outcomes_are_listed_in_groups_that_have_a_name():
    assert {f"outcomes {outcome.group}" for outcome in outcomes_of(one_zone())} <= set(TEXTS)


# --- the glossary --------------------------------------------------------------------------------------


def test_the_first_use_of_a_term_leads_to_its_meaning(page):
    linked = [given["href"] for tag, given in page.tags if given.get("class") == "term"]
    assert linked and len(linked) == len(set(linked))
    link = Links(words("en"))
    assert str(link("a <pair> of pairs")) == 'a &lt;<a class="term" href="#en-term-pair">pair</a>&gt; of pairs'
    assert str(link("a pair")) == "a pair"


def test_every_term_has_a_meaning_of_one_sentence():
    for language in LANGUAGES:
        found = terms(words(language))
        assert found == sorted(found, key=lambda entry: entry[1].lower())
        for _, term, meaning in found:
            assert meaning.endswith(".") and meaning.count(".") == 1, term


def test_no_text_stands_in_two_files():
    folder = files("sim.report").joinpath("texts")
    keys = [key for file in folder.iterdir() for key in tomllib.loads(file.read_text("utf-8"))]
    assert len(keys) == len(set(keys)) == len(TEXTS)


@cache
def _of_pairs(pairs):
    return _material(comparison(pairs=pairs))


def _material(result):
    return material_of(result, command="", commit="", platform="")


def _panels(material, language):
    views = [view for section in sections(material, words(language)) for view in section.views]
    return [panel for view in views for figure in view.figures for panel in figure.panels]


# --- two languages -------------------------------------------------------------------------------------


def test_every_text_exists_in_both_languages_with_the_same_gaps():
    for key, texts in TEXTS.items():
        gaps = [sorted(set(re.findall(r"{(\w+)}", text))) for text in texts]
        assert all(text.strip() for text in texts), key
        assert gaps[0] == gaps[1], key


@pytest.mark.slow
def test_every_text_is_used(shown, texts_asked):
    for name in EXAMPLES:
        shown(name)
    by_chance = ("says ", "status ", "count ", "in k ", "staff ", "less", "more", "not comparable", "exactly the same")
    by_chance += (
        "direction",
        "not measured",
        "neither better",
        "levers changed none",
        "set here none",
        "one ",
        "n days",
        "field ",
        "outcomes ",
        "costs ",
        "loses",
        "dip ",
        "yardstick",
        "percent of paid hours",
        "hours read percent",
        "precise enough",
        "not precise enough",
        "and others",
    )
    by_chance += ("roads ", "lives ", "parted", "event ", "moment ", "person ", "state ", "apart", "enough ", "sweep ")
    unused = [key for key in TEXTS if key not in texts_asked and not key.startswith(by_chance)]
    assert not unused


def test_scenarios_that_are_compared_are_no_ways_of_steering(shown):
    page = shown("scenarios")
    assert "One care zone, A place with more people and Third compared" in page.text("en")
    assert "Eén woonzorgzone, Een plek met meer mensen en Derde vergeleken" in page.text("nl")
    for language, way in (("en", "way of steering"), ("nl", "manier van sturen")):
        text = page.text(language)
        said = text[: text.rindex(words(language)("assumptions"))]
        assert not re.search(way.replace("way", "ways?").replace("manier", "manier(en)?"), said), language


def _scenarios(worlds):
    """Return a comparison of whole scenarios."""
    one = one_zone()
    other = Scenario.load("one-zone", overrides=["arrivals_per_year=150"])
    label = RegimeLabel("A place with more people", "Een plek met meer mensen", "", "")
    scenarios = {"one-zone": replace(one, label=RegimeLabel(one.title, one.title_nl, "", "")), "other": other}
    scenarios["other"] = replace(other, name="other", label=label)
    scenarios["third"] = replace(other, name="third", label=RegimeLabel("Third", "Derde", "", ""))
    return comparison(scenario=one, scenarios=scenarios, pairs=3, variant=True, worlds=worlds)


def _changing_later():
    """Return a comparison in which some organisations change, later, and a lever differs between them."""
    scenario = Scenario.load("one-zone", overrides=["organisations.home-care.levers.control=0.1"])
    later = scenario.with_regime("pooled-list", only=["home-care", "welfare"], from_day=365)
    scenarios = {"traditional": scenario.with_regime("traditional"), "pooled-list": later}
    return comparison(scenario=scenario, scenarios=scenarios, pairs=2, only=("home-care", "welfare"), from_day=365)


def test_every_unit_has_a_dutch_name():
    missing = {parameter.unit for parameter in parameters().values()} - set(UNITS)
    assert not missing
    assert {outcome.unit for outcome in outcomes_of(one_zone())} <= set(UNITS)


def test_both_languages_say_all_headings_and_tables(page):
    headings = {language: page.text(language) for language in LANGUAGES}
    for key in HEADINGS:
        for language in LANGUAGES:
            assert words(language)(key) in headings[language]
    figures = page.figures()
    assert list(figures["nl"]) == list(figures["en"])


def test_outcomes_parameters_organisations_and_regimes_are_named_in_both_languages(page):
    scenario = one_zone()
    for outcome in outcomes_of(scenario):
        assert outcome.nl in page.text("nl")
        assert outcome.en in page.text("en")
    for parameter in parameters().values():
        if parameter.kind != "lever":
            assert parameter.nl in page.text("nl")
            assert parameter.en in page.text("en")
    for thing in (*scenario.organisations, *scenario.kinds):
        assert thing.title_nl in page.text("nl")
        assert thing.title in page.text("en")
    assert "Eén wachtlijst" in page.text("nl")
    assert "One waiting list" in page.text("en")


def test_the_language_asked_for_is_shown_first(tmp_path, shown):
    english = page_of(comparison(pairs=0), tmp_path / "en.html", "en")
    for language, page in (("en", english), ("nl", shown("nothing"))):
        assert page.attribute("html", "lang") == [language]
        hidden = [given["lang"] for tag, given in page.tags if tag == "article" and "hidden" in given]
        assert hidden == [other for other in LANGUAGES if other != language]


def test_an_unknown_language_is_a_mistake_the_user_can_mend(tmp_path):
    with pytest.raises(RegieError, match="choose one of nl, en"):
        write_report(comparison(pairs=1), tmp_path / "x.html", "fr")
    assert not list(tmp_path.iterdir())


def test_numbers_are_written_as_the_language_does():
    assert words("nl").number(1234.5, 1) == "1.234,5"
    assert words("en").number(1234.5, 1) == "1,234.5"
    assert words("nl").signed(-0.04, 1) == "0,0"
    assert words("nl").signed(0.25, 2) == "+0,25"
    assert words("en").number(float("nan"), 1) == "–"
    assert [decimals_for(step) for step in (5.0, 2.0, 0.1, 0.02, 0.0)] == [1, 1, 2, 3, 2]


# --- whole, safe, self-contained -----------------------------------------------------------------------


def test_nothing_comes_from_elsewhere(page):
    assert not [given for tag, given in page.tags if tag in ("link", "img", "iframe", "object", "form")]
    assert not [given for tag, given in page.tags if tag == "script" and "src" in given]
    assert all(href.startswith("#") for href in page.attribute("a", "href"))
    policy = next(given["content"] for tag, given in page.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "script-src 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_text_of_a_scenario_cannot_run(tmp_path):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>%{x}"
    scenario = replace(one_zone(), title=evil, title_nl=evil, description_nl=evil)
    organisations = (replace(scenario.organisations[0], title=evil, title_nl=evil), *scenario.organisations[1:])
    path = tmp_path / "evil.html"
    page = page_of(comparison(scenario=replace(scenario, organisations=organisations), pairs=2), path)
    assert not page.attribute("img", "src")
    assert "<script>alert" not in path.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in json.dumps(page.figures()["en"])  # plotly shows it as text


def test_labels_in_figures_are_escaped():
    assert drawing.escaped("<b>%{x}") == "&lt;b&gt;% {x}"
    assert drawing.wrapped("a very long label indeed <i>", 10) == "a very<br>long label<br>indeed &lt;i&gt;"


def test_the_page_is_written_whole_or_not_at_all(tmp_path):
    with pytest.raises(RegieError, match="cannot be written"):
        write_report(comparison(pairs=0), tmp_path / "no" / "such" / "report.html", "en")
    path = tmp_path / "report.html"
    write_report(comparison(pairs=0), path, "en")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_a_reader_who_cannot_see_a_figure_is_told(page):
    plots_shown = [given for tag, given in page.tags if given.get("class") == "plot"]
    assert plots_shown
    assert all(given["role"] == "group" and given["aria-label"] for given in plots_shown)
    assert len(page.ids) == len(set(page.ids))
    places, choices = {f"#{name}" for name in page.ids}, {f"#regime={name}" for name in SHIFTS}
    assert set(page.attribute("a", "href")) <= places | choices
    assert len(page.attribute("button", "aria-pressed")) == len(LANGUAGES)


def test_figures_hold_numbers_that_json_can_hold(page):
    figures = page.figures()
    for panel in figures["en"].values():
        assert panel["data"]
        assert any(
            number is not None
            for trace in panel["data"]
            for number in trace.get("x", trace.get("link", {}).get("value"))
        )
    difference = figures["en"]["difference-wait_mean"]
    assert [(band["x0"], band["x1"]) for band in difference["layout"]["shapes"]] == [(-2.0, 2.0)] * 3
    assert difference["layout"]["meta"] == list(SHIFTS)
    assert difference["data"][0]["x"] == [0, 0]


def test_no_regime_is_told_by_colour_alone():
    baseline, rival = palette.look(0), palette.look(1)
    assert baseline.marker != rival.marker and baseline.dash != rival.dash and baseline.sign != rival.sign
    assert palette.look(14) == rival  # one of them is shown at a time
    assert len({(fill.colour, fill.pattern) for fill in palette.FILLS}) == len(palette.FILLS)
    assert all(bool(fill.pattern) == bool(fill.path) for fill in palette.FILLS)


# --- results that are not whole ------------------------------------------------------------------------


def test_an_interrupted_comparison_is_marked(shown):
    text = shown("one pair").text("nl")
    assert "Niet af" in text
    assert "1 van de 12 paren" in text


def test_failed_runs_are_told(shown):
    assert "Failed runs, which are not counted: 1." in shown("one pair").text("en")


def test_a_comparison_without_a_finished_pair_says_so(shown):
    page = shown("nothing")
    assert "Nothing is finished yet" in page.text("en")
    assert page.figures() == {"nl": {}, "en": {}}


def test_one_regime_gives_levels_and_no_differences(shown):
    page = shown("one regime")
    assert "this page shows results only, no differences" in page.text("en")
    assert not [key for key in page.figures()["en"] if key.startswith("difference")]


# --- what it rests on, and doing it again --------------------------------------------------------------


def test_the_command_gives_the_result_again(shown):
    command = "regie compare one-zone --regimes pooled-list,one-management,more-staff --baseline traditional"
    for example, says in (
        ("usual", f"{command} --worlds one --days 1095 --seed 7 --replications 12"),
        ("by hand", "regie compare scenario.toml --regimes"),
        ("later", "--only home-care,welfare --from 365"),
        ("later", "Only these organisations change: Home care and Welfare for older people."),
        ("plausible", "--worlds plausible --one-at-a-time --days 1095 --seed 7 --precision 5%"),
        ("scenarios", "regie compare one-zone scenarios/other.toml scenarios/third.toml --worlds one --days"),
        ("one rival", "regie compare one-zone --quick"),  # as it was typed
    ):
        assert says in shown(example).text("en"), example


def test_what_the_scenario_chose_comes_before_all_other_numbers(shown):
    text = shown("by hand").text("en")
    rests = text[text.rindex("What this rests on") :]
    assert rests.index("Hours of a worker for one intake") < rests.index("All other numbers")
    assert "--set" in rests


def test_a_figure_can_be_had_on_its_own():
    drawn = figure(comparison(pairs=2), "waiting", "nl")
    assert drawn.layout.yaxis.title.text == "hulpvragen op een lijst"
    with pytest.raises(RegieError, match="Did you mean 'waiting'"):
        figure(comparison(pairs=2), "wating")
