"""The workbook and the CSV files of a comparison, read back as a person's spreadsheet or pandas reads them."""

import csv
import gc
import math
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import numpy as np
import openpyxl
import pandas as pd
import pytest

from sim.errors import RegieError
from sim.report import result_sheets, workbook
from sim.report.sheet_words import HOLDS, SHEETS
from sim.report.sheets import write_sheets
from sim.report.workbook import Number, Sheet, write_workbook
from sim.scenario.parameters import parameters
from sim.scenario.scenario import RegimeLabel
from sim.study.compare import Difference, Failure, compare
from sim.study.csv_files import write_csv
from sim.study.statistics import Verdict
from sim.study.verdicts import verdict_words

LANGUAGES = ("nl", "en")
MADE = datetime(2026, 3, 1, 23, 30, 8, 999, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture(scope="module")
def compared():
    """Three ways of steering in three worlds of which the first outcome was worked out by hand."""
    result = compare("one-zone", regimes=["pooled-list", "more-staff"], replications=3, days=28, seed=7)
    values = result.values.copy()
    values[:3, :, 0] = [[10.0, 12.0, 14.0], [8.0, 9.0, 10.0], [10.5, 12.0, math.nan]]
    return replace(result, values=values, started=MADE, command="regie compare one-zone")


@pytest.fixture(scope="module")
def few(compared):
    """The same with the outcomes that stand first and two more: quicker to read back."""
    chosen = [n for n, outcome in enumerate(compared.outcome_list) if outcome.headline or n in (1, 3)]
    outcomes = tuple(compared.outcome_list[n] for n in chosen)
    return replace(compared, outcome_list=outcomes, values=compared.values[..., chosen])


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request, compared, tmp_path_factory):
    return read(compared, tmp_path_factory.mktemp("book"), request.param)


class Read:
    """A workbook read back: tables by the key of their sheet."""

    def __init__(self, path, language):
        self.path, self.language = path, language
        self.file = openpyxl.load_workbook(path)

    def sheet(self, key):
        return self.file[SHEETS(key).in_language(self.language)]

    def names(self):
        return self.file.sheetnames

    def rows(self, key):
        return [[cell.value for cell in row] for row in self.sheet(key).iter_rows()]

    def readme(self):
        return "\n".join(str(cell) for row in self.rows("read me") for cell in row)


def read(result, folder, language="en"):
    write_sheets(result, folder / "outcomes.xlsx", language)
    return Read(folder / "outcomes.xlsx", language)


def relabelled(result, regime, **fields):
    """Return a comparison in which a regime is called otherwise."""
    label = RegimeLabel(**{**{name: getattr(result.label(regime), name) for name in RegimeLabel.__slots__}, **fields})
    scenarios = {**result.scenarios, regime: replace(result.scenarios[regime], label=label)}
    return replace(result, scenarios=scenarios)


# --- results ---------------------------------------------------------------------------------------------


def test_differences_worked_by_hand(book):
    """10, 12, 14 against 8, 9, 10: -2, -3, -4 days; t(0.975, 2) = 4.302653, standard error 1/sqrt(3)."""
    head, first, *_ = book.rows("differences")
    half = 4.302653 / math.sqrt(3)
    found = first[head.index("Unit" if book.language == "en" else "Eenheid") + 1 :]
    assert first[2] == "wait_mean" and found[:3] == [12, 9, -3]
    assert found[3:5] == pytest.approx([-3 - half, -3 + half], rel=1e-6)
    assert found[5] == verdict_words("undecided").in_language(book.language)  # from -5.5 to -0.5, and 2 days matter
    assert found[6:9] == [1, 3, 2]  # better in every world, three worlds, two days matter
    assert found[-1] == pytest.approx(1 / (4 + 1))  # variance of the difference, of the two added


def test_a_world_without_a_value_does_not_count_and_stays_empty(book, compared):
    """The third world of `more-staff` has no mean wait: pairs (10, 10.5) and (12, 12)."""
    row = next(row for row in book.rows("differences") if row[0] == title(compared, "more-staff", book))
    assert row[5:8] == [11, 11.25, 0.25] and row[12] == 2
    level = next(row for row in book.rows("levels") if row[0] == title(compared, "more-staff", book))
    assert level[5] == 11.25 and level[8:] == [2, 10.5, 12]
    values = [row[-1] for row in book.rows("worlds") if row[0] == title(compared, "more-staff", book)][:3]
    assert values == [10.5, 12, None]


def title(result, regime, book):
    return result.label(regime).title_in(book.language)


