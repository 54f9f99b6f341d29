"""The commands. No logic: words in, a call to the floors below, words out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from sim.errors import RegieError
from sim.study import defaults
from sim.terminal.frame import FAILED, INTERRUPTED, Asked, Regie, Whole, asked, language_of, short, tell
from sim.terminal.phrases import PHRASES, Language, counted, say

if TYPE_CHECKING:
    from sim.scenario.listing import Listed
    from sim.scenario.scenario import Scenario
    from sim.study.ablation import Ablation
    from sim.study.compare import Comparison
    from sim.study.stopping import Stopping
    from sim.study.store import ResultFolder

    _Result = TypeVar("_Result", bound=Comparison | Ablation)

# --- options that commands share ---------------------------------------------------------------------------


def _names(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return names given as a,b or one by one."""
    names = tuple(name.strip() for text in given for name in text.split(",") if name.strip())
    if given and not names:
        raise RegieError(PHRASES("no names", name=param.opts[-1]))
    return names


lang = click.option("--lang", metavar="nl|en", expose_value=False)  # read before all else, by the frame


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from sim.study.provenance import regie_version

        click.echo(f"regie {regie_version()}")
        ctx.exit()


_PARTLY = (
    click.option("--only", multiple=True, metavar="ORG,ORG", callback=_names),
    click.option("--from", "from_day", metavar="DATE|DAY"),
)
_SHARED = (
    click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE"),
    click.option("--replications", metavar="N", type=Whole(1, defaults.MOST_REPLICATIONS, defaults.REPLICATIONS)),
    click.option("--seed", metavar="N", type=Whole(0, defaults.LARGEST_SEED, 7), default=0),
    click.option("--days", metavar="N", type=Whole(1, defaults.LONGEST_DAYS, defaults.DAYS)),
    click.option("--quick", is_flag=True),
    click.option("--json", "as_json", is_flag=True),
    click.option("--out", metavar="DIR"),
    click.option("--workers", metavar="N", type=Whole(1, defaults.MOST_WORKERS, 2)),
    lang,
)  # fmt: skip


def _with(*options: Callable[..., Any]) -> Callable[..., Any]:
    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


# --- the commands --------------------------------------------------------------------------------------------


