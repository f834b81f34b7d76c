"""Everything the page of one request shows, and what a slip's form begins with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation

from fairgate.gate.models import (
    Decision,
    Edition,
    PromiseChange,
    RefusalSlip,
    Review,
    SecondLook,
    ServiceRequest,
)
from fairgate.gate.queries.calendars import calendar_of
from fairgate.gate.queries.doors import may_decide
from fairgate.gate.queries.requests import request_for, requests_for
from fairgate.gate.queries.rota import decider_name
from fairgate.gate.queries.standing import moves_for
from fairgate.gate.rules import Move, Outcome, State, Thing
from fairgate.gate.wording import slips as wording
from fairgate.shared import clock
from fairgate.shared.actor import Actor

_BY_WHEN_DAYS = (
    10  # working days to answer a refusal with an improved request, unless the writer says otherwise
)


@dataclass(frozen=True, slots=True)
class ReplacedSlip:
    """A slip that no longer says what stands. ``by``: who replaced it; ``outcome``: that of the decision which did, empty
    where a better slip took its place."""

    slip: RefusalSlip
    at: datetime
    by: str
    outcome: str


@dataclass(frozen=True)
class RequestPage:
    """``kind_as_read`` are the kind's facts in the edition the request was made under; ``outcomes`` what the kind allows
    now; ``slip`` belongs to ``standing``; ``replaced_slips`` are all earlier ones, oldest first; ``second_look`` is the latest
    of ``second_looks``; ``seen`` goes back with what is decided."""

    request: ServiceRequest
    kind_as_read: Mapping[str, object]
    outcomes: tuple[Outcome, ...]
    reviews: tuple[Review, ...]
    decisions: tuple[Decision, ...]
    standing: Decision | None
    slip: RefusalSlip | None
    replaced_slips: tuple[ReplacedSlip, ...]
    promise_changes: tuple[PromiseChange, ...]
    second_looks: tuple[SecondLook, ...]
    followed_by: tuple[ServiceRequest, ...]
    moves: frozenset[Move]
    seen: int
    is_overdue: bool
    warn_from: datetime | None

    @property
    def follows(self) -> ServiceRequest | None:
        return self.request.follows

    @property
    def second_look(self) -> SecondLook | None:
        return self.second_looks[-1] if self.second_looks else None


@dataclass(frozen=True, slots=True)
class SlipDefaults:
    """What a slip's form begins with; every line may be changed."""

    asked: str
    by_when: date
    ask_whom: str
    second_look: str


def page_of_request(by: Actor, pk: int) -> RequestPage:
    """Raises ``ServiceRequest.DoesNotExist`` where ``by`` may not know of it."""
    request = request_for(by, pk)
    reviews = tuple(request.reviews.select_related("reviewer"))
    decisions = tuple(
        request.decisions.select_related("decided_by", "decider", "team", "review__reviewer", "arrival")
    )
    slips = _slips(request)
    standing = decisions[-1] if decisions else None
    now = clock.now()
    return RequestPage(
        request=request,
        kind_as_read=as_read(Thing.KIND, request.kind_id, request.kind_edition),
        outcomes=outcomes_of(request),
        reviews=reviews,
        decisions=decisions,
        standing=standing,
        slip=next((slip for slip in reversed(slips) if standing and slip.decision_id == standing.pk), None),
        replaced_slips=tuple(_replaced(slips, decisions)),
        promise_changes=tuple(request.promise_changes.all()),
        second_looks=_looks(request),
        followed_by=tuple(requests_for(by).filter(follows=request)),
        moves=moves_for(by, request),
        seen=len(reviews) + len(decisions),
        is_overdue=_is_overdue(request, now),
        warn_from=_warn_from(request),
    )


def seen_now(request: ServiceRequest) -> int:
    """How many reviews and decisions there are: what a page shows, and a decision must know of."""
    return request.reviews.count() + request.decisions.count()


def outcomes_of(request: ServiceRequest) -> tuple[Outcome, ...]:
    """What the request's kind allows, in our order."""
    return tuple(outcome for outcome in Outcome if outcome.value in request.kind.outcomes)


def slip_of(decision: Decision | None) -> RefusalSlip | None:
    """The latest slip of a decision."""
    if decision is None:
        return None
    return decision.slips.select_related("clause__standard", "written_by").last()


def slip_defaults(by: Actor, pk: int) -> SlipDefaults:
    """Raises ``ServiceRequest.DoesNotExist``."""
    request = request_for(by, pk)
    calendar, now = calendar_of(request.deciding_unit_id), clock.now()
    reviewer = request.reviewer if request.reviewer and may_decide(request.reviewer, request) else None
    return SlipDefaults(
        asked=request.asked,
        by_when=calendar.day_of(calendar.after(now, _BY_WHEN_DAYS)),
        ask_whom=wording.ask_whom(
            reviewer.name if reviewer else by.actor_name, request.deciding_unit.name, translation
        ),
        second_look=wording.how_to_get_a_second_look(
            request.deciding_unit.name, request.kind.promise_days, translation
        ),
    )


def as_read(thing: Thing, pk: int, edition: int) -> Mapping[str, object]:
    """The facts of a kind or clause in one edition; empty where none was kept."""
    kept = Edition.objects.filter(thing=thing, thing_id=pk, number=edition).first()
    return kept.facts if kept else {}


def _slips(request: ServiceRequest) -> tuple[RefusalSlip, ...]:
    slips = RefusalSlip.objects.filter(decision__request=request)
    return tuple(slips.select_related("clause__standard", "written_by").order_by("pk"))


def _replaced(slips: Sequence[RefusalSlip], decisions: Sequence[Decision]) -> Iterator[ReplacedSlip]:
    """What no longer stands, each with the better slip or the later decision that took its place first."""
    for place, slip in enumerate(slips):
        better = next((it for it in slips[place + 1 :] if it.decision_id == slip.decision_id), None)
        later = next((it for it in decisions if it.pk > slip.decision_id), None)
        if better is not None:
            yield ReplacedSlip(slip, better.written_at, better.written_by.name, "")
        elif later is not None:
            # A correction from another system replaces the slip when it comes in, whenever it was decided there.
            at = later.arrival.applied_at if later.arrival else later.decided_at
            yield ReplacedSlip(slip, at or later.decided_at, decider_name(later), later.outcome)


def _looks(request: ServiceRequest) -> tuple[SecondLook, ...]:
    looks = SecondLook.objects.filter(decision__request=request).order_by("pk")
    return tuple(looks.select_related("asked_by", "looked_by", "decision", "new_decision"))


def _is_overdue(request: ServiceRequest, now: datetime) -> bool:
    is_open = State(request.state).is_open
    return is_open and request.expected_by is not None and request.expected_by < now


def _warn_from(request: ServiceRequest) -> datetime | None:
    """From when on an early warning is due if the answer isn't near."""
    if request.expected_by is None:
        return None
    return calendar_of(request.deciding_unit_id).before(request.expected_by, request.kind.warn_days)
