"""What a demonstration consists of, before anything is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from fairgate.organisation.rules import FlowKind, FlowRow, GateRow, NeedKind, NeedRow, UnitRow, Verdict


@dataclass(frozen=True, slots=True)
class Need:
    """``customer`` needs ``what``; a release unless ``kind`` says help. ``volume`` is a year's."""

    customer: str
    what: str
    supplier: str
    process: str
    kind: NeedKind
    volume: int


@dataclass(frozen=True, slots=True)
class Step:
    """Work done in a unit on the way of a lot, taking about ``hours``; ``gate`` steps decide, with these chances."""

    unit: str
    activity: str
    hours: float
    gate: bool = False
    reject: float = 0.0
    send_back: float = 0.0
    back_to: int = 0
    skip: float = 0.0


@dataclass(frozen=True, slots=True)
class Plant:
    """An organisation: who is there, who needs whom, and one process of which every step was recorded."""

    title: str
    function: str
    mission: str
    units: dict[str, str]
    headcount: dict[str, int]
    processes: dict[str, str]
    needs: tuple[Need, ...]
    flows: tuple[tuple[str, str, str, FlowKind], ...]
    recorded_process: str
    recorded_unit: str
    steps: tuple[Step, ...]
    lots: int
    # supplier, customer, what people say about it, why
    judged: tuple[tuple[str, str, Verdict, str], ...] = ()
    from_day: datetime = field(default=datetime(2024, 11, 4, 6, 0, tzinfo=UTC))
    days: int = 730
    seed: int = 20

    def unit_rows(self) -> list[UnitRow]:
        return [UnitRow(name=name, description=what) for name, what in self.units.items()]

    def need_rows(self) -> list[NeedRow]:
        return [
            NeedRow(
                customer=need.customer,
                what=need.what,
                supplier=need.supplier,
                process=need.process,
                external=self.processes[need.process],
                kind=need.kind,
                volume=Decimal(need.volume),
            )
            for need in self.needs
        ]

    def flow_rows(self) -> list[FlowRow]:
        return [
            FlowRow(
                process=process, external=self.processes[process], source=source, target=target, kind=kind
            )
            for process, source, target, kind in self.flows
        ]

    def gate_rows(self) -> Iterator[GateRow]:
        """A gate wherever a release is needed."""
        for need in self.needs:
            if need.kind is NeedKind.RELEASE:
                yield GateRow(
                    unit=need.supplier,
                    over=need.customer,
                    process=need.process,
                    external=self.processes[need.process],
                    name=need.what.capitalize(),
                )
