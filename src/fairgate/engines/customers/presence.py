"""Who took part in the final pass of each served document, and who came before whom."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fairgate.engines.customers.arrays import Codes, Flags, Places
from fairgate.engines.customers.cases import Cases
from fairgate.engines.customers.kinds import Kind
from fairgate.engines.customers.passes import Passes

# Pairs are made this many at a time: a document that 3,000 people touched has 9 million of them.
PAIRS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """One row for each (served document, named unit in its final pass), ordered by document and unit.

    ``first`` and ``last`` are acts; ``approved`` is the unit's last approval (-1: none); ``acts`` how often
    it acted.
    """

    document: Places
    unit: Codes
    first: Places
    last: Places
    approved: Places
    acts: Places

    def __len__(self) -> int:
        return len(self.unit)

    def rows(self, document: Places, unit: Codes) -> Places:
        """The row of each (document, unit), -1 where there is none."""
        radix = int(max(self.unit.max(initial=0), unit.max(initial=0))) + 1
        keys = self.document * radix + self.unit
        wanted = document * radix + unit
        place = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        found = (unit >= 0) & (keys[place] == wanted) if len(keys) else np.zeros(len(wanted), dtype=np.bool_)
        return np.where(found, place, -1)

    def helps(self, supplier: Places, customer: Places) -> Flags:
        """Rows against rows of one document: the supplier acted strictly before the customer's last act."""
        return self.first[supplier] < self.last[customer]

    def releases(self, supplier: Places, customer: Places) -> Flags:
        """The supplier approved after the customer's first act."""
        return self.approved[supplier] > self.first[customer]

    def pairs(self) -> Iterator[tuple[Places, Places]]:
        """All (supplier row, customer row) of the same document and different units, in blocks."""
        starts = np.flatnonzero(np.append(True, np.diff(self.document) != 0)[: len(self)])
        together = np.diff(np.append(starts, len(self)))
        size, first = np.repeat(together, together), np.repeat(starts, together)
        block = np.cumsum(size) // PAIRS_AT_ONCE
        for number in np.unique(block):
            rows = np.flatnonzero(block == number)
            supplier = np.repeat(rows, size[rows])
            customer = np.repeat(first[rows], size[rows]) + _counting(size[rows])
            different = supplier != customer
            yield supplier[different], customer[different]


def _counting(size: Places) -> Places:
    """0, 1, … size - 1 for each size, one after another."""
    return np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)


def take_presence(cases: Cases, passes: Passes) -> Presence:
    document = cases.document
    place = np.arange(len(document))
    counted = (
        passes.served[document]
        & (place >= passes.final[document])
        & np.append(cases.named, False)[cases.unit]
    )
    act = np.flatnonzero(counted)
    act = act[np.lexsort((act, cases.unit[act], document[act]))]
    of, unit = document[act], cases.unit[act]
    begins = np.append(True, (np.diff(of) != 0) | (np.diff(unit) != 0)) if len(act) else np.empty(0, np.bool_)
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(act))[: len(starts)]
    approval = np.where(passes.kind[act] == Kind.APPROVE, act, -1)
    return Presence(
        document=of[starts],
        unit=unit[starts],
        first=act[starts],
        last=act[ends - 1],
        approved=np.maximum.reduceat(approval, starts) if len(starts) else starts,
        acts=ends - starts,
    )
