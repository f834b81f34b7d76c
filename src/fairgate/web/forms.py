"""How every form of the house is put on a page (``FORM_RENDERER``), and choices that only the request knows."""

from collections.abc import Iterable

from django.forms import BaseForm, ChoiceField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise

Choice = tuple[object, "str | Promise"]


class Renderer(DjangoTemplates):
    """Label, hint, error, control, tied by ``aria-describedby``; what is wrong is listed above, with links.

    ``{{ form }}`` goes inside the page's own ``<form>``, with the token and the button beside it.
    """

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


def offer(form: BaseForm, name: str, choices: Iterable[Choice]) -> None:
    """What may be chosen in the field ``name``. Raises TypeError where that isn't a choice field."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)
