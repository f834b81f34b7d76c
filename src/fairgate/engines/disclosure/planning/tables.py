"""Whether a cell of a published table can be shown in one period.

All ballots of one group (everybody, those approved, juniors refused …) are counted together, over teams. It is shown if
enough kept ballots are in it and they are about decisions of at least three people. P(at most two deciders) follows from
inclusion and exclusion: with Q(A) the probability that all kept ballots are of deciders in A, and D deciders in all,

    P(at most 2) = Σ_pairs Q({i, j}) − (D − 2) Σ_i Q({i}) + (D − 1 choose 2) Q({}).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import comb, prod

import numpy as np
from scipy.stats import binom

from fairgate.engines.disclosure.planning.cells import Term, dropped, extracted, poisson, product, weighted
from fairgate.engines.disclosure.planning.rules import Rules

NEGLIGIBLE = 1e-7
"""What is less probable is left out: figures are told in whole percent."""


@dataclass(frozen=True, slots=True)
class Group:
    """By team with a ballot possible: the probabilities that a person's ballot falls into each outcome, and the deciders."""

    people: int
    cells: tuple[tuple[float, ...], ...]
    deciders: tuple[int, ...]

    @property
    def all_cells(self) -> tuple[float, ...]:
        return tuple(q for of_team in self.cells for q in of_team)

    @property
    def rest(self) -> float:
        return max(0.0, 1.0 - sum(self.all_cells))

    @property
    def expected(self) -> float:
        """Ballots."""
        return self.people * sum(self.all_cells)

    def expected_kept(self, k: int) -> float:
        """Σ E[n; n ≥ k] = Σ N q · P(another k − 1 or more among the N − 1 others)."""
        return float(sum(self.people * q * binom.sf(k - 2, self.people - 1, q) for q in self.all_cells))


def group(people: int, cells: Sequence[Sequence[float]], deciders: Sequence[int]) -> Group:
    """Without what can't be: outcomes of probability 0, teams without any."""
    there = [(tuple(q for q in of_team if q > 0), d) for of_team, d in zip(cells, deciders, strict=True)]
    there = [(of_team, d) for of_team, d in there if of_team]
    return Group(people, tuple(of_team for of_team, _ in there), tuple(d for _, d in there))


def shown(of: Group, rules: Rules, least: int) -> float:
    """The probability that at least ``least`` kept ballots (at most twice as many as make a cell) are there, of three or more
    deciders."""
    if not of.people or sum(of.deciders) < rules.deciders:
        return 0.0
    enough = 1.0 - _at_most_two(of, rules.share) - _too_few(of, rules, least)
    return min(1.0, max(0.0, enough))


def _at_most_two(of: Group, k: int) -> float:
    total = sum(of.deciders)
    empty = [prod(float(binom.cdf(k - 1, of.people, q)) for q in cells) for cells in of.cells]
    if _all_but(empty, 2) < NEGLIGIBLE:
        return 0.0
    found = comb(total - 1, 2) * _only(of, k, {})
    alike = _alike(of)
    for at, teams in enumerate(alike):
        t, d, n = teams[0], of.deciders[teams[0]], len(teams)
        found -= n * (total - 2) * d * _only(of, k, {t: 1})
        found += n * comb(d, 2) * _only(of, k, {t: 2})
        found += comb(n, 2) * d * d * (_only(of, k, {t: 1, teams[1]: 1}) if n > 1 else 0.0)
        for others in alike[at + 1 :]:
            u = others[0]
            found += n * len(others) * d * of.deciders[u] * _only(of, k, {t: 1, u: 1})
    return found


def _alike(of: Group) -> list[list[int]]:
    """Teams with the same cells and as many deciders, together: what holds of one of them holds of each."""
    found: dict[tuple[tuple[float, ...], int], list[int]] = {}
    for t, key in enumerate(zip(of.cells, of.deciders, strict=True)):
        found.setdefault(key, []).append(t)
    return list(found.values())


def _all_but(empty: Sequence[float], most: int) -> float:
    """At least the probability that all but ``most`` of some teams or cells keep nothing, from the probability of each to:
    Σ over who may keep something of Π over the others. Counts of cells are negatively associated, so the product is no less
    than the probability (Joag-Dev & Proschan 1983, *Annals of Statistics* 11:286)."""
    if len(empty) <= most:
        return 1.0
    sums = [1.0] + [0.0] * most  # by how many of them were left out
    for chance in empty:
        sums = [sums[0] * chance] + [sums[n] * chance + sums[n - 1] for n in range(1, most + 1)]
    return sum(sums)


def _only(of: Group, k: int, chosen: dict[int, int]) -> float:
    """The probability that every kept ballot is of certain deciders: ``chosen[team]`` of that team's, none of the others."""
    terms = [Term(np.ones(1), 0.0, 0.0)]
    for t, cells in enumerate(of.cells):
        factor = min(chosen.get(t, 0) / of.deciders[t], 1.0)
        terms = product(terms, weighted(of.people, cells, k, factor))
    return extracted(of.people, terms, of.rest)


def _too_few(of: Group, rules: Rules, least: int) -> float:
    """Three deciders or more, but fewer than ``least`` kept ballots: then one cell alone is kept (two would have 2k)."""
    k, cells = rules.share, of.all_cells
    if least <= k or _all_but([float(binom.cdf(k - 1, of.people, q)) for q in cells], 1) < NEGLIGIBLE:
        return 0.0
    deciders = [d for of_team, d in zip(of.cells, of.deciders, strict=True) for _ in of_team]
    small = [[dropped(of.people, q, k, 0.0)] for q in cells]
    nothing = [Term(np.ones(1), 0.0, 0.0)]
    before = list(accumulate(small, product, initial=nothing))
    after = list(accumulate(reversed(small), product, initial=nothing))[::-1]
    found = 0.0
    for at, q in enumerate(cells):
        alone = [_alone(of.people, q, k, least, deciders[at])]
        found += extracted(of.people, product(product(before[at], after[at + 1]), alone), of.rest)
    return found


def _alone(people: int, q: float, k: int, least: int, deciders: int) -> Term:
    """From k to least − 1 ballots of a cell, of three deciders or more."""
    several = [1.0 - at_most_two_of(deciders, int(count)) if count >= k else 0.0 for count in range(least)]
    return Term(poisson(least, people * q) * several, 0.0, q)


def at_most_two_of(deciders: int, ballots: int) -> float:
    """The probability that so many ballots, at least one, are about decisions of one or two of a team's equally busy
    deciders."""
    if deciders <= 2:
        return 1.0
    one, two = (1 / deciders) ** ballots, (2 / deciders) ** ballots
    return min(1.0, comb(deciders, 2) * two - deciders * (deciders - 2) * one)
