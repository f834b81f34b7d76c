"""How likely money runs out.

- Gambler's ruin (Feller I, chapter 14): one unit won with chance p, lost with q = 1 - p. From k, before reaching N:
  ((q/p)^k - (q/p)^N) / (1 - (q/p)^N); for N = ∞ and p > q it is (q/p)^k.
- Cramér–Lundberg with exponential claims of mean 1/β and premiums loaded by θ: ψ(u) = exp(-θ β u / (1 + θ)) / (1 + θ).
"""

import math


def gamblers_ruin(p: float, start: float, target: float = math.inf) -> float:
    ratio = (1 - p) / p
    if ratio == 1:
        return 1 - start / target if math.isfinite(target) else 1.0
    if math.isinf(target):
        return min(1.0, float(ratio**start))
    if ratio > 1:  # the same, multiplied through by (p/q)^N so that nothing overflows
        back = 1 / ratio
        return float((back ** (target - start) - 1) / (back**target - 1))
    return float((ratio**start - ratio**target) / (1 - ratio**target))


def cramer_lundberg(loading: float, claim_rate: float, capital: float) -> float:
    """ψ(u); ``claim_rate`` is β, one over the mean claim."""
    return math.exp(-loading * claim_rate * capital / (1 + loading)) / (1 + loading)
