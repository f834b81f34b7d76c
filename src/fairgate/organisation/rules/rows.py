"""Facts as rows: what one line of a form, a pasted table or a file says. Everything that comes in is one of these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import sha256
from typing import ClassVar

from fairgate.organisation.rules.codes import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    FactKind,
    Fault,
    FlowKind,
    NeedKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``row`` is the line it came from, for messages; it is no part of the fact."""

    required: ClassVar[tuple[str, ...]] = ()
    optional: ClassVar[tuple[str, ...]] = ()
    # Two rows that agree in these, whatever the spelling, say the same thing.
    identity: ClassVar[tuple[str, ...]] = ()

    row: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(folded(str(getattr(self, name))) for name in self.identity)

    def own_faults(self) -> Iterator["RowFault"]:
        """What is wrong with this row beyond missing and overlong values."""
        yield from ()


MOST_VOLUME = 10**12
PLACES = Decimal("0.001")


def acceptable(volume: Decimal | None) -> bool:
    """None, or a number above zero that the database can hold: below a million million, three decimals."""
    if volume is None:
        return True
    return volume.is_finite() and 0 < volume < MOST_VOLUME and volume == volume.quantize(PLACES)


@dataclass(frozen=True, slots=True)
class RowFault:
    row: int
    column: str
    fault: Fault
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Row):
    """A team or department."""

    required = ("name",)
    optional = ("description",)
    identity = ("name",)

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRow(Row):
    """``name`` ends at ``external``."""

    required = ("name", "external")
    identity = ("name", "external")

    name: str
    external: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow(Row):
    """``unit`` offers ``name``."""

    required = ("unit", "name")
    identity = ("unit", "name")

    unit: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow(Row):
    """``customer`` needs ``what`` from ``supplier`` in ``process``, to serve ``external``."""

    required = ("customer", "what", "supplier", "process", "external")
    optional = ("kind", "volume")
    identity = ("customer", "what", "supplier", "process", "external", "kind")

    customer: str
    what: str
    supplier: str
    process: str
    external: str
    kind: NeedKind = NeedKind.HELP
    volume: Decimal | None = None

    def own_faults(self) -> Iterator[RowFault]:
        if self.supplier and folded(self.supplier) == folded(self.customer):
            yield RowFault(self.row, "supplier", Fault.ITSELF, self.supplier)
        if not acceptable(self.volume):
            yield RowFault(self.row, "volume", Fault.NEGATIVE, str(self.volume))


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow(Row):
    """In ``process``, work goes from ``source`` to ``target``; to nobody when it reaches the external customer or is
    scrapped."""

    required = ("process", "external", "source")
    optional = ("target", "kind", "volume")
    identity = ("process", "external", "source", "target", "kind")

    process: str
    external: str
    source: str
    target: str = ""
    kind: FlowKind = FlowKind.WORK
    volume: Decimal | None = None

    @property
    def leaves(self) -> bool:
        """Whether the work leaves the organisation here."""
        return self.kind in {FlowKind.CUSTOMER, FlowKind.SCRAP}

    def own_faults(self) -> Iterator[RowFault]:
        if self.leaves and self.target:
            yield RowFault(self.row, "target", Fault.HAS_A_TARGET, self.target)
        if not self.leaves and not self.target:
            yield RowFault(self.row, "target", Fault.MISSING)
        if self.target and folded(self.target) == folded(self.source):
            yield RowFault(self.row, "target", Fault.ITSELF, self.target)
        if not acceptable(self.volume):
            yield RowFault(self.row, "volume", Fault.NEGATIVE, str(self.volume))


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow(Row):
    """In ``process``, ``unit`` decides on what ``over`` hands in."""

    required = ("unit", "over", "process", "external")
    optional = ("name",)
    identity = ("unit", "over", "process", "external")

    unit: str
    over: str
    process: str
    external: str
    name: str = ""

    def own_faults(self) -> Iterator[RowFault]:
        if self.over and folded(self.over) == folded(self.unit):
            yield RowFault(self.row, "over", Fault.ITSELF, self.over)


ROW_TYPES: dict[FactKind, type[Row]] = {
    FactKind.UNITS: UnitRow,
    FactKind.PROCESSES: ProcessRow,
    FactKind.SERVICES: ServiceRow,
    FactKind.NEEDS: NeedRow,
    FactKind.FLOWS: FlowRow,
    FactKind.GATES: GateRow,
}


def kind_of(row: Row) -> FactKind:
    return next(kind for kind, row_type in ROW_TYPES.items() if isinstance(row, row_type))


def as_facts(row: Row) -> dict[str, str]:
    """The row as text by column, for the ledger, exports and messages; what is empty is left out."""
    values = {field.name: getattr(row, field.name) for field in fields(row) if field.name != "row"}
    return {name: _plain(value) for name, value in values.items() if value not in {"", None}}


def fingerprint(row: Row) -> str:
    """A short sign that changes whenever what the row says does."""
    return sha256(repr(sorted(as_facts(row).items())).encode()).hexdigest()[:16]


def _plain(value: object) -> str:
    """Text; a volume without the zeros a database fills it up with."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def folded(name: str) -> str:
    """The form in which two spellings of one name are equal."""
    return " ".join(name.split()).casefold()


def faults_of(rows: Sequence[Row]) -> list[RowFault]:
    """Everything wrong with the rows, in their order; empty when all may be saved."""
    faults: list[RowFault] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        faults.extend(_faulty_names(row))
        faults.extend(row.own_faults())
        if row.key in seen:
            faults.append(RowFault(row.row, row.identity[0], Fault.TWICE, str(seen[row.key])))
        seen.setdefault(row.key, row.row)
    return faults


def longest(column: str) -> int:
    """How many characters a column may have."""
    return DESCRIPTION_LENGTH if column == "description" else NAME_LENGTH


# Signs that join or part letters in some scripts; and line ends, which a description may have.
HARMLESS = frozenset("\u200c\u200d\n\r\t")


def _readable(text: str) -> bool:
    """Whether everything in it can be seen: control signs and signs that turn the direction of writing can't."""
    return all(sign.isprintable() or sign in HARMLESS for sign in text)


def _faulty_names(row: Row) -> Iterator[RowFault]:
    for column in (*row.required, *row.optional):
        value = getattr(row, column)
        if column in row.required and not str(value).strip():
            yield RowFault(row.row, column, Fault.MISSING)
        elif isinstance(value, str) and len(value) > longest(column):
            yield RowFault(row.row, column, Fault.TOO_LONG, f"{value[:30]}…")
        elif isinstance(value, str) and not _readable(value):
            yield RowFault(
                row.row, column, Fault.UNPRINTABLE, "".join(s for s in value if s.isprintable())[:30]
            )
