"""Whether a team's scores can be given after some periods: their ballots add up, each period's kept by itself.

With S the kept ballots of the team, of which some are not approvals where such a cell was ever kept (then there are five):
P(S ≥ 20 and at most two deciders) = Σ_pairs E[(2/D)^S; S ≥ 20] − …, as in `tables`, and E[φ^S] over periods is a power.
"""

from dataclasses import dataclass
from itertools import accumulate, repeat
from math import comb

import numpy as np

from fairgate.engines.disclosure.planning.cells import Floats, extracted, factors, poisson, product, weighted
from fairgate.engines.disclosure.planning.rules import Rules


@dataclass(frozen=True, slots=True)
class Team:
    """``people``; a person's ballot falls into the team's ``approving`` and ``others`` cells with these probabilities."""

    people: int
    approving: tuple[float, ...]
    others: tuple[float, ...]
    deciders: int

    @property
    def rest(self) -> float:
        return max(0.0, 1.0 - sum(self.approving) - sum(self.others))


def scored(team: Team, rules: Rules, periods: int, *, with_refusals: bool) -> Floats:
    """By number of closed periods from 1 to ``periods``: the probability that the team has a fair score, or, with refusals,
    a refusal score and a fair score of its own."""
    if team.deciders < rules.deciders or not team.people:
        return np.zeros(periods)
    every = _reached(team, rules, periods, without_refusals=False)
    if not with_refusals:
        return every
    return np.clip(every - _reached(team, rules, periods, without_refusals=True), 0.0, 1.0)


def _reached(team: Team, rules: Rules, periods: int, *, without_refusals: bool) -> Floats:
    """P(S ≥ ballots and three or more deciders [and no cell of non-approvals was ever kept]) after 1, 2, … periods."""
    one = _few(team, rules, without_refusals)
    few = np.array(
        list(accumulate(repeat(one, periods), lambda so_far, next_: np.convolve(so_far, next_)[: len(one)]))
    )
    d, powers = team.deciders, np.arange(1, periods + 1)
    found = np.zeros(periods)
    for weight, factor in ((1.0, 1.0), (-comb(d, 2), 2 / d), (d * (d - 2), 1 / d)):
        whole = _mean_power(team, rules.share, factor, without_refusals) ** powers
        found += weight * (whole - few @ factor ** np.arange(few.shape[1]))
    return np.clip(found, 0.0, 1.0)


def _few(team: Team, rules: Rules, without_refusals: bool) -> Floats:
    """P(S = s) in one period for s below the ballots of a score."""
    size, k = rules.ballots, rules.share
    counts = np.zeros((size, 1))  # [kept, dropped]
    counts[0, 0] = 1.0
    for place, q in enumerate((*team.approving, *team.others)):
        may_be_kept = place < len(team.approving) or not without_refusals
        pmf = poisson(size, team.people * q)
        new = np.zeros((size, counts.shape[1] + k - 1))
        for n in range(size):
            if n < k:
                new[:, n : n + counts.shape[1]] += pmf[n] * counts
            elif may_be_kept:
                new[n:, : counts.shape[1]] += pmf[n] * counts[: size - n]
        counts = new
    paid = sum(team.approving) + sum(team.others)
    factor = factors(team.people, size + counts.shape[1], team.rest, paid)
    return np.array([counts[s] @ factor[s : s + counts.shape[1]] for s in range(size)])


def _mean_power(team: Team, k: int, factor: float, without_refusals: bool) -> float:
    """E[factor^S [and no cell of non-approvals is kept]] in one period."""
    others = 0.0 if without_refusals else factor
    terms = product(
        weighted(team.people, team.approving, k, factor), weighted(team.people, team.others, k, others)
    )
    return extracted(team.people, terms, team.rest)
