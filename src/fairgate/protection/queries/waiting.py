"""What waits here for a person, and what changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.urls import reverse
from django.utils import translation

from fairgate.protection.models import Escape
from fairgate.protection.queries.catches import judged_since, number_to_judge
from fairgate.protection.queries.complaints import complaints_for
from fairgate.protection.queries.doors import handles, may_read
from fairgate.protection.wording import told
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import News, Waiting

FEW = 3
"""So many of a sort are said one by one; more are summed up."""


def waiting_for(by: Actor) -> list[Waiting]:
    """Complaints without a reply, and refusals to judge: one line each where there are many."""
    found = [*_to_answer(by)] if handles(by) else []
    if number := number_to_judge(by):
        found.append(Waiting(told.to_judge(number, translation), reverse("protection:catches")))
    return found


def _to_answer(by: Actor) -> Iterator[Waiting]:
    open_ones = complaints_for(by, open_only=True).order_by("received", "pk")
    first = list(open_ones[: FEW + 1])
    if len(first) > FEW:
        text = told.many_to_answer(open_ones.count(), translation)
        since = datetime.combine(first[0].received, time(), UTC)
        yield Waiting(text, f"{reverse('protection:complaints')}?open=1", since=since)
        return
    for complaint in first:
        since = datetime.combine(complaint.received, time(), UTC)
        url = reverse("protection:complaint", args=[complaint.pk])
        yield Waiting(told.to_answer(complaint, translation), url, since=since)


def news_for(by: Actor, since: datetime) -> list[News]:
    """Complaints, refusals both sides have judged, and links to decisions, newest first."""
    if not may_read(by):
        return []
    news = [*_complaints(by, since), *_catches(by, since), *_links(by, since)]
    return sorted(news, key=lambda one: one.at, reverse=True)


def _complaints(by: Actor, since: datetime) -> Iterator[News]:
    came = complaints_for(by).filter(reported_at__gt=since).order_by("-reported_at")
    first = list(came[: FEW + 1])
    if len(first) > FEW:
        text = told.many_came(came.count(), translation)
        yield News(text, reverse("protection:complaints"), first[0].reported_at)
        return
    for complaint in first:
        url = reverse("protection:complaint", args=[complaint.pk])
        yield News(told.came(complaint, translation), url, complaint.reported_at)


def _catches(by: Actor, since: datetime) -> Iterator[News]:
    judged = judged_since(by, since).order_by("-completed_at")
    first = list(judged[: FEW + 1])
    if len(first) > FEW:
        text = told.many_judged(judged.count(), translation)
        yield News(text, reverse("protection:catches"), first[0].completed_at)
        return
    for judgement in first:
        url = reverse("protection:catch", args=[judgement.decision_id])
        yield News(told.judged(judgement, translation), url, judgement.completed_at)


def _links(by: Actor, since: datetime) -> Iterator[News]:
    said = Escape.objects.filter(complaint__in=complaints_for(by).values("pk"), at__gt=since)
    said = said.select_related("complaint", "decision__request").order_by("-at")
    first = list(said[: FEW + 1])
    if len(first) > FEW:
        text = told.many_linked(said.count(), translation)
        yield News(text, reverse("protection:escapes"), first[0].at)
        return
    for one in first:
        url = reverse("protection:complaint", args=[one.complaint_id])
        yield News(told.linked(one, translation), url, one.at)
