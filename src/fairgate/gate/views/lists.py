"""The list of requests, on screen and as a file."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from fairgate.gate import queries
from fairgate.gate.filters import RequestFilter
from fairgate.gate.rules import Outcome
from fairgate.gate.tables.requests import ROWS_A_PAGE, RequestTable, UncountedPages
from fairgate.gate.views import asking, showing
from fairgate.gate.wording import export as files
from fairgate.gate.wording import names
from fairgate.shared.clock import now
from fairgate.web import spreadsheet
from fairgate.web.request import Request

MOST_ROWS = 50_000
"""Of an export: what a spreadsheet opens without complaint. More is said, not silently cut."""


def requests(request: Request) -> HttpResponse:
    narrowing = _filter(request)
    # Joined, a database may begin with the few kinds and sort a million requests; looked up afterwards, it can't.
    found = narrowing.narrowed(queries.requests_for(request.user), now()).prefetch_related(
        "unit", "kind__preset"
    )
    table = RequestTable(found, by_date=narrowing.is_of_open_ones)
    paging = {"per_page": ROWS_A_PAGE, "paginator_class": UncountedPages, "silent": True}
    RequestConfig(request, paginate=paging).configure(table)
    context = {
        "filter": narrowing,
        "quick": _quick(narrowing),
        "table": table,
        "is_empty": not table.page.object_list,
        "query": request.GET.urlencode(),
        "may_submit": queries.may_ask(request.user),
        "may_import": queries.may_bring(request.user),
        "not_a_record": _(names.NOT_A_RECORD),
    }
    return render(request, "gate/requests.html", context)


def export(request: Request, form: str) -> HttpResponse:
    """What the filter shows, newest first."""
    found = (
        _filter(request).narrowed(queries.requests_for(request.user), now()).order_by("-submitted_at", "-pk")
    )
    found = found.prefetch_related("unit", "deciding_unit", "kind")[: MOST_ROWS + 1]
    rows, notes = list(files.rows(found, _local, translation)), [_(names.NOT_A_RECORD)]
    if len(rows) > MOST_ROWS:
        rows.pop()
        text = _("Only the newest %(most)s requests are here; narrow the list to get the others.")
        notes.append(text % {"most": f"{MOST_ROWS:,}"})
    content, content_type = _content(form, rows, notes)
    name = f'attachment; filename="fairgate-requests.{form}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": name})


def _content(form: str, rows: list[list[str]], notes: list[str]) -> tuple[bytes, str]:
    """The notes stand on a sheet of their own, or below the last row."""
    header = files.header(translation)
    if form == "xlsx":
        return spreadsheet.xlsx(_("Requests"), header, rows, notes=notes), spreadsheet.XLSX
    if form == "csv":
        return spreadsheet.csv_text(header, [*rows, *([note] for note in notes)]), spreadsheet.CSV
    raise Http404


def _filter(request: Request) -> RequestFilter:
    if not queries.may_read(request.user):
        raise PermissionDenied
    return RequestFilter(
        request.GET,
        outcomes=[(outcome.value, _(names.OUTCOMES[outcome])) for outcome in Outcome],
        kinds=asking.all_kinds(request.user),
        units=asking.all_units(request.user),
    )


def _quick(narrowing: RequestFilter) -> list[showing.Link]:
    """The views of the list that are asked for most; ``is_main`` is the one that is shown."""
    address = reverse("gate:requests")
    shown = None if narrowing.is_narrowed_further else narrowing.chosen.get("stands", "")
    offered = (
        (_("All"), ""),
        (_("Waiting for an answer"), "open"),
        (_("Promise missed, still open"), "overdue"),
        (_("Refusal slip missing"), "no-slip"),
    )
    return [
        showing.Link(label, f"{address}?stands={code}" if code else address, shown == code)
        for label, code in offered
    ]


def _local(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes")
