"""Lists, forms and files of facts; one set of views for all kinds."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from fairgate.organisation import actions, queries
from fairgate.organisation.forms import FactForm, ReasonForm
from fairgate.organisation.rules import FactKind, Origin, Row, fingerprint
from fairgate.organisation.tables import table_for
from fairgate.organisation.wording import files
from fairgate.organisation.wording.columns import MEANINGS, ONE, TITLES
from fairgate.web import spreadsheet
from fairgate.web.request import Request, posted

ROWS_A_PAGE = 50


def facts(request: Request, kind: FactKind) -> HttpResponse:
    search = request.GET.get("search", "")
    found = queries.facts_for(request.user, kind, search=search)
    may_edit = queries.may_edit(request.user)
    table = table_for(kind, found, caption=_(TITLES[kind]), may_edit=may_edit)
    RequestConfig(request, paginate=False).configure(table)
    pages = Paginator(table.rows, ROWS_A_PAGE)
    table.paginate(page=pages.get_page(request.GET.get("page")).number, per_page=ROWS_A_PAGE)
    context = {"search": search, "table": table, "may_edit": may_edit, "total": found.count()}
    return render(request, "organisation/facts.html", {**context, **_words(kind)})


def add(request: Request, kind: FactKind) -> HttpResponse:
    if not queries.may_add_kind(request.user, kind):
        raise PermissionDenied
    asks_why = True if kind is FactKind.NEEDS else None
    form = FactForm(kind, posted(request), initial=request.GET.dict(), asks_why=asks_why)
    if form.is_valid() and _done(
        form,
        lambda row: actions.add(by=request.user, rows=[row], origin=Origin.TYPED, reason=form.reason),
    ):
        messages.success(request, _("Saved."))
        return redirect("organisation:facts", kind=kind)
    return _form(request, kind, form, title=_("Add %(one)s") % {"one": _(ONE[kind])})


def change(request: Request, kind: FactKind, pk: int) -> HttpResponse:
    if not queries.may_edit(request.user):
        raise PermissionDenied
    fact = queries.fact_for(request.user, kind, pk)
    row = queries.row_of(fact)
    form = FactForm(kind, posted(request), initial=files.initial(row), asks_why=False, shown=fingerprint(row))
    if form.is_valid() and _done(
        form, lambda row: actions.change(by=request.user, pk=pk, row=row, reason=form.reason)
    ):
        messages.success(request, _("Changed. The ledger keeps what it said before."))
        return redirect("organisation:facts", kind=kind)
    return _form(request, kind, form, title=_("Change %(one)s") % {"one": _(ONE[kind])})


def remove(request: Request, kind: FactKind, pk: int) -> HttpResponse:
    if not queries.may_edit(request.user):
        raise PermissionDenied
    fact = queries.fact_for(request.user, kind, pk)
    resting = queries.resting_on(fact)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            actions.remove(by=request.user, kind=kind, pk=pk, reason=form.cleaned_data["reason"])
        except actions.InUse as refused:
            resting = refused.by_what
        else:
            messages.success(request, _("Removed. The ledger keeps what it said."))
            return redirect("organisation:facts", kind=kind)
    context = {"fact": fact, "form": form, "resting": dict(resting), **_words(kind)}
    refused_status = 409 if form.is_bound and resting else 422 if form.errors else 200
    return render(request, "organisation/remove.html", context, status=refused_status)


def export(request: Request, kind: FactKind, form: str) -> HttpResponse:
    rows = queries.rows_for(request.user, kind, search=request.GET.get("search", ""))
    header, cells = files.header(kind, translation), files.cells(rows)
    if form == "xlsx":
        return _file(
            spreadsheet.xlsx(_(TITLES[kind]), header, cells), spreadsheet.XLSX, f"fairgate-{kind}.xlsx"
        )
    if form == "csv":
        return _file(spreadsheet.csv_text(header, cells), spreadsheet.CSV, f"fairgate-{kind}.csv")
    raise Http404


def template(request: Request, kind: FactKind) -> HttpResponse:
    content = spreadsheet.xlsx(
        _(TITLES[kind]), files.header(kind, translation), [], notes=files.notes(kind, translation)
    )
    return _file(content, spreadsheet.XLSX, f"fairgate-{kind}-template.xlsx")


def _done(form: FactForm, act: Callable[[Row], Any]) -> bool:
    try:
        act(form.row())
    except actions.FaultyRows as refused:
        form.show(refused.faults)
        return False
    return True


def _form(request: Request, kind: FactKind, form: FactForm, *, title: str) -> HttpResponse:
    context = {"form": form, "form_title": title, "known": queries.names_known(request.user), **_words(kind)}
    return render(request, "organisation/fact.html", context, status=422 if form.errors else 200)


def _words(kind: FactKind) -> dict[str, str]:
    return {"kind": kind, "title": _(TITLES[kind]), "meaning": _(MEANINGS[kind]), "one": _(ONE[kind])}


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
