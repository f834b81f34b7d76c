"""Results and the agreement pack on paper, as what `web.pdf` makes pages of."""

from typing import Any

from fairgate.shared.translations import Translations
from fairgate.voice.rules import Pack, Results
from fairgate.voice.wording import pack as pages
from fairgate.voice.wording import results as wording
from fairgate.voice.wording.promises import THE_PROMISE

Part = dict[str, Any]


def of_results(found: Results, made: str, say: Translations) -> dict[str, Any]:
    title = say.gettext("What people said in {period}").format(period=found.row.name)
    parts = [_responses(found, say)]
    parts += [_table(table, say) for table in found.tables if not table.withheld]
    parts += [
        {
            "heading": say.gettext("What is hidden, and why"),
            "list": [*wording.hidden(found, say), wording.audit(found.audit, say)],
        },
        {"heading": say.gettext("How do we know?"), "list": wording.how(say)},
        {"note": say.gettext(THE_PROMISE)},
    ]
    return _document(title, made, found.row.name, wording.lead(found, say), parts, say)


def _responses(found: Results, say: Translations) -> Part:
    labels = (say.gettext("Asked about"), say.gettext("Asked"), say.gettext("Answered"))
    return {
        "heading": say.gettext("Who answered"),
        "table": {
            "caption": wording.about_responses(found, say),
            "columns": _columns(labels, 1),
            "rows": wording.responses(found, say),
        },
    }


def _table(table: Any, say: Translations) -> Part:
    keys = wording.columns(table, say)
    labels = [say.gettext("Sentence"), *keys, say.gettext("Could judge"), *wording.steps(say)]
    rows = [
        ["" if at else block.sentence, *it.keys, it.raters, *_cells(it, say)]
        for block in wording.blocks(table, say)
        for at, it in enumerate(block.lines)
    ]
    return {
        "heading": wording.title(table, say),
        "table": {
            "caption": ". ".join(filter(None, (wording.same(table, say), wording.answered(table, say)))),
            "columns": _columns(labels, len(keys) + 1),
            "rows": rows,
        },
    }


def _cells(it: wording.Line, say: Translations) -> list[str]:
    """One text a step: paper has no cells over several columns, so what is told together names its steps."""
    if not it.cells:
        return [say.gettext("hidden"), "", "", "", ""]
    cells: list[str] = []
    for cell in it.cells:
        first = len(cells) + 1
        span = "" if cell.span in (1, 5) else f" ({first}–{first + cell.span - 1})"
        cells += [cell.text + span, *[""] * (cell.span - 1)]
    return cells


def of_pack(it: Pack, made: str, say: Translations) -> dict[str, Any]:
    parts: list[Part] = [{"heading": part.heading, "list": part.sentences} for part in pages.parts(it, say)]
    parts.insert(0, {"note": say.gettext(THE_PROMISE)})
    parts.append(_signatures(say))
    return _document(pages.title(it, say), made, it.function, pages.lead(it, say), parts, say)


def _signatures(say: Translations) -> Part:
    labels = (say.gettext("Agreed by"), say.gettext("For whom"), say.gettext("Day"))
    return {
        "heading": say.gettext("Agreed"),
        "table": {
            "caption": "",
            "columns": [{"label": label} for label in labels],
            "rows": [[" ", " ", " "]] * 3,
        },
    }


def _document(
    title: str, made: str, place: str, lead: str, parts: list[Part], say: Translations
) -> dict[str, Any]:
    return {
        "title": title,
        "made": made,
        "place": place,
        "words": {"page": say.gettext("page"), "of": say.gettext("of")},
        "lead": lead,
        "parts": parts,
    }


def _columns(labels: Any, numbers_from: int) -> list[dict[str, Any]]:
    return [
        {"label": label, "number": at >= numbers_from, "narrow": 0 < at < numbers_from}
        for at, label in enumerate(labels)
    ]
