"""Interviews, as the team sees them and as the person interviewed does."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from fairgate.improvement.models import Commitment, Interview, Notes, SharedSummary, Summary, Theme
from fairgate.improvement.queries import doors
from fairgate.improvement.queries.commitments import commitments_for
from fairgate.improvement.rules import Direction, InterviewState, Move, allowed
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.shared.actor import Actor

_RELATED = ("unit", "other", "person", "interviewer")


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """What the page of an interview shows this person. ``notes`` is None for whoever may not read them, and `Summary` is
    the team's; the person interviewed finds what was shared in ``shared``."""

    interview: Interview
    of_team: bool
    is_asked: bool
    may_read_notes: bool
    notes: Notes | None
    summary: Summary | None
    shared: SharedSummary | None
    themes: tuple[Theme, ...]
    commitments: tuple[Commitment, ...]
    moves: frozenset[Move]

    @property
    def starts(self) -> Any:
        """The moment, in the zone it was planned in."""
        return self.interview.starts_at.astimezone(ZoneInfo(self.interview.zone))

    @property
    def is_shared_as_it_is(self) -> bool:
        """Whether the person has the summary as it reads now."""
        return (
            self.shared is not None and self.summary is not None and self.shared.digest == self.summary.digest
        )


def interviews_for(
    by: Actor, *, state: str = "", direction: str = "", other: int | None = None, search: str = ""
) -> QuerySet[Interview]:
    """The team's. Raises PermissionDenied for whoever is in no team."""
    units = doors.team_units_of(by)
    if not units:
        raise PermissionDenied
    found = Interview.objects.filter(unit__in=units).select_related(*_RELATED)
    if isinstance(by, Person):
        found = found.exclude(person=by.pk)  # one's own stand on one's own page
    found = found.filter(state=state) if state in set(InterviewState) else found
    found = found.filter(direction=direction) if direction in set(Direction) else found
    found = found.filter(other=other) if other else found
    for word in search.replace("\x00", "").split():
        found = found.filter(Q(person_name__icontains=word) | Q(other__name__icontains=word))
    return found


def interview_for(by: Actor, pk: int) -> Interview:
    """Raises Interview.DoesNotExist for whoever is neither of the team nor the one who was asked."""
    interview = Interview.objects.select_related(*_RELATED).get(pk=pk)
    if not doors.may_know(by, interview) and not doors.is_asked(by, interview):
        raise Interview.DoesNotExist
    return interview


def team_interview_for(by: Actor, pk: int, *, notes: bool = False) -> Interview:
    """The same, to do something with it: PermissionDenied for the person interviewed, and with ``notes`` for those of
    the team who may not read them."""
    interview = interview_for(by, pk)
    if not doors.may_know(by, interview) or (notes and not doors.may_read_notes(by, interview)):
        raise PermissionDenied
    return interview


def page_of_interview(by: Actor, pk: int) -> InterviewPage:
    interview = interview_for(by, pk)
    of_team = doors.may_know(by, interview)
    reads = doors.may_read_notes(by, interview)
    state = InterviewState(interview.state)
    moves = {move for move in Move if of_team and allowed(move, state)}
    return InterviewPage(
        interview=interview,
        of_team=of_team,
        is_asked=doors.is_asked(by, interview),
        may_read_notes=reads,
        notes=Notes.objects.filter(interview=interview).first() if reads else None,
        summary=Summary.objects.filter(interview=interview).first() if of_team else None,
        shared=SharedSummary.objects.filter(interview=interview).last(),
        themes=tuple(interview.themes.all()) if of_team else (),
        commitments=tuple(commitments_for(by).filter(interview=interview)),
        moves=frozenset(moves if reads else moves - {Move.NOTE}),
    )


def paper_of_interview(by: Actor, pk: int) -> tuple[InterviewPage, Summary | SharedSummary]:
    """The page, and the summary this person may print: the team its own, the person what was shared. Raises
    Interview.DoesNotExist where there is none for them."""
    page = page_of_interview(by, pk)
    summary = page.summary if page.of_team else page.shared
    if summary is None:
        raise Interview.DoesNotExist
    return page, summary


def asked_of(by: Actor) -> QuerySet[Interview]:
    """Interviews with ``by``, newest first: for their own page."""
    if not isinstance(by, Person):
        return Interview.objects.none()
    return Interview.objects.filter(person=by.pk).select_related(*_RELATED).prefetch_related("shared")


def talked_with_units(by: Actor) -> list[Unit]:
    """The units the team has interviews with, to filter by."""
    return list(Unit.objects.filter(interviews_given__unit__in=doors.team_units_of(by)).distinct())
