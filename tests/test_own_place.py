"""A place of one's own: questions, the workbook in and out, the file that comes of it, and bands of its own."""

import math
import os
import select
import signal
import string
import sys
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from sim.cli import main
from sim.errors import RegieError
from sim.model.founding import found
from sim.model.state import LISTED, NOWHERE
from sim.scenario import Scenario, place_sentences
from sim.scenario.bands import declared_patterns
from sim.scenario.filled_in import base_of, place_of
from sim.scenario.load import load_of, needs_per_client
from sim.scenario.own_place import Place, Staffing, Waiting, slug
from sim.scenario.place_fields import answer, fields
from sim.scenario.place_file import bands, file_of
from sim.scenario.seats import plan_of
from sim.scenario.template import workbook
from sim.scenario.thin import load_said, thin_data, weights
from sim.study.baseline import Band, bands_of, baseline, list_waits, on_lists
from sim.study.checking import check_file
from sim.study.first_look import first_look, own_lists
from sim.study.tables import Run
from sim.terminal.asking import QUESTIONS, ask_place

ROOT = Path(__file__).parents[1]
BREDA = Scenario.load("breda-2005")
TODAY = Scenario.load("municipality-2025")
FULL = tuple(Staffing(o.name, kind) for o in BREDA.organisations for kind in o.staff)


@pytest.fixture
def regie(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def refused(result, *says):
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.stderr
    for text in says:
        assert text in result.stderr


def place(**told):
    return Place(**({"name": "my-town", "inhabitants": 50_000, "older": 10_500, "base": BREDA} | told))


def made(of, lang="en"):
    return Scenario.from_toml(file_of(of, plan_of(of), (), lang), of.name)


def said_wrong(of):
    with pytest.raises(RegieError) as wrong:
        plan_of(of)
    return wrong.value.said


# --- one answer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed", "inhabitants", "read"),
    [
        ("inhabitants", "50.000", None, 50_000),
        ("inhabitants", "50,000", None, 50_000),
        ("inhabitants", " 50 000 ", None, 50_000),
        ("inhabitants", 50_000.0, None, 50_000),
        ("older", "21 %", 50_000, 10_500),
        ("older", "21,5%", 40_000, 8_600),
        ("older", 0.21, 50_000, 10_500),
        ("older", "10.500", 50_000, 10_500),
        ("sick_leave", "7,8", None, 7.8),
        ("sick_leave", "7.8 %", None, 7.8),
        ("sick_leave", 0.078, None, 7.8),
        ("sick_leave", 0, None, 0.0),
        ("fte", "28,5", None, 28.5),
        ("fte", "28.500", None, 28.5),
        ("title", "  Den   Haag ", None, "Den Haag"),
        ("zones", "", None, None),
        ("zones", None, None, None),
    ],
)
def test_an_answer_is_read_as_people_write_it(name, typed, inhabitants, read):
    assert answer(fields()[name], typed, inhabitants) == (pytest.approx(read) if isinstance(read, float) else read)


@pytest.mark.parametrize(
    ("name", "typed", "inhabitants"),
    [
        ("inhabitants", "many", None),
        ("inhabitants", "499", None),
        ("inhabitants", "-5", None),
        ("inhabitants", "1e5", None),
        ("inhabitants", 10**400, None),
        ("inhabitants", True, None),
        ("inhabitants", "20 %", None),
        ("older", "21", 50_000),
        ("older", "99 %", 50_000),
        ("older", "60.000", 50_000),
        ("zones", "2.5", None),
        ("zones", 3.5, None),
        ("workers", "nan", None),
        ("contract_hours", "80", None),
        ("title", "x" * 101, None),
        ("title", "bell\x07", None),
    ],
)
def test_a_wrong_answer_says_what_is_allowed(name, typed, inhabitants):
    with pytest.raises(RegieError) as wrong:
        answer(fields()[name], typed, inhabitants)
    assert str(wrong.value).startswith("must be") and wrong.value.in_language("nl").startswith("moet")


def test_what_is_asked_is_said_in_both_languages_with_an_example_that_is_right():
    for field in fields().values():
        assert field.label.en and field.label.nl and field.help.en and field.help.nl
        if field.example:
            assert answer(field, field.example, 50_000) is not None
        if field.type not in ("text", "part"):
            assert field.low < field.high and field.unit.en and field.unit.nl


# --- from a place to a scenario, worked by hand --------------------------------------------------------------


def test_demand_follows_the_people_of_65_and_older():
    # 146 a year and 195 at the start stand for 250 / 0.17 = 1470.6 people of 65+; here are 10,500 / 5 = 2100 in a zone.
    scenario = made(place())
    assert scenario["zones"] == 5 and scenario["inhabitants"] == 10_000
    assert scenario["arrivals_per_year"] == pytest.approx(146 * 2100 / (250 / 0.17), abs=0.05) == 208.5
    assert scenario["clients_at_start"] == pytest.approx(278.5)
    assert "1,471 people of 65+" in scenario.values["arrivals_per_year"].source
    assert scenario.values["arrivals_per_year"].source.startswith("own data: 2,100")


