"""Finding and reading scenario, regime and experiment files; whatever lies there, the worst outcome is a sentence."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sim
from sim.errors import SILENT, RegieError, Said, nearest, nearest_or_all
from sim.scenario.mistakes import Mistake, printable
from sim.scenario.schema import FileKind
from sim.scenario.sentences import say

LARGEST_FILE = 1_000_000  # bytes
LONGEST_LINE = 20_000  # characters; the time to read a dotted key grows with the square of its length
LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Document:
    """A file that was read.

    Attributes:
        label: What it is called in messages: its path.
        origin: What it is called beside a value: ``"breda-2005.toml"``, ``"regimes/traditional.toml"``.
        name: Name of the scenario or regime: the file's without its ending.
        path: Where it is; None for a text that came from elsewhere.
        text: Its text.
        data: Its content.
    """

    label: str
    origin: str
    name: str
    path: Path | None
    text: str
    data: dict[str, Any]


def folders(kind: FileKind, beside: Path | None = None) -> list[Path]:
    """Return the folders in which names are looked up, first found first served.

    They are the folder of the file that refers to the name (``beside``), ``scenarios`` (or ``experiments``) of the
    working directory or the nearest folder above it that has one, and the copy that came with the package.
    """
    here = [beside] if beside else []
    name = "experiments" if kind == "experiment" else "scenarios"
    roots = [*_clone_folder(name), *_own_folders(name)]
    return [*here, *(root / "regimes" if kind == "regime" else root for root in roots)]


def _clone_folder(name: str) -> list[Path]:
    try:
        here = Path.cwd()
    except OSError:  # the working directory was removed
        return []
    around = (place / name for place in (here, *here.parents))
    return [folder for folder in around if _holds_files(folder)][:1]


def _own_folders(name: str) -> list[Path]:
    return [folder for folder in _shipped_folders(name) if _holds_files(folder)]


def _shipped_folders(name: str) -> tuple[Path, ...]:
    """Return where a folder of data may stand that comes with regie: in the package, in a clone beside it."""
    package = Path(sim.__file__).parent
    return package / "data" / name, package.parent / name


def shipped(folder: str, name: str) -> Path:
    """Return a file of data that comes with regie."""
    return next(path for place in _shipped_folders(folder) if (path := place / name).is_file())


def _holds_files(folder: Path) -> bool:
    try:
        return any(folder.glob("*.toml"))
    except OSError:
        return False


def names(kind: FileKind, beside: Path | None = None) -> list[str]:
    """Return the names of all scenarios, regimes or experiments that can be found, sorted."""
    found = {path.stem: path for folder in folders(kind, beside) for path in folder.glob("*.toml")}
    return sorted(name for name, path in found.items() if kind != "experiment" or _is_design(path))


def _is_design(path: Path) -> bool:
    """Return whether a file of ``experiments`` is the design of a sweep: other experiments stand there too."""
    try:
        return "[design]" in path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def is_path(text: str) -> bool:
    """Return whether ``text`` is the path of a file rather than a name."""
    return "/" in text or "\\" in text or text.endswith(".toml")


def find(
    name_or_path: str | Path, kind: FileKind, beside: Path | None = None, besides: str = "", *, path_too: bool = True
) -> Path:
    """Return the file of a name, or the path as it is.

    Args:
        name_or_path: The name or path.
        kind: What is looked for.
        beside: A folder that is searched before the others.
        besides: A name that is not proposed instead of an unknown one: that of the file that asks.
        path_too: Whether a path may be given instead, and is proposed.

    Raises:
        RegieError: If no scenario or regime has that name.
    """
    text = str(name_or_path)
    if is_path(text):
        return Path(text)
    for folder in folders(kind, beside):
        if text and (path := folder / f"{text}.toml").name in _listing(folder):
            return path
    if path_too and text and f"{text}.toml" in _listing(Path()):
        raise RegieError(say("own file here", kind=kind, name=printable(text), path=f".{os.sep}{printable(text)}.toml"))
    hint = nearest_or_all(text, [name for name in names(kind, beside) if name != besides])
    own = say("own file") if path_too else SILENT
    raise RegieError(say("unknown name", kind=kind, name=printable(text), hint=hint, own=own))


def _listing(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError:
        return set()


def read(path: Path, kind: FileKind) -> Document:
    """Read one file.

    Raises:
        RegieError: If it cannot be read, is too large, is not text or not TOML.
    """
    label = _label(path)
    text = _text(path, label, kind)
    origin = f"regimes/{path.name}" if kind == "regime" else path.name
    return Document(label, printable(origin), _name(path.stem), path, text, parse(text, label))


def _name(stem: str) -> str:
    """Return a name that can be that of a folder of results."""
    return re.sub(r"[/\\]", "_", printable(stem)).lstrip(".") or "unnamed"


def _label(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, ValueError, RuntimeError):
        return str(path)


def _text(path: Path, label: str, kind: FileKind) -> str:
    content = _content(path, label)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _cannot("utf-16", label)
    if b"\x00" in content:
        raise _cannot("not text", label, kind=kind)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _cannot("not utf-8", label, line=line) from None
    if not text.strip():
        raise _cannot("empty", label)
    return text


def _content(path: Path, label: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _cannot("directory", label)
        if not stat.S_ISREG(status.st_mode):
            raise _cannot("not ordinary", label)
        if status.st_size > LARGEST_FILE:
            raise _cannot("too large", label, size=status.st_size, most=LARGEST_FILE)
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _cannot("absent", label, hint=_near(path)) from None
    except PermissionError:
        raise _cannot("no permission", label) from None
    except ValueError:
        raise _cannot("no file name", label) from None
    except OSError as error:
        raise _cannot("unreadable", label, reason=error.strerror) from None


def _cannot(key: str, label: str, **filling: object) -> RegieError:
    return RegieError(say(key, file=printable(label), **filling))


def _near(path: Path) -> Said:
    try:
        return nearest(path.name, [entry.name for entry in path.parent.glob("*.toml")])
    except (OSError, ValueError):
        return SILENT


def parse(text: str, label: str) -> dict[str, Any]:
    """Return the content of a TOML text.

    Raises:
        RegieError: With the line of the syntax error.
    """
    lines = text.splitlines()
    long = next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), None)
    if long:
        raise _cannot("long line", label, line=long, most=LONGEST_LINE)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _cannot("too deep", label) from None
    except ValueError as error:
        raise RegieError(_syntax(str(error), lines, label)) from None


_PLAIN_WORDS = {  # the beginnings of tomllib's messages
    "Expected '=' after a key": "toml line",
    "Cannot overwrite a value": "toml twice",
    "Cannot declare": "toml table twice",
    "Cannot mutate": "toml complete",
    "Invalid value": "toml no value",
    "Invalid initial character for a key": "toml key",
    "Invalid statement": "toml line",
    "Illegal character": "toml not closed here",
    "Unterminated string": "toml not closed",
    "Expected \"'": "toml not closed",
    "Expected '\"": "toml not closed",
    "Expected newline or end of document": "toml more",
    "Unclosed array": "toml list",
    "Unclosed inline table": "toml inline",
    "Exceeds the limit": "toml digits",
}


def _syntax(message: str, lines: list[str], label: str) -> Said:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    said = message[: place.start()] if place else message
    key = next((ours for theirs, ours in _PLAIN_WORDS.items() if said.startswith(theirs)), None)
    reason = say(key) if key else printable(said)
    if not place:
        return say("in a file", file=printable(label), text=say("not toml", reason=reason, found=""))
    number = int(place[1]) if place[1] else len(lines)
    text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    found = say("line reads", text=printable(text[:80])) if text else SILENT
    wrong = say("not toml", reason=reason, found=found)
    return say("on a line", file=printable(label), line=number, text=wrong)


def from_text(text: str, name: str, kind: FileKind = "scenario") -> Document:
    """Return a document for a text that is in no file.

    Raises:
        RegieError: If it is too large or not TOML.
    """
    if len(text) > LARGEST_FILE:
        raise _cannot("too long", name, size=len(text), most=LARGEST_FILE)
    return Document(name, printable(name), _name(name), None, text, parse(text, name))


def chain(document: Document, kind: FileKind) -> tuple[list[Document], list[Mistake]]:
    """Return the files that ``document`` builds on, the oldest first and itself last, and what was wrong."""
    documents, mistakes = [document], []
    while (parent := documents[0].data.get("extends")) is not None:
        if not isinstance(parent, str):
            break  # the schema says so
        try:
            documents.insert(0, _parent(documents, parent, kind))
        except RegieError as error:
            mistakes.append(Mistake(documents[0].label, error.said, ("extends",), parent))
            break
    return documents, mistakes


def _parent(documents: list[Document], extends: str, kind: FileKind) -> Document:
    child = documents[0]
    path = _extended(child, extends, kind)
    route = [*reversed(documents)]
    if any(_same(path, document.path) for document in documents):
        names_in_turn = " → ".join([*(document.name for document in route), path.stem])
        raise RegieError(say("circle", names=printable(names_in_turn)))
    if len(documents) >= LONGEST_CHAIN:
        raise RegieError(say("long chain", most=LONGEST_CHAIN))
    return read(path, kind)


def _same(path: Path, other: Path | None) -> bool:
    return other is not None and _resolved(path) == _resolved(other)


def _extended(child: Document, extends: str, kind: FileKind) -> Path:
    here = child.path.parent if child.path else None
    if not is_path(extends):
        return find(extends, kind, here, besides=child.name)
    if here is None:
        raise RegieError(say("name only"))
    root = _root(here, kind)
    target = here / extends
    if Path(extends).is_absolute() or not _resolved(target).is_relative_to(_resolved(root)):
        raise RegieError(say("outside", folder=printable(str(root))))
    return target


def _root(here: Path, kind: FileKind) -> Path:
    known = (folder for folder in folders(kind) if _resolved(here).is_relative_to(_resolved(folder)))
    return next(known, here)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        raise RegieError(say("no path")) from None


def texts(documents: list[Document]) -> dict[str, str]:
    """Return the texts by label, so that mistakes can find their lines."""
    return {document.label: document.text for document in documents}
