"""Reading the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from fairgate.mail.models import Outgoing
from fairgate.mail.rules import LEASE, BadRoute, Fault, Kind, Route, State, route
from fairgate.shared.actor import Actor, is_steward

A_HANDFUL = 50


def configured() -> Route:
    """Where letters go. Raises `BadRoute`."""
    return route(settings.MAIL)


def can_send() -> bool:
    """Whether mail is set up, as far as the settings tell."""
    try:
        return configured().kind is not Kind.OFF
    except BadRoute:
        return False


def counts(topic: str = "") -> dict[State, int]:
    """How many letters are in each state; of one topic, or of all."""
    letters = Outgoing.objects.filter(topic=topic) if topic else Outgoing.objects.all()
    found = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in State}


@dataclass(frozen=True, slots=True)
class Standing:
    """The outbox at one moment. ``faults`` counts the latest fault of letters that wait or failed; ``problem`` says why
    the setting can't be understood; ``oldest`` is since when the oldest waits, ``next_try`` when one is due."""

    kind: Kind
    problem: str
    counts: Mapping[State, int]
    faults: Mapping[Fault, int]
    oldest: datetime | None
    next_try: datetime | None


def standing_for(person: Actor) -> Standing:
    """Raises PermissionDenied for anybody but stewards and the program."""
    if not (person.is_program or is_steward(person)):
        raise PermissionDenied(_("Only a steward sees the outbox."))
    kind, problem = Kind.OFF, ""
    try:
        kind = configured().kind
    except BadRoute as bad:
        problem = str(bad)
    waiting = Outgoing.objects.filter(state=State.WAITING).aggregate(
        oldest=Min("made_at"), next_try=Min("next_try")
    )
    troubled = Outgoing.objects.filter(state__in=[State.WAITING, State.FAILED]).exclude(fault="")
    by_code = dict(troubled.order_by().values_list("fault").annotate(Count("pk")))
    faults = {Fault(code): by_code[code] for code in sorted(by_code, key=lambda code: -by_code[code])}
    return Standing(kind, problem, counts(), faults, waiting["oldest"], waiting["next_try"])


def due(now: datetime) -> list[UUID]:
    """The letters to send next, oldest first."""
    waiting = Outgoing.objects.filter(state=State.WAITING, next_try__lte=now).order_by("next_try", "id")
    return list(waiting.values_list("pk", flat=True)[:A_HANDFUL])


def is_there_work(now: datetime) -> bool:
    """Whether a sender without a terminal would find something to do."""
    try:
        ways = configured().kind in {Kind.FILE, Kind.SMTP}
    except BadRoute:
        return False
    return ways and bool(due(now) or left_behind(now))


def left_behind(now: datetime) -> list[Outgoing]:
    """Letters that a sender took and never came back to."""
    return list(Outgoing.objects.filter(state=State.SENDING, claimed_at__lt=now - LEASE))
