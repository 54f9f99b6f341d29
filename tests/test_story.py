"""Lives told twice: sums by hand, picks by rule, sentences from made tables, and the command that tells them."""

import json
import math
import string
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from test_roads import (
    HOME_CARE,
    HOUSING,
    MEALS,
    NURSING,
    NURSING_FOUNDATION,
    PERSONAL,
    REPAIRS,
    SOCIAL,
    VOLUNTEERS,
    WELFARE,
    person,
    run_of,
    stay,
)
from worlds import lively

from sim.cli import main
from sim.errors import RegieError
from sim.model.explaining import OPTIONS
from sim.model.record import STATUSES
from sim.report import story_words, telling, why
from sim.report.story import nobody, rule, three_lives, told_twice
from sim.report.why import key_days, with_reasons
from sim.report.words import LANGUAGES, words
from sim.study import runs
from sim.study.compare import carry_out
from sim.study.lives import lives, shares_of_gain, value_of
from sim.study.pair import PICKS, Pair, Which, live_pair, picked, two_scenarios, two_variants
from sim.study.planning import plan
from sim.study.replication import lived_again
from sim.study.value import Value, valued

ANN, BO = 10, 11
USUAL = {"frailty_at_arrival": 0.5, "network_at_arrival": 0.0, "voice": 0.9, "new_faces": 0, "transfers": 0}


def help_given(hours, quality=1.0, distance=0.0, tailored=0.0):
    return {
        "hours_delivered": hours,
        "first_worker_hours": hours,
        "quality": quality,
        "fit_distance": distance,
        "tailored": tailored,
    }


def somebody(client, status="served", **about):
    return person(client, status, **{**USUAL, **about})


@pytest.fixture(scope="module")
def pair():
    """Return two worlds in which one person, Ann, meets nearly all there is to meet; Bo is lost in the first."""
    before = run_of(
        [
            stay(ANN, 0, NURSING, HOME_CARE, "handed over", seen=4, listed=4, start=10, end=20, **help_given(8)),
            stay(ANN, 0, NURSING, HOME_CARE, "ended", seen=20, listed=20, start=26, end=40, **help_given(12, 0.5, 0.4)),
            stay(ANN, 1, SOCIAL, HOME_CARE, "referred", seen=4, end=4),
            stay(ANN, 1, SOCIAL, WELFARE, "lost", end=9),
            stay(ANN, 1, SOCIAL, WELFARE, "moved", seen=15, listed=15, end=30),
            stay(
                ANN, 1, SOCIAL, VOLUNTEERS, "died", seen=15, start=30, end=60, called=1, **help_given(9, tailored=0.7)
            ),
            stay(ANN, 2, REPAIRS, reason="died", end=60),
            stay(BO, 0, MEALS, HOME_CARE, "refused", seen=0, end=0),
            stay(BO, 0, MEALS, HOUSING, "refused", seen=3, end=3),
            stay(BO, 0, MEALS, reason="gave up", end=3),
        ],
        [
            somebody(ANN, "died", exit=60, age=80.2, hours_asked=60, hours_delivered=29, retellings=1, new_faces=4),
            somebody(BO, "gave up", exit=3, hours_asked=2, refusals=2),
        ],
    )
    after = run_of(
        [
            stay(ANN, 0, NURSING, HOME_CARE, "ended", seen=4, start=4, end=40, **help_given(20)),
            stay(ANN, 1, SOCIAL, WELFARE, "ended", seen=4, listed=4, start=34, end=90, called=1, **help_given(10)),
            stay(ANN, 2, REPAIRS, HOUSING, "open", seen=6, listed=6),
            stay(BO, 0, MEALS, reason="open"),
        ],
        [
            somebody(ANN, "waiting", age=80.3, hours_asked=100, hours_delivered=30, new_faces=3, transfers=1),
            somebody(BO, "seeking", hours_asked=10),
        ],
        regime="client-steering",
    )
    return Pair(before, after)


# --- sums ------------------------------------------------------------------------------------------------------


