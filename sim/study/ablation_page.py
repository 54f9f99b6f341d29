"""An ablation as one page in Markdown: what came out, beside what was expected; what hangs on one mechanism."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.study.ablation import Ablated, Ablation
from sim.study.outcomes import Outcome

_SHORT = {
    "smaller": "less",
    "larger": "more",
    "same": "same",
    "unsure": "unsure",
    "undecided": "undecided",
    "none": "-",
}
_JUDGED = ("smaller", "larger", "same")


def page(ablation: Ablation) -> str:
    """Return the page: how it was made, how often expectations held, what hangs on what, and all mechanisms."""
    rows = ablation.rows()
    outcomes = [ablation.whole.outcome(name) for name in dict.fromkeys(row.outcome for row in rows)]
    lines = [*_about(ablation), *_with_nothing_off(ablation, outcomes), *_hits(rows, outcomes)]
    lines += [*_hanging(ablation, rows, outcomes), *_table(ablation, rows, outcomes)]
    return "\n".join(lines) + "\n"


def _about(ablation: Ablation) -> Iterator[str]:
    baseline, regime = ablation.whole.regimes
    yield f"# Ablation: `{regime}` beside `{baseline}` in `{ablation.plan.scenario.name}`"
    yield ""
    yield f"{len(ablation.replications)} pairs of worlds for each mechanism, {ablation.whole.days} days, seed"
    yield f"{ablation.whole.seed}. One mechanism is off at a time, in both regimes and in the warm-up. The first number"
    yield "of a cell is the difference between the regimes without it. Then whether that is *more* or *less* favourable"
    yield f"to `{regime}` than with it, by more than the smallest difference that matters; between brackets what was"
    yield "expected before anything was run; in bold where that was wrong. A star: without the mechanism the result is"
    yield "gone."
    if not ablation.complete:
        yield ""
        yield "**Not complete**: it was interrupted, and the mechanisms that follow were not switched off."


def _with_nothing_off(ablation: Ablation, outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield from ("", "## Nothing off", "", "| outcome | difference | 95 % interval | |", "|---|---|---|---|")
    for about in outcomes:
        whole = ablation.whole.difference(ablation.whole.regimes[1], about.name)
        interval = f"{whole.low:+.3g} to {whole.high:+.3g}"
        yield f"| {about.label('en')} ({about.unit}) | {whole.difference:+.3g} | {interval} | {whole.verdict} |"


def _hits(rows: Sequence[Ablated], outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield from ("", "## Expected and found", "", "| outcome | as expected | otherwise | undecided, or unsure |")
    yield "|---|---|---|---|"
    for about in outcomes:
        mine = [row for row in rows if row.outcome == about.name]
        judged = [row for row in mine if row.expected in _JUDGED and row.found in _JUDGED]
        hits = sum(row.expected == row.found for row in judged)
        yield f"| {about.label('en')} | {hits} | {len(judged) - hits} | {len(mine) - len(judged)} |"


def _hanging(ablation: Ablation, rows: Sequence[Ablated], outcomes: Sequence[Outcome]) -> Iterator[str]:
    titles = {each.name: each.title for each in ablation.mechanisms}
    yield from ("", "## Results that hang on one mechanism", "")
    for about in outcomes:
        names = [titles[row.mechanism] for row in rows if row.outcome == about.name and row.hangs == "yes"]
        yield f"- **{about.label('en')}**: {', '.join(names) or 'on none'}."


def _table(ablation: Ablation, rows: Sequence[Ablated], outcomes: Sequence[Outcome]) -> Iterator[str]:
    cells = {(row.mechanism, row.outcome): _cell(row) for row in rows}
    yield from ("", "## All mechanisms", "", f"| without | {' | '.join(about.label('en') for about in outcomes)} |")
    yield "|---" * (1 + len(outcomes)) + "|"
    for each in ablation.mechanisms:
        told = " | ".join(cells.get((each.name, about.name), "") for about in outcomes)
        yield f"| {each.title} | {told} |"


def _cell(row: Ablated) -> str:
    wrong = row.expected in _JUDGED and row.found in _JUDGED and row.expected != row.found
    said = f"**{_SHORT[row.found]}**" if wrong else _SHORT[row.found]
    if row.expected != "none":
        said += f" ({_SHORT[row.expected]})"
    return f"{row.difference_off:+.3g} {said}{' *' if row.hangs == 'yes' else ''}"
