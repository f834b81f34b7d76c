"""What a demonstration consists of, before anything is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fairgate.gate.rules import WorkingDays
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
class Line:
    """A kind of request as a unit brings it, ``number`` times in all. ``stop`` is the usual share that is stopped,
    ``refuse`` of them are refused rather than returned, ``needless`` of them would have done nothing; ``conditions`` is
    the share of approvals with conditions, ``escapes`` a factor on what teams let out. Takes about ``hours``."""

    kind: str
    unit: str
    process: str
    asked: str
    item: str = ""
    number: int = 0
    hours: float = 40.0
    stop: float = 0.12
    refuse: float = 0.35
    needless: float = 0.10
    conditions: float = 0.0
    escapes: float = 1.0
    promise_days: int = 5


@dataclass(frozen=True, slots=True)
class Team:
    """A team of the function. ``stops`` is a factor on how much it stops, ``escapes`` the share of what it passed that
    later proves wrong; the ``later_`` ones hold in the second year. ``treatment`` is how it treats people, on the scale of the
    logit, and ``courtesy`` what comes on top for those it doesn't approve."""

    name: str
    stops: float = 1.0
    escapes: float = 0.012
    later_stops: float = 1.0
    later_escapes: float = 0.012
    treatment: float = 0.0
    courtesy: float = 0.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A request made in the product. ``outcome`` None: nobody looked yet; empty: reviewed. ``improved`` are the facts of the
    request that follows."""

    unit: str
    kind: str
    asked: str
    item: str = ""
    facts: str = ""
    found: str = ""
    outcome: str | None = None
    improved: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview ``in_days`` (negative: it was held), what was brought back, and what was promised."""

    unit: str
    in_days: int
    notes: str = ""
    works: str = ""
    hinders: str = ""
    wishes: str = ""
    themes: tuple[str, ...] = ()
    shared: bool = False
    promise: str = ""
    due_in: int = 14
    done: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A scenario of what if nobody checked: about requests of these ``kinds`` that ``unit`` hands in. ``assumed`` has name,
    value, 5% and 95% points, and why; ``line`` is the parameter along which two ways are worth the same."""

    name: str
    unit: str
    kinds: tuple[str, ...]
    assumed: tuple[tuple[str, float, float, float, str], ...]
    line: str


@dataclass(frozen=True, slots=True, eq=False)  # each is only itself, so that its history is drawn once
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
    preset: str = "quality"
    teams: tuple[Team, ...] = ()
    lines: tuple[Line, ...] = ()
    # The gate's step in the recorded process, and what is asked there.
    gates_of_lots: dict[str, Line] = field(default_factory=dict)
    # Units whose step before the gate hands the lot in.
    submitting: frozenset[str] = frozenset()
    # The clause a refusal of each kind rests on, by its number.
    clauses: dict[str, str] = field(default_factory=dict)
    # How many needless refusals a second look overturned; of how many last days catches were judged and slips written.
    overturned: int = 0
    judged_days: int = 180
    slipped_days: int = 60
    asks: tuple[Ask, ...] = ()
    # Asked before a request: unit, kind, question, answer (empty: not yet).
    questions: tuple[tuple[str, str, str, str], ...] = ()
    talks: tuple[Talk, ...] = ()
    # Half-years in which people were asked how they were treated, by their first days; all closed.
    asked_in: tuple[date, ...] = ()
    # What allows scores of teams: the document, between whom.
    agreement: tuple[str, str] = ("", "")
    foreseen: Foreseen | None = None
    natures: tuple[str, ...] = ()
    other_natures: tuple[str, ...] = ()
    other_complaints: int = 0
    from_day: datetime = field(default=datetime(2024, 11, 4, 6, 0, tzinfo=UTC))
    days: int = 730
    seed: int = 20

    # Of the whole plant; Monday to Friday.
    working_days: WorkingDays = field(default=WorkingDays("UTC", frozenset(range(5)), frozenset()))

    @property
    def until(self) -> datetime:
        """When the record ends."""
        return self.from_day + timedelta(days=self.days)

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
