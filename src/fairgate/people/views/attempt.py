"""A form and the one domain call it leads to."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import Form

T = TypeVar("T")


def attempt(form: Form, act: Callable[..., T], **given: Any) -> T | None:
    """What ``act`` returns for what was typed, or None with the form saying what is wrong."""
    if not form.is_valid():
        return None
    typed = {field: value for field, value in form.cleaned_data.items() if field != "again"}
    try:
        return act(**given, **typed)
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return None
