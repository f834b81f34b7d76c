"""What a person is asked about in a period: by approving or not, the probability that it is the one decision.

Let a person's approvals and non-approvals be Poisson with means α and β, times a gamma factor G of mean 1 and squared
coefficient of variation c that says how often this person asks. As the voice picks (`voice.rules.picking`), every decision
has an exponential ticket of rate 1 or w (the oversampling). One below t is asked about at once, an approval with chance
f = 1 − e^−t, a non-approval with g = 1 − e^−wt; if none was, the smallest ticket wins at the end. By thinning,

    P(at once, and about a non-approval) = βg/F · (1 − E e^(−FG)),   F = αf + βg,

and those left, Poisson with means a = α(1 − f) and b = β(1 − g), are independent of that. Of them a non-approval is picked
with weight w against 1 with probability (1/x = ∫ e^(−sx) ds, then u = e^−s)

    E[e^(−FG) · wB/(A + wB)] = ∫₀¹ w b u^(w−1) · E[G e^(−G(F + b(1 − u^w) + a(1 − u)))] du,

with E e^(−sG) = (1 + cs)^(−1/c) and E[G e^(−sG)] = (1 + cs)^(−1/c − 1); e^−s both where c = 0. Left out: that of several
decisions of one night the smallest ticket wins, and that somebody whose first decision falls into the last two weeks is
asked about the first.
"""

from math import exp, expm1, log1p

from scipy.integrate import quad


def asked_about(
    approvals: float, others: float, *, oversampling: float, concentration: float = 0.0, at_once: float = 0.25
) -> tuple[float, float]:
    """The probabilities to be asked about an approval and about a non-approval, given how many of each a person expects in the
    period. Their sum is the probability to be asked at all."""
    soon = 1.0 - (1.0 - at_once) ** oversampling
    now = approvals * at_once + others * soon
    left, left_others = approvals * (1.0 - at_once), others * (1.0 - soon)
    first = -_expm1(now, concentration)

    def picked(u: float, rate: float, weight: float) -> float:
        so_far = now + left_others * (1.0 - u**oversampling) + left * (1.0 - u)
        density: float = rate * weight * u ** (weight - 1.0) * _tilted(so_far, concentration)
        return density

    found = []
    for share, rate, weight in ((approvals * at_once, left, 1.0), (others * soon, left_others, oversampling)):
        at_first = first * share / now if now else 0.0
        at_last = quad(picked, 0.0, 1.0, args=(rate, weight), epsabs=1e-11, limit=200)[0] if rate else 0.0
        found.append(at_first + at_last)
    return found[0], found[1]


def _expm1(s: float, c: float) -> float:
    """E e^(−sG) − 1."""
    return expm1(-log1p(c * s) / c) if c > 1e-9 else expm1(-s)


def _tilted(s: float, c: float) -> float:
    """E[G e^(−sG)]."""
    return exp(-(1.0 / c + 1.0) * log1p(c * s)) if c > 1e-9 else exp(-s)