def test_every_regime_and_outcome_is_there_with_its_numbers(book, compared):
    head, *rows = book.rows("differences")
    names = [field for field in Difference.__annotations__ if field not in ("regime", "outcome", "unit", "direction")]
    assert len(head) == 5 + len(names)  # a field without a column would be kept from the reader
    found = {(row[0], row[2]): row[5:] for row in rows}
    expected = {(title(compared, d.regime, book), d.outcome): d for d in compared.differences()}
    assert found.keys() == expected.keys() and len(rows) == len(found)
    shown = list(result_sheets._SHOWN)
    for key, difference in expected.items():
        for field, cell in zip([field for field in shown if field in names], found[key], strict=True):
            value = getattr(difference, field)
            if field == "verdict":
                assert cell == verdict_words(value).in_language(book.language)
            else:
                assert cell == pytest.approx(value, rel=1e-14) if np.isfinite(value) else cell is None, (key, field)


def test_the_worlds_are_those_of_the_comparison(book, compared):
    head, *rows = book.rows("worlds")
    assert len(head) == 5
    for regime in compared.regimes:
        own = {(row[2], row[3]): row[4] for row in rows if row[0] == title(compared, regime, book)}
        for outcome in compared.outcome_list:
            for number, value in zip(compared.replications, compared.level(regime, outcome.name), strict=True):
                cell = own[outcome.name, number]
                assert cell == pytest.approx(value, rel=1e-14) if np.isfinite(value) else cell is None


def test_levels_hold_mean_interval_and_ends(book):
    """10, 12, 14: mean 12, standard error 2/sqrt(3)."""
    half = 4.302653 * 2 / math.sqrt(3)
    assert book.rows("levels")[1][5:] == [12, *map(near, (12 - half, 12 + half)), 3, 10, 14]


def near(value):
    return pytest.approx(value, rel=1e-6)


# --- meanings --------------------------------------------------------------------------------------------


def test_every_outcome_verdict_and_column_is_defined(book, compared):
    head, *rows = book.rows("definitions")
    by_name = {row[2]: row for row in rows if row[2]}
    for outcome in compared.outcome_list:
        row = by_name[outcome.name]
        assert row[1] == outcome.label(book.language) and row[7] == outcome.says(book.language)
        assert row[4].startswith(outcome.unit_in(book.language)) and row[6] == outcome.smallest_difference
        assert bool(row[3]) >= outcome.headline
    assert set(get_args(Verdict)) <= by_name.keys()
    results = book.rows("differences")[0]
    explained = {row[1] for row in rows}
    assert {"en": {"Variance ratio", "Difference"}, "nl": {"Variantieverhouding", "Verschil"}}[book.language] <= (
        explained & set(results)
    )
    assert all(row[7] for row in rows) and len(head) == 8


def test_each_way_of_steering_says_why_and_what_differs(book, compared):
    rows = book.rows("ways")[1:]
    assert {row[1] for row in rows} == set(compared.regimes)
    staff = [row for row in rows if row[1] == "more-staff"]
    assert [row[4:7] for row in staff] == [["extra_staff", 0, 0.1]]
    assert staff[0][2] == " ".join(compared.label("more-staff").rationale.split()) or book.language == "nl"
    pooled = {row[4]: row[5:7] for row in rows if row[1] == "pooled-list"}
    assert pooled["pooled_list"] == (["no", "yes"] if book.language == "en" else ["nee", "ja"])
    assert [row[4] for row in rows if row[1] == compared.baseline] == [None]


def test_the_scenario_holds_every_number_under_the_name_that_sets_it(book, compared):
    here = compared.scenarios[compared.baseline]
    rows = book.rows("scenario")[1:]
    values = {row[2]: {"yes": True, "ja": True, "no": False, "nee": False}.get(row[3], row[3]) for row in rows}
    assert parameters().keys() <= values.keys() and len(values) == len(rows)
    assert here.with_values(values).digest() == here.digest()
    other = here.with_values({name: value * 0.9 for name, value in values.items() if name == "arrivals_per_year"})
    assert other.digest() != here.digest()
    assert all(row[1] and row[4] and row[7] for row in rows)


def test_the_first_sheet_says_what_this_is(book, compared):
    text = book.readme()
    assert {"en": "not a forecast", "nl": "geen voorspelling"}[book.language] in text
    for regime in compared.regimes:
        assert title(compared, regime, book) in text
    for fact in ("regie compare one-zone", "John Beckers", "2026", "28"):
        assert fact in text
    assert all(SHEETS(key).in_language(book.language) in text for key in HOLDS)


# --- as a spreadsheet shows it -----------------------------------------------------------------------------


def test_heads_stand_still_and_can_be_filtered(book):
    assert book.names()[0] == SHEETS("read me").in_language(book.language)
    for page in book.file.worksheets[1:]:
        assert page.freeze_panes == "A2" and all(cell.font.bold for cell in page[1])
        assert page.auto_filter.ref == page.dimensions
        widths = [dimension.width for dimension in page.column_dimensions.values()]
        assert all(8 < width <= 70 for width in widths) and len(widths) == page.max_column


