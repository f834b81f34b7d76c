"""Every write of the room: scenarios, their editions, runs."""

from fairgate.engines.counterfactual import CounterfactualError
from fairgate.whatif.actions.living import compute
from fairgate.whatif.actions.runs import NoReason, request_run, run_again, run_at_once
from fairgate.whatif.actions.scenarios import (
    Changed,
    NoRecords,
    calibrate_scenario,
    change_scenario,
    make_scenario,
    renew_scenario,
)

__all__ = [
    "Changed",
    "CounterfactualError",
    "NoReason",
    "NoRecords",
    "calibrate_scenario",
    "change_scenario",
    "compute",
    "make_scenario",
    "renew_scenario",
    "request_run",
    "run_again",
    "run_at_once",
]
