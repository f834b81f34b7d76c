"""Ratings as the decisions the engine takes: from a table here, from closed periods in `dataset.periods` (which needs the
database; the command line does without)."""

from fairgate.fairness.dataset.levels import good_level, likely_levels, numbers_in_order
from fairgate.fairness.dataset.tables import (
    CantBeScored,
    Rated,
    category,
    only_teams,
    rated,
    team_counts,
    with_blank,
)

__all__ = [
    "CantBeScored",
    "Rated",
    "category",
    "good_level",
    "likely_levels",
    "numbers_in_order",
    "only_teams",
    "rated",
    "team_counts",
    "with_blank",
]