def test_numbers_are_numbers_with_fitting_decimals(book):
    page = book.sheet("differences")
    by_name = {row[2].value: row for row in page.iter_rows(min_row=2)}
    days, share = by_name["wait_mean"], by_name["beyond_norm"]
    assert days[5].number_format == "#,##0.0" and days[7].number_format == "+#,##0.0;-#,##0.0;#,##0.0"
    assert share[5].number_format == "#,##0.000"  # two percentage points matter
    assert share[4].value.endswith("0 to 1" if book.language == "en" else "0 tot 1")


def test_no_cell_is_a_formula_or_an_error(few, tmp_path):
    texts = ["=1+1", "+31 76", "-2+3", "@SUM(A1)", "#N/A"]
    for text in texts:
        odd = replace(relabelled(few, "more-staff", title=text), scenario=replace(few.scenario, title=text))
        read_back = read(odd, tmp_path)
        cells = [cell for page in read_back.file for row in page.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        here = [cell for cell in cells if cell.value == text]
        assert len(here) > 3 * len(few.outcome_list) and all(cell.quotePrefix for cell in here)


def test_absurd_titles_and_characters_are_borne(few, tmp_path):
    long = "Een heel lange titel " * 3000
    odd = replace(relabelled(few, "more-staff", title_nl=long), scenario=replace(few.scenario, title_nl=long))
    read_back = read(odd, tmp_path, "nl")
    assert max(len(str(cell)) for row in read_back.rows("read me") for cell in row) == 32767
    assert all(len(name) <= 31 for name in read_back.names())
    odd = relabelled(few, "more-staff", title="bell\x07 surrogate\udcff nul\x00 café")
    assert "bell\ufffd surrogate\ufffd nul\ufffd café" in read(odd, tmp_path).readme()


def test_ways_with_one_title_are_told_apart(few, tmp_path):
    same = relabelled(relabelled(few, "more-staff", title="Mine"), "pooled-list", title="Mine")
    titles = {row[0] for row in read(same, tmp_path).rows("differences")[1:]}
    assert titles == {"Mine (more-staff)", "Mine (pooled-list)"}


def test_the_same_comparison_gives_the_same_bytes(few, tmp_path):
    for name in ("one.xlsx", "other.xlsx"):
        write_sheets(few, tmp_path / name, "nl")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 3, 1, 23, 30, 8)}
        assert archive.testzip() is None
    about = openpyxl.load_workbook(tmp_path / "one.xlsx").properties
    assert about.created == about.modified == MADE.astimezone(UTC).replace(tzinfo=None, microsecond=0)


# --- not everything is there ---------------------------------------------------------------------------------


def test_an_incomplete_comparison_says_so(few, tmp_path):
    failure = Failure("more-staff", 3, 9, "run", "ValueError", "…")
    part = replace(few, complete=False, asked=20, failures=(failure,))
    text = read(part, tmp_path).readme()
    assert "3 of the 20" in text and "No. Not everything" in text and "not counted: 1" in text
    assert "No. Not everything" not in read(few, tmp_path).readme()


def test_one_way_of_steering_has_no_differences(few, tmp_path):
    base = few.baseline
    one = replace(few, regimes=(base,), scenarios={base: few.scenarios[base]}, values=few.values[:1])
    for language in LANGUAGES:
        read_back = read(one, tmp_path, language)
        assert SHEETS("differences").in_language(language) not in read_back.names()
        assert {"en": "nothing to compare", "nl": "niets te vergelijken"}[language] in read_back.readme()
        assert len(read_back.rows("levels")) == len(few.outcome_list) + 1


def test_nothing_finished_still_gives_a_workbook(few, tmp_path):
    none = replace(few, replications=(), seeds=(), values=few.values[:, :0], complete=False)
    read_back = read(none, tmp_path)
    assert read_back.names() == ["Read me", "Definitions", "Ways of steering", "Scenario"]
    assert "Not one world was finished" in read_back.readme()


def test_one_world_has_no_interval_and_no_verdict(few, tmp_path):
    one = replace(few, replications=(0,), seeds=few.seeds[:1], values=few.values[:, :1])
    row = read(one, tmp_path).rows("differences")[1]
    assert row[5:11] == [10, 8, -2, None, None, "no verdict"]


