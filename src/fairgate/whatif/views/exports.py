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
from fairgate.whatif.wording import assumptions, paper, sheet


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
        notes=assumptions.not_identified(page.run.edition.open_codes, translation),
        origin=_origin(page),
    )
    headers = {"Content-Disposition": 'inline; filename="fairgate-what-if.pdf"'}
    return HttpResponse(compile_pdf(REPORT, data), content_type="application/pdf", headers=headers)


def _origin(page: queries.RunPage) -> list[tuple[str, str]]:
    """All that is needed to do it again."""
    run = page.run
    made = f"{run.by_name}, {timezone.localtime(run.at):%Y-%m-%d %H:%M %Z}"
    return [
        (_("Scenario"), f"{run.edition.scenario.name}, {_('edition %(n)s') % {'n': run.edition.number}}"),
        (_("Asked for"), made),
        (_("Years, businesses, seed"), f"{run.years:g}, {run.replicates}, {run.seed}"),
        (_("Hash of all it follows from"), run.inputs),
        (_("Versions"), ", ".join(f"{name} {version}" for name, version in run.versions.items())),
    ]


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
