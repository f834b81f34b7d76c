"""Figures that watch over a gate: agreement of two judges, and escapes corrected for those that haven't shown yet."""

from fairgate.engines.monitoring.delays import Delays, exponential, fit_delays, product_limit
from fairgate.engines.monitoring.errors import BadDelays, BadTable, MonitoringError
from fairgate.engines.monitoring.kappa import Kappa, Specific, against_the_rest, kappa, specific
from fairgate.engines.monitoring.proportion import Proportion, proportion
from fairgate.engines.monitoring.reporting_delay import Rate, corrected_rate, plain_rate

__all__ = [
    "BadDelays",
    "BadTable",
    "Delays",
    "Kappa",
    "MonitoringError",
    "Proportion",
    "Rate",
    "Specific",
    "against_the_rest",
    "corrected_rate",
    "exponential",
    "fit_delays",
    "kappa",
    "plain_rate",
    "product_limit",
    "proportion",
    "specific",
]
