"""What comes back from the form. It only checks: the page itself is the same for everybody and is drawn by
`templatetags.voice`, because an answer that was given is never shown again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fairgate.voice.rules import STEPS, Answers, Form, items_of
from fairgate.voice.wording.answering import NOT_A_STEP, NOTHING_CHOSEN

AGREEMENT, SECOND_LOOK = "agreement", "second-look"


class AnswerForm(forms.Form):
    """A step for each sentence; none for what can't be judged or wasn't answered. Messages never repeat what was sent."""

    def __init__(self, data: Mapping[str, Any], *, form: Form) -> None:
        super().__init__(data)
        self.items = items_of(form)
        asked = self.items if form is Form.MIRROR else (*self.items, AGREEMENT)
        for name in asked:
            self.fields[name] = _choice([(str(step), step) for step in STEPS], int)
        if form is Form.TREATMENT:
            self.fields[SECOND_LOOK] = _choice([("yes", ""), ("no", "")], "yes".__eq__)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(name in self.data for name in self.fields):
            raise forms.ValidationError(_(NOTHING_CHOSEN))
        return values

    @property
    def problem(self) -> str:
        """What is wrong in a sentence, or nothing."""
        errors = [str(message) for messages in self.errors.values() for message in messages]
        return errors[0] if errors else ""

    def given(self) -> dict[str, str]:
        """What was chosen, to leave it chosen on the page that says what is wrong."""
        return {name: self.data[name] for name in self.fields if name in self.data}

    def answers(self) -> Answers:
        values = self.cleaned_data
        return Answers(
            items=tuple(values[name] for name in self.items),
            agreement=values.get(AGREEMENT),
            knows_second_look=values.get(SECOND_LOOK),
        )


def _choice(choices: list[tuple[str, Any]], coerce: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=choices,
        coerce=coerce,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _(NOT_A_STEP)},
    )
