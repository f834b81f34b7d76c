"""A table of flows becomes a network: an absorbing chain, and which flows are decisions or returns."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from fairgate.engines.customers.arrays import Amounts, Places, sums
from fairgate.engines.customers.chain import Chain, reachable, row_sums, shares, trapped
from fairgate.engines.customers.errors import (
    BadRows,
    EndlessCycle,
    MixedVolumes,
    NoCustomer,
    OneUnit,
    SharesAboveOne,
)

ROUNDING = 1e-9


class FlowKind(IntEnum):
    WORK = 0  # the target works on it
    DECISION = 1  # the target decides on it
    RETURN = 2  # the target gets its own work back


KINDS = {
    "work": FlowKind.WORK,
    "help": FlowKind.WORK,
    "decision": FlowKind.DECISION,
    "release": FlowKind.DECISION,
    "return": FlowKind.RETURN,
}


@dataclass(frozen=True, eq=False)
class Network:
    """``chain`` over ``units``; ``decided`` and ``returned`` are the parts of its flow of that kind.
    ``assumed`` says that shares were not given and every flow out of a unit counts the same."""

    units: tuple[str, ...]
    externals: tuple[str, ...]
    dead_ends: tuple[str, ...]
    chain: Chain
    decided: csr_array
    returned: csr_array
    assumed: bool
    flows: int


def read_flows(
    source: Sequence[str],
    target: Sequence[str],
    kind: Sequence[str] | None,
    volume: Sequence[float | None] | None,
    share: Sequence[float] | None,
    customers: Sequence[str],
    start: Mapping[str, float] | None,
) -> Network:
    """Names and numbers to a `Network`; see `describe` for the meaning of each column and the errors."""
    rows = len(source)
    for name, column in {"target": target, "kind": kind, "volume": volume, "share": share}.items():
        if column is not None and len(column) != rows:
            raise BadRows(f"There are {rows} sources but {len(column)} entries in {name}.", [])
    if rows == 0:
        raise BadRows("The table of flows is empty.", [])
    kinds = _kinds(kind, rows)
    weight, assumed = _weights(volume, share, rows)
    units, externals, dead_ends = _roles(source, target, customers)
    code = {name: place for place, name in enumerate((*units, *externals, *dead_ends))}
    sources = np.fromiter((code[name] for name in source), np.int64, rows)
    targets = np.fromiter((code[name] for name in target), np.int64, rows)
    return network(
        sources,
        targets,
        kinds,
        weight,
        units=units,
        externals=externals,
        dead_ends=dead_ends,
        are_shares=share is not None,
        assumed=assumed,
        start=None if start is None else _start_given(start, units),
    )


def network(
    source: Places,
    target: Places,
    kind: NDArray[np.int8],
    weight: Amounts,
    *,
    units: tuple[str, ...],
    externals: tuple[str, ...],
    dead_ends: tuple[str, ...] = (),
    are_shares: bool = False,
    assumed: bool = False,
    start: Amounts | None = None,
) -> Network:
    """From codes: units come first, then external customers, then dead ends. ``start`` is
    ``float64[units]``."""
    n, x = len(units), len(externals)
    if n < 2:
        raise OneUnit(units)
    leaving = sums(weight, source, n)
    out = np.ones(n) if are_shares else leaving
    if are_shares and (leaving > 1 + ROUNDING).any():
        unit = int(leaving.argmax())
        raise SharesAboveOne(units[unit], float(leaving[unit]))
    inner = target < n
    flow = shares(weight[inner], source[inner], target[inner], out, (n, n))
    _refuse_endless(flow, units)
    served_rows = (target >= n) & (target < n + x)
    served = shares(weight[served_rows], source[served_rows], target[served_rows] - n, out, (n, x))
    entering = _starts(flow, leaving, assumed or are_shares) if start is None else start
    volume = entering.sum(keepdims=True)
    begin = csr_array(entering[None, :] / volume) if volume[0] > 0 else csr_array((1, n))
    chain = Chain(flow=flow, served=served, start=begin, volume=volume)
    _refuse_unreached(chain)

    def part(of: FlowKind) -> csr_array:
        chosen = inner & (kind == of)
        return shares(weight[chosen], source[chosen], target[chosen], out, (n, n))

    return Network(
        units=units,
        externals=externals,
        dead_ends=dead_ends,
        chain=chain,
        decided=part(FlowKind.DECISION),
        returned=part(FlowKind.RETURN),
        assumed=assumed,
        flows=len(source),
    )


def _kinds(kind: Sequence[str] | None, rows: int) -> NDArray[np.int8]:
    if kind is None:
        return np.zeros(rows, dtype=np.int8)
    unknown = [row for row, name in enumerate(kind) if name not in KINDS]
    if unknown:
        raise BadRows(f"Row {unknown[0] + 1} says {kind[unknown[0]]}, which is no kind of flow.", unknown)
    return np.fromiter((KINDS[name] for name in kind), np.int8, rows)


def _weights(
    volume: Sequence[float | None] | None, share: Sequence[float] | None, rows: int
) -> tuple[Amounts, bool]:
    """The column given, or 1 for every flow; and whether that is assumed."""
    if volume is not None and share is not None:
        raise BadRows("Flows have volumes or shares, not both.", [])
    given = volume if volume is not None else share
    if given is None:
        return np.ones(rows), True
    weight = np.array([math.nan if value is None else value for value in given], dtype=np.float64)
    missing = np.flatnonzero(np.isnan(weight)).tolist()
    if len(missing) == rows:
        return np.ones(rows), True
    if missing:
        raise MixedVolumes(missing)
    bad = np.flatnonzero((weight < 0) | np.isinf(weight)).tolist()
    if bad:
        raise BadRows(f"Row {bad[0] + 1} has a flow below 0 or without end.", bad)
    return weight, False


def _roles(
    source: Sequence[str], target: Sequence[str], customers: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Units pass work on; external customers are those named so; whoever else only receives is a dead end."""
    externals = tuple(dict.fromkeys(customers))
    outside = set(externals)
    blank = [
        row for row, (a, b) in enumerate(zip(source, target, strict=True)) if not (a.strip() and b.strip())
    ]
    if blank:
        raise BadRows(f"Row {blank[0] + 1} doesn't say from whom or to whom work flows.", blank)
    passing = [row for row, name in enumerate(source) if name in outside]
    if passing:
        raise BadRows(f"In row {passing[0] + 1} an external customer passes work on.", passing)
    if not externals:
        raise NoCustomer("No external customer is named: give the flows that serve one the kind “customer”.")
    never = [name for name in externals if name not in set(target)]
    if never:
        raise NoCustomer(f"Nothing flows to {', '.join(never)}.", never)
    units = tuple(dict.fromkeys(source))
    known = set(units) | outside
    return units, externals, tuple(dict.fromkeys(name for name in target if name not in known))


