"""The page of a request, and what can be done to it besides reviewing and deciding."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.forms.requests import ReasonForm, ReassignForm, WarningForm
from fairgate.gate.rules import Move
from fairgate.gate.templatetags.gate import moment
from fairgate.gate.views import showing
from fairgate.gate.views.moving import Shown, about, moved, page_for
from fairgate.gate.wording import pages
from fairgate.shared.clock import now
from fairgate.web.request import Request, posted


def request_page(request: Request, pk: int) -> HttpResponse:
    page = queries.page_of_request(request.user, pk)
    outcomes = showing.outcomes_in_words(page)
    context = {
        **about(page),
        "lead": showing.lead(page),
        "can": showing.can(page),
        "facts": showing.facts(page),
        "notices": pages.notices(page, now(), moment, translation),
        "history": pages.history(page, outcomes, moment, translation),
    }
    return render(request, "gate/request.html", context)


def withdraw(request: Request, pk: int) -> HttpResponse:
    page, form = page_for(request, pk, Move.WITHDRAW), ReasonForm(posted(request))
    words = {
        "title": _("Withdraw this request?"),
        "lead": _("It stays readable, and nobody decides on it any more. You can submit an improved one."),
        "button": _("Withdraw"),
        "danger": True,
    }
    shown = Shown(_("Withdrawn."), words=words)
    return moved(
        request, page, Move.WITHDRAW, form,
        lambda: actions.withdraw(by=request.user, pk=pk, **form.cleaned_data), shown,
    )  # fmt: skip


def warn(request: Request, pk: int) -> HttpResponse:
    page, form = page_for(request, pk, Move.WARN), WarningForm(posted(request))
    promised = page.request.expected_by
    words = {
        "title": _("Say that it will be late"),
        "lead": _(
            "The answer is promised by %(when)s. Said early, a delay can be planned for. The first promise still counts."
        )
        % {"when": moment(promised)},
        "button": _("Tell them"),
    }
    shown = Shown(_("They see the new date now."), words=words)
    return moved(
        request,
        page,
        Move.WARN,
        form,
        lambda: actions.warn(by=request.user, pk=pk, **form.cleaned_data),
        shown,
    )


def reassign(request: Request, pk: int) -> HttpResponse:
    page = page_for(request, pk, Move.REASSIGN)
    able = queries.reviewers_for(page.request)
    others = [(person.pk, person.name) for person in able if person.pk != page.request.reviewer_id]
    form = ReassignForm(posted(request), people=others)
    now_with = page.request.reviewer.name if page.request.reviewer else _("nobody")
    words = {
        "title": _("Give it to somebody else"),
        "lead": _("It is with %(name)s now. Those who ask never choose who looks at it.")
        % {"name": now_with},
        "button": _("Give it to them"),
    }
    shown = Shown(_("Given to somebody else."), words=words)
    return moved(
        request, page, Move.REASSIGN, form,
        lambda: actions.reassign(by=request.user, pk=pk, **form.cleaned_data), shown,
    )  # fmt: skip
