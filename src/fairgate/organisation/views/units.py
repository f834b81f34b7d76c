"""The map, and the page of a unit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairgate.organisation import actions, queries
from fairgate.organisation.forms import JudgementForm, MemberForm
from fairgate.organisation.views.drawing import drawn
from fairgate.organisation.wording import answers, page
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request, posted


def organisation(request: Request) -> HttpResponse:
    chosen = request.GET.get("process", "")
    is_number = chosen.isdecimal() and chosen.isascii() and len(chosen) < 19
    whole = queries.map_for(request.user, process=int(chosen) if is_number else None)
    context = {
        "map": whole,
        "svg": drawn(whole),
        "counts": queries.counts_by_kind(request.user),
        "function": queries.function(),
        "logs": queries.logs_for(request.user),
        "may_edit": queries.may_edit(request.user),
    }
    return render(request, "organisation/organisation.html", context)


def unit(request: Request, pk: int) -> HttpResponse:
    portrait = queries.portrait_for(request.user, pk)
    whole = queries.around(queries.map_for(request.user), portrait.unit)
    may_edit = queries.may_edit(request.user)
    context: dict[str, Any] = {
        "portrait": portrait,
        "unit": portrait.unit,
        **_said(portrait),
        "svg": drawn(whole, focus=portrait.unit),
        "members": queries.members_of(portrait.unit) if may_edit else (),
        "placeable": MemberForm(queries.placeable(portrait.unit)) if may_edit else None,
        "may_edit": may_edit,
    }
    return render(request, "organisation/unit.html", context)


def unit_pdf(request: Request, pk: int) -> HttpResponse:
    portrait = queries.portrait_for(request.user, pk)
    content = compile_pdf(
        REPORT, page.of_portrait(portrait, f"{timezone.localtime():%Y-%m-%d %H:%M %Z}", translation)
    )
    name = f"fairgate-{portrait.unit.pk}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def unit_json(request: Request, pk: int) -> HttpResponse:
    """The same figures as on the page, each answer as the command line gives it."""
    portrait = queries.portrait_for(request.user, pk)
    return JsonResponse(
        {
            "unit": portrait.unit.name,
            "declared": portrait.declared.to_dict() if portrait.declared else None,
            "counted": [
                {"log": one.log.name, **one.answer.to_dict(), "discrimination": one.discrimination.to_dict()}
                for one in portrait.counted
            ],
            "described": [{"process": one.process, **one.answer.to_dict()} for one in portrait.described],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )


def relation(request: Request, supplier: int, customer: int) -> HttpResponse:
    """Confirm or strike that one unit needs another, beside what was declared and counted."""
    portrait = queries.portrait_for(request.user, supplier)
    needing = queries.unit_for(request.user, customer)
    may_judge = queries.may_judge(request.user, supplier, customer)
    if request.method == "POST" and not may_judge:
        raise PermissionDenied
    form = JudgementForm(posted(request))
    if form.is_valid():
        actions.judge(by=request.user, supplier=supplier, customer=customer, **form.cleaned_data)
        messages.success(request, _("Kept, with your name and reason."))
        return redirect("organisation:unit", pk=supplier)
    said = next((it for it in portrait.customers if it.customer == needing), None) or next(
        (it for it in queries.portrait_for(request.user, customer).suppliers if it.supplier == portrait.unit),
        None,
    )
    context = {
        "form": form if may_judge else None,
        "supplier": portrait.unit,
        "customer": needing,
        "why": page.why(said, translation) if said else [],
        "judgements": queries.judgements_for(request.user, supplier, customer),
        "parent": portrait.unit.name,
        "parent_url": reverse("organisation:unit", args=[supplier]),
    }
    return render(request, "organisation/relation.html", context, status=422 if form.errors else 200)


@require_POST
def members(request: Request, pk: int) -> HttpResponse:
    unit = queries.unit_for(request.user, pk)
    form = MemberForm(queries.placeable(unit), request.POST)
    if form.is_valid():
        actions.add_member(by=request.user, person=form.cleaned_data["person"], unit=unit)
        messages.success(request, _("Added."))
    elif not queries.may_edit(request.user):
        raise PermissionDenied
    else:
        messages.error(request, _("Choose a person from the list."))
    return redirect("organisation:unit", pk=pk)


@require_POST
def remove_member(request: Request, pk: int, person: int) -> HttpResponse:
    unit = queries.unit_for(request.user, pk)
    actions.remove_member(by=request.user, person=person, unit=unit)
    messages.success(request, _("Removed from the unit."))
    return redirect("organisation:unit", pk=pk)


def _said(portrait: queries.Portrait) -> dict[str, Any]:
    facts = portrait.facts
    return {
        "lead": answers.lead(facts, translation),
        "sentences": answers.sentences(facts, translation),
        "readings": answers.readings(facts, translation),
        "customers": [(it, page.why(it, translation)) for it in portrait.customers if it.holds or it.struck],
        "below": [
            (it, page.why(it, translation)) for it in portrait.customers if not it.holds and not it.struck
        ],
        "suppliers": [(it, page.why(it, translation)) for it in portrait.suppliers],
        "authority": [(it, page.authority(portrait.unit.name, it, translation)) for it in portrait.authority],
        "reached": page.reached(portrait),
        "resting": page.resting(portrait, translation),
        "bases": page.bases(portrait, translation),
    }
