"""From figures to relations: each function answers one question about one unit (DESIGN 4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fairgate.engines.customers.answer import (
    Authority,
    Decided,
    ExternalCustomer,
    InProcess,
    InternalCustomer,
    Supplier,
)
from fairgate.engines.customers.arrays import Amounts
from fairgate.engines.customers.figures import Figures
from fairgate.engines.customers.tally import Tally

UNNAMED_CUSTOMER = "unnamed (assumed)"


@dataclass(frozen=True, eq=False)
class Relations:
    """The relations of every unit; asked one unit at a time, by its code."""

    figures: Figures

    @cached_property
    def worth(self) -> Amounts:
        """Each unit's served value. ``float64[units]``"""
        return self.figures.part.total("value", "unit", len(self.figures.units))

    @cached_property
    def worth_in(self) -> Amounts:
        """Each unit's served value in each process. ``float64[processes, units]``"""
        part, worth = self.figures.part, np.zeros((len(self.figures.processes), len(self.figures.units)))
        worth[part["process"], part["unit"]] = part["value"]
        return worth

    @cached_property
    def received(self) -> Amounts:
        """Each external customer's served value, the unnamed one last. ``float64[externals + 1]``"""
        served = self.figures.served
        received = np.zeros(len(self.figures.externals) + 1)
        np.add.at(received, served["external"], served["value"])
        return received

    def external_customers(self, unit: int) -> tuple[ExternalCustomer, ...]:
        """How much reaches each external customer through us?"""
        ours = self.figures.reach.where(unit=unit)
        through = np.zeros_like(self.received)
        np.add.at(through, ours["external"], ours["value"])
        names = (*self.figures.externals, UNNAMED_CUSTOMER)
        found = [
            ExternalCustomer(
                names[x], share_of(through[x], self.received[x]), share_of(through[x], self.worth[unit])
            )
            for x in np.unique(ours["external"] % len(names))
        ]
        return tuple(sorted(found, key=lambda x: (-x.of_ours, -x.share, x.name)))

    def internal_customers(self, unit: int) -> tuple[InternalCustomer, ...]:
        """Who needs us, by help or by release?"""
        figures = self.figures
        over = set(figures.authority.where(gate=unit)["over"].tolist())
        deciders = set(figures.authority.where(over=unit)["gate"].tolist())
        found = []
        for customer, rows in _groups(figures.need.where(supplier=unit), "customer"):
            acts, gate_acts = rows["acts"].sum(), rows["gate_acts"].sum()
            found.append(
                InternalCustomer(
                    unit=figures.units[customer],
                    dependence=share_of(rows["either"].sum(), self.worth[customer]),
                    by_help=share_of(rows["help"].sum(), self.worth[customer]),
                    by_release=share_of(rows["release"].sum(), self.worth[customer]),
                    under_our_authority=customer in over,
                    decides_on_us=customer in deciders,
                    only_as_gate=bool(acts == gate_acts),
                    processes=tuple(figures.processes[p] for p in rows["process"]),
                    by_process=tuple(self._in_processes(customer, rows)),
                )
            )
        return tuple(sorted(found, key=lambda c: (-c.dependence, c.unit)))

    def _in_processes(self, customer: int, rows: Tally) -> Iterator[InProcess]:
        columns = (rows["process"], rows["either"], rows["help"], rows["release"])
        for process, *values in zip(*columns, strict=True):
            worth = self.worth_in[process, customer]
            yield InProcess(self.figures.processes[process], *(share_of(value, worth) for value in values))

    def authority_over(self, unit: int) -> tuple[Authority, ...]:
        """Whom do we decide on? Decisions over nobody known are left out: they show in a note."""
        decided = self.figures.authority.where(gate=unit).where_not(over=-1)
        found = [self._authority(over, rows) for over, rows in _groups(decided, "over")]
        return tuple(sorted(found, key=lambda a: (-a.share, -(a.decisions or 0), a.unit)))

    def _authority(self, over: int, rows: Tally) -> Authority:
        columns = [rows[name].tolist() for name in ("process", "decisions", "rejections", "returns", "value")]
        by_process = tuple(
            Decided(
                process=self.figures.processes[process],
                share=share_of(value, self.worth_in[process, over]),
                rejection_rate=rejections / decisions,
                returns=returns,
                decisions=decisions,
                rejections=rejections,
            )
            for process, decisions, rejections, returns, value in zip(*columns, strict=True)
        )
        decisions, rejections = int(rows["decisions"].sum()), int(rows["rejections"].sum())
        return Authority(
            unit=self.figures.units[over],
            share=share_of(rows["value"].sum(), self.worth[over]),
            rejection_rate=rejections / decisions,
            returns=int(rows["returns"].sum()),
            decisions=decisions,
            rejections=rejections,
            by_process=by_process,
        )

    def customer_of(self, unit: int) -> tuple[Supplier, ...]:
        """Who hands work to us, not for a decision and not as a return?"""
        given = self.figures.handover.where(target=unit).having("value")
        found = [
            Supplier(self.figures.units[source], share_of(rows["value"].sum(), self.worth[unit]))
            for source, rows in _groups(given, "source")
        ]
        return tuple(sorted(found, key=lambda s: (-s.share, s.unit)))

    def share_of_all(self, unit: int) -> float:
        """Our share of all served value."""
        return share_of(self.worth[unit], self.figures.served["value"].sum())


def _groups(tally: Tally, key: str) -> Iterator[tuple[int, Tally]]:
    for code in np.unique(tally[key]):
        yield int(code), tally.where(**{key: int(code)})


def share_of(part: float, whole: float) -> float:
    """0 of nothing is 0; sums of the same amounts in another order may exceed each other by rounding."""
    return min(1.0, float(part) / float(whole)) if whole > 0 else 0.0