def test_the_lives_of_a_small_table_are_those_worked_out_by_hand(pair):
    one, other = (lives(run) for run in (pair.baseline, pair.rival))
    assert one.client.tolist() == other.client.tolist() == [ANN, BO]
    assert one.waiting.tolist() == [pytest.approx((10 + 30 + 60) / 3), 3]
    assert other.waiting.tolist() == [pytest.approx((4 + 34 + 100) / 3), 100]
    assert one.handoffs.tolist() == [4, 0] and other.handoffs.tolist() == [4, 0]
    assert one.served.tolist() == [True, False]
    # 8 and 12 hours after 10 days, 9 after 30; half of the wait that halves the value is 42 days; one retelling
    fit = float(pair.baseline.scenario["fit_weight"])
    good = (8 + 12 * 0.5 * (1 - 0.4 * fit)) * 42 / 52 + 9 * 42 / 72
    assert one.value[0] == pytest.approx((good - 1) / 60)
    assert other.value[0] == pytest.approx((20 * 42 / 46 + 10 * 42 / 76) / 100)
    assert one.value[1] == 0


def test_the_values_of_all_people_weighed_by_their_hours_are_that_of_the_run():
    run = runs.run(lively(), seed=2, days=700)
    people = lives(run)
    asked = people.asked > 0
    assert asked.sum() > 50
    weighed = (people.value[asked] * people.asked[asked]).sum() / people.asked.sum()
    assert weighed == pytest.approx(valued(run).total, abs=1e-12)


def test_what_a_gain_comes_with_adds_up_to_the_gain():
    one = Value(0.5, 0.8, 0.9, 0.4, 1.0, 0.02)
    other = Value(0.6, 0.8, 0.7, 0.8, 0.9, 0.01)
    shares = shares_of_gain(one, other)
    assert sum(shares.values()) == pytest.approx(other.total - one.total)
    assert shares["fit"] == 0 and shares["burden"] == pytest.approx(0.01)
    assert max(shares, key=shares.get) == "timeliness"
    assert shares_of_gain(one, one) == dict.fromkeys(shares, 0.0)


def test_where_there_was_no_help_all_of_the_gain_comes_with_the_hours():
    nothing = Value(0.0, math.nan, math.nan, math.nan, math.nan, 0.1)
    some = Value(0.5, 1.0, 0.8, 0.5, 1.0, 0.0)
    assert shares_of_gain(nothing, some)["hours_met"] == pytest.approx(0.2)
    assert sum(shares_of_gain(nothing, some).values()) == pytest.approx(some.total - nothing.total)


def test_only_the_length_differs_is_only_one_part():
    one, other = Value(1, 1, 1, 0.5, 1, 0), Value(1, 1, 1, 1.0, 1, 0)
    assert shares_of_gain(one, other)["timeliness"] == pytest.approx(0.5)


# --- picks -----------------------------------------------------------------------------------------------------


def world_of(gains, regime, late=()):
    """Return a world in which each person got help worth so much of an hour asked; those who are ``late`` came late."""
    people = range(len(gains))
    arrival = {client: 60 if client in late else 0 for client in people}
    given = [
        stay(
            client, 0, NURSING, HOME_CARE, "open", seen=arrival[client], start=arrival[client], onset=arrival[client],
            **help_given(10 * gain),
        )
        for client, gain in enumerate(gains)
    ]  # fmt: skip
    return run_of(
        given, [somebody(client, arrival=arrival[client], hours_asked=10) for client in people], regime=regime
    )


def test_the_middle_of_those_who_gain_and_of_those_who_lose_is_picked():
    before = [0.5] * 9
    after = [0.9, 0.6, 0.7, 0.5, 0.1, 0.4, 0.3, 0.2, 1.0]  # the last came late
    found = Pair(world_of(before, "traditional", {8}), world_of(after, "client-steering", {8}))
    assert found.groups["gainer"].tolist() == [1, 2, 0]
    assert found.groups["loser"].tolist() == [5, 6, 7, 4]
    assert found.groups["random"].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]
    assert found.pick("gainer") == 2
    assert found.pick("loser") == 6  # of two in the middle the one nearer to no difference
    assert found.pick("random") in range(8)


