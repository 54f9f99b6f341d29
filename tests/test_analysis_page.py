"""What is seen of an analysis: its page in both languages, its folder, and the last lines on the terminal."""

import base64
import gzip
import importlib.util
import json
import math
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from sim.cli import main
from sim.errors import RegieError, Said
from sim.report.analysis import told
from sim.report.analysis.article import article
from sim.report.analysis.asked import asked
from sim.report.analysis.page import PAGE, render, write_analysis
from sim.report.analysis.ranked import MOST_RANKED, groups_of
from sim.report.analysis.reader import Reader, short
from sim.report.analysis.responded import MOST_CURVES
from sim.report.words import LANGUAGES, TEXTS, words
from sim.scenario.parameters import parameters
from sim.sweeps.analysis.findings import (
    Analysis,
    Box,
    Index,
    Interaction,
    Limit,
    Noise,
    Question,
    Rank,
    Response,
)
from sim.terminal import analysed

CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/google-chrome")) if p.exists()), None)
REGIMES = ("traditional", "client-steering")
LESS = Question("wait_mean", "client-steering", "traditional")
LEVEL = Question("share_reports", "traditional")
OWN = Question("my_own", "client-steering", "traditional")
EVERY = ("total", "first")
EMPTY = Analysis((), (), (), (), (), (), (), ())
NAMES = ("arrivals_per_year", "control", "preference_share", "calls_outside", "permission", "turnover")
UNCERTAIN = tuple(name for name, each in parameters().items() if each.kind == "uncertainty" and each.type == "float")


def about(names=NAMES, method="sobol", **others):
    """Return what the folder of a made-up sweep says."""
    factors = {}
    for name in names:
        known = parameters().get(name.rpartition(".")[2])
        low, high = map(float, known.plausible) if known else (0.0, 1.0)
        kind = known.type if known else "float"
        factors[name] = {"name": name, "type": kind, "low": low, "high": high, "values": [], "own": known is None}
    said = {
        "name": "made-up",
        "title": "What matters for waiting?",
        "title_nl": "Wat doet ertoe voor het wachten?",
        "scenario": "one-zone",
        "regimes": list(REGIMES),
        "method": method,
        "samples": 64,
        "points": 64 * (len(factors) + 2),
        "replications": 4,
        "days": 1095,
        "seed": 7,
        "factors": factors,
        "outcomes": ["wait_mean", "share_reports", "my_own"],
        "complete": True,
        "runs": 64 * (len(factors) + 2) * 4 * 2,
        "failed": 0,
        "command": "regie sweep made-up",
        "started": "2026-11-29T12:00:00+01:00",
        "versions": {"regie": "0.1.0", "python": "3.11.7", "numpy": "2.4.6", "absent": None},
        "platform": "a computer",
        "source": {"commit": "6ce8ce3abf668f0b6943af72c24bfde24024a662", "dirty": False},
        "identity": {"model": "d978263de9e193f2", "seed": 7},
    }
    return {**said, **others}


def asking(said=None, condition="", place=Path("/nowhere")):
    return asked(place, said or about(), command="regie analyse results/made-up", condition=condition)


def sobol(question, names=NAMES):
    """Return indices and ranks: the first factor alone on top, two that share their places, the rest is luck."""
    size = [0.55, 0.2, 0.17] + [0.04 * 0.9**n for n in range(len(names))]
    indices = [
        Index(question.name, name, measure, value * share, value * share - 0.05, value * share + 0.06)
        for name, value in zip(names, size, strict=False)
        for measure, share in (("total", 1.0), ("first", 0.8))
    ]
    places = [(1, 1), (2, 3), (2, 3)] + [(4, len(names))] * len(names)
    ranks = [Rank(question.name, n, *at, matters=i < 3) for i, (n, at) in enumerate(zip(names, places, strict=False))]
    return tuple(indices), tuple(ranks)


def morris(question, names=NAMES):
    """Return effects, and ranks as above."""
    indices = [
        Index(question.name, name, measure, value / (i + 1), value / (i + 1) - 1, value / (i + 1) + 1)
        for i, name in enumerate(names)
        for measure, value in (("mu_star", 12.0), ("mu", -11.0), ("sigma", 4.0))
    ]
    return tuple(indices), sobol(question, names)[1]


