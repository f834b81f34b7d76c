"""Every address of the room, for everybody, by GET and by POST without fields.

Bob, Bea and Kim decide in Quality; Charlie, Cleo and Dan hand things in; Alice is steward, Dora audits, Emil leads the plant,
Gil is privacy officer, Fay holds no role.
"""

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.fairness.models import Agreement, Run, Survey
from fairgate.fairness.urls import urlpatterns

from .conftest import CAST, signed_in

OK, REFUSED, METHOD, NONE, INVALID, GONE_ON = 200, 403, 405, 404, 422, 302
EVERYBODY = set(CAST)
NOBODY = {"fay"}
INSIDE = EVERYBODY - NOBODY
IMPORTERS = {"alice", "gil"}
SEES_TEAMS = {"bea", "bob", "kim", "dora", "emil", "gil"}
RUNS = {"alice", "bob", "gil"}  # Bob leads Quality

# address: who gets what for GET and for an empty POST.
TABLE = {
    "scorecard": [(INSIDE, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "scorecard-pdf": [(INSIDE, OK, OK), (NOBODY, REFUSED, REFUSED)],
    "agreement": [({"gil"}, OK, OK), (INSIDE - {"gil"}, OK, REFUSED), (NOBODY, REFUSED, REFUSED)],
    "withdraw": [({"gil"}, OK, INVALID), (EVERYBODY - {"gil"}, REFUSED, REFUSED)],
    "new-run": [(RUNS, METHOD, GONE_ON), (EVERYBODY - RUNS, METHOD, REFUSED)],
    "use-periods": [({"gil"}, OK, INVALID), (EVERYBODY - {"gil"}, REFUSED, REFUSED)],
    "run": [(SEES_TEAMS, OK, OK), (EVERYBODY - SEES_TEAMS, NONE, NONE)],
    "surveys": [(IMPORTERS, OK, OK), (EVERYBODY - IMPORTERS, REFUSED, REFUSED)],
    "new-survey": [(IMPORTERS, OK, INVALID), (EVERYBODY - IMPORTERS, REFUSED, REFUSED)],
    "survey": [(IMPORTERS, OK, OK), (EVERYBODY - IMPORTERS, NONE, NONE)],
    "columns": [(IMPORTERS, OK, INVALID), (EVERYBODY - IMPORTERS, NONE, NONE)],
    "apply-survey": [(IMPORTERS, METHOD, GONE_ON), (EVERYBODY - IMPORTERS, METHOD, NONE)],
    "discard-survey": [(IMPORTERS, METHOD, GONE_ON), (EVERYBODY - IMPORTERS, METHOD, NONE)],
}


@pytest.fixture
def addresses(plant):
    plant.agreed()
    result = plant.scored()
    coming = plant.came_in()
    arguments = {
        **dict.fromkeys(("agreement", "withdraw"), (plant.unit,)),
        "new-run": (result.run.survey_id,),
        "run": (result.run_id,),
        **dict.fromkeys(("survey", "columns", "apply-survey", "discard-survey"), (coming.pk,)),
    }
    return {name: reverse(f"fairness:{name}", args=arguments.get(name, [])) for name in TABLE}


def records():
    return Survey.objects.count(), Run.objects.count(), Agreement.objects.count()


def test_the_table_names_every_address_and_everybody_once():
    assert {page.name for page in urlpatterns} == TABLE.keys()
    for expected in TABLE.values():
        assert sorted(name for people, _, _ in expected for name in people) == sorted(CAST)


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(plant, addresses, name):
    before = records()
    # Those who get through with a POST come last: a table can be applied once.
    for people, get, post in reversed(TABLE[name]):
        for who in sorted(people):
            client = signed_in(plant.people[who])
            assert (who, client.get(addresses[name]).status_code) == (who, get)
            assert (who, client.post(addresses[name]).status_code) == (who, post)
    if name != "new-run":
        assert records() == before


@pytest.mark.parametrize("name", TABLE)
def test_nobody_outside_gets_in(addresses, name):
    assert Client().get(addresses[name]).status_code == 302


def test_a_unit_that_is_none_is_not_there(plant):
    client = signed_in(plant.people["bob"])
    assert client.get(reverse("fairness:scorecard") + "?unit=99999").status_code == 404
    assert client.get(reverse("fairness:scorecard") + "?unit=x").status_code == 200
