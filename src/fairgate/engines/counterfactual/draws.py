"""Random words that depend on nothing but their address: Philox4x32-10.

Salmon, Moraes, Dror & Shaw 2011, *Parallel random numbers: as easy as 1, 2, 3* (SC '11). A counter of four
32-bit words and a key of two are mixed in ten rounds into four words; equal counter and key give equal words
for ever, on every machine. Passes TestU01's BigCrush (their table 2); test vectors are Random123's.

The address of a block of four words::

    counter  (place, replicate, purpose << 16 | attempt, tier)     key  the seed's low and high half

*place* is the number of a lot, a month or an item. So a lot's third rework reads the same words whatever
happened to other lots, whichever policy is simulated, and whichever worker does it: policies stay paired and
the number of workers cannot matter. Places and replicates are below 2**32, attempts below 2**16.
"""

import numpy as np
from numba import uint32, uint64
from numpy.typing import NDArray

from fairgate.engines.counterfactual.compiled import inlined, kernel
from fairgate.engines.counterfactual.errors import BadSeed

Words = NDArray[np.uint32]

# Tiers: the last word of the counter.
LOTS, MONTHS, PARAMETERS, ITEMS, WALKS = (np.uint64(number) for number in range(5))

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_STEP = 2.0**-32


def key_of(seed: int) -> tuple[np.uint64, np.uint64]:
    """The two halves of a seed of 64 bits. Errors: BadSeed outside 0 … 2**64 - 1."""
    if not 0 <= seed < 2**64:
        raise BadSeed(seed)
    return np.uint64(seed & 0xFFFFFFFF), np.uint64(seed >> 32)


@inlined
def mix(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Four words (as uint64 below 2**32) at counter (c0, c1, c2, c3) under key (k0, k1)."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@inlined
def share(word):  # type: ignore[no-untyped-def]
    """A word as a number strictly between 0 and 1: (word + 1/2) / 2**32."""
    return (float(word) + 0.5) * _STEP


@kernel
def block(place, replicate, purpose, tier, k0, k1):  # type: ignore[no-untyped-def]
    """One block of four words, for rare events; ``purpose`` carries its attempt in the lower 16 bits."""
    return mix(uint64(place), uint64(replicate), uint64(purpose), tier, k0, k1)


@kernel
def fill(first, replicate, purpose, tier, k0, k1, out):  # type: ignore[no-untyped-def]
    """Blocks at places first, first + 1, … into ``out``, ``uint32[4, places]``. Written out, and not by `mix`, because
    only so the compiler runs eight places at a time."""
    c1, c2 = uint64(replicate), uint64(purpose)
    for j in range(out.shape[1]):
        x0, x1, x2, x3 = (uint64(first) + uint64(j)) & _LOW, c1, c2, tier
        q0, q1 = k0, k1
        for _ in range(10):
            p0 = _M0 * x0
            p1 = _M1 * x2
            x0, x1, x2, x3 = (p1 >> _HALF) ^ x1 ^ q0, p1 & _LOW, (p0 >> _HALF) ^ x3 ^ q1, p0 & _LOW
            q0 = (q0 + _W0) & _LOW
            q1 = (q1 + _W1) & _LOW
        out[0, j] = uint32(x0)
        out[1, j] = uint32(x1)
        out[2, j] = uint32(x2)
        out[3, j] = uint32(x3)


def words(places: int, replicate: int, purpose: int, tier: np.uint64, seed: int) -> Words:
    """The words at places 0 … places - 1. ``uint32[4, places]``"""
    out = np.empty((4, places), dtype=np.uint32)
    fill(0, replicate, purpose, tier, *key_of(seed), out)
    return out


def shares(words_: Words) -> NDArray[np.float64]:
    """Words as numbers strictly between 0 and 1, of the same shape."""
    return np.asarray((words_ + 0.5) * _STEP, dtype=np.float64)
