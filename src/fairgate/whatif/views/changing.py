"""Making a scenario, changing what it says, calibrating it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.web.request import Request, posted
from fairgate.whatif import actions, queries
from fairgate.whatif.forms import RecordsForm, SectionForm, StartForm, told
from fairgate.whatif.wording import assumptions
from fairgate.whatif.wording import records as counted
from fairgate.whatif.wording.names import SECTIONS


def new_scenario(request: Request) -> HttpResponse:
    """A name and whose checks; then records, or the plant of the examples."""
    units = [(unit.pk, unit.name) for unit in queries.units_for(request.user)]
    if not units and not queries.may_make(request.user, 0):
        raise PermissionDenied
    form = StartForm(posted(request), units=units, initial={"unit": units[0][0]} if units else None)
    if form.is_valid():
        made = actions.make_scenario(
            by=request.user, unit=form.cleaned_data["unit"], name=form.cleaned_data["name"]
        )
        messages.success(request, _("Made, with the numbers of the examples. Now let your records speak."))
        return redirect("whatif:records", pk=made.pk)
    context = {"form": form, "units": units}
    return render(request, "whatif/new_scenario.html", context, status=422 if form.errors else 200)


def records(request: Request, pk: UUID) -> HttpResponse:
    """Which records are about its lots, and what they tell."""
    page = _page(request, pk)
    if page.is_old:
        return redirect("whatif:scenario", pk=pk)
    choosable = queries.choosable(page.scenario.unit_id)
    form = RecordsForm(
        posted(request), choosable=choosable, chosen=queries.chosen_in(page.edition, choosable)
    )
    if form.is_valid():
        try:
            made = actions.calibrate_scenario(
                by=request.user,
                pk=pk,
                seen=_seen(request),
                window=form.window(),
                counts=form.counts(request.user.actor_name),
            )
        except actions.NoRecords:
            form.add_error(None, _("Nothing was decided yet on such requests, so there is nothing to count."))
        except actions.Changed:
            form.add_error(None, _changed())
        except actions.CounterfactualError as error:
            # What somebody holds against it and what was counted don't go together.
            form.add_error(None, told(error))
        else:
            messages.success(
                request, _("Counted. What the records tell is measured now, with the figures it comes from.")
            )
            if kept := counted.kept(made.own, translation):
                messages.info(request, kept)
            return redirect("whatif:scenario", pk=pk)
    context = {
        "page": page,
        "form": form,
        "choosable": choosable,
        "told": counted.sentences(page.edition.records, translation) if page.edition.records else [],
        "doubts": counted.doubts(page.edition.records, translation) if page.edition.records else [],
        **_up(page),
    }
    return render(request, "whatif/records.html", context, status=422 if form.errors else 200)


def section(request: Request, pk: UUID, section: str) -> HttpResponse:
    """The parameters of one section."""
    if section not in SECTIONS:
        raise Http404
    page = _page(request, pk)
    if page.is_old:
        return redirect("whatif:scenario", pk=pk)
    lines = dict(page.sections)[section]
    form = SectionForm(posted(request), lines=lines, said=page.edition.said)
    if form.is_valid():
        entries = form.entries()
        if not entries:
            messages.info(request, _("Nothing was changed."))
            return redirect("whatif:scenario", pk=pk)
        try:
            actions.change_scenario(
                by=request.user, pk=pk, seen=_seen(request), entries=entries, note=form.cleaned_data["note"]
            )
        except actions.Changed:
            form.add_error(None, _changed())
        except actions.CounterfactualError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved as a new edition, with your name."))
            return redirect("whatif:scenario", pk=pk)
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "groups": list(form.groups()),
        "heading": _(SECTIONS[section]),
        "origins": {it.parameter.name: assumptions.origin(it.belief, translation) for it in lines},
        **_up(page),
    }
    return render(request, "whatif/section.html", context, status=422 if form.errors else 200)


@require_POST
def renew(request: Request, pk: UUID) -> HttpResponse:
    """A copy of what an older version of the model wrote, in the present one."""
    try:
        actions.renew_scenario(by=request.user, pk=pk, seen=_seen(request))
    except actions.Changed:
        messages.error(request, _changed())
    else:
        messages.success(
            request, _("Carried over as a new edition. Look it through: numbers may mean something else now.")
        )
    return redirect("whatif:scenario", pk=pk)


def _page(request: Request, pk: UUID) -> queries.ScenarioPage:
    page = queries.scenario_page(request.user, pk)
    if not page.may_make:
        raise PermissionDenied
    return page


def _seen(request: Request) -> int:
    """The edition the person had before their eyes."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and seen.isascii() and len(seen) < 9 else 0


def _changed() -> str:
    return _(
        "Somebody saved another edition meanwhile. Nothing of yours is saved; look at theirs, then try again."
    )


def _up(page: queries.ScenarioPage) -> dict[str, str]:
    return {"parent": page.scenario.name, "parent_pk": str(page.scenario.pk)}
