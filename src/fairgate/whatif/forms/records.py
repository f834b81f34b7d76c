"""Where a scenario starts from, and which records are about its lots."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.web.forms import offer
from fairgate.whatif.queries import Choosable
from fairgate.whatif.rules import MONTHS, NAME_LENGTH, Window

ANY = ("", _("any"))
MOST_COUNTED = 100_000


class StartForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, help_text=_("Such as: release of tablets.")
    )
    unit = forms.TypedChoiceField(label=_("Whose checks"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)


class RecordsForm(forms.Form):
    """A `Window`, and what was counted elsewhere in the same time."""

    process = forms.TypedChoiceField(label=_("In the process"), coerce=int, required=False, empty_value=None)
    kinds = forms.TypedMultipleChoiceField(
        label=_("Requests that are about lots"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Also those by which a lot is sent back, where that is a kind of its own. Tick none to count every kind of the "
            "process."
        ),
    )
    unit = forms.TypedChoiceField(label=_("Handed in by"), coerce=int, required=False, empty_value=None)
    months = forms.TypedChoiceField(label=_("How far back"), coerce=int, initial=24)
    recalls = forms.IntegerField(
        label=_("Recalls in that time"),
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        help_text=_("If you know: it is held against the scenario. Leave it empty if you don’t."),
    )
    letters = forms.IntegerField(
        label=_("Warning letters in that time"), required=False, min_value=0, max_value=MOST_COUNTED
    )
    use_complaints = forms.BooleanField(
        label=_("Let complaints set how many escapes are complained of"),
        required=False,
        help_text=_("Then they can’t check the scenario any more."),
    )

    def __init__(self, *args: Any, choosable: Choosable, chosen: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **{**options, "initial": chosen})
        self.kinds_of = choosable.kinds_of
        self.fields["kinds"].hide_optional = True  # type: ignore[attr-defined]  # web/field.html reads it: these, or a process
        offer(self, "kinds", choosable.kinds)
        offer(self, "unit", [ANY, *choosable.units])
        offer(self, "process", [ANY, *choosable.processes])
        months = gettext("%(n)s months before the latest decision")
        offer(self, "months", [(n, months % {"n": n}) for n in MONTHS])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values["kinds"]:
            values["kinds"] = list(self.kinds_of.get(values["process"], ()))
            if not values["kinds"]:
                self.add_error(
                    "kinds",
                    gettext(
                        "Tick the kinds that are about lots, or choose a process to count all of its kinds."
                    ),
                )
        return values

    def window(self) -> Window:
        given = self.cleaned_data
        kinds = tuple(sorted(given["kinds"]))
        return Window(kinds, given["months"], given["unit"], given["process"], given["use_complaints"])

    def counts(self, who: str) -> list[dict[str, Any]]:
        """What was typed, as the engine holds it against the scenario."""
        years = self.cleaned_data["months"] / 12
        source = gettext("told by %(who)s") % {"who": who}
        return [
            {"what": what, "count": self.cleaned_data[what], "years": years, "used": False, "source": source}
            for what in ("recalls", "letters")
            if self.cleaned_data[what] is not None
        ]
