"""Lognormal times, given by their mean and their variation (standard deviation over mean)."""

import math


def lognormal(mean: float, variation: float) -> tuple[float, float]:
    """μ and σ of the logarithm: σ² = ln(1 + variation²), μ = ln(mean) - σ²/2."""
    variance = math.log1p(variation * variation)
    return math.log(mean) - variance / 2, math.sqrt(variance)
