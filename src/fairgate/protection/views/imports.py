"""Files of complaints."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.protection import actions, queries
from fairgate.protection import imports as coming
from fairgate.protection.forms import ImportForm
from fairgate.protection.rules import ImportState
from fairgate.protection.views.showing import parent
from fairgate.protection.wording.names import LABELS, STATES
from fairgate.web.request import Request, posted


def imports(request: Request) -> HttpResponse:
    _only_importers(request)
    page = Paginator(queries.imports_for(request.user), 25).get_page(request.GET.get("page"))
    rows = [(it, _(STATES[ImportState(it.state)])) for it in page]
    return render(request, "protection/imports.html", {"page": page, "rows": rows, **_up()})


def new_import(request: Request) -> HttpResponse:
    _only_importers(request)
    form = ImportForm(posted(request), request.FILES or None)
    if form.is_valid() and (received := _received(request, form)):
        return redirect("protection:import", pk=received.pk)
    return render(
        request, "protection/new_import.html", {"form": form, **_up()}, status=422 if form.errors else 200
    )


def _received(request: Request, form: ImportForm) -> Any:
    """The import that came of it, or None with a word beside the field."""
    file = form.cleaned_data["file"]
    try:
        return coming.open_file(
            by=request.user, name=file.name, content=file.chunks(), choices=form.choices()
        )
    except coming.TooLarge as refused:
        form.add_error("file", str(refused))
        return None


def one_import(request: Request, pk: UUID) -> HttpResponse:
    """The dry run: everything that would be saved, and every problem, before anything is."""
    found = queries.import_for(request.user, pk)
    changes = [
        (row, _(LABELS[column]), old, new) for row, column, old, new in found.findings.get("changes", ())
    ]
    context = {"coming": found, "state": _(STATES[ImportState(found.state)]), "changes": changes, **_up()}
    return render(request, "protection/import.html", context)


@require_POST
def apply_import(request: Request, pk: UUID) -> HttpResponse:
    try:
        applied = coming.apply(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, _not_ready(refused.state))
    except coming.FileChanged:
        messages.error(
            request, _("The kept file is not what it was. Nothing was saved; import the file again.")
        )
    except actions.FaultyRows:
        messages.error(
            request,
            _(
                "Something changed since the dry run, and the rows no longer fit. Nothing was saved; import the file again."
            ),
        )
    else:
        messages.success(request, _("Saved: everything in “%(name)s”.") % {"name": applied.name})
        return redirect("protection:complaints")
    return redirect("protection:import", pk=pk)


@require_POST
def discard_import(request: Request, pk: UUID) -> HttpResponse:
    queries.import_for(request.user, pk)
    try:
        coming.discard(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, _not_ready(refused.state))
    else:
        messages.success(request, _("Discarded. Nothing of it was saved."))
    return redirect("protection:imports")


def _only_importers(request: Request) -> None:
    if not queries.may_import(request.user):
        raise PermissionDenied


def _not_ready(state: ImportState) -> str:
    return _("That can’t be done: this file is “%(state)s”.") % {"state": _(STATES[state])}


def _up() -> dict[str, str]:
    return parent(_("Complaints"), reverse("protection:complaints"))
