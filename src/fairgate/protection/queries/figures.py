"""The one picture, and the figures other rooms show beside their own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, QuerySet, Sum

from fairgate.engines.monitoring import (
    Kappa,
    Proportion,
    Rate,
    Specific,
    against_the_rest,
    kappa,
    proportion,
    specific,
)
from fairgate.gate.models import SecondLook, Tally
from fairgate.gate.rules import APPROVING, NON_APPROVING, LookResult
from fairgate.organisation.models import Unit
from fairgate.protection.models import Complaint
from fairgate.protection.queries.catches import both_sides, counted
from fairgate.protection.queries.complaints import standing_links
from fairgate.protection.queries.doors import may_read
from fairgate.protection.queries.escapes import EscapeFigures, escape_figures
from fairgate.protection.rules import WORST_FIRST, WouldHave
from fairgate.shared.actor import Actor

NOTHING = WouldHave.NOTHING


@dataclass(frozen=True, slots=True)
class Caught:
    """What both sides judged. ``agreed`` counts what both call the same; ``differ`` the rest. ``kappa`` and ``specific`` are
    about something (positive) against nothing (negative)."""

    refusals: int
    judged: int
    agreed: Mapping[WouldHave, int]
    differ: int
    pairs: Mapping[tuple[WouldHave, WouldHave], int]
    kappa: Kappa | None
    specific: Specific | None


@dataclass(frozen=True, slots=True)
class Needless:
    """Refusals that weren't needed: ``overturned`` by a second look, ``both`` sides say nothing would have happened, or only
    ``one`` does. Of ``looked_at``, those judged by both sides or overturned. ``low`` counts the first two, ``high`` all."""

    overturned: int
    both: int
    one: int
    looked_at: int

    @property
    def low(self) -> int:
        return self.overturned + self.both

    @property
    def high(self) -> int:
        return self.low + self.one

    @property
    def share_low(self) -> Proportion | None:
        return proportion(self.low, self.looked_at)

    @property
    def share_high(self) -> Proportion | None:
        return proportion(self.high, self.looked_at)


@dataclass(frozen=True, slots=True)
class OfKind:
    """`Needless` at one gate: of one kind of request. It ``stands_out`` where even the least share that chance allows is
    above the largest of all other kinds together."""

    kind: str
    needless: Needless
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """How much was approved of what was settled, in the quarter that begins on ``start``."""

    start: date
    approved: Proportion


@dataclass(frozen=True, slots=True)
class Guardrails:
    """What must not get worse while something else gets better."""

    unit: Unit | None
    escapes: EscapeFigures
    needless: Needless
    needless_by_kind: tuple[OfKind, ...]
    refusals: int
    approval: tuple[Quarter, ...]

    @property
    def per_thousand(self) -> Rate | None:
        """Escapes as a share of those passed: corrected, or as counted while it can't be."""
        return self.escapes.corrected or self.escapes.plain


@dataclass(frozen=True, slots=True)
class Protection:
    """The front page."""

    guardrails: Guardrails
    caught: Caught
    complaints: int
    unlinked: int
    units: tuple[Unit, ...]


def guardrails_for(by: Actor, unit: int | None = None) -> Guardrails:
    """For one deciding unit or all of them. Raises PermissionDenied, and ``Unit.DoesNotExist``."""
    if not may_read(by):
        raise PermissionDenied
    which = None if unit is None else Unit.objects.get(pk=unit)
    return _guardrails(which, _caught(unit))


def protection_for(by: Actor, unit: int | None = None) -> Protection:
    """Everything the front page says. Raises PermissionDenied, and ``Unit.DoesNotExist``."""
    if not may_read(by):
        raise PermissionDenied
    which = None if unit is None else Unit.objects.get(pk=unit)
    caught = _caught(unit)
    deciding = Tally.objects.order_by().values("deciding_unit").distinct()
    return Protection(
        _guardrails(which, caught),
        caught,
        Complaint.objects.count(),
        Complaint.objects.exclude(Exists(standing_links())).count(),
        tuple(Unit.objects.filter(pk__in=deciding)),
    )


