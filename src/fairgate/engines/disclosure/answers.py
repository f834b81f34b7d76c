"""Ballots as codes, and the combinations of attributes they share.

A *combination* is a distinct row of all attributes. Nothing here looks at single ballots again once they are counted:
c combinations × 6 levels (five steps, and couldn't judge) is all that tables, protection and audit ever see.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.disclosure.errors import BadAnswers

Ints = NDArray[np.int64]

STEPS = 5
LEVELS = STEPS + 1
"""The five steps of an answer, and last: couldn't judge."""


@dataclass(frozen=True, slots=True)
class Combinations:
    """``codes`` [c] per attribute, ``ballots`` [c] how many share each, ``of`` [n] the combination of each ballot."""

    codes: Mapping[str, Ints]
    ballots: Ints
    of: Ints


@dataclass(frozen=True)
class Answers:
    """n answered ballots. ``attributes``: codes from 0 [n] each; ``items``: ratings 0 to 4 [n] each, −1 where a person
    couldn't judge; ``decider``: whose decision it was [n], −1 unknown, None if that rule is not to be checked.
    Raises `BadAnswers`."""

    attributes: Mapping[str, Ints]
    items: Mapping[str, Ints]
    decider: Ints | None = None

    def __post_init__(self) -> None:
        attributes = {name: _codes(name, values, 0) for name, values in self.attributes.items()}
        items = {name: _codes(name, values, -1) for name, values in self.items.items()}
        decider = None if self.decider is None else _codes("decider", self.decider, -1)
        columns = [*attributes.values(), *items.values(), *(() if decider is None else (decider,))]
        if len({len(column) for column in columns}) > 1:
            raise BadAnswers("Every column needs one value per ballot; found columns of different lengths.")
        for name, ratings in items.items():
            if ratings.max(initial=-1) >= STEPS:
                raise BadAnswers(f"{name}: found {ratings.max()}; expected ratings from 0 to 4, or -1.")
        object.__setattr__(self, "attributes", attributes)
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "decider", decider)

    @property
    def ballots(self) -> int:
        return len(next(iter((*self.attributes.values(), *self.items.values())), ()))

    def only(self, kept: NDArray[np.bool_]) -> "Answers":
        """The ballots where ``kept`` [n] is true."""
        return Answers(
            {name: codes[kept] for name, codes in self.attributes.items()},
            {name: ratings[kept] for name, ratings in self.items.items()},
            None if self.decider is None else self.decider[kept],
        )

    def combinations(self) -> Combinations:
        of = shared(list(self.attributes.values()), self.ballots)
        ballots = np.bincount(of)
        first = np.zeros(len(ballots), np.int64)
        first[of[::-1]] = np.arange(self.ballots)[::-1]
        codes = {name: column[first] for name, column in self.attributes.items()}
        return Combinations(codes, ballots, of)

    def counts(self, item: str, of: Ints, combinations: int) -> Ints:
        """How many of each combination gave each step of ``item``, couldn't judge last [c, 6]."""
        ratings = self.items[item]
        level = np.where(ratings < 0, STEPS, ratings)
        return np.bincount(of * LEVELS + level, minlength=combinations * LEVELS).reshape(-1, LEVELS)


def shared(columns: list[Ints], n: int) -> Ints:
    """The number, from 0, of the distinct row of ``columns`` that each of n ballots has [n]."""
    row = np.zeros(n, np.int64)
    for column in columns:
        row = row * (int(column.max(initial=0)) + 1) + column
        row = np.unique(row, return_inverse=True)[1].astype(np.int64)
    return row


def _codes(name: str, values: object, least: int) -> Ints:
    array = np.asarray(values)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iub"):
        raise BadAnswers(f"{name}: expected one whole number per ballot.")
    array = array.astype(np.int64)
    if array.min(initial=least) < least:
        raise BadAnswers(f"{name}: found {array.min()}; expected at least {least}.")
    return array
