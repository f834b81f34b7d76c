"""The agreement without which teams have no scores."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fairgate.fairness import actions, queries
from fairgate.fairness.forms import AgreementForm, WithdrawForm
from fairgate.web.request import Request, posted


def agreement(request: Request, unit: int) -> HttpResponse:
    """Everything agreed so far, and for the privacy officer the form."""
    card = queries.scorecard_for(request.user, unit)
    if request.method == "POST" and not card.may_agree:
        raise PermissionDenied
    form = AgreementForm(posted(request)) if card.may_agree and card.agreement is None else None
    if form is not None and form.is_valid():
        try:
            actions.record_agreement(by=request.user, unit=unit, **form.cleaned_data)
        except actions.FromTheFuture:
            form.add_error("agreed_on", _("This day is yet to come."))
        else:
            messages.success(request, _("Recorded, with your name. Scores of teams may be worked out now."))
            return redirect(f"{reverse('fairness:scorecard')}?unit={unit}")
    context = {"card": card, "form": form, "said": queries.agreements_for(request.user, unit)}
    status = 422 if form is not None and form.errors else 200
    return render(request, "fairness/agreement.html", context, status=status)


def withdraw(request: Request, unit: int) -> HttpResponse:
    card = queries.scorecard_for(request.user, unit)
    if not card.may_agree:
        raise PermissionDenied
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            actions.withdraw_agreement(by=request.user, unit=unit, note=form.cleaned_data["note"])
        except actions.NoAgreement:
            messages.error(request, _("No agreement holds, so there is none to withdraw."))
        else:
            messages.success(request, _("Withdrawn. Scores of teams are off."))
        return redirect("fairness:agreement", unit=unit)
    return render(
        request, "fairness/withdraw.html", {"card": card, "form": form}, status=422 if form.errors else 200
    )
