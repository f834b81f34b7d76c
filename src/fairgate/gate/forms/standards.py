"""What people type when they change the rules of a gate: one form for each thing that has editions."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.gate.rules import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, Outcome, Thing
from fairgate.gate.rules.facts import GENERAL_WORDS, MOST_DAYS, MOST_EXAMPLES, WORDS
from fairgate.gate.rules.presets import LARGEST, PresetFault
from fairgate.gate.wording.names import OUTCOMES
from fairgate.gate.wording.presets import FIELD_LABELS, GENERAL, WEEKDAY_NAMES, WORD_LABELS, expected
from fairgate.web.forms import offer

_LONG = {"rows": 4}


def _label(field: str) -> str:
    return gettext(FIELD_LABELS[field])


class RuleForm(forms.Form):
    """A thing's facts, why they change, and the edition its page showed. `facts` is what it says once it is valid."""

    AT: ClassVar[Mapping[str, str]] = {}
    """Where a fault is shown, for facts whose field is called otherwise."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        help_text=_("Kept with the edition and your name; everybody who reads the rule can see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, facts: Mapping[str, Any] | None = None, edition: int = 0, **options: Any
    ) -> None:
        self.now = dict(facts or {})
        options["initial"] = {**self.shown(self.now), "edition": edition}
        super().__init__(*args, **options)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def clean(self) -> dict[str, Any]:
        """Browsers end lines in their own way; facts have one."""
        values = super().clean() or {}
        return {name: it.replace("\r\n", "\n") if isinstance(it, str) else it for name, it in values.items()}

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Facts as the fields show them."""
        return dict(facts)

    def facts(self) -> dict[str, Any]:
        """The fields as facts."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"reason", "edition"}}

    @property
    def said(self) -> dict[str, Any]:
        """What goes to `actions.edit`."""
        edition = self.cleaned_data["edition"] or 0
        return {"facts": self.facts(), "reason": self.cleaned_data["reason"], "edition": edition}

    def look_again(self, edition: int) -> None:
        """Somebody was quicker: the next time this is sent, it is sent knowing their edition."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]  # what a request brings can be copied
        sent["edition"] = str(edition)
        self.data = sent

    def show(self, faults: Iterable[PresetFault]) -> None:
        """Put what the action refused beside its field."""
        for fault in faults:
            field = self.AT.get(fault.key, fault.key)
            self.add_error(
                field if field in self.fields else None, expected(fault.expected, fault.detail, translation)
            )


class KindForm(RuleForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    description = forms.CharField(
        label=_("What it means"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Shown where people choose what to ask."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcomes = forms.MultipleChoiceField(
        label=_("Allowed outcomes"),
        help_text=_("At least one that lets it go on and one that doesn’t."),
        widget=forms.CheckboxSelectMultiple,
    )
    promise_days = forms.IntegerField(
        label=_("Answered within (working days)"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Holds for what is asked from now on. Leave it empty to promise no date."),
    )
    warn_days = forms.IntegerField(
        label=_("Warned before (working days)"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("How long before the date it is shown as soon due."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "outcomes", [(outcome.value, gettext(name)) for outcome, name in OUTCOMES.items()])

    def facts(self) -> dict[str, Any]:
        chosen = self.cleaned_data["outcomes"]
        return {**super().facts(), "outcomes": [each.value for each in Outcome if each.value in chosen]}


class StandardForm(RuleForm):
    title = forms.CharField(
        label=_("Title"), max_length=NAME_LENGTH, help_text=_("In your own words, not those of the document.")
    )
    reference = forms.CharField(
        label=_("Public reference"),
        max_length=NAME_LENGTH,
        help_text=_("Where to find it, such as 21 CFR 211."),
    )


class SeverityForm(RuleForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    description = forms.CharField(
        label=_("What it means"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
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
            widget=forms.Textarea(attrs=_LONG),
        )


class NewClauseForm(ClauseForm):
    number = forms.CharField(
        label=_("Number"),
        max_length=50,
        help_text=_("As the standard counts, such as 211.192. It can’t be changed later."),
    )
    field_order = ["number"]


class PresetForm(RuleForm):
    """The words of a trade. Ours stand in grey where it has none."""

    AT = {"vocabulary": "word_request"}

    title = forms.CharField(label=_("Title"), max_length=NAME_LENGTH)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for word in WORDS:
            ours = GENERAL[word] if word in GENERAL_WORDS else OUTCOMES[Outcome(word)]
            self.fields[_field(word)] = forms.CharField(
                label=gettext(WORD_LABELS[word]),
                required=False,
                max_length=NAME_LENGTH,
                help_text=gettext("Ours: %(word)s") % {"word": gettext(ours)},
            )
        self.fields["of_kinds"] = forms.CharField(
            label=_("Words of single kinds"),
            required=False,
            max_length=20_000,
            help_text=_("A line for each, such as: batch-disposition.approved = released"),
            widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        )
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        words: Mapping[str, str] = facts.get("vocabulary", {})
        of_kinds = [f"{key} = {word}" for key, word in sorted(words.items()) if "." in key]
        own = {_field(word): words.get(word, "") for word in WORDS}
        return {"title": facts.get("title", ""), **own, "of_kinds": "\n".join(of_kinds)}

    def facts(self) -> dict[str, Any]:
        words = {word: self.cleaned_data[_field(word)] for word in WORDS if self.cleaned_data[_field(word)]}
        return {"title": self.cleaned_data["title"], "vocabulary": {**words, **self.cleaned_data["of_kinds"]}}

    def clean_of_kinds(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for at, line in enumerate(self.cleaned_data["of_kinds"].splitlines(), start=1):
            key, equals, word = (part.strip() for part in line.partition("="))
            if not line.strip():
                continue
            if not equals or not word or "." not in key or key.partition(".")[2] not in WORDS:
                message = gettext(
                    "Line %(line)s: found “%(found)s”; expected a kind, a full stop, one of %(words)s, “=” and a word."
                )
                raise forms.ValidationError(
                    message % {"line": at, "found": line.strip()[:80], "words": ", ".join(WORDS)}
                )
            found[key] = word
        return found


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


class RetireForm(forms.Form):
    reason = RuleForm.base_fields["reason"]


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=NAME_LENGTH)


class PlaceForm(forms.Form):
    person = forms.TypedChoiceField(label=_("Who?"), coerce=int)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", [("", _("Choose somebody")), *people])


class OwnPresetForm(forms.Form):
    """A preset of one's own, pasted: so that it is still there after a look at what it would change."""

    unit = forms.TypedChoiceField(label=_("For which unit?"), coerce=int)
    code = forms.SlugField(
        label=_("Short name of the preset"),
        max_length=50,
        help_text=_(
            "As the file says it in its line “code”. The name of one that is installed brings a newer version of it."
        ),
    )
    content = forms.CharField(
        label=_("The file’s text"),
        max_length=LARGEST,
        strip=False,
        help_text=_("In TOML. Begin with one of ours: download it, change it, paste it here."),
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "class": "pasted"}),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)


FORMS: Mapping[Thing, type[RuleForm]] = {
    Thing.PRESET: PresetForm,
    Thing.KIND: KindForm,
    Thing.STANDARD: StandardForm,
    Thing.CLAUSE: ClauseForm,
    Thing.SEVERITY: SeverityForm,
    Thing.CALENDAR: CalendarForm,
}


def _field(word: str) -> str:
    return f"word_{word.replace('-', '_')}"


def _by_date(holiday: Mapping[str, str]) -> str:
    return holiday["date"]
