"""Having a scenario lived through, and once more."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.web.request import Request, posted
from fairgate.whatif import actions, queries
from fairgate.whatif.forms import AgainForm, RunForm


def new_run(request: Request, pk: UUID) -> HttpResponse:
    page = queries.scenario_page(request.user, pk)
    if not page.may_make:
        raise PermissionDenied
    if page.is_old:
        return redirect("whatif:scenario", pk=pk)
    form = RunForm(posted(request))
    if form.is_valid():
        made = actions.request_run(by=request.user, scenario=pk, done_at=_page_of, **form.chosen())
        return redirect("work:job", made.job_id)
    context = {"page": page, "form": form, "parent": page.scenario.name, "parent_pk": str(pk)}
    return render(request, "whatif/new_run.html", context, status=422 if form.errors else 200)


@require_POST
def again(request: Request, pk: UUID) -> HttpResponse:
    """Once more as it was; with a reason to go on, or along a parameter."""
    page = queries.run_page(request.user, pk)
    if not page.may_make:
        raise PermissionDenied
    if page.edition_is_old:
        return redirect("whatif:scenario", pk=page.run.edition.scenario_id)
    form = AgainForm(request.POST)
    if form.is_valid():
        made = actions.run_again(by=request.user, pk=pk, done_at=_page_of, **form.asked())
        return redirect("work:job", made.job_id)
    for told in form.errors.values():
        messages.error(request, " ".join(map(str, told)) or _("That can’t be done."))
    return redirect("whatif:run", pk=pk)


def _page_of(run: UUID) -> str:
    return reverse("whatif:run", args=[run])
