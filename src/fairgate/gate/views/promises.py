"""The gate's front page, and the promises it makes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import queries
from fairgate.gate.wording import names, promised
from fairgate.web.request import Request


def gate(request: Request) -> HttpResponse:
    if not queries.may_read(request.user):
        raise PermissionDenied
    figures = queries.promise_figures(request.user)
    waiting = queries.waiting_for(request.user)
    context = {
        "lead": promised.front(len(waiting), queries.slips_missing(request.user), translation),
        "promised": promised.lead(figures, translation),
        "waiting": waiting[:10],
        "may_submit": queries.may_ask(request.user),
        "links": _links(request),
        "not_a_record": _(names.NOT_A_RECORD),
    }
    return render(request, "gate/gate.html", context)


def promises(request: Request) -> HttpResponse:
    if not queries.may_read(request.user):
        raise PermissionDenied
    figures = queries.promise_figures(request.user)
    rows = [
        {
            "kind": it.kind.name,
            "unit": it.unit.name,
            "figures": it.figures,
            "percent": promised.percent(it.figures.share),
        }
        for it in queries.promises_by_kind(request.user)
    ]
    context = {
        "lead": promised.lead(figures, translation),
        "range": promised.range_(figures, translation),
        "basis": promised.basis(translation),
        "rows": rows,
        "due": queries.due_soon(request.user),
    }
    return render(request, "gate/promises.html", context)


def _links(request: Request) -> list[dict[str, Any]]:
    """The other parts of the room, as far as they are this person's."""
    parts = [
        (
            "gate:standards",
            _("Standards"),
            _("The written rules that decisions rest on, with good examples."),
        ),
        ("gate:kinds", _("What can be asked"), _("Kinds of request, their outcomes and promise times.")),
    ]
    if queries.may_look_at_imports(request.user):
        parts.append(("gate:imports", _("Imports"), _("Decisions that were made in another system.")))
    if queries.may_keep_any(request.user):
        parts.append(
            ("gate:presets", _("Presets"), _("The trade’s words, kinds and standards, ready to install."))
        )
        parts.append(("gate:teams", _("Teams"), _("Groups inside a unit that decides.")))
    return [{"url": reverse(name), "label": label, "hint": hint} for name, label, hint in parts]
