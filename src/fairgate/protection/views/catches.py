"""Refusals and what they kept from happening."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate.wording import NOT_A_RECORD
from fairgate.protection import actions, queries
from fairgate.protection.forms import JudgeForm
from fairgate.protection.rules import Side, WouldHave
from fairgate.protection.views.showing import as_file, bounded, parent
from fairgate.protection.wording import paper
from fairgate.protection.wording.names import SIDES, WOULD_HAVE
from fairgate.web.request import Request, posted

ROWS_A_PAGE = 50


def catches(request: Request) -> HttpResponse:
    """What waits for one's own judgement, then what both sides judged: *nothing* first."""
    if not queries.may_read(request.user):
        raise PermissionDenied
    pages = Paginator(queries.catches_for(request.user), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "waiting": queries.to_judge_for(request.user, most=ROWS_A_PAGE),
        "number": queries.number_to_judge(request.user),
        "page": page,
        "rows": [(it, _(_says(it.would_have)), _(_says(it.customer_said))) for it in page],
        "not_a_record": _(NOT_A_RECORD),
    }
    return render(request, "protection/catches.html", context)


def catch(request: Request, pk: int) -> HttpResponse:
    found = queries.catch_for(request.user, pk)
    if request.method == "POST" and queries.side_of(request.user, found.decision) is None:
        raise PermissionDenied
    form = JudgeForm(posted(request))
    if form.is_valid():
        return _judged(request, pk, form)
    context: dict[str, Any] = {
        "found": found,
        "form": form if found.side else None,
        "side": _(SIDES[found.side]) if found.side else "",
        "judgements": [
            (_(SIDES[it]), _(_says(one.would_have)), one) for it, one in _in_order(found.judgements)
        ],
        "not_a_record": _(NOT_A_RECORD),
        **parent(_("What refusals caught"), reverse("protection:catches")),
    }
    return render(request, "protection/catch.html", context, status=422 if form.errors else 200)


def _judged(request: Request, pk: int, form: JudgeForm) -> HttpResponse:
    try:
        actions.judge(by=request.user, decision=pk, **form.cleaned_data)
    except actions.AlreadyJudged:
        messages.error(
            request, _("Somebody on your side has judged this already. A judgement stands as it was given.")
        )
    except actions.NotStanding:
        messages.error(request, _("This decision was replaced meanwhile, so there is nothing left to judge."))
    else:
        messages.success(
            request, _("Kept, with your name. It is shown to the other side once they have judged too.")
        )
    return redirect("protection:catch", pk=pk)


def export_catches(request: Request, form: str) -> HttpResponse:
    """What both sides judged; nothing else leaves."""
    if not queries.may_read(request.user):
        raise PermissionDenied
    if form not in {"xlsx", "csv"}:
        raise Http404
    rows, notes = bounded(queries.catches_for(request.user))
    header, cells = paper.catch_header(translation), list(paper.catch_cells(rows, translation))
    return as_file(form, "fairgate-catches", _("What refusals caught"), header, cells, notes)


def _says(code: str) -> str:
    return WOULD_HAVE[WouldHave(code)]


def _in_order(judgements: Any) -> list[tuple[Side, Any]]:
    return [(side, judgements[side]) for side in Side if side in judgements]
