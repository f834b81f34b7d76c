"""Writing an edition: how a thing reads from now on."""

from collections.abc import Mapping
from typing import Any

from fairgate.gate import queries
from fairgate.gate.models import Edition
from fairgate.gate.rules import Thing
from fairgate.shared import clock
from fairgate.shared.actor import Actor


def keep_edition(
    by: Actor, thing: Thing, record: Any, reason: str, more: Mapping[str, object] | None = None
) -> Edition:
    """Keep what ``record`` says now as its edition ``record.edition``."""
    facts = {**queries.facts_of(thing, record), **(more or {})}
    if flag := queries.FLAGS.get(thing):
        facts[flag] = getattr(record, flag)
    return Edition.objects.create(
        thing=thing,
        thing_id=record.pk,
        number=record.edition,
        facts=facts,
        reason=reason,
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
