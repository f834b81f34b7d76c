"""Who may see and say what. Everybody with an account may read the organisation: anyone can find out who their internal
customer is. Stewards edit it; people judge and add the needs of the units they work in."""

from collections.abc import Sequence

from fairgate.organisation.models import Process, Unit
from fairgate.organisation.rules import FactKind, NeedRow, Row, folded
from fairgate.people.models import Person
from fairgate.people.rules import WORKING
from fairgate.shared.actor import Actor, is_steward


def may_edit(by: Actor) -> bool:
    """Whether ``by`` may change any fact about the organisation."""
    return by.is_program or is_steward(by)


def units_of(by: Actor) -> frozenset[int]:
    """The units ``by`` works in."""
    if not isinstance(by, Person) or not by.is_active:
        return frozenset()
    return frozenset(by.memberships.values_list("unit_id", flat=True))


def may_judge(by: Actor, supplier: int, customer: int) -> bool:
    """Whether ``by`` may confirm or strike that unit ``customer`` needs unit ``supplier``: a steward, or somebody who
    works in one of the two."""
    return may_edit(by) or (_works(by) and not units_of(by).isdisjoint({supplier, customer}))


def may_add(by: Actor, rows: Sequence[Row]) -> bool:
    """Stewards may add anything; others only needs of their own units, among units and processes that exist."""
    if may_edit(by):
        return True
    if not _works(by) or not all(isinstance(row, NeedRow) for row in rows):
        return False
    own = units_of(by)
    units = {folded(unit.name): unit.pk for unit in Unit.objects.all()}
    processes = {
        (folded(process.name), folded(process.external_customer.name))
        for process in Process.objects.select_related("external_customer")
    }
    return all(
        isinstance(row, NeedRow)
        and {folded(row.customer), folded(row.supplier)} <= units.keys()
        and not own.isdisjoint({units[folded(row.customer)], units[folded(row.supplier)]})
        and (folded(row.process), folded(row.external)) in processes
        for row in rows
    )


def _works(by: Actor) -> bool:
    return isinstance(by, Person) and by.has_role(*WORKING)


def may_add_kind(by: Actor, kind: FactKind) -> bool:
    """Whether ``by`` may open the form at all."""
    return may_edit(by) or (kind is FactKind.NEEDS and _works(by) and bool(units_of(by)))
