"""Refusals and what they kept from happening. A judgement is shown to its own side, and to everybody else only once both
sides have judged: lists, counts and exports start from what both judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from fairgate.gate.models import Decision, RefusalSlip, ServiceRequest, Tally
from fairgate.gate.rules import NON_APPROVING
from fairgate.people.models import Person
from fairgate.protection.models import CatchJudgement
from fairgate.protection.queries.doors import asks_for, decides_in, may_read_all, side_of
from fairgate.protection.queries.standing import (
    is_latest,
    judgement_of,
    judgements_of,
    of_standing_run,
    stands,
    still_stands,
)
from fairgate.protection.rules import WORST_FIRST, Side, WouldHave
from fairgate.shared.actor import Actor


def catches_for(by: Actor) -> QuerySet[Any]:
    """Refusals that stand and both sides judged, as the function's judgement with ``customer_said`` and ``customer_note``
    beside it; what both call nothing comes first, then what one does, then from cosmetic to harm."""
    mine = Q()
    if not may_read_all(by):
        mine = Q(decision__request__unit__in=asks_for(by))
        mine |= Q(decision__request__deciding_unit__in=decides_in(by))
    related = ("decision__request__unit", "decision__request__deciding_unit", "decision__request__kind")
    return both_sides().filter(mine).select_related(*related).order_by("weight", "-id")


def both_sides(unit: int | None = None) -> QuerySet[Any]:
    """Judged by both sides, of decisions that stand; of one deciding unit or all."""
    ranks = {it: rank for rank, it in enumerate(reversed(WORST_FIRST))}
    found = of_standing_run(CatchJudgement.objects.all(), Side.FUNCTION).annotate(
        customer_said=judgement_of(Side.CUSTOMER, "would_have", "decision__request"),
        customer_note=judgement_of(Side.CUSTOMER, "note", "decision__request"),
    )
    weight = _rank("would_have", ranks) + _rank("customer_said", ranks)
    weight += Case(
        When(Q(would_have=WouldHave.NOTHING) | Q(customer_said=WouldHave.NOTHING), then=Value(0)),
        default=Value(10),
        output_field=IntegerField(),
    )
    found = found.filter(customer_said__isnull=False).annotate(weight=weight)
    here: QuerySet[Any] = found if unit is None else found.filter(decision__request__deciding_unit=unit)
    return here


def counted(unit: int | None = None) -> dict[int, Counter[tuple[WouldHave, WouldHave]]]:
    """How many both sides judged, by kind of request (its number), and by what the function and what the customer said."""
    said = ("decision__request__kind", "would_have", "customer_said")
    found: dict[int, Counter[tuple[WouldHave, WouldHave]]] = {}
    for kind, function, customer, n in both_sides(unit).order_by().values_list(*said).annotate(n=Count("pk")):
        found.setdefault(kind, Counter())[WouldHave(function), WouldHave(customer)] = n
    return found


def to_judge_for(by: Actor, most: int = 50) -> list[Any]:
    """The newest refused and returned requests that wait for a judgement ``by`` may give, each with the id of its
    ``standing`` decision."""
    if not isinstance(by, Person) or not number_to_judge(by):
        return []
    standing = ServiceRequest.objects.annotate(standing=Subquery(_latest(OuterRef("pk")))).filter(_mine(by))
    standing = standing.select_related("unit", "deciding_unit", "kind").order_by("-decided_at")
    # One outcome at a time: in the order of its index, without walking through all refusals there ever were.
    found = [one for outcome in sorted(NON_APPROVING) for one in standing.filter(outcome=outcome)[:most]]
    return sorted(found, key=lambda one: (one.decided_at, one.pk), reverse=True)[:most]


def _mine(by: Person) -> Q:
    """Requests ``by`` may judge and nobody of their side has."""
    own, deciding = asks_for(by), decides_in(by)
    mine = Q(unit__in=own) & ~Q(deciding_unit__in=own) & _unjudged(Side.CUSTOMER)
    if deciding:
        as_function = Q(deciding_unit__in=deciding) & ~Q(unit__in=own)
        asked = Q(submitted_by=by) | Q(submitter__account=by)
        mine |= as_function & _unjudged(Side.FUNCTION) & ~asked
    given = Decision.objects.filter(Q(decided_by=by) | Q(decider__account=by), pk=OuterRef("standing"))
    spoken = Decision.objects.filter(stands(), catch_judgements__judged_by=by, request=OuterRef("pk"))
    return mine & ~Q(Exists(given)) & ~Q(Exists(spoken))


def number_to_judge(by: Actor) -> int:
    """How many `to_judge_for` would list without its limit, not walking through all refusals: those counted, less those judged,
    less those ``by`` had a part in, which a colleague has to judge."""
    if not isinstance(by, Person):
        return 0
    own, deciding = asks_for(by), decides_in(by)
    asked = _number_unjudged(by, Side.CUSTOMER, ("unit", own), ("deciding_unit", own))
    return asked + _number_unjudged(by, Side.FUNCTION, ("deciding_unit", deciding), ("unit", own))


def _had_part(by: Person, side: Side) -> QuerySet[Any]:
    """Requests on which ``by`` gave or judged the decision that stands, and for the function also those they asked. Each
    part by an index of its own."""
    parts = [
        Q(is_latest(), decided_by=by),
        Q(is_latest(), decider__account=by),
        Q(stands(), catch_judgements__judged_by=by),
    ]
    if side is Side.FUNCTION:
        parts += [Q(request__submitted_by=by), Q(request__submitter__account=by)]
    first, *more = [Decision.objects.order_by().filter(part).values("request") for part in parts]
    return first.union(*more)


def _number_unjudged(
    by: Person, side: Side, mine: tuple[str, frozenset[int]], others: tuple[str, frozenset[int]]
) -> int:
    """Refusals for ``by`` to judge whose ``mine`` field is one of those units and whose other field is none of theirs."""
    (field, units), (other, own) = mine, others
    if not units:
        return 0
    outcomes = sorted(NON_APPROVING)
    total = Tally.objects.filter(**{f"{field}__in": units}, outcome__in=outcomes).exclude(
        **{f"{other}__in": own}
    )
    judged = CatchJudgement.objects.filter(**{f"decision__request__{field}__in": units})
    judged = of_standing_run(judged.exclude(**{f"decision__request__{other}__in": own}), side)
    theirs = Decision.objects.filter(is_latest(), request__in=_had_part(by, side), outcome__in=outcomes)
    theirs = theirs.filter(**{f"request__{field}__in": units}).exclude(**{f"request__{other}__in": own})
    theirs = theirs.annotate(judged=judgement_of(side, "pk", "request")).filter(judged__isnull=True)
    number = total.aggregate(n=Sum("decisions"))["n"] or 0
    return max(0, number - judged.count() - theirs.count())


@dataclass(frozen=True, slots=True)
class CatchPage:
    """``judgements`` holds what ``by`` may see by now; ``side`` is what they may still judge for."""

    decision: Decision
    request: ServiceRequest
    slip: RefusalSlip | None
    side: Side | None
    judgements: Mapping[Side, CatchJudgement]
    is_complete: bool
    stands: bool


def catch_for(by: Actor, pk: int) -> CatchPage:
    """A refusal to judge, or judged. Raises ``Decision.DoesNotExist``, also for those who may not know of it."""
    related = ("request__unit", "request__deciding_unit", "request__kind", "request__submitter", "decider")
    found = Decision.objects.select_related(*related).filter(outcome__in=sorted(NON_APPROVING))
    if not may_read_all(by):
        found = found.filter(Q(request__unit__in=asks_for(by)) | Q(request__deciding_unit__in=decides_in(by)))
    decision = found.get(pk=pk)
    given = judgements_of(decision)
    side, complete = side_of(by, decision), len(given) == len(Side)
    seen = given if complete else {it: given[it] for it in given if it is side}
    standing = still_stands(decision)
    open_side = side if side and side not in given and standing else None
    slip = RefusalSlip.objects.filter(decision=decision).select_related("clause__standard").last()
    return CatchPage(decision, decision.request, slip, open_side, seen, complete, standing)


def judged_since(by: Actor, since: datetime) -> QuerySet[Any]:
    """Refusals of ``by``'s whose second judgement, at ``completed_at``, came after ``since``."""
    theirs = judgement_of(Side.CUSTOMER, "at", "decision__request")
    judged = catches_for(by).annotate(customer_at=theirs)
    later = Case(
        When(customer_at__gt=F("at"), then=F("customer_at")), default=F("at"), output_field=DateTimeField()
    )
    found: QuerySet[Any] = judged.annotate(completed_at=later).filter(completed_at__gt=since)
    return found


def _latest(request: OuterRef) -> QuerySet[Decision, int]:
    return Decision.objects.filter(request=request).order_by("-id").values_list("pk", flat=True)[:1]


def _unjudged(side: Side) -> Q:
    given = CatchJudgement.objects.filter(decision=OuterRef("pk"), side=side)
    return ~Q(Exists(Decision.objects.filter(stands(), Exists(given), request=OuterRef("pk"))))


def _rank(field: str, ranks: Mapping[WouldHave, int]) -> Case:
    whens = [When(**{field: it, "then": Value(rank)}) for it, rank in ranks.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())
