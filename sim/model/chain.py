"""Chains: first-in-first-out rows in which any row can be taken out in one step.

Calendar days, waiting lists and the cases of a worker are all chains. ``S.chain[c]`` holds the two ends,
``S.link[r]`` the neighbours of row ``r``; -1 means none. A row is in one chain at most.
"""

from __future__ import annotations

from typing import Any

from sim.model.compiling import behaviour


@behaviour
def append(S: Any, chain: int, row: int) -> None:
    """Put ``row`` at the end of ``chain``; it must not be in a chain."""
    last = S.chain[chain].last
    S.link[row].chain = chain
    S.link[row].before = last
    S.link[row].after = -1
    if last < 0:
        S.chain[chain].first = row
    else:
        S.link[last].after = row
    S.chain[chain].last = row
    S.chain[chain].length += 1


@behaviour
def remove(S: Any, row: int) -> None:
    """Take ``row`` out of the chain it is in; nothing happens where it is in none."""
    chain = S.link[row].chain
    if chain < 0:
        return
    before, after = S.link[row].before, S.link[row].after
    if before < 0:
        S.chain[chain].first = after
    else:
        S.link[before].after = after
    if after < 0:
        S.chain[chain].last = before
    else:
        S.link[after].before = before
    S.link[row].chain = -1
    S.chain[chain].length -= 1


@behaviour
def pop(S: Any, chain: int) -> int:
    """Take out and return the first row of ``chain``, or -1 where it is empty."""
    row = S.chain[chain].first
    if row >= 0:
        remove(S, row)
    return row
