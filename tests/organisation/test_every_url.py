"""Every address of the organisation room, for everybody, by GET and by POST without fields."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.organisation import imports
from fairgate.organisation.rules import FactKind
from fairgate.organisation.urls import urlpatterns

from .conftest import CAST, LOG, MANUFACTURING, PROGRAM, QUALITY, signed_in

SIGN_IN, OK, REFUSED, METHOD, NONE, INVALID, GONE_ON = 302, 200, 403, 405, 404, 422, 302
STEWARD = {"alice"}
IN_A_UNIT = {"alice", "bob", "charlie", "dan"}
CONCERNED = {"alice", "bob", "charlie"}  # Dan works in the warehouse, which is neither of the two
EVERYBODY = set(CAST)

# address: who may, what GET answers them, what an empty POST answers them; what others get for each.
TABLE = {
    "organisation": (EVERYBODY, OK, OK, None, None),
    "unit": (EVERYBODY, OK, OK, None, None),
    "unit-pdf": (EVERYBODY, OK, OK, None, None),
    "unit-json": (EVERYBODY, OK, OK, None, None),
    "members": (STEWARD, METHOD, GONE_ON, METHOD, REFUSED),
    "remove-member": (STEWARD, METHOD, GONE_ON, METHOD, REFUSED),
    "relation": (CONCERNED, OK, INVALID, OK, REFUSED),
    "imports": (STEWARD, OK, OK, REFUSED, REFUSED),
    "new-import": (STEWARD, OK, INVALID, REFUSED, REFUSED),
    "import": (STEWARD, OK, OK, NONE, NONE),
    "apply-import": (STEWARD, METHOD, GONE_ON, METHOD, NONE),
    "discard-import": (STEWARD, METHOD, GONE_ON, METHOD, NONE),
    "logs": (EVERYBODY, OK, OK, None, None),
    "log": (EVERYBODY, OK, OK, None, None),
    "retire-log": (STEWARD, OK, INVALID, REFUSED, REFUSED),
    "facts": (EVERYBODY, OK, OK, None, None),
    "add": (IN_A_UNIT, OK, INVALID, REFUSED, REFUSED),
    "template": (EVERYBODY, OK, OK, None, None),
    "export": (EVERYBODY, OK, OK, None, None),
    "change": (STEWARD, OK, INVALID, REFUSED, REFUSED),
    "remove": (STEWARD, OK, INVALID, REFUSED, REFUSED),
}


@pytest.fixture
def addresses(cast, plant):
    coming = imports.open_file(by=PROGRAM, name="log.csv", content=[LOG.encode()])
    imports.count(pk=coming.pk)()
    imports.apply(by=PROGRAM, pk=coming.pk)
    from fairgate.organisation.models import CountedLog, Need

    table = imports.open_file(by=PROGRAM, name="units.csv", content=[b"Unit,What it does\nLab,Tests\n"])
    log, need = CountedLog.objects.get(), Need.objects.get(service__name="batch release")
    arguments = {
        "unit": [plant[QUALITY].pk],
        "unit-pdf": [plant[QUALITY].pk],
        "unit-json": [plant[QUALITY].pk],
        "members": [plant[QUALITY].pk],
        "remove-member": [plant[QUALITY].pk, cast["bob"].pk],
        "relation": [plant[QUALITY].pk, plant[MANUFACTURING].pk],
        "import": [table.pk],
        "apply-import": [table.pk],
        "discard-import": [table.pk],
        "log": [log.pk],
        "retire-log": [log.pk],
        "facts": [FactKind.NEEDS],
        "add": [FactKind.NEEDS],
        "template": [FactKind.NEEDS],
        "export": [FactKind.NEEDS, "xlsx"],
        "change": [FactKind.NEEDS, need.pk],
        "remove": [FactKind.NEEDS, need.pk],
    }
    return {name: reverse(f"organisation:{name}", args=arguments.get(name, [])) for name in TABLE}


def test_the_table_names_every_address():
    assert {page.name for page in urlpatterns} == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(cast, addresses, name):
    allowed, get, post, other_get, other_post = TABLE[name]
    for who in CAST:
        expected = (get, post) if who in allowed else (other_get, other_post)
        found = signed_in(cast[who]).get(addresses[name]).status_code
        assert found == expected[0], f"{who} GET"
    # Posting changes things: those who may not go first.
    for who in sorted(CAST, key=lambda who: who in allowed):
        expected = post if who in allowed else other_post
        found = signed_in(cast[who]).post(addresses[name]).status_code
        assert found == expected, f"{who} POST"


@pytest.mark.parametrize("name", TABLE)
def test_outside_there_is_only_the_sign_in_page(addresses, name):
    for answer in (Client().get(addresses[name]), Client().post(addresses[name])):
        assert answer.status_code == SIGN_IN
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_of_fact_has_its_pages(cast, plant, kind):
    client = signed_in(cast["alice"])
    for name in ("facts", "add", "template"):
        assert client.get(reverse(f"organisation:{name}", args=[kind])).status_code == OK


@pytest.mark.parametrize(
    "path",
    [
        "units/999999/",
        "units/999999/page.pdf",
        "units/1/customers/999999/",
        "logs/999999/",
        "needs/999999/change/",
        f"imports/{UUID(int=1)}/",
        "needs/table.exe",
        "nothing/",
        "?process=999999",
    ],
)
def test_what_is_not_there_is_a_plain_404(cast, plant, path):
    answer = signed_in(cast["alice"]).get(f"/organisation/{path}")
    assert answer.status_code == NONE
    assert "Traceback" not in answer.content.decode()


def test_a_post_without_its_token_is_refused(cast, plant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["alice"])
    assert (
        client.post(reverse("organisation:add", args=[FactKind.UNITS]), {"name": "X"}).status_code == REFUSED
    )
