"""Writes the tables of odd.md, regimes.md and claims.md from the code, and the sample outputs of README.md from runs.

``python docs/tables.py`` writes the tables anew; ``--check`` only says which are out of date and then ends with 1;
``--samples`` also runs the commands whose output README.md shows, and puts in what they say today.

A table stands between ``<!-- table: NAME -->`` and ``<!-- /table -->``, a sample between
``<!-- sample: COMMAND -->`` and ``<!-- /sample -->``. What stands between them is never written by hand.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # the tables of this clone, whatever else is installed
    sys.path.insert(0, str(ROOT))
ODD = ROOT / "docs" / "odd.md"
REGIMES = ROOT / "docs" / "regimes.md"
CLAIMS = ROOT / "docs" / "claims.md"
README = ROOT / "README.md"

MODEL = ROOT / "sim" / "model"
WORSE_OR_BETTER = {-1: "less is better", 0: "neither", 1: "more is better"}

# What fields mean whose declaration in sim/model/state.py has no comment; otherwise that comment is used.
FIELDS = {
    "series.by_form": "intakes of which a common form brought the story, under an agreement of boards",
    "client.key": "identity, the same in every world",
    "client.zone": "zone where the client lives",
    "client.arrival": "day of the first knock",
    "client.age": "age on arrival, years",
    "client.frailty": "frailty now, 0 to 1",
    "client.frailty_at_arrival": "frailty on arrival, 0 to 1",
    "client.network": "own network now, 0 (none) to 1",
    "client.network_at_arrival": "own network on arrival, 0 to 1",
    "client.voice": "how well a wish is said and defended, 0 to 1",
    "client.owner_generation": "which holder of that seat the client knows as case owner",
    "client.planned_left": "the same, for a planned admission",
    "client.death_left": "the same, for death",
    "client.due": "day on which this life is looked at next",
    "client.transfers": "times that responsibility went to somebody else",
    "client.new_faces": "workers met for the first time",
    "client.new_organisations": "organisations met for the first time",
    "client.retellings": "times that the story was told again",
    "client.refusals": "times that the client was told no",
    "client.organisations_met": "organisations met, a bit for each",
    "client.faces": "identities of the last eight workers met",
    "client.hours_asked": "hours asked so far",
    "client.hours_delivered": "hours received so far, bridging care included",
    "client.next_free": "next free row, where this one is free",
    "need.status": "absent, unseen, knocking, referred, lost, intake, open, listed, helped or done",
    "need.kind": "kind of help",
    "need.knocks": "doors asked so far; counts draws",
    "need.bridging": "hours of bridging care a week",
    "need.quality": "quality of the help, 0 to 1",
    "need.onset": "day on which the need arose",
    "need.due": "day on which the need is looked at next",
    "need.start": "day on which help started",
    "worker.organisation": "organisation",
    "worker.team": "team",
    "worker.zone": "zone",
    "worker.competence": "competence in each kind outside the own craft, 0 to 1",
    "worker.listening": "skill in listening, 0 to 1",
    "worker.vacant_days": "days this week that the seat was empty",
    "worker.sick_days": "days this week that the holder was sick",
    "worker.spells": "spells of sick leave so far",
    "manager.team": "team of the manager",
    "manager.hours_left": "hours left to plan this week",
    "manager.placed": "needs placed so far",
    "organisation.renown": "how well known its door is, relative to others",
    "organisation.places_since": "day up to which place-days are counted",
    "team.organisation": "organisation",
    "team.zone": "zone",
    "team.first_worker": "first of its workers, who stand in a row",
    "team.workers": "number of workers",
    "team.waiting": "places on its lists",
    "office.first_team": "first of the teams behind this door",
    "office.teams": "number of teams behind this door",
    "kind.hours_per_week": "hours a week that a need asks",
    "kind.lasting_days": "mean length of a lasting need, days",
    "kind.short_share": "share of needs that are short",
    "kind.short_days": "mean length of a short need, days",
    "kind.episodic": "1 where a need has a volume that starts with help",
    "kind.norm_days": "wait beyond which the norm is broken, days",
    "place.team": "team on whose list it is",
    "place.worker": "worker who put it there",
    "place.seen": "day of the intake",
    "place.listed": "day on which it was put on the list",
    "visit.organisation": "organisation; -1 for a need that is with nobody",
    "visit.team": "team; -1 for none",
    "visit.worker": "worker who helps or took the intake; -1 for none",
    "visit.urgency": "0 to 2",
    "visit.reason": "why the stay ended",
    "visit.onset": "day on which the need arose",
    "visit.seen": "day of the intake",
    "visit.listed": "day of listing",
    "visit.start": "day on which help started",
    "visit.end": "day on which the stay ended",
    "visit.hours_per_week": "hours asked",
    "visit.hours_delivered": "hours of help received",
    "visit.hours_bridging": "hours of bridging care received",
    "visit.first_worker_hours": "hours of help by the first worker of the stay",
    "visit.variant": "variant delivered, at the end of the stay",
    "visit.fit_distance": "distance between wish and that variant",
    "exit.status": "how the client left, or what the client is now",
    "exit.owner_organisation": "organisation of the case owner; -1 for none",
    "exit.exit": "day on which the client left",
    "exit.age": "age at the end",
    "exit.unmet": "share of the hours asked that was not met, mean over days",
    "series.week": "week, counted from day 0; negative in the warm-up",
    "series.organisation": "organisation; the last number is nobody's",
    "series.arrivals": "people who ask for help for the first time",
    "series.intakes": "intakes",
    "series.starts": "times that help started",
    "series.completed": "needs that ended while helped",
    "series.listed": "places on lists taken",
    "series.delisted": "places on lists given up or served",
    "series.delisted_days": "days that these places had lasted",
    "series.referrals": "referrals made",
    "series.referrals_lost": "referrals that got lost on the way here",
    "series.refusals": "times that somebody was told no",
    "series.gave_up": "clients who left because they gave up",
    "series.second_lists": "second places of a need",
    "series.crisis": "crisis admissions",
    "series.planned": "planned admissions",
    "series.deaths": "deaths",
    "series.ended": "clients whose needs ended",
    "series.waiting": "places on lists at the end of the week",
    "series.in_service": "needs with help at the end of the week",
    "series.clients": "clients whose case owner works here, at the end of the week",
    "series.in_care": "clients with any help, at the end of the week (in the row of nobody)",
    "series.debt": "hours done but not yet taken out of a week",
    "series.list_days": "place-days on lists this week",
    "series.paid": "hours paid to workers: contract hours while at work or sick",
    "series.direct": "hours of help delivered",
    "series.bridging": "hours of bridging care delivered",
    "series.intake": "hours of intakes",
    "series.review": "hours of reviews of help",
    "series.referral": "hours of referrals",
    "series.reports": "hours of reports upward",
    "series.meetings": "hours of meetings",
    "series.coordination": "hours of coordination between organisations",
    "series.planning": "hours in which managers place waiting needs",
    "series.sick": "hours of sick leave",
    "series.leave": "hours of holidays and regular training",
    "series.indirect": "hours of travel and other indirect work",
    "series.idle": "hours for clients in which there was no work",
    "need.bridger_mark": "integral of who gives bridging care, when that was last booked",
    "worker.bridging_week": "hours of bridging care delivered this week",
    "tie.to": "seat of the colleague; -1 for none",
    "tie.generation": "which holder of that seat is known",
    "zone.arrived": "clients so far; gives the next one an identity",
    "exit.needs": "needs on arrival",
    "exit.prefers": "organisation that the client prefers; -1 for none",
    "exit.frailty": "frailty at the end",
    "exit.arrival": "day of the first knock",
    "worker.creativity": "skill in finding solutions that fit, 0 to 1",
    "worker.courage": "courage to deviate and to stand up for clients, 0 to 1",
    "worker.creativity_base": "creativity to which it fades",
    "worker.courage_base": "courage to which it fades",
    "worker.profession_attention": "share of attention for the norms of the profession",
    "worker.organisation_attention": "share of attention for rules, targets and the manager",
    "worker.self_attention": "share of attention for oneself",
    "worker.ownership_base": "ownership to which it slackens",
    "worker.safety": "safety felt, 0 to 1",
    "worker.practised_daring": "the same of breaches dared",
    "worker.practised_tailoring": "the same of help tailored or kept so",
    "worker.trust_outside": "the same, of other organisations",
    "worker.collaboration": "calls that satisfied, on ties to workers of other organisations, counted every four weeks",
    "manager.staff_attention": "share of attention for staff",
    "manager.clients_attention": "share of attention for clients",
    "manager.fashion_attention": "share of attention for fashions",
    "board.satisfied_hours": "hours over which that is summed",
    "board.produced_year": "direct hours this year",
    "board.satisfaction_year": "satisfaction of clients, hours x worth this year",
    "board.variety_year": "hours x distance from the standard this year",
    "team.creativity": "the same, of creativity",
    "team.experience": "the same, of experience in tailoring",
    "team.organisation_attention": "the same, of attention to the organisation",
    "option.possible": "1 where the option is there",
    "option.helper": "worker who would help; -1 for none",
    "option.profession": "norms of the profession, quality and safety",
    "option.organisation": "contribution to targets and rules",
    "option.own": "effort and risk for oneself",
    "option.utility": "utility, weighed by attention",
    "option.luck": "what chance adds to it",
    "decision.need": "need about which was chosen",
    "decision.worker": "worker who chose",
    "decision.day": "day",
    "decision.drawn": "draw that was held against that chance",
    "decision.option": "option that was taken; -1 for none",
    "series.chances": "choices about help in which initiative was possible",
    "series.initiatives": "of which made on initiative",
    "series.calls": "calls on workers of other organisations",
    "series.calls_answered": "calls after which that worker came to help",
    "series.displaced": "of which while others waited for that worker's team",
    "series.tailorings": "times that help was tailored",
    "series.smaller": "times that a need was made smaller",
    "series.advocacies": "times that somebody pressed for an exception",
    "series.volunteers": "hours of help by volunteers (in the row of nobody)",
    "series.said": "choices that followed the client's own ranking",
    "series.interventions": "times that a manager stepped in",
    "series.incidents": "incidents",
    "series.averted": "interventions after which the help was better",
    "series.agreements": "agreements made with other boards",
    "series.kept": "agreements with other boards kept this quarter",
    "series.broken": "agreements with other boards broken",
    "series.left": "workers who left",
    "series.target": "hours that the workers are expected to deliver this week, as things are",
    "series.choosing": "hours of choosing help: calls, tailoring, pressing for an exception",
    "series.instruments": "hours of instruments",
    "series.coaching": "hours of coaching, of who coaches and who is coached",
    "series.own_time": "hours that workers take for themselves",
    "series.managing": "hours in which managers insist and step in",
    "series.staffed": "workers at the end of the week, over whom what follows is summed",
    "series.credibility": "how far a worker's team believes its board",
    "series.board_control": "how much a worker's board really controls",
    "series.informed": "whether a worker's manager knows what an agreement is for",
    "series.ties_inside": "colleagues of the organisation whom a worker knows",
    "series.ties_outside": "workers of other organisations whom a worker knows",
    "series.trust_inside": "trust in those of the organisation",
    "series.trust_outside": "trust in those of other organisations",
    "series.collaboration": "calls that satisfied, on ties to workers of other organisations",
    "series.strain": "how far a worker is behind with work, 0 to 1",
    "visit.need": "number of the need, of this client",
    "visit.wish": "wish, as distance from the standard",
    "visit.quality": "quality of the help at the end of the stay, 0 to 1",
    "visit.tailored": "part of it that is tailored, at the end of the stay",
}
# A record means what the row it was written from means.
WRITTEN_FROM = {"visit": "need", "exit": "client", "series": "worker"}
# For each stream of chance: whose identity is the key, and what is drawn by which number.
STREAMS = {
    "ARRIVALS": ("zone", "how many people ask for help for the first time; number = day"),
    "PERSON": (
        "client",
        "0, 1 age; 2, 3 frailty; 4, 5 own network; 6 voice; 8, 9, ... whether there is a second, third, ... need; "
        "20 whether the client prefers the first organisation",
    ),
    "NEEDS": ("need", "0 kind; 1 urgency; 2 wish; 3 the part of what is required that is not the wish"),
    "DOOR": ("need", "2 x knocks: a fitting door or any; + 1: which; 1,000,000 + knocks: which team behind it"),
    "SEE": ("need", "whether an intake sees it; number = identity of the worker"),
    "PROCEDURE": ("need", "2 x knocks: referred or refused; + 1: gives up; 1,000,000 + knocks: wandering time"),
    "REFERRAL": (
        "need",
        "4 x knocks: arrives; + 2: found again; + 3: when; 1,000,000 + knocks: time under way",
    ),
    "WAITING": ("need", "2 x reviews of the wait: gives up; + 1: knocks elsewhere"),
    "LIST": (
        "worker",
        "freed hours go by urgency or by turn; number = day of the run; 2^24 + week: kinds passed over",
    ),
    "RENEWAL": ("need", "2 x reviews past its end: the provider asks to go on; + 1: the assessor grants it"),
    "LIFE": ("client", "thresholds of the hazards: 0 crisis, 1 planned admission, 2 death"),
    "REVEAL": ("need", "2 x looks at the client's life: a visitor notices it; + 1: the client speaks up"),
    "SICKNESS": ("worker", "2 x spells so far: time until the next; + 1: its length"),
    "TURNOVER": (
        "worker",
        "0 how long the holder stays; 1 how long the seat is empty; 2 how long the first holder was there",
    ),
    "WORKER": (
        "worker",
        "0 aptitude; 1 listening; 2 attention to clients; 3, 4, ... competence in each kind; 20 creativity; "
        "21 courage; 22 ownership; 23 safety; 24 experience; 25 attention to the profession; 26 to oneself",
    ),
    "TIES": ("worker", "whether two holders know each other; number = identity of the other"),
    "START": (
        "need, organisation",
        "need, length of one that the founding meets halfway: 0 short or lasting; 1 length; 2 rounding; organisation: "
        "how well known it is beside its staff",
    ),
    "BRIDGING": ("need", "0 whether bridging care is looked for"),
    "DURATION": ("need", "length of a need: 0 short or lasting; 1 length; 2 rounding to whole days"),
    "INITIATIVE": ("need", "whether a worker takes the initiative; number = identity of the worker"),
    "CHOICE": (
        "need",
        "luck of an option; number = options x choices so far + option; + 2^24: which of those content with",
    ),
    "SAY": ("need", "whether the client's own ranking is followed; number = choices so far"),
    "ANSWER": (
        "need",
        "whether a worker called on comes to help; number = choices so far; + 2^24: whether that satisfies",
    ),
    "STEP_IN": ("worker", "whether a manager steps in; number = week"),
    "INCIDENT": ("worker", "2 x week: whether an incident happens; + 1: whether the worker is blamed"),
    "ENCOUNTER": ("client", "whether two who help the client meet; number = 64 x week + which two"),
    "EVENT": (
        "worker",
        "how many are met at a joint event, who, and whether it becomes a contact; number = week and event",
    ),
    "BOARD": ("organisation, pair", "organisation: fashions; pair: agreements made, kept, broken; number = quarter"),
    "TOLD": ("team", "whether the manager hears of agreements; number = quarter; 2^24: how much habit to step in"),
    "VOLUNTEER": ("need", "whether a worker knows of a volunteer; number = identity of the worker"),
    "FEEDBACK": ("worker", "whether feedback backfires; number = month"),
    "BUDGET": (
        "client, need",
        "client 0: whether there is a personal budget; need: which organisation is looked at; number = looks",
    ),
    "HEARD": ("need", "0 what the wish is taken for at first sight"),
    "EXTRA": (
        "need, worker",
        "need, 4 x choices so far: overview of free hours; + 1: a need made smaller; + 2: an exception granted; "
        "+ 3: regrouped; 2^24 + choices: a manager hands it back; 2^25: a variant learnt in part; worker: 0 craft of a "
        "successor; 1 regrouped; 2^24 + another: ties that regrouping breaks",
    ),
}

Rows = Iterable[Sequence[object]]


# --- tables ------------------------------------------------------------------------------------------------


def patterns() -> str:
    """The patterns from outside that the baseline is held against."""
    from sim.study.baseline import bands

    rows = [
        (b.en, f"{b.low:g} to {b.high:g}", b.unit, "must hold" if b.required else "shown only", b.fact) for b in bands()
    ]
    return table(("pattern", "band", "unit", "", "the fact it stands on"), rows)


def phases() -> str:
    """The phases of the day, in order."""
    from sim.model.day import PHASES

    rows = [(i, code(p.name), p.agent, code(p.behaviour), p.every, p.what) for i, p in enumerate(PHASES, 1)]
    return table(("", "phase", "agent", "behaviour", "every", "what happens"), rows)


def agents() -> str:
    """The Mesa agents, their tables, and the behaviours that a subclass can override."""
    from sim.model import agents as module

    classes = [value for value in vars(module).values() if inspect.isclass(value) and "table" in vars(value)]
    rows = []
    for agent in sorted(classes, key=lambda value: inspect.getsourcelines(value)[1]):
        methods = [name for name, value in vars(agent).items() if inspect.isfunction(value) and name[0] != "_"]
        rows.append((code(agent.__name__), code(agent.table), rule(agent.__doc__), ", ".join(map(code, methods))))
    return table(("agent", "table", "rule in one line", "behaviours that can be overridden"), rows)


def rules() -> str:
    """Every public function of the model that is compiled, by file, with its first sentence."""
    rows = [(code(file), code(name), rule(doc)) for file, name, doc in behaviours() if not name.startswith("_")]
    return table(("file", "function", "what it does"), rows)


def fields() -> str:
    """The fields of everything that has a state."""
    return _fields_of("client", "need", "worker", "tie", "manager", "board", "organisation", "team", "office", "kind",
                      "zone", "place", "option", "decision")  # fmt: skip


def records() -> str:
    """The columns of what a run leaves behind."""
    return (
        _fields_of("visit", "exit", "series")
        .replace("| `visit` |", "| `visits` |")
        .replace("| `exit` |", "| `clients` |")
    )


def parameters() -> str:
    """Every parameter but the levers, by group."""
    from sim.scenario.parameters import parameters as declared

    return _declared(p for p in declared().values() if p.kind != "lever")


def levers() -> str:
    """Every lever, by group."""
    from sim.scenario.parameters import levers as declared

    return _declared(declared().values())


def _declared(some: Iterable[Any]) -> str:
    head = ("parameter", "meaning", "unit", "default", "may be", "plausible", "kind", "source", "status")
    parts = []
    for heading, members in _by_group(some):
        rows = [
            (code(p.name), p.en, p.unit, plain(p.default), span(p.range), span(p.plausible), p.kind, p.source, p.status)
            for p in members
        ]
        parts += [f"#### {heading}", "", table(head, rows), ""]
    return "\n".join(parts).rstrip()


def _by_group(some: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the heading and the parameters of each group that has any, in the order in which groups are listed."""
    from sim.scenario.groups import GROUPS

    members = list(some)
    for group, heading in GROUPS.items():
        if of_group := [p for p in members if p.group == group]:
            yield heading.en, of_group


