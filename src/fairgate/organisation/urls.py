"""Addresses of the organisation room."""

from django.urls import path, register_converter

from fairgate.organisation import views
from fairgate.organisation.rules import FactKind


class FactKindInPath:
    """``needs`` in an address, `FactKind.NEEDS` in the view."""

    regex = "|".join(FactKind)

    def to_python(self, value: str) -> FactKind:
        return FactKind(value)

    def to_url(self, value: str) -> str:
        return str(FactKind(value))


register_converter(FactKindInPath, "kind")

app_name = "organisation"
urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("units/<int:pk>/page.pdf", views.unit_pdf, name="unit-pdf"),
    path("units/<int:pk>/answers.json", views.unit_json, name="unit-json"),
    path("units/<int:pk>/members/", views.members, name="members"),
    path("units/<int:pk>/members/<int:person>/remove/", views.remove_member, name="remove-member"),
    path("units/<int:supplier>/customers/<int:customer>/", views.relation, name="relation"),
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.new_import, name="new-import"),
    path("imports/<uuid:pk>/", views.one_import, name="import"),
    path("imports/<uuid:pk>/apply/", views.apply_import, name="apply-import"),
    path("imports/<uuid:pk>/discard/", views.discard_import, name="discard-import"),
    path("logs/", views.logs, name="logs"),
    path("logs/<int:pk>/", views.log, name="log"),
    path("logs/<int:pk>/retire/", views.retire_log, name="retire-log"),
    path("<kind:kind>/", views.facts, name="facts"),
    path("<kind:kind>/new/", views.add, name="add"),
    path("<kind:kind>/template.xlsx", views.template, name="template"),
    path("<kind:kind>/table.<str:form>", views.export, name="export"),
    path("<kind:kind>/<int:pk>/change/", views.change, name="change"),
    path("<kind:kind>/<int:pk>/remove/", views.remove, name="remove"),
]
