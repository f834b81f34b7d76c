"""What is fitted: ratings with what may explain them, one row each or counted cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fairgate.engines.ordinal.arrays import Amounts, Codes, Flags
from fairgate.engines.ordinal.errors import BadRatings, NoRatings

MOST_RATINGS = 1e15
FARTHEST = 1e100


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A column of names: ``codes`` int32[n] index ``names``, -1 is missing. The first name that occurs is the
    reference of its effects."""

    name: str
    codes: Codes
    names: tuple[str, ...]

    @classmethod
    def of(cls, name: str, texts: Sequence[str]) -> "Category":
        """From texts, names in alphabetical order; "" is missing."""
        names = tuple(sorted({text for text in texts if text}))
        place = {text: code for code, text in enumerate(names)} | {"": -1}
        return cls(name, np.array([place[text] for text in texts], dtype=np.int32), names)

    def crossed(self, within: "Category") -> "Category":
        """The category of pairs "self:within", for nesting self in it; pairs that don't occur have no level."""
        size = len(within.names)
        missing = (self.codes < 0) | (within.codes < 0)
        pair = self.codes.astype(np.int64) * size + within.codes
        found, codes = np.unique(pair[~missing], return_inverse=True)
        all_codes = np.full(len(pair), -1, dtype=np.int32)
        all_codes[~missing] = codes
        names = tuple(f"{self.names[p // size]}:{within.names[p % size]}" for p in found)
        return Category(f"{self.name}:{within.name}", all_codes, names)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A column of numbers, ``float64[n]``; NaN is missing."""

    name: str
    values: Amounts


@dataclass(frozen=True, slots=True, eq=False)
class Interaction:
    """The product of two categories' columns, beside both of them."""

    first: Category
    second: Category

    @property
    def name(self) -> str:
        return f"{self.first.name}:{self.second.name}"


Term = Category | Measure | Interaction


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """``rating`` int32[n] indexes ``levels``, which are in order, lowest first; -1 is missing. ``weight`` float64[n]
    counts equal rows (None: one each). A random factor may have levels without rows: they stay at zero."""

    rating: Codes
    levels: tuple[str, ...]
    fixed: tuple[Term, ...] = ()
    random: tuple[Category, ...] = ()
    weight: Amounts | None = None
    warnings: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> int:
        return len(self.rating)

    @property
    def weights(self) -> Amounts:
        return np.ones(self.rows) if self.weight is None else self.weight

    def complete(self) -> Flags:
        """Rows that can be fitted: nothing missing, weight above zero. Errors: BadRatings, NoRatings."""
        self._check()
        keep = (self.rating >= 0) & (self.weights > 0)
        for term in (*self.fixed, *self.random):
            keep &= _present(term)
        if not keep.any():
            raise NoRatings
        return keep

    def _check(self) -> None:
        for term in (*self.fixed, *self.random):
            if len(_present(term)) != self.rows:
                raise BadRatings(f"{term.name} has {len(_present(term))} rows; {self.rows} were expected.")
        names = [term.name for term in self.fixed] + [factor.name for factor in self.random]
        if self.rows and not -1 <= self.rating.min() <= self.rating.max() < len(self.levels):
            raise BadRatings(f"Ratings must be codes from 0 to {len(self.levels) - 1}.")
        if len(self.weights) != self.rows or not (np.isfinite(self.weights) & (self.weights >= 0)).all():
            row = int(np.argmin(np.isfinite(self.weights) & (self.weights >= 0)))
            raise BadRatings("Weights must be numbers of 0 or more, one for each row.", row)
        self._check_sizes()
        if len(set(self.levels)) < len(self.levels):
            raise BadRatings("A level is named twice.")
        for name in names[: len(self.fixed)]:
            if names[: len(self.fixed)].count(name) > 1:
                raise BadRatings(f"{name} is given twice as a fixed effect.")
        for name in names[len(self.fixed) :]:
            if names[len(self.fixed) :].count(name) > 1:
                raise BadRatings(f"{name} is given twice as a random effect.")

    def _check_sizes(self) -> None:
        """Sums and squares of larger numbers are beyond what a computer holds."""
        if self.weights.sum() > MOST_RATINGS:
            row = int(np.argmax(self.weights))
            raise BadRatings(
                f"Weights add up to {self.weights.sum():.3g}, the largest {self.weights[row]:.3g}; at most {MOST_RATINGS:.0e} "
                "ratings can be counted exactly.",
                row,
            )
        for term in self.fixed:
            size = (
                np.abs(term.values[np.isfinite(term.values)]).max(initial=0.0)
                if isinstance(term, Measure)
                else 0.0
            )
            if isinstance(term, Measure) and size > FARTHEST:
                row = int(np.nanargmax(np.abs(term.values)))
                raise BadRatings(
                    f"{term.name} holds {term.values[row]:.3g}; numbers from {-FARTHEST:.0e} to {FARTHEST:.0e} were expected. "
                    "Give it in another unit.",
                    row,
                )


def _present(term: Term) -> Flags:
    if isinstance(term, Category):
        return np.asarray(term.codes >= 0)
    if isinstance(term, Measure):
        return np.isfinite(term.values)
    return _present(term.first) & _present(term.second)


def rated(levels: Sequence[str], texts: Sequence[str]) -> Codes:
    """Codes of ratings given as texts; "" is missing. Errors: BadRatings naming the first row that isn't a level."""
    place = {level: code for code, level in enumerate(levels)} | {"": -1}
    for row, text in enumerate(texts):
        if text not in place:
            raise BadRatings(f"The rating {text} is none of {', '.join(levels)}.", row)
    return np.array([place[text] for text in texts], dtype=np.int32)
