"""The reference mix: the share of all decisions, over all teams, in each cell of case and outcome."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Codes
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.keys import keys


@dataclass(frozen=True, slots=True)
class Mix:
    """``cells``: of each the names of its case columns, then of its outcome; ``shares`` add up to 1. Frozen with a run, so
    that a later one can be held against the same mix."""

    cells: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Cells of decisions. ``case`` int32[C, cases], ``outcome`` int32[C]; ``row`` int64[n] is each row's cell;
    ``twin`` int64[C] the cell of the same case with the first approving outcome; ``share`` float64[C] of the mix."""

    case: NDArray[np.int32]
    outcome: Codes
    row: NDArray[np.int64]
    twin: NDArray[np.int64]
    share: Amounts

    def __len__(self) -> int:
        return len(self.outcome)


def mix_of(decisions: Decisions) -> Mix:
    """The mix of these decisions."""
    found = cells_of(decisions, None)
    names = [
        tuple(
            [column.names[code] for column, code in zip(decisions.cases, found.case[c], strict=True)]
            + [decisions.outcome.names[found.outcome[c]]]
        )
        for c in range(len(found))
    ]
    kept = [c for c in range(len(found)) if found.share[c] > 0]
    return Mix(tuple(names[c] for c in kept), tuple(float(found.share[c]) for c in kept))


def cells_of(decisions: Decisions, mix: Mix | None) -> Cells:
    """Every cell that occurs here or in ``mix``, and the approving twin of each; shares of the mix if given, else of
    these decisions."""
    columns = (*decisions.cases, decisions.outcome)
    here = np.column_stack([column.codes for column in columns]).astype(np.int32)
    given = _given(mix, decisions)
    both = np.vstack((here, given))
    twins = both.copy()
    twins[:, -1] = decisions.outcome.names.index(decisions.approving[0])
    every = np.vstack((both, twins))
    key, _ = keys([(every[:, j], len(column.names)) for j, column in enumerate(columns)], len(every))
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    n, m = len(here), len(both)
    twin = np.empty(len(first), dtype=np.int64)
    twin[cell[:m]] = cell[m:]
    twin[cell[m:]] = cell[m:]
    if mix is None:
        share = np.bincount(cell[:n], decisions.per_decision(), len(first))
    else:
        share = np.bincount(cell[n:m], mix.shares, len(first))
    return Cells(every[first, :-1], every[first, -1], cell[:n], twin, share / share.sum())


def _given(mix: Mix | None, decisions: Decisions) -> NDArray[np.int32]:
    columns = (*decisions.cases, decisions.outcome)
    rows = [] if mix is None else mix.cells
    codes = [[column.names.index(name) for column, name in zip(columns, row, strict=True)] for row in rows]
    return np.array(codes, dtype=np.int32).reshape(len(rows), len(columns))
