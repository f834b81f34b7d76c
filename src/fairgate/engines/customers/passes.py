"""What happened to each document: withdrawals, whom a decision was about, the final pass, and whether it was
served.

Definitions (DESIGN 4.1 and 11):

- A rejection or return by a unit when no other named unit has worked on the document is *withdrawing one's
  own*: work. (So "Declaration REJECTED by EMPLOYEE" after a refusal is the claimant taking the claim back:
  only they have worked.)
- A decision is *over* the unit of the latest work by another named unit before it. Inspections by the gate
  itself or a placeholder's step don't hide whom it decides on. Where there is none, it is over nobody known
  (-1).
- The *final pass* is what follows the last rejection or return by a gate. We let a return end a pass too:
  otherwise the gate that sent work back would count as having helped its author.
- A document was *served* if its last decision approves; with a ``served`` pattern, if an act of the final
  pass matches; in a log without any decision, always, and that is an assumption.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.customers.arrays import Codes, Flags, Places
from fairgate.engines.customers.cases import Cases
from fairgate.engines.customers.kinds import Kind

ServedBy = Literal["decision", "pattern", "assumed"]


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """Of each act ``kind`` (withdrawals turned into work), ``over`` (-1: no decision, or over nobody known)
    and ``turn`` (its pass, from 0); of each document ``final`` (first act of its final pass), ``path`` (where
    the last pass that met a gate began: ``final`` if served) and ``served``."""

    kind: NDArray[np.int8]
    over: Codes
    turn: Places
    final: Places
    path: Places
    served: Flags
    served_by: ServedBy
    withdrawn: int

    @property
    def decides(self) -> Flags:
        return np.not_equal(self.kind, Kind.WORK)

    @property
    def sends_back(self) -> Flags:
        return _sends_back(self.kind)


def read_passes(cases: Cases) -> Passes:
    document = cases.document
    worked = _is_named(cases)
    withdrawn = _withdrawals(cases, document, worked)
    kind = np.where(withdrawn, np.int8(Kind.WORK), cases.kind)
    over = _over(cases, document, kind, worked)
    back = _sends_back(kind)
    final, before = _after_last(back, cases.starts)
    served, served_by = _served(cases, document, kind, final)
    return Passes(
        kind=kind,
        over=over,
        turn=_turns(back, cases.starts),
        final=final,
        path=np.where(served, final, before),
        served=served,
        served_by=served_by,
        withdrawn=int(withdrawn.sum()),
    )


def merged(cases: Cases, passes: Passes) -> Flags:
    """Documents that look like several: in one pass a unit approves by the same activity twice.
    ``bool[d]``"""
    approves = np.flatnonzero(passes.kind == Kind.APPROVE)
    document = cases.document[approves]
    columns = (cases.activity[approves], cases.unit[approves], passes.turn[approves], document)
    order = np.lexsort(columns)
    same = np.ones(max(0, len(order) - 1), dtype=np.bool_)
    for column in columns:
        same &= np.diff(column[order]) == 0
    found = np.zeros(len(cases.case), dtype=np.bool_)
    found[document[order[1:][same]]] = True
    return found


def _sends_back(kind: NDArray[np.int8]) -> Flags:
    return np.isin(kind, (Kind.REJECT, Kind.RETURN))


def _is_named(cases: Cases) -> Flags:
    """Acts by a unit that is one: neither missing nor a placeholder."""
    return np.append(cases.named, False)[cases.unit]


def _withdrawals(cases: Cases, document: Places, named: Flags) -> Flags:
    """Another unit has worked before act k if the first worker is another, or else if the second worker came
    by k."""
    work = np.flatnonzero(named & (cases.kind == Kind.WORK))
    end = len(document)
    first_work = np.full(len(cases.case), end)
    np.minimum.at(first_work, document[work], work)
    first_unit = np.where(first_work < end, np.append(cases.unit, -1)[first_work], -1)
    others = work[cases.unit[work] != first_unit[document[work]]]
    second_work = np.full(len(cases.case), end)
    np.minimum.at(second_work, document[others], others)
    by_first = cases.unit == first_unit[document]
    earliest_other = np.where(by_first, second_work[document], first_work[document])
    return _sends_back(cases.kind) & (earliest_other > np.arange(end))


def _over(cases: Cases, document: Places, kind: NDArray[np.int8], named: Flags) -> Codes:
    """Walk back from each decision to the latest work; if that is the gate's own, to the unit before its
    run."""
    work = np.flatnonzero(named & (kind == Kind.WORK))
    over = np.full(len(kind), -1, dtype=np.int32)
    if len(work) == 0:
        return over
    worker, of = cases.unit[work], document[work]
    new_run = np.append(True, (np.diff(worker) != 0) | (np.diff(of) != 0))
    run_start = np.maximum.accumulate(np.where(new_run, np.arange(len(work)), 0))
    decision = np.flatnonzero(kind != Kind.WORK)
    latest = np.searchsorted(work, decision) - 1
    earlier = run_start[latest] - 1
    candidate = np.where(worker[latest] == cases.unit[decision], earlier, latest)
    found = (candidate >= 0) & (of[candidate] == document[decision]) & (work[candidate] < decision)
    over[decision] = np.where(found, worker[candidate], -1)
    return over


def _after_last(back: Flags, starts: Places) -> tuple[Places, Places]:
    """Of each document, the act after its last sending back, and the act after the last but one."""
    place = np.where(back, np.arange(len(back)), -1)
    last = np.maximum.reduceat(place, starts[:-1])
    again = place.copy()
    again[last[last >= 0]] = -1
    last_but_one = np.maximum.reduceat(again, starts[:-1])
    return np.where(last >= 0, last + 1, starts[:-1]), np.where(
        last_but_one >= 0, last_but_one + 1, starts[:-1]
    )


def _turns(back: Flags, starts: Places) -> Places:
    gone: Places = np.append(0, np.cumsum(back))
    turns: Places = gone[:-1] - np.repeat(gone[starts[:-1]], np.diff(starts))
    return turns


def _served(cases: Cases, document: Places, kind: NDArray[np.int8], final: Places) -> tuple[Flags, ServedBy]:
    if cases.serves is not None:
        served = np.zeros(len(final), dtype=np.bool_)
        served[document[cases.serves & (np.arange(len(kind)) >= final[document])]] = True
        return served, "pattern"
    decides = kind != Kind.WORK
    if not decides.any():
        return np.ones(len(final), dtype=np.bool_), "assumed"
    last = np.maximum.reduceat(np.where(decides, np.arange(len(kind)), -1), cases.starts[:-1])
    return (last >= 0) & (kind[last] == Kind.APPROVE), "decision"