def test_too_many_worlds_leave_the_main_outcomes_and_say_so(few, tmp_path, monkeypatch):
    main = [outcome for outcome in few.outcome_list if getattr(outcome, "main", outcome.headline)]
    first = [outcome for outcome in few.outcome_list if outcome.headline]
    runs = few.values[..., 0].size
    monkeypatch.setattr(result_sheets, "MOST_WORLD_ROWS", runs * len(main))
    head, *rows = read(few, tmp_path).rows("worlds")
    assert {row[2] for row in rows} == {outcome.name for outcome in main} and len(rows) == runs * len(main)
    assert head[5] is None and "only the main results" in head[6]
    monkeypatch.setattr(result_sheets, "MOST_WORLD_ROWS", 2 * len(few.values) * len(first))
    head, *rows = read(few, tmp_path).rows("worlds")
    assert {row[3] for row in rows} == {0, 1} and {row[2] for row in rows} == {outcome.name for outcome in first}
    assert "of the first 2 worlds" in head[6]
    assert result_sheets.MOST_WORLD_ROWS < workbook.MOST_ROWS


# --- mistakes --------------------------------------------------------------------------------------------


def test_no_such_language_and_no_such_folder(few, tmp_path):
    with pytest.raises(RegieError, match="'de'"):
        write_sheets(few, tmp_path / "x.xlsx", "de")
    with pytest.raises(RegieError, match="folder does not exist"):
        write_sheets(few, tmp_path / "nowhere" / "x.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_workbook_is_written_whole_or_not_at_all(tmp_path):
    sheets = [Sheet("One", ["a"], [[1]]), Sheet("Two", ["a"], [[Number(1.0, "0")], [object()]])]
    with pytest.raises(TypeError):
        write_workbook(tmp_path / "x.xlsx", sheets, title="x", author="x", made=MADE)
    gc.collect()  # nothing is left open that would complain
    assert not list(tmp_path.iterdir())


# --- CSV -----------------------------------------------------------------------------------------------------

NUMBERS = [0.1, -0.0, 1 / 3, 1e22, 5e-324, 1.7976931348623157e308, -123456.789, 2.0, 1e-7, math.pi]


def columns():
    rng = np.random.default_rng(0)
    numbers = [*NUMBERS, *rng.normal(0, 1, 500), *np.exp(rng.normal(0, 60, 500))]
    texts = ["cliënt", "a;b", 'say "so"', "a,b", "1.5", *["x"] * (len(numbers) - 5)]
    return {"regime": texts, "n": list(range(len(numbers))), "value": numbers}


FORMS = pytest.mark.parametrize(("form", "separator", "decimal"), [("nl", ";", ","), ("en", ",", ".")])


@FORMS
def test_csv_comes_back_bit_for_bit(form, separator, decimal, tmp_path):
    path, written = tmp_path / "x.csv", columns()
    write_csv(path, written, form)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=separator))
    assert [row["regime"] for row in rows] == written["regime"] and [int(row["n"]) for row in rows] == written["n"]
    assert [float(row["value"].replace(decimal, ".")).hex() for row in rows] == [
        float(x).hex() for x in written["value"]
    ]
    assert all(len(row["value"]) == len(repr(float(x))) for row, x in zip(rows, written["value"], strict=True))


@FORMS
def test_pandas_reads_the_csv(form, separator, decimal, tmp_path):
    path, written = tmp_path / "x.csv", columns()
    write_csv(path, written, form)
    frame = pd.read_csv(path, sep=separator, decimal=decimal, dtype={"regime": str}, encoding="utf-8")
    assert list(frame) == list(written)  # the mark of UTF-8 does not become a part of the first heading
    assert frame["regime"].tolist() == written["regime"] and frame["n"].tolist() == written["n"]
    assert frame["value"].dtype == float
    np.testing.assert_allclose(frame["value"], written["value"], rtol=1e-14, atol=1e-300)  # some pandas read to a bit


def test_csv_as_dutch_excel_wants_it(tmp_path):
    path = tmp_path / "x.csv"
    write_csv(path, {"naam": ["cliënt; oud", "b"], "getal": [1234.5, math.nan], "aantal": [3, None]}, "nl")
    assert path.read_bytes() == '\ufeffnaam;getal;aantal\n"cliënt; oud";1234,5;3\nb;;\n'.encode()


def test_csv_in_english_form_is_what_the_csv_module_writes(tmp_path):
    written = columns()
    write_csv(tmp_path / "ours.csv", written)
    rows = zip(written["regime"], written["n"], map(float, written["value"]), strict=True)
    with (tmp_path / "plain.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(written), *rows])
    assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "plain.csv").read_bytes()


def test_csv_refuses_columns_that_do_not_fit(tmp_path):
    with pytest.raises(ValueError, match="shorter"):
        write_csv(tmp_path / "x.csv", {"a": [1, 2], "b": [1]})
    with pytest.raises(FileNotFoundError):
        write_csv(tmp_path / "nowhere" / "x.csv", {"a": [1]})
