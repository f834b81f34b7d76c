"""Decisions with the ratings they were given, as counted cells."""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.ordinal.arrays import Amounts, Codes, Flags
from fairgate.engines.ordinal.errors import BadRatings, NoRatings, NothingToCompare, UnknownName
from fairgate.engines.ordinal.ratings import Category


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """One row for each decision, or for each item of its ballot; ``count`` float64[n] of equal rows.

    - ``rating`` int32[n] indexes ``levels``, lowest first; -1: not answered, the decision still counts in the mix.
    - ``good``: the lowest level that counts as good, as an index.
    - ``team``, ``outcome``: no cell missing. ``approving``: names of outcomes; the first is what "approved" means.
    - ``cases``: what describes the request, the kind first. Never what the team itself causes.
    - ``item``, ``ballot``: where a ballot has several items; ``rater``: only where a table brings them.
    """

    rating: Codes
    levels: tuple[str, ...]
    good: int
    team: Category
    outcome: Category
    approving: tuple[str, ...]
    cases: tuple[Category, ...] = ()
    item: Category | None = None
    ballot: Category | None = None
    rater: Category | None = None
    count: Amounts | None = None

    @property
    def rows(self) -> int:
        return len(self.rating)

    @property
    def counts(self) -> Amounts:
        return np.ones(self.rows) if self.count is None else self.count

    @property
    def answered(self) -> Flags:
        return np.asarray(self.rating >= 0)

    @property
    def approved(self) -> Flags:
        """Rows whose outcome approves."""
        return np.isin(self.outcome.codes, [self.outcome.names.index(name) for name in self.approving])

    def check(self) -> None:
        """Errors: BadRatings, NoRatings, NothingToCompare, UnknownName."""
        for column in (self.team, self.outcome, *self.cases):
            if len(column.codes) != self.rows:
                raise BadRatings(f"{column.name} has {len(column.codes)} rows; {self.rows} were expected.")
            if (column.codes < 0).any():
                row = int(np.argmax(column.codes < 0))
                raise BadRatings(f"{column.name} is empty in some rows; every decision needs one.", row)
        for name in self.approving:
            if name not in self.outcome.names:
                raise UnknownName("outcome", name, self.outcome.names)
        if not self.approving:
            raise NothingToCompare("Say which outcomes approve.")
        if not self.answered.any():
            raise NoRatings
        if not 0 < self.good < len(self.levels):
            raise NothingToCompare("The good levels must be some of the levels, and not all of them.")

    def per_decision(self) -> Amounts:
        """What each row counts as a decision, ``float64[n]``: the rows of a ballot together count once."""
        if self.ballot is None:
            return self.counts
        codes, counts = self.ballot.codes, self.counts
        rows = np.bincount(codes[codes >= 0], counts[codes >= 0], len(self.ballot.names))
        return np.where(codes >= 0, counts / np.maximum(rows[codes], 1e-300), counts)

    def per_answer(self) -> Amounts:
        """The same for answered ballots: their answered rows together count once, all others nothing."""
        answered = self.answered
        if self.ballot is None:
            return np.where(answered, self.counts, 0.0)
        codes, counts = self.ballot.codes, np.where(answered, self.counts, 0.0)
        rows = np.bincount(codes[codes >= 0], counts[codes >= 0], len(self.ballot.names))
        return np.where((codes >= 0) & answered, counts / np.maximum(rows[codes], 1e-300), counts)