def test_the_same_people_of_65_ask_as_much_on_top_of_either_scenario():
    one, other = (made(place(base=base))["arrivals_per_year"] for base in (BREDA, TODAY))
    assert other == pytest.approx(one, rel=0.001)


def test_full_time_equivalents_become_workers_of_the_contract():
    # 40 fte of 36 hours are 1440 hours: at 24 hours 60 workers, 12 in each of 5 zones.
    rows = (Staffing("Thuiszorg", "personal-care", fte=40), *FULL[1:])
    scenario = made(place(staff=rows, contract_hours=24.0))
    assert scenario.organisations[0].staff["personal-care"] == 12
    source = scenario.organisations[0].given["staff.personal-care"].source
    assert source == "own data: 40 full-time equivalents are 60 workers of 24 hours, in 5 zones"
    assert scenario.values["contract_hours"].status == "V"


def test_workers_are_spread_over_the_zones_and_rounding_is_told():
    rows = (Staffing("home-care", "personal-care", workers=63), *FULL[1:])
    scenario = made(place(staff=rows))
    given = scenario.organisations[0].given["staff.personal-care"]
    assert (given.value, given.status) == (13, "D")  # 12.6 a zone
    assert given.source == "own data: 63 workers in 5 zones, rounded from 12.6"


def test_staff_that_was_not_given_grows_with_the_people_of_65():
    scenario = made(place())  # 9 nurses for 1470.6 are 12.85 for 2100; 1 for paperwork is 1.4
    assert scenario.organisations[0].staff["nursing"] == 13
    assert next(o for o in scenario.organisations if o.name == "welfare").staff["paperwork"] == 1
    assert scenario.organisations[0].given["staff.nursing"].status == "none"


def test_few_workers_are_never_rounded_away():
    rows = (Staffing("home-care", "nursing", workers=1), *FULL)
    assert plan_of(place(staff=rows[:1] + FULL[2:])).seats["home-care"]["nursing"].workers == 1


def test_organisations_without_rows_are_gone_and_new_ones_get_sector_and_renown():
    rows = (Staffing("Zorg voor Ons", "nursing", workers=80), Staffing("Thuiszorg", "personal-care", workers=100))
    scenario = made(place(staff=rows))
    assert [o.name for o in scenario.organisations] == ["home-care", "zorg-voor-ons"]
    assert [kind.name for kind in scenario.kinds] == ["personal-care", "nursing"]
    new = scenario.organisations[1]
    assert (new.title, new.sector, dict(new.staff)) == ("Zorg voor Ons", "care", {"nursing": 16})
    assert new.renown == pytest.approx(0.4 * math.sqrt(16))


def test_lists_become_bands_with_a_stated_width():
    lists = (
        Waiting(kind="household-help", people=100, weeks=9.0, norm_weeks=8.0),
        Waiting(organisation="Thuiszorg", people=4),
        Waiting(people=150),
    )
    of = place(lists=lists)
    scenario = made(of)
    own = scenario.bands
    # 100 on 50,000 are 20 per 10,000; half of it either way
    assert (own["listed.kind.household-help"].low, own["listed.kind.household-help"].high) == (10.0, 30.0)
    # 4 people: twice the root of 4 is 4, more than half of 4
    band = own["listed.organisation.home-care"]
    assert (band.low, band.value, band.high) == (0.0, 0.8, 1.6)
    assert (own["listed"].low, own["listed"].high, own["listed"].required) == (15.0, 45.0, True)
    assert (own["list_wait_weeks.kind.household-help"].low, own["list_wait_weeks.kind.household-help"].high) == (
        4.5,
        13.5,
    )
    kind = next(kind for kind in scenario.kinds if kind.name == "household-help")
    assert (kind.norm_days, kind.given["norm_days"].source) == (56.0, "own data: a norm of 8 weeks")
    assert "100 people on the list" in own["listed.kind.household-help"].source


def test_a_list_of_nobody_is_a_band_from_nought():
    said = bands(place(lists=(Waiting(kind="nursing", people=0),)), plan_of(place()), "en")["listed.kind.nursing"]
    assert (said["low"], said["value"], said["high"]) == (0.0, 0.0, 0.6)  # three people


def test_what_is_counted_for_inhabitants_grows_with_the_people_of_65():
    # 21 % instead of 14.706 %: 1.428 times as many admissions as the 20 to 30 that are shipped
    own = made(place()).bands["admissions"]
    assert (own.low, own.high, own.required) == (28.6, 42.8, True)
    assert made(place()).bands["clients_in_care"].required is False


