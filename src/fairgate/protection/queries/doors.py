"""Who may know and do what here.

Judging refusals: for the function, reviewers and leads of the deciding unit; for the customer, whoever works in the unit that
asked. Nobody who works in both, nobody for both, never the person who decided, and whoever asked never for the function.
Complaints: reviewers and leads of the units that decide handle them; auditors, executives, stewards and the program read
all; whoever works in a unit reads those about lots of that unit that were decided on before, and those linked to its
requests. A link is never taken back by the person whose decision it is about. Who complained is a person: only those who
handle complaints, auditors and executives are told.
"""

from fairgate.gate.models import Decision, Preset, ServiceRequest
from fairgate.gate.queries.doors import asks_for, decides_in, may_read_all
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import units_of
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.protection.models import CatchJudgement
from fairgate.protection.rules import Side
from fairgate.shared.actor import Actor, is_steward

__all__ = ["asks_for", "decided", "decides_in", "function_units", "handles", "may_import", "may_read", "may_read_all",
           "may_report", "sees_complainants", "side_of"]  # fmt: skip


def may_read(by: Actor) -> bool:
    """Whether ``by`` may see the figures, which are about nobody in particular."""
    return may_read_all(by) or bool(asks_for(by))


def function_units(by: Actor) -> frozenset[int]:
    """Units where ``by`` reviews or leads that are the function or decide on others' work."""
    own = units_of(by) if by.has_role(Role.REVIEWER, Role.LEAD) else frozenset()
    if not own:
        return own
    functions = Unit.objects.filter(pk__in=own, is_function=True).values_list("pk", flat=True)
    deciding = Preset.objects.filter(unit__in=own).values_list("unit_id", flat=True)
    return frozenset(functions) | frozenset(deciding)


def handles(by: Actor) -> bool:
    """Whether ``by`` replies to complaints and links them to decisions: those who speak for a unit that decides."""
    return bool(function_units(by))


def may_report(by: Actor) -> bool:
    """Whether ``by`` may write down a complaint: anybody who works in a unit, since anybody may be told of one."""
    return bool(asks_for(by))


def may_import(by: Actor) -> bool:
    return by.is_program or is_steward(by) or handles(by)


def sees_complainants(by: Actor) -> bool:
    return by.is_program or by.has_role(Role.AUDITOR, Role.EXECUTIVE) or handles(by)


def side_of(by: Actor, decision: Decision) -> Side | None:
    """For which side ``by`` may judge what a decision stopped; None for neither."""
    request = decision.request
    own = units_of(by)
    if {request.unit_id, request.deciding_unit_id} <= own or decided(by, decision):
        return None
    side = None
    if request.unit_id in asks_for(by):
        side = Side.CUSTOMER
    elif request.deciding_unit_id in decides_in(by) and not _submitted(by, request):
        side = Side.FUNCTION
    return None if side is None or _judged_for(by, decision, side.other) else side


def decided(by: Actor, decision: Decision) -> bool:
    """Whether ``by`` gave the decision, also under the name of another system."""
    account = decision.decider.account_id if decision.decider else None
    return isinstance(by, Person) and by.pk in {decision.decided_by_id, account}


def _submitted(by: Actor, request: ServiceRequest) -> bool:
    """The same of who asked."""
    account = request.submitter.account_id if request.submitter else None
    return isinstance(by, Person) and by.pk in {request.submitted_by_id, account}


def _judged_for(by: Actor, decision: Decision, side: Side) -> bool:
    """Whether ``by`` spoke for that side before, also of a decision a correction replaced: people change units, what they
    said stands."""
    if not isinstance(by, Person):
        return False
    said = CatchJudgement.objects.filter(decision__request=decision.request_id, side=side, judged_by=by)
    return said.exists()
