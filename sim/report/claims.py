"""The claims of the essay, in our words: data for the documents, and for whoever asks why something was decided."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.errors import Said

FILE = Path(__file__).with_name("claims.toml")


@dataclass(frozen=True)
class Claim:
    """A claim, a point of the change agenda, or a theme of the shorter texts.

    Attributes:
        id: By which code and tables name it.
        kind: ``"M"``, ``"R"``, ``"O"`` or two of them; empty for points and themes.
        text: What is held.
        where: Where it is, in Markdown, as seen from ``docs``.
    """

    id: str
    kind: str
    text: Said
    where: str


@dataclass(frozen=True)
class Chapter:
    """Claims that belong together.

    Attributes:
        title: How the chapter is called.
        word: What its entries are: claims, points or themes.
        note: What is said before them; may be empty.
        claims: The entries, in order.
    """

    title: Said
    word: str
    note: str
    claims: tuple[Claim, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return all chapters, in the order of the essay."""
    with FILE.open("rb") as file:
        return tuple(
            Chapter(
                Said(each["en"], each["nl"]),
                each["word"],
                each.get("note", ""),
                tuple(
                    Claim(claim["id"], claim.get("kind", ""), Said(claim["en"], claim["nl"]), claim["where"])
                    for claim in each["claim"]
                ),
            )
            for each in tomllib.load(file)["chapter"]
        )


@cache
def claims() -> Mapping[str, Claim]:
    """Return all claims, points and themes by id."""
    return {claim.id: claim for chapter in chapters() for claim in chapter.claims}


def texts(ids: Iterable[str], language: str) -> dict[str, str]:
    """Return the texts of some claims by id, each once, in the order in which they are named.

    Raises:
        KeyError: A claim that does not exist; a mistake in the program.
    """
    return {each: claims()[each].text.in_language(language) for each in dict.fromkeys(ids)}