def sides() -> str:
    """Which levers count as control, which as client, and which as neither."""
    from sim.scenario.groups import CLIENT, CONTROL, GROUPS
    from sim.scenario.parameters import levers as declared

    neither = [group for group in GROUPS if group not in (*CONTROL, *CLIENT)]
    rows = []
    for side, groups in (("control", CONTROL), ("client", CLIENT), ("neither", neither)):
        for heading, members in _by_group(p for p in declared().values() if p.group in groups):
            rows.append((side, heading, ", ".join(code(p.name) for p in members)))
    return table(("side", "group", "levers"), rows)


def regimes() -> str:
    """The levers that any regime moves, by group, under the regimes that move one; bold where they do."""
    from sim.scenario.parameters import levers as declared

    set_to = _regimes()
    parts = []
    for heading, members in _by_group(declared().values()):
        moved = [p.name for p in members if len({levers_set[p.name].value for levers_set in set_to.values()}) > 1]
        still = [f"{code(p.name)} {plain(p.default)}" for p in members if p.name not in moved]
        parts += [f"### {heading}", "", _regime_table(set_to, moved) if moved else "No regime moves these.", ""]
        parts += [f"The same in every regime: {', '.join(still)}.", ""] if still else []
    return "\n".join(parts).rstrip()


def _regime_table(set_to: dict[str, Any], moved: Sequence[str]) -> str:
    values = {name: [plain(levers_set[lever].value) for lever in moved] for name, levers_set in set_to.items()}
    usual = next(iter(values.values()))
    rows = [(code(next(iter(values))), *usual)]
    for name, own in values.items():
        if own != usual:
            rows.append((code(name), *(a if a == b else f"**{a}**" for a, b in zip(own, usual, strict=True))))
    return table(("regime", *map(code, moved)), rows)


