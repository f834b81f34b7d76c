"""The answer to "who is my customer?", as frozen results. Shares are between 0 and 1; None is "can't be
told"."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

FigureKind = Literal["measured", "declared", "assumed"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know about the figures: a code for the page's words, with what they need."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExternalCustomer:
    name: str
    share: float  # V(u, x): of what this customer receives, the share that passed us
    of_ours: float  # of what passed us, the share that this customer receives


@dataclass(frozen=True, slots=True)
class InProcess:
    process: str
    dependence: float
    by_help: float
    by_release: float


@dataclass(frozen=True, slots=True)
class InternalCustomer:
    """A unit that needs us to serve: dependence is the share of its served value that had our help or our
    release."""

    unit: str
    dependence: float
    by_help: float
    by_release: float
    under_our_authority: bool
    decides_on_us: bool
    only_as_gate: bool  # all it does there is decide on our work: order makes it a customer, nothing else
    processes: tuple[str, ...]
    by_process: tuple[InProcess, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Our decisions on a unit in one process; fields as in `Authority`."""

    process: str
    share: float
    rejection_rate: float | None
    returns: int | None
    decisions: int | None
    rejections: int | None


@dataclass(frozen=True, slots=True)
class Authority:
    """A unit we decide on. What nobody counted, because decisions were declared, is None."""

    unit: str
    share: float  # of its served value, what we decided on (final pass)
    rejection_rate: float | None  # of our decisions on it, all passes
    returns: int | None
    decisions: int | None
    rejections: int | None
    by_process: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """A unit whose customer we are."""

    unit: str
    share: float  # of our served value


@dataclass(frozen=True, slots=True)
class Loss:
    """Of all served value, what is lost without us: if our work stops, and if others take what they can."""

    work_stops: float
    rerouted: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of "customer": ``n`` of the ``m`` other named units come out."""

    n: int
    m: int
    units: tuple[str, ...]
    customers: tuple[ExternalCustomer, ...] | None = None

    @property
    def share(self) -> float:
        return self.n / self.m if self.m else 0.0

    @property
    def separates_nobody(self) -> bool:
        """Everyone comes out, or all but one of at least six: the reading tells nobody apart."""
        return self.m > 1 and (self.n == self.m or (self.m >= 6 and self.n == self.m - 1))

    def to_dict(self) -> dict[str, Any]:
        read = {"n": self.n, "m": self.m, "share": self.share, "units": list(self.units)}
        if self.customers is None:
            return read
        return read | {"customers": [{"name": x.name, "share": x.share} for x in self.customers]}


@dataclass(frozen=True, slots=True)
class Readings:
    by_need: Reading
    authority: Reading
    external: Reading

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name).to_dict() for name in ("by_need", "authority", "external")}


@dataclass(frozen=True, slots=True)
class Summary:
    """One unit in one line. ``by_need`` and ``authority`` count how many of the ``others`` come out; None where nothing
    was counted; ``share_of_all`` is what of all served value passes the unit."""

    unit: str
    cases: int | None
    by_need: int
    authority: int
    others: int
    decisions: int | None
    rejections: int | None
    share_of_all: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything about one unit. ``kind`` says whether its figures were measured, declared or assumed.

    ``cases`` counts the process documents the unit took part in and ``served`` those of them that were served
    with the unit in their final pass (None where nothing was counted). Lists are ordered by their share,
    largest first. ``indispensable_to`` names external customers, then units, that nothing reaches without us.
    """

    unit: str
    kind: FigureKind
    cases: int | None
    served: int | None
    external_customers: tuple[ExternalCustomer, ...]
    internal_customers: tuple[InternalCustomer, ...]
    authority_over: tuple[Authority, ...]
    customer_of: tuple[Supplier, ...]
    indispensable_to: tuple[str, ...]
    loss_if_absent: Loss
    readings: Readings
    decisions: int | None
    rejections: int | None
    notes: tuple[Note, ...]
    coverage: Mapping[str, Any]

    @property
    def summary(self) -> Summary:
        return Summary(
            unit=self.unit,
            cases=self.cases,
            by_need=self.readings.by_need.n,
            authority=self.readings.authority.n,
            others=self.readings.by_need.m,
            decisions=self.decisions,
            rejections=self.rejections,
            share_of_all=self.loss_if_absent.work_stops,
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line and of stored answers."""
        plain = {
            name: _plain(getattr(self, name))
            for name in (
                "unit",
                "kind",
                "cases",
                "served",
                "external_customers",
                "internal_customers",
                "authority_over",
                "customer_of",
                "indispensable_to",
                "loss_if_absent",
            )
        }
        return plain | {
            "readings": self.readings.to_dict(),
            "decisions": self.decisions,
            "rejections": self.rejections,
            "notes": _plain(self.notes),
            "coverage": dict(self.coverage),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(item) for name, item in asdict(value).items()}
    return value