def test_of_equal_gains_the_lower_number_comes_first():
    found = Pair(world_of([0.5] * 3, "traditional"), world_of([0.7] * 3, "client-steering"))
    assert found.groups["gainer"].tolist() == [0, 1, 2] and found.pick("gainer") == 1


def test_nobody_is_picked_where_nobody_loses():
    found = Pair(world_of([0.5, 0.5], "traditional"), world_of([0.7, 0.5], "client-steering"))
    assert found.pick("loser") is None
    told = three_lives(found, "en")
    assert [story.pick for story in told] == ["gainer", "random"]
    assert nobody(told, "en") == ["Nobody loses in this pair of worlds."]
    assert nobody(told, "nl") == ["Niemand gaat erop achteruit in dit paar werelden."]
    with pytest.raises(RegieError, match="nobody is worse off under 'client-steering'"):
        picked(found, "loser")


def test_where_nobody_came_there_is_nobody_to_tell_about():
    empty = Pair(run_of([], []), run_of([], [], regime="client-steering"))
    for which in PICKS:
        with pytest.raises(RegieError, match="Choose more --days"):
            picked(empty, which)
    with pytest.raises(RegieError, match="Choose more --days"):
        told_twice(empty, 3, "en")


def test_the_lot_is_that_of_the_seed_and_falls_on_everybody_alike():
    from sim.study.pair import _by_lot

    people = np.arange(100, 110)
    drawn = [_by_lot(seed, people) for seed in range(400)]
    assert drawn == [_by_lot(seed, people[::-1]) for seed in range(400)]
    counts = np.bincount(drawn)[100:]
    # chi-squared with 9 degrees of freedom: beyond 27.9 once in a thousand times, and the seeds are fixed
    assert ((counts - 40) ** 2 / 40).sum() < 27.9


def test_who_comes_later_does_not_change_the_lot_unless_it_falls_on_them():
    from sim.study.pair import _by_lot

    first = _by_lot(5, np.arange(50))
    assert _by_lot(5, np.arange(80)) == first or _by_lot(5, np.arange(80)) >= 50


def test_the_picks_of_a_world_are_the_same_each_time():
    one, other = two_scenarios(lively(), "client-steering")
    found = [live_pair(one, other, 3, 400) for _ in range(2)]
    assert [pair.pick(which) for pair in found for which in PICKS] == 2 * [found[0].pick(which) for which in PICKS]
    assert three_lives(found[0], "nl") == three_lives(found[1], "nl")


def test_a_world_of_a_comparison_is_lived_as_it_was_there():
    what = plan(lively(), regimes=["good-control"], replications=3, days=200, seed=9, worlds="all", yardsticks=False)
    third = carry_out(what, workers=1).finished[2]
    assert third.world.values
    there = lived_again(what, third)
    one, other = two_scenarios(lively(), "good-control")
    found = live_pair(one, other, 9, 200, Which(2, "all"))
    assert found.baseline.replication == 2
    for run in (found.baseline, found.rival):
        assert run.visits.tobytes() == there[run.regime].visits.tobytes()
        assert run.clients.tobytes() == there[run.regime].clients.tobytes()
    assert live_pair(one, other, 9, 200).baseline.visits.tobytes() != found.baseline.visits.tobytes()


def test_variants_that_are_called_alike_get_their_own_names():
    freer = replace(lively(permission=0.9), name="freer", title="Freer")
    one, other = two_variants(lively(), freer)
    assert one.label.title != other.label.title == "Freer"
    more = live_pair(one, other, 3, 200)
    assert one.past() != other.past() and more.same_people  # another past, and still the same people come
    named = lively().with_regime("good-control")
    assert two_variants(lively(), named)[1].label == named.label


def test_an_unknown_client_is_told_who_there_is(pair):
    with pytest.raises(RegieError, match=r"no client 9 who arrived on day 0 or later. There are: 10 to 11\.") as found:
        told_twice(pair, 9, "en")
    assert "10 tot en met 11" in found.value.in_language("nl")


