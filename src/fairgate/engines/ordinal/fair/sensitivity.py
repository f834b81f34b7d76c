"""Which assumption the comparison hangs on, in three figures and a sentence each.

- E-value (VanderWeele & Ding 2017, *Sensitivity analysis in observational research*): RR + √(RR (RR - 1)), how strongly
  something unmeasured about requests would have to go with both team and rating to explain the difference away.
- Tipping point (Little 1993, *Pattern-mixture models for multivariate incomplete data*): by how much, on the scale of
  the link, those who didn't answer would have to have been rated lower for the first team to fall to the last one.
- R-indicator (Schouten, Cobben & Bethlehem 2009, *Indicators for the representativeness of survey response*):
  1 - 2·S(ρ), with ρ the chance to answer given team, case and outcome; 1 is alike for all.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """``highest`` and ``lowest`` are the teams compared; a figure is None where it has no meaning (everybody answered, or
    fewer than two teams have a score). ``e_value_limit`` is that of the interval's end nearer to no difference."""

    highest: str | None
    lowest: str | None
    risk_ratio: float | None
    e_value: float | None
    e_value_limit: float | None
    tipping_point: float | None
    response_rate: float
    r_indicator: float | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "e_value": {
                "teams": [self.highest, self.lowest],
                "risk_ratio": self.risk_ratio,
                "estimate": self.e_value,
                "interval_end": self.e_value_limit,
                "sentence": self.e_value_sentence,
            },
            "tipping_point": {"delta": self.tipping_point, "sentence": self.tipping_sentence},
            "r_indicator": {
                "estimate": self.r_indicator,
                "response_rate": self.response_rate,
                "sentence": self.r_sentence,
            },
        }

    @property
    def e_value_sentence(self) -> str:
        if self.e_value is None or self.e_value_limit is None:
            return "Fewer than two teams have a score: there is no difference to explain away."
        if self.e_value_limit <= 1.0:
            return f"Between {self.highest} and {self.lowest} chance alone may explain the difference."
        return (
            f"To explain away the difference between {self.highest} and {self.lowest}, something unmeasured about the requests "
            f"would have to be {self.e_value:.1f} times as frequent with one team, and make a good rating "
            f"{self.e_value:.1f} times as likely ({self.e_value_limit:.1f} times for the end of the interval)."
        )

    @property
    def tipping_sentence(self) -> str:
        if self.response_rate >= 1.0:
            return "Every decision in the table has an answer, or decisions without one were left out of it."
        if self.highest is None:
            return "Fewer than two teams have a score: there is no order to tip."
        if self.tipping_point is None:
            return f"Even if all who didn't answer about {self.highest} were dissatisfied, it would stay ahead of {self.lowest}."
        return (
            f"{self.highest} falls to {self.lowest} if those who didn't answer about it would have rated "
            f"{-self.tipping_point:.1f} lower on the scale of the link than those like them who did."
        )

    @property
    def r_sentence(self) -> str:
        if self.r_indicator is None:
            return "Who answered can't be compared with who didn't."
        return (
            f"{100 * self.response_rate:.0f} in 100 decisions have an answer; how alike the chance to answer is over teams, "
            f"cases and outcomes: {self.r_indicator:.2f} (1 is alike for all)."
        )


def e_value(ratio: float) -> float:
    """For a risk ratio; below 1 its inverse is taken."""
    ratio = max(ratio, 1.0 / ratio) if ratio > 0 else float("inf")
    return float(ratio + (ratio * (ratio - 1.0)) ** 0.5)
