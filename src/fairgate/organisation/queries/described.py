"""What the flows alone say, process by process: an absorbing chain, for where nothing was counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairgate.engines.customers import Answer, CustomersError, Description, EndlessCycle, NoCustomer, describe
from fairgate.organisation.models import Flow
from fairgate.organisation.queries.facts import row_of
from fairgate.organisation.rules import FlowKind, FlowRow, folded

SCRAPPED = "scrapped"  # where work goes that nobody is served with


@dataclass(frozen=True, slots=True)
class Described:
    """The answer of one process's flows about a unit."""

    process: str
    answer: Answer


def described(unit: str) -> Iterator[Described]:
    """One answer for each process whose flows name the unit and tell where work ends. The others are silent: flows may
    be half typed."""
    for rows in _by_process(_stored()):
        if unit not in {row.source for row in rows} | {row.target for row in rows}:
            continue
        try:
            yield Described(rows[0].process, description(rows).answer(unit))
        except CustomersError:
            continue


def endless_flows(rows: Iterable[FlowRow]) -> list[EndlessCycle | NoCustomer]:
    """Where work would never reach an external customer, if these rows came to those that are stored: it goes round for
    ever, or no flow says who is served."""
    new = list(rows)
    touched = {_process(row) for row in new}
    found: list[EndlessCycle | NoCustomer] = []
    for group in _by_process({row.key: row for row in (*_stored(), *new)}.values()):
        if _process(group[0]) in touched:
            try:
                description(group)
            except (EndlessCycle, NoCustomer) as endless:
                found.append(endless)
            except CustomersError:
                continue
    return found


def description(rows: list[FlowRow]) -> Description:
    """The chain of one process. Volumes count when every flow has one. Raises the engine's `CustomersError`."""
    volumes = [float(row.volume) for row in rows if row.volume is not None]
    return describe(
        source=[row.source for row in rows],
        target=[_target(row) for row in rows],
        kind=[row.kind.value if row.kind in {FlowKind.DECISION, FlowKind.RETURN} else "work" for row in rows],
        volume=volumes if len(volumes) == len(rows) else None,
        customers=sorted({row.external for row in rows if row.kind is FlowKind.CUSTOMER}),
    )


def _target(row: FlowRow) -> str:
    return {FlowKind.CUSTOMER: row.external, FlowKind.SCRAP: SCRAPPED}.get(row.kind, row.target)


def _stored() -> list[FlowRow]:
    flows = Flow.objects.select_related("source", "target", "process__external_customer")
    return [row for flow in flows if isinstance(row := row_of(flow), FlowRow)]


def _by_process(rows: Iterable[FlowRow]) -> list[list[FlowRow]]:
    groups: defaultdict[tuple[str, str], list[FlowRow]] = defaultdict(list)
    for row in rows:
        groups[_process(row)].append(row)
    return list(groups.values())


def _process(row: FlowRow) -> tuple[str, str]:
    return folded(row.process), folded(row.external)