def _regimes() -> dict[str, Any]:
    """Return every regime that ships with its levers, the baseline first."""
    from sim.scenario.scenario import Scenario

    plainest = Scenario.load(ROOT / "scenarios" / "one-zone.toml")
    anybody = plainest.organisations[0].name
    files = sorted((ROOT / "scenarios" / "regimes").glob("*.toml"), key=lambda p: (p.stem != plainest.baseline, p.stem))
    return {path.stem: plainest.with_regime(path).levers[anybody] for path in files}


def reasons() -> str:
    """What every regime is for, and why its levers stand as they do."""
    parts = []
    for name in _regimes():
        said = tomllib.loads((ROOT / "scenarios" / "regimes" / f"{name}.toml").read_text(encoding="utf-8"))
        beyond = f" Extends {code(said['extends'])}." if "extends" in said else ""
        parts += [f"### {code(name)}: {said['title']}", "", " ".join(said["rationale"].split()) + beyond, ""]
    return "\n".join(parts).rstrip()


def streams() -> str:
    """The streams of chance."""
    from sim.model import chance

    numbers = {name: n for name, n in vars(chance).items() if name.isupper() and name[0] != "_" and isinstance(n, int)}
    ordered = sorted(numbers.items(), key=lambda item: item[1])
    return table(
        ("", "stream", "key", "draws, by number"),
        [(n, code(name), *STREAMS.get(name, ("", ""))) for name, n in ordered],
    )


