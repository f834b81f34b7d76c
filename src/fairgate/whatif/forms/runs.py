"""Ways of checking to compare, and how thoroughly."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.engines.counterfactual import PARAMETERS, UnknownPolicy, policy
from fairgate.web.forms import offer
from fairgate.whatif.rules import (
    DEFAULT_WAYS,
    FEWEST_REPLICATES,
    MOST_REPLICATES,
    MOST_YEARS,
    REASON_LENGTH,
    REPLICATES,
    SEED,
    YEARS,
    is_reason,
)
from fairgate.whatif.wording.names import SECTIONS, parameter, policy_name


def line_choices() -> list[Any]:
    """Every parameter, by section; none first."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in PARAMETERS:
        grouped.setdefault(gettext(SECTIONS[one.section]), []).append(
            (one.name, parameter(one.name, translation))
        )
    return [("", _("none")), *grouped.items()]


class RunForm(forms.Form):
    ways = forms.MultipleChoiceField(
        label=_("Held against today’s checks"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=list(DEFAULT_WAYS),
    )
    more = forms.CharField(
        label=_("Other ways"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("One a line, such as single:n=80,c=2 or csp1:i=30,f=0.1 or less:share=0.25"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    line = forms.ChoiceField(
        label=_("Where two ways are worth the same, along"),
        required=False,
        help_text=_("Any parameter; it can be asked for later, too."),
    )
    years = forms.IntegerField(label=_("Years ahead"), min_value=1, max_value=MOST_YEARS, initial=YEARS)
    replicates = forms.IntegerField(
        label=_("Businesses lived through for each way"),
        min_value=FEWEST_REPLICATES,
        max_value=MOST_REPLICATES,
        initial=REPLICATES,
        help_text=_("More of them make chance smaller, and take longer."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**62,
        initial=SEED,
        help_text=_("The same seed gives the same figures."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ways"].hide_optional = True  # type: ignore[attr-defined]  # web/field.html reads it: one way is needed
        offer(self, "ways", [(name, policy_name(name, translation)) for name in DEFAULT_WAYS])
        offer(self, "line", line_choices())

    def clean_more(self) -> list[str]:
        try:
            return [policy(line).name for line in self.cleaned_data["more"].splitlines() if line.strip()]
        except UnknownPolicy as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (values["ways"] or values["more"]):
            self.add_error("ways", gettext("Choose at least one way to hold against today’s checks."))
        return values

    def chosen(self) -> dict[str, Any]:
        """As `actions.request_run` takes them."""
        given = self.cleaned_data
        rest = {name: given[name] for name in ("line", "years", "replicates", "seed")}
        return {"ways": [*given["ways"], *given["more"]], **rest}


class AgainForm(forms.Form):
    """The same once more, with a reason for going on or a line to draw. What isn't given stays as it was."""

    despite = forms.CharField(
        label=_("Why go on although figures disagree"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed on every page of the answer, with the figures that disagree."),
    )
    line = forms.ChoiceField(label=_("Along which parameter"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():  # each has a page where it is what is asked for
            field.hide_optional = True  # type: ignore[attr-defined]  # web/field.html reads it
        offer(self, "line", [("", _("choose one")), *line_choices()[1:]])

    def clean_line(self) -> str:
        if "line" in self.data and not self.cleaned_data["line"]:
            raise forms.ValidationError(gettext("Choose the parameter along which to draw the line."))
        return str(self.cleaned_data["line"])

    def clean_despite(self) -> str:
        reason = str(self.cleaned_data["despite"]).strip()
        if "despite" in self.data and not is_reason(reason):
            raise forms.ValidationError(
                gettext("Say why, in at least three words. Whoever reads the answer reads them.")
            )
        return reason

    def asked(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("despite", "line") if name in self.data}
