"""Every address of the room, for everybody, by GET and by POST without fields."""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.gate.rules import Outcome
from fairgate.protection import actions, imports
from fairgate.protection.models import CatchJudgement, Complaint, Escape
from fairgate.protection.urls import urlpatterns

from .conftest import CAST, signed_in

OK, REFUSED, METHOD, NONE, INVALID, GONE_ON = 200, 403, 405, 404, 422, 302
NOBODY = {"fay", "gil"}
READERS = set(CAST) - NOBODY
FUNCTION = {"bea", "bob", "kim"}
WORKING = FUNCTION | {"charlie", "cleo", "dan"}
IMPORTERS = FUNCTION | {"alice"}
JUDGES = {"bea", "charlie", "cleo"}  # Bob decided it; Kim works on both sides

# address: who gets what for GET and for an empty POST; everybody not named gets the last pair.
TABLE = {
    "protection": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "protection-pdf": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "escapes": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "catches": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "catch": [(JUDGES, OK, INVALID), (READERS - JUDGES - {"dan"}, OK, REFUSED), (NOBODY | {"dan"}, NONE, NONE)],
    "export-catches": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "complaints": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "report": [(WORKING, OK, INVALID), (set(CAST) - WORKING, REFUSED, REFUSED)],
    "template": [(IMPORTERS, OK, OK), (set(CAST) - IMPORTERS, REFUSED, REFUSED)],
    "export-complaints": [(READERS, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "complaint": [(READERS - {"dan"}, OK, OK), (NOBODY | {"dan"}, NONE, NONE)],
    **dict.fromkeys(
        ("reply", "not-investigated", "reference", "link"),
        ((FUNCTION, OK, INVALID), (READERS - FUNCTION - {"dan"}, REFUSED, REFUSED), (NOBODY | {"dan"}, NONE, NONE)),
    ),
    "unlink": [  # Bob decided it
        (FUNCTION - {"bob"}, OK, INVALID),
        (READERS - FUNCTION - {"dan"} | {"bob"}, REFUSED, REFUSED),
        (NOBODY | {"dan"}, NONE, NONE),
    ],
    "imports": [(IMPORTERS, OK, OK), (set(CAST) - IMPORTERS, REFUSED, REFUSED)],
    "new-import": [(IMPORTERS, OK, INVALID), (set(CAST) - IMPORTERS, REFUSED, REFUSED)],
    "import": [(IMPORTERS, OK, OK), (set(CAST) - IMPORTERS, NONE, NONE)],
    "apply-import": [(IMPORTERS, METHOD, GONE_ON), (set(CAST) - IMPORTERS, METHOD, NONE)],
    "discard-import": [(IMPORTERS, METHOD, GONE_ON), (set(CAST) - IMPORTERS, METHOD, NONE)],
}  # fmt: skip


@pytest.fixture
def addresses(plant):
    refused = plant.decided(by="bob")
    passed = plant.decided(Outcome.APPROVED, item="LOT-7", days_ago=20)
    complaint = plant.complaint("LOT-7")
    actions.link(by=plant.who("bob"), complaint=complaint.pk, decision=passed.pk, reason="the same lot")
    plant.decided(Outcome.APPROVED, item="LOT-7", days_ago=30)  # left to be linked
    table = b"Product,Lot,Complainant,Nature of complaint,Severity,Date\nTablets,LOT-8,Ann,broken,minor,2026-03-31\n"
    coming = imports.open_file(by=plant.who("alice"), name="complaints.csv", content=[table])
    arguments = {
        "catch": [refused.pk],
        "export-catches": ["xlsx"],
        "export-complaints": ["csv"],
        **dict.fromkeys(("complaint", "reply", "not-investigated", "reference", "link"), (complaint.pk,)),
        "unlink": [complaint.pk, passed.pk],
        **dict.fromkeys(("import", "apply-import", "discard-import"), (coming.pk,)),
    }
    return {name: reverse(f"protection:{name}", args=arguments.get(name, [])) for name in TABLE}


def records():
    return Complaint.objects.count(), Escape.objects.count(), CatchJudgement.objects.count()


def test_the_table_names_every_address_and_everybody_once():
    assert {page.name for page in urlpatterns} == TABLE.keys()
    for expected in TABLE.values():
        assert sorted(name for people, _, _ in expected for name in people) == sorted(CAST)


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(plant, addresses, name):
    before = records()
    # Those who get through with a POST come last: an import can be applied once.
    for people, get, post in reversed(TABLE[name]):
        for who in sorted(people):
            client = signed_in(plant.people[who])
            assert (who, client.get(addresses[name]).status_code) == (who, get)
            assert (who, client.post(addresses[name]).status_code) == (who, post)
    if name != "apply-import":
        assert records() == before


@pytest.mark.parametrize("name", TABLE)
def test_nobody_outside_gets_in(addresses, name):
    assert Client().get(addresses[name]).status_code == 302


@pytest.mark.parametrize("name", ["export-catches", "export-complaints"])
def test_a_format_nobody_knows_is_not_there(plant, name):
    assert signed_in(plant.people["bob"]).get(reverse(f"protection:{name}", args=["exe"])).status_code == 404


def test_a_unit_that_is_none_is_not_there(plant):
    client = signed_in(plant.people["bob"])
    assert client.get(reverse("protection:protection") + "?unit=99999").status_code == 404
    assert client.get(reverse("protection:protection") + "?unit=x").status_code == 200
