"""The page as one module in anywidget form: what a notebook, a browser and a recorded page load is the same.

A host such as a notebook loads a module from an address that has no neighbours, so imports between the files of the
page would fail there. They are joined here: every file becomes a function of its own, called once, in an order in which
whatever a file imports was there before it. Nothing else is changed in them.
"""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

PAGE = Path(__file__).parent / "page"
ENTRY = "widget.js"
_IMPORT = re.compile(r'^import (?P<what>.+?) from "\./(?P<file>[\w.-]+)";$', re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const)\b)", re.MULTILINE)
_NAMES = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)|, ([A-Z]\w*) = ")
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)


def module() -> str:
    """Return the page as one ES module whose default export has ``render({ model, el })``.

    The model carries questions and answers as an anywidget model does: ``send(message)`` and ``on("msg:custom", ...)``,
    with ``get("words")`` for the texts.
    """
    sources = _needed(ENTRY)
    order = TopologicalSorter({name: [file for _, file in _imports(text)] for name, text in sources.items()})
    parts = [_wrapped(name, sources[name]) for name in order.static_order()]
    return "\n".join(["const $ = {};", *parts, f'export default $["{ENTRY}"].default;', ""])


def styles() -> str:
    """Return the styles of the page, as one sheet."""
    return "\n".join(file.read_text("utf-8") for file in sorted(PAGE.glob("*.css")))


def _needed(entry: str) -> dict[str, str]:
    """Return the text of each file that is needed, by name."""
    found: dict[str, str] = {}
    wanted = [entry]
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = (PAGE / name).read_text("utf-8")
            wanted += [file for _, file in _imports(found[name])]
    return found


def _imports(text: str) -> list[tuple[str, str]]:
    return [(" ".join(found["what"].split()), found["file"]) for found in _IMPORT.finditer(text)]


def _exported(text: str) -> list[str]:
    """Return the names that a file gives to others; a list of constants is on one line."""
    lines = [line for line in text.splitlines() if _EXPORT.match(line)]
    return [name for line in lines for found in _NAMES.finditer(line) for name in found.groups() if name]


def _wrapped(name: str, text: str) -> str:
    def taken(found: re.Match[str]) -> str:
        what, file = " ".join(found["what"].split()), found["file"]
        names = what.removeprefix("* as ") if what.startswith("*") else what.replace(" as ", ": ")
        return f'const {names} = $["{file}"];'

    inside = _DEFAULT.sub("const default_ = ", _EXPORT.sub("", _IMPORT.sub(taken, text)))
    given = [*_exported(text), *(["default: default_"] if _DEFAULT.search(text) else [])]
    return f'$["{name}"] = (() => {{\n{inside}\nreturn {{ {", ".join(given)} }};\n}})();'
