"""Who is asked about what, every night."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.mail import actions as mail
from fairgate.people.models import Person
from fairgate.shared.actor import Actor
from fairgate.voice import queries
from fairgate.voice.actions.keeping import held, locked, moved, record
from fairgate.voice.actions.keys import sweep_keys
from fairgate.voice.actions.leftovers import topic_of
from fairgate.voice.models import Invitation, Period
from fairgate.voice.queries import eligible
from fairgate.voice.rules import Form, PeriodState
from fairgate.voice.rules.links import hash_of, token_of
from fairgate.voice.rules.picking import chosen, ticket

INVITATION, REMINDER = "voice.invitation", "voice.reminder"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a night brought. ``without_mail`` were asked and have no e-mail address: they find it at home."""

    asked: int = 0
    decisions: int = 0
    mirrors: int = 0
    without_mail: int = 0
    reminded: int = 0
    ended: int = 0

    def __add__(self, other: "Sent") -> "Sent":
        pairs = zip(self._all(), other._all(), strict=True)
        return Sent(*(one + two for one, two in pairs))

    def _all(self) -> tuple[int, ...]:
        return (self.asked, self.decisions, self.mirrors, self.without_mail, self.reminded, self.ended)


def send_invitations(*, by: Actor, today: date | None = None) -> Sent:
    """What is due in every open period: invitations, reminders, the end. As often as one likes: nobody is asked twice. Each
    period is a transaction of its own. Raises PermissionDenied."""
    if not queries.may_invite(by):
        raise PermissionDenied
    sweep_keys(by=by)
    day, total = today or queries.this_day(), Sent()
    for pk in Period.objects.filter(state=PeriodState.OPEN, starts_on__lte=day).values_list("pk", flat=True):
        total += _night(by, pk, day)
    return total


@transaction.atomic
def remind(*, by: Actor, pk: UUID, today: date | None = None) -> int:
    """Write once to everybody who was asked, also to those who have answered: otherwise the outbox and the mail server would
    know who has. Returns to how many. Raises PermissionDenied and `WrongState`."""
    return _remind(by, held(by, pk, PeriodState.OPEN), today or queries.this_day())


@transaction.atomic
def _night(by: Actor, pk: UUID, day: date) -> Sent:
    period = locked(pk, PeriodState.OPEN)
    if day > period.days.answers_until:
        moved(period, PeriodState.ENDED)
        record(by, period, "period-ended", {"asked": period.invitations.count()})
        return Sent(ended=1)
    made = list(_due(period, day)) if day <= period.days.last_invitation_on else []
    Invitation.objects.bulk_create(made, batch_size=500)
    with_mail = _write_to(by, period, [one.person_id for one in made], INVITATION)
    mirrors = sum(one.form == Form.MIRROR for one in made)
    if made:
        counts = {"asked": len(made), "mirrors": mirrors, "without_mail": len(made) - with_mail}
        record(by, period, "invitations-sent", counts)
    reminded = _remind(by, period, day) if day >= period.days.reminds_on else 0
    return Sent(len(made), len(made) - mirrors, mirrors, len(made) - with_mail, reminded)


def _due(period: Period, day: date) -> Iterator[Invitation]:
    """Invitations to make, in no order that means anything."""
    asked: set[int] = set()
    picks = [pick for pick in _picks(period, day) if pick is not None]
    decisions = eligible.standing_decisions([pick.request for pick in picks])
    for pick in picks:
        decision = decisions[pick.request]
        asked.add(pick.person)
        yield _invitation(
            period,
            pick.person,
            day,
            form=Form.TREATMENT,
            unit_id=decision.request.deciding_unit_id,
            decision=decision,
            kind_id=decision.request.kind_id,
            outcome=decision.outcome,
        )
    if day >= period.days.catches_up_on:
        yield from _mirrors(period, day, asked)


def _picks(period: Period, day: date) -> Iterator[eligible.Candidate | None]:
    for theirs in eligible.candidates(period, day - timedelta(days=1)).values():
        nights = [(night, [one.ticket for one in group]) for night, group in eligible.by_night(theirs)]
        place = chosen(nights, catches_up_on=period.days.catches_up_on, today=day)
        yield None if place is None else theirs[place]


def _mirrors(period: Period, day: date, asked: set[int]) -> Iterator[Invitation]:
    """For those of the function who were asked about no decision of theirs: one supplier, each as likely as another."""
    for person, pairs in eligible.mirrors(period).items():
        if person in asked:
            continue
        unit, supplier = min(pairs, key=lambda pair: _drawn(period, person, pair))
        yield _invitation(period, person, day, form=Form.MIRROR, unit_id=unit, supplier_id=supplier)


def _drawn(period: Period, person: int, pair: tuple[int, int]) -> float:
    return ticket(queries.link_key_of(period), str(period.pk), str(person), f"mirror {pair}", 1.0)


def _invitation(period: Period, person: int, day: date, **about: object) -> Invitation:
    pk, nonce = uuid4(), secrets.token_bytes(16)
    link = hash_of(token_of(queries.link_key_of(period), str(pk), nonce))
    return Invitation(
        id=pk, period=period, person_id=person, asked_on=day, nonce=nonce, link_hash=link, **about
    )


def _remind(by: Actor, period: Period, day: date) -> int:
    if period.reminded_on is not None:
        return 0
    people = list(period.invitations.order_by("person_id").values_list("person_id", flat=True))
    reached = _write_to(by, period, people, REMINDER)
    period.reminded_on = day
    period.save(update_fields=["reminded_on"])
    record(by, period, "reminders-sent", {"to": reached})
    return reached


def _write_to(by: Actor, period: Period, people: list[int], letter: str) -> int:
    """A line in the outbox for everybody with an address; how many those are."""
    reachable = Person.objects.filter(pk__in=people, is_active=True).exclude(email="")
    invitations = dict(period.invitations.filter(person__in=people).values_list("person_id", "pk"))
    for person in reachable:
        pk = str(invitations[person.pk])
        mail.queue(
            by=by,
            letter=letter,
            to=person.actor_id,
            arguments={"pk": pk},
            topic=topic_of(period),
            key=f"{letter}:{pk}",
        )
    return len(reachable)
