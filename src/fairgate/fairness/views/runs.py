"""Having scores worked out, and how they came about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.fairness import actions, queries
from fairgate.fairness.wording.names import labelled, limits
from fairgate.web.request import Request


@require_POST
def new_run(request: Request, survey: UUID) -> HttpResponse:
    if not queries.may_enter(request.user):
        raise PermissionDenied
    try:
        made = actions.request_run(by=request.user, survey=survey, done_at=reverse("fairness:scorecard"))
    except actions.NoAgreement:
        messages.error(request, _("Scores of teams are off: no agreement about them is recorded."))
        return redirect("fairness:scorecard")
    return redirect("work:job", made.job_id)


def run(request: Request, pk: UUID) -> HttpResponse:
    """What a run was worked out from, by what, and whether doing it again gave the same."""
    page = queries.run_page(request.user, pk)
    choices: dict[str, Any] = page.run.choices
    context = {
        "page": page,
        "run": page.run,
        "columns": labelled(choices["columns"], translation),
        "cutoffs": limits(choices["cutoffs"], translation),
        "parent": _("Fair score"),
    }
    return render(request, "fairness/run.html", context)
