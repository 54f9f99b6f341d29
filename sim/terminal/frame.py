"""The frame around the commands: language, help, mistakes in sentences, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sim.errors import RegieError, Said, nearest
from sim.study import defaults
from sim.terminal.phrases import LANGUAGES, PHRASES, Language, language_of_computer, say

if TYPE_CHECKING:
    _ParamType = click.ParamType[int]
    _ParamOfShare = click.ParamType[float]
    _ParamOfText = click.ParamType[str]
else:
    _ParamType = _ParamOfShare = _ParamOfText = click.ParamType  # not generic in older versions of click

FAILED, WRONG, INTERRUPTED = 1, 2, 130  # exit codes


class Asked(NamedTuple):
    """What was typed.

    Attributes:
        language: Language to answer in.
        arguments: The words after ``regie``.
    """

    language: Language
    arguments: list[str]


class Command(click.Command):
    """A command whose help speaks the language asked for."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _in_language(super().get_help(ctx), language_of(ctx))


class Regie(click.Group):
    """The command ``regie``: speaks the language asked for, and says mistakes in sentences."""

    command_class = Command

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run the command and end the process with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        _never_stumble()
        language = language_of_computer()
        try:
            language = _language_asked(arguments)
            self.speak(language)
            extra |= {"standalone_mode": False, "obj": Asked(language, arguments)}
            code = super().main(arguments, "regie", **extra)
            sys.stdout.flush()
        except RegieError as mistake:
            code = _complain(mistake.said, language)
        except click.UsageError as mistake:
            code = _complain(_usage(mistake), language)
        except (click.Abort, KeyboardInterrupt):
            tell(say("stopped with nothing", language))
            code = INTERRUPTED
        except MemoryError:
            code = _complain(PHRASES("no memory"), language)
        except BrokenPipeError:  # who reads no more wants no complaint either
            _say_no_more()
            code = FAILED
        except OSError as mistake:
            _say_no_more()
            code = _complain(PHRASES("system", reason=mistake.strerror or mistake), language)
        sys.exit(code or 0)

    def speak(self, language: Language) -> None:
        """Put all help texts in ``language``."""
        for command in (self, *self.commands.values()):
            command.help = say(f"help.{command.name}", language)
            for option in command.params:
                if isinstance(option, click.Option):
                    option.help = say(f"option.{option.name}", language, **_defaults(command.name))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; for an unknown one name the nearest."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            hint = nearest(args[0], self.commands)
            raise RegieError(PHRASES("no command", name=short(args[0]), hint=hint))
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _in_language(super().get_help(ctx), language_of(ctx))


class Whole(_ParamType):
    """A whole number within limits."""

    name = "number"

    def __init__(self, low: int, high: int, example: int) -> None:
        """Set the limits, and an example for who passes them."""
        self.low, self.high, self.example = low, high, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or say what is wrong with it."""
        try:
            whole = int(value)
        except ValueError:
            whole = self.low - 1
        if self.low <= whole <= self.high:
            return whole
        limits = {"low": self.low, "high": self.high, "example": self.example}
        name = param.opts[-1] if param else ""
        raise RegieError(PHRASES("not whole", name=name, value=short(value), **limits))


class Choice(_ParamOfText):
    """One of a few words."""

    name = "choice"

    def __init__(self, *words: str) -> None:
        """Say which words."""
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or say which there are."""
        if value in self.words:
            return str(value)
        name = param.opts[-1] if param else ""
        raise RegieError(PHRASES("no choice", name=name, value=short(value), choices=", ".join(self.words)))