def outcomes() -> str:
    """Every outcome, by group."""
    from sim.study.outcomes import declared as entries
    from sim.study.outcomes import general_outcomes

    rows = []
    for each in general_outcomes():
        star = "**" if each.headline else "*" if each.main else ""
        also = ", ".join(entries()[each.name].get("by", ()))
        better = WORSE_OR_BETTER[each.direction]
        rows.append((f"{star}{code(each.name)}{star}", each.group, each.en_says, also, each.unit, better,
                     plain(each.smallest_difference)))  # fmt: skip
    head = ("outcome", "chapter", "what it is", "also by", "unit", "direction", "smallest difference that matters")
    return table(head, rows)


def scenarios() -> str:
    """What the scenarios that ship say: kinds of help, organisations with their staff, and what differs."""
    from sim.scenario.parameters import parameters as declared
    from sim.scenario.scenario import Scenario

    parts = []
    for path in sorted((ROOT / "scenarios").glob("*.toml")):
        scenario = Scenario.load(path)
        parts += [f"#### {code(scenario.name)}: {scenario.title}", "", " ".join(scenario.description.split()), ""]
        parts += [f"Day 0 is {scenario.start.isoformat()}; the warm-up is under {code(scenario.baseline)}. "
                  "Values that the scenario sets itself, or takes from the one it extends:", ""]  # fmt: skip
        own = [(n, v) for n, v in scenario.values.items() if v.origin != "default"]
        parts += [table(("parameter", "value", "default", "given in", "source", "status"),
                        [(code(n), plain(v.value), plain(declared()[n].default), code(v.origin), v.source, v.status)
                         for n, v in own]), ""]  # fmt: skip
    for name, of in (("breda-2005", "`breda-2005`, `one-zone`"), ("municipality-2025", "`municipality-2025`")):
        whole = Scenario.load(ROOT / "scenarios" / f"{name}.toml")
        parts += [f"#### Kinds of help ({of})", "", _kinds(whole), ""]
        parts += [f"#### Organisations ({of}): workers per zone, by craft", "", _organisations(whole), ""]
    return "\n".join(parts).rstrip()


