"""The form, by a personal link or signed in. What was answered goes to `actions.answer` and nowhere else: not into messages,
sessions, addresses or logs."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.voice import actions, queries
from fairgate.voice.forms import AnswerForm
from fairgate.voice.rules import FEWEST
from fairgate.voice.rules.errors import BadAnswers, Left, LinkUnknown, PeriodOver, VoiceError
from fairgate.voice.views.discretion import by_link_only, discreet
from fairgate.voice.wording import answering, promises
from fairgate.voice.wording.dates import day
from fairgate.web.request import Request

Frame = dict[str, Any]
# The frame without anybody: no navigation and no messages, because a page of the form is about nothing else. By link there is
# no token either, so that no cookie is set.
SIGNED_IN: Frame = {"user": None, "messages": ()}
BY_LINK: Frame = {**SIGNED_IN, "csrf_token": ""}
# ``form_at``: where a page leads that answers to an address which only takes posts; itself, where it isn't given.
STATUS = {LinkUnknown: HTTPStatus.NOT_FOUND, PeriodOver: HTTPStatus.GONE, Left: HTTPStatus.GONE}


@by_link_only
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The form for whoever has the link."""
    try:
        page = queries.by_link(token)
        return _form(request, page, reverse("voice:link-take-back", args=[token]), BY_LINK)
    except Left as left:
        return _left(request, left, reverse("voice:link-take-back", args=[token]))
    except VoiceError as refused:
        return _no_form(request, refused, BY_LINK)


@by_link_only
@require_POST
def link_take_back(request: HttpRequest, token: str) -> HttpResponse:
    try:
        actions.take_back(by=queries.door_by_link(token))
    except VoiceError as refused:
        return _no_form(request, refused, {**BY_LINK, "form_at": reverse("voice:link", args=[token])})
    return _to_thanks(request, "deleted")


@discreet
def mine(request: Request) -> HttpResponse:
    """The same form for somebody signed in."""
    try:
        page = queries.mine_for(request.user)
        if page is None:
            return _say(request, answering.NO_FORM["not-asked"], SIGNED_IN)
        return _form(request, page, reverse("voice:mine-take-back"), SIGNED_IN)
    except VoiceError as refused:
        return _no_form(request, refused, SIGNED_IN)


@discreet
@require_POST
def mine_take_back(request: Request) -> HttpResponse:
    at_the_form = {**SIGNED_IN, "form_at": reverse("voice:mine")}
    try:
        page = queries.mine_for(request.user)
        if page is None:
            return _say(request, answering.NO_FORM["not-asked"], at_the_form)
        actions.take_back(by=page.door)
    except VoiceError as refused:
        return _no_form(request, refused, at_the_form)
    return _to_thanks(request, "deleted")


@by_link_only
def thanks(request: HttpRequest) -> HttpResponse:
    """The same for everybody: it doesn't know who answered."""
    return _say(request, answering.DELETED if "deleted" in request.GET else answering.THANKS, BY_LINK)


def _form(request: HttpRequest, page: queries.AnswerPage, take_back: str, frame: Frame) -> HttpResponse:
    form = AnswerForm(request.POST, form=page.form) if request.method == "POST" else None
    problem = ""
    if form is not None and not (problem := form.problem):
        try:
            actions.answer(by=page.door, answers=form.answers())
        except BadAnswers:
            problem = _(answering.NOT_A_STEP)
        else:
            return _to_thanks(request)
    until = day(page.until, translation)
    context = {
        **frame,
        **_languages(),
        "page": page,
        "given": form.given() if form else None,
        "problem": problem,
        "first": page.form.items[0].code,
        "title": answering.title(page, translation),
        "about": answering.about(page, translation),
        "what_it_is": answering.what_it_is(page, translation),
        "turn_to": promises.turn_to(page.turn_to, translation),
        "promises": promises.on_the_form(until, FEWEST, translation),
        "address": _spoken(request, request.path),
        "take_back": _spoken(request, take_back),
    }
    return render(request, "voice/answer.html", context, status=422 if problem else 200)


def _no_form(request: HttpRequest, refused: VoiceError, frame: Frame) -> HttpResponse:
    code = "lost" if isinstance(refused, PeriodOver) and refused.lost else refused.code
    said = answering.NO_FORM.get(code, answering.NO_FORM["link-unknown"])
    return _say(request, said, frame, STATUS.get(type(refused), HTTPStatus.CONFLICT))


def _left(request: HttpRequest, left: Left, take_back: str) -> HttpResponse:
    """Nothing is asked any more; what was answered may still be deleted."""
    if not left.answered:
        return _no_form(request, left, BY_LINK)
    frame = {**BY_LINK, "take_back": _spoken(request, take_back)}
    return _say(request, answering.LEFT_AN_ANSWER, frame, STATUS[Left])


def _say(
    request: HttpRequest, said: answering.Said, frame: Frame, status: int = HTTPStatus.OK
) -> HttpResponse:
    heading, sentences = said
    context = {
        **frame,
        **_languages(),
        "title": _(heading),
        "sentences": [_(sentence) for sentence in sentences],
    }
    return render(request, "voice/said.html", context, status=status)


def _languages() -> Frame:
    return {"languages": answering.LANGUAGES, "language": translation.get_language()}


def _to_thanks(request: HttpRequest, *flags: str) -> HttpResponse:
    address = _spoken(request, reverse("voice:thanks"))
    for flag in flags:
        address += f"{'&' if '?' in address else '?'}{flag}"
    return redirect(address)


def _spoken(request: HttpRequest, address: str) -> str:
    """The address, in the language that was chosen by hand."""
    chosen = request.GET.get("language", "")
    return f"{address}?language={chosen}" if chosen in dict(answering.LANGUAGES) else address
