"""Early advice: asked before there is a request, answered once, binding nobody."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions.errors import NotAllowedNow, refuse
from fairgate.gate.actions.recording import person
from fairgate.gate.models import AdviceQuestion, Clause, RequestKind
from fairgate.gate.rules import NAME_LENGTH, TEXT_LENGTH, Fault, FaultCode, Likely, NotNow, text_faults
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@transaction.atomic
def ask(*, by: Actor, kind: int, unit: int, question: str, key: str) -> AdviceQuestion:
    """Ask whether something would pass. ``key`` is the form's token: sent twice by the same person, asked once. Raises
    DoesNotExist for a kind that isn't there, PermissionDenied, Faulty."""
    who = person(by)
    what = RequestKind.objects.select_related("preset").get(pk=kind)
    if not queries.may_submit(by, unit):
        raise PermissionDenied
    Unit.objects.select_for_update(no_key=True).get(pk=what.preset.unit_id)
    key = f"{who.pk}:{key}"
    if before := AdviceQuestion.objects.filter(key=key).first():
        return before
    faults = [*text_faults("question", question, TEXT_LENGTH), *text_faults("key", key, NAME_LENGTH)]
    if not what.is_offered:
        faults.append(Fault("kind", FaultCode.NOT_KNOWN))
    if not queries.may_submit(by, unit, what.preset.unit_id):
        faults.append(Fault("kind", FaultCode.OWN_GATE))
    refuse(faults)
    asked = AdviceQuestion.objects.create(
        kind=what,
        unit_id=unit,
        deciding_unit_id=what.preset.unit_id,
        asked_by=who,
        asked_at=clock.now(),
        question=question.strip(),
        key=key,
    )
    _record(
        by, "advice-asked", asked, {"kind": what.code, "unit": asked.unit.name, "question": asked.question}
    )
    return asked


@transaction.atomic
def answer(*, by: Actor, pk: int, likely: str, answer: str, clauses: Sequence[int]) -> AdviceQuestion:
    """Answer a question, with the keys of the clauses that matter, as they read now. Raises DoesNotExist, PermissionDenied,
    NotAllowedNow where it was answered already, Faulty."""
    queries.question_for(by, pk)
    asked = AdviceQuestion.objects.select_for_update().get(pk=pk)
    if not queries.may_answer(by, asked):
        raise PermissionDenied
    if asked.answered_at is not None:
        raise NotAllowedNow(NotNow.ANSWERED)
    resting_on = _clauses(asked, clauses)
    refuse(_faults(likely, answer, len(resting_on) == len(set(clauses))))
    asked.answered_by, asked.answered_at = person(by), clock.now()
    asked.likely, asked.answer = likely, answer.strip()
    asked.clauses_as_read = [[clause.pk, clause.edition] for clause in resting_on]
    asked.save()
    asked.clauses.set(resting_on)
    said = {"likely": likely, "answer": asked.answer, "clauses": [str(clause) for clause in resting_on]}
    _record(by, "advice-given", asked, said)
    return asked


def _clauses(asked: AdviceQuestion, clauses: Sequence[int]) -> list[Clause]:
    in_force = Clause.objects.filter(is_current=True, standard__is_current=True)
    mine = in_force.filter(pk__in=clauses, standard__preset=asked.kind.preset_id)
    return list(mine.select_related("standard").order_by("pk"))


def _faults(likely: str, answer: str, all_known: bool) -> list[Fault]:
    faults = text_faults("answer", answer, TEXT_LENGTH)
    if likely not in set(Likely):
        faults.append(Fault("likely", FaultCode.NOT_KNOWN if likely else FaultCode.MISSING))
    if not all_known:
        faults.append(Fault("clauses", FaultCode.NOT_KNOWN))
    return faults


def _record(by: Actor, action: str, asked: AdviceQuestion, new: Mapping[str, object]) -> None:
    subject = Subject("advice", str(asked.pk), str(asked))
    ledger.append(by=by, action=f"gate.{action}", subject=subject, new=new)
