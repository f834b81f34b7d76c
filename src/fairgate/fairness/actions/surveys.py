"""The states of a table of ratings."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.fairness import queries
from fairgate.fairness.models import Survey
from fairgate.fairness.rules import Said, SurveyState
from fairgate.files.models import StoredFile
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor

OPEN = frozenset({SurveyState.ASKED, SurveyState.READY, SurveyState.FAULTY})


class NotReady(Exception):
    """The table is in a state in which this can't be done; ``state`` says in which."""

    def __init__(self, state: SurveyState) -> None:
        super().__init__(state)
        self.state = state


@transaction.atomic
def note_survey(
    *,
    by: Actor,
    file: StoredFile,
    name: str,
    unit: int,
    options: Mapping[str, str],
    proposal: Mapping[str, Any],
) -> Survey:
    """Write down that a table came in. Raises PermissionDenied and ``Unit.DoesNotExist``."""
    _only_importers(by, unit)
    survey = Survey.objects.create(
        file=file,
        name=name[:200],
        unit=queries.deciding_units().get(pk=unit),
        state=SurveyState.ASKED,
        options=dict(options),
        proposal=dict(proposal),
        by_id=by.actor_id,
        by_name=by.actor_name,
    )
    _record(by, survey, {"state": survey.state, "sha256": file.pk})
    return survey


@transaction.atomic
def note_checked(
    *, by: Actor, pk: UUID, said: Said, findings: Mapping[str, Any], problems: Sequence[str]
) -> Survey:
    """What a person said about the columns, and what the dry run found. Raises `NotReady`."""
    survey = _held(by, pk, OPEN)
    old, survey.state = survey.state, SurveyState.FAULTY if problems else SurveyState.READY
    survey.said, survey.findings, survey.problems = said.to_dict(), dict(findings), list(problems)
    survey.save(update_fields=["state", "said", "findings", "problems"])
    _record(by, survey, {"state": survey.state, **survey.said, "problems": len(problems)}, {"state": old})
    return survey


@transaction.atomic
def apply_survey(*, by: Actor, pk: UUID) -> Survey:
    """Use the table from now on. Raises `NotReady`."""
    survey = _held(by, pk, frozenset({SurveyState.READY}))
    return _closed(by, survey, SurveyState.APPLIED)


@transaction.atomic
def discard_survey(*, by: Actor, pk: UUID) -> Survey:
    """Don't use it. The file stays under its hash. Raises `NotReady`."""
    return _closed(by, _held(by, pk, OPEN), SurveyState.DISCARDED)


def _closed(by: Actor, survey: Survey, state: SurveyState) -> Survey:
    old, survey.state = survey.state, state
    survey.applied_at = clock.now() if state is SurveyState.APPLIED else None
    survey.save(update_fields=["state", "applied_at"])
    _record(by, survey, {"state": state.value}, {"state": old})
    return survey


def _held(by: Actor, pk: UUID, states: frozenset[SurveyState]) -> Survey:
    """Taken hold of, so that a double click does it once."""
    survey = Survey.objects.select_for_update().get(pk=pk)
    _only_importers(by, survey.unit_id)
    if survey.state not in states:
        raise NotReady(SurveyState(survey.state))
    return survey


def _only_importers(by: Actor, unit: int) -> None:
    if not queries.may_import(by, unit):
        raise PermissionDenied


def _record(by: Actor, survey: Survey, new: Mapping[str, Any], old: Mapping[str, Any] | None = None) -> None:
    ledger.append(
        by=by,
        action=f"fairness.survey-{new['state']}",
        subject=Subject("surveys", str(survey.pk), survey.name),
        old=old,
        new=new,
    )
