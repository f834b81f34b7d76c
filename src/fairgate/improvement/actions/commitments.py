"""Promising something, and what becomes of it. Every step is an event of its history and an entry of the ledger."""

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.improvement import queries
from fairgate.improvement.actions.interviews import FAR
from fairgate.improvement.actions.refusals import only_if, refuse_if
from fairgate.improvement.models import Commitment, CommitmentEvent, Interview
from fairgate.improvement.rules import (
    REASON_LENGTH,
    SENTENCE_LENGTH,
    Answer,
    CommitmentState,
    Direction,
    Event,
    Fault,
    FieldFault,
    Move,
    may_move,
    text_faults,
    tidy,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@transaction.atomic
def promise(
    *,
    by: Actor,
    unit: int,
    to: int,
    what: str,
    owner: int,
    due: date,
    key: str,
    person: int | None = None,
    interview: int | None = None,
) -> Commitment:
    """``unit`` promises ``to``: its customer, or in the mirror the function. It comes back to ``person``, else to the one
    interviewed. The same ``key`` again returns the same commitment. Raises Faulty."""
    talk = queries.team_interview_for(by, interview) if interview else None
    giving, receiving = Unit.objects.get(pk=unit), Unit.objects.get(pk=to)
    if not queries.may_promise(by, unit, to, talk):
        raise PermissionDenied
    if talk and {talk.unit_id, talk.other_id} != {unit, to}:
        raise PermissionDenied
    own_key = f"{by.actor_id}:{key}"
    if done := Commitment.objects.filter(key=own_key).first():
        return done
    direction = Direction.CUSTOMER if queries.is_team(unit) else Direction.SUPPLIER
    owning = next((one for one in queries.owners_in(unit) if one.pk == owner), None)
    receiver = _receiver(talk, to, person)
    text = tidy(what)
    refuse_if(
        [
            *_between(by, giving, receiving, direction),
            *text_faults({"what": text}, {"what": SENTENCE_LENGTH}),
            *([] if owning else [FieldFault("owner", Fault.NOT_IN_THE_UNIT, str(owner))]),
            *([] if receiver or not person else [FieldFault("person", Fault.NOT_IN_THE_UNIT, str(person))]),
            *([FieldFault("person", Fault.ITSELF, receiver.name)] if receiver and receiver == owning else []),
            *_day(due),
        ]
    )
    assert owning is not None  # noqa: S101 - refused above
    commitment = Commitment.objects.create(
        direction=direction,
        unit=giving,
        to=receiving,
        person=receiver,
        interview=talk,
        what=text,
        owner=owning,
        promised_for=due,
        due=due,
        state=CommitmentState.OPEN,
        made_at=clock.now(),
        key=own_key,
    )
    _record(
        by,
        commitment,
        Event.MADE,
        new={"unit": giving.name, "to": receiving.name, "owner": owning.name, "due": due, "what": text},
    )
    return commitment


@transaction.atomic
def close(*, by: Actor, pk: int, state: CommitmentState, why: str) -> Commitment:
    """Call it done, or not done and why: the owner, or a lead of the unit that promised."""
    commitment = _held(by, pk, Move.CLOSE, queries.may_close)
    words = tidy(why)
    refuse_if(text_faults({"why": words}, {"why": REASON_LENGTH}))
    only_if(state is not CommitmentState.OPEN)
    commitment.state, commitment.why, commitment.closed_at = state, words, clock.now()
    _unanswered(commitment)
    commitment.save()
    event = Event.DONE if state is CommitmentState.DONE else Event.NOT_DONE
    _record(
        by, commitment, event, words, old={"state": CommitmentState.OPEN.value}, new={"state": state.value}
    )
    return commitment


@transaction.atomic
def reopen(*, by: Actor, pk: int, due: date, why: str) -> Commitment:
    """Take it up again, such as after a “not yet”. The first day promised stays the one that counts."""
    commitment = _held(by, pk, Move.REOPEN, queries.may_close)
    words = tidy(why)
    refuse_if([*text_faults({"why": words}, {"why": REASON_LENGTH}), *_day(due)])
    old = {"state": commitment.state, "due": commitment.due}
    commitment.state, commitment.due = CommitmentState.OPEN, due
    commitment.why, commitment.closed_at = "", None
    _unanswered(commitment)
    commitment.save()
    new = {"state": CommitmentState.OPEN.value, "due": due}
    _record(by, commitment, Event.REOPENED, words, old=old, new=new)
    return commitment


@transaction.atomic
def reassign(*, by: Actor, pk: int, owner: int, why: str) -> Commitment:
    """Give it to somebody else of the unit, such as when its owner leaves: for leads."""
    commitment = _held(by, pk, Move.REASSIGN, queries.may_reassign)
    words = tidy(why)
    owning = next((one for one in queries.owners_in(commitment.unit_id) if one.pk == owner), None)
    refuse_if(
        [
            *text_faults({"why": words}, {"why": REASON_LENGTH}),
            *([] if owning else [FieldFault("owner", Fault.NOT_IN_THE_UNIT, str(owner))]),
            *(
                [FieldFault("owner", Fault.ITSELF, owning.name)]
                if owning and owning.pk == commitment.person_id
                else []
            ),
        ]
    )
    assert owning is not None  # noqa: S101 - refused above
    old = {"owner": commitment.owner.name}
    commitment.owner = owning
    commitment.save()
    _record(by, commitment, Event.REASSIGNED, words, old=old, new={"owner": owning.name})
    return commitment


@transaction.atomic
def answer(*, by: Actor, pk: int, kept: Answer, words: str) -> Commitment:
    """Was it kept? From the person it was promised to, in a sentence."""
    commitment = _held(by, pk, Move.ANSWER, queries.may_answer)
    said = tidy(words)
    refuse_if(text_faults({"words": said}, {"words": REASON_LENGTH}))
    old = {"answer": commitment.answer}
    commitment.answer, commitment.answer_words = kept, said
    commitment.answered_by_name, commitment.answered_at = by.actor_name, clock.now()
    commitment.save()
    event = Event.KEPT if kept is Answer.KEPT else Event.NOT_YET
    _record(by, commitment, event, said, old=old, new={"answer": kept.value})
    return commitment


def _held(by: Actor, pk: int, move: Move, allowed: Callable[[Actor, Commitment], bool]) -> Commitment:
    """The commitment, held fast until the transaction ends, for somebody who may and for a move it knows now."""
    queries.commitment_for(by, pk)
    commitment = Commitment.objects.select_for_update().get(pk=pk)
    if not allowed(by, commitment):
        raise PermissionDenied
    only_if(may_move(move, CommitmentState(commitment.state)))
    return commitment


def _receiver(talk: Interview | None, to: int, person: int | None) -> Person | None:
    """Who is asked whether it was kept: somebody of the unit; after an interview the one interviewed, or in the mirror
    the interviewer."""
    if talk and not person:
        return talk.person if to == talk.other_id else talk.interviewer
    return next((one for one in queries.people_in(to) if one.pk == person), None)


def _between(by: Actor, unit: Unit, to: Unit, direction: Direction) -> list[FieldFault]:
    """Two units; and in the mirror, one that really serves the function."""
    if unit == to:
        return [FieldFault("to", Fault.ITSELF, unit.name)]
    if direction is Direction.CUSTOMER:
        return []
    mirrored = queries.is_team(to.pk) and queries.is_candidate(by, to.pk, unit.pk, Direction.SUPPLIER)
    return [] if mirrored else [FieldFault("to", Fault.NOT_A_SUPPLIER, unit.name)]


def _day(due: date) -> list[FieldFault]:
    if due < queries.today():
        return [FieldFault("due", Fault.PAST, str(due))]
    return [FieldFault("due", Fault.TOO_FAR, str(due))] if due - queries.today() > FAR else []


def _unanswered(commitment: Commitment) -> None:
    """What was answered was about how it stood before; the history keeps it."""
    commitment.answer, commitment.answer_words = "", ""
    commitment.answered_by_name, commitment.answered_at = "", None


def _record(
    by: Actor,
    commitment: Commitment,
    event: Event,
    words: str = "",
    *,
    old: Mapping[str, object] | None = None,
    new: Mapping[str, object],
) -> None:
    CommitmentEvent.objects.create(
        commitment=commitment,
        event=event,
        owner_name=commitment.owner.name,
        due=commitment.due,
        words=words,
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action=f"improvement.commitment-{event}",
        subject=Subject("commitments", str(commitment.pk), commitment.what),
        old=old,
        new=new,
        reason=words,
    )
