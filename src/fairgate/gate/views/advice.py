"""Early advice: asked before a request, answered with the clauses that matter, binding nobody."""

from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from fairgate.gate import actions, queries
from fairgate.gate.forms.advice import AnswerForm, QuestionForm
from fairgate.gate.rules import Likely
from fairgate.gate.tables.requests import ROWS_A_PAGE, QuestionTable, UncountedPages
from fairgate.gate.templatetags.gate import moment
from fairgate.gate.views import asking
from fairgate.gate.views.moving import STALE, UNFIT, attempt
from fairgate.gate.views.showing import clause_choices
from fairgate.gate.wording import names, pages
from fairgate.web.request import Request, posted


def questions(request: Request) -> HttpResponse:
    if not queries.may_read(request.user):
        raise PermissionDenied
    found = queries.questions_for(request.user).select_related("kind", "unit")
    table = QuestionTable(found, words={code.value: _(text) for code, text in names.LIKELY.items()})
    paging = {"per_page": ROWS_A_PAGE, "paginator_class": UncountedPages, "silent": True}
    RequestConfig(request, paginate=paging).configure(table)
    context = {
        "table": table,
        "is_empty": not table.page.object_list,
        "may_submit": queries.may_ask(request.user),
    }
    return render(request, "gate/questions.html", context)


def choose(request: Request) -> HttpResponse:
    context = {
        "gates": asking.gates(request.user, "gate:ask-kind"),
        "title": _("Ask first whether it would pass"),
        "lead": _("Choose what you would ask for. The answer binds nobody, and saves both sides a refusal."),
        "part": "advice",
    }
    return render(request, "gate/choose.html", context)


def ask(request: Request, kind: int) -> HttpResponse:
    what, units = asking.kind_and_units(request.user, kind)
    form = QuestionForm(posted(request), initial={"key": token_urlsafe(16)}, units=units)
    if form.is_valid():
        asked: list[Any] = []
        _overtaken, is_done = attempt(
            form, lambda: asked.append(actions.ask(by=request.user, kind=kind, **form.cleaned_data))
        )
        if is_done:
            messages.success(request, _("Asked."))
            return redirect("gate:question", pk=asked[0].pk)
    return render(
        request, "gate/ask.html", {"form": form, "kind": what}, status=UNFIT if form.errors else 200
    )


def question(request: Request, pk: int) -> HttpResponse:
    asked = queries.question_for(request.user, pk)
    is_open = asked.answered_at is None
    context = {
        "question": asked,
        "lead": pages.advice_lead(asked, moment, translation),
        "clauses": [pages.rule(clause, translation) for clause in queries.clauses_as_answered(asked)],
        "may_answer": is_open and queries.may_answer(request.user, asked),
        "may_submit": queries.may_submit(request.user, asked.unit_id, asked.deciding_unit_id),
    }
    return render(request, "gate/question.html", context)


def answer(request: Request, pk: int) -> HttpResponse:
    asked = queries.question_for(request.user, pk)
    if not queries.may_answer(request.user, asked):
        raise PermissionDenied
    if asked.answered_at and request.method != "POST":
        return redirect("gate:question", pk=pk)
    form = AnswerForm(
        posted(request),
        likely=[(code.value, pages.capital(_(names.LIKELY[code]))) for code in Likely],
        clauses=clause_choices(queries.clauses_for(request.user, asked.kind)),
    )
    overtaken = ""
    if form.is_valid():
        overtaken, is_done = attempt(
            form, lambda: actions.answer(by=request.user, pk=pk, **form.cleaned_data)
        )
        if is_done:
            messages.success(request, _("Answered."))
            return redirect("gate:question", pk=pk)
    status = STALE if overtaken else UNFIT if form.errors else 200
    return render(
        request, "gate/answer.html", {"question": asked, "form": form, "overtaken": overtaken}, status=status
    )