def _guardrails(which: Unit | None, caught: Caught) -> Guardrails:
    pk = which.pk if which else None
    needless = _needless(caught, _overturned(pk))
    return Guardrails(
        which, escape_figures(pk), needless, _needless_by_kind(pk), caught.refusals, _approval(pk)
    )


def _caught(unit: int | None) -> Caught:
    pairs = counted(unit)
    agreed = {it: pairs.get((it, it), 0) for it in WORST_FIRST}
    judged = sum(pairs.values())
    table = [[pairs.get((function, customer), 0) for customer in WORST_FIRST] for function in WORST_FIRST]
    fourfold = against_the_rest(table, range(len(WORST_FIRST) - 1)) if judged else None
    refusals = (
        _tallies(unit).filter(outcome__in=sorted(NON_APPROVING)).aggregate(n=Sum("decisions"))["n"] or 0
    )
    return Caught(
        refusals + _overturned(unit),
        judged,
        agreed,
        judged - sum(agreed.values()),
        pairs,
        None if fourfold is None else kappa(fourfold),
        None if fourfold is None else specific(fourfold),
    )


def _needless(caught: Caught, overturned: int) -> Needless:
    both = caught.agreed[NOTHING]
    one = sum(n for pair, n in caught.pairs.items() if NOTHING in pair) - both
    return Needless(overturned, both, one, caught.judged + overturned)


def _needless_by_kind(unit: int | None) -> tuple[OfKind, ...]:
    """Each kind of request of which refusals were looked at, the largest share first."""
    kind = "decision__request__kind__name"
    overturned = Counter[str](_looks(unit).values_list(kind, flat=True))
    judged, both, one = Counter[str](), Counter[str](), Counter[str]()
    for name, *said in both_sides(unit).order_by().values_list(kind, "would_have", "customer_said"):
        judged[name] += 1
        both[name] += said.count(NOTHING) == 2
        one[name] += said.count(NOTHING) == 1
    each = {
        it: Needless(overturned[it], both[it], one[it], judged[it] + overturned[it])
        for it in sorted(overturned.keys() | judged.keys())
    }
    found = [
        OfKind(kind, it, _stands_out(it, [o for o in each.values() if o is not it]))
        for kind, it in each.items()
    ]
    return tuple(sorted(found, key=lambda it: it.needless.low / it.needless.looked_at, reverse=True))


def _stands_out(one: Needless, others: list[Needless]) -> bool:
    least = one.share_low
    most = proportion(sum(it.high for it in others), sum(it.looked_at for it in others))
    return least is not None and most is not None and least.low > most.high


def _overturned(unit: int | None) -> int:
    return _looks(unit).count()


def _looks(unit: int | None) -> QuerySet[SecondLook]:
    """Refusals a second look took back. They stand no more, so the judgements of those that stand leave them out."""
    looks = SecondLook.objects.filter(
        result=LookResult.OVERTURNED, decision__outcome__in=sorted(NON_APPROVING)
    )
    return looks if unit is None else looks.filter(decision__request__deciding_unit=unit)


def _approval(unit: int | None) -> tuple[Quarter, ...]:
    settled = _tallies(unit).filter(outcome__in=sorted(APPROVING | NON_APPROVING)).order_by()
    approved: dict[date, int] = {}
    total: dict[date, int] = {}
    for month, outcome, n in settled.values_list("month", "outcome").annotate(n=Sum("decisions")):
        start = month.replace(month=(month.month - 1) // 3 * 3 + 1)
        total[start] = total.get(start, 0) + n
        approved[start] = approved.get(start, 0) + (n if outcome in APPROVING else 0)
    shares = ((start, proportion(approved[start], n)) for start, n in sorted(total.items()))
    return tuple(Quarter(start, share) for start, share in shares if share)


def _tallies(unit: int | None) -> QuerySet[Tally]:
    return Tally.objects.all() if unit is None else Tally.objects.filter(deciding_unit=unit)
