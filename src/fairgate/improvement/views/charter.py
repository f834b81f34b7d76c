"""The service charter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.improvement import actions, queries
from fairgate.improvement.forms import CharterForm
from fairgate.improvement.views.pages import done, file, form_page, made
from fairgate.improvement.wording import front, paper
from fairgate.web.pdf import REPORT, compile_pdf
from fairgate.web.request import Request, posted


def charters(request: Request) -> HttpResponse:
    """The list; where there is only one, it."""
    units = queries.charters()
    if len(units) == 1:
        return redirect("improvement:charter", unit=units[0].pk)
    return render(request, "improvement/charters.html", {"units": units})


def charter(request: Request, unit: int) -> HttpResponse:
    found = queries.charter_for(request.user, unit)
    context = {
        "charter": found,
        "unit": found.unit,
        "times": front.promise_times(found.kinds, translation),
        "answers": front.promises_kept(found.promises, translation),
        "kept": front.kept(found.commitments, translation),
        "known": front.how_counted(found.commitments, translation),
    }
    return render(request, "improvement/charter.html", context)


def charter_pdf(request: Request, unit: int) -> HttpResponse:
    found = queries.charter_for(request.user, unit)
    content = compile_pdf(REPORT, paper.of_charter(found, made(), translation))
    return file(content, "application/pdf", f"fairgate-charter-{unit}.pdf", inline=True)


def edit_charter(request: Request, unit: int) -> HttpResponse:
    words = queries.charter_words(request.user, unit)
    if not queries.may_write_charter(request.user, unit):
        raise PermissionDenied
    initial = {
        "refusing": "\n".join(words.refusing),
        "standing": "\n".join(words.standing),
        "contact": words.contact,
        "seen": words.number,
    }
    form = CharterForm(posted(request), initial=initial)
    if done(form, lambda: actions.edit_charter(by=request.user, unit=unit, **form.parts())):
        messages.success(request, _("Kept as a new edition."))
        return redirect("improvement:charter", unit=unit)
    address = reverse("improvement:charter", args=[unit])
    return form_page(
        request,
        form,
        title=_("Change the charter of %(unit)s") % {"unit": words.unit.name},
        button=_("Keep it"),
        parent=_("Service charter"),
        parent_url=address,
        back=address,
    )
