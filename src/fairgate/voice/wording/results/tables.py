"""Tables, sentence by sentence, so that groups stand below each other."""

from typing import Final, NamedTuple

from fairgate.shared.translations import Translations
from fairgate.voice.rules import ShownRow, ShownTable
from fairgate.voice.wording import items
from fairgate.voice.wording.periods import TABLES
from fairgate.voice.wording.results.names import COLUMNS, key, sentence
from fairgate.voice.wording.results.shares import good, in_100, share

YES_NO: Final = "second-look"


class Cell(NamedTuple):
    """What stands over ``span`` steps."""

    text: str
    span: int


class Line(NamedTuple):
    """A row of a table: values of its attributes, the sentence, how many could judge it, and a cell for each part; no cells
    where it is hidden."""

    keys: tuple[str, ...]
    sentence: str
    raters: str
    cells: tuple[Cell, ...]


class Block(NamedTuple):
    """All lines about one sentence, so that groups stand below each other."""

    sentence: str
    lines: tuple[Line, ...]


def blocks(table: ShownTable, say: Translations) -> list[Block]:
    """Sentence by sentence, in the order of the form; attributes that are the same in every row are left out."""
    varies = _varying(table)
    found: dict[str, list[Line]] = {}
    for row in table.rows:
        one = line(row, say)
        keys = tuple(value for value, differs in zip(one.keys, varies, strict=True) if differs)
        found.setdefault(one.sentence, []).append(one._replace(keys=keys))
    return [Block(text, tuple(lines)) for text, lines in found.items()]


def line(row: ShownRow, say: Translations) -> Line:
    keys, text = tuple(key(value, say) for value in row.keys), sentence(row.item, say)
    if row.parts is None or not row.raters:
        return Line(keys, text, "–", ())
    if row.item == YES_NO:
        return Line(keys, text, f"{row.raters:,}", (Cell(_yes(row, say), 5),))
    cells = tuple(Cell(share(part, row.raters), len(part.steps)) for part in row.parts)
    return Line(keys, text, f"{row.raters:,}", cells)


def _yes(row: ShownRow, say: Translations) -> str:
    return say.gettext("yes: {share}").format(share=in_100(*good(row), say))


def _varying(table: ShownTable) -> list[bool]:
    return [len({row.keys[place] for row in table.rows}) > 1 for place in range(len(table.attributes))]


def same(table: ShownTable, say: Translations) -> str:
    """The values every row of a table shares."""
    first = table.rows[0].keys if table.rows else ()
    varies = _varying(table)
    return ", ".join(key(value, say) for value, differs in zip(first, varies, strict=True) if not differs)


def answered(table: ShownTable, say: Translations) -> str:
    """How many answered of each group of a table."""
    varies, found = _varying(table), {row.keys: row.ballots for row in table.rows}
    told = []
    for keys, ballots in found.items():
        group = ", ".join(key(value, say) for value, differs in zip(keys, varies, strict=True) if differs)
        number = say.ngettext("{n} answer", "{n} answers", ballots).format(n=f"{ballots:,}")
        told.append(f"{group}: {number}" if group else number)
    return "; ".join(told)


def title(table: ShownTable, say: Translations) -> str:
    return say.gettext(TABLES.get(table.code, table.code))


def columns(table: ShownTable, say: Translations) -> list[str]:
    named = zip(table.attributes, _varying(table), strict=True)
    return [say.gettext(COLUMNS.get(name, name)) for name, differs in named if differs]


def steps(say: Translations) -> list[str]:
    return [say.gettext(words) for words in items.STEPS.values()]
