"""Keeping to oneself what is nobody's business: where files stood on the computer, and who sat at it.

A command that was typed, a traceback, a message of the system may hold paths, and a path often holds a name. Of each
only the last part is kept.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import sim

_SLASH = re.compile(r"[\\/]+")
_END = r"(?=[/\\\"'\s:;,)<>&\]}]|$)"
_SOURCE = re.compile(r'(?<=File ")[^"\n]*[\\/]([^"\\/\n]+[\\/][^"\\/\n]+)(?=")')  # of a traceback: all but two parts
_QUOTED = re.compile(r"""(["'])(?:[A-Za-z]:|~)?[\\/][^"'\n]*[\\/]([^"'\\/\n]+)\1""")
_SHORTEST = 4  # characters of a place that is looked for: "/" is everywhere


@dataclass(frozen=True)
class Cleaner:
    """Takes paths out of what is written down.

    Attributes:
        command: The command that was typed.
        folder: The folder of results.
    """

    command: str
    folder: Path

    @cached_property
    def typed(self) -> str:
        """The command without folders."""
        return " ".join(shlex.quote(_without_folder(word)) for word in self._words)

    @cached_property
    def _words(self) -> list[str]:
        windows = "\\" in self.command
        try:
            words = shlex.split(self.command, posix=not windows)
        except ValueError:  # a quotation mark without its other half
            words = self.command.split()
        return [word.strip("\"'") for word in words] if windows else words

    def text(self, text: str) -> str:
        """Return a text without the paths of this computer."""
        for pattern, name in self._replacements:
            text = name.join(pattern.split(text))
        return _SOURCE.sub(r"\1", text)

    def own(self, text: str) -> str:
        """Return the same of a file that somebody wrote: there also what stands between quotation marks as a path."""
        return self.text(_QUOTED.sub(r"\1\2\1", text))

    def bytes(self, content: bytes) -> bytes:
        """Return the same of an encoded text."""
        return self.text(content.decode("utf-8")).encode()

    def json(self, content: Any) -> Any:
        """Return the same of what JSON holds."""
        if isinstance(content, str):
            return self.typed if content == self.command else self.text(content)
        if isinstance(content, dict):
            return {self.text(key): self.json(value) for key, value in content.items()}
        return [self.json(each) for each in content] if isinstance(content, list) else content

    @cached_property
    def _replacements(self) -> list[tuple[re.Pattern[str], str]]:
        """What is looked for and what is put instead, the longest first."""
        known = {str(place): name for place, name in self._known() if len(str(place)) >= _SHORTEST}
        known |= {word: _without_folder(word) for word in self._words if _without_folder(word) != word}
        longest_first = sorted(known.items(), key=lambda each: -len(each[0]))
        return [(re.compile(re.escape(each) + _END), name) for each, name in longest_first]

    def _known(self) -> Iterator[tuple[Path, str]]:
        yield self.folder, self.folder.name
        yield self.folder.parent, "results"
        yield Path.cwd(), "."
        yield Path.home(), "~"
        yield Path(sim.__file__).parents[1], "regie"
        yield Path(sys.prefix), "python"
        yield Path(tempfile.gettempdir()), "temporary"


def _without_folder(word: str) -> str:
    """Return a word of a command with the last part alone of each path in it."""
    if "://" in word:
        return "ADDRESS"
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    return option + equals + ",".join(_last(each) for each in value.split(","))


def _last(path: str) -> str:
    parts = [part for part in _SLASH.split(path) if part]
    return parts[-1] if parts else path
