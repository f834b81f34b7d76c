"""Addresses of the gate: standards, kinds of request, presets, working days, teams."""

from django.urls import URLPattern, path, register_converter

from fairgate.gate.rules import Thing
from fairgate.gate.views import presets, rules, standards, teams


class ThingInPath:
    """``request-kind`` in an address, `Thing.KIND` in the view."""

    regex = "|".join(Thing)

    def to_python(self, value: str) -> Thing:
        return Thing(value)

    def to_url(self, value: str) -> str:
        return str(Thing(value))


register_converter(ThingInPath, "thing")

urlpatterns: list[URLPattern] = [
    path("standards/", standards.standards, name="standards"),
    path("standards/new/<int:preset>/", rules.add_standard, name="add-standard"),
    path("standards/<int:pk>/", standards.standard, name="standard"),
    path("standards/<int:pk>/new-clause/", rules.add_clause, name="add-clause"),
    path("clauses/<int:pk>/", standards.clause, name="clause"),
    path("kinds/", standards.kinds, name="kinds"),
    path("kinds/new/<int:preset>/", rules.add_kind, name="add-kind"),
    path("rules/<thing:thing>/<int:pk>/edit/", rules.edit, name="edit"),
    path("rules/<thing:thing>/<int:pk>/retire/", rules.retire, name="retire"),
    path("rules/<thing:thing>/<int:pk>/editions/", standards.editions, name="editions"),
    path("presets/", presets.presets, name="presets"),
    path("presets/own/", presets.own, name="own-preset"),
    path("presets/files/<slug:code>.toml", presets.file, name="preset-file"),
    path("presets/<int:unit>/<slug:code>/", presets.install, name="install"),
    path("calendar/<int:unit>/", rules.calendar, name="calendar"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/<int:unit>/", teams.add, name="add-team"),
    path("teams/<int:pk>/place/", teams.place, name="place-in-team"),
]
