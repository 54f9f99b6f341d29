"""The commands. No logic: words in, a call to the floors below, words out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from sim.errors import RegieError
from sim.study import defaults
from sim.terminal.frame import FAILED, INTERRUPTED, Asked, Choice, Regie, Share, Whole, asked, language_of, short, tell
from sim.terminal.phrases import PHRASES, Language, counted, say

if TYPE_CHECKING:
    from sim.scenario.listing import Listed
    from sim.scenario.scenario import Scenario
    from sim.study.ablation import Ablation, AblationPlan
    from sim.study.compare import Comparison, Plan
    from sim.study.csv_files import CsvForm
    from sim.study.folder import ResultFolder
    from sim.study.stopping import Stopping

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
_WHOLE = (
    click.option("--csv", metavar="nl|en", type=Choice("en", "nl"), default="en"),
    click.option(
        "--visits", "whole", metavar="N", type=Whole(0, defaults.MOST_REPLICATIONS, 20), default=defaults.WHOLE
    ),
)
_SHARED = (
    click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE"),
    click.option("--replications", metavar="N", type=Whole(1, defaults.MOST_REPLICATIONS, 20)),
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
@_with(*_PARTLY, *_WHOLE, *_SHARED)
@click.pass_context
def run(ctx: click.Context, /, scenario: str, regime: str | None, **options: Any) -> int:
    """Run one scenario under one regime."""
    from sim.study.planning import plan
    from sim.study.runs import loaded

    usual = defaults.usual(once=True, quick=options["quick"])
    what = plan(
        loaded(scenario, options["overrides"]),
        regimes=(),
        baseline=regime,
        replications=options["replications"] or usual.replications,
        worlds="one",
        seed=options["seed"],
        days=options["days"] or usual.days,
        only=options["only"],
        from_day=options["from_day"] or 0,
        whole=options["whole"],
    )
    return _study(asked(ctx), what, options)


@main.command("compare")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@click.option("--regimes", multiple=True, metavar="NAME,NAME", callback=_names)
@click.option("--baseline", metavar="NAME")
@click.option("--precision", metavar="N%", type=Share(0.001, 1.0, 0.05))
@click.option("--worlds", metavar="plausible|all|one", type=Choice("plausible", "all", "one"), default="plausible")
@click.option("--equal-hours", is_flag=True)
@click.option("--one-at-a-time", is_flag=True)
@_with(*_PARTLY, *_WHOLE, *_SHARED)
@click.pass_context
def compare(ctx: click.Context, /, scenarios: tuple[str, ...], **options: Any) -> int:
    """Compare regimes on one scenario, or several scenarios."""
    from sim.study.planning import plan
    from sim.study.runs import loaded

    usual = defaults.usual(once=False, quick=options["quick"])
    first, *variants = (loaded(each, options["overrides"]) for each in scenarios)
    what = plan(
        first,
        variants=variants,
        regimes=options["regimes"] or None,
        baseline=options["baseline"],
        replications=options["replications"] or usual.replications,
        precision=options["precision"],
        worlds=options["worlds"],
        seed=options["seed"],
        days=options["days"] or usual.days,
        only=options["only"],
        from_day=options["from_day"] or 0,
        equal_hours=options["equal_hours"],
        one_at_a_time=options["one_at_a_time"],
        whole=options["whole"],
    )
    return _study(asked(ctx), what, options)


@main.command("ablate")
@click.argument("scenario")
@click.option("--regime", "rival", metavar="NAME", default=defaults.CLAIMED)
@click.option("--baseline", metavar="NAME")
@click.option("--mechanisms", multiple=True, metavar="NAME,NAME", callback=_names)
@_with(*_SHARED)
@click.pass_context
def ablate(ctx: click.Context, /, scenario: str, **options: Any) -> int:
    """Switch mechanisms off one at a time."""
    from sim.study.ablation import plan
    from sim.study.runs import loaded

    usual = defaults.usual(once=False, quick=options["quick"])
    what = plan(
        loaded(scenario, options["overrides"]),
        mechanisms=options["mechanisms"],
        regime=options["rival"],
        baseline=options["baseline"],
        replications=options["replications"] or usual.replications or defaults.REPLICATIONS,
        seed=options["seed"],
        days=options["days"] or usual.days,
    )
    return _ablation(asked(ctx), what, options)


@main.command("story")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO] [OTHER]")
@click.option("--client", metavar="N", type=Whole(0, defaults.LARGEST_SEED, 1000))
@click.option("--pick", metavar="gainer|loser|random")
@click.option("--regime", "rival", metavar="NAME")
@click.option("--baseline", metavar="NAME")
@click.option("--world", metavar="N", type=Whole(0, defaults.MOST_REPLICATIONS - 1, 0))
@click.option("--worlds", metavar="plausible|all|one", type=Choice("plausible", "all", "one"), default="plausible")
@click.option("--why", is_flag=True)
@click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE")
@click.option("--seed", metavar="N", type=Whole(0, defaults.LARGEST_SEED, 7), default=0)
@click.option("--days", metavar="N", type=Whole(1, defaults.LONGEST_DAYS, defaults.DAYS), default=defaults.DAYS)
@click.option("--json", "as_json", is_flag=True)
@lang
@click.pass_context
def story(ctx: click.Context, /, **options: Any) -> None:
    """Tell one life in two worlds."""
    from sim.study.pair import Which, live_pair
    from sim.terminal.story import Wanted, tell_stories, two_worlds

    wanted = Wanted(options["client"], options["pick"], options["why"])
    one, other = two_worlds(options["scenarios"], options["overrides"], options["rival"], options["baseline"])
    which = None if options["world"] is None else Which(options["world"], options["worlds"])
    _compile(one, language_of(ctx))
    pair = live_pair(one, other, options["seed"], options["days"], which)
    tell_stories(pair, wanted, language_of(ctx), options["as_json"])


@main.command("sweep")
@click.argument("experiment")
@click.option("--samples", metavar="N", type=Whole(1, defaults.MOST_SAMPLES, 64))
@click.option("--replications", "repeated", metavar="N", type=Whole(1, defaults.MOST_REPLICATIONS, 4))
@click.option("--quick", "first_look", is_flag=True)
@click.option("--out", "folder", metavar="DIR")
@click.option("--workers", metavar="N", type=Whole(1, defaults.MOST_WORKERS, 2))
@click.option("--engine", metavar="threads|processes", type=Choice("threads", "processes"))
@click.option("--cluster", metavar="ADDRESS")
@click.option("--status", is_flag=True)
@click.option("--quiet", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@lang
@click.pass_context
def sweep(ctx: click.Context, /, experiment: str, **options: Any) -> int:
    """Run an experiment."""
    from sim.study.provenance import command_line
    from sim.sweeps.experiment import Experiment
    from sim.sweeps.folder import Folder, place_of
    from sim.sweeps.planning import plan
    from sim.sweeps.status import status
    from sim.terminal.swept import run_sweep, tell_status

    typed = asked(ctx)
    wanted = Experiment.load(experiment).changed(options["samples"], options["repeated"], quick=options["first_look"])
    out = Path(options["folder"]) if options["folder"] is not None else None
    if options["status"]:
        tell_status(status(place_of(wanted, out)), typed.language, options["as_json"])
        return 0
    folder = Folder(plan(wanted), out, command_line(typed.arguments))
    _compile(folder.plan.scenario, typed.language)
    how = {name: options[name] for name in ("workers", "engine", "cluster", "quiet", "as_json")}
    return run_sweep(folder, typed.language, **how)


@main.command("analyse")
@click.argument("results")
@click.option("--outcomes", "looked_at", multiple=True, metavar="NAME,NAME", callback=_names)
@click.option("--regime", "under", metavar="NAME")
@click.option("--against", metavar="NAME")
@click.option("--where", metavar="CONDITION")
@click.option("--out", "analysis_folder", metavar="DIR")
@click.option("--json", "as_json", is_flag=True)
@lang
@click.pass_context
def analyse(ctx: click.Context, /, results: str, **options: Any) -> None:
    """Say what a sweep shows."""
    from sim.study.provenance import command_line
    from sim.terminal.analysed import run_analysis

    typed = asked(ctx)
    run_analysis(
        results,
        typed.language,
        outcomes=options["looked_at"],
        regime=options["under"],
        against=options["against"],
        condition=options["where"],
        out=Path(options["analysis_folder"]) if options["analysis_folder"] is not None else None,
        command=command_line(typed.arguments),
        as_json=options["as_json"],
    )


@main.command("archive")
@click.argument("results")
@click.option("--out", "archive_file", metavar="FILE.zip")
@click.option("--author", "authors", multiple=True, metavar="NAME")
@click.option("--licence", metavar="NAME")
@click.option("--incomplete", is_flag=True)
@lang
@click.pass_context
def archive(ctx: click.Context, /, results: str, archive_file: str | None, **options: Any) -> None:
    """Make a zip of a result for a data repository."""
    from sim.sweeps.archive.making import archive as make
    from sim.terminal.archived import conclude

    made = make(results, archive_file, **options)
    conclude(made, options["authors"], options["licence"], language_of(ctx))


@main.command("app")
@click.option("--port", metavar="N", type=Whole(1, 65535, 8321), default=8321)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1")
@click.option("--public-name", "public_names", multiple=True, metavar="NAME", callback=_names)
@click.option("--no-browser", is_flag=True)
@lang
@click.pass_context
def app(ctx: click.Context, /, **options: Any) -> None:
    """Open two worlds side by side in the browser."""
    from sim.terminal.app import run_app

    run_app(language_of(ctx), compile_first=_compile, **options)


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
    from sim.sweeps.checking import check_file

    found = check_file(file)
    key = {"scenario": "in order", "regime": "regime in order", "experiment": "experiment in order"}[found.kind]
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

    kinds = ("scenario", "regime", "experiment")
    if kind not in kinds:
        raise RegieError(PHRASES("no choice", name="KIND", value=short(kind), choices=", ".join(kinds)))
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


def _study(typed: Asked, what: Plan, options: Mapping[str, Any]) -> int:
    from sim.study.compare import carry_out
    from sim.study.folder import ResultFolder
    from sim.study.unfinished import unfinished
    from sim.terminal.ending import conclude
    from sim.terminal.progress import comparison_begins, progress

    language = typed.language
    folder = ResultFolder(what.scenario.name, _out(options), what.key)
    store = unfinished(what, folder.path.parent)

    def compute(stopping: Stopping) -> Comparison:
        begins = comparison_begins(what, store.found if store else 0, language)
        with progress(begins, what.runs, language) as update:
            return carry_out(what, workers=options["workers"], progress=update, store=store, stop=stopping.event)

    def finish(result: Comparison) -> None:
        conclude(result, _published(result, folder, typed, options["csv"]), language, options["as_json"])
        if store and result.complete:
            store.forget()

    def leave() -> None:
        folder.discard()
        if store:
            store.let_go()

    return _to_the_end(what.scenario, language, compute, finish, leave)


def _ablation(typed: Asked, what: AblationPlan, options: Mapping[str, Any]) -> int:
    from sim.study.ablation import carry_out
    from sim.study.folder import ResultFolder
    from sim.terminal.ablated import conclude
    from sim.terminal.progress import ablation_begins, progress

    language = typed.language
    folder = ResultFolder(what.scenario.name, _out(options))

    def compute(stopping: Stopping) -> Ablation:
        with progress(ablation_begins(what, language), what.runs, language) as update:
            return carry_out(what, workers=options["workers"], progress=update, stop=stopping.event)

    def finish(result: Ablation) -> None:
        import dataclasses

        from sim.study.ablation_files import write
        from sim.study.provenance import command_line

        result = dataclasses.replace(result, command=command_line(typed.arguments))
        conclude(result, folder.fill(lambda place: write(result, place)), language, options["as_json"])

    return _to_the_end(what.scenario, language, compute, finish, folder.discard)


def _out(options: Mapping[str, Any]) -> Path | None:
    return Path(options["out"]) if options["out"] is not None else None


def _to_the_end(
    scenario: Scenario,
    language: Language,
    compute: Callable[[Stopping], _Result],
    finish: Callable[[_Result], None],
    leave: Callable[[], None],
) -> int:
    """Compute and write what came out; on a wish to stop, what there is by then. Return the exit code.

    ``leave`` tidies up what is not written, however it ends.
    """
    from sim.study.stopping import Stopping

    def stop_at_once() -> None:
        leave()
        tell(say("stopped at once", language))

    stopping = Stopping(on_first=lambda: tell(say("stopping", language)), on_second=stop_at_once)
    with stopping.listening():
        try:
            _compile(scenario, language)
            with stopping.moment("computing"):
                result = compute(stopping)
            if not result.replications and not result.failures:
                raise KeyboardInterrupt
            with stopping.moment("writing"):
                finish(result)
        except KeyboardInterrupt:
            tell(say("stopped with nothing", language))
            return stopping.exit_code or INTERRUPTED
        finally:
            leave()
    everything_failed = not result.replications and result.failures
    return stopping.exit_code or (FAILED if everything_failed else 0)


def _compile(scenario: Scenario, language: Language) -> None:
    from sim.model.compiling import is_compiled
    from sim.study.runs import compile_model

    if not is_compiled():
        tell(say("compiling", language))
        compile_model(scenario)


def _published(result: Comparison, folder: ResultFolder, typed: Asked, form: CsvForm) -> Path:
    import dataclasses

    from sim.report.page import write_report
    from sim.report.sheets import write_sheets
    from sim.study.provenance import command_line, described_source, platform_name

    command = command_line(typed.arguments)
    result = dataclasses.replace(result, command=command)
    source, computer = described_source(), platform_name()

    def report(made: Comparison, path: Path) -> None:
        write_report(made, path, typed.language, command=command, commit=source, platform=computer)

    def sheets(made: Comparison, path: Path) -> None:
        write_sheets(made, path, typed.language)

    return folder.publish(result, {"report.html": report, "outcomes.xlsx": sheets}, form)


if __name__ == "__main__":
    main()
