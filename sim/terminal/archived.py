"""`regie archive`: what was made, and what whoever publishes it may still want to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from sim.sweeps.archive.pages import licences
from sim.terminal.frame import tell
from sim.terminal.phrases import Language, number, say


def conclude(made: Path, authors: Sequence[str], licence: str | None, language: Language) -> None:
    """Say where an archive is, and what was not said when it was asked."""
    click.echo(say("archived", language, path=made, size=number(made.stat().st_size / 1e6, language, 1)))
    if licence is None:
        tell(say("archived licence", language, licence=next(iter(licences()))))
    if not authors:
        tell(say("archived by nobody", language))
