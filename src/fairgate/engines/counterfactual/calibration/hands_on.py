"""How long a review takes, where records only say how long lots stay at the gate.

Time at the gate is a review and the wait for it: W = r + Wq(r), with Wq by Erlang C times (1 + v²)/2, the usual step from
M/M/c to general reviews (Lee & Longton 1959; exact for one reviewer and in heavy traffic). W grows with r, so one r fits.
"""

from math import inf

from fairgate.engines.counterfactual.closed.queues import wait_mmc

STEPS = 60


def hands_on(at_gate: float, *, reviewers: int, a_day: float, variation: float) -> float:
    """Mean review in the unit of ``at_gate`` (days), for ``a_day`` reviews begun a day. Always below ``at_gate``, and below
    what would overload ``reviewers``."""
    low, high = 0.0, min(at_gate, reviewers / a_day if a_day > 0 else inf)
    for _ in range(STEPS):
        middle = (low + high) / 2
        wait = wait_mmc(reviewers, a_day, middle) * (1 + variation**2) / 2
        low, high = (middle, high) if middle + wait < at_gate else (low, middle)
    return low
