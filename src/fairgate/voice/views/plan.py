"""What could be shown, and when: worked out before anybody is asked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from fairgate.voice import queries
from fairgate.voice.forms import PlanForm
from fairgate.voice.wording import plan as wording
from fairgate.web.request import Request


def plan(request: Request) -> HttpResponse:
    """Asked by GET: nothing is stored, and the address holds the plan."""
    if not queries.may_enter(request.user):
        raise PermissionDenied
    form = PlanForm(request.GET or None)
    context: dict[str, Any] = {}
    if form.is_valid():
        context = _found(form)
    elif not form.is_bound:
        form, context = _begun(request)
    context |= {"form": form}
    return render(request, "voice/plan.html", context, status=422 if form.errors else 200)


def _begun(request: Request) -> tuple[PlanForm, dict[str, Any]]:
    """With what was decided lately, where there is anything."""
    lately = queries.decided_lately(request.user)
    if lately is None:
        return PlanForm(), {}
    return PlanForm.starting_from(lately), {"source": wording.source(lately, translation)}


def _found(form: PlanForm) -> dict[str, Any]:
    found = form.planned()
    return {
        "found": found,
        "lead": wording.lead(found, translation),
        "advice": wording.advice(found, translation),
        "periods": [translation.gettext(wording.PERIODS[length.months]) for length in found.lengths],
        "rows": wording.rows(found, translation),
        "legend": wording.legend(translation),
        "expected": [wording.expected(length, translation) for length in found.lengths],
        "assumptions": list(wording.assumptions(form.plan(), translation)),
    }
