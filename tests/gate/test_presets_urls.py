"""Every address of standards and presets, for everybody, by GET and by POST without fields."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.gate import actions
from fairgate.gate.models import Preset, Severity
from fairgate.gate.rules import Thing
from fairgate.gate.urls import standards

from .conftest import CAST, MANUFACTURING, PROGRAM, QUALITY, signed_in
from .urls_standards import KEEPING, TABLE_STANDARDS, standards_addresses

__all__ = ["standards_addresses"]


def test_the_table_names_every_address():
    assert {page.name for page in standards.urlpatterns} == TABLE_STANDARDS.keys()


@pytest.mark.parametrize("name", TABLE_STANDARDS)
def test_every_address_answers_each_role_as_it_should(cast, standards_addresses, name):
    # Posting changes things: those who may not go first.
    for who in sorted(CAST, key=lambda who: who in KEEPING):
        client = signed_in(cast[who])
        found = client.get(standards_addresses[name]), client.post(standards_addresses[name])
        assert tuple(answer.status_code for answer in found) == TABLE_STANDARDS[name][who], f"{who} {name}"


@pytest.mark.parametrize("name", TABLE_STANDARDS)
def test_outside_there_is_only_the_sign_in_page(standards_addresses, name):
    for answer in (Client().get(standards_addresses[name]), Client().post(standards_addresses[name])):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_a_lead_keeps_only_the_rules_of_their_own_gate(cast, plant):
    """Manufacturing becomes a gate as well: then Lea, who leads it, keeps its rules and Bob doesn't."""
    for unit in (QUALITY, MANUFACTURING):
        actions.install(by=PROGRAM, unit=plant[unit].pk, code="quality")
    theirs = Preset.objects.get(unit=plant[MANUFACTURING])
    for name, arguments in {
        "edit": [Thing.PRESET, theirs.pk],
        "add-kind": [theirs.pk],
        "install": [plant[MANUFACTURING].pk, "legal"],
        "retire": [Thing.KIND, theirs.kinds.first().pk],
    }.items():
        address = reverse(f"gate:{name}", args=arguments)
        assert signed_in(cast["bob"]).get(address).status_code == 403
        assert signed_in(cast["lea"]).get(address).status_code == 200


@pytest.mark.parametrize("thing", Thing)
def test_everything_that_has_editions_shows_and_changes_them(cast, plant, thing):
    actions.install(by=PROGRAM, unit=plant[QUALITY].pk, code="quality")
    facts = {"zone": "UTC", "weekdays": [0, 1, 2, 3, 4], "holidays": []}
    actions.keep_calendar(by=PROGRAM, unit=plant[QUALITY].pk, facts=facts, reason="as usual", edition=0)
    from fairgate.gate import queries

    pk = queries.MODELS[thing].objects.first().pk
    client = signed_in(cast["bob"])
    for name in ("edit", "editions"):
        answer = client.get(reverse(f"gate:{name}", args=[thing, pk]), follow=True)
        assert answer.status_code == 200, name


@pytest.mark.parametrize(
    "path",
    [
        "standards/999999/",
        "clauses/999999/",
        "rules/clause/999999/edit/",
        "rules/decision/1/edit/",
        "presets/files/astrology.toml",
        "presets/files/..%2F..%2Fsettings.toml",
        "presets/999999/quality/",
        "calendar/999999/",
        "teams/new/999999/",
    ],
)
def test_what_is_not_there_is_a_plain_404(cast, standards_addresses, path):
    client = signed_in(cast["alice"])
    answer = client.post(f"/gate/{path}") if path.startswith("teams") else client.get(f"/gate/{path}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


def test_what_cannot_be_retired_has_no_page_for_it(cast, standards_addresses):
    address = reverse("gate:retire", args=[Thing.SEVERITY, Severity.objects.first().pk])
    assert signed_in(cast["alice"]).get(address).status_code == 404


def test_a_post_without_its_token_is_refused(cast, standards_addresses):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["alice"])
    assert client.post(standards_addresses["install"]).status_code == 403