def _start_given(start: Mapping[str, float], units: tuple[str, ...]) -> Amounts:
    unknown = [name for name in start if name not in set(units)]
    if unknown:
        raise NoCustomer(f"Work is said to start at {', '.join(unknown)}, who passes nothing on.", unknown)
    return np.array([start.get(name, 0.0) for name in units])


def _starts(flow: csr_array, leaving: Amounts, alike: bool) -> Amounts:
    """Work starts where none arrives: there enters what leaves, or the same everywhere if only shares are
    known."""
    arrives = np.zeros(len(leaving), dtype=np.bool_)
    arrives[flow.indices] = True
    begins = ~arrives & (leaving > 0)
    if not begins.any():
        raise NoCustomer("Work flows into every unit, so it isn't known where it starts. Say where.")
    return np.where(begins, 1.0 if alike else leaving, 0.0)


def _refuse_endless(flow: csr_array, units: tuple[str, ...]) -> None:
    kept = row_sums(flow)
    groups = trapped(flow, leaves=kept < 1 - ROUNDING)
    if groups:
        raise EndlessCycle([units[state] for state in groups[0]])


def _refuse_unreached(chain: Chain) -> None:
    everyone = np.ones(chain.size, dtype=np.bool_)
    reached = reachable(chain.flow, np.asarray(chain.start.sum(axis=0)).ravel() > 0, everyone)
    if not reached[np.diff(chain.served.indptr) > 0].any():
        raise NoCustomer("No external customer can be reached from where work starts.")
