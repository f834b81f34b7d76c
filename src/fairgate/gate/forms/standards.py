"""Standards and their clauses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.editions import RuleForm
from fairgate.gate.rules import NAME_LENGTH, TEXT_LENGTH
from fairgate.gate.rules.facts import MOST_EXAMPLES


class StandardForm(RuleForm):
    title = forms.CharField(
        label=_("Title"), max_length=NAME_LENGTH, help_text=_("In your own words, not those of the document.")
    )
    reference = forms.CharField(
        label=_("Public reference"),
        max_length=NAME_LENGTH,
        help_text=_("Where to find it, such as 21 CFR 211."),
    )


class ClauseForm(RuleForm):
    """With as many pairs of examples as there are, and one more."""

    AT = {"examples": "reasons_1"}

    title = forms.CharField(
        label=_("Title"), max_length=NAME_LENGTH, help_text=_("What it asks for, in your own words.")
    )
    summary = forms.CharField(
        label=_("In our own words"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, self.pairs + 1):
            self.fields[f"reasons_{number}"] = self._text(_("Good example %(number)s: reasons"), number)
            self.fields[f"way_{number}"] = self._text(_("Good example %(number)s: way to yes"), number)
        self.fields["reasons_1"].help_text = _(
            "Fit to be read aloud to the team that asked. Invented, and without names."
        )
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    @property
    def pairs(self) -> int:
        return min(len(self.now.get("examples", [])) + 1, MOST_EXAMPLES)

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        said = {key: value for key, value in facts.items() if key != "examples"}
        for number, example in enumerate(facts.get("examples", []), start=1):
            said |= {f"reasons_{number}": example["reasons"], f"way_{number}": example["way_to_yes"]}
        return said

    def facts(self) -> dict[str, Any]:
        pairs = [
            (self.cleaned_data[f"reasons_{number}"], self.cleaned_data[f"way_{number}"])
            for number in range(1, self.pairs + 1)
        ]
        examples = [{"reasons": reasons, "way_to_yes": way} for reasons, way in pairs if reasons or way]
        return {
            "title": self.cleaned_data["title"],
            "summary": self.cleaned_data["summary"],
            "examples": examples,
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for number in range(1, self.pairs + 1):
            both = {name: values.get(name) for name in (f"reasons_{number}", f"way_{number}")}
            for name, text in both.items():
                if not text and any(both.values()) and name not in self.errors:
                    self.add_error(
                        name, gettext("Reasons and a way to yes belong together: give both or neither.")
                    )
        return values

    def _text(self, label: Any, number: int) -> forms.CharField:
        return forms.CharField(
            label=label % {"number": number},
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
        )


class NewClauseForm(ClauseForm):
    number = forms.CharField(
        label=_("Number"),
        max_length=50,
        help_text=_("As the standard counts, such as 211.192. It can’t be changed later."),
    )
    field_order = ["number"]
