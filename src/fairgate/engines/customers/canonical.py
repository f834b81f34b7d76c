"""An order of units that depends on their figures alone, so that draws with a fixed seed don't depend on
names.

Colour refinement (Weisfeiler & Leman 1968): a unit's colour becomes a hash of its own colour and of the
colours and counts of its hand-overs, until no class splits. Units still alike are told apart one by one;
where they really are interchangeable it makes no difference which comes first. (Patterns that refinement
can't split though they aren't symmetric, such as strongly regular ones, could change the draws; never their
distribution.)
"""

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.customers.arrays import Places

Hashes = NDArray[np.uint64]

# Units told apart one by one, at most: beyond that many look-alikes the order falls back on what it was
# given.
SINGLED_OUT_AT_MOST = 300


def canonical_order(source: Places, target: Places, count: Places, units: int) -> Places:
    """Units ``0..units-1`` in canonical order, from distinct hand-overs ``source -> target`` with their
    counts."""
    colour = _refined(np.ones(units, dtype=np.uint64), source, target, count)
    for number in range(SINGLED_OUT_AT_MOST):
        values, sizes = np.unique(colour, return_counts=True)
        shared = np.flatnonzero(sizes > 1)
        if len(shared) == 0:
            break
        one = np.flatnonzero(colour == values[shared[0]])[0]
        colour[one] = _mixed(colour[one : one + 1], np.uint64(number + 7))[0]
        colour = _refined(colour, source, target, count)
    return np.argsort(colour, kind="stable")


def _refined(colour: Hashes, source: Places, target: Places, count: Places) -> Hashes:
    classes = 0
    while len(np.unique(colour)) > classes:
        classes = len(np.unique(colour))
        counted = count.astype(np.uint64)
        given, taken = np.zeros_like(colour), np.zeros_like(colour)
        # Sums of hashes don't depend on the order in which hand-overs come.
        np.add.at(given, source, _mixed(colour[target], counted))
        np.add.at(taken, target, _mixed(colour[source], counted + np.uint64(1 << 40)))
        colour = _mixed(_mixed(colour, given), taken)
    return colour


def _mixed(values: Hashes, salt: Hashes | np.uint64) -> Hashes:
    """SplitMix64's finaliser over both; arithmetic is modulo 2**64 on purpose."""
    with np.errstate(over="ignore"):
        salted = (salt ^ np.uint64(0xD1B54A32D192ED03)) * np.uint64(0xBF58476D1CE4E5B9)
        x: Hashes = values * np.uint64(0x9E3779B97F4A7C15) + salted
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    return x
