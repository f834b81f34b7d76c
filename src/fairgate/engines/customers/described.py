"""Describing: "who is my customer?" answered from flows alone, as an absorbing chain (see `chain`).

What reaches the external customer, V, visits and losses come from the whole chain. Who needs whom is asked of
the final pass, as when counting: returns are cut, and passes begin where work enters or where a return brings
it back, a = s + (sN) Ret. With N of the cut chain, f = (aN)/diag(N) the chance of taking part and g the
chance of being served:

    D_h(u, w) = P(w after u | w, served)  = f_u N_uw / (aN)_w
    D_r(u, w) = P(u after w | w, served)  = N_wu g_u / (N_uu g_w)       for a gate u: one that work enters for
    a decision

and either of them is P(u and w | w, served), by which of the two comes first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from fairgate.engines.customers.answer import (
    Answer,
    Authority,
    ExternalCustomer,
    InternalCustomer,
    Loss,
    Note,
    Supplier,
)
from fairgate.engines.customers.arrays import Amounts, Flags, Places
from fairgate.engines.customers.chain import Chain
from fairgate.engines.customers.events import is_placeholder
from fairgate.engines.customers.flows import Network, read_flows
from fairgate.engines.customers.naming import find
from fairgate.engines.customers.readings import CUSTOMER_FROM, read, separates_nobody
from fairgate.engines.customers.relations import share_of
from fairgate.engines.customers.removal import cut_off, rerouted, work_stops

ROUNDING = 1e-12
AT_ONCE = 64  # columns of N solved together


@dataclass(frozen=True, eq=False)
class Description:
    """Flows as told, and the answers they give. ``customer_of`` is the share of what arrives that a unit
    brought."""

    network: Network

    @property
    def chain(self) -> Chain:
        return self.network.chain

    @cached_property
    def final_pass(self) -> Chain:
        """The chain with returns cut; its passes begin at the starts and where returns arrive."""
        returned = self.network.returned
        if returned.nnz == 0:
            return self.chain
        begins = self.chain.entering + returned.T @ self.chain.visits
        whole = begins.sum(keepdims=True)
        cut: csr_array = (self.chain.flow - returned).tocsr()
        cut.data[np.abs(cut.data) < ROUNDING] = 0.0
        cut.eliminate_zeros()
        return Chain(
            flow=cut, served=self.chain.served, start=csr_array(begins[None, :] / whole), volume=whole
        )

    @cached_property
    def named(self) -> Flags:
        return np.array([not is_placeholder(name) for name in self.network.units], dtype=np.bool_)

    @cached_property
    def named_units(self) -> tuple[str, ...]:
        """The units that can be asked about, by name."""
        return tuple(sorted(np.array(self.network.units, dtype=object)[self.named]))

    def answer(self, unit: str, customer_from: float = CUSTOMER_FROM) -> Answer:
        """Everything about one unit. Raises `UnknownUnit` (with near names)."""
        state = self.network.units.index(find(unit, self.named_units))
        authority = self._authority_over(state)
        internal = self._internal_customers(state, {over.unit for over in authority})
        external = self._external_customers(state)
        readings = read(internal, authority, external, len(self.named_units) - 1, customer_from)
        return Answer(
            unit=unit,
            kind="assumed" if self.network.assumed else "declared",
            cases=None,
            served=None,
            external_customers=external,
            internal_customers=internal,
            authority_over=authority,
            customer_of=self._customer_of(state),
            indispensable_to=self._indispensable_to(state),
            loss_if_absent=Loss(work_stops(self.chain, state), rerouted(self.chain, np.array([state]))),
            readings=readings,
            decisions=None,
            rejections=None,
            notes=(*separates_nobody(readings), *self.notes),
            coverage=self.coverage,
        )

    def answers(self, customer_from: float = CUSTOMER_FROM) -> Iterator[Answer]:
        """One for each named unit, by name."""
        for unit in self.named_units:
            yield self.answer(unit, customer_from)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        assumed = [Note("equal_shares_assumed")] if self.network.assumed else []
        ends = self.network.dead_ends
        return (*assumed, *([Note("dead_ends", {"names": list(ends)})] if ends else []))

    @cached_property
    def coverage(self) -> dict[str, Any]:
        placeholders = [{"unit": name, "events": 0} for name in self.network.units if is_placeholder(name)]
        return {
            "events": 0,
            "flows": self.network.flows,
            "without_unit": 0,
            "placeholder_units": placeholders,
        }

    def visits(self) -> Mapping[str, float]:
        """Expected visits of each unit for each piece of work that enters."""
        share = self.chain.visits / self.chain.volume.sum()
        return dict(zip(self.network.units, share.tolist(), strict=True))

    def _external_customers(self, state: int) -> tuple[ExternalCustomer, ...]:
        through, received = self.chain.through(state), self.chain.received
        found = [
            ExternalCustomer(
                self.network.externals[x], share_of(through[x], received[x]), share_of(through[x], ours)
            )
            for ours in (through.sum(),)
            for x in np.flatnonzero(through > ROUNDING * received)
        ]
        return tuple(sorted(found, key=lambda x: (-x.of_ours, -x.share, x.name)))

    def _internal_customers(self, state: int, over: set[str]) -> tuple[InternalCustomer, ...]:
        either, help_, release = self.dependence(state)
        deciders = set(self.network.decided[[state]].indices.tolist())
        units = self.network.units
        found = [
            InternalCustomer(
                unit=units[w],
                dependence=float(either[w]),
                by_help=float(help_[w]),
                by_release=float(release[w]),
                under_our_authority=units[w] in over,
                decides_on_us=int(w) in deciders,
                only_as_gate=self._only_decides_on(int(w), state),
                processes=(),
                by_process=(),
            )
            for w in np.flatnonzero((either > ROUNDING) & self.named)
            if w != state
        ]
        return tuple(sorted(found, key=lambda c: (-c.dependence, c.unit)))

    def _only_decides_on(self, gate: int, state: int) -> bool:
        """Everything that reaches the gate comes from this state, for a decision."""
        arriving = self._arriving.indices[self._arriving.indptr[gate] : self._arriving.indptr[gate + 1]]
        decided = self.network.decided[[state], [gate]].item()
        begins = self.chain.entering[gate] > 0
        return (
            not begins and arriving.tolist() == [state] and decided >= self.chain.flow[[state], [gate]].item()
        )

    @cached_property
    def _arriving(self) -> csr_array:
        return self.chain.flow.T.tocsr()

    def dependence(self, state: int) -> tuple[Amounts, Amounts, Amounts]:
        """D by either, help and release of every unit on this one. ``float64[units]`` each, 0 for the unit
        itself."""
        chain = self.final_pass
        row = chain.visits_from(state)
        ever = chain.visits[state] / row[state]
        takes_part = chain.visits > ROUNDING * chain.volume.sum()
        help_ = np.divide(ever * row, chain.visits, out=np.zeros_like(row), where=takes_part)
        release = np.zeros_like(row)
        either = help_
        if self.network.decided[:, [state]].nnz:
            column = chain.visits_to(state)
            served = takes_part & (chain.reaching > ROUNDING)
            after = column / row[state]
            np.divide(after * chain.reaching[state], chain.reaching, out=release, where=served)
            either = self._either(state, row, after, help_, release)
        shares = tuple(np.clip(share, 0.0, 1.0) for share in (either, help_, release))
        for share in shares:
            share[state] = 0.0
        return shares[0], shares[1], shares[2]

    def _either(self, state: int, row: Amounts, after: Amounts, help_: Amounts, release: Amounts) -> Amounts:
        """P(both | w, served). Where only one order is possible, that one; else u first, or w first, then the
        other: P(u before w) = (f_u - f_w F_wu) / (1 - F_uw F_wu), with F the chance ever to get from one to
        the other."""
        chain = self.final_pass
        either = np.maximum(help_, release)
        both = np.flatnonzero((help_ > ROUNDING) & (release > ROUNDING))
        both = both[both != state]
        itself = self._diagonal(both)
        f_w, f_u = chain.visits[both] / itself, chain.visits[state] / row[state]
        there, back = row[both] / itself, after[both]
        u_first = (f_u - f_w * back) / (1.0 - there * back)
        w_first = f_w - u_first * there
        g_u, g_w = chain.reaching[state], chain.reaching[both]
        either[both] = (u_first * there * g_w + w_first * back * g_u) / (f_w * g_w)
        return either

    def _diagonal(self, states: Places) -> Amounts:
        """N_ww for these states, some columns at a time."""
        found = np.empty(len(states))
        for begin in range(0, len(states), AT_ONCE):
            block = states[begin : begin + AT_ONCE]
            units = np.zeros((self.final_pass.size, len(block)))
            units[block, np.arange(len(block))] = 1.0
            found[begin : begin + AT_ONCE] = self.final_pass.solve(units)[block, np.arange(len(block))]
        return found

    def _authority_over(self, state: int) -> tuple[Authority, ...]:
        """The share is what goes into our decision of what leaves the unit and is served; refused is what is
        lost straight from us, as in a flow to a dead end."""
        chain, decided = self.final_pass, self.network.decided[:, [state]].tocoo()
        kept = float(self.chain.flow[[state]].sum() + self.chain.served[[state]].sum())
        found = [
            Authority(
                unit=self.network.units[w],
                share=share_of(share * chain.reaching[state], chain.reaching[w]),
                rejection_rate=max(0.0, 1.0 - kept) if 1.0 - kept > ROUNDING else 0.0,
                returns=None,
                decisions=None,
                rejections=None,
                by_process=(),
            )
            for w, share in zip(decided.row.tolist(), decided.data.tolist(), strict=True)
            if self.named[w]
        ]
        return tuple(sorted(found, key=lambda a: (-a.share, a.unit)))

    def _customer_of(self, state: int) -> tuple[Supplier, ...]:
        chain = self.final_pass
        work = (chain.flow - self.network.decided)[:, [state]].tocoo()
        found = [
            Supplier(self.network.units[w], share_of(chain.visits[w] * share, chain.visits[state]))
            for w, share in zip(work.row.tolist(), work.data.tolist(), strict=True)
            if share > ROUNDING and w != state and self.named[w]
        ]
        return tuple(sorted(found, key=lambda s: (-s.share, s.unit)))

    def _indispensable_to(self, state: int) -> tuple[str, ...]:
        nobody = np.empty(0, dtype=np.int64)
        before, after = cut_off(self.chain, nobody), cut_off(self.chain, np.array([state]))
        units = [
            self.network.units[w] for w in np.flatnonzero(after[0] & ~before[0] & self.named) if w != state
        ]
        externals = [self.network.externals[x] for x in np.flatnonzero(after[1] & ~before[1])]
        return (*sorted(externals), *sorted(units))


def describe(
    *,
    source: Sequence[str],
    target: Sequence[str],
    customers: Sequence[str],
    kind: Sequence[str] | None = None,
    volume: Sequence[float | None] | None = None,
    share: Sequence[float] | None = None,
    start: Mapping[str, float] | None = None,
) -> Description:
    """Flows as columns, each from ``source`` to ``target``; ``customers`` names the targets that are
    external.

    ``kind`` is "work" (or "help"), "decision" (or "release": the target decides on it) or "return".
    ``volume`` says how much flows, or ``share`` which part of what leaves the source (the rest is lost); with
    neither, all flows out of a unit count the same, which is assumed. Work starts at ``start``, else where
    none arrives. Targets that pass nothing on and are no customers are dead ends. Raises `BadRows`,
    `MixedVolumes`, `SharesAboveOne`, `EndlessCycle`, `NoCustomer` and `OneUnit`.
    """
    return Description(read_flows(source, target, kind, volume, share, customers, start))
