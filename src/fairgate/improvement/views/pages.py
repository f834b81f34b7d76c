"""What the views share: trying an action, a page with one form, a list in pages, a file."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_tables2 import RequestConfig

from fairgate.improvement.actions import Faulty, NotAllowedNow
from fairgate.improvement.forms import TellingForm
from fairgate.web.request import Request

ROWS_A_PAGE = 50


def done(form: TellingForm, act: Callable[[], object]) -> bool:
    """Whether the form was filled in and the action did it; what it refused is shown on the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Faulty as refused:
        form.show(refused.faults)
    except NotAllowedNow as refused:
        form.refuse(refused.code)
    return not form.errors


def form_page(request: Request, form: TellingForm, **context: Any) -> HttpResponse:
    """``title``, ``lead``, ``button``, ``back`` and, where one stands above, ``parent`` and ``parent_url``."""
    status = 422 if form.errors else 200
    return render(request, "improvement/form.html", {"form": form, **context}, status=status)


def paged(request: Request, table: Any) -> Any:
    """The table in the order asked for, at the page asked for or the nearest there is."""
    RequestConfig(request, paginate=False).configure(table)
    pages = Paginator(table.rows, ROWS_A_PAGE)
    table.paginate(page=pages.get_page(request.GET.get("page")).number, per_page=ROWS_A_PAGE)
    return table


def file(content: bytes, content_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    disposition = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def number(text: str | None) -> int | None:
    """A key from an address; None for anything that is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def made() -> str:
    """When a page was printed."""
    return f"{timezone.localtime():%Y-%m-%d %H:%M %Z}"
