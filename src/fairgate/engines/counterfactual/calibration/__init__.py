"""Parameters from records: pure functions over arrays, each with its posterior.

`calibrate` puts them together; what records can't tell is said in `Calibrated.not_identified`.
"""

from fairgate.engines.counterfactual.calibration.calibrate import Calibrated, calibrate
from fairgate.engines.counterfactual.calibration.delays import DelayedRate, delayed_rate
from fairgate.engines.counterfactual.calibration.lead_times import LeadTimes, lead_times
from fairgate.engines.counterfactual.calibration.rates import Posterior, count_rate, share_of
from fairgate.engines.counterfactual.calibration.records import Records

__all__ = [
    "Calibrated",
    "DelayedRate",
    "LeadTimes",
    "Posterior",
    "Records",
    "calibrate",
    "count_rate",
    "delayed_rate",
    "lead_times",
    "share_of",
]