def _kinds(scenario: Any) -> str:
    lengths = ("lasting: mean days", "short: share", "short: mean days")
    others = ("episodic", "norm, days", "volunteers", "source", "status")
    head = ("kind", "sector", "payer", "share of needs", "hours a week", *lengths, *others)
    rows = [
        (code(k.name), k.sector, k.payer, plain(k.share), plain(k.hours_per_week), plain(k.lasting_days),
         plain(k.short_share), plain(k.short_days), plain(k.episodic), plain(k.norm_days), plain(k.volunteers),
         k.source, k.status)
        for k in scenario.kinds
    ]  # fmt: skip
    return table(head, rows)


def _organisations(scenario: Any) -> str:
    rows = []
    for o in scenario.organisations:
        staff = ", ".join(f"{number} {kind}" for kind, number in o.staff.items())
        rows.append((code(o.name), o.title, o.sector, plain(o.renown), staff, sum(o.staff.values())))
    rows.append(("all", "", "", "", "", sum(sum(o.staff.values()) for o in scenario.organisations)))
    return table(("organisation", "title", "sector", "renown", "staff", "workers"), rows)


def claims() -> str:
    """The claims of the essay, chapter by chapter."""
    from sim.report.claims import chapters

    parts = []
    for chapter in chapters():
        kinds = any(claim.kind for claim in chapter.claims)
        head = ("id", *(("kind",) if kinds else ()), chapter.word, "where")
        rows = [(claim.id, *((claim.kind,) if kinds else ()), claim.text.en, claim.where) for claim in chapter.claims]
        note = [chapter.note, ""] if chapter.note else []
        parts.append("\n".join([f"## {chapter.title.en}", *note, table(head, rows)]))
    return "\n\n".join(parts)


