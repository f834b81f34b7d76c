"""Does the analysis tell suppliers' customers apart, or does everyone serve everyone?

The index is the mutual information I of supplier and customer over hand-overs, adjusted for chance as in
Vinh, Epps & Bailey 2010 (*Information theoretic measures for clusterings comparison*): (I - E) / (Hc - E),
with Hc the entropy of the customer and E the mean of I when customers are shuffled among hand-overs (see
`shuffles`). 1: knowing the supplier, you know the customer (a chain). 0: it tells no more than chance
("everyone serves everyone"). z = (I - E) / sd.

Since I = Hc - H, with H the entropy of the customer given the supplier, and shuffling leaves Hc alone, the
index is 1 - H / mean(H shuffled): that form has no cancellation, and gives exactly 1 for a chain.
"""

from dataclasses import asdict, dataclass
from itertools import islice

import numpy as np
from numpy.random import default_rng
from scipy.special import xlogy

from fairgate.engines.customers.arrays import Amounts, Places, sums
from fairgate.engines.customers.canonical import canonical_order
from fairgate.engines.customers.shuffles import shuffled_pairs, shuffled_tables

SEED = 20100  # any fixed number: equal hand-overs must give equal figures
UNITS_IN_TABLES = 48  # beyond, whole tables cost more than their hand-overs
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Discrimination:
    """``index`` is None where hand-overs have fewer than two customers; ``z`` is None where shuffling changes
    nothing. ``null_mean`` and ``null_sd`` are those of the mutual information under shuffling, in nats."""

    index: float | None
    null_mean: float | None
    null_sd: float | None
    z: float | None
    handovers: int

    def to_dict(self) -> dict[str, float | int | None]:
        return asdict(self)


def discriminate(source: Places, target: Places, count: Places) -> Discrimination:
    """From hand-overs ``source[i] -> target[i]``, ``count[i]`` times each, between different units (any
    codes)."""
    handovers = int(count.sum())
    if len(np.unique(target[count > 0])) < 2:
        return Discrimination(None, None, None, None, handovers)
    source, target, count, units = _canonical(source, target, count)
    given = sums(count, source, units)
    customer_entropy = _entropy(sums(count, target, units))
    entropy = float((count * (np.log(given[source]) - np.log(count))).sum() / handovers)
    shuffled = _shuffled_entropies(source, target, count, units)
    mean, sd = float(shuffled.mean()), float(shuffled.std())
    sd = sd if sd > ROUNDING else 0.0
    if mean <= ROUNDING:  # the one assignment that is possible is a chain
        return Discrimination(1.0, customer_entropy, 0.0, None, handovers)
    gained = mean - entropy if sd or abs(mean - entropy) > ROUNDING else 0.0
    z = gained / sd if sd else None
    return Discrimination(gained / mean, customer_entropy - mean, sd, z, handovers)


def _canonical(source: Places, target: Places, count: Places) -> tuple[Places, Places, Places, int]:
    """Distinct hand-overs between units numbered by their figures, in that order."""
    codes = np.unique(np.concatenate((source, target)))
    units = len(codes)
    pair = np.searchsorted(codes, source) * units + np.searchsorted(codes, target)
    table = np.unique(pair[count > 0])
    summed = np.bincount(np.searchsorted(table, pair[count > 0]), count[count > 0]).astype(np.int64)
    order = canonical_order(table // units, table % units, summed, units)
    rank = np.argsort(order)
    source, target = rank[table // units], rank[table % units]
    rows = np.lexsort((target, source))
    return source[rows], target[rows], summed[rows], units


def _entropy(counts: Amounts) -> float:
    total = counts.sum()
    return float(np.log(total) - xlogy(counts, counts).sum() / total)


def _shuffled_entropies(source: Places, target: Places, count: Places, units: int) -> Amounts:
    """Draws of the customer's entropy given the supplier, under shuffling. ``float64[draws]``"""
    rng = default_rng(SEED)
    total = int(count.sum())
    by_count = xlogy(np.arange(total + 1.0), np.arange(total + 1.0))
    given = by_count[sums(count, source, units).astype(np.int64)].sum()
    if units <= UNITS_IN_TABLES and units**2 <= total:
        table = np.zeros((units, units), dtype=np.int64)
        table[source, target] = count
        chains = shuffled_tables(table, rng, tables=32, settle=40, apart=2)
        inside = np.concatenate([by_count[tables].sum(axis=(1, 2)) for tables in islice(chains, 25)])
        return np.asarray((given - inside) / total, dtype=np.float64)
    source, target = np.repeat(source, count), np.repeat(target, count)
    draws = islice(shuffled_pairs(source, target, rng, settle=20, apart=2), 60)
    inside = np.array([by_count[_counts(source * units + now)].sum() for now in draws])
    return np.asarray((given - inside) / total, dtype=np.float64)


def _counts(pairs: Places) -> Places:
    return np.unique(pairs, return_counts=True)[1]
