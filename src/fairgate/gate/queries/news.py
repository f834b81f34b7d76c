"""What became different for the units a person works in."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils import translation as say
from django.utils.formats import date_format

from fairgate.gate.models import AdviceQuestion, PromiseChange, SecondLook, ServiceRequest
from fairgate.gate.queries.doors import asks_for
from fairgate.gate.queries.words import words_for
from fairgate.gate.rules import Outcome
from fairgate.gate.wording import waiting as wording
from fairgate.people.models import Person
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import News

_MOST = 50  # of each sort


def news_for(by: Actor, since: datetime) -> list[News]:
    """Since a moment, newest first: what was decided, warned of or looked at again for the units ``by`` works in, and
    answers to ``by``'s own questions."""
    units = asks_for(by)
    if not units or not isinstance(by, Person):
        return []
    found = [*_decided(units, since), *_warned(units, since), *_looked(units, since), *_answered(by, since)]
    return sorted(found, key=lambda news: news.at, reverse=True)


def _decided(units: frozenset[int], since: datetime) -> Iterator[News]:
    # Naming every outcome lets the index on unit, outcome and time answer, whatever the number of requests.
    recent = ServiceRequest.objects.filter(unit__in=units, outcome__in=sorted(Outcome), decided_at__gt=since)
    for request in recent.select_related("kind__preset").order_by("-decided_at")[:_MOST]:
        outcome = words_for(request.kind).outcome(request.outcome)
        text = wording.decided(request.reference, str(request), outcome, say)
        yield News(text, _page(request), request.decided_at or since)


def _warned(units: frozenset[int], since: datetime) -> Iterator[News]:
    # Here and below: through the few changes of these days, not through all that the units ever asked.
    changes = PromiseChange.objects.alias(of=F("request__unit_id") + 0).filter(at__gt=since, of__in=units)
    for change in changes.select_related("request").order_by("-pk")[:_MOST]:
        day = date_format(timezone.localtime(change.new), "j M Y")
        text = wording.warned(change.request.reference, str(change.request), day, say)
        yield News(text, _page(change.request), change.at)


def _looked(units: frozenset[int], since: datetime) -> Iterator[News]:
    looks = SecondLook.objects.alias(of=F("decision__request__unit_id") + 0)
    looks = looks.filter(looked_at__gt=since, of__in=units)
    for look in looks.select_related("decision__request").order_by("-looked_at")[:_MOST]:
        request = look.decision.request
        text = wording.looked_again(request.reference, str(request), look.result, say)
        yield News(text, _page(request), look.looked_at or since)


def _answered(by: Person, since: datetime) -> Iterator[News]:
    for question in AdviceQuestion.objects.filter(asked_by=by, answered_at__gt=since)[:_MOST]:
        text = wording.answered(question.question, question.likely, say)
        yield News(text, reverse("gate:question", args=[question.pk]), question.answered_at or since)


def _page(request: ServiceRequest) -> str:
    return reverse("gate:request", args=[request.pk])