def test_a_place_makes_a_file_that_needs_nothing_else_and_runs(tmp_path):
    of = place(inhabitants=9_000, older=2_000, title="Klein", sick_leave=7.5, source="register, 2025")
    path = tmp_path / "my-town.toml"
    path.write_text(file_of(of, plan_of(of), thin_data(of, plan_of(of), made(of)), "nl"), encoding="utf-8")
    assert check_file(str(path)).counts["zones"] == 1
    scenario = Scenario.load(path)
    assert (scenario.title, scenario["sick_share"]) == ("Klein", 0.075)
    assert "22,2 %" in scenario.description_nl and "22.2 %" in scenario.description
    assert scenario.values["sick_share"].source == "register, 2025"
    text = path.read_text(encoding="utf-8")
    assert "# Waar de gegevens dun zijn:" in text and "# * " in text
    assert baseline(scenario.with_values({"warmup_days": 364}), 1)["wait_weeks"].mean > 0


@pytest.mark.parametrize("name", ["my-town", "Ünïcode & Zn.", "  Zorg   voor 's-Gravenhage  "])
def test_names_for_files_are_plain(name):
    assert slug(name) and set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(slug(name)) <= 40


def test_a_title_in_two_lines_or_with_quotes_stays_a_title():
    scenario = made(place(title='De "Beemd" \\ west'))
    assert scenario.title == 'De "Beemd" \\ west'


def test_mistakes_in_the_place_as_a_whole_are_said_together():
    rows = (Staffing("home-care", "nursing", workers=20_000),)
    said = said_wrong(place(zones=400, staff=rows, lists=(Waiting(people=20_000),)))
    assert "125 a zone" in said.en and "Choose 1 to 100 zones" in said.en
    assert "20,000 workers for 50,000 inhabitants" in said.en and "20,000 people on one list" in said.en
    assert "Kies 1 tot en met 100 zones" in said.nl
    rows = tuple(replace(row, workers=0) for row in FULL)
    assert "no organisation has workers left" in said_wrong(place(staff=rows)).en


# --- where data are thin -------------------------------------------------------------------------------------


def thin(of):
    return "\n".join(text.en for text in thin_data(of, plan_of(of), made(of)))


def test_thin_data_are_named():
    text = thin(place())
    assert "was not counted" in text and "No staff was given" in text and "No list was given" in text
    rows = (Staffing("Thuiszorgje", "nursing", workers=3), replace(FULL[0], workers=200), *FULL[1:-2])
    text = thin(place(staff=rows, lists=(Waiting(people=90),)))
    assert "Staff was not given of Home care – nursing; Home care – household help; Nursing foundation" in text
    assert "Thuiszorgje had to be rounded by more than 20 %" in text
    assert "Did you mean 'Thuiszorg'?" in text and "No list was given" not in text


def test_what_weighs_most_is_worked_out_and_not_what_was_given():
    assert "contract of a worker" in thin(place())
    assert "contract of a worker" not in thin(place(contract_hours=24.0))
    found = {name.en: move for name, move in weights(BREDA, []).items()}
    # load goes with arrivals: from 127 to 175 it moves by the logarithm of their ratio
    assert found["people who ask for help for the first time, a year and zone"] == pytest.approx(math.log(175 / 127))
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_the_load_formula_is_that_of_a_case_worked_by_hand():
    text = """
        [kinds.a]
        sector = "care"
        share = 1.0
        hours_per_week = 4.0
        lasting_days = 100
        short_share = 0.5
        short_days = 20
        [organisations.o]
        sector = "care"
        staff = { a = 3 }
        [organisations.o.levers]
        control = 0.5
        report_hours = 2.0
        meeting_hours = 0.5
        [parameters]
        arrivals_per_year = 365.25
        death_hazard = 0.0
        crisis_hazard = 0.0
        contract_hours = 20.0
        leave_share = 0.2
        direct_share = 0.5
        sick_share = 0.1
        own_time = 0.0
        turnover = 0.0
    """
    load = load_of(Scenario.from_toml(text))
    # one a day with one need (one kind alone) of 4 hours a week for half 100, half 20 days: 60 days on average
    assert load.asked["a"] == pytest.approx(4 * 60)
    # 20 x .8 x .5 = 8 hours less 1 for reports and half an hour of meetings, nine tenths of the time, three workers
    assert load.available["a"] == pytest.approx(3 * 6.5 * 0.9)
    assert load.ratio == pytest.approx(240 / 17.55)


def test_needs_of_a_client_are_those_of_the_declared_chances():
    # middling frailty: .78, then .585, then .43875 further
    assert needs_per_client(BREDA) == pytest.approx(1 + 0.78 * (1 + 0.585 * (1 + 0.43875)))


