"""Asking a gate for something: what, and then the form."""

from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.forms.requests import RequestForm
from fairgate.gate.views import asking
from fairgate.gate.views.moving import UNFIT, attempt
from fairgate.gate.wording import names, presets
from fairgate.web.request import Request, posted


def choose(request: Request) -> HttpResponse:
    """Which kind of thing is asked for. An improved request and one that was advised on know it already."""
    if straight := _straight_on(request):
        return straight
    context = {
        "gates": asking.gates(request.user, "gate:submit-kind"),
        "title": _("Ask for something"),
        "lead": _("Choose what you ask for. You see by when it is answered before you write anything."),
        "part": "requests",
    }
    return render(request, "gate/choose.html", context)


def submit(request: Request, kind: int) -> HttpResponse:
    what, units = asking.kind_and_units(request.user, kind)
    start, context = _start(request)
    form = RequestForm(
        posted(request),
        initial={"key": token_urlsafe(16), **start},
        units=units,
        processes=asking.processes(request.user),
        risks=asking.risks(request.user, what),
    )
    if form.is_valid():
        made: list[Any] = []
        values = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        _overtaken, is_done = attempt(
            form, lambda: made.append(actions.submit(by=request.user, kind=kind, **values))
        )
        if is_done:
            messages.success(request, _("Submitted."))
            return redirect("gate:request", pk=made[0].pk)
    context |= {
        "form": form,
        "kind": what,
        "said": presets.promise(what.promise_days, translation),
        "not_a_record": _(names.NOT_A_RECORD),
    }
    return render(request, "gate/submit.html", context, status=UNFIT if form.errors else 200)


def _straight_on(request: Request) -> HttpResponseRedirect | None:
    if follows := _number(request, "follows"):
        kind = queries.request_for(request.user, follows).kind_id
    elif advice := _number(request, "advice"):
        kind = queries.question_for(request.user, advice).kind_id
    else:
        return None
    return HttpResponseRedirect(f"{reverse('gate:submit-kind', args=[kind])}?{request.GET.urlencode()}")


def _start(request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form begins with, and what stands above it: the request it improves, or the question that was answered."""
    if follows := _number(request, "follows"):
        page = queries.page_of_request(request.user, follows)
        kept = ("asked", "item", "facts", "risk", "value")
        start = {name: getattr(page.request, name) for name in kept}
        start |= {"unit": page.request.unit_id, "process": page.request.process_id, "follows": follows}
        return start, {"follows": page.request, "way_to_yes": page.slip.way_to_yes if page.slip else ""}
    if advice := _number(request, "advice"):
        question = queries.question_for(request.user, advice)
        start = {"unit": question.unit_id, "facts": question.question, "advice": advice}
        return start, {"question": question}
    return {}, {}


def _number(request: Request, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 19 else None
