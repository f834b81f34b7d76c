"""Every address of the room, for everybody, by GET and by POST without fields.

Bob, Bea and Kim decide in Quality and see and make its scenarios, and so does Emil, who leads the plant; Dora audits and reads;
Alice (steward), Gil (privacy officer) and everybody who is decided on have no business here.
"""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.whatif.models import Run, Scenario, ScenarioEdition
from fairgate.whatif.urls import urlpatterns

from .conftest import CAST, signed_in

OK, REFUSED, METHOD, NONE, INVALID, GONE_ON = 200, 403, 405, 404, 422, 302
EVERYBODY = set(CAST)
MAKERS = {"bea", "bob", "kim", "emil"}
READERS = MAKERS | {"dora"}
OUTSIDE = EVERYBODY - READERS

# address: who gets what for GET and for an empty POST.
TABLE = {
    "scenarios": [(READERS, OK, OK), (OUTSIDE, REFUSED, REFUSED)],
    "new-scenario": [(MAKERS, OK, INVALID), (EVERYBODY - MAKERS, REFUSED, REFUSED)],
    "scenario": [(READERS, OK, OK), (OUTSIDE, NONE, NONE)],
    **{
        key: [(MAKERS, OK, INVALID), ({"dora"}, REFUSED, REFUSED), (OUTSIDE, NONE, NONE)]
        for key in ("records", "section", "new-run")
    },
    "run": [(READERS, OK, OK), (OUTSIDE, NONE, NONE)],
    "renew": [(MAKERS, METHOD, GONE_ON), ({"dora"}, METHOD, REFUSED), (OUTSIDE, METHOD, NONE)],
    "again": [(MAKERS, METHOD, GONE_ON), ({"dora"}, METHOD, REFUSED), (OUTSIDE, METHOD, NONE)],
    **{key: [(READERS, OK, OK), (OUTSIDE, NONE, NONE)] for key in ("run-pdf", "run-csv")},
}


@pytest.fixture
def addresses(plant, remembered):
    plant.lots(12)
    scenario = plant.known()
    result = plant.ran(scenario)
    arguments = {
        **dict.fromkeys(("scenario", "records", "new-run", "renew"), (scenario.pk,)),
        "section": (scenario.pk, "quality"),
        **dict.fromkeys(("run", "again", "run-pdf", "run-csv"), (result.run_id,)),
    }
    return {name: reverse(f"whatif:{name}", args=arguments.get(name, [])) for name in TABLE}


def records():
    return Scenario.objects.count(), ScenarioEdition.objects.count(), Run.objects.count()


def test_the_table_names_every_address_and_everybody_once():
    assert {page.name for page in urlpatterns} == TABLE.keys()
    for expected in TABLE.values():
        assert sorted(name for people, _, _ in expected for name in people) == sorted(CAST)


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(plant, addresses, name):
    before = records()
    for people, get, post in TABLE[name]:
        for who in sorted(people):
            client = signed_in(plant.people[who])
            assert (who, client.get(addresses[name]).status_code) == (who, get)
            assert (who, client.post(addresses[name]).status_code) == (who, post)
    if name != "again":
        assert records() == before


@pytest.mark.parametrize("name", TABLE)
def test_nobody_outside_gets_in(addresses, name):
    assert Client().get(addresses[name]).status_code == 302


def test_what_is_not_there_is_not_found(plant, addresses):
    client = signed_in(plant.people["bob"])
    unknown = addresses["section"].replace("quality", "weather")
    assert client.get(unknown).status_code == 404
    assert client.get(addresses["scenario"] + "?edition=99").status_code == 404
    assert client.get(addresses["scenario"] + "?edition=x").status_code == 404
    assert client.get(addresses["scenario"] + "?edition=9999999999").status_code == 404
    assert client.get(addresses["scenario"] + "?edition=").status_code == 200
    assert client.get(addresses["run"] + "?a=nothing&b=<b>").status_code == 200
