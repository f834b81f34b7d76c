"""Opening and ending a period, and giving one up whose key is lost."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import translation

from fairgate.shared.actor import Actor
from fairgate.voice import queries
from fairgate.voice.actions.keeping import held, moved, only_keepers, record
from fairgate.voice.actions.keys import withdraw
from fairgate.voice.actions.leftovers import forget, scrub_after_commit
from fairgate.voice.models import Envelope, Period
from fairgate.voice.rules import (
    MONTHS,
    MOST_OVERSAMPLING,
    OVERSAMPLING,
    TEXT_LENGTH,
    BadPeriod,
    Days,
    KeyDoesNotFit,
    KeyFile,
    Overlaps,
    PeriodState,
    TooEarly,
)
from fairgate.voice.rules.keys import KeyPair, key_file, read_key
from fairgate.voice.rules.responses import FEW, told
from fairgate.voice.wording.key_file import head


@dataclass(frozen=True, slots=True)
class Announced:
    """The period, and the only copy of its private key."""

    period: Period
    key_file: KeyFile


@transaction.atomic
def announce_period(
    *,
    by: Actor,
    starts_on: date | None = None,
    months: int = 3,
    oversampling: float = OVERSAMPLING,
    turn_to: str = "",
    today: date | None = None,
) -> Announced:
    """Make a period and its key. Nobody is invited before `confirm_key`. Without ``starts_on``: the calendar's period this
    day is in, or the one after the last that there is. Raises PermissionDenied, `BadPeriod` and `Overlaps`."""
    only_keepers(by)
    days = _days(starts_on, months, today or queries.this_day())
    if not 1 <= oversampling <= MOST_OVERSAMPLING:
        raise BadPeriod("oversampling")
    if len(turn_to) > TEXT_LENGTH:
        raise BadPeriod("turn_to")
    keys = KeyPair.make()
    period = Period.objects.create(
        name=days.name,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        months=months,
        oversampling=oversampling,
        state=PeriodState.ANNOUNCED,
        public_key=keys.public,
        fingerprint=keys.fingerprint,
        turn_to=turn_to.strip(),
    )
    known = {"fingerprint": keys.fingerprint, "from": days.starts_on, "to": days.ends_on}
    record(by, period, "period-announced", {**known, "oversampling": str(oversampling)})
    return Announced(period, key_file(keys, period=period.name, head=head(period.name, translation)))


@transaction.atomic
def confirm_key(*, by: Actor, pk: UUID, content: bytes, today: date | None = None) -> Period:
    """The privacy officer shows that they have the key: from now on people are invited. Raises PermissionDenied,
    `WrongState`, `KeyUnreadable` and `KeyDoesNotFit`."""
    period = held(by, pk, PeriodState.ANNOUNCED)
    fitting(period, content)
    period.opened_on = today or queries.this_day()
    moved(period, PeriodState.OPEN, "opened_on")
    record(by, period, "period-opened", {"fingerprint": period.fingerprint})
    return period


@transaction.atomic
def discard_period(*, by: Actor, pk: UUID) -> None:
    """A period whose key nobody kept, before anybody was invited. Raises PermissionDenied and `WrongState`."""
    period = held(by, pk, PeriodState.ANNOUNCED)
    discarded = Period(pk=period.pk, name=period.name)
    period.delete()
    record(by, discarded, "period-discarded", {"fingerprint": period.fingerprint})


@transaction.atomic
def end_period(*, by: Actor, pk: UUID, today: date | None = None) -> Period:
    """From now on no answer is taken, replaced or taken back. Raises PermissionDenied, `WrongState`, and `TooEarly` while
    people have been told that they have time."""
    period = held(by, pk, PeriodState.OPEN)
    until = period.days.answers_until
    if (today or queries.this_day()) <= until:
        raise TooEarly(until)
    moved(period, PeriodState.ENDED)
    record(by, period, "period-ended", {"asked": period.invitations.count()})
    return period


@transaction.atomic
def give_up(*, by: Actor, pk: UUID, reason: str) -> Period:
    """The key is lost: the answers are counted and thrown away unread. Raises PermissionDenied and `WrongState`."""
    period = held(by, pk, PeriodState.ANNOUNCED, PeriodState.OPEN, PeriodState.ENDED)
    period.unread = Envelope.objects.filter(invitation__period=period).count()
    forget(period)
    withdraw(period.pk)
    moved(period, PeriodState.LOST, "unread")
    record(by, period, "period-given-up", {"unread": told(period.unread) or FEW}, reason)
    scrub_after_commit()
    return period


def fitting(period: Period, content: bytes) -> KeyPair:
    """The keys in a file. Raises `KeyUnreadable` and `KeyDoesNotFit`."""
    keys = read_key(content)
    if keys.public != bytes(period.public_key):
        raise KeyDoesNotFit
    return keys


def _days(starts_on: date | None, months: int, today: date) -> Days:
    if months not in MONTHS:
        raise BadPeriod("months")
    standing = Period.objects.exclude(state=PeriodState.LOST)
    last = standing.order_by("-ends_on").first()
    if starts_on is not None:
        if starts_on.day != 1:
            raise BadPeriod("starts_on")
        days = Days.of(starts_on, months)
    else:
        days = Days.around(today, months)
        if last is not None and last.ends_on >= days.starts_on:
            days = Days.of(Days(last.starts_on, last.ends_on).day_after, months)
    other = standing.filter(starts_on__lte=days.ends_on, ends_on__gte=days.starts_on).first()
    if other is not None:
        raise Overlaps(other.name)
    return days
