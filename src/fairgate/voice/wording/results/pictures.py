"""What the picture shows."""

from itertools import groupby
from typing import NamedTuple

from fairgate.shared.translations import Translations
from fairgate.voice.rules import Results, ShownRow, ShownTable
from fairgate.voice.wording import items
from fairgate.voice.wording.results.names import key


class Group(NamedTuple):
    """The rows of one group of people: who they are, and how many answered."""

    name: str
    ballots: int
    rows: tuple[ShownRow, ...]


def drawn(found: Results, say: Translations) -> list[Group]:
    """What the picture shows: how people were treated, and how well others serve the function; asked apart stays apart."""
    wanted = [it for it in found.tables if it.code in {"items", "mirror"} and not it.withheld]
    groups = []
    for table in wanted:
        for keys, rows in groupby(table.rows, key=lambda row: row.keys):
            kept = tuple(row for row in rows if row.parts is not None and row.item not in items.APART)
            if kept:
                groups.append(Group(_name(table, keys, say), max(row.ballots for row in kept), kept))
    return groups


def _name(table: ShownTable, keys: tuple[str, ...], say: Translations) -> str:
    named = dict(zip(table.attributes, keys, strict=True))
    if {"unit", "supplier"} <= set(named):
        text = say.gettext("How well {supplier} serves {unit}")
        return text.format(supplier=named["supplier"], unit=named["unit"])
    return ", ".join(key(value, say) for value in keys)
