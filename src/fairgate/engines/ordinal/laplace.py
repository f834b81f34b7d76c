"""Minus the log-likelihood by Laplace's approximation, with its exact gradient.

Random effects are b = Λu with u standard normal and Λ the standard deviations. With f(u) = -log p(y | u) + u'u/2,
its minimum û (the *modes*), and H = I + ΛZ'WZΛ its curvature there,

    -log L ≈ f(û) + log|H| / 2.

By the envelope theorem only the log-determinant moves with the modes. Its derivative by u, half of Σ h · w · bend · z,
is carried back by one solve with H (the adjoint); the derivative by log sd of a factor has the trace
Σ (1 - H⁻¹ⱼⱼ) over its levels besides. With a penalty, log sd of the named factors is added to the
log-likelihood (Chung et al. 2013, *A nondegenerate penalized likelihood estimator for variance parameters in
multilevel models*): a gamma(2, 0) prior, which keeps the estimate away from zero where levels are few. A weak prior
(`prior`) adds the squares of fixed effects and standard deviations.

Parameters are one vector: thresholds ``[K - 1]``, fixed effects ``[p]``, log standard deviations ``[factors]``.
"""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.ordinal.arrangement import Arrangement
from fairgate.engines.ordinal.arrays import Amounts, Flags
from fairgate.engines.ordinal.arrow import Arrow
from fairgate.engines.ordinal.cutpoints import Link, cutpoints
from fairgate.engines.ordinal.links import CODES
from fairgate.engines.ordinal.passes import curvatures, informations, leverages, scores, slopes
from fairgate.engines.ordinal.prior import Prior

