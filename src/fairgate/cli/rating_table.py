"""From counted cells to what the ordinal engine takes: levels in order, categories, numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fairgate.engines.ordinal import Category, Measure
from fairgate.fairness.dataset import category, good_level, likely_levels, numbers_in_order, with_blank
from fairgate.readers.cells import Cells, row_of
from fairgate.readers.numbers import amounts
from fairgate.readers.problems import Problem, ReadError, listed, quoted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairgate.readers.choices import Choices

MOST_TOLD = 20

__all__ = ["category", "good_level", "levels_of", "likely_levels", "measure_or_category", "with_blank"]


def levels_of(
    path: Path,
    column: str,
    cells: Cells,
    given: str | None,
    choices: Choices,
    likely: Callable[[Sequence[str]], tuple[str, ...] | None] = numbers_in_order,
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Ratings as codes of levels, lowest first; without --levels they must be numbers, and ``likely`` tells their levels.

    Errors: ReadError naming the first row whose rating is none of the levels, or saying that no row has a rating.
    """
    found = cells.columns[column]
    own = next(iter(cells.source.columns.values()))
    if not found.names:
        nothing = "no rating in any row" if cells.rows else "no rows below the column names"
        expected = "a rating in each row that was answered"
        raise ReadError([Problem(path.name, None, own, nothing, expected, "Is it the right column?")])
    levels = _given(given) if given is not None else likely(found.names)
    if levels is None:
        raise ReadError(_words(path, own, found.names, choices))
    if given is None:
        _refuse_twice(path, own, found.names)
    if strange := [name for name in found.names if name not in levels]:
        raise ReadError(_strange(path, own, strange, f"one of {listed(levels)}", choices))
    place = {level: code for code, level in enumerate(levels)}
    codes = np.array([*(place[name] for name in found.names), -1], dtype=np.int32)
    return codes[found.codes], levels


def _given(levels: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(level.strip() for level in levels.split(",") if level.strip()))


def _strange(path: Path, own: str, names: Sequence[str], expected: str, choices: Choices) -> list[Problem]:
    return [
        Problem(path.name, row_of(path, own, name, choices), own, quoted(name), expected)
        for name in names[:MOST_TOLD]
    ]


def _words(path: Path, own: str, names: Sequence[str], choices: Choices) -> list[Problem]:
    """Among numbers a word is a slip; words alone have an order that only people know."""
    words = [name for name in names if numbers_in_order([name]) is None]
    if 0 < len(words) < len(names):
        expected = "a number, or an empty cell where nobody answered"
        return _strange(path, own, words, expected, choices)
    found = f"ratings that are words: {listed(names)}"
    hint = "Say the order, lowest first: --levels poor,fair,good."
    return [Problem(path.name, None, own, found, "numbers, or --levels", hint)]


def _refuse_twice(path: Path, own: str, names: Sequence[str]) -> None:
    """4 and 4.0 would be two levels."""
    values, _ = amounts(list(names))
    first: dict[float | None, str] = {}
    for name, value in zip(names, values, strict=True):
        if (other := first.setdefault(value, name)) != name:
            found = f"{quoted(other)} and {quoted(name)}, one number written in two ways"
            raise ReadError([Problem(path.name, None, own, found, "each level written in one way")])


def measure_or_category(name: str, cells: Cells) -> Measure | Category:
    """Numbers where every cell is one, else names."""
    column = cells.columns[name]
    values, _ = amounts(list(column.names))
    if any(value is None for value in values):
        return category(name, cells)
    numbers = np.array([*(value for value in values if value is not None), np.nan])
    return Measure(name, numbers[column.codes])
