"""What stewards look after: who is here, with which roles."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from fairgate.people import actions, queries, wording
from fairgate.people.forms import AddPersonForm, ChangePersonForm, ReasonForm, RolesForm, SearchForm
from fairgate.people.tables import PeopleTable
from fairgate.people.views.attempt import attempt
from fairgate.shared.actor import is_steward
from fairgate.shared.clock import now
from fairgate.web.spreadsheet import CSV, csv_text

P = ParamSpec("P")


def for_stewards(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Refuses the page itself; the actions check again who acts."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_steward(queries.acting(request.user)):
            raise PermissionDenied(_("Only a steward looks after accounts."))
        return view(request, *args, **kwargs)

    return checked


def people(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    search = form.cleaned_data["search"] if form.is_valid() else ""
    table = PeopleTable(queries.people_for(queries.acting(request.user), search=search))
    RequestConfig(request, paginate={"per_page": 50, "silent": True}).configure(table)
    return render(request, "people/people.html", {"table": table, "search_form": form, "search": search})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "people/person.html", {"who": _person(request, pk)})


@for_stewards
def add(request: HttpRequest) -> HttpResponse:
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and (
        who := attempt(form, actions.add_person, by=queries.acting(request.user))
    ):
        messages.success(
            request, _("%(name)s has an account. Give them a link to set a password.") % {"name": who.name}
        )
        return redirect("people:person", who.pk)
    return render(request, "people/add.html", {"form": form})


@for_stewards
def change(request: HttpRequest, pk: int) -> HttpResponse:
    who = _person(request, pk)
    now_so = {"name": who.name, "username": who.username, "email": who.email, "seniority": who.seniority}
    form = ChangePersonForm(request.POST or None, initial=now_so)
    return _change(request, form, who, actions.change_person, "people/change.html")


@for_stewards
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    who = _person(request, pk)
    form = RolesForm(request.POST or None, initial={"roles": sorted(who.roles)})
    return _change(request, form, who, actions.set_roles, "people/roles.html")


@for_stewards
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return _change(request, form, _person(request, pk), actions.disable, "people/disable.html")


@for_stewards
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return _change(request, form, _person(request, pk), actions.enable, "people/enable.html")


@for_stewards
@require_POST
@never_cache
def give_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the link in the answer to this very request: it is stored nowhere."""
    who = _person(request, pk)
    try:
        link = actions.give_link(by=queries.acting(request.user), person=who)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("people:person", pk)
    address = request.build_absolute_uri(reverse("people:set_password", args=(link.uid, link.token)))
    return render(request, "people/link.html", {"who": who, "address": address, "until": link.until})


@for_stewards
@require_POST
def access_review(request: HttpRequest) -> HttpResponse:
    lines = [
        [_cell(value) for value in line] for line in actions.review_access(by=queries.acting(request.user))
    ]
    name = f"access-review-{now():%Y-%m-%d}.csv"
    return HttpResponse(
        csv_text([_(wording.ACCESS_COLUMNS[field]) for field in queries.Access._fields], lines),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _cell(value: str | bool | datetime | None) -> str:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case bool():
            return _("yes") if value else _("no")
        case _:
            return value or ""


def _person(request: HttpRequest, pk: int) -> Any:
    return queries.person_for(queries.acting(request.user), pk)


def _change(
    request: HttpRequest, form: Any, who: Any, act: Callable[..., Any], template: str
) -> HttpResponse:
    if request.method == "POST" and attempt(form, act, by=queries.acting(request.user), person=who):
        messages.success(request, _("Saved."))
        return redirect("people:person", who.pk)
    return render(request, template, {"form": form, "who": who})
