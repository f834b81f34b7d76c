"""What people said, as far as it may be shown, in sentences and rows."""

from collections.abc import Iterator
from itertools import groupby
from math import ceil, floor
from typing import Final, NamedTuple

from fairgate.shared.translations import Translations, gettext_noop
from fairgate.voice.rules import FEWEST, AuditNote, ResponseRow, Results, ShownPart, ShownRow, ShownTable
from fairgate.voice.wording import items
from fairgate.voice.wording.periods import TABLES, dropped, unreadable
from fairgate.voice.wording.promises import EVERYBODY

KEYS: Final[dict[str, str]] = {
    "approving": gettext_noop("approved"),
    "not-approving": gettext_noop("not approved"),
    "approved": gettext_noop("approved"),
    "conditions": gettext_noop("approved with conditions"),
    "returned": gettext_noop("returned"),
    "held": gettext_noop("held"),
    "refused": gettext_noop("refused"),
    "junior": gettext_noop("junior"),
    "middle": gettext_noop("middle"),
    "senior": gettext_noop("senior"),
}
COLUMNS: Final[dict[str, str]] = {
    "unit": gettext_noop("Decided by"),
    "team": gettext_noop("Team"),
    "outcome": gettext_noop("What was decided"),
    "seniority": gettext_noop("Seniority"),
    "supplier": gettext_noop("Supplied by"),
    "kind": gettext_noop("Kind of request"),
}
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


def sentence(code: str, say: Translations) -> str:
    return say.gettext(items.TEXTS.get(code, code))


def key(value: str, say: Translations) -> str:
    """A value of an attribute: codes get words, names stay."""
    return say.gettext(KEYS[value]) if value in KEYS else value


def lead(found: Results, say: Translations) -> str:
    """The sentence to take away: how many answered, and where they agree most and least."""
    said = _who_answered(found, say)
    rated = [
        (good(row), row)
        for row in _all_together(found)
        if row.parts is not None and row.item not in items.APART
    ]
    if len(rated) < 2:
        return f"{said} {few(say)}" if not rated else said
    least, most = min(rated, key=lambda it: sum(it[0])), max(rated, key=lambda it: sum(it[0]))
    if sum(least[0]) == sum(most[0]):
        return said
    if len(rated) < len(items.ITEMS):
        text = say.gettext(
            "Of the sentences that can be shown, most agree that “{most}” ({high}), fewest that “{least}” ({low})."
        )
    else:
        text = say.gettext("Most agree that “{most}” ({high}), fewest that “{least}” ({low}).")
    return f"{said} " + text.format(
        most=sentence(most[1].item, say).rstrip("."),
        high=in_100(*most[0], say),
        least=sentence(least[1].item, say).rstrip("."),
        low=in_100(*least[0], say),
    )


def _who_answered(found: Results, say: Translations) -> str:
    if found.answered is None:
        return say.gettext("In {period}, fewer than five of {asked} people who were asked answered.").format(
            period=found.row.name, asked=found.asked
        )
    return say.gettext(
        "In {period}, {answered} of {asked} people who were asked answered ({rate} in 100)."
    ).format(
        period=found.row.name,
        answered=found.answered,
        asked=found.asked,
        rate=round(100 * found.answered / found.asked) if found.asked else 0,
    )


def few(say: Translations) -> str:
    """Why there is no figure, and what to do instead."""
    return say.gettext(
        "Too few for any figure. With so few people conversations tell more: interviews, promises kept, what was caught."
    )


def _all_together(found: Results) -> list[ShownRow]:
    """The rows over everybody, where there is one such group."""
    table = next((it for it in found.tables if it.code == "items" and not it.withheld), None)
    rows = table.rows if table else ()
    return list(rows) if len({row.keys for row in rows}) == 1 else []


def good(row: ShownRow) -> tuple[float, float]:
    """At least and at most which share agree: the steps 4 and 5."""
    raters, parts = row.raters or 1, row.parts or ()
    low = sum(part.low for part in parts if part.steps[0] >= 4)
    high = sum(part.high for part in parts if part.steps[-1] >= 4)
    others = sum(part.low for part in parts if part.steps[-1] < 4)
    return low / raters, min(high, raters - others) / raters


def in_100(low: float, high: float, say: Translations) -> str:
    if round(100 * low) == round(100 * high):
        return say.gettext("{n} in 100").format(n=round(100 * low))
    return say.gettext("{low} to {high} in 100").format(low=floor(100 * low), high=ceil(100 * high))


def share(part: ShownPart, raters: int) -> str:
    """A part as a share of those who could judge: exact, or as it is coded."""
    low, high = 100 * part.low / raters, 100 * part.high / raters
    if part.low == part.high:
        return f"{low:.0f}%"
    if part.coding == "at-most" or not part.low:
        return f"≤{ceil(high)}%"
    if part.coding == "at-least":
        return f"≥{floor(low)}%"
    return f"{floor(low)}–{ceil(high)}%"


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
                name = ", ".join(key(value, say) for value in keys)
                groups.append(Group(name, max(row.ballots for row in kept), kept))
    return groups


