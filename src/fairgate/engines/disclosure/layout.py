"""Which ballots tables can tell apart: groups over classes.

A *class* is all combinations that lie in the same groups of every table: no publication can distinguish within it, so it
is the unknown of every program here. For tables that share ballots this is what links them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.tables import Table


@dataclass(frozen=True)
class Layout:
    """G groups of all ``tables``, and of further sets of ballots, over C classes.

    ``keys`` [of tables] and ``table_of`` [of tables] name the first of the groups; ``members`` [G, C] is 1 where a class
    lies in a group; ``labels`` [tables, C] the group of each class in each table, −1 for none; ``class_of`` [c] the
    class of each combination.
    """

    tables: tuple[Table, ...]
    keys: tuple[tuple[int, ...], ...]
    table_of: Ints
    members: sparse.csr_array
    labels: Ints
    class_of: Ints

    @property
    def classes(self) -> int:
        return int(self.labels.shape[1])

    def summed(self, per_combination: Ints) -> Ints:
        """Sums over combinations [c, …] as sums over classes [C, …]."""
        total = np.zeros((self.classes, *per_combination.shape[1:]), np.int64)
        np.add.at(total, self.class_of, per_combination)
        return total


def lay_out(
    tables: Sequence[Table], codes: Mapping[str, Ints], also: Sequence[NDArray[np.bool_]] = ()
) -> Layout:
    """``codes`` [c] per attribute; ``also``: further sets of combinations [c] that figures speak of, as groups at the end."""
    keys: list[tuple[int, ...]] = []
    rows, table_of = [], []
    for at, table in enumerate(tables):
        found, label = table.groups(codes)
        rows.append(np.where(label < 0, -1, label + len(keys)))
        keys += found
        table_of += [at] * len(found)
    rows += [np.where(inside, len(keys) + at, -1) for at, inside in enumerate(also)]
    n = len(next(iter(codes.values()))) if codes else 1
    distinct, class_of = np.unique(np.array(rows, np.int64).reshape(-1, n), axis=1, return_inverse=True)
    at_row, at_class = np.nonzero(distinct >= 0)
    groups = distinct[at_row, at_class]
    shape = (len(keys) + len(also), distinct.shape[1])
    members = sparse.csr_array((np.ones(len(groups), np.int64), (groups, at_class)), shape=shape)
    labels = distinct[: len(tables)]
    return Layout(
        tuple(tables), tuple(keys), np.array(table_of, np.int64), members, labels, class_of.reshape(-1)
    )