class Share(_ParamOfShare):
    """A share within limits, given as 5% or 0.05."""

    name = "share"

    def __init__(self, low: float, high: float, example: float) -> None:
        """Set the limits, and an example for who passes them."""
        self.low, self.high, self.example = low, high, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share, or say what is wrong with it."""
        text = str(value).strip().replace(",", ".")
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = float("nan")
        if self.low <= share <= self.high:
            return share
        limits = {name: f"{100 * getattr(self, name):g}%" for name in ("low", "high", "example")}
        raise RegieError(PHRASES("not a share", name=param.opts[-1] if param else "", value=short(value), **limits))


def asked(ctx: click.Context | None) -> Asked:
    """Return what was typed."""
    return ctx.obj if ctx and ctx.obj else Asked("en", [])


def language_of(ctx: click.Context | None) -> Language:
    """Return the language to answer in."""
    return asked(ctx).language


def tell(text: str) -> None:
    """Say something on standard error: what is asked for stands alone on standard output."""
    click.echo(text, err=True)


def short(text: object) -> str:
    """Return what somebody typed, safe to show: no control characters, not endless."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in str(text))
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _language_asked(arguments: Sequence[str]) -> Language:
    """Return the language asked for with --lang, wherever it stands, else that of the computer."""
    chosen: str = language_of_computer()
    for word, following in zip_longest(arguments, arguments[1:]):
        if word == "--":
            break
        if word == "--lang" and following is not None:
            chosen = following
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    if chosen not in LANGUAGES:
        raise RegieError(PHRASES("no language", value=short(chosen)))
    return chosen


def _defaults(command: str | None) -> dict[str, object]:
    once = command == "run"
    return {
        "days": defaults.DAYS,
        "replications": PHRASES("as precise") if command == "compare" else _usual_worlds(once),
        "most": defaults.MOST_WORLDS,
        "most_asked": defaults.MOST_WORLDS_ASKED,
        "precision": f"{100 * defaults.PRECISION:g}%",
        "whole": defaults.WHOLE,
        "claimed": defaults.CLAIMED,
        "base": defaults.BUILT_ON,
        "quick_days": defaults.QUICK_DAYS,
        "quick_replications": defaults.usual(once=once, quick=True).replications,
    }


def _usual_worlds(once: bool) -> int:
    return defaults.usual(once=once, quick=False).replications or defaults.REPLICATIONS


def _in_language(text: str, language: Language) -> str:
    """Put the words that click itself adds to a help text in ``language``."""
    for heading in ("Usage:", "Options:", "Commands:"):
        text = text.replace(f"\n{heading}", f"\n{say(heading, language)}")
        text = say(heading, language) + text[len(heading) :] if text.startswith(heading) else text
    return text.replace("Show this message and exit.", say("option.help", language))


def _usage(mistake: click.UsageError) -> Said:
    """Say a mistake in the use of a command in a sentence."""
    command = mistake.ctx.command_path if mistake.ctx else "regie"
    usage = " ".join(mistake.ctx.get_usage().split()[1:]) if mistake.ctx else command
    name = short(getattr(mistake, "option_name", ""))
    if isinstance(mistake, click.NoSuchOption):
        known = [option for each in mistake.ctx.command.params for option in each.opts] if mistake.ctx else []
        return PHRASES("no option", name=name, hint=nearest(name, known), command=command)
    if isinstance(mistake, click.MissingParameter) and mistake.param:
        return PHRASES("missing", name=mistake.param.human_readable_name.upper().rstrip("."), usage=usage)
    if isinstance(mistake, click.BadOptionUsage):
        key = "a value" if "does not take" in mistake.message else "no value"
        return PHRASES(key, name=name, command=command)
    if mistake.message.startswith("Got unexpected extra"):
        extra = mistake.message.rpartition("(")[2].rstrip(")").split()
        return PHRASES("too many", name=short(extra[0] if extra else ""), usage=usage)
    return Said(mistake.format_message(), mistake.format_message())


def _complain(text: Said, language: Language) -> int:
    tell(say("mistake", language, text=text.in_language(language)))
    return WRONG


def _never_stumble() -> None:
    """Let no letter that a terminal lacks, and no closed stream, end the program."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
        elif hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="replace")


def _say_no_more() -> None:
    """Let what is still to be said on standard output go nowhere, so that Python can end in peace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
