"""What waits for one person, and what changed for them: for their own page and the home page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
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


def waiting_for(by: Actor) -> list[Waiting]:
    """What only ``by`` can move, oldest first: interviews planned by them, summaries to write, commitments due; of what was
    promised to them: was this kept?"""
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
    for one in mine.filter(state=InterviewState.PLANNED):
        yield Waiting(feed.to_hold(one, translation), _interview(one), due=one.starts_at)
    for one in mine.filter(state=InterviewState.HELD):
        url = reverse("improvement:summary", args=[one.pk])
        yield Waiting(
            feed.to_summarise(one, translation), url, since=_end(one.held_on or one.starts_at.date())
        )


def _asked(by: Person) -> Iterator[Waiting]:
    """Interviews ``by`` was asked for and that are still to come."""
    for one in Interview.objects.filter(person=by, state=InterviewState.PLANNED).select_related("unit"):
        yield Waiting(feed.to_answer_questions(one, translation), _interview(one), due=one.starts_at)


def _commitments(by: Person) -> Iterator[Waiting]:
    mine = Commitment.objects.filter(owner=by, state=CommitmentState.OPEN).select_related("unit", "to")
    for one in mine:
        if doors.may_close(by, one):
            yield Waiting(feed.to_keep(one, translation), _page(one), due=_end(one.due), is_promise=True)


def _contradicted(by: Person) -> Iterator[Waiting]:
    mine = Commitment.objects.filter(owner=by, state=CommitmentState.DONE, answer=Answer.NOT_YET)
    for one in mine.select_related("to"):
        if doors.may_close(by, one):
            yield Waiting(feed.not_yet(one, translation), _page(one), since=one.answered_at, is_promise=True)


def _kept(by: Person) -> Iterator[Waiting]:
    """What was promised to ``by`` and is called done: was it kept?"""
    done = Commitment.objects.filter(person=by, state=CommitmentState.DONE, answer="")
    for one in done.select_related("unit"):
        if doors.may_answer(by, one):
            url = reverse("improvement:answer", args=[one.pk])
            yield Waiting(feed.was_kept(one, translation), url, since=one.closed_at)


def _left(by: Person) -> Iterator[Waiting]:
    """For leads: what somebody promised who is not there any more."""
    if not by.has_role(Role.LEAD):
        return
    for one in without_owner(doors.working_units_of(by)):
        url = reverse("improvement:reassign", args=[one.pk])
        yield Waiting(feed.ownerless(one, translation), url, due=_end(one.due), is_promise=True)


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