TABLES: dict[str, Callable[[], str]] = {
    function.__name__: function
    for function in (
        patterns,
        phases,
        agents,
        rules,
        fields,
        records,
        parameters,
        levers,
        sides,
        regimes,
        reasons,
        streams,
        outcomes,
        scenarios,
        claims,
    )
}


# --- reading the code ---------------------------------------------------------------------------------------


@cache
def behaviours() -> tuple[tuple[str, str, str], ...]:
    """Return (file, name, docstring) of every compiled function of the model, in the order of files and lines."""
    found = []
    for path in sorted(MODEL.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(_named(d, "behaviour") for d in node.decorator_list):
                found.append((path.name, node.name, ast.get_docstring(node) or ""))
    return tuple(found)


def _named(decorator: ast.expr, name: str) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == name


def _fields_of(*tables: str) -> str:
    from sim.model.state import TABLES as STATE
    from sim.scenario.parameters import levers as declared

    comments = _comments()
    rows = []
    for name in tables:
        for field in STATE[name].names or ():
            if name == "organisation" and field in declared():
                continue
            known = (f"{name}.{field}", f"{WRITTEN_FROM.get(name)}.{field}")
            meaning = next((words[key] for key in known for words in (comments, FIELDS) if key in words), field)
            rows.append((code(name), code(field), meaning))
        if name == "organisation":
            rows.append((code(name), "each lever", "its value now; see the table of levers"))
    return table(("table", "field", "meaning"), rows)


@cache
def _comments() -> dict[str, str]:
    """Return what stands beside the fields in sim/model/state.py, by ``table.field``."""
    source = (MODEL / "state.py").read_text(encoding="utf-8")
    found = {}
    for block in re.finditer(r"^([A-Z]+) = _dtype\(\n(.*?)^\)", source, re.S | re.M):
        for field, comment in re.findall(r'^\s+\("(\w+)",[^#\n]*\),\s+# (.+)$', block[2], re.M):
            found[f"{block[1].lower()}.{field}"] = comment
    return found


def rule(docstring: str | None) -> str:
    """Return the first sentence of a docstring, without its "Summary of rule"."""
    text = " ".join((docstring or "").split("\n\n")[0].split()).replace("``", "`")
    text = re.sub(r":func:`([\w.]+)`", r"`\1`", text)
    return text.removeprefix("Summary of rule: ").rstrip(".")


# --- writing Markdown ---------------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table."""
    lines = [_line(head), _line(["---"] * len(head)), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: object) -> str:
    """Return text in the letters of code."""
    return f"`{text}`"


def plain(value: object) -> str:
    """Return a number as a person writes it, yes or no for a truth."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def span(limits: Sequence[object]) -> str:
    """Return a range."""
    low, high = limits
    return f"{plain(low)} or {plain(high)}" if isinstance(low, bool) else f"{plain(low)} to {plain(high)}"


# --- putting it in ------------------------------------------------------------------------------------------

_TABLE = re.compile(r"(<!-- table: (\w+) -->\n)(.*?)(\n?<!-- /table -->)", re.S)
_SAMPLE = re.compile(r"(<!-- sample: ([^>]+?) -->\n)(.*?)(\n?<!-- /sample -->)", re.S)


def with_tables(text: str) -> str:
    """Return a page with its tables as the code says them now."""
    return _TABLE.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}\n<!-- /table -->", text)


def samples(text: str) -> Iterator[tuple[str, str]]:
    """Yield (command, output shown) of every sample in a page."""
    for _, command, shown, _ in _SAMPLE.findall(text):
        yield command, re.sub(r"^```\w*\n|\n```$", "", shown.strip())


def with_samples(text: str) -> str:
    """Return a page with the outputs that its sample commands give now."""
    return _SAMPLE.sub(lambda found: f"{found[1]}```text\n{output_of(found[2])}\n```\n<!-- /sample -->", text)


def output_of(command: str) -> str:
    """Run ``regie ...`` in an empty folder and return what it says; place and time of the report are left open."""
    words = command.split()[1:]
    known = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "sim.cli", *words], cwd=folder, env=known, capture_output=True, text=True, check=True
        )
    return same_place(done.stdout.strip())


def same_place(text: str) -> str:
    """Leave out of an output where the report was written and when."""
    return re.sub(r"(?m)^(\w+): \S*?(results\S*?)[\\/][\d_-]+[\\/]report\.html$", r"\1: \2/DATE_TIME/report.html", text)


def main(words: Sequence[str] | None = None) -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say what is out of date, and end with 1")
    parser.add_argument("--samples", action="store_true", help="also run the commands whose output README.md shows")
    asked = parser.parse_args(words)
    pages = {page: page.read_text(encoding="utf-8") for page in (ODD, REGIMES, CLAIMS)}
    missing = sorted(set(TABLES) - {name for text in pages.values() for _, name, _, _ in _TABLE.findall(text)})
    if missing:
        print(f"No page has a place for: {', '.join(missing)}. Add <!-- table: NAME --> and <!-- /table -->.")
        return 1
    late = {page: after for page, before in pages.items() if (after := with_tables(before)) != before}
    if asked.check:
        for page in late:
            print(f"The tables of docs/{page.name} are out of date. Run: python docs/tables.py")
        return int(bool(late))
    for page, after in late.items():
        _write(page, after)
    if asked.samples:
        _write(README, with_samples(README.read_text(encoding="utf-8")))
    return 0


def _write(path: Path, text: str) -> None:
    if text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    sys.exit(main())
