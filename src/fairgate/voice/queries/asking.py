"""The two doors to the form: the personal link, and the home page of whoever is signed in."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.voice.models import Envelope, Invitation
from fairgate.voice.rules import (
    About,
    Answering,
    AnswerPage,
    Form,
    Left,
    LinkUnknown,
    PeriodOver,
    PeriodState,
)
from fairgate.voice.rules.links import hash_of


def this_day() -> date:
    """The day it is in the installation's zone."""
    return timezone.localdate(clock.now())


def by_link(token: str, *, today: date | None = None) -> AnswerPage:
    """The form a personal link leads to, without signing in. Raises `LinkUnknown` (mistyped and forged links alike, after
    the same look-up), `PeriodOver` and `Left`."""
    return page_of(_linked(token), today=today)


def door_by_link(token: str) -> Answering:
    """Whose answer a link may take back, also when their account is disabled. Raises `LinkUnknown`."""
    return Answering(_linked(token).pk)


def _linked(token: str) -> Invitation:
    try:
        return _for_the_form().get(link_hash=hash_of(token))
    except Invitation.DoesNotExist:
        raise LinkUnknown from None


def mine_for(person: Actor, *, today: date | None = None) -> AnswerPage | None:
    """The form of whoever is signed in; None where nothing is asked of them at the moment."""
    if not isinstance(person, Person):
        return None
    asked = _for_the_form().filter(person=person, period__state=PeriodState.OPEN)
    for invitation in asked.order_by("period__starts_on"):
        try:
            return page_of(invitation, today=today)
        except PeriodOver:
            continue
    return None


def invitation_of(door: Answering) -> Invitation:
    return _invitations().get(pk=door.invitation)


def page_of(invitation: Invitation, *, today: date | None = None) -> AnswerPage:
    """Raises `PeriodOver` and `Left`."""
    refuse_when_over(invitation, today=today)
    refuse_when_left(invitation)
    period = invitation.period
    return AnswerPage(
        form=Form(invitation.form),
        door=Answering(invitation.pk),
        period=period.name,
        until=period.days.answers_until,
        answered=_has_envelope(invitation),
        about=_about(invitation),
        supplier=invitation.supplier.name if invitation.supplier else "",
        turn_to=period.turn_to,
    )


def refuse_when_over(invitation: Invitation, *, today: date | None = None) -> None:
    """Raises `PeriodOver` where answers are no longer taken."""
    period, until = invitation.period, invitation.period.days.answers_until
    if period.state != PeriodState.OPEN or (today or this_day()) > until:
        raise PeriodOver(until, lost=period.state == PeriodState.LOST)


def refuse_when_left(invitation: Invitation) -> None:
    """Raises `Left` where the person's account is disabled: they answer no more, but may take back what they said."""
    if not invitation.person.is_active:
        raise Left(answered=_has_envelope(invitation))


def _about(invitation: Invitation) -> About | None:
    decision, unit = invitation.decision, invitation.unit
    if decision is None or unit is None:
        return None
    request = decision.request
    return About(
        reference=request.reference,
        what=str(request),
        unit=unit.name,
        decided_on=timezone.localdate(decision.decided_at),
    )


def _has_envelope(invitation: Invitation) -> bool:
    try:
        return invitation.envelope is not None
    except Envelope.DoesNotExist:
        return False


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("period", "person", "unit", "supplier", "decision__request")


def _for_the_form() -> QuerySet[Invitation]:
    """Only what the form says, and whether there is an envelope, in one question to the database: half of the time that page
    takes is this (bench/voice_form.py)."""
    return (
        _invitations()
        .select_related("envelope")
        .only(
            "form",
            "period__name",
            "period__state",
            "period__starts_on",
            "period__ends_on",
            "period__turn_to",
            "person__is_active",
            "unit__name",
            "supplier__name",
            "decision__decided_at",
            "decision__request__item",
            "decision__request__asked",
            "envelope__invitation",
        )
    )
