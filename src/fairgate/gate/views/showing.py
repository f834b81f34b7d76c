"""How the gate's pages show what queries and wording give: moments, words, what can be done, choices of forms."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairgate.gate import queries
from fairgate.gate.rules import Level, Move
from fairgate.gate.templatetags.gate import moment
from fairgate.gate.wording import names, pages
from fairgate.web.request import Request, posted


class Link(NamedTuple):
    label: str
    url: str
    is_main: bool = False


def outcomes_in_words(page: queries.RequestPage) -> dict[str, str]:
    """Each outcome as the trade calls it, or as we do."""
    return dict(queries.words_for(page.request.kind).outcomes)


def can(page: queries.RequestPage) -> list[Link]:
    """What this person can do to the request now, the most useful first. One of them at most is the page's main button."""
    pk, has_slip = page.request.pk, page.slip is not None
    offered = (
        (Move.LOOK_AGAIN, _("Give the second look"), reverse("gate:look-again", args=[pk]), True),
        (Move.DECIDE, _("Decide"), reverse("gate:decide", args=[pk]), True),
        (
            Move.REVIEW,
            _("Review again") if page.reviews else _("Review"),
            reverse("gate:review", args=[pk]),
            True,
        ),
        (Move.IMPROVE, _("Submit an improved request"), f"{reverse('gate:submit')}?follows={pk}", True),
        (
            Move.WRITE_SLIP,
            _("Write a better slip") if has_slip else _("Write the refusal slip"),
            reverse("gate:write-slip", args=[pk]),
            not has_slip,
        ),
        (Move.ASK_SECOND_LOOK, _("Ask for a second look"), reverse("gate:second-look", args=[pk]), False),
        (Move.WARN, _("Say that it will be late"), reverse("gate:warn", args=[pk]), False),
        (Move.REASSIGN, _("Give it to somebody else"), reverse("gate:reassign", args=[pk]), False),
        (Move.WITHDRAW, _("Withdraw"), reverse("gate:withdraw", args=[pk]), False),
    )
    found = [Link(label, url, main) for move, label, url, main in offered if move in page.moves]
    return [link._replace(is_main=link.is_main and place == 0) for place, link in enumerate(found)]


def facts(page: queries.RequestPage) -> list[tuple[str, str]]:
    """The short facts of a request, those that were given."""
    request = page.request
    said = (
        (_("About"), request.item),
        (_("Process"), str(request.process) if request.process else ""),
        (_("If it turned out wrong"), _(names.LEVELS[Level(request.risk)]) if request.risk else ""),
        (_("Amount"), f"{request.value.normalize():,f}" if request.value is not None else ""),
        (_("Reviewer"), request.reviewer.name if request.reviewer else ""),
    )
    return [(label, words) for label, words in said if words]


def lead(page: queries.RequestPage) -> str:
    return pages.lead(page, outcomes_in_words(page), moment, translation)


def clause_choices(clauses: Iterable[Any]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Clauses under the standard they belong to."""
    found: dict[str, list[tuple[int, str]]] = {}
    for clause in clauses:
        found.setdefault(str(clause.standard), []).append((clause.pk, f"{clause.number} {clause.title}"))
    return list(found.items())


def typed(request: Request) -> tuple[QueryDict | None, Mapping[str, Any]]:
    """What to bind a form with, and what to fill it with: a button that only asks to be shown something (such as a clause's
    examples, where no script runs) leaves everything as it was typed, and nothing is checked yet."""
    if request.method == "POST" and "show" in request.POST:
        return None, request.POST.dict()
    return posted(request), {}
