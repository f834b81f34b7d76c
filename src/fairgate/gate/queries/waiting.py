"""What waits for a person at the gate."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import translation as say

from fairgate.gate.models import AdviceQuestion, SecondLook, ServiceRequest
from fairgate.gate.queries.doors import asks_for, decides_in
from fairgate.gate.queries.figures import slips_missing
from fairgate.gate.queries.still_open import STILL_OPEN
from fairgate.gate.queries.words import words_for
from fairgate.gate.rules import NON_APPROVING, State
from fairgate.gate.wording import waiting as wording
from fairgate.organisation.queries import units_of
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import Waiting

_MOST = 50  # of each sort; the lists show the rest
_QUARTER = timedelta(days=90)


def waiting_for(by: Actor) -> list[Waiting]:
    """For those who decide: what is theirs to review, what nobody reviews yet, what is reviewed, questions, second looks,
    missing slips. For those who ask: what was held or returned. In this order; home sorts by date."""
    if not isinstance(by, Person):
        return []
    deciding, asking = decides_in(by), asks_for(by)
    found: list[Waiting] = []
    if deciding:
        found += [*_assigned(by, deciding), *_for_anybody(by, deciding), *_questions(by, deciding)]
        found += [*_looks(by, deciding), *_slips(by, deciding)]
    if asking:
        found += _to_improve(asking)
    return found


def _assigned(by: Person, deciding: frozenset[int]) -> Iterator[Waiting]:
    for request in _open(by, deciding).filter(reviewer=by).exclude(state=State.REVIEWED)[:_MOST]:
        text = wording.to_resolve if request.state == State.HELD else wording.to_review
        yield _about(request, text(request.reference, str(request), request.unit.name, say))


def _for_anybody(by: Person, deciding: frozenset[int]) -> Iterator[Waiting]:
    """What anybody of the deciding unit can do: nobody reviews it, or it is reviewed and waits for a decision."""
    anybodys = Q(reviewer=None) | Q(state=State.REVIEWED)
    for request in _open(by, deciding).filter(anybodys)[:_MOST]:
        text = wording.to_decide if request.state == State.REVIEWED else wording.unassigned
        yield _about(request, text(request.reference, str(request), request.unit.name, say))


def _questions(by: Person, deciding: frozenset[int]) -> Iterator[Waiting]:
    questions = AdviceQuestion.objects.filter(deciding_unit__in=deciding, answered_at=None)
    others = questions.exclude(unit__in=units_of(by)).exclude(asked_by=by)
    for question in others.select_related("unit").order_by("id")[:_MOST]:
        text = wording.to_answer(question.question, question.unit.name, say)
        yield Waiting(text, reverse("gate:question", args=[question.pk]), since=question.asked_at)


def _looks(by: Person, deciding: frozenset[int]) -> Iterator[Waiting]:
    """Second looks ``by`` may give: as `doors.may_look_again` has it, for all at once."""
    looks = SecondLook.objects.filter(
        result="", decision__request__deciding_unit__in=deciding, decision__replaced_by=None
    )
    had_part = (
        Q(decision__decided_by=by) | Q(decision__review__reviewer=by) | Q(decision__decider__account=by)
    )
    own = Q(decision__request__unit__in=units_of(by)) | Q(decision__request__submitted_by=by) | Q(asked_by=by)
    own |= Q(decision__request__submitter__account=by)
    mine = looks.exclude(pk__in=looks.filter(had_part | own).values("pk"))
    for look in mine.select_related("decision__request").order_by("asked_at")[:_MOST]:
        request = look.decision.request
        text = wording.to_look_again(request.reference, str(request), say)
        url = reverse("gate:look-again", args=[request.pk])
        yield Waiting(text, url, look.promised_by, look.asked_at, is_promise=look.promised_by is not None)


def _slips(by: Person, deciding: frozenset[int]) -> Iterator[Waiting]:
    missing = sum(slips_missing(by, unit) for unit in deciding)
    if missing:
        yield Waiting(wording.slips_missing(missing, say), f"{reverse('gate:requests')}?stands=no-slip")


def _to_improve(asking: frozenset[int]) -> Iterator[Waiting]:
    """Held ones, and those returned or refused in the last quarter that no request follows yet."""
    requests = ServiceRequest.objects.filter(unit__in=asking).select_related("kind__preset")
    held = requests.filter(STILL_OPEN, state=State.HELD).order_by("decided_at")
    lately = requests.filter(outcome__in=sorted(NON_APPROVING), decided_at__gt=clock.now() - _QUARTER)
    returned = lately.filter(state=State.DECIDED, arrival=None, followed_by=None).order_by("-decided_at")
    for request in [*held[:_MOST], *returned[:_MOST]]:
        outcome = words_for(request.kind).outcome(request.outcome)
        text = wording.to_improve(request.reference, str(request), outcome, say)
        yield Waiting(text, reverse("gate:request", args=[request.pk]), since=request.decided_at)


def _open(by: Person, deciding: frozenset[int]) -> QuerySet[ServiceRequest]:
    """Open requests ``by`` may decide on, the next due first, those without a promise last."""
    mine = ServiceRequest.objects.filter(STILL_OPEN, deciding_unit__in=deciding, arrival=None)
    mine = mine.exclude(unit__in=units_of(by)).exclude(submitted_by=by)
    return mine.select_related("unit").order_by(F("expected_by").asc(nulls_last=True), "pk")


def _about(request: ServiceRequest, text: str) -> Waiting:
    return Waiting(
        text,
        reverse("gate:request", args=[request.pk]),
        due=request.expected_by,
        since=request.submitted_at,
        is_promise=request.expected_by is not None,
    )
