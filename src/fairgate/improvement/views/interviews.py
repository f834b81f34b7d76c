"""Asking somebody for thirty minutes: the plan, the letter, the calendar file, the questions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.improvement import actions, queries
from fairgate.improvement.forms import (
    NOBODY_HERE,
    GuideForm,
    HoldForm,
    InterviewFilter,
    MeetingForm,
    PlanForm,
    ReasonForm,
)
from fairgate.improvement.rules import Direction
from fairgate.improvement.tables import InterviewTable
from fairgate.improvement.views.pages import done, file, form_page, paged
from fairgate.improvement.wording import letters
from fairgate.improvement.wording.calendar_file import Appointment, calendar_file
from fairgate.improvement.wording.front import why_asked
from fairgate.organisation.queries import unit_for
from fairgate.web.request import Request, posted


def interviews(request: Request) -> HttpResponse:
    units = [(unit.pk, unit.name) for unit in queries.talked_with_units(request.user)]
    wanted = InterviewFilter(units, request.GET)
    found = queries.interviews_for(request.user, **wanted.wanted())
    table = paged(request, InterviewTable(found))
    context = {"table": table, "filter": wanted, "any": bool(units)}
    return render(request, "improvement/interviews.html", context)


def plan(request: Request, direction: Direction, unit: int, other: int) -> HttpResponse:
    guide = queries.guide_for(request.user, unit, direction)
    there = unit_for(request.user, other)
    people = [(one.pk, one.name) for one in queries.people_in(other) if one != request.user]
    letter = letters.filled(guide.invitation, name="{name}", ours=guide.unit.name, theirs=there.name)
    initial = {
        "invitation": letter,
        "zone": settings.TIME_ZONE,
        "person": people[0][0] if people else NOBODY_HERE,
    }
    form = PlanForm(people, posted(request), initial=initial)
    planned: list[Any] = []
    if done(form, lambda: planned.append(_planned(request, form, dict(people), direction, unit, other))):
        messages.success(request, _("Planned. Now send the invitation."))
        return redirect("improvement:interview", pk=planned[0].pk)
    return form_page(
        request,
        form,
        title=_("Ask %(unit)s for thirty minutes") % {"unit": there.name},
        lead=why_asked(direction, guide.unit.name, there.name, translation),
        button=_("Plan it"),
        parent=_("Whom to talk with"),
        parent_url=reverse("improvement:customers"),
        back=reverse("improvement:customers"),
    )


def _planned(
    request: Request, form: PlanForm, people: dict[int, str], direction: Direction, unit: int, other: int
) -> Any:
    """Planned, with the name of whoever was chosen put into the letter."""
    values = dict(form.cleaned_data)
    name = people.get(values["person"], values["person_name"])
    values["invitation"] = values["invitation"].replace("{name}", name)
    return actions.plan(by=request.user, direction=direction, unit=unit, other=other, **values)


def interview(request: Request, pk: int) -> HttpResponse:
    page = queries.page_of_interview(request.user, pk)
    context = {
        "page": page,
        "interview": page.interview,
        "when": letters.when(page.starts, page.interview.zone, translation),
        "subject": letters.subject(page.interview, translation),
        "letter": letters.letter(page.interview, page.starts, translation),
        "mail": letters.mail_link(page.interview, page.starts, translation),
        "commitments": [(one, queries.fate_of(one)) for one in page.commitments],
    }
    return render(request, "improvement/interview.html", context)


def calendar(request: Request, pk: int) -> HttpResponse:
    page = queries.page_of_interview(request.user, pk)
    one = page.interview
    content = calendar_file(
        Appointment(
            uid=f"{one.uid}@fairgate",
            sequence=one.sequence,
            starts=one.starts_at,
            minutes=letters.MINUTES,
            zone=one.zone,
            title=letters.subject(one, translation),
            description=letters.letter(one, page.starts, translation),
            place=one.place,
        )
    )
    return file(content, "text/calendar; charset=utf-8", f"fairgate-{one.pk}.ics")


def change(request: Request, pk: int) -> HttpResponse:
    one = _of_team(request, pk)
    starts = queries.page_of_interview(request.user, pk).starts
    initial = {
        "day": starts.date(), "hour": starts.time(), "zone": one.zone, "place": one.place,
        "invitation": one.invitation, "seen": one.sequence,
    }  # fmt: skip
    form = MeetingForm(posted(request), initial=initial)
    if done(form, lambda: actions.change(by=request.user, pk=pk, **_with_seen(form.cleaned_data))):
        messages.success(request, _("Changed. Send the invitation and the calendar file once more."))
        return redirect("improvement:interview", pk=pk)
    return _about(request, one, form, _("Another time, place or letter"), _("Keep it"))


def hold(request: Request, pk: int) -> HttpResponse:
    one = _of_team(request, pk)
    form = HoldForm(posted(request), initial={"on": queries.today()})
    if done(form, lambda: actions.hold(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Good. Sum it up while you remember it."))
        return redirect("improvement:interview", pk=pk)
    return _about(
        request, one, form, _("You talked with %(name)s") % {"name": one.person_name}, _("It was held")
    )


def call_off(request: Request, pk: int) -> HttpResponse:
    one = _of_team(request, pk)
    form = ReasonForm(posted(request))
    if done(form, lambda: actions.call_off(by=request.user, pk=pk, **form.cleaned_data)):
        messages.success(request, _("Called off. Tell them, too."))
        return redirect("improvement:interview", pk=pk)
    return _about(request, one, form, _("Call it off"), _("Call it off"))


def guide(request: Request, direction: Direction, unit: int) -> HttpResponse:
    found = queries.guide_for(request.user, unit, direction)
    initial = {"invitation": found.invitation, "questions": "\n".join(found.questions), "seen": found.number}
    form = GuideForm(posted(request), initial=initial)
    if done(
        form, lambda: actions.edit_guide(by=request.user, unit=unit, direction=direction, **form.parts())
    ):
        messages.success(request, _("Kept as a new edition. Interviews planned before keep their questions."))
        return redirect("improvement:guide", direction=direction, unit=unit)
    context = {"form": form, "guide": found, "mirror": direction is Direction.SUPPLIER}
    return render(request, "improvement/guide.html", context, status=422 if form.errors else 200)


def _of_team(request: Request, pk: int) -> Any:
    return queries.team_interview_for(request.user, pk)


def _with_seen(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "seen": -1 if values["seen"] is None else values["seen"]}


def _about(request: Request, one: Any, form: Any, title: str, button: str) -> HttpResponse:
    """A form about one interview."""
    address = reverse("improvement:interview", args=[one.pk])
    return form_page(
        request,
        form,
        title=title,
        button=button,
        parent=f"{one.person_name}, {one.other.name}",
        parent_url=address,
        back=address,
    )