def test_of_many_zones_the_first_three_are_named():
    from sim.study.pair import _ranges

    zones = np.concatenate([np.arange(5, 9) + zone * 2**32 for zone in range(4)])
    assert str(_ranges(zones)).startswith("5 to 8 and 4294967301 to 4294967304 and ")
    assert str(_ranges(zones)).endswith(" and more")
    assert str(_ranges(np.array([7]))) == "7 to 7"


# --- sentences -------------------------------------------------------------------------------------------------


def texts(life):
    return {told.day: told.text for told in life.told}


def test_a_life_is_told_in_the_order_in_which_it_went(pair):
    before, _ = told_twice(pair, ANN, "en").lives
    assert texts(before) == {
        0: "This person needs help: nursing (3.6 hours a week); social contact (2.4 hours a week); repairs and "
        "adaptation (3 hours a week). At first the person speaks of one need only.",
        4: "The person knocks at Home care, for nursing. The need goes on the waiting list. Another need comes up too: "
        "social contact. The need is sent on to Welfare for older people.",
        9: "On the way to Welfare for older people the need gets lost: social contact.",
        10: "After 10 days help starts: nursing, by Home care.",
        15: "The person tries again, now at Welfare for older people: social contact. The need goes on the waiting "
        "list.",
        20: "The worker leaves and nobody can take over. The help stops: nursing. There were 8 hours in all: standard "
        "help, which fitted the wish well. The need goes back on the waiting list of Home care: nursing.",
        26: "Help starts again: nursing, by Home care.",
        30: "After 30 days volunteers start to help: social contact.",
        40: "The need is over and the help stops: nursing. There were 12 hours in all: standard help, which fitted "
        "the wish in part.",
        60: "The person dies. For social contact there were 9 hours in all: help made to measure, which fitted the "
        "wish well. There was still no help for: repairs and adaptation.",
    }
    assert before.told[0].date.isoformat() == "2005-11-01"
    assert [told.day for told in before.told] == sorted(texts(before))


def test_the_same_life_in_the_other_world_and_in_dutch(pair):
    _, after = told_twice(pair, ANN, "nl").lives
    assert texts(after) == {
        0: "Deze persoon heeft hulp nodig: verpleging (3,6 uur per week); sociaal contact (2,4 uur per week); "
        "reparatie en aanpassing (3 uur per week). Eerst noemt de persoon maar één vraag.",
        4: "De persoon klopt aan bij Thuiszorg, voor verpleging. De hulp begint meteen. Ook komt er nog een "
        "vraag ter sprake: sociaal contact. De vraag komt op de wachtlijst van Ouderenwelzijn.",
        6: "De vraag komt bij Woningcorporatie: reparatie en aanpassing. De vraag komt op de wachtlijst.",
        34: "Na 34 dagen wordt iemand van Ouderenwelzijn erbij gehaald. De hulp begint: sociaal contact.",
        40: "De vraag is voorbij en de hulp stopt: verpleging. Er was in totaal 20 uur: standaardhulp, en dat paste "
        "goed bij de wens.",
        90: "De vraag is voorbij en de hulp stopt: sociaal contact. Er was in totaal 10 uur: standaardhulp, en dat "
        "paste goed bij de wens.",
        100: "Hier stopt het verhaal. Er is nog geen hulp voor: reparatie en aanpassing.",
    }
    assert after.in_all.startswith("In totaal: 46 dagen wachten per vraag, 30 uur hulp, 3 nieuwe gezichten, 1 overdr")


def test_who_gives_up_after_no_is_told_so(pair):
    before, _ = told_twice(pair, BO, "en").lives
    assert texts(before)[3] == (
        "The person looks further and knocks at Housing corporation, for meals and transport. The answer is “no”. "
        "After 3 days the person gives up: meals and transport. The person asks for nothing any more."
    )
    assert before.in_all.startswith("In all: 3 days of waiting for each need, no hours of help, no new faces, no")


