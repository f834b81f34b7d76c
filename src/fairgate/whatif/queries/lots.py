"""The lots of a scenario as the gate and the room `protection` recorded them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from fairgate.gate.models import Decision, RequestKind, SecondLook, ServiceRequest
from fairgate.gate.rules import APPROVING, LookResult, Outcome
from fairgate.protection.queries.escapes import Escaped, escaped
from fairgate.protection.queries.standing import judgement_of
from fairgate.protection.rules import Side, WouldHave
from fairgate.whatif.rules import SETTLING, Window

A_MONTH = timedelta(days=365.25 / 12)


@dataclass(frozen=True, slots=True)
class Lot:
    """One request: a lot handed in, or (``follows``) handed in again. ``decided`` is None while it waits; what was held waits."""

    pk: int
    submitted: datetime
    decided: datetime | None
    outcome: Outcome | None
    follows: int | None

    @property
    def is_first(self) -> bool:
        return self.follows is None

    @property
    def has_passed(self) -> bool:
        return self.outcome in APPROVING


@dataclass(frozen=True, slots=True)
class Judged:
    """What both sides say a stopped lot would have done."""

    function: WouldHave
    customer: WouldHave


@dataclass(frozen=True, slots=True)
class Lots:
    """Everything the window shows, up to ``until``, the latest decision. ``overturned`` were refused, and a second look took
    that back. ``earlier`` says whether records reach back well beyond the window."""

    since: datetime
    until: datetime
    lots: tuple[Lot, ...]
    judged: Mapping[int, Judged]
    overturned: frozenset[int]
    escapes: tuple[Escaped, ...]
    deciders: int
    earlier: bool
    beyond: Mapping[
        str, int
    ]  # requests that follow, or are followed by, one of another kind: how many, by that kind


def lots_in(unit: int, window: Window) -> Lots | None:
    """None where nothing was decided yet."""
    found = _requests(unit, window)
    until = found.aggregate(latest=Max("decided_at"))["latest"]
    if until is None:
        return None
    since = until - window.months * A_MONTH
    first = found.order_by("submitted_at").values_list("submitted_at", flat=True).first() or since
    inside = found.filter(submitted_at__gte=since, submitted_at__lte=until)
    columns = ("pk", "submitted_at", "decided_at", "outcome", "follows_id")
    rows = inside.order_by("submitted_at", "pk").values_list(*columns)
    return Lots(
        since=max(since, first),
        until=until,
        lots=tuple(_lot(*row) for row in rows),
        judged=_judged(inside),
        overturned=_overturned(inside),
        escapes=_escapes(unit, found, since),
        deciders=_deciders(inside),
        earlier=first < since - SETTLING * A_MONTH,
        beyond=_beyond(inside, window),
    )


def _lot(pk: int, submitted: datetime, decided: datetime | None, outcome: str, follows: int | None) -> Lot:
    settled = Outcome(outcome) if outcome and outcome != Outcome.HELD else None
    return Lot(pk, submitted, decided if settled else None, settled, follows)


def _requests(unit: int, window: Window) -> QuerySet[ServiceRequest]:
    """Without what was taken back before it was decided."""
    found = ServiceRequest.objects.filter(deciding_unit=unit, kind__in=window.kinds)
    found = found.exclude(Q(withdrawn_at__isnull=False) & Q(outcome=""))
    if window.unit is not None:
        found = found.filter(unit=window.unit)
    return found if window.process is None else found.filter(process=window.process)


def _judged(inside: QuerySet[ServiceRequest]) -> dict[int, Judged]:
    said = {side.value: judgement_of(side, "would_have", "pk") for side in Side}
    stopped = inside.exclude(outcome__in=["", Outcome.HELD, *APPROVING]).annotate(**said)
    rows: Any = stopped.values_list("pk", *said)  # names made above, which no model has
    return {pk: Judged(WouldHave(a), WouldHave(b)) for pk, a, b in rows if a and b}


def _overturned(inside: QuerySet[ServiceRequest]) -> frozenset[int]:
    looks = SecondLook.objects.filter(
        result=LookResult.OVERTURNED,
        new_decision__outcome__in=sorted(APPROVING),
        decision__request__in=inside,
    )
    approved = looks.filter(decision__request__outcome__in=sorted(APPROVING))
    return frozenset(approved.values_list("decision__request", flat=True))


def _escapes(unit: int, found: QuerySet[ServiceRequest], since: datetime) -> tuple[Escaped, ...]:
    """Heard of since then, whenever the lot went out."""
    every = [one for one in escaped(unit) if one.received >= since.date()]
    mine = set(found.filter(pk__in=[one.request for one in every]).values_list("pk", flat=True))
    return tuple(one for one in every if one.request in mine)


def _beyond(inside: QuerySet[ServiceRequest], window: Window) -> dict[str, int]:
    """Both ways round: what was counted and follows another kind, and what was not counted and follows one that was."""
    after = inside.exclude(follows=None).exclude(follows__kind__in=window.kinds)
    left_out = ServiceRequest.objects.filter(follows__in=inside).exclude(kind__in=window.kinds)
    kinds = [*after.values_list("follows__kind", flat=True), *left_out.values_list("kind", flat=True)]
    names = {kind.pk: str(kind) for kind in RequestKind.objects.filter(pk__in=set(kinds))}
    return dict(sorted(Counter(names[kind] for kind in kinds).items()))


def _deciders(inside: QuerySet[ServiceRequest]) -> int:
    """People who gave decisions, by account or as an imported record names them; 0 where none is named."""
    given = Decision.objects.filter(request__in=inside)
    people = given.annotate(account=F("decider__account")).values_list("decided_by", "account", "decider")
    named = {
        (by or account or 0, 0 if by or account else decider or 0)
        for by, account, decider in people.distinct()
    }
    return len(named - {(0, 0)})
