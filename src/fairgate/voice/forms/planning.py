"""What is planned for: asked before anybody is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairgate.engines.disclosure import planning
from fairgate.voice.rules import MOST_OVERSAMPLING, OVERSAMPLING
from fairgate.voice.rules.deciding import DecidedLately

MOST_TEAMS = 20
OUTCOMES = {
    "approved": _("Approved, a year"),
    "conditions": _("Approved with conditions, a year"),
    "returned": _("Returned, a year"),
    "refused": _("Refused, a year"),
}


class PlanForm(forms.Form):
    """Rough numbers are enough; they stand in the address, so that a plan can be passed on."""

    people = forms.IntegerField(
        label=_("How many people hand something in?"), min_value=1, max_value=1_000_000, initial=200
    )
    teams = forms.IntegerField(
        label=_("How many teams decide?"), min_value=1, max_value=MOST_TEAMS, initial=3
    )
    deciders = forms.IntegerField(
        label=_("How many people decide in each?"), min_value=1, max_value=1_000, initial=4
    )
    response = forms.IntegerField(
        label=_("How many of 100 who are asked will answer?"),
        min_value=1,
        max_value=100,
        initial=50,
        help_text=_(
            "Regulators asked by those they regulate got 56 (Andrzejewski & Lagua 1997). Try less, too."
        ),
    )
    oversampling = forms.FloatField(
        label=_("How much more likely is a refusal picked than an approval?"),
        min_value=1,
        max_value=MOST_OVERSAMPLING,
        initial=OVERSAMPLING,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for (outcome, label), initial in zip(OUTCOMES.items(), (800, 0, 100, 100), strict=True):
            self.fields[outcome] = forms.IntegerField(
                label=label, min_value=0, max_value=10_000_000, initial=initial
            )
        self.order_fields(["people", *OUTCOMES, "teams", "deciders", "response", "oversampling"])

    @classmethod
    def starting_from(cls, found: DecidedLately) -> "PlanForm":
        """To be changed where the future will be different; what can't be counted stays assumed."""
        counted = {
            "people": found.people,
            "teams": min(found.teams, MOST_TEAMS),
            "deciders": found.deciders,
            **{outcome: found.a_year(outcome) for outcome in OUTCOMES},
        }
        return cls(initial={name: value for name, value in counted.items() if value or name in OUTCOMES})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not any(values[outcome] for outcome in OUTCOMES):
            raise forms.ValidationError(_("No decisions: how many are there a year?"))
        return values

    def plan(self) -> planning.Plan:
        """Teams that are all alike: each decides an equal share."""
        it, number = self.cleaned_data, self.cleaned_data["teams"]
        each = {outcome: it[outcome] / number for outcome in OUTCOMES}
        teams = tuple(
            planning.Team(_("team {n}").format(n=at + 1), each, it["deciders"]) for at in range(number)
        )
        return planning.Plan(it["people"], teams, it["response"] / 100, it["oversampling"])

    def planned(self) -> planning.Planned:
        return planning.plan(self.plan())
