"""Analysing a sweep: which factors matter, how answers respond, where something holds, and how much is luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.errors import RegieError, Said, nearest_or_all
from sim.study.defaults import LARGEST_SEED
from sim.study.folder import absolute
from sim.study.outcomes import declared
from sim.sweeps.analysis import morris, sobol
from sim.sweeps.analysis.discovery import Condition, apart, discover, does_not_help
from sim.sweeps.analysis.findings import Analysis, Box, Index, Interaction, Noise, Question, Rank, Response
from sim.sweeps.analysis.noise import all_the_same, noise_of
from sim.sweeps.analysis.ranking import FEWEST_REPLICATIONS, places
from sim.sweeps.analysis.reading import Answers, Reading, kept_outcomes, read
from sim.sweeps.analysis.resampling import Estimate
from sim.sweeps.analysis.responses import interactions, responses, rows_of
from sim.sweeps.analysis.sentences import say
from sim.sweeps.folder import about
from sim.sweeps.sweep import Sweep

RESAMPLES = 1000
FEWEST_RESAMPLES, MOST_RESAMPLES = 200, 100_000
MOST_UNASKED = 6
"""Outcomes that are all looked at where nobody names any; of more, the headlines."""
_WITH_INDICES = ("sobol", "morris")


def analyse(
    sweep: Sweep | Path | str,
    outcomes: Sequence[str] = (),
    regime: str | None = None,
    against: str | None = None,
    condition: str | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Analysis:
    """Return what can be learnt from a sweep. The same sweep and seed give the same numbers.

    Args:
        sweep: A sweep, or its folder.
        outcomes: Names of outcomes. Default: all that were kept; where these are many, the headlines.
        regime: Under which regime. Default: each but the first, by how much it differs from the first; where there is
            one, that one.
        against: The regime that is taken off, in the same point and replication. Default: none where ``regime`` is
            given.
        condition: What is looked for in scenario discovery, such as ``"> -2"``. Default: of a difference between
            regimes, that it is no improvement by the smallest difference that matters.
        seed: Of the resampling.
        resamples: How often indices are reckoned anew, for their intervals.

    Raises:
        RegieError: There is no sweep, or it did not run or keep what is asked.
    """
    if not FEWEST_RESAMPLES <= resamples <= MOST_RESAMPLES:
        raise RegieError(say("few resamples", value=resamples, least=FEWEST_RESAMPLES, most=MOST_RESAMPLES))
    if not 0 <= seed <= LARGEST_SEED:
        raise RegieError(say("bad seed", value=seed, most=LARGEST_SEED))
    place = sweep.path if isinstance(sweep, Sweep) else absolute(Path(sweep))
    looked_for = None if condition is None else Condition.of(condition)
    names, remarks = _outcomes(kept_outcomes(place), outcomes)
    questions = [
        Question(name, *pair) for pair in _pairs(list(about(place)["regimes"]), regime, against) for name in names
    ]
    analysing = _Analysing(read(place, names), looked_for, seed, resamples, remarks)
    for question in questions:
        analysing.ask(question)
    return analysing.found(questions)


def _outcomes(kept: list[str], asked: Sequence[str]) -> tuple[list[str], list[Said]]:
    for name in asked:
        if name not in kept:
            raise RegieError(say("no outcome", name=name[:60], hint=nearest_or_all(name, kept)))
    if asked or len(kept) <= MOST_UNASKED:
        return list(dict.fromkeys(asked)) or kept, []
    headlines = [name for name in kept if declared().get(name, {}).get("headline")]
    names = headlines or kept[:MOST_UNASKED]
    return names, [say("headlines", kept=len(kept), names=", ".join(names))]


def _pairs(regimes: list[str], regime: str | None, against: str | None) -> list[tuple[str, str]]:
    """Return which regimes are looked at, each with the one that is taken off; empty where none is."""
    for name in (regime, against):
        if name is not None and name not in regimes:
            raise RegieError(say("no regime", name=name[:60], hint=nearest_or_all(name, regimes)))
    if regime is not None and regime == against:
        raise RegieError(say("same regimes", name=regime))
    if regime is not None:
        return [(regime, against or "")]
    if len(regimes) == 1:
        if against is not None:
            raise RegieError(say("same regimes", name=against))
        return [(regimes[0], "")]
    first = against or regimes[0]
    return [(name, first) for name in regimes if name != first]


@dataclass
class _Analysing:
    """Answers questions, one after the other, and gathers what is found."""

    reading: Reading
    condition: Condition | None
    seed: int
    resamples: int
    remarks: list[Said]
    noise: list[Noise] = field(default_factory=list)
    indices: list[Index] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.reading.method not in _WITH_INDICES:
            self.remarks.append(say("no indices", method=self.reading.method))

    def found(self, questions: Sequence[Question]) -> Analysis:
        """Return all that was found."""
        return Analysis(
            questions=tuple(questions),
            noise=tuple(self.noise),
            indices=tuple(self.indices),
            ranks=tuple(self.ranks),
            responses=tuple(self.responses),
            interactions=tuple(self.interactions),
            boxes=tuple(self.boxes),
            remarks=tuple(self.remarks),
        )

    def ask(self, question: Question) -> None:
        """Answer a question."""
        answers = self.reading.answers(question)
        self._say_what_is_missing(question.name, answers)
        if np.isnan(answers.means).all():
            self.remarks.append(say("no answers", question=question.name))
            return
        noise = noise_of(question.name, answers.values)
        self.noise.append(noise)
        if all_the_same(answers.means):
            self.remarks.append(say("constant", question=question.name))
        else:
            if noise.replications < 2:
                unknown = "noise unknown" if self.reading.method in _WITH_INDICES else "noise unknown here"
                self.remarks.append(say(unknown, question=question.name))
            self._find_indices(question.name, answers, noise)
            rows = rows_of(self.reading.design.points, answers.means, self.reading.blocks)
            self.responses += responses(question.name, self.reading.factors, rows)
            self.interactions += interactions(question.name, self.reading.factors, rows)
        self._find_boxes(question, answers)

    def _say_what_is_missing(self, question: str, answers: Answers) -> None:
        if answers.left_out:
            self.remarks.append(say("unfinished", question=question, n=answers.left_out))
        if answers.missing:
            undefined = answers.missing - answers.failed - answers.unrun
            counts = {"missing": answers.missing, "failed": answers.failed, "unrun": answers.unrun}
            said = say("missing", question=question, all=answers.values.size, undefined=undefined, **counts)
            self.remarks.append(said)

    def _find_indices(self, question: str, answers: Answers, noise: Noise) -> None:
        if self.reading.method not in _WITH_INDICES:
            return
        saltelli = self.reading.method == "sobol"
        what, least = ("base samples", sobol.FEWEST) if saltelli else ("trajectories", morris.FEWEST)
        of_blocks = answers.values[self.reading.blocks]
        whole = np.flatnonzero(~np.isnan(of_blocks).any(axis=(1, 2)))
        said = {"question": question, "what": say(what)}
        if len(whole) < len(of_blocks):
            self.remarks.append(say("dropped", n=len(of_blocks) - len(whole), all=len(of_blocks), **said))
        if len(whole) < least:
            self.remarks.append(say("too few", n=len(whole), least=least, **said))
            return
        if saltelli:
            estimates = sobol.sobol(of_blocks[whole], self.resamples, self.seed)
            certain = estimates[-1] if estimates else None
        else:
            points = self.reading.design.points[self.reading.blocks[whole]]
            effects = morris.effects(points, of_blocks[whole], self.reading.levels)
            estimates, certain = morris.morris(effects, self.resamples, self.seed)
        self.indices += self._rows(question, estimates)
        if not estimates or certain is None:
            self.remarks.append(say("all luck", question=question))
        elif noise.replications >= FEWEST_REPLICATIONS or noise.noise_share == 0:
            self._rank(question, estimates[-1] if saltelli else estimates[0], certain)
        elif noise.replications > 1:
            said_so = say("few replications", question=question, n=noise.replications, least=FEWEST_REPLICATIONS)
            self.remarks.append(said_so)

    def _rows(self, question: str, estimates: Sequence[Estimate]) -> Iterator[Index]:
        for estimate in estimates:
            low, high = estimate.interval()
            for i, factor in enumerate(self.reading.factors):
                numbers = float(estimate.value[i]), float(low[i]), float(high[i])
                yield Index(question, factor.name, estimate.measure, *numbers)

    def _rank(self, question: str, ranked: Estimate, certain: Estimate) -> None:
        found = places(ranked, certain)
        if found is None:
            self.remarks.append(say("not separated", question=question))
        else:
            names = [factor.name for factor in self.reading.factors]
            self.ranks += [Rank(question, name, **place) for name, place in zip(names, found, strict=True)]

    def _find_boxes(self, question: Question, answers: Answers) -> None:
        condition = self.condition or does_not_help(question)
        if condition is None:
            self.remarks.append(say("no question", question=question.name))
            return
        points = apart(self.reading.blocks, self.reading.method)
        points = points[~np.isnan(answers.means[points])]
        at, means = self.reading.design.points[points], answers.means[points]
        try:
            found = discover(question, condition, self.reading.factors, at, means, self.seed)
        except RegieError as missing:
            if self.condition is not None:
                raise
            if missing.said not in self.remarks:
                self.remarks.append(missing.said)
            return
        self.boxes += found.boxes
        self.remarks.append(found.remark)