def responses(found: Results, say: Translations) -> list[tuple[str, str, str]]:
    """Who was asked, how many, and how many of them answered."""
    return [(_asked(row, say), f"{row.asked:,}", _answered(row, say)) for row in found.responses]


def _asked(row: ResponseRow, say: Translations) -> str:
    if row.by == "all":
        return say.gettext("everybody who was asked")
    return key(row.name, say)


def _answered(row: ResponseRow, say: Translations) -> str:
    if row.answered is None:
        return say.gettext("fewer than five")
    rate = row.answered / row.asked
    return f"{row.answered:,} ({in_100(rate, rate, say)})"


def about_responses(found: Results, say: Translations) -> str:
    """What the number of answers tells, and what it doesn't."""
    told = say.gettext(
        "How many answered is no secret: it is told exactly where at least {fewest} of a group did, and not at all where fewer "
        "did. What they said is."
    ).format(fewest=FEWEST)
    return f"{told} {say.gettext(EVERYBODY)}"


def hidden(found: Results, say: Translations) -> list[str]:
    """What isn't shown and why. For a single figure no reason is given: the reason itself would tell."""
    told = [*unreadable(found.unreadable, say), *dropped(found.dropped, found.coarsened, say)]
    for table in found.tables:
        gone = sum(row.parts is None for row in table.rows)
        name = title(table, say)
        if table.withheld:
            told.append(say.gettext("{table}: withheld whole.").format(table=name))
        elif gone:
            told.append(
                say.gettext("{table}: {hidden} of {all} figures are hidden.").format(
                    table=name, hidden=gone, all=len(table.rows)
                )
            )
    told.append(why_hidden(say))
    told.append(
        say.gettext(
            "Shares near nobody and near everybody are shown as “at most” and “at least”: otherwise they would tell what each of "
            "them said. Steps are told together where single ones would give somebody away."
        )
    )
    return told


def why_hidden(say: Translations) -> str:
    return say.gettext(
        "A figure is hidden where fewer than {fewest} people could judge or fewer than 3 people decided, or where showing it "
        "would give away one that is. Which of these it is isn’t said: the reason itself would tell."
    ).format(fewest=FEWEST)


def audit(note: AuditNote, say: Translations) -> str:
    """What the attacker's program found."""
    text = say.ngettext(
        "Before publishing, a program took every figure of this period and tried to work out {n} that is hidden or coded at its "
        "end, as an outsider and as insiders who know their own answer ({insiders} kinds of them).",
        "Before publishing, a program took every figure of this period and tried to work out {n} that are hidden or coded at "
        "their ends, as an outsider and as insiders who know their own answer ({insiders} kinds of them).",
        note.checked,
    ).format(n=f"{note.checked:,}", insiders=f"{note.insiders:,}")
    failed = say.gettext("It came too close to some, so those tables are withheld.")
    return f"{text} {open_stays(note.width, say) if note.passed else failed}"


def open_stays(width: int, say: Translations) -> str:
    """What the audit proves, and what it doesn't."""
    return say.gettext(
        "Hidden figures couldn’t be narrowed to fewer than {width} answers (to anything, where fewer could judge), and ends like "
        "“at most 2” stay at least 2 wide; for one who knows their own answer, each by one less. Figures told as a range, like "
        "“5 to 9”, are told coarsely to protect others, and may sometimes be worked out."
    ).format(width=width)


def how(say: Translations) -> list[str]:
    return [
        say.gettext("Measured: shares of those who answered and could judge, as they answered."),
        say.gettext(
            "One person is asked once a period at most, about one decision picked at random. Decisions that didn’t approve are "
            "asked about more often, so shares over everybody aren’t those of all decisions. The fair score takes that into "
            "account."
        ),
        say.gettext(
            "Whoever was refused rates lower, whatever was done. So shares of units that refuse more look lower; compare within "
            "what was decided, or by the fair score, which stands beside its guardrails."
        ),
        say.gettext(
            "The sentences are our own and not yet validated. Whether people agree with the decision is asked apart and never "
            "counted into how they were treated."
        ),
        say.gettext("Who didn’t answer may think otherwise: look at the response rates."),
    ]


CSV_HEADER: Final = (
    "table", "attributes", "item", "sentence", "answered", "could judge", "steps", "at least", "at most"
)  # fmt: skip


def csv_rows(found: Results, say: Translations) -> Iterator[tuple[str | int, ...]]:
    """A line for each part, one for each figure that is hidden, and one for each table that is withheld."""
    for table in found.tables:
        if table.withheld:
            yield (table.code, "", "", "", "", say.gettext("withheld"), "", "", "")
            continue
        for row in table.rows:
            head = (
                table.code,
                ", ".join(f"{name}={value}" for name, value in zip(table.attributes, row.keys, strict=True)),
                row.item,
                sentence(row.item, say),
                row.ballots,
            )
            if row.parts is None or row.raters is None:
                yield (*head, say.gettext("hidden"), "", "", "")
                continue
            for part in row.parts:
                yield (*head, row.raters, "-".join(map(str, part.steps)), part.low, part.high)
