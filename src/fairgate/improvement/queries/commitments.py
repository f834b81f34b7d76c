"""Commitments and how many were kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from fairgate.improvement.models import Commitment, CommitmentEvent
from fairgate.improvement.queries import doors, people
from fairgate.improvement.rules import (
    CommitmentState,
    Direction,
    Fate,
    KeptFigures,
    Move,
    fate,
    figures,
    may_move,
)
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor

_RELATED = ("unit", "to", "person", "owner", "interview")
OVERDUE = "overdue"
"""What one may filter by besides the states."""


def today() -> date:
    """The day it is in the installation's zone."""
    return timezone.localdate(clock.now())


def commitments_for(
    by: Actor, *, state: str = "", direction: str = "", unit: int | None = None, search: str = ""
) -> QuerySet[Commitment]:
    """What ``by`` may read: auditors, executives and stewards all; others what their units promised or were promised, and
    what they own or were promised themselves. ``unit`` is either side."""
    found = Commitment.objects.select_related(*_RELATED)
    if not doors.may_read_all_commitments(by):
        found = found.filter(_mine(by))
    if state == OVERDUE:
        found = found.filter(state=CommitmentState.OPEN, due__lt=today())
    elif state in set(CommitmentState):
        found = found.filter(state=state)
    found = found.filter(direction=direction) if direction in set(Direction) else found
    found = found.filter(Q(unit=unit) | Q(to=unit)) if unit else found
    for word in search.replace("\x00", "").split():
        found = found.filter(
            Q(what__icontains=word)
            | Q(owner__name__icontains=word)
            | Q(to__name__icontains=word)
            | Q(unit__name__icontains=word)
        )
    return found


def commitment_for(by: Actor, pk: int) -> Commitment:
    """Raises Commitment.DoesNotExist."""
    return commitments_for(by).get(pk=pk)


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """What the page of a commitment shows, and what this person may do with it now. ``interview`` only for those who may
    know of it."""

    commitment: Commitment
    fate: Fate
    events: tuple[CommitmentEvent, ...]
    may_open_interview: bool
    needs_owner: bool
    moves: frozenset[Move]


def page_of_commitment(by: Actor, pk: int) -> CommitmentPage:
    commitment = commitment_for(by, pk)
    interview = commitment.interview
    return CommitmentPage(
        commitment=commitment,
        fate=fate_of(commitment),
        events=tuple(commitment.events.all()),
        may_open_interview=interview is not None
        and (doors.may_know(by, interview) or doors.is_asked(by, interview)),
        needs_owner=commitment.state == CommitmentState.OPEN
        and not people.works_in(commitment.owner, commitment.unit_id),
        moves=moves(by, commitment),
    )


def moves(by: Actor, commitment: Commitment) -> frozenset[Move]:
    """What ``by`` may do with it now."""
    may = {
        Move.CLOSE: doors.may_close,
        Move.REOPEN: doors.may_close,
        Move.REASSIGN: doors.may_reassign,
        Move.ANSWER: doors.may_answer,
    }
    state = CommitmentState(commitment.state)
    return frozenset(
        move for move, allowed in may.items() if may_move(move, state) and allowed(by, commitment)
    )


def fate_of(commitment: Commitment) -> Fate:
    closed = commitment.closed_at
    return fate(
        CommitmentState(commitment.state),
        commitment.promised_for,
        timezone.localdate(closed) if closed else None,
        commitment.answer,
        today(),
    )


def kept_figures(commitments: QuerySet[Commitment]) -> KeptFigures:
    """How many of these were kept: measured, from the records."""
    return figures(fate_of(commitment) for commitment in commitments)


def promised_by(unit: int) -> QuerySet[Commitment]:
    """Everything the unit promised, whoever asks: what its charter counts, without naming anybody."""
    return Commitment.objects.filter(unit=unit)


def without_owner(units: frozenset[int]) -> QuerySet[Commitment]:
    """Open ones of these units whose owner left the unit or may not sign in any more."""
    open_ = Commitment.objects.filter(unit__in=units, state=CommitmentState.OPEN).select_related(*_RELATED)
    kept = Commitment.objects.filter(owner__is_active=True, owner__memberships__unit=F("unit"))
    return open_.exclude(pk__in=kept.values("pk"))


def _mine(by: Actor) -> Q:
    units = doors.working_units_of(by)
    mine = Q(unit__in=units) | Q(to__in=units)
    return mine | Q(owner=by.pk) | Q(person=by.pk) if isinstance(by, Person) and by.is_active else mine


def cells(commitment: Commitment) -> dict[str, Any]:
    """One line of an export: facts of the record, nothing from interviews."""
    return {
        "unit": commitment.unit.name,
        "to": commitment.to.name,
        "person": commitment.person.name if commitment.person else "",
        "what": commitment.what,
        "owner": commitment.owner.name,
        "promised_for": commitment.promised_for.isoformat(),
        "due": commitment.due.isoformat(),
        "state": commitment.state,
        "closed": timezone.localdate(commitment.closed_at).isoformat() if commitment.closed_at else "",
        "why": commitment.why,
        "answer": commitment.answer,
        "answer_words": commitment.answer_words,
    }
