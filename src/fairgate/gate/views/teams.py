"""Teams inside a deciding unit, where it is large enough to have several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.gate import actions, queries
from fairgate.gate.forms.teams import PlaceForm, TeamForm
from fairgate.gate.rules import FaultCode
from fairgate.web.request import Request


def teams(request: Request) -> HttpResponse:
    return _page(request)


@require_POST
def add(request: Request, unit: int) -> HttpResponse:
    of = queries.deciding_unit_for(request.user, unit)
    if not queries.may_place(request.user, of.pk):
        raise PermissionDenied
    form = TeamForm(request.POST)
    if form.is_valid():
        try:
            actions.add_team(by=request.user, unit=of.pk, name=form.cleaned_data["name"])
        except actions.Faulty as refused:
            is_there = any(fault.code is FaultCode.THE_SAME for fault in refused.faults)
            form.add_error(
                "name", _("There is a team of this name.") if is_there else _("A name was expected.")
            )
        else:
            messages.success(request, _("Added."))
            return redirect("gate:teams")
    return _page(request, form, of.pk)


@require_POST
def place(request: Request, pk: int) -> HttpResponse:
    """Put somebody into a team, out of the unit's others."""
    team = queries.team_for(request.user, pk)
    if not queries.may_place(request.user, team.unit_id):
        raise PermissionDenied
    form = PlaceForm(request.POST, people=queries.placeable_in(request.user, team.unit_id))
    if form.is_valid():
        actions.place_in_team(by=request.user, team=pk, person=form.cleaned_data["person"])
        messages.success(request, _("Placed."))
        return redirect("gate:teams")
    return _page(request, form, team.unit_id, pk)


def _page(request: Request, form: Form | None = None, unit: int = 0, team: int = 0) -> HttpResponse:
    """The page; with a form that wasn't right, standing where it was sent from."""
    rows = []
    for it in queries.teams_of_units(request.user):
        adding = (
            form if form and it.unit.pk == unit and not team else TeamForm(auto_id=f"unit_{it.unit.pk}_%s")
        )
        placing = [
            (
                one,
                form if form and one.pk == team else PlaceForm(people=it.people, auto_id=f"team_{one.pk}_%s"),
            )
            for one in it.teams
        ]
        rows.append((it, adding, placing))
    return render(request, "gate/teams.html", {"rows": rows}, status=422 if form else 200)
