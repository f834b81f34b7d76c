"""Fixed effects as columns of numbers: treatment coding, as in R, and columns that say nothing new left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpstrf

from fairgate.engines.ordinal.arrays import Amounts, Codes, Flags, Places
from fairgate.engines.ordinal.keys import keys
from fairgate.engines.ordinal.ratings import Category, Interaction, Measure, Term

NEW = 1e-9  # of a column's variance, what must be left after the others

SAID_ALREADY = " says nothing that other columns don't say already"


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """``profile`` int32[n] indexes ``profiles`` float64[P, p], the distinct rows; ``names`` of the columns, such as
    "tempwarm". Columns are centred and scaled: the numbers as given are ``profiles * scale + centre``;
    ``term`` int64[p] is the place of each one's term among those given."""

    names: tuple[str, ...]
    profile: Codes
    profiles: NDArray[np.float64]
    centre: Amounts
    scale: Amounts
    term: Places
    warnings: tuple[str, ...]


def code(terms: tuple[Term, ...], keep: Flags, weight: Amounts) -> Coded:
    """Columns of ``terms`` for the rows kept; ``weight`` float64[kept]."""
    rows = int(keep.sum())
    simple = {id(column): column for term in terms for column in _simple(term)}
    discrete = [_codes(column, keep) for column in simple.values()]
    key, _ = keys(discrete, rows)
    _, first, profile = np.unique(key, return_index=True, return_inverse=True)
    mass = np.bincount(profile, weight).astype(np.float64)
    warnings: list[str] = []
    named: list[tuple[str, Amounts]] = []
    term_of: list[int] = []
    for number, term in enumerate(terms):
        named += _columns(term, np.flatnonzero(keep)[first], mass, warnings)
        term_of += [number] * (len(named) - len(term_of))
    names = tuple(name for name, _ in named)
    matrix = np.column_stack([column for _, column in named]) if named else np.zeros((len(first), 0))
    centre = mass @ matrix / mass.sum()
    scale = np.sqrt(np.maximum(mass @ (matrix - centre) ** 2 / mass.sum(), 1e-300))
    matrix = (matrix - centre) / scale
    new = _new(matrix, mass)
    warnings += [f"{names[j]}{SAID_ALREADY}: left out." for j in range(len(names)) if j not in new]
    return Coded(
        tuple(names[j] for j in new),
        profile.astype(np.int32).ravel(),
        np.ascontiguousarray(matrix[:, new]),
        centre[new],
        scale[new],
        np.array(term_of, dtype=np.int64)[new],
        tuple(warnings),
    )


def _simple(term: Term) -> tuple[Category | Measure, ...]:
    return (term.first, term.second) if isinstance(term, Interaction) else (term,)


def _codes(column: Category | Measure, keep: Flags) -> tuple[Codes, int]:
    if isinstance(column, Category):
        return column.codes[keep], len(column.names)
    found, codes = np.unique(column.values[keep], return_inverse=True)
    return codes.astype(np.int32), len(found)


def _columns(term: Term, rows: Places, mass: Amounts, warnings: list[str]) -> list[tuple[str, Amounts]]:
    """Named columns over the profiles, each found in one of ``rows``."""
    if isinstance(term, Measure):
        values = term.values[rows].astype(np.float64)
        if np.ptp(values) == 0:
            warnings.append(
                f"{term.name} is {values[0]:g} in every row: it explains nothing and was left out."
            )
            return []
        return [(term.name, values)]
    if isinstance(term, Category):
        codes = term.codes[rows]
        used = np.unique(codes)
        if len(used) == 1:
            warnings.append(
                f"{term.name} is {term.names[used[0]]} in every row: it explains nothing and was left out."
            )
            return []
        return [(f"{term.name}{term.names[c]}", (codes == c).astype(np.float64)) for c in used[1:]]
    first = _columns(term.first, rows, mass, [])
    second = _columns(term.second, rows, mass, [])
    pairs = [(f"{a}:{b}", x * y) for a, x in first for b, y in second]
    return [(name, column) for name, column in pairs if np.ptp(column) > 0]


def _new(matrix: NDArray[np.float64], mass: Amounts) -> list[int]:
    """Columns kept, in their order; of columns that repeat each other the earlier ones stay."""
    kept: list[int] = []
    if not matrix.shape[1]:
        return kept
    correlation = (matrix * mass[:, None]).T @ matrix / mass.sum()
    rank = int(dpstrf(correlation, tol=NEW, lower=1)[2])
    if rank == matrix.shape[1]:
        return list(range(rank))
    factor = np.zeros((0, 0))
    for j in range(matrix.shape[1]):
        across = np.linalg.solve(factor @ factor.T, correlation[kept, j]) if kept else np.zeros(0)
        left = correlation[j, j] - correlation[kept, j] @ across
        if left > NEW:
            kept.append(j)
            factor = np.linalg.cholesky(correlation[np.ix_(kept, kept)])
    return kept
