"""Home, and the first quarter of an hour."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.organisation import actions
from fairgate.organisation.forms import FunctionForm
from fairgate.organisation.rules import Origin
from fairgate.organisation.wording import answers
from fairgate.overview import queries
from fairgate.overview.forms import need_lines
from fairgate.overview.wording import waiting_lead
from fairgate.web.request import Request, posted


def home(request: Request) -> HttpResponse:
    page = queries.home_for(request.user)
    facts = page.answer.facts if page.answer else None
    context = {
        "page": page,
        "waiting_lead": waiting_lead(page.waiting_count, page.overdue, translation),
        "lead": answers.lead(facts, translation) if facts else "",
        "sentences": answers.sentences(facts, translation) if facts else [],
        "readings": answers.readings(facts, translation) if facts else [],
    }
    return render(request, "overview/home.html", context)


def function(request: Request) -> HttpResponse:
    start = queries.start_for(request.user)
    form = FunctionForm(posted(request), initial=start.function_facts)
    if form.is_valid():
        actions.choose_function(by=request.user, **form.cleaned_data)
        return redirect("overview:start-needs")
    context = {"form": form, "start": start, "known": start.known}
    return render(request, "overview/function.html", context, status=422 if form.errors else 200)


def needs(request: Request) -> HttpResponse:
    start = queries.start_for(request.user)
    if not start.function:
        return redirect("overview:start")
    lines = need_lines(posted(request), start.function.name)
    if lines.can_be_saved():
        if rows := lines.rows():
            added = actions.add(by=request.user, rows=rows, origin=Origin.TYPED)
            messages.success(
                request, _("Saved: here is the first answer.") if added.total else _("Nothing new.")
            )
            return redirect("organisation:unit", pk=start.function.pk)
        messages.error(request, _("Fill in at least one line: who needs what from you?"))
    wrong = lines.is_bound
    context = {"lines": lines, "start": start, "known": start.known, "wrong": wrong}
    return render(request, "overview/needs.html", context, status=422 if wrong else 200)
