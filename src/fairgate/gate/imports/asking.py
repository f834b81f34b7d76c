"""What a person is asked about a new source, once: which column is what, and what their words mean here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate.actions import imports as actions
from fairgate.gate.actions.presets_editing import add_kind
from fairgate.gate.actions.teams import add_team
from fairgate.gate.models import DecisionImport, DecisionMapping, Preset
from fairgate.gate.queries import imports as queries
from fairgate.gate.rules import Outcome
from fairgate.organisation import actions as organisation
from fairgate.organisation import queries as units
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import Origin, UnitRow
from fairgate.shared.actor import Actor

ADD = "+"
"""The answer that makes a unit, kind or team of this name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one of their words means: ours, `rules.rows.LEFT_OUT`, or `ADD`."""

    field: str
    word: str
    ours: str | int


@transaction.atomic
def begin_with(*, by: Actor, pk: UUID, facts: Mapping[str, Any], done_at: str) -> DecisionImport:
    """Keep a new mapping (as `actions.keep_mapping` takes it) and have the waiting file read with it."""
    mapping = actions.keep_mapping(by=by, **facts)
    actions.read_with(by=by, pk=pk, mapping=mapping.pk)
    return actions.start_reading(by=by, pk=pk, done_at=done_at)


@transaction.atomic
def read_again(*, by: Actor, pk: UUID, done_at: str) -> DecisionImport:
    """Read the file once more, with its mapping as it is now."""
    coming = queries.import_for(by, pk)
    if coming.mapping_id is None:
        raise PermissionDenied
    actions.read_with(by=by, pk=pk, mapping=coming.mapping_id)
    return actions.start_reading(by=by, pk=pk, done_at=done_at)


@transaction.atomic
def say_words(*, by: Actor, pk: int, edition: int, answers: Sequence[Answer]) -> DecisionMapping:
    """Keep what words mean as the mapping's next edition, and make what is asked to be made. Raises `StaleMapping`,
    `PermissionDenied` (only stewards make units)."""
    mapping = queries.mapping_for(by, pk)
    values = {field: dict(words) for field, words in mapping.values.items()}
    for answer in answers:
        ours = _made(by, mapping, answer) if answer.ours == ADD else answer.ours
        values.setdefault(answer.field, {})[answer.word] = ours
    return actions.keep_mapping(
        by=by,
        name=mapping.name,
        source=mapping.source,
        deciding_unit=mapping.deciding_unit_id,
        columns=mapping.columns,
        values=values,
        options=mapping.options,
        pk=mapping.pk,
        edition=edition,
    )


@transaction.atomic
def say_and_read(
    *, by: Actor, pk: UUID, edition: int, answers: Sequence[Answer], done_at: str
) -> DecisionImport:
    """`say_words` for the mapping of a file, which is then read once more."""
    coming = queries.import_for(by, pk)
    if coming.mapping_id is None:
        raise PermissionDenied
    say_words(by=by, pk=coming.mapping_id, edition=edition, answers=answers)
    return read_again(by=by, pk=pk, done_at=done_at)


def may_add(by: Actor, field: str) -> bool:
    """Who may make what a file names: units belong to stewards; kinds and teams to whoever imports."""
    return units.may_edit(by) if field == "unit" else field in ("kind", "team")


def _made(by: Actor, mapping: DecisionMapping, answer: Answer) -> int:
    if not may_add(by, answer.field):
        raise PermissionDenied
    if answer.field == "unit":
        organisation.add(by=by, rows=[UnitRow(name=answer.word)], origin=Origin.IMPORTED, reason=mapping.name)
        return Unit.objects.get(name__iexact=answer.word).pk
    if answer.field == "team":
        return add_team(by=by, unit=mapping.deciding_unit_id, name=answer.word).pk
    preset = Preset.objects.filter(unit=mapping.deciding_unit).order_by("pk")[0]
    outcomes = [outcome.value for outcome in Outcome]
    facts = {
        "name": answer.word,
        "description": "",
        "outcomes": outcomes,
        "promise_days": None,
        "warn_days": 1,
    }
    return add_kind(by=by, preset=preset.pk, facts=facts, reason=mapping.name).pk
