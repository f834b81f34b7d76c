"""Other linear figures that were told somewhere: raw shares and means, rounded as they stood on a page.

A share of good ratings of p percent, rounded to r points, says that good / rated lies in p ± r/2; with rated unknown
that is still linear:

    Σ (200 · good − (2p − r) · rated) ≥ 0        Σ (200 · good − (2p + r) · rated) ≤ 0

and a mean m rounded to 1/q, steps 1 to 5, gives Σ (2q · step − (2qm ∓ 1) · rated) in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.disclosure.answers import STEPS, Ints
from fairgate.engines.disclosure.system import ANY


@dataclass(frozen=True)
class Figure:
    """``low`` ≤ Σ ``weights`` [6] · answers ≤ ``high``, over the ballots ``where`` every attribute has one of these codes."""

    item: str
    where: Mapping[str, tuple[int, ...]]
    weights: tuple[int, ...]
    low: int
    high: int

    def inside(self, codes: Mapping[str, Ints]) -> NDArray[np.bool_]:
        """Which combinations it is about [c]."""
        n = len(next(iter(codes.values()))) if codes else 1
        found = np.ones(n, bool)
        for name, among in self.where.items():
            found &= np.isin(codes[name], among)
        return found


def share_figure(
    item: str,
    where: Mapping[str, tuple[int, ...]],
    percent: int,
    *,
    steps: tuple[int, ...] = (3, 4),
    points: int = 1,
) -> tuple[Figure, Figure]:
    """ "``percent`` of them gave one of ``steps``", rounded to ``points``."""

    def weights(edge: int) -> tuple[int, ...]:
        return (*(200 * (level in steps) - edge for level in range(STEPS)), 0)

    at_least = Figure(item, where, weights(2 * percent - points), 0, ANY)
    return at_least, Figure(item, where, weights(2 * percent + points), -ANY, 0)


def mean_figure(
    item: str, where: Mapping[str, tuple[int, ...]], mean: float, *, digits: int = 1
) -> tuple[Figure, Figure]:
    """ "The mean of steps 1 to 5 is ``mean``", rounded to ``digits`` decimals."""
    q = 10**digits
    told = round(mean * q)

    def weights(edge: int) -> tuple[int, ...]:
        return (*(2 * q * (level + 1) - edge for level in range(STEPS)), 0)

    at_least = Figure(item, where, weights(2 * told - 1), 0, ANY)
    return at_least, Figure(item, where, weights(2 * told + 1), -ANY, 0)
