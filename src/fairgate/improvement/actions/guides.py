"""What a team asks and what it promises always: every change is an edition, the earlier ones stay readable."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.improvement import queries
from fairgate.improvement.actions.refusals import only_if, refuse_if
from fairgate.improvement.models import CharterEdition, GuideEdition
from fairgate.improvement.rules import (
    QUESTIONS,
    REASON_LENGTH,
    SENTENCE_LENGTH,
    TEXT_LENGTH,
    Direction,
    Fault,
    FieldFault,
    Refusal,
    text_faults,
    tidy,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.shared import clock
from fairgate.shared.actor import Actor

# More sentences than a charter of one page can hold.
MOST_SENTENCES = 8


@transaction.atomic
def edit_guide(
    *,
    by: Actor,
    unit: int,
    direction: Direction,
    invitation: str,
    questions: Sequence[str],
    seen: int,
    reason: str = "",
) -> GuideEdition:
    """Write the next edition of the invitation and the six questions. ``seen`` is the edition the page showed."""
    _locked(unit)
    before = queries.guide_for(by, unit, direction)  # asks who acts
    only_if(before.number == seen, Refusal.STALE)
    asked, text, why = [tidy(question) for question in questions], tidy(invitation), tidy(reason)
    faults = [
        *text_faults({"invitation": text}, {"invitation": TEXT_LENGTH}),
        *_sentences("questions", asked, most=QUESTIONS),
        *text_faults({"reason": why}, {"reason": REASON_LENGTH}, optional=frozenset({"reason"})),
    ]
    if len(asked) != QUESTIONS:
        faults.append(FieldFault("questions", Fault.NOT_SIX, str(len(asked)), QUESTIONS))
    refuse_if(faults)
    edition = GuideEdition.objects.create(
        unit=before.unit,
        direction=direction,
        number=before.number + 1,
        invitation=text,
        questions=asked,
        reason=why,
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action="improvement.guide-edited",
        subject=Subject("guides", f"{unit}-{direction}", str(edition)),
        old={"number": before.number, "invitation": before.invitation, "questions": list(before.questions)},
        new={"number": edition.number, "invitation": text, "questions": asked},
        reason=why,
    )
    return edition


@transaction.atomic
def edit_charter(
    *,
    by: Actor,
    unit: int,
    refusing: Sequence[str],
    standing: Sequence[str],
    contact: str,
    seen: int,
    reason: str = "",
) -> CharterEdition:
    """Write the next edition of what the charter says: for leads of the unit."""
    _locked(unit)
    before = queries.charter_words(by, unit)
    if not queries.may_write_charter(by, unit):
        raise PermissionDenied
    only_if(before.number == seen, Refusal.STALE)
    saying, always = [tidy(line) for line in refusing], [tidy(line) for line in standing]
    whom, why = tidy(contact), tidy(reason)
    longest = {"contact": SENTENCE_LENGTH, "reason": REASON_LENGTH}
    refuse_if(
        [
            *_sentences("refusing", saying, most=MOST_SENTENCES),
            *_sentences("standing", always, most=MOST_SENTENCES),
            *text_faults({"contact": whom, "reason": why}, longest, optional=frozenset({"reason"})),
        ]
    )
    edition = CharterEdition.objects.create(
        unit=before.unit,
        number=before.number + 1,
        refusing=saying,
        standing=always,
        contact=whom,
        reason=why,
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    old = {"refusing": list(before.refusing), "standing": list(before.standing), "contact": before.contact}
    ledger.append(
        by=by,
        action="improvement.charter-edited",
        subject=Subject("charters", str(unit), str(edition)),
        old={"number": before.number, **old},
        new={"number": edition.number, "refusing": saying, "standing": always, "contact": whom},
        reason=why,
    )
    return edition


def _sentences(field: str, lines: Sequence[str], *, most: int) -> list[FieldFault]:
    """Faults of a list of sentences, all told at its field."""
    if not lines:
        return [FieldFault(field, Fault.MISSING)]
    if len(lines) > most and field != "questions":  # questions have a message of their own
        return [FieldFault(field, Fault.TOO_LONG, str(sum(map(len, lines))), most * SENTENCE_LENGTH)]
    return [fault for line in lines for fault in text_faults({field: line}, {field: SENTENCE_LENGTH})]


def _locked(unit: int) -> Unit:
    """Editions are numbered by whoever holds the unit: append-only tables can't have a unique number."""
    return Unit.objects.select_for_update().get(pk=unit)
