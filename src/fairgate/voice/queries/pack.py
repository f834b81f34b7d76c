"""What the agreement pack says of this installation."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection

from fairgate.mail.queries import can_send
from fairgate.organisation.queries import function
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor
from fairgate.voice.models import Period
from fairgate.voice.queries.doors import may_enter
from fairgate.voice.rules import FEWEST, GRACE_DAYS, ITEMS, OVERSAMPLING, Pack, PeriodState

ATTRIBUTES = ("unit", "team", "outcome", "kind", "seniority", "customer", "risk", "decider")
"""What is sealed with an answer; the decider is only counted and never kept."""

SCORE_BALLOTS, LEAST_BY_SENIORITY, DECIDERS, WIDTH = 20, 10, 3, 5


def agreement_pack_for(by: Actor) -> Pack:
    """Drawn from the running configuration and the latest period. Raises PermissionDenied."""
    if not may_enter(by):
        raise PermissionDenied
    latest, unit = Period.objects.exclude(state=PeriodState.LOST).first(), function()
    officers = Person.objects.filter(is_active=True, assignments__role=Role.PRIVACY_OFFICER)
    return Pack(
        function=unit.name if unit else "",
        months=latest.months if latest else 3,
        oversampling=latest.oversampling if latest else OVERSAMPLING,
        grace_days=GRACE_DAYS,
        minimum=FEWEST,
        minimum_seniority=LEAST_BY_SENIORITY,
        minimum_deciders=DECIDERS,
        declared_width=WIDTH,
        score_ballots=SCORE_BALLOTS,
        items=tuple(item.code for item in ITEMS),
        attributes=ATTRIBUTES,
        mail=_mail(),
        database=connection.vendor,
        sees=_sees(),
        periods=Period.objects.filter(state=PeriodState.CLOSED).count(),
        turn_to=latest.turn_to if latest else "",
        officers=tuple(officers.order_by("name").values_list("name", flat=True)),
    )


def _mail() -> str:
    """The scheme of the setting, ``off`` where none is set: never the address, it holds a password."""
    return str(getattr(settings, "MAIL", "")).partition(":")[0] or "on" if can_send() else "off"


def _sees() -> dict[str, tuple[str, ...]]:
    everybody = tuple(role.value for role in Role)
    return {
        "published": everybody,
        "who-was-asked": (),
        "how-many-answered": (Role.PRIVACY_OFFICER.value,),
        "who-answered": (),
        "an-answer": (),
    }
