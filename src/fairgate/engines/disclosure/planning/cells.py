"""Exact probabilities about cells of which small ones are dropped.

N people each give at most one ballot, which falls into cell c with probability q_c, or into none. A cell is kept where it
has at least k ballots. With φ_c^n the weight of n kept ballots (the probability that all of them come from certain deciders),

    E Π_c w_c(n_c) = N! [x^N]  e^(rx) · Π_c ( Σ_{n<k} (q_c x)^n/n! · (1 − φ_c^n)  +  e^(φ_c q_c x) ),

w_c(n) = 1 if n < k else φ_c^n, and r the probability of none. The product is a sum of polynomials times exponentials, and

    N! [x^N] x^j e^(sx) = N!/(N − j)! · s^(N − j):

nothing is simulated or cut off, whatever N is. φ = 0 means that nothing may be kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Term:
    """poly(x) · e^(sx), the coefficients of x^j times N^−j e^(−N·paid) so that none overflows."""

    poly: Floats
    s: float
    paid: float


def dropped(people: int, q: float, k: int, factor: float) -> Term:
    """Fewer than k ballots of a cell, n of them with weight 1 − factor^n (factor 0: weight 1, also at n = 0)."""
    weight = np.ones(k) if factor == 0.0 else 1.0 - factor ** np.arange(k)
    return Term(poisson(k, people * q) * weight, 0.0, q)


def poisson(size: int, mean: float) -> Floats:
    """Its probabilities of 0 to size − 1."""
    n = np.arange(size, dtype=np.float64)
    found: Floats = np.exp(xlogy(n, mean) - mean - gammaln(n + 1.0))
    return found


@lru_cache(maxsize=4096)
def weighted(people: int, cells: tuple[float, ...], k: int, factor: float) -> list[Term]:
    """Σ over all counts of these cells, each kept ballot with weight ``factor``: the product above, multiplied out."""
    terms = [Term(np.ones(1), 0.0, 0.0)]
    for q in cells:
        small = dropped(people, q, k, factor)
        of_cell = [small] if factor == 0.0 else [small, Term(np.ones(1), factor * q, 0.0)]
        terms = merged(product(terms, of_cell))
    return terms


def product(one: Sequence[Term], other: Sequence[Term]) -> list[Term]:
    return [Term(np.convolve(a.poly, b.poly), a.s + b.s, a.paid + b.paid) for a in one for b in other]


def merged(terms: Sequence[Term]) -> list[Term]:
    """Terms with the same exponents in one: with equal cells there are few."""
    found: dict[tuple[float, float], Term] = {}
    for term in terms:
        at = (round(term.s, 13), round(term.paid, 13))
        if at in found:
            size = max(len(term.poly), len(found[at].poly))
            both = np.zeros(size)
            both[: len(term.poly)] += term.poly
            both[: len(found[at].poly)] += found[at].poly
            term = Term(both, term.s, term.paid)
        found[at] = term
    return list(found.values())


def extracted(people: int, terms: Sequence[Term], rest: float) -> float:
    """N! [x^N] of the terms times e^(rest · x)."""
    return float(
        sum((term.poly * factors(people, len(term.poly), rest + term.s, term.paid)).sum() for term in terms)
    )


def factors(people: int, size: int, s: float, paid: float) -> Floats:
    """N!/(N − j)! · N^−j · s^(N − j) · e^(N·paid) for j < size; 0 for j > N."""
    j = np.arange(size, dtype=np.float64)
    left = people - j
    possible = left >= 0
    left = np.where(possible, left, 0.0)
    powers = xlogy(left, max(s, 0.0))
    logs = gammaln(people + 1.0) - gammaln(left + 1.0) - xlogy(j, people) + powers + people * paid
    return np.where(possible, np.exp(logs), 0.0)
