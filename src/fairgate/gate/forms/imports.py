"""What is typed about files of decisions: the file, its columns, its words, and who somebody in them is."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairgate.engines.customers import Patterns
from fairgate.gate.imports import ADD, Answer
from fairgate.gate.rules import NAME_LENGTH
from fairgate.gate.rules.rows import FIELDS, LEFT_OUT, OPTIONAL, REQUIRED
from fairgate.gate.wording.imports import HINTS, LABELS, PATTERNS
from fairgate.organisation.rules import folded
from fairgate.web.forms import offer

Choices = Sequence[tuple[Any, str]]
ALWAYS = ("kind", "unit")


class NewImportForm(forms.Form):
    """A file, and how it is read."""

    file = forms.FileField(
        label=_("A file of decisions"),
        help_text=_("XLSX or CSV with a row for each decision, or an event log (XES or CSV)."),
    )
    mapping = forms.TypedChoiceField(
        label=_("Where is it from?"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, mappings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "mapping", [("", _("A new source: ask me about its columns")), *mappings])


class ColumnsForm(forms.Form):
    """Which of a file's columns is what. `facts()` is what `actions.keep_mapping` takes.

    ``more``: names of fields for what a file may say and this one doesn't seem to; they are asked for last, folded up."""

    template_name = "gate/_columns_form.html"

    name = forms.CharField(
        label=_("What do you call this kind of file?"),
        max_length=NAME_LENGTH,
        help_text=_("The nightly import asks for it by this name."),
    )
    source = forms.CharField(
        label=_("Which system is it from?"),
        max_length=NAME_LENGTH,
        help_text=_("Its record numbers are unique within it. Two files of one system share this name."),
    )
    deciding_unit = forms.TypedChoiceField(label=_("Which unit decided?"), coerce=int)

    def __init__(
        self,
        *args: Any,
        proposal: Mapping[str, Any],
        units: Choices,
        kinds: Choices,
        all_units: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.proposal, self.is_log = proposal, bool(proposal["is_log"])
        offer(self, "deciding_unit", units)
        self.more: list[str] = []
        if self.is_log:
            self._ask_of_log()
        else:
            self._ask_of_table()
        self._ask_always("kind", kinds, _("… or every row is of this kind"))
        if not self.is_log:
            self._ask_always("unit", all_units, _("… or every row was asked by this unit"))
        self._ask_how()

    def _ask_of_table(self) -> None:
        columns = [
            ("", _("not in the file")),
            *((name, self._shown(name)) for name in self.proposal["source"]["available"]),
        ]
        proposed = self.proposal["fields"]
        self.more = [f"column_{name}" for name in OPTIONAL if name not in proposed]
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=_(LABELS[name]),
                choices=columns,
                required=name in REQUIRED and name not in ALWAYS,
                initial=proposed.get(name, ""),
                help_text=_(HINTS[name]) if name in HINTS else "",
            )

    def _shown(self, column: str) -> str:
        examples = ", ".join(self.proposal["examples"].get(column, ())[:2])
        return f"{column} ({examples})"[:110] if examples else column

    def _ask_of_log(self) -> None:
        units = [(name, name) for name in self.proposal["units"]]
        ours = {folded(name): unit for unit, name in self.fields["deciding_unit"].choices}  # type: ignore[attr-defined]  # a choice field
        named = next((name for name in self.proposal["units"] if folded(name) in ours), "")
        self.fields["deciding_unit"].initial = ours.get(folded(named))
        self.fields["gate"] = forms.ChoiceField(
            label=_("What does the log call the unit that decided?"),
            choices=units,
            initial=named or (units[0][0] if units else ""),
            help_text=_("Only what this one decided is counted."),
        )
        usual = Patterns()
        for name, label, pattern in (
            ("approve", PATTERNS["approve"], usual.approve),
            ("reject", PATTERNS["reject"], usual.reject),
            ("return", PATTERNS["return"], usual.return_),
        ):
            hint = _("A pattern such as “sign-off|ok”. Empty: recognised by usual words.") if pattern else ""
            self.fields[name] = forms.RegexField(
                regex=r"[\s\S]*", label=_(label), required=False, max_length=500, help_text=hint
            )
        self.fields["submission"] = forms.CharField(
            label=_(PATTERNS["submission"]), required=False, max_length=500,
            help_text=_("Empty: whatever other units do that isn’t a decision."),
        )  # fmt: skip

    def _ask_always(self, name: str, choices: Choices, label: Any) -> None:
        self.fields[f"always_{name}"] = forms.TypedChoiceField(
            label=_(LABELS[name]) if self.is_log else label,
            choices=[("", _("the column says it") if not self.is_log else _("choose")), *choices],
            coerce=int,
            empty_value=None,
            required=self.is_log,
        )

    def _ask_how(self) -> None:
        if not (self.is_log and str(self.proposal["source"].get("format")).startswith("XES")):
            self.fields["date_format"] = forms.ChoiceField(
                label=_("How are dates written?"),
                choices=[
                    ("", _("choose")),
                    ("ymd", "2026-11-22"),
                    ("dmy", "22.11.2026, 22/11/2026"),
                    ("mdy", "11/22/2026"),
                ],
                initial=self.proposal["date_format"],
                help_text=_("It is kept, so that 03/04 is never read two ways."),
            )
        if not self.is_log:
            self.fields["decimal"] = forms.ChoiceField(
                label=_("How are amounts written?"),
                choices=[(".", "1,234.5"), (",", "1.234,5")],
                initial=self.proposal["decimal"],
            )
        self.fields["zone"] = forms.CharField(
            label=_("Time zone of times that name none"), max_length=60, initial=settings.TIME_ZONE,
            help_text=_("Such as Europe/Berlin."),
        )  # fmt: skip

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        try:
            ZoneInfo(zone)
        except (ValueError, OSError, KeyError):
            raise forms.ValidationError(
                _("No time zone is called so; one such as Europe/Berlin was expected.")
            ) from None
        return zone

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in () if self.is_log else ALWAYS:
            if not values.get(f"column_{name}") and not values.get(f"always_{name}"):
                self.add_error(f"column_{name}", gettext("Choose a column, or say below what every row is."))
        chosen = [values[f"column_{name}"] for name in FIELDS if values.get(f"column_{name}")]
        for name in FIELDS:
            if (column := values.get(f"column_{name}")) and chosen.count(column) > 1:
                self.add_error(f"column_{name}", gettext("This column was chosen for something else, too."))
        return values

    def asked_first(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.more]

    def asked_last(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more]

    def is_unfolded(self) -> bool:
        """Whether something among those asked last was said, or is wrong."""
        return any(field.errors or field.value() for field in self.asked_last())

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        always = {name: given[f"always_{name}"] for name in ALWAYS if given.get(f"always_{name}")}
        options: dict[str, Any] = {"zone": given["zone"], "always": always}
        facts = {"name": given["name"], "source": given["source"], "deciding_unit": given["deciding_unit"]}
        if self.is_log:
            parts = {
                "case": "case",
                "activity": "activity",
                "time": "time",
                "unit": "unit_from",
                "value": "value_from",
            }
            fields = self.proposal["fields"]
            options |= {"log": True, **{key: fields[part] for part, key in parts.items() if part in fields}}
            options |= {name: given[name] for name in (*PATTERNS, "date_format") if given.get(name)}
            options["gate"] = given["gate"]
            return {
                **facts,
                "columns": {},
                "values": {"unit": {given["gate"]: given["deciding_unit"]}},
                "options": options,
            }
        options |= {"date_format": given["date_format"], "decimal": given["decimal"]}
        if sheet := self.proposal["source"].get("sheet"):
            options["sheet"] = sheet
        columns = {name: given[f"column_{name}"] for name in FIELDS if given.get(f"column_{name}")}
        return {**facts, "columns": columns, "values": {}, "options": options}


