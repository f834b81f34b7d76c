"""What somebody says, and the short text a ballot keeps of it."""

from dataclasses import dataclass, field

from fairgate.voice.rules.codes import STEPS, Form
from fairgate.voice.rules.errors import BadAnswers

LEFT = "-"
"""Stands in a ballot's text for an item that was left."""


@dataclass(frozen=True, slots=True)
class Answers:
    """One step an item, in the order of the form, None for "can't judge"; agreement with the decision and whether the way
    to a second look is known are asked apart and never scored. Never shown by ``repr``: errors end up in logs."""

    items: tuple[int | None, ...] = field(repr=False)
    agreement: int | None = field(default=None, repr=False)
    knows_second_look: bool | None = field(default=None, repr=False)

    def check(self, form: Form) -> None:
        """Raises `BadAnswers` for what is not on the form."""
        codes = [item.code for item in form.items]
        if len(self.items) != len(codes):
            raise BadAnswers("items")
        for code, step in zip([*codes, "agreement"], [*self.items, self.agreement], strict=True):
            if step is not None and (isinstance(step, bool) or step not in STEPS):
                raise BadAnswers(code)
        if self.knows_second_look not in (None, True, False):
            raise BadAnswers("second-look")
        if form is Form.MIRROR and (self.agreement, self.knows_second_look) != (None, None):
            raise BadAnswers("agreement")

    def text(self) -> str:
        """One character an item, then agreement and second look (0 or 1)."""
        knows = None if self.knows_second_look is None else int(self.knows_second_look)
        return "".join(LEFT if step is None else str(step) for step in (*self.items, self.agreement, knows))

    @classmethod
    def of(cls, text: str) -> "Answers":
        """What `text` wrote."""
        *items, agreement, knows = (None if sign == LEFT else int(sign) for sign in text)
        return cls(tuple(items), agreement, None if knows is None else bool(knows))
