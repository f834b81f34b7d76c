"""From counted cells to what the ordinal engine takes: levels in order, categories, numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fairgate.engines.ordinal import Category, Measure
from fairgate.fairness.dataset import category, numbers_in_order, with_blank
from fairgate.readers.cells import Cells, row_of
from fairgate.readers.numbers import amounts
from fairgate.readers.problems import Problem, ReadError, listed, quoted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairgate.readers.choices import Choices

__all__ = ["category", "levels_of", "measure_or_category", "with_blank"]


def levels_of(
    path: Path, column: str, cells: Cells, given: str | None, choices: Choices
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Ratings as codes of levels, lowest first; without --levels they must be numbers.

    Errors: ReadError naming the first row whose rating is none of the levels.
    """
    found = cells.columns[column]
    own = next(iter(cells.source.columns.values()))
    if given is None:
        levels = numbers_in_order(found.names)
        if levels is None:
            raise ReadError([
                Problem(
                    path.name, None, own, f"ratings that are words: {listed(found.names)}", "numbers, or --levels",
                    "Say the order, lowest first: --levels poor,fair,good.",
                )
            ])  # fmt: skip
    else:
        levels = tuple(dict.fromkeys(level.strip() for level in given.split(",") if level.strip()))
        strange = [name for name in found.names if name not in levels]
        if strange:
            raise ReadError([
                Problem(
                    path.name, row_of(path, own, name, choices), own, quoted(name), f"one of {listed(levels)}"
                )
                for name in strange
            ])  # fmt: skip
    place = {level: code for code, level in enumerate(levels)}
    codes = np.array([*(place[name] for name in found.names), -1], dtype=np.int32)
    return codes[found.codes], levels


def measure_or_category(name: str, cells: Cells) -> Measure | Category:
    """Numbers where every cell is one, else names."""
    column = cells.columns[name]
    values, _ = amounts(list(column.names))
    if any(value is None for value in values):
        return category(name, cells)
    numbers = np.array([*(value for value in values if value is not None), np.nan])
    return Measure(name, numbers[column.codes])