def curves(question, said, names=NAMES, scale=1.0):
    found = []
    for number, name in enumerate(names):
        low, high = (said["factors"][name][end] for end in ("low", "high"))
        values = (0.0, 1.0) if said["factors"][name]["type"] == "bool" else [n / 7 for n in range(8)]
        for share in values:
            mean = scale * (6 - 14 * share * 0.6**number)
            at = low + share * (high - low)
            found.append(Response(question.name, name, at, mean, mean - scale, mean + scale, 80))
    return tuple(found)


def pairs(question, said, names=NAMES, scale=1.0):
    one, other = names[:2]
    ends = [(said["factors"][name]["low"], said["factors"][name]["high"]) for name in (one, other)]
    found = []
    for i in range(5):
        for j in range(5):
            at, beside = (low + n / 4 * (high - low) for n, (low, high) in zip((i, j), ends, strict=True))
            mean = math.nan if (i, j) == (0, 4) else scale * (8 - i * j)
            found.append(Interaction(question.name, one, other, at, beside, mean, 0 if math.isnan(mean) else 9))
    return tuple(found)


def box(question, said, names=NAMES, condition=">= -2"):
    limits = []
    for i, name in enumerate(names[:3]):
        least, most = (said["factors"][name][end] for end in ("low", "high"))
        high = least + (most - least) * 0.45
        limits.append(Limit(name, least, high, least, most, 0.2 if i == 2 else 0.001))
    return Box(question.name, condition, tuple(limits), 61, 48, 48 / 61, 0.62, 0.31, 0.71)


def noise(question, share=0.12, replications=4, variance=40.0):
    return Noise(question.name, 448, replications, variance, share, share / 3)


def made_up(said=None, questions=(LESS, LEVEL, OWN), names=NAMES, indices=sobol):
    """Return a whole analysis."""
    said = said or about(names)
    found = [indices(question, names) for question in questions]
    scales = {question.name: 0.01 if question.outcome.startswith("share") else 1.0 for question in questions}
    return Analysis(
        questions,
        tuple(noise(question) for question in questions),
        tuple(row for rows, _ in found for row in rows),
        tuple(row for _, rows in found for row in rows),
        tuple(row for q in questions for row in curves(q, said, names, scales[q.name])),
        tuple(row for q in questions for row in (pairs(q, said, names, scales[q.name]) if len(names) > 1 else ())),
        tuple(box(question, said, names) for question in questions if question.against),
        (Said(f"{questions[0].name} >= -2: holds somewhere.", f"{questions[0].name} >= -2: geldt ergens."),),
    )


def bare(analysis, **others):
    """Return an analysis without what a design gives no more of."""
    return replace(analysis, indices=(), ranks=(), **others)


class _Page(HTMLParser):
    """The page as a reader meets it: texts by language, tags, scripts."""

    def __init__(self, text):
        super().__init__()
        self.texts, self.scripts, self.tags, self.ids = {each: [] for each in LANGUAGES}, {}, [], []
        self._language, self._inside = "", ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self._language = given["lang"] if tag == "article" else self._language
        self._inside = given.get("id", tag) if tag in ("script", "style") else ""

    def handle_endtag(self, tag):
        self._language = "" if tag == "article" else self._language
        self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.scripts.setdefault(self._inside, []).append(data)
        elif self._language:
            self.texts[self._language].append(data)

    def text(self, language):
        return re.sub(r"\s+", " ", " ".join(self.texts[language]))

    def figures(self):
        return json.loads(gzip.decompress(base64.b64decode("".join(self.scripts["figures"]))))


def page_of(analysis, said=None, **how):
    return _Page(render(asking(said, **how), analysis, "nl"))


def reader_of(analysis, said=None, language="en", **how):
    return Reader(words(language), asking(said, **how), analysis)


@pytest.fixture(scope="module")
def page():
    return page_of(made_up())


# --- what is said ------------------------------------------------------------------------------------------


