"""What every change to a rule of a gate has: the facts, why they change, and the edition its page showed."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fairgate.gate.rules import REASON_LENGTH
from fairgate.gate.rules.presets import PresetFault
from fairgate.gate.wording.presets import expected


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


class RetireForm(forms.Form):
    reason = RuleForm.base_fields["reason"]
