"""How questions and answers go over a connection: a question is JSON; an answer is JSON and the bytes of its arrays."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from sim.app.limits import say
from sim.app.session import ONE_OF_US, Reply
from sim.errors import RegieError, Said

WORD = 4  # bytes to which the header is padded
ALIGNED = 8  # bytes to which arrays are padded, so that a page can read them where they lie
LARGEST_ID = 2**53


class Question(NamedTuple):
    """What a page asks, and the number by which it knows the answer again; None where it gave none."""

    id: int | None
    message: Any


def question(text: str) -> Question:
    """Return what was asked.

    Raises:
        RegieError: The text is no JSON, or no question with a number.
    """
    try:
        found = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError) as mistake:
        raise RegieError(say("no question")) from mistake
    number = found.pop("id", None) if isinstance(found, dict) else None
    if type(number) is not int or not 0 <= number <= LARGEST_ID:
        raise RegieError(say("no question"))
    return Question(number, found)


def _refused(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and infinity are no JSON


def frame(number: int | None, reply: Reply) -> bytes:
    """Return an answer as bytes: length of the header, header, arrays.

    The header is padded with spaces so that the arrays begin at a multiple of 8 bytes, as each of them does.
    """
    try:
        header = json.dumps({"id": number, **reply.content}, allow_nan=False, separators=(",", ":")).encode()
    except ValueError:  # a number that JSON does not have: nothing that a page could read
        return frame(number, mistake(ONE_OF_US))
    header += b" " * (-(WORD + len(header)) % ALIGNED)
    padded = (part for buffer in reply.buffers for part in (buffer, bytes(-len(buffer) % ALIGNED)))
    return b"".join((struct.pack("<I", len(header)), header, *padded))


def mistake(said: Said, **more: Any) -> Reply:
    """Return an answer that says what is wrong."""
    return Reply({"is": "mistake", **_both(said), **more})


def farewell(why: str) -> bytes:
    """Return the last words to a visitor who is let go."""
    return frame(None, Reply({"is": "farewell", "why": why, **_both(say(why))}))


def _both(said: Said) -> Mapping[str, str]:
    return {"en": said.en, "nl": said.nl}
