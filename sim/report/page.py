"""One self-contained page about a comparison: both languages, all figures, nothing from elsewhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from sim.errors import Said
from sim.files import atomically
from sim.report.article import Article, article
from sim.report.glossary import Links
from sim.report.material import Material
from sim.report.palette import FILLS
from sim.report.reading import material as material_of
from sim.report.words import LANGUAGES, Language, words
from sim.study.compare import Comparison

SCRIPTS = ("figures.js", "tables.js", "choice.js", "page.js")


def write_report(
    result: Comparison,
    path: str | Path,
    language: str = "en",
    *,
    command: str = "",
    commit: str | Said = "",
    platform: str = "",
) -> None:
    """Write the page of a comparison to ``path``, whole or not at all.

    Args:
        result: The comparison; it may be incomplete, or hold a single regime.
        path: File to write; its folder must exist.
        language: Language that is shown first, ``"nl"`` or ``"en"``; the page holds both.
        command: The command that gives this result again. Default: worked out from the result.
        commit: State of the code, where it is known.
        platform: The computer, where it is known.

    Raises:
        RegieError: If the language is not known or the file cannot be written.
    """
    first = words(language).language
    page = render(material_of(result, command=command, commit=commit, platform=platform), first)
    with atomically(Path(path)) as file:
        file.write(page.encode())


def render(material: Material, language: Language) -> str:
    """Return the page as html, with ``language`` shown first."""
    articles = [article(material, words(each)) for each in LANGUAGES]
    plotly, script = _plotly(), "\n".join(_own(name) for name in SCRIPTS)
    return (
        _templates()
        .get_template("page.html")
        .render(
            language=language,
            version=material.facts.version,
            policy=_policy([plotly, script]),
            css=Markup("\n".join([_own("page.css"), _own("print.css"), *map(_sheet, articles)])),
            script=Markup(script),
            plotly=Markup(plotly),
            articles=articles,
            patterns={fill.name: fill.path for fill in FILLS},
            links={each.language: Links(each.words) for each in articles},
            figures=_packed({each.language: _plots(each) for each in articles}),
            said=_json({each.language: _said(each) for each in articles}),
        )
    )


def _plots(article: Article) -> dict[str, Any]:
    views = [view for section in article.sections for view in section.views]
    panels = [panel for view in views for figure in view.figures for panel in figure.panels]
    return {panel.key: {**panel.plot, "picture": panel.picture} for panel in panels}


def _said(article: Article) -> dict[str, str]:
    """Return the texts that the script puts on the page."""
    w = article.words
    return {
        "title": article.title,
        "picture": w("picture"),
        "chosen": w("chosen now", baseline=article.baseline),
        "found": w("rows found"),
    }


def _sheet(article: Article) -> str:
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