def test_a_place_like_the_reference_bears_it_and_others_are_warned():
    assert [text.en for text in load_said(BREDA)] == [
        "For each hour that workers have, people ask 1.00 times as much help as in Breda, 2005."
    ]
    busy = BREDA.with_values({"arrivals_per_year": 1460.0})
    assert "more than the staff can ever give" in load_said(busy)[1].en and "18,7" in load_said(busy)[1].en
    assert "zal" not in load_said(busy)[1].nl and "personeel ooit kan geven" in load_said(busy)[1].nl
    quiet = BREDA.with_values({"arrivals_per_year": 14.6})
    assert "many hours will stay unused" in load_said(quiet)[1].en
    few = BREDA.with_values(
        {f"organisations.{name}.staff.household-help": 3 for name in ("home-care", "household-service")}
    )
    assert any(text.en.startswith("Household help: ") for text in load_said(few)[1:])


# --- the workbook --------------------------------------------------------------------------------------------


@pytest.fixture(params=["en", "nl"])
def blank(request, tmp_path):
    """Return the workbook as it is handed out, in one language."""
    path = tmp_path / "my-town.xlsx"
    path.write_bytes(workbook("my-town", TODAY, request.param))
    return path


def filled(path, cells):
    """Fill in cells of sheets, by position of the sheet, and save; return the path."""
    book = load_workbook(path)
    for sheet, cell, value in cells:
        book.worksheets[sheet][cell] = value
    book.save(path)
    return path


NEEDED = [(1, "B3", 50_000), (1, "B4", "21 %")]


def test_a_workbook_has_explanations_units_examples_and_limits(blank):
    book = load_workbook(blank)
    assert len(book.worksheets) == 5 and book.worksheets[4].sheet_state == "hidden"
    explanation = "\n".join(str(cell.value) for cell in book.worksheets[0]["A"])
    assert "Fill in the yellow cells" in explanation and "Vul de gele cellen in" in explanation
    place_sheet = book.worksheets[1]
    assert place_sheet["A3"].value in ("Inhabitants", "Inwoners")
    assert all(place_sheet.cell(row, 6).value for row in range(2, 9))
    rules = {rule.type for sheet in book.worksheets[1:4] for rule in sheet.data_validations.dataValidation}
    assert rules == {"whole", "decimal", "list"}
    assert base_of(blank) == "municipality-2025"


def test_a_workbook_filled_in_becomes_the_same_place_in_both_languages(blank):
    cells = [(2, "C2", 180), (2, "D3", 30.5), (3, "C4", 60), (3, "D4", "8,5"), (1, "B5", 5), (1, "B7", 0.08)]
    read = place_of(filled(blank, NEEDED + cells), "my-town", TODAY)
    assert (read.inhabitants, read.older, read.zones, read.sick_leave) == (50_000, 10_500, 5, pytest.approx(8.0))
    first, second, *others = read.staff
    assert (first.kind, first.workers, first.fte) == ("personal-care", 180, None)
    assert (second.kind, second.workers, second.fte) == ("nursing", None, 30.5)
    assert all(row.workers is None and row.fte is None for row in others)
    assert read.lists == (Waiting(kind="household-help", people=60, weeks=8.5),)
    assert made(read).organisations[0].staff["personal-care"] == 36


def test_rows_that_were_deleted_are_organisations_that_are_not_there(blank):
    book = load_workbook(filled(blank, NEEDED))
    book.worksheets[2].delete_rows(2, 2)  # home care, both kinds
    book.save(blank)
    scenario = made(place_of(blank, "my-town", TODAY))
    assert [o.name for o in scenario.organisations] == [o.name for o in TODAY.organisations[1:]]


