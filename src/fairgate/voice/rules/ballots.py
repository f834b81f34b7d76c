"""Ballots of closed periods as columns of codes: what the fairness room works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """``codes`` [n] into ``names``, which are in alphabetical order; −1 where nothing is known or it was left out."""

    codes: Codes
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str]) -> Self:
        names = sorted({value for value in values if value})
        place = {name: code for code, name in enumerate(names)} | {"": -1}
        return cls(np.array([place[value] for value in values], np.int64), tuple(names))


@dataclass(frozen=True, slots=True, eq=False)
class BallotTable:
    """n ballots. ``ratings`` [n] by item: 0 to 4, −1 can't judge. ``outcome``: exact, or ``approving`` and ``not-approving``
    where which one it was had to be left out. ``enough_deciders``: names of teams that three people or more decided for."""

    ratings: Mapping[str, Codes]
    unit: Column
    team: Column
    outcome: Column
    kind: Column
    seniority: Column
    customer: Column
    risk: Column
    enough_deciders: frozenset[str]

    @property
    def ballots(self) -> int:
        return len(self.team.codes)