def test_the_first_answer_names_the_factors_with_their_places_and_how_much_is_luck():
    reader = reader_of(made_up())
    assert reader.title(LESS) == "Wait, mean: client-steering less traditional"
    first = told.hangs(reader, LESS)
    assert first.items[0].startswith("1. People who ask for help") and first.items[0].endswith("(55 %)")
    assert [item[:5] for item in first.items[1:]] == ["2–3. "] * 2  # and none that luck may have given
    luck = told.luck(reader, LESS).text
    assert luck.startswith("12 % of what differs between single runs is luck.") and "it is 4 %" in luck
    assert told.directions(reader, LESS).items[0].endswith(": from +6.0 to −8.0 days")


def test_shares_are_percentages_and_their_differences_are_points():
    reader = reader_of(made_up())
    assert reader.with_unit(LEVEL, 0.05).endswith(" %") and reader.answer(LEVEL, 0.05).startswith("5")
    assert [reader.share(value) for value in (0.0, 0.0004, 0.004, 0.12)] == ["0 %", "less than 0.1 %", "0.4 %", "12 %"]
    difference = Question("share_reports", *REGIMES[::-1])
    assert reader.with_unit(difference, -0.05).endswith("percentage points")


def test_where_it_does_not_help_is_said_with_its_limits():
    reader = reader_of(made_up(), language="nl")
    where = told.where(reader, LESS)
    assert "helpt het niet (een verschil van minstens −2,0 dagen) bij 79 % van de punten" in where.text
    assert len(where.items) == 3
    assert told.asks_where(reader, LESS) == "Waar helpt het niet?"
    assert told.asks_where(reader_of(made_up(), condition="> 30"), LESS) == "Where does the condition hold?"
    assert told.where(reader, LEVEL) is None


def test_a_condition_that_nobody_understands_stands_as_it_is():
    reader = reader_of(made_up())
    assert reader.condition(LESS, "something else") == "something else"
    signs = {">": "more than", "<": "less than", ">=": "at least", "<=": "at most"}
    for sign, said in signs.items():
        assert reader.condition(LESS, f"{sign} 1.5") == f"{said} +1.5 days"


def test_a_remark_stands_with_its_question_and_one_about_a_condition_where_the_regions_do():
    general, few = Said("Of all.", "Van alles."), Said(f"{LESS.name}: too few.", f"{LESS.name}: te weinig.")
    whole = replace(made_up(), remarks=(*made_up().remarks, general, few))
    reader = reader_of(whole, language="nl")
    assert told.remarks(reader, LESS) == ["Te weinig."] and told.remarks(reader, LEVEL) == []
    assert told.remarks(reader, None) == [general.nl]
    assert told.where(reader, LESS).note == "Een verschil van minstens −2,0 dagen: geldt ergens."
    nowhere = told.where(reader_of(replace(whole, boxes=())), LESS)
    assert (nowhere.text, nowhere.items) == ("A difference of at least −2.0 days: holds somewhere.", ())


def test_regimes_are_called_by_their_labels_where_the_sweep_wrote_them(tmp_path):
    from sim import Scenario

    (tmp_path / "scenarios").mkdir()
    for name in REGIMES:
        text = Scenario.load("one-zone").with_regime(name).to_toml()
        (tmp_path / "scenarios" / f"{name}.toml").write_text(text, "utf-8")
    reader = reader_of(made_up(), place=tmp_path)
    assert reader.title(LESS) == "Wait, mean: Client steering less Traditional control"


def test_without_ranks_nothing_is_ranked():
    whole = made_up()
    assert "cannot be put in order" in told.hangs(reader_of(replace(whole, ranks=())), LESS).text
    grid = about(method="grid")
    assert "allows no ranking" in told.hangs(reader_of(bare(whole), grid), LESS).text
    nothing = tuple(replace(rank, matters=False) for rank in whole.ranks)
    assert "No single factor" in told.hangs(reader_of(replace(whole, ranks=nothing)), LESS).text


def test_without_indices_the_curves_say_which_way_as_far_as_that_is_sure():
    whole = bare(made_up(), responses=curves(LESS, about()))
    assert len(told.directions(reader_of(whole), LESS).items) == told.MOST_TOLD
    unsure = tuple(replace(each, low=each.mean - 99, high=each.mean + 99) for each in whole.responses)
    assert told.directions(reader_of(replace(whole, responses=unsure)), LESS) is None


