"""Reading the rules of a gate. A rule that is applied to somebody is known to them."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import queries
from fairgate.gate.rules import Outcome, Thing
from fairgate.gate.wording import presets as wording
from fairgate.web.request import Request


def standards(request: Request) -> HttpResponse:
    books = queries.books_for(request.user)
    context = {"books": books, "may_install": queries.may_keep_any(request.user)}
    return render(request, "gate/standards.html", context)


def standard(request: Request, pk: int) -> HttpResponse:
    page = queries.standard_page(request.user, pk)
    return render(request, "gate/standard.html", {"page": page, "standard": page.standard})


def clause(request: Request, pk: int) -> HttpResponse:
    """One clause with its good examples, and how it read before."""
    found = queries.clause_for(request.user, pk)
    context = {
        "clause": found,
        "standard": found.standard,
        "editions": _told(queries.editions_of(request.user, Thing.CLAUSE, pk)),
        "may_keep": queries.may_keep_rules(request.user, queries.unit_of(found).pk),
    }
    return render(request, "gate/clause.html", context)


def kinds(request: Request) -> HttpResponse:
    books = [(book, [_kind(*kind) for kind in book.kinds]) for book in queries.books_for(request.user)]
    context = {"books": books, "may_install": queries.may_keep_any(request.user)}
    return render(request, "gate/kinds.html", context)


def editions(request: Request, thing: Thing, pk: int) -> HttpResponse:
    """How a thing reads now and read before, newest first, each with what changed, who did it and why."""
    if not queries.may_read_standards(request.user):
        raise PermissionDenied
    record = queries.thing_for(request.user, thing, pk)
    context = {
        "record": record,
        "what": _(wording.THINGS[thing]),
        "thing": thing,
        "part": {Thing.KIND: "kinds", Thing.CALENDAR: "kinds", Thing.PRESET: "presets"}.get(
            thing, "standards"
        ),
        "in_use": queries.is_in_use(thing, record),
        "editions": _told(queries.editions_of(request.user, thing, pk)),
        "may_keep": queries.may_keep_rules(request.user, queries.unit_of(record).pk),
    }
    return render(request, "gate/editions.html", context)


def _kind(kind: Any, words: wording.Words) -> tuple[Any, str, str]:
    """A kind, what can become of it in its trade's words, and its promise."""
    outcomes = ", ".join(words.outcome(outcome) for outcome in Outcome if outcome.value in kind.outcomes)
    return kind, outcomes, wording.promise(kind.promise_days, translation)


def _told(found: Any) -> list[dict[str, Any]]:
    """Each edition with its reason in words and its differences from the one before."""
    newest_first = list(found)
    before: list[Any] = [older.facts for _newer, older in pairwise(newest_first)] + [{}]
    return [
        {
            "edition": it,
            "reason": _(wording.REASONS[it.reason]) if it.reason in wording.REASONS else it.reason,
            "changes": wording.changes(older, it.facts, translation),
        }
        for it, older in zip(newest_first, before, strict=True)
    ]
