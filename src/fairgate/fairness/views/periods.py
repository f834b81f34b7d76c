"""Letting scores be worked out from closed periods."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fairgate.fairness import actions, queries
from fairgate.fairness.forms import PeriodsForm
from fairgate.web.request import Request, posted


def use_periods(request: Request) -> HttpResponse:
    """From which period on, up to the latest."""
    periods = queries.periods_to_use(request.user)
    units = [(unit.pk, unit.name) for unit in queries.units_for_periods(request.user)]
    form = PeriodsForm(posted(request), units=units, periods=[(one.pk, one.name) for one in periods])
    if form.is_valid() and (used := _used(request, form)):
        messages.success(request, _("Closed periods are in use now: %(name)s.") % {"name": used.name})
        return redirect(f"{reverse('fairness:scorecard')}?unit={used.unit_id}")
    context = {
        "form": form,
        "periods": periods,
        "parent": _("Tables of ratings"),
        "parent_url": reverse("fairness:surveys"),
    }
    return render(request, "fairness/use_periods.html", context, status=422 if form.errors else 200)


def _used(request: Request, form: PeriodsForm) -> Any:
    """What is in use now, or None with a word beside the field."""
    chosen = queries.periods_to_use_from(UUID(form.cleaned_data["first"]))
    pks = [period.pk for period in chosen]
    try:
        return actions.use_periods(by=request.user, unit=form.cleaned_data["unit"], periods=pks)
    except actions.AlreadyUsed as refused:
        told = _(
            "Up to the latest period these were chosen before: %(name)s. Nobody may compare two choices."
        )
        form.add_error("first", told % {"name": refused.name})
    except actions.NotTheLatest:
        form.add_error("first", _("Another period was closed meanwhile. Choose again."))
    except actions.CantBeScored as refused:
        form.add_error("first", str(refused))
    return None
