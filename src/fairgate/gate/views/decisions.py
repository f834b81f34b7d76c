"""Reviews, decisions and second looks."""

from collections.abc import Collection

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.forms.decisions import AskAgainForm, DecideForm, LookAgainForm, ReviewForm
from fairgate.gate.rules import LookResult, Move, Outcome
from fairgate.gate.views.moving import Shown, moved, page_for
from fairgate.gate.views.showing import outcomes_in_words, typed
from fairgate.gate.views.slips import chosen_clause, rule_of, slip_options, slip_start
from fairgate.web.request import Request, posted


def review(request: Request, pk: int) -> HttpResponse:
    page = page_for(request, pk, Move.REVIEW)
    form = ReviewForm(posted(request))
    if form.is_valid() and _is_reviewed_so(request, page, form.cleaned_data["found"]):
        return redirect("gate:request", pk=pk)
    words = {
        "title": _("Review"),
        "lead": _("Say what you looked at and what you found. You, or a colleague, decide afterwards."),
        "button": _("Keep this review"),
    }
    shown = Shown(_("Kept. A decision comes next."), words=words)
    return moved(
        request, page, Move.REVIEW, form,
        lambda: actions.review(by=request.user, pk=pk, **form.cleaned_data), shown,
    )  # fmt: skip


def decide(request: Request, pk: int) -> HttpResponse:
    page = page_for(request, pk, Move.DECIDE)
    data, kept = typed(request)
    form = DecideForm(
        data,
        initial={**slip_start(request, pk), "seen": page.seen, **kept},
        outcomes=_outcomes(page, page.outcomes),
        **slip_options(request, page),
    )
    if _is_sent_twice(request, page, form):
        return redirect("gate:request", pk=pk)
    shown = Shown(
        _("Decided."), "gate/decide.html", {"clause": chosen_clause(request, page, form)}, {"slip": "outcome"}
    )
    return moved(
        request,
        page,
        Move.DECIDE,
        form,
        lambda: actions.decide(by=request.user, pk=pk, **form.decided()),
        shown,
    )


def ask_second_look(request: Request, pk: int) -> HttpResponse:
    page, form = page_for(request, pk, Move.ASK_SECOND_LOOK), AskAgainForm(posted(request))
    words = {
        "title": _("Ask for a second look"),
        "lead": _("Somebody else in %(unit)s, who neither reviewed nor decided this, looks at it afresh.")
        % {"unit": page.request.deciding_unit.name},
        "button": _("Ask for it"),
    }
    shown = Shown(_("Asked. You see the answer here."), words=words)
    return moved(
        request, page, Move.ASK_SECOND_LOOK, form,
        lambda: actions.ask_second_look(by=request.user, pk=pk, **form.cleaned_data), shown,
    )  # fmt: skip


def look_again(request: Request, pk: int) -> HttpResponse:
    """The second look itself: a colleague inside the function gives it."""
    page = page_for(request, pk, Move.LOOK_AGAIN)
    data, kept = typed(request)
    settling = [it for it in page.outcomes if it.is_final and it != page.request.outcome]
    form = LookAgainForm(
        data,
        initial={**slip_start(request, pk), **kept},
        outcomes=_outcomes(page, settling),
        results=[
            (LookResult.UPHELD.value, _("The decision stands")),
            (LookResult.OVERTURNED.value, _("It has to be decided otherwise")),
        ],
        **slip_options(request, page),
    )
    fields = {"slip": "outcome"}
    if form.is_bound and form.is_valid() and not form.overturns:
        fields["reasons"] = "look_reasons"
    words = {"clause": chosen_clause(request, page, form), "slip_clause": rule_of(page.slip)}
    shown = Shown(_("Kept."), "gate/look_again.html", words, fields)
    return moved(
        request, page, Move.LOOK_AGAIN, form,
        lambda: actions.look_again(by=request.user, pk=pk, **form.looked()), shown,
    )  # fmt: skip


def _outcomes(page: queries.RequestPage, allowed: Collection[Outcome]) -> list[tuple[str, str]]:
    words = outcomes_in_words(page)
    return [(it.value, words[it][:1].upper() + words[it][1:]) for it in Outcome if it in allowed]


def _is_reviewed_so(request: Request, page: queries.RequestPage, found: str) -> bool:
    """Whether the latest review is this very one: a button pressed twice."""
    last = page.reviews[-1] if page.reviews else None
    return (
        last is not None and last.reviewer.actor_id == request.user.actor_id and last.found == found.strip()
    )


def _is_sent_twice(request: Request, page: queries.RequestPage, form: DecideForm) -> bool:
    """Whether this very decision, by this very person, is the one that stands: a button pressed twice."""
    standing = page.standing
    if not form.is_bound or standing is None or standing.decided_by is None or not form.is_valid():
        return False
    return (
        standing.decided_by.actor_id == request.user.actor_id
        and standing.outcome == form.cleaned_data["outcome"]
        and page.seen - 1 == form.cleaned_data["seen"]
    )
