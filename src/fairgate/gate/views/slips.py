"""Refusal slips: read, printed, written."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.forms.decisions import SlipForm
from fairgate.gate.rules import SLIPPED, Move
from fairgate.gate.templatetags.gate import moment
from fairgate.gate.views.moving import Shown, about, moved, page_for
from fairgate.gate.views.showing import clause_choices, lead, outcomes_in_words, typed
from fairgate.gate.wording import pages, paper
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request


def slip(request: Request, pk: int) -> HttpResponse:
    page = _explained(request, pk)
    earlier = [
        {"slip": it.slip, "rule": rule_of(it.slip), "replaced": _replaced(page, it)}
        for it in reversed(page.replaced_slips)
    ]
    owes = page.slip is None and page.standing is not None and page.standing.outcome in SLIPPED
    context = {**about(page), "lead": lead(page), "slip_clause": rule_of(page.slip), "earlier": earlier}
    return render(request, "gate/slip.html", {**context, "owes_one": owes})


def slip_pdf(request: Request, pk: int) -> HttpResponse:
    """The slip that stands; where none does any more, the latest, marked as replaced."""
    page = _explained(request, pk)
    shown, said = page.slip, lead(page)
    if shown is None and page.replaced_slips:
        last = page.replaced_slips[-1]
        shown, said = last.slip, _replaced(page, last)
    if shown is None:
        raise Http404
    day = date_format(shown.by_when, "j M Y")
    made = moment(timezone.now())
    content = compile_pdf(
        REPORT, paper.of_slip(page.request, shown, rule_of(shown), said, made, day, translation)
    )
    name = f'inline; filename="fairgate-slip-{page.request.reference}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def write_slip(request: Request, pk: int) -> HttpResponse:
    page = page_for(request, pk, Move.WRITE_SLIP)
    data, kept = typed(request)
    start = {**slip_start(request, pk), **_earlier(page), **kept}
    form = SlipForm(data, initial=start, **slip_options(request, page))
    shown = Shown(
        _("Kept. They can read it now."),
        "gate/write_slip.html",
        {"clause": chosen_clause(request, page, form)},
    )
    return moved(
        request, page, Move.WRITE_SLIP, form,
        lambda: actions.write_slip(by=request.user, pk=pk, slip=form.slip()), shown,
    )  # fmt: skip


def examples(request: Request, pk: int) -> HttpResponse:
    """A fragment: how others wrote slips that rest on the clause that was just chosen."""
    page = page_for(request, pk, Move.WRITE_SLIP)
    clause = _clause(request, page, request.GET.get("clause", ""))
    return render(request, "gate/_examples.html", {"clause": clause})


def slip_options(request: Request, page: queries.RequestPage) -> dict[str, Any]:
    """What every form with a slip is made with."""
    clauses = queries.clauses_for(request.user, page.request.kind)
    return {
        "clauses": clause_choices(clauses),
        "examples_at": reverse("gate:examples", args=[page.request.pk]),
    }


def slip_start(request: Request, pk: int) -> dict[str, Any]:
    """What a slip's form begins with."""
    start = queries.slip_defaults(request.user, pk)
    return {
        "asked": start.asked,
        "by_when": start.by_when,
        "ask_whom": start.ask_whom,
        "second_look": start.second_look,
    }


def chosen_clause(request: Request, page: queries.RequestPage, form: SlipForm) -> Any:
    """The clause that stands in the form, to show its examples."""
    return _clause(request, page, str(form.chosen or ""))


def _clause(request: Request, page: queries.RequestPage, text: str) -> Any:
    if not (text.isdecimal() and text.isascii() and len(text) < 19):
        return None
    return queries.clauses_for(request.user, page.request.kind).filter(pk=int(text)).first()


def rule_of(slip: Any) -> str:
    """The clause a slip rests on, as it read when the slip was written."""
    if slip is None:
        return ""
    clause = queries.clause_as_read(slip.clause, slip.clause_edition, slip.written_at)
    return pages.rule(clause, translation)


def _explained(request: Request, pk: int) -> queries.RequestPage:
    """The page of a request that has a slip, or is owed one; a slip stays readable after the decision it explained."""
    page = queries.page_of_request(request.user, pk)
    is_owed = page.standing is not None and page.standing.outcome in SLIPPED
    if not is_owed and not page.replaced_slips:
        raise Http404
    return page


def _replaced(page: queries.RequestPage, it: Any) -> str:
    return pages.replaced(it, outcomes_in_words(page), moment, translation)


def _earlier(page: queries.RequestPage) -> dict[str, Any]:
    if page.slip is None:
        return {}
    return {**{name: getattr(page.slip, name) for name in SlipForm.SLIP}, "clause": page.slip.clause_id}
