"""Figures that watch over a gate: agreement of two judges, and escapes corrected for those that haven't shown yet."""

from fairgate.engines.monitoring.delays import Delays, exponential, fit_delays, product_limit
from fairgate.engines.monitoring.errors import BadDelays, BadTable, MonitoringError
from fairgate.engines.monitoring.kappa import Kappa, Specific, against_the_rest, kappa, specific
from fairgate.engines.monitoring.proportion import Difference, Proportion, difference, proportion
from fairgate.engines.monitoring.reporting_delay import (
    Expected,
    Rate,
    corrected_rate,
    plain_rate,
    still_to_show,
)

__all__ = [
    "BadDelays",
    "BadTable",
    "Delays",
    "Difference",
    "Expected",
    "Kappa",
    "MonitoringError",
    "Proportion",
    "Rate",
    "Specific",
    "against_the_rest",
    "corrected_rate",
    "difference",
    "exponential",
    "fit_delays",
    "kappa",
    "plain_rate",
    "product_limit",
    "proportion",
    "specific",
    "still_to_show",
]