def test_every_mistake_is_named_with_sheet_cell_value_and_what_is_allowed(tmp_path):
    path = tmp_path / "my-town.xlsx"
    path.write_bytes(workbook("my-town", TODAY, "nl"))
    cells = [
        (1, "B3", "veel"), (1, "B4", None), (1, "B5", 3.5), (1, "A9", "Schooltijden"), (1, "B6", "=1+"),
        (2, "C2", -3), (2, "C3", 4), (2, "D3", 4), (2, "A4", None), (2, "B5", "Verpleeging"), (2, "A21", "?!"),
        (2, "B21", "Verpleging"), (2, "A22", "Thuiszorg"), (2, "B22", "Verpleging"),
        (3, "C2", 1e9), (3, "A3", "Thuiszorg"), (3, "C3", 4), (3, "A12", "Thuizorg"), (3, "C12", 4), (3, "E13", 6),
        (3, "B14", "Persoonlijke verzorging"), (3, "D14", 2),
    ]  # fmt: skip
    with pytest.raises(RegieError) as wrong:
        place_of(filled(path, cells), "my-town", TODAY)
    nl = wrong.value.in_language("nl")
    for text in (
        "blad 'Plaats', cel B3 (Inwoners) = 'veel': moet een geheel getal zijn van 500 tot en met 2.000.000",
        "blad 'Plaats', cel B4 (Mensen van 65 jaar of ouder): is leeg, en is nodig",
        "blad 'Plaats', cel B5 (Woonzorgzones) = 3.5: moet een geheel getal zijn van 1 tot en met 400",
        "blad 'Plaats', cel A9 (Schooltijden)",
        "blad 'Plaats', cel B6 (een formule) = '=1+'",
        "blad 'Personeel', cel C2 (Medewerkers) = -3: moet een getal zijn van 0 tot en met 50.000",
        "blad 'Personeel', cel D3 (Fte) = 4: vul medewerkers of fte in, niet allebei",
        "blad 'Personeel', cel A4 (Organisatie): noem de organisatie van deze rij",
        "blad 'Personeel', cel B5 (Soort hulp) = 'Verpleeging': er is geen soort hulp met deze naam. Bedoelt u",
        "blad 'Personeel', cel A21 (Organisatie) = '?!': dit kan geen naam zijn",
        "blad 'Personeel', cel A22 (Organisatie) = 'Thuiszorg': deze organisatie en soort hulp staan ook op rij 3",
        "blad 'Wachtlijsten', cel C2 (Wachtenden) = 1000000000: moet een geheel getal zijn van 0 tot en met 100.000",
        "blad 'Wachtlijsten', cel A3 (Organisatie) = 'Thuiszorg': noem bij een lijst de organisatie of de soort",
        "blad 'Wachtlijsten', cel A12 (Organisatie) = 'Thuizorg': er is geen organisatie met deze naam",
        "blad 'Wachtlijsten', cel E13 (Norm voor de wachttijd) = 6: een norm hoort bij een soort hulp",
        "blad 'Wachtlijsten', cel B14 (Persoonlijke verzorging) = 'Persoonlijke verzorging': deze lijst staat ook op",
    ):
        assert text in nl, text
    assert "16 fouten:" in nl and "cell B3 (Inhabitants) = 'veel': must be a whole number" in str(wrong.value)


def test_every_sheet_that_is_missing_is_named(tmp_path):
    path = tmp_path / "my-town.xlsx"
    Workbook().save(path)
    with pytest.raises(RegieError, match=r"There is no sheet 'Place'.*\n.*'Staff'.*\n.*'Lists'"):
        place_of(path, "my-town", TODAY)


def test_what_is_no_workbook_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    for content in (b"", b"hello", b"PK\x03\x04" + b"\x00" * 40, b"\xd0\xcf\x11\xe0" * 100):
        path.write_bytes(content)
        with pytest.raises(RegieError, match="cannot be read as an Excel workbook"):
            place_of(path, "my-town", TODAY)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing of a workbook")
    with pytest.raises(RegieError, match="cannot be read as an Excel workbook"):
        place_of(path, "my-town", TODAY)
    with pytest.raises(RegieError, match="cannot be read as an Excel workbook"):
        place_of(tmp_path, "my-town", TODAY)
    path.write_bytes(b"0" * 5_000_001)
    with pytest.raises(RegieError, match="5000001 bytes"):
        place_of(path, "my-town", TODAY)
    with pytest.raises(RegieError, match=r"does not exist\. Did you mean 'a\.xlsx'"):
        place_of(tmp_path / "aa.xlsx", "my-town", TODAY)


def test_a_sheet_with_endless_rows_is_refused(blank):
    filled(blank, [*NEEDED, (2, "A5000", "x")])
    with pytest.raises(RegieError, match="more than 2000 rows"):
        place_of(blank, "my-town", TODAY)


# --- the command ---------------------------------------------------------------------------------------------


def test_the_workbook_goes_out_and_comes_in(regie, tmp_path):
    result = regie("new", "my-town", "--template")
    assert result.exit_code == 0 and "regie new my-town --from" in result.stdout
    refused(regie("new", "my-town", "--template"), "is there already")
    refused(regie("new", "my-town", "--from", "my-town.xlsx"), "cell B3", "cell B4")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my-town.xlsx"]
    filled(tmp_path / "my-town.xlsx", [(1, "B3", 9_500), (1, "B4", 1_900), (3, "C4", 12)])
    result = regie("new", "my-town", "--from", "my-town.xlsx", "--lang", "nl")
    assert result.exit_code == 0, result.output
    for text in (
        "9.500 inwoners",
        "Waar de gegevens dun zijn:",
        "Kan het personeel het aan?",
        "Huishoudelijke hulp: 12,6",
    ):
        assert text in result.stdout
    assert regie("validate", "./my-town.toml").exit_code == 0
    refused(regie("new", "my-town", "--from", "my-town.xlsx"), "is there already")


