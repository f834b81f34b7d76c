"""How the list of requests is narrowed: what stands in the address, and nothing else."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fairgate.gate.models import ServiceRequest
from fairgate.gate.queries import STILL_OPEN
from fairgate.gate.rules import NAME_LENGTH, State
from fairgate.web.forms import offer

STANDS = (
    ("", _("Any")),
    ("open", _("Waiting for an answer")),
    ("overdue", _("Promise missed, still open")),
    (State.SUBMITTED, _("Submitted")),
    (State.REVIEWED, _("Reviewed")),
    (State.HELD, _("Held")),
    (State.DECIDED, _("Decided")),
    (State.WITHDRAWN, _("Withdrawn")),
    ("no-slip", _("Refusal slip missing")),
)


class RequestFilter(forms.Form):
    """A plain form that is sent by GET: it works without scripts, and an address can be kept."""

    stands = forms.ChoiceField(label=_("Where it stands"), required=False, choices=STANDS)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    kind = forms.TypedChoiceField(label=_("Kind"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label=_("Asked by"), required=False, coerce=int, empty_value=None)
    about = forms.CharField(
        label=_("Lot, document or R-number"), required=False, max_length=NAME_LENGTH, widget=forms.SearchInput
    )
    sort = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        outcomes: Iterable[tuple[str, str]],
        kinds: Iterable[tuple[int, str]],
        units: Iterable[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        for name, choices in {"outcome": outcomes, "kind": kinds, "unit": units}.items():
            offer(self, name, [("", _("Any")), *choices])
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]  # web/field.html reads it: all of them are

    @property
    def chosen(self) -> dict[str, Any]:
        """What is asked for; a choice nobody offers is as good as none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name != "sort" and value}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen)

    @property
    def is_narrowed_further(self) -> bool:
        """By more than where it stands, which links above the form choose."""
        return bool(self.chosen.keys() - {"stands"})

    @property
    def is_of_open_ones(self) -> bool:
        return self.chosen.get("stands") in {"open", "overdue"}

    def narrowed(self, requests: QuerySet[ServiceRequest], now: Any) -> QuerySet[ServiceRequest]:
        chosen = self.chosen
        requests = _standing(requests, chosen.get("stands", ""), now)
        for field in ("outcome", "kind", "unit"):
            if field in chosen:
                requests = requests.filter(**{field: chosen[field]})
        return requests.filter(_about(chosen["about"])) if "about" in chosen else requests


def _standing(requests: QuerySet[ServiceRequest], stands: str, now: Any) -> QuerySet[ServiceRequest]:
    if stands == "open":
        return requests.filter(STILL_OPEN)
    if stands == "overdue":
        return requests.filter(STILL_OPEN, promised_by__lt=now)
    if stands == "no-slip":
        return requests.filter(lacks_slip=True)
    return requests.filter(state=stands) if stands else requests


def _about(text: str) -> Q:
    """The whole name of an item, or a reference such as R-000012: both are found by an index."""
    about = Q(item=text)
    number = text.upper().removeprefix("R-").lstrip("0")
    if number.isdecimal() and number.isascii() and len(number) < 19:
        about |= Q(pk=int(number))
    return about
