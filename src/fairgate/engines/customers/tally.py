"""A tally: rows with the same keys added up. Every counted figure is kept as one, so figures can be added and
stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Integer ``keys`` and additive ``figures``, all columns of the same length; each combination of keys
    once."""

    keys: dict[str, Column]
    figures: dict[str, Column]

    @classmethod
    def of(cls, keys: Mapping[str, Column], figures: Mapping[str, Column | np.generic]) -> Self:
        """Add up rows with equal keys. Keys are at least -3; figures are integers or amounts, broadcast if
        single."""
        combined, group = _grouped(keys)
        summed = {name: _sums(column, group, len(combined)) for name, column in figures.items()}
        distinct = {name: column[combined] for name, column in keys.items()}
        return cls(distinct, summed)

    @classmethod
    def sum_of(cls, tallies: Sequence["Tally"]) -> Self:
        """Tallies with the same columns, added up."""
        keys = {name: np.concatenate([tally.keys[name] for tally in tallies]) for name in tallies[0].keys}
        figures = {
            name: np.concatenate([tally.figures[name] for tally in tallies]) for name in tallies[0].figures
        }
        return cls.of(keys, figures)

    def __len__(self) -> int:
        return len(next(iter(self.keys.values())))

    def __getitem__(self, name: str) -> Column:
        return self.keys[name] if name in self.keys else self.figures[name]

    def having(self, name: str) -> "Tally":
        """The rows in which a figure is not 0."""
        return self._rows(self.figures[name] != 0)

    def where(self, **wanted: int) -> "Tally":
        """The rows that have these keys."""
        rows = np.ones(len(self), dtype=np.bool_)
        for name, code in wanted.items():
            rows &= self.keys[name] == code
        return self._rows(rows)

    def where_not(self, **unwanted: int) -> "Tally":
        """The rows that have none of these keys."""
        rows = np.ones(len(self), dtype=np.bool_)
        for name, code in unwanted.items():
            rows &= self.keys[name] != code
        return self._rows(rows)

    def _rows(self, rows: NDArray[np.bool_]) -> "Tally":
        return Tally(
            {n: c[rows] for n, c in self.keys.items()}, {n: c[rows] for n, c in self.figures.items()}
        )

    def total(self, figure: str, by: str, size: int) -> Column:
        """The figure added up by one key, as an array over its codes ``0..size-1``; negative codes are left
        out."""
        code, column = self.keys[by], self.figures[figure]
        known = code >= 0
        sums = np.bincount(code[known], weights=column[known], minlength=size)
        return sums.astype(column.dtype)

    def to_dict(self) -> dict[str, list[int] | list[float]]:
        return {name: column.tolist() for name, column in (self.keys | self.figures).items()}

    @classmethod
    def from_dict(
        cls, stored: Mapping[str, list[Any]], keys: tuple[str, ...], figures: Mapping[str, type]
    ) -> Self:
        """The inverse of `to_dict`: which columns are keys, and the type of each figure."""
        return cls(
            {name: np.array(stored[name], dtype=np.int64) for name in keys},
            {name: np.array(stored[name], dtype=kind) for name, kind in figures.items()},
        )


def _grouped(keys: Mapping[str, Column]) -> tuple[Column, Column]:
    """One row number for each combination of keys, and each row's combination. Mixed radix, so one sort does
    it."""
    length = len(next(iter(keys.values())))
    mixed = np.zeros(length, dtype=np.int64)
    for column in keys.values():
        mixed = mixed * (int(column.max(initial=-1)) + 4) + column + 3
    _, first, group = np.unique(mixed, return_index=True, return_inverse=True)
    return first, group


def _sums(column: Column | np.generic, group: Column, size: int) -> Column:
    weights = np.broadcast_to(column, group.shape)
    sums = np.bincount(group, weights=weights, minlength=size)
    return sums.astype(np.int64) if weights.dtype.kind in "iub" else sums
