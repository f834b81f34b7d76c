"""Who may know what and do what at a gate.

Reading: auditors, executives, stewards and the program read every request; reviewers and leads of a deciding unit read
all that is asked of it; whoever works in a unit reads what that unit asked. Nobody else reads anything.

Doing: a unit's people ask for it, never their own gate; reviewers and leads decide on other units' work, never on that of
a unit they work in themselves, nor on what they submitted or asked, even where they have changed sides since. Stewards,
executives, auditors and privacy officers never do.
"""

from typing import Protocol

from fairgate.gate.models import AdviceQuestion, Preset, ServiceRequest
from fairgate.gate.rules import Move
from fairgate.organisation.queries import units_of
from fairgate.people.models import Person
from fairgate.people.rules import WORKING, Role
from fairgate.shared.actor import Actor, is_steward


class Between(Protocol):
    """Something one unit asks of another: a service request, a question."""

    unit_id: int
    deciding_unit_id: int


def may_read_all(by: Actor) -> bool:
    return by.is_program or is_steward(by) or by.has_role(Role.AUDITOR, Role.EXECUTIVE)


def may_read(by: Actor) -> bool:
    """Whether there may be anything here for ``by`` at all."""
    return may_read_all(by) or bool(asks_for(by))


def asks_for(by: Actor) -> frozenset[int]:
    """The units ``by`` works in and may ask and read for."""
    return units_of(by) if by.has_role(*WORKING) else frozenset()


def decides_in(by: Actor) -> frozenset[int]:
    """The deciding units where ``by`` reviews or leads."""
    if not by.has_role(Role.REVIEWER, Role.LEAD):
        return frozenset()
    return frozenset(Preset.objects.filter(unit__in=units_of(by)).values_list("unit_id", flat=True))


def leads_in(by: Actor) -> frozenset[int]:
    """The deciding units ``by`` leads."""
    return decides_in(by) if by.has_role(Role.LEAD) else frozenset()


def may_submit(by: Actor, unit: int, deciding_unit: int | None = None) -> bool:
    """Whether ``by`` may ask something for ``unit``; of ``deciding_unit`` where it is given: never where they work."""
    return unit in asks_for(by) and (deciding_unit is None or deciding_unit not in units_of(by))


def may_withdraw(by: Actor, request: Between) -> bool:
    return may_submit(by, request.unit_id)


def may_review(by: Actor, request: ServiceRequest) -> bool:
    return _speaks_for(by, request) and not _asked_for(by, request)


def _asked_for(by: Actor, request: ServiceRequest) -> bool:
    """Whether ``by`` submitted it, here or, as somebody an imported record names, in another system."""
    recorded = request.submitter.account_id if request.submitter else None
    return isinstance(by, Person) and by.pk in {request.submitted_by_id, recorded}


def may_decide(by: Actor, request: ServiceRequest) -> bool:
    """The same people: in a plant of sixty, one person reviews and decides. A second look needs a second person."""
    return may_review(by, request)


def may_answer(by: Actor, question: AdviceQuestion) -> bool:
    """Whether ``by`` may answer a question before a request: not their own, wherever they work by now."""
    return _speaks_for(by, question) and not (isinstance(by, Person) and by.pk == question.asked_by_id)


def _speaks_for(by: Actor, asked: Between) -> bool:
    """Whether ``by`` speaks for the deciding unit and is a stranger to the one that asks."""
    return asked.deciding_unit_id in decides_in(by) and asked.unit_id not in units_of(by)


def may_reassign(by: Actor, request: ServiceRequest) -> bool:
    return may_decide(by, request) and by.has_role(Role.LEAD)


def may_place(by: Actor, unit: int) -> bool:
    """Whether ``by`` may make teams in a deciding unit and place people there."""
    return by.is_program or is_steward(by) or unit in leads_in(by)


def may_look_again(by: Actor, request: ServiceRequest) -> bool:
    """Whether ``by`` may give a second look at the standing decision: neither its decider nor its reviewer, nor
    whoever asked for the look."""
    if not isinstance(by, Person) or not may_decide(by, request):
        return False
    decision = request.decisions.select_related("review", "decider").last()
    return decision is not None and by.pk not in {
        decision.decided_by_id,
        decision.review.reviewer_id if decision.review else None,
        decision.decider.account_id if decision.decider else None,
        *decision.second_looks.filter(result="").values_list("asked_by", flat=True),
    }


def may(by: Actor, move: Move, request: ServiceRequest) -> bool:
    """Whether ``by`` is somebody who may make ``move``, whenever it is possible."""
    if move in {Move.WITHDRAW, Move.ASK_SECOND_LOOK}:
        return may_withdraw(by, request)
    if move is Move.IMPROVE:
        return may_submit(by, request.unit_id, request.deciding_unit_id)
    if move is Move.REASSIGN:
        return may_reassign(by, request)
    if move is Move.LOOK_AGAIN:
        return may_look_again(by, request)
    return may_decide(by, request)
