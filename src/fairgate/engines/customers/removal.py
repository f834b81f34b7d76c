"""Can they do without me? What is cut off, and what is lost, when states leave the chain."""

import numpy as np
from scipy.sparse import csr_array, eye_array
from scipy.sparse.linalg import LinearOperator, gmres, splu

from fairgate.engines.customers.arrays import Amounts, Flags, Places
from fairgate.engines.customers.chain import Chain, can_finish, reachable, row_sums

# Removing a state changes the rows of its predecessors. Up to this many numbers we solve a column for each of
# them.
COLUMNS_AT_MOST = 1_000_000
NOTHING = 1e-12  # a share this small is rounding


def work_stops(chain: Chain, state: int) -> float:
    """The share of all that is served which passed the state."""
    total = chain.received.sum()
    return float(chain.through(state).sum() / total) if total > 0 else 0.0


def rerouted(chain: Chain, removed: Places) -> float:
    """1 - served' / served, if every predecessor (starts included) sends what it sent there to its other
    continuations, in proportion. A predecessor with no other continuation loses its flow. Below 0 if removing
    a gate lets more out."""
    kept = np.ones(chain.size, dtype=np.bool_)
    kept[removed] = False
    total = chain.received.sum()
    if total <= 0:
        return 0.0
    start = _without(chain.start, ~kept)
    entering = start.T @ chain.volume
    return float(1.0 - entering @ _served_without(chain, kept) / total)


def cut_off(chain: Chain, removed: Places) -> tuple[Flags, Flags]:
    """What can't be reached from the starts without ``removed``: states ``bool[n]`` and customers
    ``bool[x]``."""
    kept = np.ones(chain.size, dtype=np.bool_)
    kept[removed] = False
    begins = np.diff(chain.start.tocsc().indptr) > 0
    reached = reachable(chain.flow, begins, kept)
    edges = chain.served.tocoo()
    found = np.zeros(chain.served.shape[1], dtype=np.bool_)
    found[edges.col[reached[edges.row]]] = True
    return ~reached, ~found


def _without(rows: csr_array, gone: Flags) -> csr_array:
    """Rows with these columns dropped and all other continuations raised in proportion; empty if there are
    none."""
    lost = rows @ gone.astype(np.float64)
    return _drop(rows, gone, _factors(lost))


def _factors(lost: Amounts) -> Amounts:
    rest: Amounts = 1.0 - lost
    return np.where(rest > NOTHING, 1.0 / np.maximum(rest, NOTHING), 0.0)


def _drop(rows: csr_array, gone: Flags, factor: Amounts) -> csr_array:
    kept = rows.copy()
    kept.data = np.where(gone[kept.indices], 0.0, kept.data * np.repeat(factor, np.diff(kept.indptr)))
    kept.eliminate_zeros()
    return kept


def _served_without(chain: Chain, kept: Flags) -> Amounts:
    """From each kept state, the chance of being served; 0 where work would now go round for ever."""
    lost = chain.flow @ (~kept).astype(np.float64)
    changed = np.flatnonzero((lost > 0) & kept)
    finishes = np.diff(chain.served.indptr) > 0
    alive = can_finish(chain.flow, finishes, kept)
    factor = np.where(alive, _factors(lost), 0.0)[changed]
    new_rows = _drop(chain.flow[changed], ~kept, factor)
    change = (chain.flow[changed] - new_rows).tocsr()  # of I - Q, in the rows changed
    gained = row_sums(chain.served)[changed] * (factor - 1.0)
    return np.where(kept & alive, _solve_changed(chain, changed, change, gained), 0.0)


def _solve_changed(chain: Chain, changed: Places, change: csr_array, gained: Amounts) -> Amounts:
    """(A + E C)⁻¹ (r + E gained) with the factor of A = I - Q, where E spreads over the rows changed: with Z
    = A⁻¹E it is y - Z (1 + C Z)⁻¹ C y, y = A⁻¹r + Z gained (Woodbury). The small system is made whole if it
    is small, else it is solved by GMRES, one use of the factor for each step; should that fail, we factorise
    anew."""

    def spread(amounts: Amounts) -> Amounts:
        full = np.zeros((chain.size, *amounts.shape[1:]))
        full[changed] = amounts
        return full

    def times(some: Amounts) -> Amounts:
        return np.asarray(some + change @ chain.solve(spread(some)), dtype=np.float64)

    before = chain.reaching + chain.solve(spread(gained))
    missing = np.asarray(change @ before)
    if chain.size * len(changed) <= COLUMNS_AT_MOST:
        return before - chain.solve(spread(np.linalg.solve(times(np.eye(len(changed))), missing)))
    small = LinearOperator((len(changed), len(changed)), matvec=times, dtype=np.float64)
    found, failed = gmres(small, missing, rtol=1e-12, atol=0.0, restart=50, maxiter=4)
    if not failed:
        return before - chain.solve(spread(found))
    place = csr_array((np.ones(len(changed)), (changed, np.arange(len(changed)))), (chain.size, len(changed)))
    matrix = eye_array(chain.size, format="csr") - chain.flow + place @ change
    right = row_sums(chain.served) + spread(gained)
    return np.asarray(splu(matrix.tocsc()).solve(right), dtype=np.float64)
