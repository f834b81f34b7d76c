"""Changing the rules of a gate: one form for each thing, a reason for each change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fairgate.gate import actions, queries
from fairgate.gate.forms.calendars import CalendarForm
from fairgate.gate.forms.editions import RetireForm, RuleForm
from fairgate.gate.forms.kinds import KindForm
from fairgate.gate.forms.standards import NewClauseForm, StandardForm
from fairgate.gate.forms.things import FORMS
from fairgate.gate.rules import Thing
from fairgate.gate.rules.presets import FaultyPreset
from fairgate.gate.wording import presets as wording
from fairgate.web.request import Request, posted

OK, STALE, UNFIT = 200, 409, 422


def edit(request: Request, thing: Thing, pk: int) -> HttpResponse:
    record = _kept(request, thing, pk)
    if thing is Thing.CALENDAR:
        return redirect("gate:calendar", unit=record.unit_id)
    form = FORMS[thing](posted(request), facts=queries.facts_of(thing, record), edition=record.edition)
    title = _("Change “%(name)s”") % {"name": _name(thing, record)}
    return _form(
        request, form, lambda: actions.edit(by=request.user, thing=thing, pk=pk, **form.said), title, _back(thing, record),
        editions=reverse("gate:editions", args=[thing, pk]),
    )  # fmt: skip


def add_kind(request: Request, preset: int) -> HttpResponse:
    into = _preset(request, preset)
    form = KindForm(posted(request), facts={"warn_days": 1})
    title = _("Offer another kind of request at %(unit)s") % {"unit": into.unit}
    return _form(
        request,
        form,
        lambda: _add(request, actions.add_kind, form, preset=preset),
        title,
        reverse("gate:kinds"),
    )


def add_standard(request: Request, preset: int) -> HttpResponse:
    into = _preset(request, preset)
    form = StandardForm(posted(request))
    title = _("Add a standard that %(unit)s decides by") % {"unit": into.unit}
    return _form(
        request,
        form,
        lambda: _add(request, actions.add_standard, form, preset=preset),
        title,
        reverse("gate:standards"),
    )


def add_clause(request: Request, pk: int) -> HttpResponse:
    standard = _kept(request, Thing.STANDARD, pk)
    form = NewClauseForm(posted(request))

    def act() -> object:
        number = form.cleaned_data["number"]
        return _add(request, actions.add_clause, form, standard=pk, number=number)

    title = _("Add a clause to %(standard)s") % {"standard": standard}
    return _form(request, form, act, title, reverse("gate:standard", args=[pk]))


def retire(request: Request, thing: Thing, pk: int) -> HttpResponse:
    """Out of use, or into use again where it was retired."""
    record = _kept(request, thing, pk)
    if thing not in queries.FLAGS:
        raise Http404
    in_use = queries.is_in_use(thing, record)
    form = RetireForm(posted(request))
    if form.is_valid():
        act = actions.retire if in_use else actions.reinstate
        act(by=request.user, thing=thing, pk=pk, reason=form.cleaned_data["reason"])
        messages.success(
            request, _("Retired. What rests on it stays as it was.") if in_use else _("In use again.")
        )
        return redirect(_back(thing, record))
    context = {
        "form": form,
        "name": _name(thing, record),
        "in_use": in_use,
        "back": _back(thing, record),
        "thing": thing,
        "part": _part(_back(thing, record)),
    }
    return render(request, "gate/retire.html", context, status=UNFIT if form.errors else OK)


def calendar(request: Request, unit: int) -> HttpResponse:
    """The working days of a deciding unit: to read for everybody, to set for those who keep its rules."""
    page = queries.calendar_page(request.user, queries.deciding_unit_for(request.user, unit))
    if request.method == "POST" and not page.may_keep:
        raise PermissionDenied
    kept = page.kept
    facts = queries.facts_of(Thing.CALENDAR, kept) if kept else {}
    form = CalendarForm(posted(request), facts=facts, edition=kept.edition if kept else 0)
    days = ", ".join(_(wording.WEEKDAY_NAMES[day]) for day in sorted(page.days.weekdays))
    holidays = [(date_format(day, "l, j M Y"), name) for day, name in queries.holidays_of(page)]
    context = {"page": page, "days": days, "holidays": holidays}
    editions = reverse("gate:editions", args=[Thing.CALENDAR, kept.pk]) if kept else ""
    return _form(
        request, form, lambda: actions.keep_calendar(by=request.user, unit=unit, **form.said),
        _("Working days of %(unit)s") % {"unit": page.unit}, reverse("gate:calendar", args=[unit]),
        editions=editions, template="gate/calendar.html", more=context,
    )  # fmt: skip


def _form(
    request: Request,
    form: RuleForm,
    act: Callable[[], object],
    title: str,
    back: str,
    editions: str = "",
    template: str = "gate/rule.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or do what it says. Whatever is wrong, nothing that was typed is lost."""
    overtaken = ""
    if form.is_valid():
        try:
            act()
        except FaultyPreset as refused:
            form.show(refused.faults)
        except actions.Stale as quicker:
            overtaken = _overtaken(quicker)
            form.look_again(quicker.edition)
        else:
            messages.success(request, _("Kept. The earlier edition stays readable."))
            return redirect(back)
    context = {
        "form": form,
        "form_title": title,
        "back": back,
        "overtaken": overtaken,
        "editions_url": editions,
    }
    status = STALE if overtaken else UNFIT if form.errors else OK
    return render(request, template, {**context, **(more or {})}, status=status)


def _add(request: Request, act: Callable[..., object], form: RuleForm, **where: Any) -> object:
    facts = {name: value for name, value in form.facts().items() if name not in where}
    return act(by=request.user, facts=facts, reason=form.cleaned_data["reason"], **where)


def _kept(request: Request, thing: Thing, pk: int) -> Any:
    """The thing, for somebody who may change it. Raises DoesNotExist, PermissionDenied."""
    record = queries.thing_for(request.user, thing, pk)
    if not queries.may_keep_rules(request.user, queries.unit_of(record).pk):
        raise PermissionDenied
    return record


def _preset(request: Request, pk: int) -> Any:
    return _kept(request, Thing.PRESET, pk)


def _name(thing: Thing, record: Any) -> str:
    return f"{record.number} {record.title}" if thing is Thing.CLAUSE else str(record)


def _back(thing: Thing, record: Any) -> str:
    """The page a thing is shown on."""
    if thing is Thing.CLAUSE:
        return reverse("gate:clause", args=[record.pk])
    if thing is Thing.STANDARD:
        return reverse("gate:standard", args=[record.pk])
    return reverse("gate:presets" if thing is Thing.PRESET else "gate:kinds")


def _part(back: str) -> str:
    """Which part of the room a form belongs to: that of the page it leads back to."""
    return next((part for part in ("kinds", "presets") if back == reverse(f"gate:{part}")), "standards")


def _overtaken(quicker: actions.Stale) -> str:
    at = date_format(timezone.localtime(quicker.at), "j M Y, H:i T") if quicker.at else ""
    said = {"name": quicker.by_name, "at": at, "edition": quicker.edition}
    return (
        translation.gettext(
            "%(name)s changed this while you wrote (%(at)s, edition %(edition)s). What you typed is still here. Look at what it"
            " says now; if you save again, yours takes its place."
        )
        % said
    )
