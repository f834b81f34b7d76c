"""What every move on a request has in common: who may see its form, and what becomes of what was typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.rules import Fault, Move, not_now
from fairgate.gate.templatetags.gate import moment
from fairgate.gate.views.showing import outcomes_in_words
from fairgate.gate.wording import names, refusing
from fairgate.shared.clock import now
from fairgate.web.request import Request

OK, STALE, UNFIT = 200, 409, 422
Act = Callable[[], object]


@dataclass(frozen=True)
class Shown:
    """How the form of a move is shown, and what is said when it is done."""

    done: str
    template: str = "gate/move.html"
    words: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    """A name of the action's: the form's own name for it."""


def page_for(request: Request, pk: int, move: Move) -> queries.RequestPage:
    """The request's page, for somebody who may make this move. Raises DoesNotExist, PermissionDenied."""
    page = queries.page_of_request(request.user, pk)
    if not queries.may(request.user, move, page.request):
        raise PermissionDenied
    return page


def moved(
    request: Request, page: queries.RequestPage, move: Move, form: Form, act: Act, shown: Shown
) -> HttpResponse:
    """The form of one move; where it was sent and is right, the move. What was typed is never lost."""
    pk, overtaken = page.request.pk, ""
    if request.method != "POST" and move not in page.moves:
        return _not_now(request, page, move)
    if form.is_valid():
        overtaken, is_done = attempt(form, act, shown.fields, outcomes_in_words(page))
        if is_done:
            messages.success(request, shown.done)
            return redirect("gate:request", pk=pk)
        page = queries.page_of_request(request.user, pk)
        _now_seen(form, page)
    elif form.is_bound and move not in page.moves:
        overtaken = _why_not(page, move)
    context = {
        **about(page),
        **shown.words,
        "form": form,
        "overtaken": overtaken,
        "may_decide": move in page.moves,
    }
    return render(
        request, shown.template, context, status=STALE if overtaken else UNFIT if form.errors else OK
    )


def attempt(
    form: Form, act: Act, fields: dict[str, str] | None = None, outcomes: Mapping[str, str] | None = None
) -> tuple[str, bool]:
    """Why it can't be done any more (or nothing), and whether it was done. Faults are put beside their fields. ``outcomes``:
    what the trade calls them."""
    try:
        act()
    except actions.Faulty as refused:
        show(form, refused.faults, fields or {})
    except actions.AlreadyDecided as quicker:
        outcome = (outcomes or {}).get(quicker.outcome, "")
        said = refusing.already_sentence(quicker.by_name, moment(quicker.at), outcome, translation)
        return said, False
    except actions.NotAllowedNow as refused:
        return refusing.not_now_sentence(refused.code, translation), False
    else:
        return "", True
    return "", False


def show(form: Form, faults: Iterable[Fault], fields: dict[str, str]) -> None:
    """Beside the field it is about; above the form where there is none."""
    for fault in faults:
        name = fields.get(fault.field, fault.field)
        visible = name in form.fields and not form.fields[name].widget.is_hidden
        form.add_error(name if visible else None, refusing.fault_sentence(fault, translation))


def about(page: queries.RequestPage) -> dict[str, Any]:
    """What every page about a request shows. (`request` is HTTP's.)"""
    return {
        "page": page,
        "service_request": page.request,
        "kind_name": page.kind_as_read.get("name") or page.request.kind.name,
        "not_a_record": _(names.NOT_A_RECORD),
    }


def _now_seen(form: Form, page: queries.RequestPage) -> None:
    """The page is shown again, with what was added meanwhile: sent once more, the form says that it was seen."""
    if "seen" in form.fields:
        form.data = {**form.data.dict(), "seen": str(page.seen)}  # type: ignore[attr-defined]  # it was sent by a browser


def _why_not(page: queries.RequestPage, move: Move) -> str:
    code = not_now(move, queries.standing_of(page.request), now())
    return refusing.not_now_sentence(code, translation) if code else ""


def _not_now(request: Request, page: queries.RequestPage, move: Move) -> HttpResponse:
    why = _why_not(page, move)
    return render(request, "gate/not_now.html", {**about(page), "why": why}, status=STALE)
