"""Can they do without me? What is cut off, and what is lost, when states leave the chain."""

import numpy as np
from scipy.sparse import csr_array, eye_array
from scipy.sparse.linalg import LinearOperator, gmres, splu

from fairgate.engines.customers.arrays import Amounts, Flags, Places
from fairgate.engines.customers.chain import Chain, can_finish, reachable, row_sums

# Removing a state changes the rows of its predecessors. Up to this many numbers we keep one solved column for
# each of them (Woodbury); beyond, we iterate with the factor we have.
COLUMNS_AT_MOST = 4_000_000
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
    rest = 1.0 - lost
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
    direct = row_sums(chain.served)
    change = (chain.flow[changed] - new_rows).tocsr()  # of I - Q, in the rows changed
    gained = direct[changed] * (factor - 1.0)
    if chain.size * max(1, len(changed)) <= COLUMNS_AT_MOST:
        served = _by_columns(chain, changed, change, gained)
    else:
        served = _by_iteration(chain, changed, change, direct, gained)
    return np.where(kept & alive, served, 0.0)


def _by_columns(chain: Chain, changed: Places, change: csr_array, gained: Amounts) -> Amounts:
    """(A + E C)⁻¹ r' with A's factor: Z = A⁻¹E, then one small system (Woodbury)."""
    units = np.zeros((chain.size, len(changed)))
    units[changed, np.arange(len(changed))] = 1.0
    columns = chain.solve(units)
    before = chain.reaching + columns @ gained
    small = np.eye(len(changed)) + change @ columns
    return before - columns @ np.linalg.solve(small, change @ before)


def _by_iteration(
    chain: Chain, changed: Places, change: csr_array, direct: Amounts, gained: Amounts
) -> Amounts:
    """The changed system by GMRES, preconditioned with the factor of the old; factorised anew if that
    fails."""
    spread = csr_array(
        (np.ones(len(changed)), (changed, np.arange(len(changed)))), shape=(chain.size, len(changed))
    )
    matrix = (eye_array(chain.size, format="csr") - chain.flow + spread @ change).tocsr()
    right = direct + spread @ gained
    solver = LinearOperator(matrix.shape, matvec=chain.solve, dtype=np.float64)
    found, failed = gmres(matrix, right, x0=chain.reaching, M=solver, rtol=1e-12, atol=0.0, maxiter=20)
    return splu(matrix.tocsc()).solve(right) if failed else found
