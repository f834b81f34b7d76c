"""How promises kept are told."""

from dataclasses import dataclass

import pytest

from fairgate.gate.wording import promised
from fairgate.shared.translations import ENGLISH


@dataclass(frozen=True)
class Figures:
    open_: int
    low: float
    high: float
    all: int = 100


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (Figures(2, 0.60, 0.80), "depending on them, the figure will lie between 60% and 80%."),
        (Figures(1, 0.60, 0.80), "depending on it, the figure will lie between 60% and 80%."),
        (Figures(1, 0.9010, 0.9014), "whatever becomes of it, the figure will stay at 90%."),
        (Figures(0, 0.9, 0.9), "None is open that could still be kept."),
    ],
)
def test_the_range_is_told_only_where_it_shows(figures, told):
    assert promised.range_(figures, ENGLISH).endswith(told)