def test_both_lives_are_laid_side_by_side(pair):
    story = told_twice(pair, ANN, "en")
    assert story.who == "A person of 80, frail, with no family or friends to help. Says clearly what is wanted."
    assert story.heading == "Client 10" and story.rule == "Asked for by number: client 10."
    assert [life.title for life in story.lives] == ["Traditional control", "Client steering"]
    assert story.shared == 1 and story.same == "Up to 5 November 2005 both lives are the same."
    assert "13 days more waiting for each need; as many new faces and handovers; and help worth" in story.difference
    assert "proves nothing" in story.caution


def test_a_life_that_does_not_differ_is_said_not_to(pair):
    story = told_twice(Pair(pair.baseline, pair.baseline), ANN, "en")
    assert story.same == "Both lives are the same." and story.shared == len(story.lives[0].told)
    assert "as long a wait; as many new faces" in story.difference and "Most of that" not in story.difference


def test_a_second_door_is_tired_of_waiting_and_a_place_given_up_is_no_end():
    visits = [
        stay(ANN, 0, PERSONAL, NURSING_FOUNDATION, "moved", seen=30, listed=30, end=44),
        stay(ANN, 0, PERSONAL, HOME_CARE, "admitted", seen=0, listed=0, start=44, end=80, **help_given(50)),
        stay(ANN, 1, SOCIAL, reason="ended", end=50),
    ]
    run = run_of(visits, [somebody(ANN, "admitted as planned", exit=80, hours_asked=60)])
    told = texts(told_twice(Pair(run, run), ANN, "en").lives[0])
    assert told[30].startswith("Tired of waiting, the person also knocks at Nursing foundation")
    assert told[44] == "After 44 days help starts: personal care, by Home care."
    assert told[50] == "One need is over, and nobody ever heard of it: social contact."
    assert told[80] == (
        "The person moves to a home for older people. It was arranged in time. For personal care there were 50 hours "
        "in all: standard help, which fitted the wish well."
    )


def test_whoever_is_back_on_the_list_after_a_second_list_was_given_up_is_told_so_on_the_right_day():
    """A place taken on day 20 at a second door ends on day 30, when help starts at the first; on day 50 that stops."""
    visits = [
        stay(ANN, 0, PERSONAL, NURSING_FOUNDATION, "moved", seen=20, listed=20, end=30),
        stay(ANN, 0, PERSONAL, HOME_CARE, "handed over", seen=0, listed=0, start=30, end=50, **help_given(9)),
        stay(ANN, 0, PERSONAL, HOME_CARE, "open", seen=50, listed=50),
    ]
    run = run_of(visits, [somebody(ANN, hours_asked=60)])
    told = texts(told_twice(Pair(run, run), ANN, "en").lives[0])
    assert "also knocks at Nursing foundation" in told[20]
    assert told[50].endswith("The need goes back on the waiting list of Home care: personal care.")
    assert list(told) == [0, 20, 30, 50, 100]


def test_whoever_was_called_in_and_leaves_gives_the_need_back():
    visits = [
        stay(ANN, 0, SOCIAL, WELFARE, "handed over", seen=0, start=0, end=50, called=1, **help_given(0)),
        stay(ANN, 0, SOCIAL, HOME_CARE, "refused", seen=51, end=51),
        stay(ANN, 0, SOCIAL, reason="gave up", end=51),
        stay(BO, 0, SOCIAL, HOME_CARE, "refused", seen=0, end=0),
        stay(BO, 0, SOCIAL, reason="gave up", end=0),
    ]
    run = run_of(visits, [somebody(ANN, hours_asked=60), somebody(BO, "gave up", exit=0)])
    told = texts(told_twice(Pair(run, run), ANN, "en").lives[0])
    assert told[0].endswith(
        "Somebody at Welfare for older people is asked to step in. Help starts at once: social contact."
    )
    assert told[50] == "The worker leaves and nobody can take over. The help stops: social contact."
    assert told[51].startswith(
        "Home care hears that help is needed again: social contact. The answer is “no”. After 51"
    )
    assert "The person gives up at once" in texts(told_twice(Pair(run, run), BO, "en").lives[0])[0]


