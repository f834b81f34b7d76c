"""How much was decided lately: what a plan starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

A_YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True)
class DecidedLately:
    """``decisions`` by outcome, of ``months`` months up to and with the day ``until``; how many ``people`` handed in what was
    decided; how many ``teams`` decided, and the median of how many ``deciders`` they have."""

    until: date
    months: int
    decisions: Mapping[str, int]
    people: int
    teams: int
    deciders: int

    def a_year(self, outcome: str) -> int:
        return round(self.decisions.get(outcome, 0) * A_YEAR / self.months)