@click.group(
    "regie",
    cls=Regie,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
@lang
@click.pass_context
def main(ctx: click.Context) -> None:
    """``regie``: without a command it shows its help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@main.command("run")
@click.argument("scenario")
@click.option("--regime", metavar="NAME")
@_with(*_PARTLY, *_SHARED)
@click.pass_context
def run(ctx: click.Context, /, scenario: str, regime: str | None, **options: Any) -> int:
    """Run one scenario under one regime."""
    return _study(asked(ctx), scenario, regimes=(), baseline=regime, once=True, **options)


@main.command("compare")
@click.argument("scenario")
@click.option("--regimes", multiple=True, metavar="NAME,NAME", callback=_names)
@click.option("--baseline", metavar="NAME")
@click.option("--equal-hours", is_flag=True)
@_with(*_PARTLY, *_SHARED)
@click.pass_context
def compare(
    ctx: click.Context, /, scenario: str, regimes: tuple[str, ...], baseline: str | None, **options: Any
) -> int:
    """Compare regimes on one scenario."""
    return _study(asked(ctx), scenario, regimes=regimes or None, baseline=baseline, once=False, **options)


@main.command("ablate")
@click.argument("scenario")
@click.option("--regime", "rival", metavar="NAME", default=defaults.CLAIMED)
@click.option("--baseline", metavar="NAME")
@click.option("--mechanisms", multiple=True, metavar="NAME,NAME", callback=_names)
@_with(*_SHARED)
@click.pass_context
def ablate(ctx: click.Context, /, scenario: str, **options: Any) -> int:
    """Switch mechanisms off one at a time."""
    return _ablation(asked(ctx), scenario, **options)


@main.command("scenarios")
@lang
@click.pass_context
def scenarios(ctx: click.Context) -> None:
    """List the scenarios."""
    from sim.scenario.listing import list_scenarios

    _list(list_scenarios(language_of(ctx)))


@main.command("regimes")
@lang
@click.pass_context
def regimes(ctx: click.Context) -> None:
    """List the regimes."""
    from sim.scenario.listing import list_regimes

    _list(list_regimes(language_of(ctx)))


@main.command("levers")
@lang
@click.pass_context
def levers(ctx: click.Context) -> None:
    """List the levers."""
    from sim.scenario.listing import list_levers

    _list(list_levers(language_of(ctx)))


@main.command("parameters")
@click.argument("word", default="")
@lang
@click.pass_context
def parameters(ctx: click.Context, /, word: str) -> None:
    """List the parameters that are no levers."""
    from sim.scenario.listing import list_parameters

    _list(list_parameters(language_of(ctx), word))


@main.command("validate")
@click.argument("file")
@lang
@click.pass_context
def validate(ctx: click.Context, /, file: str) -> None:
    """Check a file."""
    from sim.study.checking import Checked, check_file

    found: Checked = check_file(file)
    key = "regime in order" if found.kind == "regime" else "in order"
    counts = {what: counted(what, number) for what, number in found.counts.items()}
    click.echo(say(key, language_of(ctx), path=file, **counts))


@main.command("schema")
@click.argument("kind", default="scenario")
@lang
@click.pass_context
def schema(ctx: click.Context, /, kind: str) -> None:
    """Print a JSON schema."""
    import json

    from sim.scenario.schema import json_schema

    if kind not in ("scenario", "regime"):
        raise RegieError(PHRASES("no choice", name="KIND", value=short(kind), choices="scenario, regime"))
    click.echo(json.dumps(json_schema(cast(Any, kind)), indent=2, ensure_ascii=False))


@main.command("new")
@click.argument("name")
@click.option("--template", is_flag=True)
@click.option("--from", "workbook", metavar="FILE.xlsx")
@click.option("--commented", is_flag=True)
@click.option("--extends", default="", metavar="NAME")
@lang
@click.pass_context
def new(ctx: click.Context, /, name: str, extends: str, workbook: str | None, **how: bool) -> None:
    """Write a scenario of a place of one's own, or one to start from."""
    from sim.terminal import own_place

    language = language_of(ctx)
    if how["template"] + how["commented"] + (workbook is not None) > 1:
        raise RegieError(PHRASES("one of three"))
    if workbook is not None:
        own_place.from_workbook(name, extends, workbook, language)
    elif how["template"]:
        own_place.write_template(name, extends, language)
    elif how["commented"] or not own_place.can_ask():
        own_place.write_commented(name, extends, language)
    else:
        own_place.from_questions(name, extends, language)


def _list(rows: Sequence[Listed]) -> None:
    from sim.terminal.ending import wrapped

    width = max(40, min(82, shutil.get_terminal_size().columns))
    group = ""
    for row in rows:
        if row.group != group:
            click.echo(f"\n{row.group}:" if group else f"{row.group}:")
            group = row.group
        name, *rest = wrapped(f"{row.name}  ({row.title})", width)
        for line in (name, *(f"  {line}" for line in rest)):
            click.echo(line)
        for line in wrapped(row.line, width - 4):
            click.echo(f"    {line}")


# --- run, compare and ablate -----------------------------------------------------------------------------------


def _study(
    typed: Asked,
    scenario: str,
    *,
    regimes: Sequence[str] | None,
    baseline: str | None,
    once: bool,
    overrides: Sequence[str],
    only: Sequence[str],
    from_day: str | None,
    replications: int | None,
    seed: int,
    days: int | None,
    quick: bool,
    as_json: bool,
    out: str | None,
    workers: int | None,
    equal_hours: bool = False,
) -> int:
    from sim.study.compare import carry_out, plan
    from sim.study.runs import loaded
    from sim.terminal.ending import conclude
    from sim.terminal.progress import comparison_begins, progress

    language = typed.language
    usual = defaults.usual(once=once, quick=quick)
    what = plan(
        loaded(scenario, overrides),
        regimes=regimes,
        baseline=baseline,
        replications=replications or usual.replications,
        seed=seed,
        days=days or usual.days,
        only=only,
        from_day=from_day or 0,
        equal_hours=equal_hours,
    )

    def compute(folder: ResultFolder, stopping: Stopping) -> Comparison:
        with progress(comparison_begins(what, language), what.runs, language) as update:
            return carry_out(what, workers=workers, progress=update, keep=folder.keep, stop=stopping.event)

    def finish(result: Comparison, folder: ResultFolder) -> None:
        conclude(result, _published(result, folder, typed), language, as_json)

    return _to_the_end(what.scenario, out, language, compute, finish)


def _ablation(
    typed: Asked,
    scenario: str,
    *,
    rival: str,
    baseline: str | None,
    mechanisms: Sequence[str],
    overrides: Sequence[str],
    replications: int | None,
    seed: int,
    days: int | None,
    quick: bool,
    as_json: bool,
    out: str | None,
    workers: int | None,
) -> int:
    from sim.study.ablation import carry_out, plan
    from sim.study.runs import loaded
    from sim.terminal.ablated import conclude
    from sim.terminal.progress import ablation_begins, progress

    language = typed.language
    usual = defaults.usual(once=False, quick=quick)
    what = plan(
        loaded(scenario, overrides),
        mechanisms=mechanisms,
        regime=rival,
        baseline=baseline,
        replications=replications or usual.replications,
        seed=seed,
        days=days or usual.days,
    )

    def compute(folder: ResultFolder, stopping: Stopping) -> Ablation:
        with progress(ablation_begins(what, language), what.runs, language) as update:
            return carry_out(what, workers=workers, progress=update, stop=stopping.event)

    def finish(result: Ablation, folder: ResultFolder) -> None:
        import dataclasses

        from sim.study.ablation_files import write
        from sim.study.provenance import command_line

        result = dataclasses.replace(result, command=command_line(typed.arguments))
        conclude(result, folder.fill(lambda place: write(result, place)), language, as_json)

    return _to_the_end(what.scenario, out, language, compute, finish)


def _to_the_end(
    scenario: Scenario,
    out: str | None,
    language: Language,
    compute: Callable[[ResultFolder, Stopping], _Result],
    finish: Callable[[_Result, ResultFolder], None],
) -> int:
    """Compute and write what came out; on a wish to stop, what there is by then. Return the exit code."""
    from sim.study.stopping import Stopping
    from sim.study.store import ResultFolder

    def stop_at_once() -> None:
        folder.discard()
        tell(say("stopped at once", language))

    stopping = Stopping(on_first=lambda: tell(say("stopping", language)), on_second=stop_at_once)
    with stopping.listening():
        folder = ResultFolder(scenario.name, Path(out) if out else None)
        try:
            _compile(scenario, language)
            with stopping.moment("computing"):
                result = compute(folder, stopping)
            if not result.replications and not result.failures:
                raise KeyboardInterrupt
            with stopping.moment("writing"):
                finish(result, folder)
        except KeyboardInterrupt:
            tell(say("stopped with nothing", language))
            return stopping.exit_code or INTERRUPTED
        finally:
            folder.discard()
    everything_failed = not result.replications and result.failures
    return stopping.exit_code or (FAILED if everything_failed else 0)


def _compile(scenario: Scenario, language: Language) -> None:
    from sim.model.compiling import is_compiled
    from sim.study.runs import compile_model

    if not is_compiled():
        tell(say("compiling", language))
        compile_model(scenario)


def _published(result: Comparison, folder: ResultFolder, typed: Asked) -> Path:
    import dataclasses

    from sim.report.page import write_report
    from sim.study.provenance import command_line, described_source, platform_name

    command = command_line(typed.arguments)
    result = dataclasses.replace(result, command=command)
    source, computer = described_source(), platform_name()

    def report(made: Comparison, path: Path) -> None:
        write_report(made, path, typed.language, command=command, commit=source, platform=computer)

    return folder.publish(result, report)


if __name__ == "__main__":
    main()