def test_one_replication_knows_nothing_of_luck():
    one = replace(made_up(), noise=(noise(LESS, math.nan, 1), noise(LEVEL, variance=0.0)))
    reader = reader_of(one)
    assert "With one replication" in told.luck(reader, LESS).text
    assert told.luck(reader, LEVEL).text == "Nothing differs between the runs."
    assert told.luck(reader, OWN) is None


def test_factors_that_share_places_are_one_group():
    ranks = {
        name: Rank("q", name, *at, True)
        for name, at in zip("abcde", [(1, 1), (2, 4), (2, 4), (3, 4), (5, 5)], strict=True)
    }
    assert groups_of("abcde", ranks) == [0, 1, 1, 1, 2]
    assert groups_of("abc", {}) == [0, 0, 0]


def test_values_are_written_as_a_reader_says_them():
    reader = reader_of(made_up(), about((*NAMES, "organisations.home-care.levers.control", "my_keyword")), "nl")
    assert reader.value("calls_outside", 1.0) == "ja"
    assert reader.value("arrivals_per_year", math.nan) == "–"
    assert reader.label("organisations.home-care.levers.control").endswith("(organisations.home-care.levers)")
    assert reader.label("my_keyword") == reader.label("absent").replace("absent", "my_keyword") == "my_keyword"
    worded = next(name for name, each in parameters().items() if each.unit.startswith("0 softmax"))
    worded_reader = reader_of(made_up(), about((worded,)), "nl")
    assert worded_reader.value(worded, 1.0) == "goed genoeg"
    assert short("a label of many words", 10) == "a label…"


# --- the page ----------------------------------------------------------------------------------------------


def test_it_holds_all_parts_in_both_languages(page):
    for language in LANGUAGES:
        for anchor in ("ranking", "responses", "interactions", "boxes", "varied", "made", "again", "cite"):
            assert f"{language}-{anchor}" in page.ids, anchor
        assert not re.search(r"[{}]|undefined|NaN|\bnan\b|None", page.text(language))
    assert len(page.ids) == len(set(page.ids))


def test_no_sentence_of_the_other_language_is_left(page):
    for position, language in enumerate(LANGUAGES):
        text = page.text(language)
        for key in our_keys():
            other = TEXTS[key][1 - position]
            whole = len(other) > 14 and "{" not in other and len(set(TEXTS[key])) == 2
            assert not (whole and other in text), key


def test_every_picture_has_a_description_and_a_table(page):
    plots = [given for tag, given in page.tags if "plot" in given.get("class", "").split()]
    assert plots and all(given["aria-label"] for given in plots)
    for language in LANGUAGES:
        made = article(asking(), made_up(), words(language))
        figures = [figure for section in made.sections for view in section.views for figure in view.figures]
        assert all(len(figure.tables) >= len(figure.panels) or figure.tables[0].rows for figure in figures)
        assert all(figure.tables for figure in figures)


def test_it_fetches_nothing_and_runs_no_other_script(page):
    policy = next(given["content"] for tag, given in page.tags if given.get("http-equiv"))
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy.partition("style-src")[0]
    assert not [given for _, given in page.tags if "src" in given or given.get("href", "#")[0] != "#"]


def test_it_says_how_to_get_it_again(page):
    for language in LANGUAGES:
        text = page.text(language)
        for said in ("regie sweep made-up", "regie analyse results/made-up", asking().digest, "numpy 2.4.6"):
            assert said in text
        assert "absent" not in text and "docs/analysis.md" in text