def test_away_from_a_terminal_a_commented_scenario_is_written_as_before(regie, tmp_path):
    assert regie("new", "first").exit_code == regie("new", "second", "--commented").exit_code == 0
    one, other = (tmp_path / name for name in ("first.toml", "second.toml"))
    assert 'extends = "one-zone"' in one.read_text() and "# [kinds.nursing]" in other.read_text()
    assert regie("new", "third", "--commented", "--extends", "municipality-2025").exit_code == 0
    assert "# [kinds.support]" in (tmp_path / "third.toml").read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("a", "--template", "--commented"), "Choose one of them"),
        (("a", "--template", "--from", "b.xlsx"), "Choose one of them"),
        (("../a", "--template"), "cannot be the name"),
        (("one-zone", "--template"), "already a scenario"),
        (("a", "--template", "--extends", "nowhere"), "There is no scenario 'nowhere'"),
        (("a", "--template", "--extends", "./b.toml"), "is a path"),
        (("a", "--from", "b.xlsx"), "b.xlsx does not exist"),
    ],
)
def test_mistakes_in_the_command_are_said(regie, tmp_path, words, says):
    refused(regie("new", *words), says)
    assert not list(tmp_path.iterdir())


# --- the questions -------------------------------------------------------------------------------------------


class Typist:
    """Types the answers given, and keeps the questions."""

    def __init__(self, *answers):
        self.answers, self.questions = list(answers), []

    def __call__(self, question):
        self.questions.append(" ".join(question.split()))
        return self.answers.pop(0)


def test_enter_takes_what_is_usual():
    typist = Typist(*[""] * 10)
    asked = ask_place("my-town", "", "en", typist)
    assert (asked.base.name, asked.title, asked.inhabitants) == ("municipality-2025", "My town", 50_000)
    assert asked.older == pytest.approx(10_224, abs=1)  # 203 / 146 x 1470.6 of 10,000, five times
    assert (asked.zones, asked.contract_hours, asked.sick_leave) == (None, None, None)
    assert asked.staff == asked.lists == () and typist.answers == []
    assert typist.questions[2] == "Inhabitants (people) [50,000]:"
    assert made(asked)["zones"] == 5


def test_a_wrong_answer_gets_a_sentence_and_the_question_again(capsys):
    typist = Typist("Plaats", "?", "many", "9500", "120 %", "20 %", "0", "", "", "", "maybe", "nee", "", "mijn bron")
    asked = ask_place("my-town", "breda-2005", "nl", typist)
    assert (asked.title, asked.inhabitants, asked.older, asked.source) == ("Plaats", 9_500, 1_900, "mijn bron")
    said = " ".join(capsys.readouterr().out.split())
    assert "Alle inwoners, van elke leeftijd." in said
    assert "'many': het antwoord moet een geheel getal zijn van 500 tot en met 2.000.000" in said
    assert "'120 %': het antwoord moet een aantal mensen zijn van 95 tot en met 5.700, of een percentage" in said
    assert "'maybe': het antwoord moet ja of nee zijn." in said
    assert typist.questions.count("Inwoners (mensen) [50.000]:") == 3


def test_staff_and_lists_are_asked_where_they_are_known():
    seats = sum(len(o.staff) for o in BREDA.organisations)
    world = ["", "9000", "", "", "", ""]
    staff = ["yes", "30", "12,5 fte", "0", *[""] * (seats - 3), "Zorg & Zo", "nursing", "6", "verpleegster", "", ""]
    lists = ["ja", "", "", "7", "", "6", *[""] * (len(BREDA.kinds) - 2)]
    asked = ask_place("my-town", "breda-2005", "en", Typist(*world, *staff, *lists, ""))
    assert [(r.workers, r.fte) for r in asked.staff[:4]] == [(30, None), (None, 12.5), (0, None), (None, None)]
    assert asked.staff[-1] == Staffing("Zorg & Zo", "nursing", workers=6)
    assert asked.lists == (Waiting(kind="nursing", people=7, norm_weeks=6.0),)
    assert "household-help" not in made(asked).organisations[0].staff


def test_lists_can_be_told_by_organisation():
    world = ["", "9000", "", "", "", "", "no"]
    asked = ask_place("my-town", "breda-2005", "nl", Typist(*world, "j", "o", "9", "8", *[""] * 7, ""))
    assert asked.lists == (Waiting(organisation="home-care", people=9, weeks=8.0),)
    assert "listed.organisation.home-care" in made(asked).bands


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
@pytest.mark.parametrize("stop", ["\x03", "\x04"])
def test_ctrl_c_at_a_question_leaves_nothing(tmp_path, stop):
    said, code = at_a_terminal(tmp_path, ["new", "my-town"], ["", "My place", stop])
    assert code == 130 and "nothing was written" in said and "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_at_a_terminal_questions_become_a_scenario(tmp_path):
    said, code = at_a_terminal(tmp_path, ["new", "my-town", "--lang", "nl"], ["", "", "8000", "25 %", *[""] * 6])
    assert code == 0, said
    assert "Waar de gegevens dun zijn:" in said
    assert tomllib.loads((tmp_path / "my-town.toml").read_text("utf-8"))["parameters"]["zones"]["value"] == 1


