"""One self-contained page in both languages: all figures, nothing from elsewhere; what it is about comes from above."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from sim.report.palette import FILLS
from sim.report.section import Section
from sim.report.words import Language, Words

SCRIPTS = ("figures.js", "tables.js", "choice.js", "page.js")


class Told(Protocol):
    """What a page says in one language, as far as every page needs it."""

    @property
    def language(self) -> Language:
        """The language."""

    @property
    def name(self) -> str:
        """How the language calls itself."""

    @property
    def words(self) -> Words:
        """Its texts."""

    @property
    def title(self) -> str:
        """What stands on top."""

    @property
    def made_on(self) -> str:
        """Date and version."""

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Group by group what (name and label) there is to choose from; empty where there is nothing to choose."""

    @property
    def choose(self) -> str:
        """What stands before the choice."""

    @property
    def chosen(self) -> str:
        """What is announced when something is chosen; ``%s`` stands for its label."""

    @property
    def sections(self) -> list[Section]:
        """The sections."""


def document(
    articles: Sequence[Told],
    language: Language,
    *,
    template: str,
    choice: str,
    version: str,
    links: Mapping[str, Callable[[str], Markup | str]],
) -> str:
    """Return a page as html.

    Args:
        articles: What it says, in each language.
        language: The language that is shown first.
        template: What an article is made of.
        choice: What the reader chooses, in one word, for the address.
        version: Version of regie.
        links: Language to what turns terms of a text into links.
    """
    plotly, script = _plotly(), "\n".join(_own(name) for name in SCRIPTS)
    return (
        _templates()
        .get_template("page.html")
        .render(
            language=language,
            version=version,
            template=template,
            choice=choice,
            policy=_policy([plotly, script]),
            css=Markup("\n".join([_own("page.css"), _own("print.css"), *map(_sheet, articles)])),
            script=Markup(script),
            plotly=Markup(plotly),
            articles=articles,
            patterns={fill.name: fill.path for fill in FILLS},
            links=links,
            figures=_packed({each.language: _plots(each) for each in articles}),
            said=_json({each.language: _said(each) for each in articles}),
        )
    )


def _plots(article: Told) -> dict[str, Any]:
    views = [view for section in article.sections for view in section.views]
    panels = [panel for view in views for figure in view.figures for panel in figure.panels]
    return {panel.key: {**panel.plot, "picture": panel.picture} for panel in panels}


def _said(article: Told) -> dict[str, str]:
    """Return the texts that the script puts on the page."""
    w = article.words
    return {
        "title": article.title,
        "picture": w("picture"),
        "chosen": article.chosen,
        "found": w("rows found"),
    }


def _sheet(article: Told) -> str:
    """Return the style of the edge of a printed sheet: what it is, date and version, and the number of the sheet."""
    left, right = _css_text(article.title), _css_text(article.made_on)
    sheet = _css_text(f"{article.words('sheet')} ")
    return (
        f"@page {article.language} {{ @top-left {{ content: {left}; }} @bottom-left {{ content: {right}; }} "
        f"@bottom-right {{ content: {sheet} counter(page) ' / ' counter(pages); }} }}\n"
        f"article[lang={article.language}] {{ page: {article.language}; }}"
    )


def _css_text(text: str) -> str:
    """Return ``text`` as a string of a style sheet: whatever is not a letter or digit is written as a code."""
    return "'" + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + "'"


def _packed(thing: object) -> str:
    """Return JSON packed by gzip, in letters: the same plots for every rival in two languages are mostly repetition."""
    text = json.dumps(thing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _json(thing: object) -> Markup:
    """Return JSON that may stand inside a script element: no ``<`` can end or open one."""
    text = json.dumps(thing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _policy(scripts: Sequence[str]) -> str:
    """Return a policy under which only these scripts run and nothing is fetched from anywhere."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    # plotly places its elements with inline styles; a picture to save is made in the page itself.
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _plotly() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


@cache
def _own(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("sim.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
