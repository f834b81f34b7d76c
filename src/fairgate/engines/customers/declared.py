"""Declaring: "who is my customer?" answered from a table of needs.

With volumes, D(u, w) is the largest volume in which w names u divided by w's volume, added up over the
streams (process and external customer) in which w is a customer. Without volumes D is 1, "declared", and each
stream of an external customer counts the same, which is an assumption and is said.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from fairgate.engines.customers.answer import (
    Answer,
    Authority,
    Decided,
    ExternalCustomer,
    InProcess,
    InternalCustomer,
    Loss,
    Note,
    Supplier,
)
from fairgate.engines.customers.discrimination import Discrimination, discriminate
from fairgate.engines.customers.documents import coded
from fairgate.engines.customers.errors import EndlessCycle, OneUnit
from fairgate.engines.customers.events import is_placeholder
from fairgate.engines.customers.naming import find
from fairgate.engines.customers.needs import Need, NeedKind, read_needs
from fairgate.engines.customers.readings import CUSTOMER_FROM, read, separates_nobody
from fairgate.engines.customers.relations import UNNAMED_CUSTOMER, share_of
from fairgate.engines.customers.streams import Stream, streams_of

WHOLE = 1 - 1e-9  # sums of volumes may miss 1 by rounding


class Dependence(NamedTuple):
    either: float
    by_help: float
    by_release: float


@dataclass(frozen=True, eq=False)
class Declared:
    """Declared needs, and the answers they give."""

    needs: tuple[Need, ...]
    with_volumes: bool

    @cached_property
    def streams(self) -> tuple[Stream, ...]:
        return streams_of(self.needs)

    @cached_property
    def named_units(self) -> tuple[str, ...]:
        """The units that can be asked about, by name."""
        units = {need.customer for need in self.needs} | {need.supplier for need in self.needs}
        return tuple(sorted(unit for unit in units if not is_placeholder(unit)))

    def answer(self, unit: str, customer_from: float = CUSTOMER_FROM) -> Answer:
        """Everything about one unit. Raises `UnknownUnit` (with near names)."""
        find(unit, self.named_units)
        internal, authority = self._internal_customers(unit), self._authority_over(unit)
        external = self._external_customers(unit)
        readings = read(internal, authority, external, len(self.named_units) - 1, customer_from)
        return Answer(
            unit=unit,
            kind="declared",
            cases=None,
            served=None,
            external_customers=external,
            internal_customers=internal,
            authority_over=authority,
            customer_of=self._customer_of(unit),
            indispensable_to=self._indispensable_to(unit),
            loss_if_absent=self._loss(unit),
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
    def discrimination(self) -> Discrimination:
        """Each need between two named units counts as one hand-over from supplier to customer."""
        pairs = [
            (n.supplier, n.customer) for n in self.needs if {n.supplier, n.customer} <= set(self.named_units)
        ]
        codes, _ = coded([name for pair in pairs for name in pair])
        source, target = codes[::2].astype(np.int64), codes[1::2].astype(np.int64)
        return discriminate(source, target, np.ones(len(pairs), dtype=np.int64))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        unnamed = sum(not need.external for need in self.needs)
        found = [] if self.with_volumes else [Note("equal_shares_assumed")]
        return (*found, *([Note("external_assumed", {"needs": unnamed})] if unnamed else []))

    @cached_property
    def coverage(self) -> dict[str, object]:
        sides = [
            side for need in self.needs for side in (need.customer, need.supplier) if is_placeholder(side)
        ]
        placeholders = [{"unit": name, "events": sides.count(name)} for name in dict.fromkeys(sides)]
        return {"events": 0, "needs": len(self.needs), "without_unit": 0, "placeholder_units": placeholders}

    @cached_property
    def _between(self) -> dict[tuple[str, str], list[Need]]:
        """The needs of each (customer, supplier)."""
        between: dict[tuple[str, str], list[Need]] = defaultdict(list)
        for need in self.needs:
            between[need.customer, need.supplier].append(need)
        return dict(between)

    @cached_property
    def _volumes(self) -> dict[tuple[str, str | None], float]:
        """Each customer's volume in each process, and in all (None)."""
        volumes: dict[tuple[str, str | None], float] = defaultdict(float)
        for stream in self.streams:
            for customer, volume in stream.volume_of.items():
                volumes[customer, stream.process] += volume
                volumes[customer, None] += volume
        return dict(volumes)

    def _dependence(self, customer: str, supplier: str, process: str | None = None) -> "Dependence":
        needs = [n for n in self._between.get((customer, supplier), []) if process in (None, n.process)]

        def share(*kinds: NeedKind) -> float:
            largest: dict[tuple[str, str], float] = {}
            for need in needs:
                if need.kind in kinds:
                    stream = need.process, need.external
                    largest[stream] = max(need.volume, largest.get(stream, 0.0))
            if not self.with_volumes:
                return float(bool(largest))
            return share_of(sum(largest.values()), self._volumes.get((customer, process), 0.0))

        return Dependence(
            share(NeedKind.HELP, NeedKind.RELEASE), share(NeedKind.HELP), share(NeedKind.RELEASE)
        )

    def _releases(self, gate: str, unit: str) -> bool:
        return any(need.kind is NeedKind.RELEASE for need in self._between.get((unit, gate), []))

    def _in_processes(self, customer: str, supplier: str) -> tuple[InProcess, ...]:
        met = dict.fromkeys(need.process for need in self._between[customer, supplier])
        return tuple(InProcess(process, *self._dependence(customer, supplier, process)) for process in met)

    def _internal_customers(self, unit: str) -> tuple[InternalCustomer, ...]:
        named = set(self.named_units)
        found = []
        for customer in {n.customer for n in self.needs if n.supplier == unit} & named:
            by_process = self._in_processes(customer, unit)
            dependence, by_help, by_release = self._dependence(customer, unit)
            found.append(
                InternalCustomer(
                    unit=customer,
                    dependence=dependence,
                    by_help=by_help,
                    by_release=by_release,
                    under_our_authority=self._releases(unit, customer),
                    decides_on_us=self._releases(customer, unit),
                    only_as_gate=False,
                    processes=tuple(part.process for part in by_process),
                    by_process=by_process,
                )
            )
        return tuple(sorted(found, key=lambda c: (-c.dependence, c.unit)))

    def _authority_over(self, unit: str) -> tuple[Authority, ...]:
        """A need for release is authority too."""
        return tuple(
            Authority(
                unit=customer.unit,
                share=customer.by_release,
                rejection_rate=None,
                returns=None,
                decisions=None,
                rejections=None,
                by_process=tuple(
                    Decided(part.process, part.by_release, None, None, None, None)
                    for part in customer.by_process
                    if part.by_release > 0
                ),
            )
            for customer in self._internal_customers(unit)
            if customer.under_our_authority
        )

    def _customer_of(self, unit: str) -> tuple[Supplier, ...]:
        suppliers = {n.supplier for n in self.needs if n.customer == unit} & set(self.named_units)
        found = [Supplier(name, self._dependence(unit, name).either) for name in suppliers]
        return tuple(sorted(found, key=lambda s: (-s.share, s.unit)))

    def _external_customers(self, unit: str) -> tuple[ExternalCustomer, ...]:
        ours = sum(stream.through.get(unit, 0.0) for stream in self.streams)
        found = []
        for external in dict.fromkeys(s.external for s in self.streams if unit in s.through):
            ending = [stream for stream in self.streams if stream.external == external]
            through = sum(stream.through.get(unit, 0.0) for stream in ending)
            total = sum(stream.total for stream in ending)
            name = external or UNNAMED_CUSTOMER
            found.append(ExternalCustomer(name, share_of(through, total), share_of(through, ours)))
        return tuple(sorted(found, key=lambda x: (-x.of_ours, -x.share, x.name)))

    def _loss(self, unit: str) -> Loss:
        total = sum(stream.total for stream in self.streams)
        through = sum(stream.through.get(unit, 0.0) for stream in self.streams)
        stuck = sum(stream.stuck_without(unit) for stream in self.streams)
        return Loss(share_of(through, total), share_of(stuck, total))

    def _indispensable_to(self, unit: str) -> tuple[str, ...]:
        """Lost in every stream: external customers, then units. Where volumes say that a part gets through without the
        unit, it is not indispensable."""
        failing = [(stream, stream.failing_without(unit)) for stream in self.streams]
        safe = {stream.external for stream, failed in failing if not stream.servers <= failed}
        lost = {stream.external or UNNAMED_CUSTOMER for stream in self.streams if stream.external not in safe}
        working = {other for stream, failed in failing for other in stream.through if other not in failed}
        if self.with_volumes:
            lost &= {found.name for found in self._external_customers(unit) if found.share > WHOLE}
            working |= {w for w in self.named_units if self._dependence(w, unit).either <= WHOLE}
        return (*sorted(lost), *sorted(set(self.named_units) - working - {unit}))


def declare(
    *,
    customer: Sequence[str],
    supplier: Sequence[str],
    process: Sequence[str],
    external: Sequence[str],
    kind: Sequence[str],
    volume: Sequence[float | None] | None = None,
    what: Sequence[str] | None = None,
) -> Declared:
    """Needs as columns. ``kind`` is "help" or "release", a blank ``external`` is the unnamed customer.

    Raises `BadRows` (rows from 0), `MixedVolumes`, `OneUnit`, and `EndlessCycle` where help only goes round
    and no row names an external customer.
    """
    needs, with_volumes = read_needs(customer, supplier, process, external, kind, volume, what)
    declared = Declared(needs, with_volumes)
    if len(declared.named_units) < 2:
        raise OneUnit(declared.named_units)
    for stream in declared.streams:
        if not stream.external and (cycle := stream.endless_help()):
            raise EndlessCycle(cycle)
    return declared
