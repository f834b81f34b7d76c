"""Addresses of the gate: imports."""

from django.urls import URLPattern, path, register_converter

from fairgate.gate.views import imports


class ListInPath:
    """What of an import can be downloaded."""

    regex = "problems|changes"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ListInPath, "import_list")

urlpatterns: list[URLPattern] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="new-import"),
    path("imports/template.xlsx", imports.template, name="import-template"),
    path("imports/<uuid:pk>/", imports.one_import, name="import"),
    path("imports/<uuid:pk>/columns/", imports.import_columns, name="import-columns"),
    path("imports/<uuid:pk>/words/", imports.import_words, name="import-words"),
    path("imports/<uuid:pk>/<import_list:what>.csv", imports.import_list, name="import-list"),
    path("imports/<uuid:pk>/again/", imports.read_again, name="read-import-again"),
    path("imports/<uuid:pk>/apply/", imports.apply_import, name="apply-import"),
    path("imports/<uuid:pk>/discard/", imports.discard_import, name="discard-import"),
    path("imports/mappings/<int:pk>/", imports.mapping, name="mapping"),
    path("recorded-people/", imports.recorded_people, name="recorded-people"),
    path("recorded-people/<int:pk>/", imports.recorded_person, name="recorded-person"),
]
