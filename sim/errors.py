"""The one exception that a user's mistake becomes."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RegieError(Exception):
    """A mistake the user can mend; its text says what is wrong and how to mend it.

    The command line prints the text and ends with exit code 2.
    """


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the valid name nearest to ``name``, else an empty string."""
    matches = get_close_matches(name, list(valid), n=1, cutoff=0.5)
    return f" Did you mean '{matches[0]}'?" if matches else ""
