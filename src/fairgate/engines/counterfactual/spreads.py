"""A figure over what we hold possible: its middle, its band, and what is left to chance.

Two spreads, never mixed: ``low`` and ``high`` bound the middle 90% of what we hold possible (only knowledge shrinks it);
``error`` is the standard error of ``middle``, what another seed would move it by (more replicates shrink it). They come from
a nested design: sets of values outside, replicates inside. Means of sets scatter more than expectations do, because each
still carries chance: Var(E) = Var(means of sets) - mean Var(within) / R (Sun, Apley & Staum 2011, *Efficient nested
simulation for estimating the variance of a conditional expectation*); the scatter is shrunk to that. The error of a median
of S means is that of their mean times sqrt(pi / 2), as for normal ones.

Where chance explains all of the scatter the sets shrink to one point, which is no knowledge: so no band is narrower than what
chance leaves open of its middle (90%), as far as any set went.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BAND = (0.05, 0.95)
POINTS = (BAND[0], 0.5, BAND[1])
Z95 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Figure:
    """``middle`` is the median over the sets held possible, ``low`` to ``high`` the middle 90% of them, or what chance leaves
    open of ``middle`` where that is wider; ``error`` the standard error of ``middle``. The one figure that is told anywhere; it
    lies within its band."""

    middle: float
    low: float
    high: float
    error: float


def figure(held: Array) -> Figure:
    """Of a quantity that every business has; ``held`` [sets, replicates]."""
    return _figure(held.mean(axis=1), _noise(held))


def ratio(part: Array, whole: Array, *, times: float = 1.0) -> Figure | None:
    """Of sums of ``part`` to sums of ``whole``, both [sets, replicates], ``times`` that; sets without any of the whole are left
    out, and where all are, there is no figure. The chance in each is that of the ratio estimator."""
    some = whole.sum(axis=1) > 0
    if not some.any():
        return None
    part, whole = part[some], whole[some]
    each = part.sum(axis=1) / whole.sum(axis=1)
    residual = part - each[:, None] * whole
    replicates = whole.shape[1]
    noise = (residual**2).sum(axis=1) / (replicates - 1) / replicates / whole.mean(axis=1) ** 2
    return _figure(times * each, times**2 * float(noise.mean()))


def share_above(apart: Array) -> float:
    """In which share of the sets a difference is expected to be above 0, the chance in each set's mean taken out; ties halved."""
    means = _shrunk(apart.mean(axis=1), _noise(apart))
    return float((means > 0).mean() + (means == 0).mean() / 2)


def between(held: Array) -> float:
    """Var(E): the variance of expectations over sets; 0 where chance alone explains the scatter."""
    scatter = float(held.mean(axis=1).var(ddof=1))
    return max(0.0, scatter - _noise(held))


def _noise(held: Array) -> float:
    """What chance adds to the variance of means of sets."""
    return float(held.var(axis=1, ddof=1).mean() / held.shape[1])


def _figure(means: Array, noise: float) -> Figure:
    low, middle, high = (float(x) for x in np.quantile(_shrunk(means, noise), POINTS))
    scatter = float(means.std(ddof=1)) if len(means) > 1 else 0.0
    error = float(np.sqrt(np.pi / 2 / len(means))) * scatter
    least, most = max(middle - Z95 * error, float(means.min())), min(middle + Z95 * error, float(means.max()))
    return Figure(middle, min(low, least), max(high, most), error)


def _shrunk(means: Array, noise: float) -> Array:
    scatter = float(means.var(ddof=1)) if len(means) > 1 else 0.0
    factor = np.sqrt(max(0.0, scatter - noise) / scatter) if scatter > 0 else 0.0
    return np.asarray(means.mean() + factor * (means - means.mean()))
