"""Complaints: the list, one of them, and what is done about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fairgate.gate.wording import NOT_A_RECORD
from fairgate.organisation import queries as organisation
from fairgate.protection import actions, queries
from fairgate.protection.forms import (
    ComplaintForm,
    LinkForm,
    NotInvestigatedForm,
    ReasonForm,
    ReferenceForm,
    ReplyForm,
)
from fairgate.protection.rules import Level, Nature
from fairgate.protection.views.showing import as_file, bounded, parent
from fairgate.protection.wording import paper
from fairgate.protection.wording.names import LABELS, NATURES, SEVERITIES, UNLINKABLE
from fairgate.web.request import Request, posted

ROWS_A_PAGE = 50


def complaints(request: Request) -> HttpResponse:
    if not queries.may_read(request.user):
        raise PermissionDenied
    search, open_only = request.GET.get("search", ""), request.GET.get("open") == "1"
    pages = Paginator(queries.complaints_for(request.user, search=search, open_only=open_only), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "search": search,
        "open_only": open_only,
        "page": page,
        "rows": [(it, _(SEVERITIES[Level(it.severity)])) for it in page],
        "sees_complainants": queries.sees_complainants(request.user),
        "may_report": queries.may_report(request.user),
        "may_import": queries.may_import(request.user),
        "not_a_record": _(NOT_A_RECORD),
    }
    return render(request, "protection/complaints.html", context)


def report(request: Request) -> HttpResponse:
    if not queries.may_report(request.user):
        raise PermissionDenied
    form = ComplaintForm(posted(request), initial={"received": timezone.localdate()})
    if form.is_valid():
        try:
            made = actions.report(by=request.user, row=form.row(), token=form.cleaned_data["token"])
        except actions.FaultyRows as refused:
            form.show(refused.faults)
        else:
            messages.success(request, _("Kept."))
            return redirect("protection:complaint", pk=made.pk)
    known = organisation.names_known(request.user)["external"]
    context = {"form": form, "known": known, **_up()}
    return render(request, "protection/report.html", context, status=422 if form.errors else 200)


def complaint(request: Request, pk: int) -> HttpResponse:
    found = queries.complaint_page(request.user, pk)
    one = found.complaint
    context = {
        "found": found,
        "complaint": one,
        "severity": _(SEVERITIES[Level(one.severity)]),
        "kind": _(NATURES[Nature(one.kind)]),
        "not_a_record": _(NOT_A_RECORD),
        **_up(),
    }
    return render(request, "protection/complaint.html", context)


def reply(request: Request, pk: int) -> HttpResponse:
    return _written(
        request, pk, ReplyForm, "reply", _("Reply to whoever complained"),
        lambda text: actions.reply(by=request.user, pk=pk, text=text),
    )  # fmt: skip


def not_investigated(request: Request, pk: int) -> HttpResponse:
    return _written(
        request, pk, NotInvestigatedForm, "not_investigated", _("Not investigated, because …"),
        lambda text: actions.not_investigated(by=request.user, pk=pk, because=text),
    )  # fmt: skip


def reference(request: Request, pk: int) -> HttpResponse:
    return _written(
        request, pk, ReferenceForm, "reference", _("Where it is investigated"),
        lambda text: actions.refer(by=request.user, pk=pk, reference=text),
    )  # fmt: skip


def link(request: Request, pk: int) -> HttpResponse:
    """Find the decision that let it out, and say why it was that one."""
    page = _handled(request, pk)
    search = request.GET.get("search", "")
    found = queries.candidates_for(request.user, pk, search=search)
    form = LinkForm([(it.pk, _called(it)) for it in found], posted(request))
    if form.is_valid():
        try:
            actions.link(by=request.user, complaint=pk, **form.cleaned_data)
        except actions.CantBeLinked as refused:
            form.add_error("decision", _(UNLINKABLE[refused.why]))
        else:
            messages.success(request, _("Linked. It counts as an escape now."))
            return redirect("protection:complaint", pk=pk)
    context = {
        "found": page,
        "complaint": page.complaint,
        "form": form,
        "any": found,
        "search": search,
        **_above(page),
    }
    return render(request, "protection/link.html", context, status=422 if form.errors else 200)


def unlink(request: Request, pk: int, decision: int) -> HttpResponse:
    page = _handled(request, pk)
    if decision in page.own:
        raise PermissionDenied
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            actions.unlink(
                by=request.user, complaint=pk, decision=decision, reason=form.cleaned_data["reason"]
            )
        except actions.CantBeLinked as refused:
            form.add_error("reason", _(UNLINKABLE[refused.why]))
        else:
            messages.success(request, _("No longer linked. That it was stays readable."))
            return redirect("protection:complaint", pk=pk)
    context = {"complaint": page.complaint, "form": form, "heading": _("Take the link back"), **_above(page)}
    return render(request, "protection/write.html", context, status=422 if form.errors else 200)


def export_complaints(request: Request, form: str) -> HttpResponse:
    if not queries.may_read(request.user):
        raise PermissionDenied
    if form not in {"xlsx", "csv"}:
        raise Http404
    told = queries.sees_complainants(request.user)
    found = queries.complaints_for(request.user, search=request.GET.get("search", ""))
    rows, notes = bounded(found)
    header = paper.complaint_header(translation, with_complainant=told)
    cells = list(paper.complaint_cells(rows, translation, with_complainant=told))
    return as_file(form, "fairgate-complaints", _("Complaints"), header, cells, notes)


def template(request: Request) -> HttpResponse:
    """An empty spreadsheet to fill in."""
    if not queries.may_import(request.user):
        raise PermissionDenied
    header = [_(LABELS[name]) for name in _BROUGHT]
    notes = [
        _("One complaint a row; keep the first line as it is."),
        _("Severity is minor, major or critical. Dates are best written 2026-03-31."),
        _(
            "With a number from the other system, the same file can be brought again: only what changed is saved."
        ),
    ]
    return as_file("xlsx", "fairgate-complaints-template", _("Complaints"), header, [], notes)


_BROUGHT = ("product", "lot", "complainant", "nature", "severity", "received", "reply", "external", "key")


def _written(
    request: Request, pk: int, of: type[forms.Form], field: str, heading: str, act: Callable[[str], Any]
) -> HttpResponse:
    """A page with one text to write."""
    page = _handled(request, pk)
    form = of(posted(request), initial={field: getattr(page.complaint, field)})
    if form.is_valid():
        act(form.cleaned_data[field])
        messages.success(request, _("Kept, with your name."))
        return redirect("protection:complaint", pk=pk)
    context = {"complaint": page.complaint, "form": form, "heading": heading, **_above(page)}
    return render(request, "protection/write.html", context, status=422 if form.errors else 200)


def _handled(request: Request, pk: int) -> queries.ComplaintPage:
    page = queries.complaint_page(request.user, pk)
    if not page.may_handle:
        raise PermissionDenied
    return page


def _called(decision: Any) -> str:
    about = decision.request
    words = {
        "reference": about.reference,
        "what": about,
        "kind": about.kind,
        "unit": about.unit,
        "day": f"{timezone.localtime(decision.decided_at):%Y-%m-%d}",
    }
    return _("%(reference)s, %(what)s: %(kind)s for %(unit)s, passed on %(day)s") % words


def _up() -> dict[str, str]:
    return parent(_("Complaints"), reverse("protection:complaints"))


def _above(page: queries.ComplaintPage) -> dict[str, str]:
    return parent(str(page.complaint), reverse("protection:complaint", args=[page.complaint.pk]))