def test_the_figures_hold_what_was_found(page):
    key = "wait_mean-client-steering-traditional"
    for language in LANGUAGES:
        drawn = page.figures()[language]
        ranking = drawn[f"ranking.{key}"]
        rows = ranking["layout"]["yaxis"]["ticktext"]
        assert rows[0].startswith("1. ") and rows[1].startswith("2–3. ")
        assert len(ranking["layout"]["shapes"]) == 2  # every other of three groups
        total = ranking["data"][1]
        assert total["x"][:3] == [55, 20, 17] and total["marker"]["color"][0] != total["marker"]["color"][3]
        map_of_two = drawn[f"interactions.{key}.{NAMES[0]}.{NAMES[1]}"]["data"][0]
        assert map_of_two["z"][4][0] is None and map_of_two["zmin"] == -map_of_two["zmax"]
        curve = drawn[f"responses.{key}.{NAMES[0]}"]
        assert any(shape["y0"] == shape["y1"] == 0 for shape in curve["layout"]["shapes"])
        inside = drawn[f"boxes.{key}.1"]["data"][1]
        assert inside["x"] == pytest.approx([0.45] * 3)


def test_a_level_has_no_line_of_no_difference(page):
    drawn = page.figures()["en"]
    assert not drawn[f"responses.share_reports-traditional.{NAMES[0]}"]["layout"]["shapes"]
    assert "zmin" not in drawn[f"interactions.share_reports-traditional.{NAMES[0]}.{NAMES[1]}"]["data"][0]


def test_effects_of_morris_are_in_the_unit_of_the_outcome():
    said = about(method="morris")
    shown = page_of(made_up(said, indices=morris), said)
    assert "(12.0 days)" in shown.text("en") and "(12,0 dagen)" in shown.text("nl")
    title = shown.figures()["en"]["ranking.wait_mean-client-steering-traditional"]["layout"]["annotations"][0]["text"]
    assert title == "shift over the whole range, days"
    assert "−11.0" in shown.text("en")


def test_of_seventy_factors_the_top_is_drawn_and_all_are_in_a_table():
    names = UNCERTAIN[:70]
    said = about(names)
    analysis = made_up(said, names=names)
    made = article(asking(said), analysis, words("en"))
    ranking, responses = made.sections[:2]
    figure = ranking.views[0].figures[0]
    assert len(figure.panels[0].plot["layout"]["yaxis"]["ticktext"]) == MOST_RANKED
    assert len(figure.tables[0].rows) == len(names) and not figure.on_paper
    assert len(responses.views[0].figures[0].panels) == MOST_CURVES
    assert f"Here are {MOST_CURVES} of {len(names)} factors" in responses.views[0].figures[0].read


def test_one_factor_is_enough():
    said = about(NAMES[:1])
    shown = page_of(made_up(said, (LESS,), NAMES[:1]), said)
    assert "en-ranking" in shown.ids and "en-interactions" not in shown.ids
    assert not [given for tag, given in shown.tags if tag == "select"]


def test_an_empty_analysis_is_a_page_that_says_so():
    shown = page_of(EMPTY, about(complete=False, runs=0))
    assert words("nl")("sweep nothing") in shown.text("nl") and "nl-ranking" not in shown.ids
    assert "0 van de" in shown.text("nl")


def test_what_is_not_defined_is_drawn_as_nothing_and_said_as_nothing():
    whole = made_up()
    unknown = {"value": math.nan, "low": math.nan, "high": math.nan}
    holed = replace(
        whole,
        indices=tuple(replace(each, **unknown) for each in whole.indices),
        responses=tuple(replace(each, mean=math.nan, low=math.nan, high=math.nan) for each in whole.responses),
        interactions=tuple(replace(each, mean=math.nan) for each in whole.interactions),
        noise=tuple(noise(q, math.nan, 1, math.nan) for q in whole.questions),
        boxes=tuple(replace(each, unseen=math.nan, limits=()) for each in whole.boxes),
    )
    shown = page_of(holed)
    for language in LANGUAGES:
        assert not re.search(r"NaN|\bnan\b|inf\b", shown.text(language))


def test_an_unfinished_sweep_and_failed_runs_are_said():
    whole = page_of(made_up(), about(failed=3)).text("en")
    assert "3 of them failed and do not count" in whole and "Incomplete" not in whole
    partly = page_of(made_up(), about(failed=3, complete=False, runs=100)).text("en")
    assert "Incomplete" in partly and "100 of 4,096 runs are done" in partly and "Of these 3 failed" in partly