def test_where_the_first_intake_placed_the_need_elsewhere_both_are_named():
    at_once = stay(ANN, 0, SOCIAL, WELFARE, "open", seen=0, start=0, **help_given(5))
    listed = stay(BO, 0, SOCIAL, WELFARE, "open", seen=0, listed=0)
    run = run_of([at_once, listed], [somebody(ANN, hours_asked=6), somebody(BO)])
    ann, bo = (texts(told_twice(Pair(run, run), client, "en").lives[0])[0] for client in (ANN, BO))
    knocks = "The person knocks at Home care, for social contact. "
    assert ann.endswith(knocks + "Help starts at once, by Welfare for older people.")
    assert bo.endswith(knocks + "The need goes on the waiting list of Welfare for older people.")


@pytest.mark.parametrize("regime", ["client-steering", "pooled-list", "one-management"])
def test_every_life_of_a_lively_world_can_be_told_in_both_languages(regime):
    one, other = two_scenarios(lively(), regime)
    found = live_pair(one, other, 5, 500)
    assert len(found.lives[0].client) > 60
    for client in found.lives[0].client.tolist():
        for language in LANGUAGES:
            story = told_twice(found, client, language)
            for life, run in zip(story.lives, (found.baseline, found.rival), strict=True):
                days = [told.day for told in life.told]
                assert days == sorted(set(days)) and days[0] >= 0 and days[-1] <= run.days
                assert all(told.text.strip() and "{" not in told.text and "  " not in told.text for told in life.told)
            assert "nan" not in story.difference


def test_every_start_and_end_of_help_is_told():
    """Count starts and stops of help in the tables, and their dates in the story."""
    one, other = two_scenarios(lively(), "client-steering")
    found = live_pair(one, other, 6, 400)
    for client in found.lives[0].client.tolist():
        visits = found.rival.visits[found.rival.visits["client"] == client]
        told = {told.day for told in told_twice(found, client, "en").lives[1].told}
        for column in ("seen", "start"):
            days = visits[column][~np.isnan(visits[column])]
            assert set(days.astype(int)) <= told
        assert set(visits["end"][visits["reason"] == 1].astype(int)) <= told


def fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("sentences", [story_words.say, why.say], ids=["story", "why"])
def test_both_languages_say_the_same_things(sentences):
    for key, (english, dutch) in sentences.items():
        assert english.strip() and dutch.strip(), key
        assert fields(english) == fields(dutch), key


def test_the_rule_is_said(pair):
    assert "first half of the time" in rule("en") and "eerste helft van de tijd" in rule("nl")


def test_statuses_mean_what_the_records_say():
    assert (STATUSES[telling.STATUS_GAVE_UP], STATUSES[telling.STATUS_DIED]) == ("gave up", "died")


def test_a_story_in_a_language_that_is_not_there(pair):
    with pytest.raises(RegieError, match="no page in language 'fr'"):
        told_twice(pair, ANN, "fr")


# --- why -------------------------------------------------------------------------------------------------------


def test_every_option_can_be_said():
    assert {name for name, _ in OPTIONS.values()} <= set(why.say)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_road_was_chosen(language):
    one, other = two_scenarios(lively(), "client-steering")
    found = live_pair(one, other, 5, 120)
    client = found.pick("random")
    story = with_reasons(found, told_twice(found, client, language), language)
    for life, run in zip(story.lives, (found.baseline, found.rival), strict=True):
        explained = [told.day for told in life.told if told.why]
        assert explained and set(explained) <= set(key_days(run, client))
        first = run.visits[(run.visits["client"] == client)]["seen"]
        assert int(np.nanmin(first)) in explained  # at the first door somebody decided
        assert all(
            text.startswith({"en": "Why (", "nl": "Waarom ("}[language]) for told in life.told for text in told.why
        )


# --- the command -----------------------------------------------------------------------------------------------


