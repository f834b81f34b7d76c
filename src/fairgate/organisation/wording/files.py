"""Facts as the cells of a spreadsheet, and what the template says about filling it in."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal

from fairgate.organisation.rules import ROW_TYPES, FactKind, Row, kind_of
from fairgate.organisation.wording.columns import HINTS, LABELS, MEANINGS
from fairgate.organisation.wording.translations import Translations

Cell = str | Decimal | None


def header(kind: FactKind, say: Translations) -> list[str]:
    return [say.gettext(label) for label in LABELS[kind].values()]


def cells(rows: Iterable[Row]) -> Iterator[list[Cell]]:
    for row in rows:
        values = initial(row)
        yield [values[name] for name in LABELS[kind_of(row)]]


def initial(row: Row) -> dict[str, Cell]:
    """The row's values by column, as a form or a spreadsheet takes them."""
    return {field.name: _cell(getattr(row, field.name)) for field in fields(row) if field.name != "row"}


def notes(kind: FactKind, say: Translations) -> list[str]:
    """How to fill in the template, line by line."""
    row_type = ROW_TYPES[kind]
    lines = [say.gettext(MEANINGS[kind]), say.gettext("One line each; keep the first line as it is.")]
    for name, label in LABELS[kind].items():
        need = say.gettext("needed") if name in row_type.required else say.gettext("may stay empty")
        hint = say.gettext(HINTS[name]) if name in HINTS else ""
        lines.append(f"{say.gettext(label)} ({need}). {hint}".strip())
    if "kind" in LABELS[kind]:
        lines.append(_kinds(kind, say))
    return lines


def _kinds(kind: FactKind, say: Translations) -> str:
    if kind is FactKind.NEEDS:
        return say.gettext("The kind is “help” or “release”.")
    return say.gettext("The kind is “work”, “decision”, “return”, “customer” or “scrap”.")


def _cell(value: object) -> Cell:
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return None if value is None else str(value)
