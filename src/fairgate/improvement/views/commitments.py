"""What was promised, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fairgate.improvement import actions, queries
from fairgate.improvement.forms import (
    AnswerForm,
    BetweenForm,
    CloseForm,
    CommitmentFilter,
    PromiseForm,
    ReassignForm,
    ReopenForm,
    TellingForm,
)
from fairgate.improvement.rules import Move
from fairgate.improvement.tables import CommitmentTable
from fairgate.improvement.views.pages import done, file, form_page, number, paged
from fairgate.improvement.wording.names import COMMITMENT_COLUMNS
from fairgate.web import spreadsheet
from fairgate.web.request import Request, posted

MOST_ROWS = 50_000


def commitments(request: Request) -> HttpResponse:
    everything = queries.commitments_for(request.user)
    wanted = _filter(request)
    found = queries.commitments_for(request.user, **wanted.wanted())
    context = {
        "table": paged(request, CommitmentTable(found)),
        "filter": wanted,
        "any": everything.exists(),
        "may_promise": bool(queries.promising(request.user)),
        "asked_for": request.GET.urlencode(),
    }
    return render(request, "improvement/commitments.html", context)


def export(request: Request, form: str) -> HttpResponse:
    found = queries.commitments_for(request.user, **_filter(request).wanted())[: MOST_ROWS + 1]
    rows = [queries.cells(one) for one in found]
    notes = _what_is_missing(rows)
    header = [_(label) for label in COMMITMENT_COLUMNS.values()]
    lines = [[row[column] for column in COMMITMENT_COLUMNS] for row in rows]
    if form == "csv":
        content = spreadsheet.csv_text(header, [*lines, *([note] for note in notes)])
        return file(content, spreadsheet.CSV, "fairgate-commitments.csv")
    if form == "xlsx":
        content = spreadsheet.xlsx(_("Commitments"), header, lines, notes)
        return file(content, spreadsheet.XLSX, "fairgate-commitments.xlsx")
    raise Http404


def _what_is_missing(rows: list[Any]) -> list[str]:
    """The rows become as many as fit; a note says so where there were more."""
    if len(rows) <= MOST_ROWS:
        return []
    del rows[MOST_ROWS:]
    text = _("Only the %(most)s due first are here; narrow the list to get the others.")
    return [text % {"most": f"{MOST_ROWS:,}"}]


def between(request: Request) -> HttpResponse:
    """Who promises whom, before what."""
    pairs = queries.promising(request.user)
    if not pairs:
        raise PermissionDenied
    units = [(unit.pk, unit.name) for unit in pairs]
    others = {other.pk: other.name for known in pairs.values() for other in known}
    form = BetweenForm(units, others.items(), posted(request), initial=request.GET.dict())
    if form.is_valid():
        return redirect("improvement:promise", unit=form.cleaned_data["unit"], other=form.cleaned_data["to"])
    back = reverse("improvement:commitments")
    words = {
        "title": _("Promise something"),
        "button": _("Go on"),
        "parent": _("Commitments"),
        "parent_url": back,
    }
    return form_page(request, form, back=back, **words)


def promise(request: Request, unit: int, other: int) -> HttpResponse:
    talk = number(request.GET.get("interview"))
    heard = queries.promise_page(request.user, unit, other, talk)
    names = {"ours": heard.unit.name, "theirs": heard.to.name}
    owners = [(one.pk, one.name) for one in heard.owners]
    people = [(one.pk, one.name) for one in heard.people]
    initial = {"owner": heard.owner, "person": heard.person}
    form = PromiseForm(owners, people, posted(request), initial=initial)
    made: list[Any] = []
    if done(
        form,
        lambda: made.append(
            actions.promise(by=request.user, unit=unit, to=other, interview=talk, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("Promised. It comes back to them, with what becomes of it."))
        if talk:
            return redirect("improvement:interview", pk=talk)
        return redirect("improvement:commitment", pk=made[0].pk)
    back = reverse("improvement:interview", args=[talk]) if talk else reverse("improvement:commitments")
    return form_page(
        request,
        form,
        title=_("What %(ours)s promises %(theirs)s") % names,
        button=_("Promise it"),
        parent=_("Commitments"),
        parent_url=reverse("improvement:commitments"),
        back=back,
    )


def commitment(request: Request, pk: int) -> HttpResponse:
    page = queries.page_of_commitment(request.user, pk)
    return render(request, "improvement/commitment.html", {"page": page, "commitment": page.commitment})


def close(request: Request, pk: int) -> HttpResponse:
    one = _allowed(request, pk, queries.may_close)
    form = CloseForm(posted(request))
    if done(form, lambda: actions.close(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Closed. The other side is asked whether it was kept."))
        return redirect("improvement:commitment", pk=pk)
    return _about(request, one, form, Move.CLOSE, _("What became of it?"), _("Close it"))


def reopen(request: Request, pk: int) -> HttpResponse:
    one = _allowed(request, pk, queries.may_close)
    form = ReopenForm(posted(request))
    if done(form, lambda: actions.reopen(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Open again."))
        return redirect("improvement:commitment", pk=pk)
    return _about(request, one, form, Move.REOPEN, _("Take it up again"), _("Open it again"))


def reassign(request: Request, pk: int) -> HttpResponse:
    one = _allowed(request, pk, queries.may_reassign)
    owners = [(person.pk, person.name) for person in queries.owners_in(one.unit_id)]
    form = ReassignForm(owners, posted(request), initial={"owner": one.owner_id})
    if done(form, lambda: actions.reassign(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Given to somebody else."))
        return redirect("improvement:commitment", pk=pk)
    return _about(request, one, form, Move.REASSIGN, _("Give it to somebody else"), _("Give it"))


def answer(request: Request, pk: int) -> HttpResponse:
    one = _allowed(request, pk, queries.may_answer)
    form = AnswerForm(posted(request))
    if done(form, lambda: actions.answer(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Thank you. They see what you said."))
        return redirect("improvement:commitment", pk=pk)
    return _about(request, one, form, Move.ANSWER, _("Was this kept?"), _("Say it"))


def _filter(request: Request) -> CommitmentFilter:
    units = [(unit.pk, unit.name) for unit in queries.promised_units(request.user)]
    return CommitmentFilter(units, request.GET)


def _allowed(request: Request, pk: int, may: Any) -> Any:
    one = queries.commitment_for(request.user, pk)
    if not may(request.user, one):
        raise PermissionDenied
    return one


def _about(
    request: Request, one: Any, form: TellingForm, move: Move, title: str, button: str
) -> HttpResponse:
    """A form about one commitment; back to its page where it stands differently now."""
    if request.method == "GET" and move not in queries.moves(request.user, one):
        messages.error(request, _("It stands differently now."))
        return redirect("improvement:commitment", pk=one.pk)
    back = reverse("improvement:commitment", args=[one.pk])
    parent = {"parent": _("Commitments"), "parent_url": reverse("improvement:commitments")}
    return form_page(request, form, title=title, lead=one.what, button=button, back=back, **parent)
