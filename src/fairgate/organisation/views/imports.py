"""Files in, and the logs they left."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.organisation import actions, queries
from fairgate.organisation import imports as coming
from fairgate.organisation.forms import ImportForm, ReasonForm
from fairgate.organisation.rules import EVENTS, FactKind, ImportState
from fairgate.organisation.wording import answers
from fairgate.organisation.wording import logs as wording
from fairgate.web.request import Request, posted


def imports(request: Request) -> HttpResponse:
    if not queries.may_edit(request.user):
        raise PermissionDenied
    pages = Paginator(queries.imports_for(request.user), 25)
    return render(request, "organisation/imports.html", {"page": pages.get_page(request.GET.get("page"))})


def new_import(request: Request) -> HttpResponse:
    if not queries.may_edit(request.user):
        raise PermissionDenied
    form = ImportForm(posted(request), request.FILES or None, initial=request.GET.dict())
    if form.is_valid() and (received := _received(request, form)):
        if received.job_id:
            return redirect("work:job", received.job_id)
        return redirect("organisation:import", pk=received.pk)
    context = {"form": form, "kinds": list(FactKind)}
    return render(request, "organisation/new_import.html", context, status=422 if form.errors else 200)


def _received(request: Request, form: ImportForm) -> Any:
    """The import that came of it, or None with a word beside the field."""
    name, content = form.content()
    try:
        return coming.receive(
            by=request.user,
            name=name,
            content=content,
            kind=form.cleaned_data["kind"],
            choices=form.choices(),
            done_at=reverse("organisation:imports") + "{}/",
        )
    except coming.TooLarge as refused:
        form.add_error("file", str(refused))
        return None


def one_import(request: Request, pk: UUID) -> HttpResponse:
    """The dry run: everything that would be saved, and every problem, before anything is."""
    found = queries.import_for(request.user, pk)
    context: dict[str, Any] = {
        "coming": found,
        "state": wording.state(ImportState(found.state), translation),
        "source": wording.source(found.findings.get("source", {}), translation),
        "adds": wording.added(found.findings.get("new", {}), found.findings.get("made", {}), translation),
        "covered": _covered(found.findings),
        "new_units": queries.new_units_in(found),
        "replaces": queries.same_log(found) if found.kind == EVENTS else None,
        "is_log": found.kind == EVENTS,
        "in_vain": queries.counting_ended_in_vain(request.user, found),
        "parent": _("Imports"),
        "parent_url": reverse("organisation:imports"),
    }
    return render(request, "organisation/import.html", context)


def _covered(findings: dict[str, Any]) -> list[str]:
    """What of a log can be used, and what a reader must know, before anything is saved."""
    if "coverage" not in findings:
        return []
    return [
        *wording.coverage(findings["coverage"], translation),
        *wording.notes(findings["notes"], translation),
    ]


@require_POST
def apply_import(request: Request, pk: UUID) -> HttpResponse:
    try:
        applied = coming.apply(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, wording.not_ready(refused.state, translation))
        return redirect("organisation:import", pk=pk)
    except coming.FileChanged:
        messages.error(
            request, _("The kept file is not what it was. Nothing was saved; import the file again.")
        )
        return redirect("organisation:import", pk=pk)
    except actions.FaultyRows:
        messages.error(
            request,
            _(
                "Something changed since the dry run, and the rows no longer fit. Nothing was saved; import the file again."
            ),
        )
        return redirect("organisation:import", pk=pk)
    messages.success(request, _("Saved: everything in “%(name)s”.") % {"name": applied.name})
    return redirect("organisation:organisation")


@require_POST
def discard_import(request: Request, pk: UUID) -> HttpResponse:
    try:
        coming.discard(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, wording.not_ready(refused.state, translation))
    else:
        messages.success(request, _("Discarded. Nothing of it was saved."))
    return redirect("organisation:imports")


def logs(request: Request) -> HttpResponse:
    context = {"logs": queries.logs_for(request.user), "may_edit": queries.may_edit(request.user)}
    return render(request, "organisation/logs.html", context)


def log(request: Request, pk: int) -> HttpResponse:
    """What one log says about every unit, and how it was read."""
    found = queries.counted_for(request.user, pk)
    if request.GET.get("format") == "json":
        return JsonResponse(found.to_dict(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    context = {
        "found": found,
        "log": found.log,
        "discrimination": wording.discrimination(found.discrimination, translation),
        "source": wording.source(found.log.source, translation),
        "coverage": wording.coverage(found.coverage, translation),
        "notes": answers.notes(found.counts.notes, translation),
        "lines": wording.lines(found.summaries),
        "may_edit": queries.may_edit(request.user),
        "parent": _("Counted logs"),
        "parent_url": reverse("organisation:logs"),
    }
    return render(request, "organisation/log.html", context)


def retire_log(request: Request, pk: int) -> HttpResponse:
    if not queries.may_edit(request.user):
        raise PermissionDenied
    found = queries.log_for(request.user, pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        actions.retire_log(by=request.user, pk=pk, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Its figures are off all pages now. The ledger keeps that they were there.")
        )
        return redirect("organisation:logs")
    context = {"form": form, "log": found}
    return render(request, "organisation/retire_log.html", context, status=422 if form.errors else 200)