def at_a_terminal(folder, words, answers):
    """Run a command on a pseudo-terminal and type an answer at each question; return what it said and its exit code."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # where it is ignored a child inherits that
        os.chdir(folder)
        os.environ |= {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "60"}
        os.execv(sys.executable, [sys.executable, "-m", "sim.cli", *words])
    said, waiting, silent, stop = b"", list(answers), 0, b""
    while True:
        ready, _, _ = select.select([terminal], [], [], 5)
        if not ready and (silent := silent + 1) < 12:
            os.write(terminal, stop)  # a signal just before Python begins to read is noticed only with the next
            continue
        try:
            piece = os.read(terminal, 65536) if ready else b""
        except OSError:
            break
        if not piece:
            break
        said += piece
        if waiting and said.rstrip().endswith(b"]:"):
            typed = waiting.pop(0)
            stop = typed.encode() if typed in ("\x03", "\x04") else b""
            os.write(terminal, stop or f"{typed}\n".encode())
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return said.decode(errors="replace"), os.waitstatus_to_exitcode(status)


# --- bands of one's own --------------------------------------------------------------------------------------

OWN = """
extends = "one-zone"
[bands.wait_weeks]
high = 30
[bands.clients_in_care]
low = 200.0
high = 300
value = 260
source = "our count"
status = "V"
[bands."listed.kind.nursing"]
low = 1
high = 9.5
[bands."list_wait_weeks.organisation.home-care"]
low = 2
high = 20
required = false
"""


def test_bands_of_a_scenario_overrule_those_that_are_shipped():
    scenario = Scenario.from_toml(OWN, "mine")
    found = {band.name: band for band in bands_of(scenario)}
    shipped = declared_patterns()["wait_weeks"]
    wait = found["wait_weeks"]
    assert (wait.low, wait.high, wait.value, wait.fact) == (shipped["low"], 30.0, None, shipped["fact"])
    in_care = found["clients_in_care"]
    assert (in_care.low, in_care.value, in_care.fact, in_care.required) == (200.0, 260.0, "our count", True)
    assert found["unmet"] == next(band for band in bands_of(Scenario.load("one-zone")) if band.name == "unmet")
    narrowed = found["listed.kind.nursing"]
    assert (narrowed.required, narrowed.en) == (True, "People on a list: Nursing")
    assert not found["list_wait_weeks.organisation.home-care"].required
    assert [band.name for band in bands_of(scenario)][: len(declared_patterns())] == list(declared_patterns())


def test_bands_change_no_run_and_are_kept_in_a_resolved_copy():
    scenario = Scenario.from_toml(OWN, "mine")
    assert scenario.digest() == Scenario.load("one-zone").digest()
    copy = Scenario.from_toml(scenario.to_toml(), "mine")
    assert copy == scenario and copy.bands == scenario.bands and list(copy.bands) == list(scenario.bands)
    assert Scenario.load("one-zone").bands == {}
    assert scenario.with_values({"intake_hours": 2.0}).with_regime("more-staff").bands == scenario.bands


def test_a_band_is_overruled_key_by_key_and_goes_with_what_it_is_about(tmp_path):
    (tmp_path / "mine.toml").write_text(OWN)
    (tmp_path / "next.toml").write_text(
        'extends = "mine"\n[kinds]\nnursing = false\n[organisations]\nhome-care = false\n'
        "[bands.clients_in_care]\nhigh = 310\n"
    )
    later = Scenario.load(tmp_path / "next.toml").bands
    assert list(later) == ["wait_weeks", "clients_in_care"]
    assert (later["clients_in_care"].low, later["clients_in_care"].high) == (200.0, 310.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[bands.wait_week]\nlow = 1\nhigh = 2",
            "no pattern 'wait_week' to have a band for. Did you mean 'wait_weeks'?",
        ),
        ("[bands.wait_weeks]\nlow = 40", "low, 40, must lie below high, 26"),
        ("[bands.wait_weeks]\nlow = 2\nhigh = 2", "low, 2, must lie below high, 2"),
        ("[bands.wait_weeks]\nvalue = 90", "must lie within the band, from 3 to 26"),
        ("[bands.wait_weeks]\nlow = -1", "must be a number from 0 to"),
        ("[bands.wait_weeks]\nhigh = nan", "not a number one can count with"),
        ("[bands.wait_weeks]\nlowest = 1", "Did you mean 'low'?"),
        ('[bands."listed.kind.nursing"]\nlow = 1', "this must say low and high"),
        ('[bands."listed.kind.nursin"]\nlow = 1\nhigh = 2', "no kind of help 'nursin'. Did you mean 'nursing'?"),
        ('[bands."listed.organisation.x"]\nlow = 1\nhigh = 2', "there is no organisation 'x' in this scenario"),
        ('[bands."listed.town.x"]\nlow = 1\nhigh = 2', "cannot be narrowed so. listed, list_wait_weeks can"),
        ('[bands."unmet.kind.nursing"]\nlow = 0\nhigh = 1', "cannot be narrowed so"),
    ],
)
def test_a_wrong_band_is_refused_with_line_and_advice(text, says):
    with pytest.raises(RegieError) as wrong:
        Scenario.from_toml(f'extends = "one-zone"\n{text}\n', "mine")
    assert says in str(wrong.value)
    assert "line 2: " in str(wrong.value) or "line 3: " in str(wrong.value)


def test_a_name_with_dots_stands_in_quotes():
    with pytest.raises(RegieError, match=r'in quotes: \[bands."listed.kind.NAME"\]'):
        Scenario.from_toml('extends = "one-zone"\n[bands.listed.kind.nursing]\nlow = 1\nhigh = 2\n', "mine")


def test_people_on_lists_are_counted_once_by_kind_and_by_organisation():
    scenario = Scenario.from_toml(
        'extends = "one-zone"\n'
        + "\n".join(
            f'[bands."listed.{by}"]\nlow = 0\nhigh = 9'
            for by in ("kind.nursing", "kind.repairs", "organisation.home-care", "organisation.welfare")
        ),
        "mine",
    )
    world = found(scenario, 1)
    world.need.status[:] = 0
    world.place.team[:] = NOWHERE
    most = int(scenario["max_needs"])
    kinds = [kind.name for kind in scenario.kinds]
    teams = {o: int(np.flatnonzero(world.team.organisation == o)[0]) for o in (0, 3)}  # home care, welfare
    # client 0 waits for nursing at home care and for repairs at two doors; client 1 for nursing at welfare
    for row, kind, places in ((0, "nursing", [0]), (1, "repairs", [0, 3]), (most, "nursing", [3])):
        world.need.status[row], world.need.kind[row] = LISTED, kinds.index(kind)
        world.place.team[2 * row : 2 * row + len(places)] = [teams[o] for o in places]
    assert on_lists(world, scenario) == {
        "listed": 2.0,
        "listed.kind.nursing": 2.0,
        "listed.kind.repairs": 1.0,
        "listed.organisation.home-care": 1.0,
        "listed.organisation.welfare": 2.0,
    }


def test_waits_on_lists_are_those_of_help_that_began_in_the_run():
    scenario = Scenario.from_toml(
        'extends = "one-zone"\n[bands."list_wait_weeks.kind.nursing"]\nlow = 0\nhigh = 9\n'
        '[bands."list_wait_weeks.organisation.welfare"]\nlow = 0\nhigh = 9\n',
        "mine",
    )
    nursing = [kind.name for kind in scenario.kinds].index("nursing")
    columns = [("kind", "i4"), ("organisation", "i4"), ("listed", "f8"), ("start", "f8")]
    rows = [(nursing, 0, 0.0, 14.0), (nursing, 0, 7.0, 35.0), (0, 0, 0.0, 70.0), (nursing, 0, -90.0, -5.0)]
    rows += [(nursing, 0, 3.0, np.nan), (0, 0, np.nan, 9.0)]  # still waits; helped at once
    run = Run(scenario, "traditional", 0, 0, 100, np.array(rows, columns), np.zeros(0), np.zeros(0))
    assert list_waits(run) == {
        "list_wait_weeks": pytest.approx((2 + 4 + 10) / 3),
        "list_wait_weeks.kind.nursing": pytest.approx(3.0),
        "list_wait_weeks.organisation.welfare": 0.0,
    }


def test_a_first_look_holds_own_lists_against_the_model_and_not_inherited_ones():
    of = place(inhabitants=10_000, older=2_100, base=TODAY, lists=(Waiting(kind="nursing", people=200),))
    scenario = made(of).with_values({"warmup_days": 364})
    assert [band.name for band in own_lists(scenario)] == ["listed.kind.nursing"]
    (look,) = first_look(scenario)
    assert isinstance(look.band, Band) and look.band.value == 200.0
    assert 0 <= look.mean < 100 and not look.inside


# --- the shipped municipality --------------------------------------------------------------------------------


def test_the_municipality_is_a_hundred_thousand_people_with_sources():
    assert TODAY["zones"] * TODAY["inhabitants"] == 100_000
    assert sum(kind.share for kind in TODAY.kinds) == pytest.approx(1.0)
    assert all(kind.source and band.source for kind in TODAY.kinds for band in TODAY.bands.values())
    # as many of 65+ ask as in the usual numbers: 2,050 of 1,470.6
    assert TODAY["arrivals_per_year"] == pytest.approx(146 * 2050 / (250 / 0.17), rel=0.01)
    assert load_said(TODAY)[1:] == []


# --- two languages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sentences", [place_sentences.say, QUESTIONS], ids=["place", "questions"])
def test_every_sentence_about_a_place_is_said_in_both_languages_with_the_same_gaps(sentences):
    for key, texts in sentences.items():
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name is not None} for text in texts]
        assert gaps[0] == gaps[1] and all(text.strip() for text in texts), key