@pytest.fixture
def regie(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *words: CliRunner().invoke(main, ["story", *words])


SHORT = ("--days", "400", "--seed", "2")


def test_three_lives_are_told_in_lines_that_fit(regie, monkeypatch):
    for width, language in (("80", "en"), ("80", "nl"), ("34", "nl")):
        monkeypatch.setenv("COLUMNS", width)
        result = regie(*SHORT, "--lang", language)
        assert result.exit_code == 0, result.output
        assert max(map(len, result.stdout.splitlines())) <= min(60, int(width))
        assert result.stdout.count("\n== ") == 3
    assert "Iemand die erop vooruitgaat" in result.stdout and "bewijst niets" in result.stdout


def test_one_client_is_told_by_number_and_the_same_each_time(regie):
    data = json.loads(regie(*SHORT, "--json").stdout)
    client = data["people"][0]["client"]
    said = [regie(*SHORT, "--client", str(client)) for _ in range(2)]
    assert said[0].exit_code == 0 and said[0].stdout == said[1].stdout
    assert f"== Client {client} ==" in said[0].stdout


def test_json_holds_both_lives_of_each_pick(regie):
    data = json.loads(regie(*SHORT, "--json", "--regime", "good-control").stdout)
    assert (data["scenario"], data["baseline"], data["regime"]) == ("one-zone", "traditional", "good-control")
    assert (data["seed"], data["days"]) == (2, 400)
    assert [person["pick"] for person in data["people"]] == list(PICKS)
    gainer, loser, _ = data["people"]
    assert gainer["lives"][1]["value"] > gainer["lives"][0]["value"]
    assert loser["lives"][1]["value"] < loser["lives"][0]["value"]
    assert all({"day", "date", "text"} <= set(told) for told in gainer["lives"][0]["told"])


def test_a_pick_alone_and_other_regimes_and_settings(regie):
    result = regie(*SHORT, "--pick", "loser", "--baseline", "words-only", "--set", "preference_share=0.4")
    assert result.exit_code == 0 and result.stdout.count("\n== ") == 1 and "Words only" in result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--client", "3"], "There is no client 3 who arrived on day 0 or later. There are: "),
        (["--client", "-1"], "--client is '-1'"),
        (["--client", "x"], "--client is 'x'"),
        (["--client", "9", "--pick", "loser"], "--client and --pick both say who"),
        (["--pick", "winner"], "--pick is 'winner'; it must be one of gainer, loser, random"),
        (["--regime", "traditional"], "would be compared with itself"),
        (["--regime", "client-stering"], "Did you mean 'client-steering'?"),
        (["--baseline", "traditionel"], "Did you mean 'traditional'?"),
        (["one-zoon"], "Did you mean 'one-zone'?"),
        (["--set", "zones=0"], "zones"),
        (["--days", "0"], "--days is '0'"),
        (["--clint", "3"], "Did you mean '--client'?"),
        (["--world", "-1"], "--world is '-1'"),
        (["--world", "0", "--worlds", "nice"], "--worlds is 'nice'"),
        (["one-zone", "one-zone", "one-zone"], "A life is told twice"),
        (["one-zone", "breda-2005", "--regime", "pooled-list"], "A life is told twice"),
        (["one-zone", "one-zone"], "'one-zone' and 'one-zone' are the same"),
        (["one-zone", "breda-2005"], "do not have the same people"),
        (["--set", "arrivals_per_year=0"], "nobody arrived"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_sentence(regie, words, says, tmp_path):
    result = regie("--days", "30", *words) if "--days" not in words else regie(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == "" and says in result.stderr and "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_dutch(regie):
    assert "Er is geen cliënt 3" in regie("--days", "30", "--client", "3", "--lang", "nl").stderr


def test_help_in_both_languages(regie):
    assert "Tell one person's life twice" in regie("--help").stdout
    assert "Vertel het leven van één persoon" in regie("--help", "--lang", "nl").stdout


def test_the_value_of_one_person_is_that_of_the_run_narrowed_to_one(pair):
    assert value_of(pair.baseline, 0).total == pytest.approx(lives(pair.baseline).value[0])
    assert words("nl").number(value_of(pair.baseline, 0).total, 2).startswith("0,")
