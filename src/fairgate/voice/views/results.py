"""What people said: on a page, as a table to take along, and on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fairgate.voice import queries
from fairgate.voice.rules import Results, ShownRow, ShownTable
from fairgate.voice.wording import items, paper
from fairgate.voice.wording import results as wording
from fairgate.voice.wording.promises import THE_PROMISE
from fairgate.web.figures import steps
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request
from fairgate.web.spreadsheet import CSV, csv_text


@never_cache
def results(request: Request, pk: UUID) -> HttpResponse:
    found = queries.results_for(request.user, pk)
    context = {
        "found": found,
        "page": found,  # the trail leads to its period
        "lead": wording.lead(found, translation),
        "pictures": _pictures(found),
        "tables": [_table(table) for table in found.tables if not table.withheld],
        "steps": wording.steps(translation),
        "responses": wording.responses(found, translation),
        "about_responses": wording.about_responses(found, translation),
        "hidden": wording.hidden(found, translation),
        "hidden_word": wording.why_hidden(translation),
        "audit": wording.audit(found.audit, translation),
        "how": wording.how(translation),
        "promise": _(THE_PROMISE),
    }
    return render(request, "voice/results.html", context)


def results_csv(request: Request, pk: UUID) -> HttpResponse:
    found = queries.results_for(request.user, pk)
    content = csv_text(wording.CSV_HEADER, wording.csv_rows(found, translation))
    return _file(content, CSV, f"fairgate-feedback-{found.row.name}.csv", "attachment")


def results_pdf(request: Request, pk: UUID) -> HttpResponse:
    found = queries.results_for(request.user, pk)
    made = f"{timezone.localtime():%Y-%m-%d %H:%M %Z}"
    content = compile_pdf(REPORT, paper.of_results(found, made, translation))
    return _file(content, "application/pdf", f"fairgate-feedback-{found.row.name}.pdf", "inline")


def _pictures(found: Results) -> list[dict[str, Any]]:
    return [
        {"name": group.name, "ballots": group.ballots, "rows": _pictures_of(group.rows)}
        for group in wording.drawn(found, translation)
    ]


def _pictures_of(rows: tuple[ShownRow, ...]) -> list[dict[str, str]]:
    """A picture a sentence, all on one scale."""
    columns = [_columns(row) for row in rows]
    top = max(steps.height(one) for drawn in columns for one in drawn)
    return [_picture(row, drawn, top) for row, drawn in zip(rows, columns, strict=True)]


def _columns(row: ShownRow) -> list[steps.Column]:
    raters = row.raters or 1
    return [
        steps.Column(
            part.steps[0] - 1,
            part.steps[-1] - 1,
            part.low / raters,
            part.high / raters,
            wording.share(part, raters),
        )
        for part in row.parts or ()
    ]


def _picture(row: ShownRow, columns: list[steps.Column], top: float) -> dict[str, str]:
    """One sentence: how many agree in words, and the columns."""
    said = wording.steps(translation)
    sentence = wording.sentence(row.item, translation)
    svg = steps.draw(
        columns,
        steps=len(said),
        ends=(said[0], said[-1]),
        title=sentence,
        description=_("The numbers are in the table below."),
        top=top,
    )
    return {"sentence": sentence, "good": wording.in_100(*wording.good(row), translation), "svg": svg}


def _table(table: ShownTable) -> dict[str, Any]:
    return {
        "title": wording.title(table, translation),
        "columns": wording.columns(table, translation),
        "same": wording.same(table, translation),
        "answered": wording.answered(table, translation),
        "blocks": wording.blocks(table, translation),
        "apart": any(row.item in items.APART for row in table.rows),
    }


def _file(content: bytes, kind: str, name: str, how: str) -> HttpResponse:
    plain = name.replace(" – ", "-").replace(" ", "-")
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{plain}"'}
    )
