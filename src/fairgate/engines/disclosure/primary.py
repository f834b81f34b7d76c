"""Primary suppression: what a group starts from, by itself.

    too few raters or deciders → hidden
    ends of a scale            → coded (`coding`)

Groups of the same ballots start alike, and an earlier publication stays as it is.
"""

from collections.abc import Callable

import numpy as np

from fairgate.engines.disclosure.answers import STEPS, Answers, Combinations, Ints
from fairgate.engines.disclosure.coding import HIDDEN, Shown, finest, first_rung
from fairgate.engines.disclosure.layout import Layout
from fairgate.engines.disclosure.tables import Table
from fairgate.engines.disclosure.telling import Telling

MOST_EXACT = 20
"""Groups of an item up to which counts are tried exactly first; beyond, ranges from the start: nearly all would end there."""


def start(
    layout: Layout, counts: Ints, told: list[Shown | None], deciders: Callable[[int], int | None], width: int
) -> Telling:
    """Groups of the same ballots start, and stay, alike; as they were told, if they were."""
    same = _same(layout)
    rungs = np.full(len(layout.keys), -1, np.int64)
    fixed = [told[first] if first < len(told) else None for first in same.tolist()]
    ranges = len(rungs) > MOST_EXACT
    for group in np.flatnonzero(same >= len(told)).tolist():
        table = layout.tables[layout.table_of[group]]
        alone = rung_alone(table, counts[group], deciders(group), first_rung(table.detail) + ranges)
        alike = same == same[group]
        rungs[alike] = max(alone, int(rungs[alike].max()))
    return Telling(layout, counts, rungs, fixed, width, same)


def _same(layout: Layout) -> Ints:
    """The first group of the same ballots [G]."""
    first: dict[bytes, int] = {}
    members = layout.members
    classes = [np.sort(members[[group]].indices).tobytes() for group in range(len(layout.keys))]
    return np.array([first.setdefault(one, group) for group, one in enumerate(classes)], np.int64)


def rung_alone(table: Table, counts: Ints, deciders: int | None, finest_told: int) -> int:
    """The rung a group starts from, by itself."""
    few = counts[:STEPS].sum() < table.least or (deciders is not None and deciders < table.deciders)
    return HIDDEN if few else finest(counts, finest_told)


def deciders_in(
    answers: Answers, combined: Combinations, item: str, layout: Layout
) -> Callable[[int], int | None]:
    """How many decided on what the raters of a group rated; None where that is not known of any ballot."""
    if answers.decider is None:
        return lambda group: None
    known = (answers.items[item] >= 0) & (answers.decider >= 0)
    pairs = np.column_stack((layout.class_of[combined.of[known]], answers.decider[known]))
    pairs = np.unique(pairs, axis=0)

    def count(group: int) -> int:
        inside = np.isin(pairs[:, 0], layout.members[[group]].indices)
        return len(np.unique(pairs[inside, 1]))

    return count
