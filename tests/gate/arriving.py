"""A source of decisions for tests: a mapping, rows, and the whole way in."""

from collections.abc import Iterable
from typing import Any

from fairgate.gate import imports
from fairgate.gate.actions import imports as actions
from fairgate.gate.models import DecisionImport, DecisionMapping
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor

from .conftest import PROGRAM, QUALITY

HEADER = "Record,Type,Department,Decision,Decided on,Submitted on,Lot,Approver,Requested by,Comment,Due,Amount,Follows\n"
COLUMNS = {
    "key": "Record",
    "kind": "Type",
    "unit": "Department",
    "outcome": "Decision",
    "decided_at": "Decided on",
    "submitted_at": "Submitted on",
    "item": "Lot",
    "decider": "Approver",
    "submitter": "Requested by",
    "note": "Comment",
    "promised_by": "Due",
    "value": "Amount",
    "follows": "Follows",
}
OPTIONS = {"date_format": "ymd", "decimal": ".", "zone": "UTC"}
THREE = (
    HEADER
    + "D-1,Change,MFG,approved,2026-02-02 10:00,2026-02-01 09:00,L1,Ann Smith,Joe Doe,,2026-02-03,12.5,\n"
    + "D-2,Change,Manufacturing,Rejected,2026-02-03 10:00,2026-02-01 09:00,L2,Ann Smith,Joe Doe,too hot,2026-02-02,,\n"
    + "D-3,Change,MFG,approved,2026-02-06 10:00,2026-02-05 09:00,L2,Bea Jones,Joe Doe,,,3,D-2\n"
)


def mapping_of(**more: Any) -> DecisionMapping:
    """How the tests' source writes things: “MFG” is Manufacturing, “Rejected” is refused."""
    gate = Unit.objects.get(name=QUALITY)
    values = {"outcome": {"Rejected": "refused"}, "unit": {"MFG": Unit.objects.get(name="Manufacturing").pk}}
    facts = {"name": "QMS", "source": "QMS", "columns": COLUMNS, "values": values, "options": OPTIONS}
    return actions.keep_mapping(by=PROGRAM, deciding_unit=gate.pk, **{**facts, **more})


def came(
    content: str | bytes, mapping: DecisionMapping, name: str = "decisions.csv", by: Actor = PROGRAM
) -> DecisionImport:
    """The file, dry run made."""
    pieces = [content.encode() if isinstance(content, str) else content]
    coming = imports.open_file(by=by, name=name, content=pieces, mapping=mapping.pk)
    imports.read(by=by, pk=coming.pk)()
    return DecisionImport.objects.get(pk=coming.pk)


def applied(content: str | bytes, mapping: DecisionMapping, name: str = "decisions.csv") -> Any:
    coming = came(content, mapping, name)
    assert coming.problems == []
    return imports.apply(by=PROGRAM, pk=coming.pk)


def problems_of(coming: DecisionImport) -> list[list[Any]]:
    from fairgate.gate.imports.lists import lines_in

    return [list(line) for line in lines_in(coming.findings["problem_list"])]


def lines(rows: Iterable[str]) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)
