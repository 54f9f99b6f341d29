"""Chance: every draw is a pure function of (seed, who, decision, how many times before).

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"),
counter-based, with published test vectors. Because a draw depends on nothing else, worlds under different regimes
share every draw that is not theirs to change: the same people knock on the same day with the same luck
(common random numbers; Klein et al. 2024).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.model.compiling import behaviour

# Streams: one for each decision.
(
    ARRIVALS,
    PERSON,
    NEEDS,
    DOOR,
    SEE,
    PROCEDURE,
    REFERRAL,
    WAITING,
    LIST,
    RENEWAL,
    LIFE,
    REVEAL,
    SICKNESS,
    TURNOVER,
    WORKER,
    TIES,
    START,
    DURATION,
    BRIDGING,
    INITIATIVE,
    CHOICE,
    SAY,
    ANSWER,
    STEP_IN,
    INCIDENT,
    ENCOUNTER,
    EVENT,
    BOARD,
    TOLD,
    VOLUNTEER,
    FEEDBACK,
    BUDGET,
    EXTRA,
    HEARD,
) = range(34)

_NEEDS_PER_KEY = 8  # identity of a need: eight times that of its client, and its number

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


@behaviour
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Return the four 32-bit words (as uint64) of Philox4x32-10 for a counter of four words and a key of two."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _32) ^ c1 ^ k0, p1 & _LOW, (p0 >> _32) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@behaviour
def u01(seed: int, key: int, stream: int, index: int) -> float:
    """Return a number in [0, 1) with 53 random bits.

    Args:
        seed: Seed of the replication; 0 is a seed like any other.
        key: Identity of the person, need or worker drawn for, the same in every world.
        stream: The decision, one of the constants of this module.
        index: How many draws of this decision came before, or the day.
    """
    s, k = np.uint64(seed), np.uint64(key)
    a, b, _, _ = philox(k & _LOW, k >> _32, np.uint64(stream), np.uint64(index) & _LOW, s & _LOW, s >> _32)
    bits = (a << np.uint64(21)) ^ (b >> np.uint64(11))
    return np.float64(bits) * (1.0 / 9007199254740992.0)


@behaviour
def exponential(u: float, mean: float) -> float:
    """Return the exponential waiting time with the given mean that belongs to the draw ``u``; at most 1e9 (days)."""
    return min(1.0e9, -mean * math.log(1.0 - u))


@behaviour
def whole_days(days: float, u: float) -> int:
    """Round to whole days, at least one, up or down by chance ``u`` so that the mean is kept."""
    return max(1, int(np.floor(days + u)))


@behaviour
def poisson(u: float, mean: float) -> int:
    """Return the Poisson count with the given mean that belongs to ``u``, by inversion; mean up to some hundreds."""
    probability = math.exp(-mean)
    total = probability
    count = 0
    while u > total and count < mean + 40.0 * (1.0 + np.sqrt(mean)):
        count += 1
        probability *= mean / count
        total += probability
    return count


@behaviour
def need_key(S: Any, n: int) -> int:
    """Return the identity of need ``n``, the same in every world."""
    most = S.p[0].max_needs
    return S.client[n // most].key * _NEEDS_PER_KEY + n % most


@behaviour
def need_draw(S: Any, n: int, stream: int, index: int) -> float:
    """Return the draw number ``index`` of need ``n`` in a stream."""
    return u01(S.now[0].seed, need_key(S, n), stream, index)


@behaviour
def client_draw(S: Any, c: int, stream: int, index: int) -> float:
    """Return the draw number ``index`` of client ``c`` in a stream."""
    return u01(S.now[0].seed, S.client[c].key, stream, index)


@behaviour
def worker_draw(S: Any, w: int, stream: int, index: int) -> float:
    """Return the draw number ``index`` of the present holder of seat ``w``."""
    return u01(S.now[0].seed, S.worker[w].key, stream, index)
