"""Work as an absorbing Markov chain (Kemeny & Snell, *Finite Markov Chains*, 1960, chapter 3).

From state i a share ``flow[i, j]`` goes on to state j and ``served[i, x]`` reaches external customer x; what
is left of 1 is lost. With s the entering volume, N = (I - Q)⁻¹ and B = N R: expected visits are sN, the
chance ever to visit u is (sN)ᵤ / Nᵤᵤ, and the share of what x receives that passed u is V(u, x) = (sN)ᵤ / Nᵤᵤ
· Bᵤₓ / (sB)ₓ.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array, csr_array, eye_array
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.sparse.linalg import SuperLU, splu

from fairgate.engines.customers.arrays import Amounts, Flags, Places


@dataclass(frozen=True, eq=False)
class Chain:
    """``n`` states, ``x`` external customers, ``g`` independent starts (one for each process).

    ``flow`` is ``n x n`` and ``served`` ``n x x``, shares with rows of at most 1 together; ``start`` is ``g x
    n`` with rows of 1, ``volume`` what enters at each start. Every state must be able to leave (see
    `trapped`).
    """

    flow: csr_array
    served: csr_array
    start: csr_array
    volume: Amounts

    @property
    def size(self) -> int:
        return int(self.flow.shape[0])

    @cached_property
    def factor(self) -> SuperLU:
        """I - Q, factorised once. Rows are diagonally dominant, so the diagonal is a safe pivot and a
        symmetric ordering keeps the factors small."""
        matrix = (eye_array(self.size, format="csr") - self.flow).tocsc()
        return splu(
            matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )

    def solve(self, right: Amounts) -> Amounts:
        """N times ``right``, ``float64[n]`` or ``float64[n, columns]``."""
        return np.asarray(self.factor.solve(right), dtype=np.float64)

    def solve_transposed(self, right: Amounts) -> Amounts:
        """``right`` times N. ``float64[n]``"""
        return np.asarray(self.factor.solve(right, "T"), dtype=np.float64)  # type: ignore[call-overload]  # the stubs know no "T"

    @cached_property
    def entering(self) -> Amounts:
        """s, the volume that enters at each state. ``float64[n]``"""
        return np.asarray(self.start.T @ self.volume)

    @cached_property
    def visits(self) -> Amounts:
        """sN, the volume that passes each state, counted as often as it comes. ``float64[n]``"""
        return self.solve_transposed(self.entering)

    @cached_property
    def reaching(self) -> Amounts:
        """The chance, from each state, of being served at all: B summed over customers. ``float64[n]``"""
        return self.solve(row_sums(self.served))

    @cached_property
    def received(self) -> Amounts:
        """sB, what each external customer gets. ``float64[x]``"""
        return np.asarray(self.served.T @ self.visits)

    def visits_from(self, state: int) -> Amounts:
        """Row ``state`` of N: expected visits to each state, starting there. ``float64[n]``"""
        unit = np.zeros(self.size)
        unit[state] = 1.0
        return self.solve_transposed(unit)

    def visits_to(self, state: int) -> Amounts:
        """Column ``state`` of N: expected visits to it from each state. ``float64[n]``"""
        unit = np.zeros(self.size)
        unit[state] = 1.0
        return self.solve(unit)

    def through(self, state: int) -> Amounts:
        """The volume that passes ``state`` at least once and reaches each customer. ``float64[x]``"""
        from_state = self.visits_from(state)
        ever = self.visits[state] / from_state[state]
        return np.asarray(ever * (self.served.T @ from_state))


def trapped(flow: csr_array, leaves: Flags) -> list[Places]:
    """Groups of states that work can't leave: strongly connected, nobody ``leaves``, no flow to outside."""
    _, group = connected_components(flow, directed=True, connection="strong")
    groups = int(group.max(initial=-1)) + 1
    open_ = np.zeros(groups, dtype=np.bool_)
    open_[group[leaves]] = True
    edges = flow.tocoo()
    source, target = group[edges.row], group[edges.col]
    open_[source[source != target]] = True
    return [np.flatnonzero(group == number) for number in np.flatnonzero(~open_)]


def reachable(flow: csr_array, starts: Flags, kept: Flags) -> Flags:
    """States that can be reached from ``starts`` over ``kept`` states only."""
    edges = flow.tocoo()
    return _search(edges.row, edges.col, starts & kept, kept)


def can_finish(flow: csr_array, finishes: Flags, kept: Flags) -> Flags:
    """States from which one that ``finishes`` can be reached over ``kept`` states only."""
    edges = flow.tocoo()
    return _search(edges.col, edges.row, finishes & kept, kept)


def row_sums(matrix: csr_array) -> Amounts:
    """``float64[rows]``"""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def _search(source: Places, target: Places, seeds: Flags, kept: Flags) -> Flags:
    """Breadth first from an extra node that leads to all seeds."""
    n = len(seeds)
    open_ = kept[source] & kept[target]
    seed = np.flatnonzero(seeds)
    source = np.concatenate((source[open_], np.full(len(seed), n)))
    target = np.concatenate((target[open_], seed))
    graph = csr_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=(n + 1, n + 1))
    found = np.zeros(n + 1, dtype=np.bool_)
    found[breadth_first_order(graph, n, directed=True, return_predecessors=False)] = True
    return found[:n]


def shares(
    volume: Amounts, source: Places, target: Places, out: Amounts, shape: tuple[int, int]
) -> csr_array:
    """Volumes as shares of what leaves each source. Duplicates add up; rows without anything stay empty."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(out[source] > 0, volume / out[source], 0.0)
    matrix = coo_array((share, (source, target)), shape=shape).tocsr()
    matrix.eliminate_zeros()
    return matrix
