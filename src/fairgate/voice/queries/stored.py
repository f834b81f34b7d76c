"""What is stored of a preview and of a publication, read back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from fairgate.engines.disclosure import Publication as Protected
from fairgate.engines.disclosure import PublishedTable, Shown
from fairgate.gate.models import RequestKind
from fairgate.organisation.models import Unit
from fairgate.voice.rules import AuditNote, Form, Preview, ResponseRow, ShownPart, ShownRow, ShownTable
from fairgate.voice.rules.pages import TableNote

APPROVING, NOT_APPROVING = "approving", "not-approving"
_CODINGS = {"exact": "exact", "at most": "at-most", "at least": "at-least"}


def names_in(contents: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Names of the units and kinds that occur, as they are on the day of publishing."""
    kinds = {name for by, name, *_ in contents["responses"] if by == "kind"}
    ids: dict[str, set[int]] = {"unit": set(), "kind": kinds - {None}}
    for form in contents["forms"].values():
        for attribute, values in form["codes"].items():
            if attribute in {"unit", "supplier"}:
                ids["unit"] |= set(values)
    found: dict[str, QuerySet[Any]] = {
        "unit": Unit.objects.filter(pk__in=ids["unit"]),
        "kind": RequestKind.objects.filter(pk__in=ids["kind"]),
    }
    return {what: {str(row.pk): row.name for row in rows} for what, rows in found.items()}


def preview_of(
    contents: Mapping[str, Any], unreadable: int, at: datetime, *, too_many: bool
) -> dict[str, Any]:
    """What may be kept of a closing that was only tried: no figure of what was said."""
    return {
        "at": at.isoformat(),
        "answered": contents["answered"],
        "unreadable": unreadable,
        "too_many": too_many,
        "dropped": contents["dropped"],
        "coarsened": list(coarsened(contents)),
        "tables": [[one.code, one.figures, one.hidden] for one in _notes(contents)],
        "audit": {name: form["audit"] for name, form in contents["forms"].items()},
    }


def preview_in(kept: Mapping[str, Any]) -> Preview:
    return Preview(
        at=datetime.fromisoformat(kept["at"]),
        answered=kept["answered"],
        too_many=kept.get("too_many", False),
        unreadable=kept["unreadable"],
        dropped=kept["dropped"],
        coarsened=tuple(kept["coarsened"]),
        tables=tuple(TableNote(*row) for row in kept["tables"]),
        audit=_audit(list(kept["audit"].values())),
    )


def coarsened(contents: Mapping[str, Any]) -> tuple[str, ...]:
    """Attributes that were left out for everybody, and what is asked apart and was left out where decisions ended alike."""
    gone: dict[str, None] = {}
    for form in contents["forms"].values():
        gone |= {name: None for name, level in form["recoding"]["levels"].items() if level < 0}
        gone |= dict.fromkeys(form["recoding"].get("left_out", ()))
    return tuple(gone)


def audit_in(contents: Mapping[str, Any]) -> AuditNote:
    return _audit([form["audit"] for form in contents["forms"].values()])


def tables_in(contents: Mapping[str, Any]) -> tuple[ShownTable, ...]:
    found: list[ShownTable] = []
    for form in Form:
        if (kept := contents["forms"].get(form.value)) is not None:
            names = {name: _named(name, values, contents) for name, values in kept["codes"].items()}
            withheld, told = [*kept["not_shown"]], Protected.from_dict(kept)
            for one in told.tables:
                if one.withheld or not told.audit.passed:
                    withheld.append(one.table.name)
                else:
                    found.append(_table(one, names))
            found += [ShownTable(code, (), (), withheld=True) for code in withheld]
    return tuple(found)


def responses_in(contents: Mapping[str, Any]) -> tuple[ResponseRow, ...]:
    kinds = contents["names"]["kind"]
    return tuple(
        ResponseRow(by, kinds.get(str(name), "") if by == "kind" else name, asked, answered)
        for by, name, asked, answered in contents["responses"]
    )


def _notes(contents: Mapping[str, Any]) -> Iterator[TableNote]:
    for form in contents["forms"].values():
        for one in Protected.from_dict(form).tables:
            yield TableNote(one.table.name, one.figures, one.hidden)
        yield from (TableNote(code, 0, 0) for code in form["not_shown"])


def _audit(found: list[Mapping[str, Any]]) -> AuditNote:
    return AuditNote(
        passed=not any(one["failed"] for one in found),
        checked=sum(one["checked"] for one in found),
        insiders=sum(one["insiders"] for one in found),
        width=min((one["width"] for one in found), default=0),
    )


def _named(attribute: str, values: list[Any], contents: Mapping[str, Any]) -> list[str]:
    """What each code stands for, in words of ours or by its name."""
    if attribute == "approving":
        return [APPROVING if value else NOT_APPROVING for value in values]
    known = contents["names"]["unit"]
    return [known.get(str(value), str(value)) if isinstance(value, int) else value or "" for value in values]


def _table(one: PublishedTable, names: Mapping[str, list[str]]) -> ShownTable:
    shown_as = {"approving": "outcome"}
    rows: list[ShownRow] = []
    for group in one.groups:
        keys = tuple(names[by][code] for by, code in zip(one.table.by, group.key, strict=True))
        rows += [_row(keys, item, group.ballots, group.shown.get(item)) for item in one.table.items]
    attributes = tuple(shown_as.get(by, by) for by in one.table.by)
    return ShownTable(one.table.name, attributes, tuple(rows), withheld=False)


def _row(keys: tuple[str, ...], item: str, ballots: int, shown: Shown | None) -> ShownRow:
    if shown is None:
        return ShownRow(keys, item, ballots, None, None)
    parts = tuple(
        ShownPart(
            tuple(step + 1 for step in part.steps),
            part.low,
            part.high,
            _CODINGS.get(part.coding, "between"),
        )
        for part in shown.parts
    )
    return ShownRow(keys, item, ballots, shown.raters, parts or None)
