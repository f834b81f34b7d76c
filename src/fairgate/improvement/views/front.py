"""The first page, one's own page, and whom to talk with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from fairgate.improvement import queries
from fairgate.improvement.views.pages import number
from fairgate.improvement.wording import front as words
from fairgate.organisation.wording.page import brief
from fairgate.web.request import Request


def improvement(request: Request) -> HttpResponse:
    page = queries.front_for(request.user, number(request.GET.get("unit")))
    context = {
        "page": page,
        "lead": words.lead(page, translation),
        "known": words.how_counted(page.figures, translation) if page.figures.all else [],
        "next_step": words.next_step(page.candidates, translation) if page.candidates else "",
        "asked": words.asked_so_far(page.candidates, translation) if page.candidates else "",
        "open": [(one, queries.fate_of(one)) for one in page.open_],
    }
    return render(request, "improvement/improvement.html", context)


def mine(request: Request) -> HttpResponse:
    return render(request, "improvement/mine.html", {"page": queries.own_page(request.user)})


def customers(request: Request) -> HttpResponse:
    page = queries.candidates_for(request.user, number(request.GET.get("unit")))
    context = {
        "page": page,
        "next_step": words.next_step(page, translation),
        "asked": words.asked_so_far(page, translation),
        "customers": [(one, brief(one.relation, translation)) for one in page.customers],
        "suppliers": [(one, brief(one.relation, translation)) for one in page.suppliers],
    }
    return render(request, "improvement/customers.html", context)
