"""What waits for one person, and what changed for them: for their own page and the home page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from fairgate.improvement.models import Commitment, Interview, SharedSummary
from fairgate.improvement.queries import doors
from fairgate.improvement.queries.commitments import commitments_for, without_owner
from fairgate.improvement.rules import Answer, CommitmentState, InterviewState
from fairgate.improvement.wording import feed
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import News, Waiting

_LAST = datetime.max.replace(tzinfo=UTC)
MOST = 20
"""So many of a sort are said one by one, those that wait longest; of the others only how many."""


def waiting_for(by: Actor) -> list[Waiting]:
    """What only ``by`` can move, oldest first: interviews planned by them, summaries to write, commitments due; of what was
    promised to them: was this kept? As many questions to the database however much waits."""
    if not isinstance(by, Person) or not by.is_active:
        return []
    found = [*_interviews(by), *_asked(by), *_commitments(by), *_contradicted(by), *_kept(by), *_left(by)]
    return sorted(found, key=lambda one: one.due or one.since or _LAST)


def news_for(by: Actor, since: datetime) -> list[News]:
    """What others did since then that concerns ``by``, newest first."""
    if not isinstance(by, Person) or not by.is_active:
        return []
    found = [*_invited(by, since), *_shared(by, since), *_promised(by, since), *_closed(by, since)]
    found += _answered(by, since)
    return sorted(found, key=lambda one: one.at, reverse=True)


def _interviews(by: Person) -> Iterator[Waiting]:
    """Those ``by`` is to hold or to sum up, as long as they are of the team."""
    mine = Interview.objects.filter(interviewer=by, unit__in=doors.team_units_of(by)).select_related("other")
    to_hold = mine.filter(state=InterviewState.PLANNED).order_by("starts_at", "pk")
    yield from _longest(to_hold, _to_hold, "improvement:interviews")
    to_summarise = mine.filter(state=InterviewState.HELD).order_by("held_on", "pk")
    yield from _longest(to_summarise, _to_summarise, "improvement:interviews")


def _asked(by: Person) -> Iterator[Waiting]:
    """Interviews ``by`` was asked for and that are still to come."""
    asked = Interview.objects.filter(person=by, state=InterviewState.PLANNED).select_related("unit")
    yield from _longest(asked.order_by("starts_at", "pk"), _to_answer, "improvement:mine")


def _commitments(by: Person) -> Iterator[Waiting]:
    mine = Commitment.objects.filter(owner=by, state=CommitmentState.OPEN).select_related("unit", "to")
    if doors.may_close_own(by):
        yield from _longest(mine.order_by("due", "pk"), _to_keep, "improvement:commitments")


def _contradicted(by: Person) -> Iterator[Waiting]:
    mine = Commitment.objects.filter(owner=by, state=CommitmentState.DONE, answer=Answer.NOT_YET)
    mine = mine.select_related("to").order_by("answered_at", "pk")
    if doors.may_close_own(by):
        yield from _longest(mine, _not_yet, "improvement:commitments")


def _kept(by: Person) -> Iterator[Waiting]:
    """What was promised to ``by`` and is called done: was it kept?"""
    done = Commitment.objects.filter(person=by, state=CommitmentState.DONE, answer="").exclude(owner=by)
    if doors.may_answer_own(by):
        done = done.select_related("unit").order_by("closed_at", "pk")
        yield from _longest(done, _was_kept, "improvement:mine")


def _left(by: Person) -> Iterator[Waiting]:
    """For leads: what somebody promised who is not there any more."""
    if not by.has_role(Role.LEAD):
        return
    left = without_owner(doors.working_units_of(by)).order_by("due", "pk")
    yield from _longest(left, _ownerless, "improvement:commitments")


def _longest(found: QuerySet[Any], line: Callable[[Any], Waiting], others: str) -> Iterator[Waiting]:
    """A line each for those that wait longest; one for the others, to the page that lists them."""
    first = [line(one) for one in found[: MOST + 1]]
    if len(first) <= MOST:
        yield from first
        return
    last = first.pop()
    yield from first
    more = feed.and_more(first[0], found.count() - MOST, translation)
    yield replace(last, what=more, url=reverse(others))


def _to_hold(one: Interview) -> Waiting:
    return Waiting(feed.to_hold(one, translation), _interview(one), due=one.starts_at)


def _to_summarise(one: Interview) -> Waiting:
    url = reverse("improvement:summary", args=[one.pk])
    return Waiting(feed.to_summarise(one, translation), url, since=_end(one.held_on or one.starts_at.date()))


def _to_answer(one: Interview) -> Waiting:
    return Waiting(feed.to_answer_questions(one, translation), _interview(one), due=one.starts_at)


def _to_keep(one: Commitment) -> Waiting:
    return Waiting(feed.to_keep(one, translation), _page(one), due=_end(one.due), is_promise=True)


def _not_yet(one: Commitment) -> Waiting:
    return Waiting(feed.not_yet(one, translation), _page(one), since=one.answered_at, is_promise=True)


def _was_kept(one: Commitment) -> Waiting:
    url = reverse("improvement:answer", args=[one.pk])
    return Waiting(feed.was_kept(one, translation), url, since=one.closed_at)


def _ownerless(one: Commitment) -> Waiting:
    url = reverse("improvement:reassign", args=[one.pk])
    return Waiting(feed.ownerless(one, translation), url, due=_end(one.due), is_promise=True)


def _invited(by: Person, since: datetime) -> Iterator[News]:
    for one in Interview.objects.filter(person=by, made_at__gt=since).select_related("unit"):
        yield News(feed.invited(one, translation), _interview(one), one.made_at)


def _shared(by: Person, since: datetime) -> Iterator[News]:
    for one in SharedSummary.objects.filter(interview__person=by, at__gt=since).select_related(
        "interview__unit"
    ):
        yield News(feed.shared(one.interview, translation), _interview(one.interview), one.at)


def _promised(by: Person, since: datetime) -> Iterator[News]:
    """What was promised to one's units or oneself, or in one's name by somebody else."""
    mine = commitments_for(by).filter(made_at__gt=since).filter(_received(by) | Q(owner=by.pk))
    for one in mine:
        yield News(feed.promised(one, translation), _page(one), one.made_at)


def _closed(by: Person, since: datetime) -> Iterator[News]:
    mine = (
        commitments_for(by)
        .filter(closed_at__gt=since)
        .filter(_received(by))
        .exclude(state=CommitmentState.OPEN)
    )
    for one in mine:
        if one.closed_at:
            yield News(feed.closed(one, translation), _page(one), one.closed_at)


def _answered(by: Person, since: datetime) -> Iterator[News]:
    for one in commitments_for(by).filter(owner=by.pk, answered_at__gt=since).exclude(answer=""):
        if one.answered_at:
            yield News(feed.answered(one, translation), _page(one), one.answered_at)


def _received(by: Person) -> Any:
    return Q(to__in=doors.working_units_of(by)) | Q(person=by.pk)


def _end(day: date) -> datetime:
    """When the day is over in the installation's zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


def _interview(one: Interview) -> str:
    return reverse("improvement:interview", args=[one.pk])


def _page(one: Commitment) -> str:
    return reverse("improvement:commitment", args=[one.pk])
