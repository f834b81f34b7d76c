"""Tables of ratings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.fairness import actions, imports, queries
from fairgate.fairness.forms import ColumnsForm, SurveyForm
from fairgate.fairness.rules import SurveyState
from fairgate.fairness.wording.names import STATES, labelled
from fairgate.web.request import Request, posted


def surveys(request: Request) -> HttpResponse:
    _only_importers(request)
    page = Paginator(queries.surveys_for(request.user), 25).get_page(request.GET.get("page"))
    rows = [(it, _(STATES[SurveyState(it.state)])) for it in page]
    context = {"page": page, "rows": rows, "may_use_periods": queries.may_use_periods(request.user)}
    return render(request, "fairness/surveys.html", context)


def new_survey(request: Request) -> HttpResponse:
    _only_importers(request)
    units = [(unit.pk, unit.name) for unit in queries.units_to_import(request.user)]
    form = SurveyForm(posted(request), request.FILES or None, units=units)
    if form.is_valid() and (received := _received(request, form)):
        return redirect("fairness:columns", pk=received.pk)
    context = {"form": form, "units": units, **_up()}
    return render(request, "fairness/new_survey.html", context, status=422 if form.errors else 200)


def _received(request: Request, form: SurveyForm) -> Any:
    """The table that came of it, or None with a word beside the field."""
    file = form.cleaned_data["file"]
    try:
        return imports.open_file(
            by=request.user,
            name=file.name,
            content=file.chunks(),
            unit=form.cleaned_data["unit"],
            choices=form.choices(),
        )
    except imports.ReadError as refused:
        for problem in refused.problems:
            form.add_error("file", str(problem))
    except imports.TooLarge as refused:
        form.add_error("file", str(refused))
    return None


def survey(request: Request, pk: UUID) -> HttpResponse:
    """The dry run: what would be used, and every problem, before anything is."""
    found = queries.survey_for(request.user, pk)
    context = {
        "found": found,
        "state": _(STATES[SurveyState(found.state)]),
        "is_open": found.state in actions.OPEN,
        "columns": labelled(found.said["columns"], translation) if found.said else [],
        **_up(),
    }
    return render(request, "fairness/survey.html", context)


def columns(request: Request, pk: UUID) -> HttpResponse:
    found = queries.survey_with_columns_for(request.user, pk)
    form = ColumnsForm(posted(request), proposal=found.proposal, said=found.said)
    if form.is_valid():
        try:
            imports.check(by=request.user, pk=pk, said=form.said())
        except actions.NotReady as refused:
            messages.error(request, _not_ready(refused.state))
        return redirect("fairness:survey", pk=pk)
    context = {"found": found, "form": form, **_up()}
    return render(request, "fairness/columns.html", context, status=422 if form.errors else 200)


@require_POST
def apply_survey(request: Request, pk: UUID) -> HttpResponse:
    found = queries.survey_for(request.user, pk)
    try:
        actions.apply_survey(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, _not_ready(refused.state))
        return redirect("fairness:survey", pk=pk)
    messages.success(request, _("“%(name)s” is in use now.") % {"name": found.name})
    return redirect(f"{reverse('fairness:scorecard')}?unit={found.unit_id}")


@require_POST
def discard_survey(request: Request, pk: UUID) -> HttpResponse:
    queries.survey_for(request.user, pk)
    try:
        actions.discard_survey(by=request.user, pk=pk)
    except actions.NotReady as refused:
        messages.error(request, _not_ready(refused.state))
    else:
        messages.success(request, _("Discarded. Nothing of it is used."))
    return redirect("fairness:surveys")


def _only_importers(request: Request) -> None:
    if not queries.may_import(request.user):
        raise PermissionDenied


def _not_ready(state: SurveyState) -> str:
    return _("That can’t be done: this table is “%(state)s”.") % {"state": _(STATES[state])}


def _up() -> dict[str, str]:
    return {"parent": _("Tables of ratings"), "parent_url": reverse("fairness:surveys")}
