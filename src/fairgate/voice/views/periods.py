"""Periods: what everybody may know of them, and what the privacy officer does with them. A key passes through and is kept
nowhere: not in a message, a session, a log or an error report."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from fairgate.voice import actions, queries
from fairgate.voice.forms import ClosingForm, GiveUpForm, PeriodForm
from fairgate.voice.rules import BadPeriod, PeriodPage, VoiceError, WrongState
from fairgate.voice.wording import periods as wording
from fairgate.voice.wording import results as published
from fairgate.voice.wording.dates import day
from fairgate.voice.wording.promises import turn_to
from fairgate.voice.wording.refused import why
from fairgate.web.request import Request, posted

# Which form of the page a refused key belongs to.
CONFIRM, PREVIEW, CLOSE = "confirm", "preview", "close"


@never_cache
def front(request: Request) -> HttpResponse:
    rows = queries.periods_for(request.user)
    context = {
        "rows": [
            (row, _(wording.STATES[row.state]), wording.span(row.starts_on, row.ends_on, translation))
            for row in rows
        ],
        "lead": wording.front(rows, translation),
        "keeps_keys": queries.may_keep_keys(request.user),
        "mine": queries.mine_for(request.user),
    }
    return render(request, "voice/front.html", context)


@never_cache
@sensitive_variables()
def new_period(request: Request) -> HttpResponse:
    """The answer to a filled form is the key file itself: it is nowhere else."""
    if not queries.may_keep_keys(request.user):
        raise PermissionDenied
    form = PeriodForm(posted(request))
    if form.is_valid():
        try:
            made = actions.announce_period(by=request.user, **form.given())
        except BadPeriod as refused:
            form.add_error(refused.field if refused.field in form.fields else None, why(refused, translation))
        except VoiceError as refused:
            form.add_error(None, why(refused, translation))
        else:
            return _download(made.key_file.content, made.key_file.name, "text/plain; charset=utf-8")
    return render(request, "voice/new_period.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def period(request: Request, pk: UUID) -> HttpResponse:
    actions.sweep_keys(by=request.user)  # of a job that was cancelled
    return _page(request, queries.period_for(request.user, pk))


@never_cache
@require_POST
@sensitive_variables()
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """Shows that the key file arrived. From then on people are asked."""

    def confirmed(key: bytes, _without: int) -> HttpResponse:
        actions.confirm_key(by=request.user, pk=pk, content=key)
        messages.success(request, _("The key fits. People are asked from now on, the day after a decision."))
        return redirect("voice:period", pk=pk)

    return _with_key(request, pk, CONFIRM, confirmed)


@never_cache
@require_POST
@sensitive_variables()
def preview(request: Request, pk: UUID) -> HttpResponse:
    def asked(key: bytes, _without: int) -> HttpResponse:
        job = actions.request_preview(
            by=request.user, pk=pk, key=key, done_at=reverse("voice:period", args=[pk])
        )
        return redirect("work:job", job.pk)

    return _with_key(request, pk, PREVIEW, asked)


@never_cache
@require_POST
@sensitive_variables()
def close(request: Request, pk: UUID) -> HttpResponse:
    def asked(key: bytes, without: int) -> HttpResponse:
        done_at = reverse("voice:results", args=[pk])
        job = actions.request_closing(by=request.user, pk=pk, key=key, done_at=done_at, without=without)
        return redirect("work:job", job.pk)

    return _with_key(request, pk, CLOSE, asked)


@require_POST
def discard(request: Request, pk: UUID) -> HttpResponse:
    """The key file didn't arrive, and nobody was asked yet: as if it had never been announced."""

    def gone() -> HttpResponse:
        actions.discard_period(by=request.user, pk=pk)
        messages.success(request, _("The period is discarded. Announce it again, and keep the file."))
        return redirect("voice:front")

    return _done_or_said(request, pk, gone)


