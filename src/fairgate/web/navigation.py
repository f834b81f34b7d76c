"""The few places every page leads to, and who sees which. Below `people`, roles are known by their codes."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairgate.shared.actor import STEWARD


class Visitor(Protocol):
    """As much of an account as the navigation has to know."""

    @property
    def is_authenticated(self) -> bool: ...

    def has_role(self, *any_of: str) -> bool: ...


class Place(NamedTuple):
    label: str | Promise
    path: str
    """Below the installation's root, without a leading slash."""
    roles: frozenset[str]
    """Any of these sees it; empty means everybody who is signed in."""


class Link(NamedTuple):
    label: str | Promise
    url: str
    current: str
    """The value of ``aria-current``: ``page``, ``true`` for a page below this place, or empty."""


# Whoever asks, decides or looks on; who keeps feedback private reads no records.
RECORDS = frozenset({"requester", "reviewer", "lead", "executive", "auditor", STEWARD})
SCORES = RECORDS | {"privacy-officer"}

PLACES = (
    Place(_("Home"), "", frozenset()),
    Place(_("Organisation"), "organisation/", frozenset()),
    Place(_("Gate"), "gate/", RECORDS),
    Place(_("Protection"), "protection/", RECORDS),
    Place(_("Feedback"), "voice/", SCORES),
    Place(_("Fair score"), "fairness/", SCORES),
    Place(_("What if"), "whatif/", frozenset({"reviewer", "lead", "executive", "auditor"})),
    Place(_("Conversations"), "improvement/", RECORDS),
    Place(_("Background work"), "work/", frozenset()),
    Place(_("People"), "people/", frozenset({STEWARD})),
)


def links_for(visitor: Visitor, path: str) -> Iterator[Link]:
    """The places this visitor may go to, the one that ``path`` (the page's own address) belongs to marked."""
    if not visitor.is_authenticated:
        return
    for place in PLACES:
        if not place.roles or visitor.has_role(*sorted(place.roles)):
            url = get_script_prefix() + place.path
            yield Link(place.label, url, _current(url, path, home=not place.path))


def _current(url: str, path: str, *, home: bool) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) and not home else ""