class WordsForm(forms.Form):
    """What their words mean. ``asked`` lists (field, word, how often or None, what it means so far)."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        asked: Sequence[tuple[str, str, int | None, Any]],
        ours: Mapping[str, Choices],
        may_add: Mapping[str, bool],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.asked = list(asked)
        for at, (field, word, often, meant) in enumerate(self.asked):
            label = gettext("%(field)s “%(word)s”") % {"field": gettext(LABELS[field]), "word": word}
            add = [(ADD, gettext("Add it: “%s”") % word)] if may_add.get(field) and word.strip() else []
            self.fields[f"word_{at}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[
                    ("", gettext("choose")),
                    *((str(key), name) for key, name in ours[field]),
                    *add,
                    (LEFT_OUT, gettext("Leave such rows out")),
                ],
                initial=str(meant) if meant is not None else "",
                help_text=gettext("%s rows") % f"{often:,}" if often is not None else "",
            )

    def answers(self) -> list[Answer]:
        """What was said; words nobody said anything about stay unknown."""
        return [
            Answer(field, word, _as_ours(field, said))
            for at, (field, word, _often, _meant) in enumerate(self.asked)
            if (said := self.cleaned_data[f"word_{at}"])
        ]


def _as_ours(field: str, said: str) -> str | int:
    return said if field in ("outcome", "risk") or said in (ADD, LEFT_OUT) else int(said)


class PersonForm(forms.Form):
    """Whose account a person in imported records is."""

    account = forms.TypedChoiceField(label=_("Account"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, accounts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "account", [("", _("nobody here")), *accounts])
