"""One lever at a time: which arms there are, and what is made of their outcomes, worked by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from worlds import small

from sim.errors import RegieError
from sim.report.levers_apart import enough_told, levers_apart
from sim.report.words import LANGUAGES, words
from sim.scenario import levers
from sim.study.compare import carry_out, plan
from sim.study.divergence import divergence
from sim.study.enough_alone import enough_alone
from sim.study.levers_in_force import levers_that_differ
from sim.study.one_at_a_time import arms, name_of, short, taken_apart, with_arms

PLAIN = small()
RIVAL = "client-steering"
TWO = "half-of-it"


def lever_values(scenario, lever):
    later = [(c.day, c.organisations, c.value.value) for c in scenario.changes if c.lever == lever]
    return {name: table[lever].value for name, table in scenario.levers.items()}, later


# --- the arms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("only", "from_day"), [((), 0), (("welfare",), 0), ((), 90), (("home-care",), 90)])
def test_an_arm_has_one_lever_of_the_other_and_all_else_of_its_own(only, from_day):
    rival = PLAIN.with_regime(RIVAL, only=only, from_day=from_day)
    made = arms(PLAIN, rival)
    different = levers_that_differ(PLAIN, rival)
    assert list(made) == [name_of("only", lever) for lever in different] + [name_of("without", x) for x in different]
    for lever in different:
        alone, without = made[f"only:{lever}"], made[f"without:{lever}"]
        assert levers_that_differ(PLAIN, alone) == levers_that_differ(without, rival) == (lever,)
        assert lever_values(alone, lever) == lever_values(rival, lever)
        assert lever_values(without, lever) == lever_values(PLAIN, lever)
        assert alone.baseline_levers == PLAIN.baseline_levers


def test_all_levers_one_after_the_other_make_the_rival():
    rival, built = PLAIN.with_regime(RIVAL, from_day=50), PLAIN
    for lever in levers_that_differ(PLAIN, rival):
        first_other = arms(built, rival).get(f"only:{lever}")
        built = first_other or rival
    assert built.digest() == rival.digest()


def test_one_lever_or_none_cannot_be_taken_apart():
    assert arms(PLAIN, PLAIN) == {}
    assert arms(PLAIN, PLAIN.with_regime("words-only")) == {}


def test_the_second_half_can_be_left_out():
    made = arms(PLAIN, PLAIN.with_regime(RIVAL), without=False)
    assert made and all(name.startswith("only:") for name in made)


def test_a_label_says_what_the_lever_is_in_both_languages():
    label = arms(PLAIN, PLAIN.with_regime(RIVAL))["only:permission"].label
    assert label.title == "Only: Freedom of workers to deviate"
    assert label.title_nl == "Alleen: Vrijheid van medewerkers om af te wijken"
    assert label.rationale == levers()["permission"].en


def test_no_two_levers_are_called_the_same():
    for language in ("en", "nl"):
        assert len({short(getattr(lever, language)) for lever in levers().values()}) == len(levers())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("One two three four, five", "One two three four"), ("One: two three four (five)", "One: two three four"),
     ("One, two", "One, two"), ("", "")],
)  # fmt: skip
def test_a_short_label_keeps_four_words_at_least(text, expected):
    assert short(text) == expected


# --- the sums ----------------------------------------------------------------------------------------------


@cache
def lived():
    """Return a real comparison of three worlds, in which each of two levers was run alone."""
    what = plan(PLAIN, regimes=[RIVAL], replications=3, days=120, seed=5)
    rival = what.scenarios[RIVAL]
    whole = arms(what.scenarios["traditional"], rival)
    two = whole["only:control"]
    both = replace(two, levers=with_lever(two, rival, "insistence"), regime=TWO)
    plain = replace(what, scenarios={"traditional": what.scenarios["traditional"], TWO: both})
    return carry_out(with_arms(plain, TWO), workers=1)


def with_lever(scenario, other, lever):
    return type(scenario.levers)(
        {name: type(table)({**table, lever: other.levers[name][lever]}) for name, table in scenario.levers.items()}
    )


def given(levels):
    """Return that comparison with other numbers for the mean wait: by arm, one a world."""
    comparison = lived()
    place = [outcome.name for outcome in comparison.outcome_list].index("wait_mean")
    values = comparison.values.copy()
    for arm, numbers in levels.items():
        values[list(comparison.scenarios).index(arm), :, place] = numbers
    return replace(comparison, values=values)


LEVELS = {
    "traditional": [50, 60, 70],
    TWO: [20, 30, 40],
    "only:control": [40, 50, 60],
    "only:insistence": [45, 54, 66],
    "without:control": [30, 42, 54],
    "without:insistence": [40, 49, 61],
}
"""Control alone takes 10 days, insistence alone 5, 6 and 4; both together 30: 15, 14 and 16 arise only together."""


def test_each_lever_alone_and_missed_and_the_rest_by_hand():
    apart = taken_apart(given(LEVELS), TWO, "wait_mean")
    control, insistence = apart.effects
    assert apart.whole.mean == -30 and apart.whole.verdict == "better"
    assert (control.lever, control.alone.mean, control.share) == ("control", -10, pytest.approx(1 / 3))
    assert (insistence.lever, insistence.alone.mean, insistence.share) == ("insistence", -5, pytest.approx(1 / 6))
    assert control.missed.mean == pytest.approx(-(10 + 12 + 14) / 3)
    assert insistence.missed.mean == pytest.approx(-(20 + 19 + 21) / 3)
    # Rest: -15, -14, -16; standard deviation 1, so half an interval is 4.3027 / sqrt(3).
    assert apart.together.mean == -15 and apart.share_together == pytest.approx(0.5)
    assert (apart.together.low, apart.together.high) == pytest.approx((-15 - 2.48414, -15 + 2.48414), abs=1e-4)
    assert (insistence.alone.low, insistence.alone.high) == pytest.approx((-7.48414, -2.51586), abs=1e-4)


def test_a_world_without_a_value_is_left_out():
    apart = taken_apart(given({**LEVELS, "only:control": [40, math.nan, 60]}), TWO, "wait_mean")
    control = next(effect for effect in apart.effects if effect.lever == "control")
    assert (control.alone.n, control.alone.mean, apart.together.n, apart.whole.n) == (2, -10, 2, 3)


def test_where_the_whole_may_be_nothing_there_are_no_parts_of_it():
    apart = taken_apart(given({**LEVELS, TWO: [20, 60, 99]}), TWO, "wait_mean")
    assert all(math.isnan(effect.share) for effect in apart.effects) and math.isnan(apart.share_together)


def test_a_lever_that_was_never_defined_has_no_effect_and_comes_last():
    apart = taken_apart(given({**LEVELS, "only:control": [math.nan] * 3}), TWO, "wait_mean")
    assert apart.effects[-1].lever == "control" and apart.effects[-1].alone.verdict == "none"


def test_what_was_not_run_is_refused():
    with pytest.raises(RegieError, match="nobody-knows"):
        taken_apart(lived(), "nobody-knows", "wait_mean")
    with pytest.raises(RegieError, match="no outcome"):
        taken_apart(lived(), TWO, "happiness")


def test_arms_are_run_in_the_worlds_of_the_others():
    comparison = lived()
    assert set(comparison.scenarios) == set(LEVELS)
    assert {run.seed for run in comparison.lives.values()} == {5}
    alone = taken_apart(comparison, TWO, "wait_mean").effects
    for effect in alone:
        expected = comparison.level(f"only:{effect.lever}", "wait_mean") - comparison.level("traditional", "wait_mean")
        assert effect.alone.mean == pytest.approx(np.nanmean(expected))


# --- one lever is enough -----------------------------------------------------------------------------------


def test_an_arm_that_lives_the_rivals_lives_is_enough_for_all():
    comparison = lived()
    same = replace(comparison, lives={**comparison.lives, "only:control": comparison.lives[TWO]})
    enough = enough_alone(same, TWO)
    assert enough.by_lever["control"] == len(enough.enough) == len(divergence(comparison, TWO).partings) > 0
    assert enough.only_together == 0


def test_an_arm_that_lives_the_baselines_lives_is_enough_for_nobody():
    comparison = lived()
    base = comparison.lives["traditional"]
    enough = enough_alone(
        replace(comparison, lives={**comparison.lives, "only:control": base, "only:insistence": base}), TWO
    )
    assert set(enough.by_lever.values()) == {0}
    assert enough.only_together == len(enough.enough)


# --- what is shown -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_a_row_for_each_lever_and_a_word_for_each_number(language):
    shown = levers_apart(given(LEVELS), TWO, words(language))
    comparison = lived()
    assert len(shown) == sum(outcome.headline for outcome in comparison.outcome_list)
    waits = shown[[outcome.name for outcome in comparison.outcome_list if outcome.headline].index("wait_mean")]
    json.dumps(waits.plot, allow_nan=False)
    _, alone, missed = waits.plot["data"]
    assert alone["x"] == [-10, -5] and missed["x"] == pytest.approx([-12, -20])
    assert len(waits.plot["layout"]["yaxis"]["ticktext"]) == 2
    assert len(waits.table.rows) == 4
    assert all(text and "{" not in text for text in (*waits.told, waits.description))
    fifteen = {"en": "−15.0", "nl": "−15,0"}[language]
    assert any(fifteen in text for text in waits.told)
    assert all("{" not in text for text in enough_told(enough_alone(comparison, TWO), words(language)))


def test_without_arms_there_is_nothing_to_show():
    comparison = carry_out(plan(PLAIN, regimes=[], replications=1, days=10), workers=1)
    assert levers_apart(comparison, "traditional", words("en")) == []