def test_no_name_of_the_users_becomes_part_of_the_page():
    evil = "<script>alert(1)</script>"
    said = about(("arrivals_per_year", evil), title=evil, title_nl="", regimes=[evil, *REGIMES], platform=evil)
    question = Question(evil, evil, "traditional")
    text = render(asking(said), made_up(said, (question, LESS), ("arrivals_per_year", evil)), "en")
    assert evil not in text and "&lt;script&gt;" in text
    assert len(re.findall(r"<script", text)) == 4


# --- texts -------------------------------------------------------------------------------------------------


def our_keys():
    folder = files("sim.report").joinpath("texts")
    return list(tomllib.loads(folder.joinpath("analysis.toml").read_text("utf-8")))


def test_every_text_of_the_page_is_used(monkeypatch):
    used = set()

    class Noted(dict):
        def __getitem__(self, key):
            used.add(key)
            return super().__getitem__(key)

    monkeypatch.setattr("sim.report.words.TEXTS", Noted(TEXTS))
    whole = made_up()
    nothing = tuple(replace(rank, matters=False) for rank in whole.ranks)
    two = (*whole.boxes, *whole.boxes)
    many = UNCERTAIN[: MOST_RANKED + 1]
    four = tuple(replace(each, other=f"{each.other}{n}") for n in range(5) for each in whole.interactions)
    render(asking(), whole, "en")
    render(asking(about(failed=1)), replace(whole, boxes=two, ranks=nothing, interactions=four), "en")
    render(asking(about(failed=1, complete=False)), replace(whole, ranks=()), "en")
    render(asking(about(many, replications=1)), made_up(about(many), names=many), "en")
    render(asking(), EMPTY, "en")
    render(
        asking(),
        replace(whole, remarks=(Said("Of all.", "Van alles."), Said(f"{LEVEL.name}: few.", "")), boxes=()),
        "en",
    )
    render(asking(), replace(whole, remarks=()), "en")
    morris_said = about(method="morris")
    render(asking(morris_said), made_up(morris_said, indices=morris), "en")
    noises = (noise(LESS, math.nan, 1), noise(LEVEL, variance=0.0))
    for method in ("grid", "latin-hypercube", "table"):
        render(asking(about(method=method), "> 3"), bare(whole, noise=noises), "en")
    for sign in ("<", "<=", ">", ">="):
        reader_of(whole).condition(LESS, f"{sign} 1")
    reader_of(whole).share(0.0001)
    assert not [key for key in our_keys() if key not in used]


# --- the folder --------------------------------------------------------------------------------------------


def test_it_writes_a_page_and_tables_and_replaces_what_it_wrote(tmp_path):
    place = tmp_path / "analysis"
    written = write_analysis(asking(), made_up(), place, "en")
    assert written == place / PAGE and written.read_text("utf-8").startswith("<!doctype html>")
    assert len(pd.read_parquet(place / "indices.parquet")) == len(made_up().indices)
    assert len(pd.read_csv(place / "indices.csv")) == len(made_up().indices)
    write_analysis(asking(), EMPTY, place, "nl")
    assert len(pd.read_parquet(place / "indices.parquet")) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["analysis"]