CLOSEST = 1e-7  # thresholds nearer than this have no likelihood
CHORDS, NEWTONS, HALVINGS = 14, 60, 40


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The approximation at one vector of parameters.

    ``objective`` is minus the (penalised) log-likelihood and ``gradient`` its derivative; ``modes`` û ``float64[A + B]``
    in standard deviations; ``variance`` H⁻¹ⱼⱼ, alike; ``factor`` H at the modes; ``trace`` Σ (1 - H⁻¹ⱼⱼ) by factor.
    """

    parameters: Amounts
    objective: float
    log_likelihood: float
    gradient: Amounts
    modes: Amounts
    variance: Amounts
    factor: Arrow
    trace: Amounts


@dataclass(frozen=True, slots=True, eq=False)
class Information:
    """Joint information at a point. ``fixed`` float64[q, q] and ``crossed`` float64[A + B, q] of thresholds, fixed
    effects and each factor's working column; ``solved`` is H⁻¹ crossed; ``moving`` how the modes move with
    each parameter, float64[A + B, q]."""

    fixed: Amounts
    crossed: Amounts
    solved: Amounts
    moving: Amounts

    @property
    def profiled(self) -> Amounts:
        """What is left after the random effects are taken out, ``float64[q, q]``."""
        left = self.fixed - self.crossed.T @ self.solved
        return np.asarray((left + left.T) / 2)


class Laplace:
    """The objective for one arrangement. It remembers the last factor and modes, to start near the next ones."""

    def __init__(
        self,
        arranged: Arrangement,
        link: Link,
        penalised: Flags | None = None,
        prior: Prior | None = None,
    ) -> None:
        self.arranged, self.link = arranged, CODES[link]
        self.prior = prior
        self.penalised = (
            np.zeros(arranged.factors, dtype=np.bool_)
            if penalised is None
            else penalised[list(arranged.order)]
        )
        a, b = arranged.groups, len(arranged.factor_of)
        self._by_group, self._by_other, self._curve = np.empty(a), np.empty(b), np.empty(a)
        self._crossed, self._among = np.empty(len(arranged.met)), np.empty((b, b))
        self._leverage = np.empty(len(arranged.rating))
        self._modes = np.zeros(arranged.size)
        self._stale: Arrow | None = None

    @property
    def size(self) -> int:
        return self.arranged.levels - 1 + self.arranged.columns + self.arranged.factors

    def split(self, parameters: Amounts) -> tuple[Amounts, Amounts, Amounts]:
        """Thresholds, fixed effects, standard deviations."""
        cut, p = self.arranged.levels - 1, self.arranged.columns
        return parameters[:cut], parameters[cut : cut + p], np.exp(parameters[cut + p :])

    def possible(self, parameters: Amounts) -> bool:
        thresholds, _, sd = self.split(parameters)
        return bool(
            np.isfinite(parameters).all() and (np.diff(thresholds) > CLOSEST).all() and (sd < 1e4).all()
        )

    def at(self, parameters: Amounts, tolerance: float = 1e-10, guess: Amounts | None = None) -> Point | None:
        """The point, or None where the likelihood has no value. ``tolerance`` is on u's Newton decrement."""
        if not self.possible(parameters):
            return None
        self._place(parameters)
        if guess is not None:
            self._modes = guess
        try:
            value, factor = self._find_modes(tolerance)
        except FloatingPointError:
            return None
        gradient, variance = self._gradient(factor)
        objective = value + 0.5 * factor.log_determinant
        penalty = float(parameters[self.size - self.arranged.factors :][self.penalised].sum())
        gradient[self.size - self.arranged.factors :][self.penalised] -= 1.0
        penalty -= self._add_prior(parameters, gradient)
        if not (np.isfinite(objective) and np.isfinite(gradient).all()):
            return None
        return Point(
            parameters.copy(), objective - penalty, -objective, gradient, self._modes.copy(), variance, factor,
            self._by_factor(1.0 - variance),
        )  # fmt: skip

    def _add_prior(self, parameters: Amounts, gradient: Amounts) -> float:
        """Minus the prior's logarithm, with its slope added to the gradient."""
        if self.prior is None:
            return 0.0
        _, fixed, sd = self.split(parameters)
        slope, steep = self.prior.precision @ fixed, (sd / self.prior.spread) ** 2
        gradient[self._fixed] += slope
        gradient[self._fixed.stop :] += steep
        return float(0.5 * fixed @ slope + 0.5 * steep.sum())

    @property
    def _fixed(self) -> slice:
        cut = self.arranged.levels - 1
        return slice(cut, cut + self.arranged.columns)

    def information(self, point: Point) -> Information:
        """The joint information at a point that was the last one asked for, or is asked for again here."""
        self._place(point.parameters)
        it, q = self.arranged, self.size
        own, other = self._effects(point.modes)
        fixed, crossed = np.empty((q, q)), np.empty((it.size, q))
        informations(
            self.link, self._cuts, it.rating, it.weight, it.profile, self._offset, it.profiles, it.group_start,
            it.others, it.factor_of, own, other, it.factors, fixed, crossed,
        )  # fmt: skip
        if self.prior is not None:
            fixed[self._fixed, self._fixed] += self.prior.precision
        crossed *= self._sd_each[:, None]
        right = np.hstack([crossed, np.zeros((it.size, it.factors))])
        for k in range(it.factors):
            where = slice(0, it.groups) if k == 0 else it.groups + np.flatnonzero(it.factor_of == k)
            right[where, q + k] = point.modes[where]
        answer = point.factor.solve(right)
        solved, moving = answer[:, :q], -answer[:, :q]
        moving[:, q - it.factors :] += answer[:, q:]
        return Information(fixed, crossed, solved, moving)

    def _place(self, parameters: Amounts) -> None:
        thresholds, fixed, sd = self.split(parameters)
        it = self.arranged
        self._cuts = cutpoints(thresholds)
        self._offset = it.profiles @ fixed if len(fixed) else np.zeros(len(it.profiles))
        self._sd_own = float(sd[0]) if len(sd) else 0.0
        self._sd_other = sd[it.factor_of] if len(it.factor_of) else np.zeros(0)
        self._sd_each = np.concatenate((np.full(it.groups, self._sd_own), self._sd_other))

    def _effects(self, modes: Amounts) -> tuple[Amounts, Amounts]:
        effects = modes * self._sd_each
        return effects[: self.arranged.groups], effects[self.arranged.groups :]

    def _score(self, modes: Amounts, with_value: bool) -> tuple[float, Amounts]:
        """f(u), if asked for, and its derivative."""
        it = self.arranged
        own, other = self._effects(modes)
        value = scores(
            self.link, self._cuts, it.rating, it.weight, it.profile, self._offset, it.group_start, it.others,
            own, other, self._by_group, self._by_other, with_value,
        )  # fmt: skip
        return 0.5 * float(modes @ modes) - value, self._down(modes)

    def _down(self, modes: Amounts) -> Amounts:
        return np.asarray(modes - self._sd_each * np.concatenate((self._by_group, self._by_other)))

    def _curved(self, modes: Amounts) -> tuple[float, Amounts, Arrow]:
        """f(u), its derivative, and H factored."""
        it = self.arranged
        own, other = self._effects(modes)
        value = curvatures(
            self.link, self._cuts, it.rating, it.weight, it.profile, self._offset, it.group_start, it.others,
            it.slot, it.met_start, own, other, self._by_group, self._by_other, self._curve, self._crossed,
            self._among,
        )  # fmt: skip
        factor = Arrow.factor(
            it.met_start,
            it.met,
            it.elimination,
            self._curve,
            self._crossed,
            self._among,
            self._sd_own,
            self._sd_other,
        )
        # The factor may live in the buffer: the next one needs another.
        self._among = np.empty_like(self._among)
        self._stale = factor
        return 0.5 * float(modes @ modes) - value, self._down(modes), factor

    def _find_modes(self, tolerance: float) -> tuple[float, Arrow]:
        """Newton's method for û, after steps with the last factor have come near. Sets the modes; returns f there."""
        self._approach(tolerance)
        modes = self._modes
        for _ in range(NEWTONS):
            value, down, factor = self._curved(modes)
            step = factor.solve(down)
            decrement = float(down @ step)
            if not np.isfinite(decrement):
                raise FloatingPointError
            if decrement < tolerance:
                break
            modes = self._descend(modes, step, value, decrement)
        self._modes = modes
        return value - 0.5 * decrement, factor

    def _approach(self, tolerance: float) -> None:
        if self._stale is None:
            return
        modes, last = self._modes, np.inf
        for _ in range(CHORDS):
            _, down = self._score(modes, with_value=False)
            step = self._stale.solve(down)
            decrement = float(down @ step)
            if not decrement < 0.5 * last:  # the factor is too old to help, or was never near
                break
            self._modes, last = modes, decrement
            modes = modes - step
            if decrement < 0.1 * tolerance:
                self._modes = modes
                break

    def _descend(self, modes: Amounts, step: Amounts, value: float, decrement: float) -> Amounts:
        if decrement < 1e-2:
            return modes - step
        length = 1.0
        for _ in range(HALVINGS):
            there = modes - length * step
            if self._score(there, with_value=True)[0] <= value - 1e-4 * length * decrement:
                return there
            length /= 2
        raise FloatingPointError

    def _gradient(self, factor: Arrow) -> tuple[Amounts, Amounts]:
        it = self.arranged
        own, other = self._effects(self._modes)
        variance, covariance, among = factor.inverse()
        leverages(
            self.link, self._cuts, it.rating, it.weight, it.profile, self._offset, it.group_start, it.others,
            it.slot, it.met_start, own, other, self._sd_own, self._sd_other, variance, covariance, among,
            self._leverage, self._by_group, self._by_other,
        )  # fmt: skip
        adjoint = factor.solve(self._sd_each * np.concatenate((self._by_group, self._by_other)))
        adjoint_own, adjoint_other = self._effects(adjoint)
        thresholds, by_profile = np.empty(it.levels - 1), np.empty(len(it.profiles))
        slopes(
            self.link, self._cuts, it.rating, it.weight, it.profile, self._offset, it.group_start, it.others,
            own, other, self._leverage, adjoint_own, adjoint_other,
            thresholds, by_profile, self._by_group, self._by_other,
        )  # fmt: skip
        # A standard deviation stretches its effects: through eta, and through H itself.
        stretched = np.concatenate((own * self._by_group, other * self._by_other)) - self._modes * adjoint
        every = np.concatenate((variance, np.diagonal(among)))
        trace = self._by_factor(1.0 - every)
        upward = np.concatenate((thresholds, it.profiles.T @ by_profile, self._by_factor(stretched) - trace))
        return -upward, every

    def _by_factor(self, effects: Amounts) -> Amounts:
        it = self.arranged
        sums = np.zeros(it.factors)
        if it.factors:
            np.add.at(sums, it.factor_of, effects[it.groups :])
            sums[0] = effects[: it.groups].sum()
        return sums