@require_POST
def invite(request: Request, pk: UUID) -> HttpResponse:
    """Letters go out every night; this doesn't wait for it."""

    def sent() -> HttpResponse:
        sent = actions.send_invitations(by=request.user)
        text = ngettext("{n} more person is asked.", "{n} more people are asked.", sent.asked).format(
            n=sent.asked
        )
        if sent.without_mail:
            text += " " + ngettext(
                "{n} has no mail address here and is asked at home only.",
                "{n} have no mail address here and are asked at home only.",
                sent.without_mail,
            ).format(n=sent.without_mail)
        messages.success(request, text)
        return redirect("voice:period", pk=pk)

    return _done_or_said(request, pk, sent)


@require_POST
def end(request: Request, pk: UUID) -> HttpResponse:
    def ended() -> HttpResponse:
        actions.end_period(by=request.user, pk=pk)
        messages.success(request, _("Answers are no longer taken."))
        return redirect("voice:period", pk=pk)

    return _done_or_said(request, pk, ended)


@never_cache
def give_up(request: Request, pk: UUID) -> HttpResponse:
    """The key is lost: nobody will ever read these answers."""
    page = queries.period_for(request.user, pk)
    if not page.keeps_keys:
        raise PermissionDenied
    form = GiveUpForm(posted(request))
    if form.is_valid():
        try:
            actions.give_up(by=request.user, pk=pk, reason=form.cleaned_data["reason"])
        except VoiceError as refused:
            messages.error(request, why(refused, translation))
        return redirect("voice:period", pk=pk)
    context = {"page": page, "form": form}
    return render(request, "voice/give_up.html", context, status=422 if form.errors else 200)


def _with_key(
    request: Request, pk: UUID, place: str, use: Callable[[bytes, int], HttpResponse]
) -> HttpResponse:
    """Does it with the uploaded key, or says why not: beside the field, or above a page that has none any more."""
    page = queries.period_for(request.user, pk)
    if not page.keeps_keys:
        raise PermissionDenied
    form = _key_form(place, page, request.POST, request.FILES)
    if form.is_valid():
        try:
            return use(form.cleaned_data["key"], form.given())
        except WrongState as refused:
            messages.error(request, why(refused, translation))
            return redirect("voice:period", pk=pk)
        except VoiceError as refused:
            form.add_error("key", why(refused, translation))
    return _page(request, page, {place: form}, status=422)


def _key_form(place: str, page: PeriodPage, *given: Any) -> ClosingForm:
    """Only closing asks about answers that can't be read, and only where a preview found too many."""
    asks = place == CLOSE and page.preview is not None and page.preview.too_many
    return ClosingForm(
        *given, prefix=place, unreadable=page.preview.unreadable if asks and page.preview else 0
    )


def _done_or_said(request: Request, pk: UUID, do: Callable[[], HttpResponse]) -> HttpResponse:
    queries.period_for(request.user, pk)  # to whoever may not know of it, it isn't there
    try:
        return do()
    except VoiceError as refused:
        messages.error(request, why(refused, translation))
        return redirect("voice:period", pk=pk)


def _page(
    request: Request, page: PeriodPage, forms: dict[str, ClosingForm] | None = None, status: int = 200
) -> HttpResponse:
    given = forms or {}
    context: dict[str, Any] = {
        "page": page,
        "state": _(wording.STATES[page.row.state]),
        "lead": wording.lead(page, translation),
        "asked": wording.asked(page, translation),
        "preview": wording.preview(page.preview, translation) if page.preview else [],
        "audit": [published.audit(page.preview.audit, translation)] if page.preview else [],
        "turn_to": turn_to(page.turn_to, translation),
        "days": wording.span(page.row.starts_on, page.row.ends_on, translation),
        "until": day(page.row.answers_until, translation),
        "form": next(iter(given.values()), None),
        **{
            f"{place}_form": given.get(place) or _key_form(place, page) for place in (CONFIRM, PREVIEW, CLOSE)
        },
    }
    return render(request, "voice/period.html", context, status=status)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
