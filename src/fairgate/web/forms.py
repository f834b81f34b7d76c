"""How every form of the house is put on a page (``FORM_RENDERER``)."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Label, hint, error, control, tied by ``aria-describedby``; what is wrong is listed above, with links.

    ``{{ form }}`` goes inside the page's own ``<form>``, with the token and the button beside it.
    """

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