def test_what_is_no_analysis_is_not_replaced(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear all,")
    with pytest.raises(RegieError, match="holds something else"):
        write_analysis(asking(), EMPTY, tmp_path / "letters", "en")
    assert (tmp_path / "letters" / "dear.txt").exists()


def test_when_it_cannot_be_written_the_earlier_one_stays(tmp_path, monkeypatch):
    place = tmp_path / "analysis"
    write_analysis(asking(), EMPTY, place, "en")
    before = (place / PAGE).read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.report.analysis.page.write_tables", full)
    with pytest.raises(OSError, match="No space"):
        write_analysis(asking(), made_up(), place, "en")
    assert (place / PAGE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["analysis"]


# --- the terminal ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_lines_are_narrow_and_say_what_matters(language):
    said = analysed.lines(reader_of(made_up(), language=language), language)
    assert max(map(len, said)) <= 60
    text = re.sub(r"\s+", " ", " ".join(said))
    assert {"en": "It hangs most on: 1.", "nl": "Het hangt het meest af van: 1."}[language] in text
    assert {"en": "12 % of what differs", "nl": "12 % van wat tussen"}[language] in text
    assert {"en": "all 4,096 runs", "nl": "alle 4.096 runs"}[language] in text


def test_the_last_lines_say_what_is_missing_and_that_there_is_more():
    questions = tuple(replace(LESS, outcome=f"own_{n}") for n in range(8))
    said = about(complete=False, runs=50, failed=2)
    text = " ".join(analysed.lines(reader_of(made_up(said, questions), said), "en"))
    assert "4 more questions" in text and "50 of" in text and "2 runs failed" in text


def run_cli(*arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, arguments)))
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sweep_there_is_a_sentence(tmp_path, capsys, language):
    code, _, err = run_cli("analyse", tmp_path, "--lang", language, capsys=capsys)
    assert code == 2 and str(tmp_path) in err and "Traceback" not in err


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A sweep of a few short runs."""
    from sim import Experiment, sweep

    asked_for = Experiment(
        "one-zone",
        factors={"control": [0.0, 0.5, 1.0], "calls_outside": [0, 1]},
        days=28,
        replications=2,
        regimes=list(REGIMES),
        outcomes=["wait_mean", "value"],
        set={"warmup_days": 28},
        title="Small",
    )
    return sweep(asked_for, out=tmp_path_factory.mktemp("sweep") / "small").path


def test_a_real_sweep_is_analysed(small, capsys):
    code, out, _ = run_cli("analyse", small, "--outcomes", "wait_mean", "--lang", "nl", capsys=capsys)
    assert code == 0 and "Klantsturing min Traditionele" in out and str(small / "analysis" / PAGE) in out
    text = (small / "analysis" / PAGE).read_text("utf-8")
    assert "Client steering less Traditional control" in text and f"regie analyse {small}" in text
    code, out, _ = run_cli("analyse", small, "--regime", "traditional", "--json", capsys=capsys)
    found = json.loads(out)
    assert code == 0 and found["complete"] and [each["regime"] for each in found["questions"]] == ["traditional"] * 2


@pytest.mark.parametrize("wrong", [("--outcomes", "wat"), ("--regime", "nobody"), ("--where", "a lot")])
def test_what_the_sweep_does_not_hold_is_a_sentence_and_writes_nothing(small, tmp_path, capsys, wrong):
    code, _, err = run_cli("analyse", small, *wrong, "--out", tmp_path / "there", capsys=capsys)
    assert code == 2 and wrong[1] in err and "Traceback" not in err
    assert not (tmp_path / "there").exists()


# --- in a browser ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs chromium and playwright: pip install playwright, and a chromium in /usr/bin",
)
def test_a_browser_draws_it_without_a_word_and_axe_finds_nothing_serious(tmp_path):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    path = write_analysis(asking(), made_up(), tmp_path / "analysis", "nl")
    heard, fetched = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 390, "height": 844}, bypass_csp=False)
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.route(lambda url: not url.startswith(path.as_uri()), lambda route: (fetched.append(1), route.abort()))
        tab.goto(path.as_uri())
        tab.wait_for_selector("html[data-drawn]")
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        tab.select_option("#nl-regime", label="Uren voor verantwoording naar boven bij traditional")
        tab.wait_for_selector('html[data-drawn="nl share_reports-traditional"]')
        assert "question=share_reports-traditional" in tab.url
        tab.click("[data-switch=en]")
        tab.wait_for_selector('html[data-drawn="en share_reports-traditional"]')
        undrawn = """[...document.querySelectorAll('article:not([hidden]) .plot')].filter(p => !p.closest('[hidden]'))
          .filter(p => !p.querySelector('svg :is(.point, .js-fill, .hm)')).map(p => p.dataset.key)"""
        assert tab.evaluate(undrawn) == []
        tab.close()
        tab = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=True)  # to let axe in
        tab.goto(path.as_uri())
        tab.wait_for_selector("html[data-drawn]")
        found = Axe().run(tab).response
        browser.close()
    assert not heard and not fetched
    grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], each["nodes"][0]["html"][:200], len(each["nodes"])) for each in grave]
