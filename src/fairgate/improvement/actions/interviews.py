"""Planning thirty minutes with somebody, and saying that they were held or called off.

The ledger says which team talked with which unit and when. Who was talked with stays in the interview.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.improvement import queries
from fairgate.improvement.actions.refusals import only_if, refuse_if
from fairgate.improvement.models import Interview
from fairgate.improvement.rules import (
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    Direction,
    Fault,
    FieldFault,
    InterviewState,
    Move,
    NoSuchTime,
    NoSuchZone,
    Refusal,
    allowed,
    moment,
    text_faults,
    tidy,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor

FAR = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where, as it is typed."""

    day: date
    hour: time
    zone: str
    place: str

    def faults(self) -> list[FieldFault]:
        found = list(
            text_faults({"place": self.place}, {"place": NAME_LENGTH}, optional=frozenset({"place"}))
        )
        try:
            moment(self.day, self.hour, self.zone)
        except NoSuchZone:
            return [*found, FieldFault("zone", Fault.NO_SUCH_ZONE, self.zone[:60])]
        except NoSuchTime:
            return [*found, FieldFault("hour", Fault.NO_SUCH_TIME, f"{self.day} {self.hour:%H:%M}")]
        except OverflowError:
            return [*found, FieldFault("day", Fault.TOO_FAR, str(self.day))]
        if abs(self.day - queries.today()) > FAR:
            found.append(FieldFault("day", Fault.TOO_FAR, str(self.day)))
        return found

    @property
    def starts_at(self) -> datetime:
        return moment(self.day, self.hour, self.zone)


@transaction.atomic
def plan(
    *,
    by: Actor,
    direction: Direction,
    unit: int,
    other: int,
    person: int | None,
    person_name: str,
    day: date,
    hour: time,
    zone: str,
    place: str,
    invitation: str,
    key: str,
) -> Interview:
    """Plan an interview; ``by`` will hold it. ``person`` has an account and works in ``other``; else ``person_name`` says
    who it is. The same ``key`` again returns the same interview and changes nothing. Raises Faulty."""
    guide = queries.guide_for(by, unit, direction)  # asks who acts
    there = Unit.objects.get(pk=other)
    own_key = f"{by.actor_id}:{key}"
    if done := Interview.objects.filter(key=own_key).first():
        return done
    if not isinstance(by, Person):
        raise PermissionDenied
    meeting, text = Meeting(day, hour, zone, tidy(place)), tidy(invitation)
    asked = next((one for one in queries.people_in(other) if one.pk == person), None)
    name = asked.name if asked else tidy(person_name)
    refuse_if(
        [
            *_whom(by, guide.unit, there, direction, person, asked),
            *(
                []
                if person and not asked
                else text_faults({"person_name": name}, {"person_name": NAME_LENGTH})
            ),
            *meeting.faults(),
            *text_faults({"invitation": text}, {"invitation": TEXT_LENGTH}),
        ]
    )
    interview = Interview.objects.create(
        direction=direction,
        unit=guide.unit,
        other=there,
        person=asked,
        person_name=name,
        interviewer=by,
        starts_at=meeting.starts_at,
        zone=zone,
        place=meeting.place,
        invitation=text,
        questions=list(guide.questions),
        guide_number=guide.number,
        state=InterviewState.PLANNED,
        made_at=clock.now(),
        key=own_key,
    )
    ledger.append(
        by=by,
        action="improvement.interview-planned",
        subject=subject_of(interview),
        new={"direction": direction.value, "starts_at": interview.starts_at, "guide": guide.number},
    )
    return interview


@transaction.atomic
def change(
    *, by: Actor, pk: int, day: date, hour: time, zone: str, place: str, invitation: str, seen: int
) -> Interview:
    """Another time, another place, another letter. ``seen`` is the number of changes the page knew of."""
    interview = for_team(by, pk, Move.CHANGE)
    only_if(interview.sequence == seen, Refusal.STALE)
    meeting, text = Meeting(day, hour, zone, tidy(place)), tidy(invitation)
    refuse_if([*meeting.faults(), *text_faults({"invitation": text}, {"invitation": TEXT_LENGTH})])
    old = {"starts_at": interview.starts_at, "zone": interview.zone}
    interview.starts_at, interview.zone, interview.place = meeting.starts_at, zone, meeting.place
    interview.invitation = text
    interview.sequence += 1
    interview.save()
    ledger.append(
        by=by,
        action="improvement.interview-changed",
        subject=subject_of(interview),
        old=old,
        new={"starts_at": interview.starts_at, "zone": interview.zone},
    )
    return interview


@transaction.atomic
def hold(*, by: Actor, pk: int, on: date) -> Interview:
    """Say that it was held, on which day."""
    interview = for_team(by, pk, Move.HOLD)
    faults = [FieldFault("on", Fault.FUTURE, str(on))] if on > queries.today() else []
    faults += [FieldFault("on", Fault.TOO_FAR, str(on))] if queries.today() - on > FAR else []
    refuse_if(faults)
    interview.state, interview.held_on = InterviewState.HELD, on
    interview.save()
    ledger.append(
        by=by, action="improvement.interview-held", subject=subject_of(interview), new={"held_on": on}
    )
    return interview


@transaction.atomic
def call_off(*, by: Actor, pk: int, reason: str) -> Interview:
    interview = for_team(by, pk, Move.CALL_OFF)
    why = tidy(reason)
    refuse_if(text_faults({"reason": why}, {"reason": REASON_LENGTH}))
    interview.state, interview.called_off_why = InterviewState.CALLED_OFF, why
    interview.save()
    ledger.append(
        by=by,
        action="improvement.interview-called-off",
        subject=subject_of(interview),
        old={"state": InterviewState.PLANNED.value},
        new={"state": InterviewState.CALLED_OFF.value},
        reason=why,
    )
    return interview


def for_team(by: Actor, pk: int, move: Move, *, notes: bool = False) -> Interview:
    """The interview, held fast until the transaction ends, for somebody of the team and for a move it knows now."""
    queries.team_interview_for(by, pk, notes=notes)
    interview = Interview.objects.select_for_update().get(pk=pk)
    only_if(allowed(move, InterviewState(interview.state)))
    return interview


def subject_of(interview: Interview) -> Subject:
    return Subject("interviews", str(interview.pk), str(interview))


def _whom(
    by: Person, unit: Unit, other: Unit, direction: Direction, person: int | None, asked: Person | None
) -> list[FieldFault]:
    faults = []
    if not queries.is_candidate(by, unit.pk, other.pk, direction):
        code = Fault.NOT_A_CUSTOMER if direction is Direction.CUSTOMER else Fault.NOT_A_SUPPLIER
        faults.append(FieldFault("person", code, other.name))
    if person and not asked:
        faults.append(FieldFault("person", Fault.NOT_IN_THE_UNIT, str(person)))
    if asked and asked.pk == by.pk:
        faults.append(FieldFault("person", Fault.ITSELF, asked.name))
    return faults
