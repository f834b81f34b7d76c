"""When a gate works."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.gate.forms.editions import RuleForm
from fairgate.gate.wording.presets import WEEKDAY_NAMES
from fairgate.web.forms import offer


class CalendarForm(RuleForm):
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=60,
        help_text=_("Where a day ends, such as Europe/Berlin."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    weekdays = forms.MultipleChoiceField(label=_("Working days"), widget=forms.CheckboxSelectMultiple)
    holidays = forms.CharField(
        label=_("Holidays"),
        required=False,
        max_length=50_000,
        help_text=_("A line for each: the day, then its name, such as 2026-12-25 Christmas Day."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "weekdays", [(str(day), gettext(name)) for day, name in enumerate(WEEKDAY_NAMES)])

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        holidays = [f"{it['date']} {it['name']}".strip() for it in facts.get("holidays", [])]
        weekdays = facts.get("weekdays", [0, 1, 2, 3, 4])
        return {
            "zone": facts.get("zone", settings.TIME_ZONE),
            "weekdays": [str(day) for day in weekdays],
            "holidays": "\n".join(holidays),
        }

    def facts(self) -> dict[str, Any]:
        lines = [line.strip() for line in self.cleaned_data["holidays"].splitlines() if line.strip()]
        split = [line.partition(" ") for line in lines]
        return {
            "zone": self.cleaned_data["zone"].strip(),
            "weekdays": sorted(int(day) for day in self.cleaned_data["weekdays"]),
            "holidays": sorted(
                ({"date": day, "name": name.strip()} for day, _space, name in split), key=_by_date
            ),
        }


def _by_date(holiday: Mapping[str, str]) -> str:
    return holiday["date"]
