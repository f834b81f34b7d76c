"""Counting: "who is my customer?" answered from a log of events."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import cached_property
from typing import Any

import numpy as np

from fairgate.engines.customers import tallying
from fairgate.engines.customers.answer import Answer, Loss, Note
from fairgate.engines.customers.cases import Cases
from fairgate.engines.customers.discrimination import Discrimination, discriminate
from fairgate.engines.customers.errors import OneUnit
from fairgate.engines.customers.figures import Figures
from fairgate.engines.customers.naming import find
from fairgate.engines.customers.paths import Paths
from fairgate.engines.customers.readings import CUSTOMER_FROM, read, separates_nobody
from fairgate.engines.customers.relations import Relations


class Counts(Figures):
    """Counted figures, and the answers they give."""

    @cached_property
    def relations(self) -> Relations:
        return Relations(self)

    @cached_property
    def paths(self) -> Paths:
        return Paths(self)

    @cached_property
    def named_units(self) -> tuple[str, ...]:
        """The units that can be asked about, by name."""
        return tuple(sorted(name for name, named in zip(self.units, self.named, strict=True) if named))

    def answer(self, unit: str, customer_from: float = CUSTOMER_FROM) -> Answer:
        """Everything about one unit. Raises `UnknownUnit` (with near names)."""
        code = self.units.index(find(unit, self.named_units))
        relations = self.relations
        internal, authority = relations.internal_customers(code), relations.authority_over(code)
        external = relations.external_customers(code)
        readings = read(internal, authority, external, len(self.named_units) - 1, customer_from)
        part, decided = self.part.where(unit=code), self.authority.where(gate=code)
        return Answer(
            unit=unit,
            kind="measured",
            cases=int(part["documents"].sum()),
            served=int(part["served"].sum()),
            external_customers=external,
            internal_customers=internal,
            authority_over=authority,
            customer_of=relations.customer_of(code),
            indispensable_to=self.paths.indispensable_to(code),
            loss_if_absent=Loss(relations.share_of_all(code), self.paths.rerouted(code)),
            readings=readings,
            decisions=int(decided["decisions"].sum()),
            rejections=int(decided["rejections"].sum()),
            notes=(*separates_nobody(readings), *self._over_nobody(code), *self.notes),
            coverage=self.coverage_dict(),
        )

    def answers(self, customer_from: float = CUSTOMER_FROM) -> Iterator[Answer]:
        """One for each named unit, by name."""
        for unit in self.named_units:
            yield self.answer(unit, customer_from)

    @cached_property
    def discrimination(self) -> Discrimination:
        """How far hand-overs tell suppliers' customers apart, all processes and passes together."""
        return discriminate(self.handover["source"], self.handover["target"], self.handover["handovers"])

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What holds for every unit of this log."""
        covered = self.coverage
        return tuple(
            Note(code, parameters)
            for code, parameters, holds in (
                ("nothing_served", {}, covered.served == 0),
                ("served_assumed", {}, covered.served_by == "assumed"),
                ("external_assumed", {"documents": covered.unnamed_external}, covered.unnamed_external > 0),
                (
                    "documents_merged",
                    {"documents": covered.merged, "of": covered.documents},
                    covered.merged > 0,
                ),
                ("ties", {"events": covered.ties}, covered.ties > 0),
                ("without_value", {"documents": covered.without_value}, covered.without_value > 0),
                ("processes_never_served", {"processes": self._never_served()}, bool(self._never_served())),
            )
            if holds
        )

    def coverage_dict(self) -> dict[str, Any]:
        """Coverage as JSON, placeholders as ``[{unit, events}]``."""
        placeholders = [{"unit": name, "events": events} for name, events in self.coverage.placeholder_units]
        return asdict(self.coverage) | {"placeholder_units": placeholders}

    def _over_nobody(self, code: int) -> list[Note]:
        decisions = int(self.authority.where(gate=code, over=-1)["decisions"].sum())
        return [Note("over_nobody", {"decisions": decisions})] if decisions else []

    def _never_served(self) -> list[str]:
        served = set(self.served["process"].tolist())
        return [name for code, name in enumerate(self.processes) if code not in served]


def count(cases: Cases) -> Counts:
    """The figures of all cases. Raises `OneUnit` when fewer than two named units act."""
    acting = np.unique(cases.unit[cases.unit >= 0])
    named = [cases.units[unit] for unit in acting if cases.named[unit]]
    if len(named) < 2:
        raise OneUnit(named)
    log = tallying.Log.of(cases)
    moves, ends = tallying.moves_and_ends(log)
    return Counts(
        units=cases.units,
        processes=cases.processes,
        externals=cases.externals,
        served=tallying.served(log),
        reach=tallying.reach(log),
        part=tallying.part(log),
        need=tallying.need(log),
        authority=tallying.authority(log),
        handover=tallying.handover(log),
        moves=moves,
        ends=ends,
        coverage=tallying.coverage(log),
    )
