"""How a preset and its parts read, now and at any time since they came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from fairgate.gate.models import Clause, Edition
from fairgate.gate.queries.standards import thing_for
from fairgate.gate.rules import Thing
from fairgate.gate.rules.facts import FIELDS, Facts
from fairgate.shared.actor import Actor

FLAGS = {Thing.KIND: "is_offered", Thing.STANDARD: "is_current", Thing.CLAUSE: "is_current"}
"""What says whether a thing is in use, for those that can be retired."""


@dataclass(frozen=True, slots=True)
class ClauseAsRead:
    """A clause as it read when a slip or an answer rested on it."""

    number: str
    title: str
    summary: str
    standard: str
    reference: str
    edition: int
    is_as_now: bool
    """Whether it still reads so."""

    def __str__(self) -> str:
        return f"{self.reference} {self.number} {self.title}"


def facts_of(thing: Thing, record: Any) -> dict[str, Any]:
    """What a record says now, as its editions keep it; without the flag of `FLAGS`."""
    return {field: getattr(record, field) for field in FIELDS[thing]}


def is_in_use(thing: Thing, record: Any) -> bool:
    flag = FLAGS.get(thing)
    return flag is None or bool(getattr(record, flag))


def editions_of(by: Actor, thing: Thing, pk: int) -> QuerySet[Edition]:
    """Every edition, newest first. Raises the thing's ``DoesNotExist``."""
    thing_for(by, thing, pk)
    return Edition.objects.filter(thing=thing, thing_id=pk).order_by("-number")


def edition_of(thing: Thing, pk: int, number: int) -> Edition | None:
    """The edition with this number; None for a thing that came in before editions were kept, which there are none of."""
    return Edition.objects.filter(thing=thing, thing_id=pk, number=number).first()


def as_read(thing: Thing, record: Any, number: int) -> Facts:
    """What a record said in its edition ``number``, such as a kind when a request of it was submitted."""
    if record.edition == number:
        return facts_of(thing, record)
    found = edition_of(thing, record.pk, number)
    return facts_of(thing, record) if found is None else found.facts


def clause_as_read(clause: Clause, edition: int, at: datetime | None = None) -> ClauseAsRead:
    """A clause as it read in its edition ``edition``; its standard as it read ``at`` that time, or as it reads now."""
    facts = as_read(Thing.CLAUSE, clause, edition)
    standard = _standard_at(clause, at)
    return ClauseAsRead(
        number=clause.number,
        title=str(facts["title"]),
        summary=str(facts.get("summary") or ""),
        standard=str(standard["title"]),
        reference=str(standard["reference"]),
        edition=edition,
        is_as_now=clause.edition == edition and clause.is_current,
    )


def _standard_at(clause: Clause, at: datetime | None) -> Mapping[str, Any]:
    now = facts_of(Thing.STANDARD, clause.standard)
    if at is None:
        return now
    editions = Edition.objects.filter(thing=Thing.STANDARD, thing_id=clause.standard_id, at__lte=at)
    last = editions.order_by("-number").first()
    return now if last is None else last.facts
