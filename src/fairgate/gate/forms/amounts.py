"""Amounts as people type them, read as files are: 1,000.50 and 1.000,50."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from fairgate.readers.numbers import amount, notation


class AmountField(forms.DecimalField):
    """A point or comma is a decimal sign wherever the amount itself tells; “1.000” alone is read as the language writes it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Such as 1000.50, 1,000.50 or 1.000,50."))
        super().__init__(localize=True, **options)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # None is how Django says empty
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        usual = formats.get_format("DECIMAL_SEPARATOR")
        decimal = notation([text], prefer=usual).decimal
        number = amount(text, decimal)
        if number is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(str(number))
