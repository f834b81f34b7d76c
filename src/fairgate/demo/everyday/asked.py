"""What is asked at the gate these days: slips for the newest refusals, a few requests made here, questions beforehand."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from fairgate.demo.everyday.cast import Cast
from fairgate.demo.everyday.decided import recent
from fairgate.demo.plant import Ask
from fairgate.gate import actions as gate
from fairgate.gate.models import Clause, Decision, RequestKind, ServiceRequest
from fairgate.gate.rules import Likely, Outcome, SlipRow
from fairgate.shared import clock


def write_slips(cast: Cast, known: Mapping[str, Decision]) -> None:
    """The newest refusals got their slip; the older ones are counted as missing."""
    clauses = _clauses(cast)
    for row in recent(cast.plant, cast.plant.slipped_days):
        number = cast.plant.clauses.get(row.kind)
        request = ServiceRequest.objects.get(pk=known[row.key].request_id)
        if number and not request.has_slip and request.outcome in {Outcome.REFUSED, Outcome.RETURNED}:
            slip = slip_of(cast, request.asked, clauses[number])
            gate.write_slip(by=cast.lead(cast.plant.function), pk=request.pk, slip=slip)


def slip_of(cast: Cast, asked: str, clause: Clause) -> SlipRow:
    """A slip in the words of the clause's own good example."""
    example = clause.examples[0]
    return SlipRow(
        asked=asked,
        clause=clause.pk,
        reasons=example["reasons"],
        way_to_yes=example["way_to_yes"],
        by_when=clock.now().date() + timedelta(days=14),
        ask_whom=cast.lead(cast.plant.function).name,
        second_look="Ask for it on the request's page; somebody else of the function looks, and answers within the same time.",
    )


def ask_today(cast: Cast) -> None:
    """A few requests made here: one still new, one reviewed, one returned with its slip, improved and approved; and a
    question asked beforehand."""
    kinds = {kind.code: kind.pk for kind in RequestKind.objects.filter(preset__unit=cast.function)}
    clauses = _clauses(cast)
    for number, ask in enumerate(cast.plant.asks):
        _request(cast, kinds, clauses, number, ask)
    for number, question in enumerate(cast.plant.questions):
        _question(cast, kinds, clauses, number, question)


def _request(
    cast: Cast, kinds: Mapping[str, int], clauses: Mapping[str, Clause], number: int, ask: Ask
) -> None:
    """As far as it got: handed in, reviewed, decided, improved."""
    lead, key = cast.lead(cast.plant.function), f"demonstration {number}"
    submit = partial(
        gate.submit,
        by=cast.workers(ask.unit)[0],
        kind=kinds[ask.kind],
        unit=cast.units[ask.unit].pk,
        asked=ask.asked,
        item=ask.item,
    )
    request = submit(facts=ask.facts, key=key)
    if ask.outcome is None:
        return
    gate.review(by=lead, pk=request.pk, found=ask.found)
    if ask.outcome == "":
        return
    clause = clauses[cast.plant.clauses[ask.kind]] if Outcome(ask.outcome).needs_slip else None
    slip = slip_of(cast, ask.asked, clause) if clause else None
    gate.decide(by=lead, pk=request.pk, outcome=ask.outcome, slip=slip)
    if ask.improved:
        improved = submit(facts=ask.improved, follows=request.pk, key=f"{key} improved")
        gate.review(by=lead, pk=improved.pk, found="What was missing is there now.")
        gate.decide(by=lead, pk=improved.pk, outcome=Outcome.APPROVED)


def _question(
    cast: Cast,
    kinds: Mapping[str, int],
    clauses: Mapping[str, Clause],
    number: int,
    question: tuple[str, str, str, str],
) -> None:
    unit, kind, text, answer = question
    asked = gate.ask(
        by=cast.workers(unit)[1],
        kind=kinds[kind],
        unit=cast.units[unit].pk,
        question=text,
        key=f"demonstration {number}",
    )
    if answer:
        gate.answer(
            by=cast.lead(cast.plant.function),
            pk=asked.pk,
            likely=Likely.WITH_CHANGES,
            answer=answer,
            clauses=[clauses[cast.plant.clauses[kind]].pk],
        )


def _clauses(cast: Cast) -> dict[str, Clause]:
    return {clause.number: clause for clause in Clause.objects.filter(standard__preset__unit=cast.function)}
