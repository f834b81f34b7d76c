"""Hand-overs with their customers shuffled: the null against which discrimination is measured.

Every way of giving the same customers to the same suppliers' hand-overs is equally likely, except that nobody
hands over to themselves. As a table with fixed margins and an empty diagonal, its probability is proportional
to 1 / Π nᵢⱼ!. Two samplers leave exactly this distribution unchanged: one moves whole tables (few units, many
hand-overs), one moves single hand-overs. Moves on 2 x 2 blocks off the diagonal and on cycles of three units
connect all such tables (Aoki & Takemura 2005, *Markov chain Monte Carlo exact tests for incomplete two-way
contingency tables*).
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaln

from fairgate.engines.customers.arrays import Amounts, Places

Tables = NDArray[np.int64]  # [tables, units, units], from supplier to customer


def shuffled_tables(table: Tables, rng: Generator, tables: int, settle: int, apart: int) -> Iterator[Tables]:
    """``tables`` chains side by side, each an ``int64[units, units]``; yielded every ``apart`` steps for
    ever."""
    chains = _near_tables(table, rng, tables)
    log_factorial = gammaln(np.arange(int(table.sum()) + 2) + 1.0)
    for _ in range(settle):
        _step(chains, rng, log_factorial)
    while True:
        yield chains
        for _ in range(apart):
            _step(chains, rng, log_factorial)


def _near_tables(table: Tables, rng: Generator, tables: int) -> Tables:
    """Random tables with the same sums, each unit's hand-overs to itself then exchanged with others: not yet
    the right distribution, but near it, where a structured table would take long to forget itself."""
    chains = np.empty((tables, *table.shape), dtype=np.int64)
    given = table.sum(axis=1)
    for chain in chains:
        left = table.sum(axis=0)
        for unit, handovers in enumerate(given):
            chain[unit] = rng.multivariate_hypergeometric(left, handovers)
            left -= chain[unit]
        for unit in range(len(table)):
            _exchange_own(chain, unit, rng)
    return chains


def _exchange_own(chain: Tables, unit: int, rng: Generator) -> None:
    """Exchange the customer of each hand-over to itself with one between others, picked at random."""
    other = np.delete(np.arange(len(chain)), unit)
    cells = chain[np.ix_(other, other)]
    taken = rng.multivariate_hypergeometric(cells.ravel(), chain[unit, unit]).reshape(cells.shape)
    chain[np.ix_(other, other)] -= taken
    chain[unit, other] += taken.sum(axis=0)
    chain[other, unit] += taken.sum(axis=1)
    chain[unit, unit] = 0


def _step(chains: Tables, rng: Generator, log_factorial: Amounts) -> None:
    units = np.broadcast_to(np.arange(chains.shape[1]), chains.shape[:2])
    if chains.shape[1] >= 4:
        _redraw_blocks(chains, rng.permuted(units, axis=1), rng)
    for _ in range(2):
        _turn_cycles(chains, rng.permuted(units, axis=1), rng, log_factorial)


def _redraw_blocks(chains: Tables, order: Places, rng: Generator) -> None:
    """Pair the suppliers; for each pair, pair the customers that are neither; redraw each 2 x 2 block given
    its sums. The blocks of one chain share no cell, so all are redrawn at once (a heat bath: the draw is
    hypergeometric)."""
    tables, n = order.shape
    a, b = order[:, 0 : n - n % 2 : 2], order[:, 1::2]
    keys = rng.random((tables, a.shape[1], n))
    for own in (a, b):
        np.put_along_axis(keys, own[:, :, None], 2.0, axis=2)
    customers = np.argsort(keys, axis=2)[:, :, : n - 2]
    c, d = customers[:, :, 0 : n - 2 - n % 2 : 2], customers[:, :, 1::2]
    chain = np.arange(tables)[:, None, None]
    a, b = a[:, :, None], b[:, :, None]
    ac, ad, bc, bd = chains[chain, a, c], chains[chain, a, d], chains[chain, b, c], chains[chain, b, d]
    change = rng.hypergeometric(ac + bc, ad + bd, ac + ad) - ac
    chains[chain, a, c] += change
    chains[chain, a, d] -= change
    chains[chain, b, c] -= change
    chains[chain, b, d] += change


def _turn_cycles(chains: Tables, order: Places, rng: Generator, log_factorial: Amounts) -> None:
    """Move t hand-overs round i→j→k→i and as many less round i→k→j→i, accepted by Metropolis. Steps of every
    size are tried, log-uniformly, whatever the state, so the proposal is symmetric."""
    tables, n = order.shape
    i, j, k = (order[:, place : n - n % 3 : 3] for place in range(3))
    chain = np.arange(tables)[:, None]
    largest = max(2.0, float(chains[0].sum()) / n)
    step = np.floor(np.exp(rng.random(i.shape) * np.log(largest))).astype(np.int64)
    step *= rng.choice(np.array([-1, 1]), size=i.shape)
    more, less = ((i, j), (j, k), (k, i)), ((i, k), (k, j), (j, i))
    gain = np.zeros(i.shape)
    fits = np.ones(i.shape, dtype=np.bool_)
    for cells, change in ((more, step), (less, -step)):
        for cell in cells:
            old = chains[chain, *cell]
            new = old + change
            fits &= new >= 0
            gain += log_factorial[old] - log_factorial[np.clip(new, 0, len(log_factorial) - 1)]
    step = np.where(fits & (np.log(rng.random(i.shape)) < gain), step, 0)
    for cells, change in ((more, step), (less, -step)):
        for cell in cells:
            chains[chain, *cell] += change


def shuffled_pairs(
    source: Places, target: Places, rng: Generator, settle: int, apart: int
) -> Iterator[Places]:
    """One chain of customers for single hand-overs, ``int64[handovers]``; yielded every ``apart`` sweeps for
    ever."""
    target = target.copy()
    for _ in range(settle):
        _sweep(source, target, rng)
    while True:
        yield target
        for _ in range(apart):
            _sweep(source, target, rng)


def _sweep(source: Places, target: Places, rng: Generator) -> None:
    """Each hand-over meets another, and then two others; they exchange customers on a coin's toss if nobody
    then hands over to themselves. Doing it again undoes it with the same chance: all assignments stay equally
    likely."""
    _exchange(source, target, rng, 2)
    _exchange(source, target, rng, 3)


def _exchange(source: Places, target: Places, rng: Generator, size: int) -> None:
    order = rng.permutation(len(source))
    groups = order[: len(order) - len(order) % size].reshape(-1, size)
    received = np.roll(target[groups], 1, axis=1)
    moves = (received != source[groups]).all(axis=1) & (rng.random(len(groups)) < 0.5)
    target[groups[moves]] = received[moves]
