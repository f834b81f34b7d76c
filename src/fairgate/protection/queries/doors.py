"""Who may know and do what here.

Judging refusals: for the function, reviewers and leads of the deciding unit; for the customer, whoever works in the unit that
asked. Nobody who works in both, and never the person who decided. Complaints: the function's people handle them; auditors,
executives, stewards and the program read all; whoever works in a unit reads those about lots that unit handed in. Who
complained is a person: only the function, auditors and executives are told.
"""

from fairgate.gate.models import Decision, Preset
from fairgate.gate.queries.doors import asks_for, decides_in, may_read_all
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import units_of
from fairgate.people.models import Person
from fairgate.people.rules import WORKING, Role
from fairgate.protection.rules import Side
from fairgate.shared.actor import Actor, is_steward

__all__ = ["asks_for", "decides_in", "function_units", "handles", "may_import", "may_read", "may_read_all", "may_report",
           "sees_complainants", "side_of"]  # fmt: skip


def may_read(by: Actor) -> bool:
    """Whether ``by`` may see the figures, which are about nobody in particular."""
    return may_read_all(by) or bool(asks_for(by))


def function_units(by: Actor) -> frozenset[int]:
    """Units ``by`` works in that are the function or decide on others' work."""
    own = units_of(by) if by.has_role(*WORKING) else frozenset()
    if not own:
        return own
    functions = Unit.objects.filter(pk__in=own, is_function=True).values_list("pk", flat=True)
    deciding = Preset.objects.filter(unit__in=own).values_list("unit_id", flat=True)
    return frozenset(functions) | frozenset(deciding)


def handles(by: Actor) -> bool:
    """Whether ``by`` replies to complaints and links them to decisions: the function's people."""
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
    if request.unit_id in own and request.deciding_unit_id in own:
        return None
    if request.unit_id in asks_for(by):
        return Side.CUSTOMER
    if request.deciding_unit_id in decides_in(by) and not _decided(by, decision):
        return Side.FUNCTION
    return None


def _decided(by: Actor, decision: Decision) -> bool:
    """Whether ``by`` gave the decision, also under the name of another system."""
    account = decision.decider.account_id if decision.decider else None
    return isinstance(by, Person) and by.pk in {decision.decided_by_id, account}
