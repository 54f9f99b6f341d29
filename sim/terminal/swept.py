"""`regie sweep`: what begins, how far it is, how it ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.study.stopping import Stopping
from sim.sweeps.folder import Folder
from sim.sweeps.publishing import FAILURES
from sim.sweeps.status import Status
from sim.sweeps.sweep import Sweep, drive
from sim.terminal.frame import FAILED, tell
from sim.terminal.phrases import Language, number, say
from sim.terminal.progress import counted_days, duration, progress

if TYPE_CHECKING:
    from sim.sweeps.planning import Plan


def run_sweep(folder: Folder, language: Language, *, quiet: bool, as_json: bool, **how: Any) -> int:
    """Run what is missing in a folder, make its tables, say what came of it, and return the exit code.

    Args:
        folder: The folder.
        language: Language to speak.
        quiet: Whether nothing is said on the way.
        as_json: Whether only JSON stands on standard output.
        how: Workers, engine, cluster; see `sim.sweeps.sweep.drive`.
    """
    stopping = Stopping(on_first=lambda: tell(say("sweep stopping", language)), on_second=folder.close)
    began = time.monotonic()
    if folder.damaged:
        tell(folder.damaged.in_language(language))
    with stopping.listening():
        try:
            with stopping.moment("computing"), _shown(folder, language, quiet) as update:
                done = drive(folder, progress=update, stop=stopping.event, **how)
            with stopping.moment("writing"):
                folder.publish(done, time.monotonic() - began)
        finally:
            folder.close()
    failed = _conclude(Sweep(folder.path), language, as_json)
    return stopping.exit_code or failed


@contextmanager
def _shown(folder: Folder, language: Language, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    if quiet:
        yield None
        return
    plan = folder.plan
    found = int(folder.done().sum()) * len(plan.arms)
    begins = [_begins(plan, language)]
    if found == plan.runs:
        tell("\n".join([*begins, say("sweep whole", language, runs=number(found, language))]))
        yield None
        return
    if found:
        begins.append(say("sweep goes on", language, done=number(found, language)))
    with progress("\n".join(begins), plan.runs, language) as update:
        yield update


def _begins(plan: Plan, language: Language) -> str:
    asked = plan.experiment
    return say(
        "sweep begins",
        language,
        title=(language == "nl" and asked.title_nl) or asked.title or asked.name,
        points=number(len(plan.design.points), language),
        replications=number(asked.replications, language),
        regimes=_regimes(plan, language),
        days=counted_days(asked.days, language),
        runs=number(plan.runs, language),
    )


def _regimes(plan: Plan, language: Language) -> str:
    if len(plan.arms) > 1:
        return say("n regimes", language, n=len(plan.arms))
    return next(iter(plan.arms.values())).label.title_in(language)


def _conclude(sweep: Sweep, language: Language, as_json: bool) -> int:
    about = sweep.about
    failures = sweep.failures()
    asked = about["points"] * about["replications"] * len(about["regimes"])
    if as_json:
        told = {key: about[key] for key in ("name", "points", "replications", "regimes", "runs", "failed", "complete")}
        click.echo(json.dumps({**told, "folder": str(sweep.path)}, indent=2, ensure_ascii=False))
    if not about["complete"]:
        tell(say("sweep stopped", language, done=number(about["runs"], language), asked=number(asked, language)))
    if len(failures):
        first = failures.iloc[0]["error"]
        tell(say("sweep failed", language, n=len(failures), asked=asked, file=FAILURES, error=first))
    say_it = tell if as_json else click.echo
    say_it(say("sweep results", language, path=sweep.path))
    if about["complete"] and len(failures) < about["runs"]:
        say_it(say("sweep next", language, path=_short(sweep.path)))
    return FAILED if len(failures) == about["runs"] else 0


def _short(path: Path) -> str:
    """Return a path as it is typed from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def tell_status(status: Status, language: Language, as_json: bool) -> None:
    """Say how far a sweep is."""
    if as_json:
        told = {**vars(status), "place": str(status.place), "asked": status.asked}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    state = say(_state(status), language)
    if status.speed:
        left = duration((status.asked - status.done) / status.speed, language)
        state = say("status speed", language, speed=number(status.speed, language, 1), left=left)
    click.echo(
        say(
            "status",
            language,
            name=status.name,
            done=number(status.done, language),
            asked=number(status.asked, language),
            share=f"{100 * status.done // max(1, status.asked)} %",
            state=state,
        )
    )


def _state(status: Status) -> str:
    return "status running" if status.running else "status whole" if status.complete else "status stopped"
