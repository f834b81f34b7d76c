"""The one picture, and the figures other rooms show beside their own."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

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
from fairgate.gate.models import Decision, RequestKind, SecondLook, Tally
from fairgate.gate.rules import APPROVING, NON_APPROVING, LookResult
from fairgate.organisation.models import Unit
from fairgate.protection.models import Complaint
from fairgate.protection.queries.catches import counted
from fairgate.protection.queries.complaints import standing_links
from fairgate.protection.queries.doors import may_read
from fairgate.protection.queries.escapes import EscapeFigures, escape_figures
from fairgate.protection.queries.standing import judgement_of, stands
from fairgate.protection.rules import WORST_FIRST, Side, WouldHave
from fairgate.shared.actor import Actor

NOTHING = WouldHave.NOTHING
Pairs = Counter[tuple[WouldHave, WouldHave]]


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
    """Refusals that weren't needed: ``overturned`` by a second look that approved and still stands, ``both`` sides say nothing
    would have happened, or only ``one`` does. Of ``looked_at``, those judged by both sides or given a second look. ``low`` counts
    the first two, ``high`` all."""

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
    return _guardrails(which, _Looked.at(unit))


def protection_for(by: Actor, unit: int | None = None) -> Protection:
    """Everything the front page says. Raises PermissionDenied, and ``Unit.DoesNotExist``."""
    if not may_read(by):
        raise PermissionDenied
    which = None if unit is None else Unit.objects.get(pk=unit)
    looked = _Looked.at(unit)
    deciding = Tally.objects.order_by().values("deciding_unit").distinct()
    return Protection(
        _guardrails(which, looked),
        _caught(unit, looked),
        Complaint.objects.count(),
        Complaint.objects.exclude(Exists(standing_links())).count(),
        tuple(Unit.objects.filter(pk__in=deciding)),
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    """Refusals that were looked at again, by kind of request: ``judged`` by both sides, of those that stand;
    ``upheld`` by a second look and not so judged; and ``overturned``, of those that don't stand. No request is in two."""

    judged: Mapping[int, Pairs]
    upheld: Mapping[int, int]
    overturned: Mapping[int, int]

    @classmethod
    def at(cls, unit: int | None) -> "_Looked":
        """Three questions to the database, however many kinds there are."""
        return cls(counted(unit), _upheld(unit), _overturned(unit))

    @property
    def pairs(self) -> Pairs:
        return sum(self.judged.values(), Pairs())

    def needless(self) -> Needless:
        return _needless(self.pairs, sum(self.upheld.values()), sum(self.overturned.values()))

    def by_kind(self) -> dict[int, Needless]:
        kinds = sorted(self.judged.keys() | self.upheld.keys() | self.overturned.keys())
        return {
            it: _needless(self.judged.get(it, Pairs()), self.upheld.get(it, 0), self.overturned.get(it, 0))
            for it in kinds
        }


def _guardrails(which: Unit | None, looked: _Looked) -> Guardrails:
    pk = which.pk if which else None
    return Guardrails(
        which,
        escape_figures(pk),
        looked.needless(),
        _needless_by_kind(looked.by_kind()),
        _refusals(pk, looked),
        _approval(pk),
    )


def _caught(unit: int | None, looked: _Looked) -> Caught:
    pairs = looked.pairs
    agreed = {it: pairs[it, it] for it in WORST_FIRST}
    judged = sum(pairs.values())
    table = [[pairs[function, customer] for customer in WORST_FIRST] for function in WORST_FIRST]
    fourfold = against_the_rest(table, range(len(WORST_FIRST) - 1)) if judged else None
    return Caught(
        _refusals(unit, looked),
        judged,
        agreed,
        judged - sum(agreed.values()),
        pairs,
        None if fourfold is None else kappa(fourfold),
        None if fourfold is None else specific(fourfold),
    )


def _refusals(unit: int | None, looked: _Looked) -> int:
    """Those that stand, and those a second look took back: an approval stands in their place, so none counts twice."""
    standing = _tallies(unit).filter(outcome__in=sorted(NON_APPROVING)).aggregate(n=Sum("decisions"))["n"]
    return (standing or 0) + sum(looked.overturned.values())


def _needless(pairs: Pairs, upheld: int, overturned: int) -> Needless:
    both = pairs[NOTHING, NOTHING]
    one = sum(n for pair, n in pairs.items() if NOTHING in pair) - both
    return Needless(overturned, both, one, pairs.total() + upheld + overturned)


def _needless_by_kind(each: Mapping[int, Needless]) -> tuple[OfKind, ...]:
    """Each kind of request of which refusals were looked at, the largest share first."""
    called = _called(each)
    found = [
        OfKind(called[kind], it, _stands_out(it, [other for key, other in each.items() if key != kind]))
        for kind, it in each.items()
    ]
    return tuple(sorted(found, key=lambda it: (-it.needless.low / it.needless.looked_at, it.kind)))


def _called(kinds: Iterable[int]) -> dict[int, str]:
    """What kinds are called; those of the same name with the unit that decides on them."""
    rows = list(
        RequestKind.objects.filter(pk__in=list(kinds)).values_list("pk", "name", "preset__unit__name")
    )
    times = Counter(name for _, name, _ in rows)
    return {pk: name if times[name] == 1 else f"{name}, {unit}" for pk, name, unit in rows}


def _stands_out(one: Needless, others: list[Needless]) -> bool:
    least = one.share_low
    most = proportion(sum(it.high for it in others), sum(it.looked_at for it in others))
    return least is not None and most is not None and least.low > most.high


def _upheld(unit: int | None) -> dict[int, int]:
    """Requests, by kind, whose refusal stands after a second look; those that both sides judged count there."""
    looks = SecondLook.objects.filter(
        stands("decision"), result=LookResult.UPHELD, decision__outcome__in=sorted(NON_APPROVING)
    )
    said = {it.value: judgement_of(it, "pk", "decision__request") for it in Side}
    looks = looks.annotate(**said).filter(Q(function=None) | Q(customer=None))
    looks = looks if unit is None else looks.filter(decision__request__deciding_unit=unit)
    rows = looks.order_by().values_list("decision__request__kind")
    return dict(rows.annotate(n=Count("decision__request", distinct=True)))


def _overturned(unit: int | None) -> dict[int, int]:
    """Requests, by kind, of which a second look took the refusal back: it approved instead, and that stands. What it merely
    made harsher, or was refused again since, was not needless."""
    # A correction that approves as well leaves it standing.
    after = Decision.objects.filter(
        request=OuterRef("new_decision__request"), pk__gt=OuterRef("new_decision")
    )
    later = after.exclude(outcome__in=sorted(APPROVING))
    looks = SecondLook.objects.filter(
        ~Exists(later),
        result=LookResult.OVERTURNED,
        decision__outcome__in=sorted(NON_APPROVING),
        new_decision__outcome__in=sorted(APPROVING),
    )
    looks = looks if unit is None else looks.filter(decision__request__deciding_unit=unit)
    rows = looks.order_by().values_list("decision__request__kind")
    return dict(rows.annotate(n=Count("decision__request", distinct=True)))


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
