"""Who may see and say what. Everybody with an account may read the organisation: anyone can find out who their internal
customer is. Stewards edit it; people judge and add the needs of the units they work in."""

from collections.abc import Sequence

from fairgate.organisation.models import Process, Unit
from fairgate.organisation.rules import FactKind, Fault, NeedRow, Row, RowFault, folded
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
    """Stewards may add anything; others only needs of units they work in."""
    if may_edit(by):
        return True
    if not _works(by) or not all(isinstance(row, NeedRow) for row in rows):
        return False
    own = {folded(unit.name) for unit in Unit.objects.filter(pk__in=units_of(by))}
    needs = [row for row in rows if isinstance(row, NeedRow)]
    return all(not own.isdisjoint({folded(row.customer), folded(row.supplier)}) for row in needs)


def unknown_names(by: Actor, rows: Sequence[Row]) -> list[RowFault]:
    """Names of units and processes that only a steward may bring in."""
    if may_edit(by):
        return []
    units = {folded(name) for name in Unit.objects.values_list("name", flat=True)}
    processes = {
        (folded(process.name), folded(process.external_customer.name))
        for process in Process.objects.select_related("external_customer")
    }
    faults: list[RowFault] = []
    for row in rows:
        if isinstance(row, NeedRow):
            named = {"customer": row.customer, "supplier": row.supplier}
            faults += [
                RowFault(row.row, column, Fault.NOT_KNOWN, name)
                for column, name in named.items()
                if folded(name) not in units
            ]
            if (folded(row.process), folded(row.external)) not in processes:
                found = f"{row.process} · {row.external}"
                faults.append(RowFault(row.row, "process", Fault.NOT_KNOWN, found))
    return faults


def _works(by: Actor) -> bool:
    return isinstance(by, Person) and by.has_role(*WORKING)


def may_add_kind(by: Actor, kind: FactKind) -> bool:
    """Whether ``by`` may open the form at all."""
    return may_edit(by) or (kind is FactKind.NEEDS and _works(by) and bool(units_of(by)))
