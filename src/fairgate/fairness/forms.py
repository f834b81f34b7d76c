"""Forms of the room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.fairness.rules import NAME_LENGTH, REQUIRED, TEXT_LENGTH, Part, Said
from fairgate.fairness.wording.names import HINTS, LABELS
from fairgate.web.forms import offer

MOST_LEVELS = 20


class SurveyForm(forms.Form):
    """A table, and whose decisions it is about."""

    file = forms.FileField(
        label=_("A table of ratings with decisions"),
        help_text=_(
            "XLSX or CSV, a row for each decision, rated or not; the file is kept as it comes. Take out whatever tells who "
            "answered. A file whose columns, comments or e-mail addresses tell it is refused and not kept; names under other "
            "headings aren’t noticed."
        ),
    )
    unit = forms.TypedChoiceField(label=_("Which unit decided?"), coerce=int)
    sheet = forms.CharField(label=_("Sheet of the workbook"), required=False, max_length=NAME_LENGTH)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)

    def choices(self) -> dict[str, str]:
        return {"sheet": self.cleaned_data["sheet"]} if self.cleaned_data["sheet"] else {}


class PeriodsForm(forms.Form):
    """Whose teams, and from which closed period on."""

    unit = forms.TypedChoiceField(label=_("Which unit decided?"), coerce=int)
    first = forms.ChoiceField(label=_("From which period on?"))

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], periods: Sequence[tuple[Any, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)
        offer(self, "first", [(str(pk), name) for pk, name in periods])


class ColumnsForm(forms.Form):
    """Which column is what, which outcomes approve, and what counts as good."""

    def __init__(
        self, *args: Any, proposal: Mapping[str, Any], said: Mapping[str, Any], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.available = list(proposal["available"])
        initial = {**proposal, **said}
        columns = [
            ("", _("not in the table")),
            *((name, self._shown(name, proposal)) for name in self.available),
        ]
        for part in Part:
            self.fields[f"column_{part}"] = forms.ChoiceField(
                label=_(LABELS[part]),
                choices=columns,
                required=part in REQUIRED,
                initial=initial["columns"].get(part, ""),
                help_text=_(HINTS[part]) if part in HINTS else "",
            )
        self.fields["approving"] = _listed(
            _("Decisions that approve"),
            _("As the table writes them, with commas between; the plain one first."),
            initial["approving"],
        )
        self.fields["levels"] = _listed(
            _("Levels of the rating, lowest first"),
            _("As the table writes them, with commas between: 1, 2, 3, 4, 5"),
            initial["levels"],
        )
        self.fields["good"] = forms.CharField(
            label=_("From which level on is it good?"), max_length=NAME_LENGTH, initial=initial["good"]
        )

    @staticmethod
    def _shown(column: str, proposal: Mapping[str, Any]) -> str:
        words = ", ".join(proposal["words"].get(column, ())[:3])
        return f"{column} ({words})"[:90] if words else column

    def clean_approving(self) -> tuple[str, ...]:
        return _parts(self.cleaned_data["approving"])

    def clean_levels(self) -> tuple[str, ...]:
        levels = _parts(self.cleaned_data["levels"])
        if not 2 <= len(levels) <= MOST_LEVELS:
            message = gettext("%(n)s levels found; between 2 and %(most)s were expected.")
            raise forms.ValidationError(message % {"n": len(levels), "most": MOST_LEVELS})
        return levels

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [values[f"column_{part}"] for part in Part if values.get(f"column_{part}")]
        for part in Part:
            if (column := values.get(f"column_{part}")) and chosen.count(column) > 1:
                self.add_error(f"column_{part}", gettext("This column was chosen for something else, too."))
        if values.get(f"column_{Part.ITEM}") and not values.get(f"column_{Part.BALLOT}"):
            self.add_error(
                f"column_{Part.BALLOT}",
                gettext("Where a ballot has several questions, a column has to say which belong together."),
            )
        levels, good = values.get("levels", ()), str(values.get("good", "")).strip()
        if levels and good and good not in levels[1:]:
            message = gettext("“%(good)s” is not one of the levels above the lowest: %(levels)s.")
            self.add_error("good", message % {"good": good, "levels": ", ".join(levels[1:])})
        return values

    def said(self) -> Said:
        given = self.cleaned_data
        columns = {part: given[f"column_{part}"] for part in Part if given.get(f"column_{part}")}
        return Said(columns, given["approving"], given["levels"], given["good"].strip())


class AgreementForm(forms.Form):
    agreed_on = forms.DateField(
        label=_("Agreed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    parties = forms.CharField(
        label=_("Between whom"), max_length=NAME_LENGTH, help_text=_("Such as: works council and management.")
    )
    document = forms.CharField(
        label=_("Which document"),
        max_length=NAME_LENGTH,
        help_text=_("Its name or number, so that anybody can find it."),
    )
    note = forms.CharField(
        label=_("Anything to know about it"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label=_("Why"),
        max_length=TEXT_LENGTH,
        help_text=_("Kept in the ledger with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _parts(text: str) -> tuple[str, ...]:
    """Between commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _listed(label: Any, hint: Any, initial: Sequence[str]) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=TEXT_LENGTH, initial=", ".join(initial))
