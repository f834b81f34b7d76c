"""Pages of background work: one's jobs, and how far one of them is."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fairgate.web.request import Request
from fairgate.work import actions, queries, wording
from fairgate.work.rules import State

_A_PAGE = 25


@never_cache
def jobs(request: Request) -> HttpResponse:
    page = Paginator(queries.jobs_for(request.user), _A_PAGE).get_page(request.GET.get("page"))
    states = {state.value: _(name) for state, name in wording.STATE_NAMES.items()}
    return render(request, "work/jobs.html", {"page": page, "states": states})


@never_cache
def job(request: Request, job_id: UUID) -> HttpResponse:
    """The page, and for htmx the part of it that changes. A job that was being watched leads on to its
    result."""
    found = queries.job_for(request.user, job_id)
    watched = bool(request.htmx)
    sentence = _(wording.STATE_SENTENCES[State(found.state)])
    template = "work/_job.html" if watched else "work/job.html"
    response = render(request, template, {"job": found, "sentence": sentence})
    if watched and found.state == State.DONE and found.done_at:
        response["HX-Redirect"] = found.done_at
    return response


@require_POST
def cancel(request: Request, job_id: UUID) -> HttpResponse:
    actions.cancel(by=request.user, job_id=job_id)
    return redirect("work:job", job_id)
