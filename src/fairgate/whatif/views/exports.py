"""An answer to take away."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request
from fairgate.web.spreadsheet import CSV, csv_text
from fairgate.whatif import queries
from fairgate.whatif.wording import paper, sheet


def run_pdf(request: Request, pk: UUID) -> HttpResponse:
    page, answer = _done(request, pk)
    scenario = page.run.edition.scenario
    data = paper.of_answer(
        answer,
        page.lines,
        title=_("%(name)s, edition %(n)s") % {"name": scenario.name, "n": page.run.edition.number},
        made=f"{timezone.localtime(page.run.at):%Y-%m-%d %H:%M %Z}",
        unit=scenario.unit.name,
        say=translation,
    )
    headers = {"Content-Disposition": 'inline; filename="fairgate-what-if.pdf"'}
    return HttpResponse(compile_pdf(REPORT, data), content_type="application/pdf", headers=headers)


def run_csv(request: Request, pk: UUID) -> HttpResponse:
    page, answer = _done(request, pk)
    content = csv_text(sheet.header(translation), sheet.rows(answer, page.lines, translation))
    headers = {"Content-Disposition": 'attachment; filename="fairgate-what-if.csv"'}
    return HttpResponse(content, content_type=CSV, headers=headers)


def _done(request: Request, pk: UUID) -> tuple[queries.RunPage, Any]:
    """The page and its answer, which is there."""
    page = queries.run_page(request.user, pk)
    if page.answer is None:
        raise Http404
    return page, page.answer
