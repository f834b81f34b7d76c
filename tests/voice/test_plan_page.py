"""The plan on its page: what the command line says, and conversations where there are few people."""

import re
from datetime import date

import pytest
from django.urls import reverse

from fairgate.engines.disclosure import planning
from fairgate.gate.models import Decision, ServiceRequest
from fairgate.gate.queries import readable_by
from fairgate.shared.translations import ENGLISH
from fairgate.voice.wording import plan as wording
from gate.conftest import signed_in

MANY = {
    "people": "400", "approved": "2000", "conditions": "0", "returned": "600", "refused": "400", "teams": "4", "deciders": "4",
    "response": "50", "oversampling": "3",
}  # fmt: skip
FEW = {**MANY, "people": "12", "approved": "30", "returned": "2", "refused": "2", "teams": "1"}


def asked(house, given, who="gil"):
    return signed_in(house.cast[who]).get(reverse("voice:plan"), given)


def said(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def test_first_it_asks(house):
    page = asked(house, {})
    assert page.status_code == 200
    assert "How many people hand something in?" in said(page)
    assert "<table" not in page.content.decode()


def value_of(page, name):
    return re.search(rf'name="{name}" value="(\d+)"', page.content.decode())[1]


def test_it_starts_from_what_was_decided_lately(house, time):
    """Five months of decisions in two teams; what is older than half a year before the last is not among them."""
    house.decided(house.crowd(1)[0], "refused", on=date(2025, 1, 15))
    crowd = house.crowd(30)
    for number, person in enumerate(crowd):
        outcome = "refused" if number < 6 else "returned" if number < 9 else "approved"
        house.decided(person, outcome, on=date(2026, 2 + number % 5, 20), team=number % 2, decider=number)
    house.decided(crowd[0], "approved", on=date(2026, 6, 20))
    house.decided(crowd[1], "held", on=date(2026, 6, 20))
    page = asked(house, {})
    counted = {
        "people": 30,
        "approved": 44,
        "conditions": 0,
        "returned": 6,
        "refused": 12,
        "teams": 2,
        "deciders": 3,
    }
    assert {name: int(value_of(page, name)) for name in counted} == counted
    text = said(page)
    assert "Counted from your decisions, last 6 months (31 up to 20 June 2026)" in text
    assert "how many will answer is assumed" in text
    changed = asked(house, {**MANY, "refused": "401"})
    assert value_of(changed, "refused") == "401"
    assert "Counted from your decisions" not in said(changed)


def test_where_a_unit_has_teams_decisions_of_none_make_no_team(house, time):
    for number, person in enumerate(house.crowd(6)):
        house.decided(person, "approved", on=date(2026, 6, 20), team=number % 2, decider=number)
    request = house.decided(house.crowd(1)[0], "refused", on=date(2026, 6, 20)).request
    Decision.objects.create(
        request=request,
        outcome="refused",
        kind_edition=1,
        decided_at=request.decided_at,
        decided_by=house.deciders[0],
    )
    assert value_of(asked(house, {}), "teams") == "2"


def test_of_others_units_decisions_a_plan_counts_nothing(house, time):
    """Rita reviews at Quality; whoever works in a warehouse that asked nothing starts from assumptions."""
    house.decided(house.crowd(1)[0], "refused", on=date(2026, 6, 20))
    assert "Counted from your decisions, last month (1 up to 20 June 2026)" in said(asked(house, {}, "rita"))
    outside = [
        name for name, person in house.cast.items() if not ServiceRequest.objects.filter(readable_by(person))
    ]
    for name in set(outside) - {"gil", "fay"}:
        assert "Counted" not in said(asked(house, {}, name)), name


def test_it_says_what_the_engine_found(house):
    page = asked(house, MANY)
    each = {"approved": 500, "conditions": 0, "returned": 150, "refused": 100}
    plan = planning.Plan(400, tuple(planning.Team(f"team {n + 1}", each, 4) for n in range(4)))
    found = planning.plan(plan)
    text = said(page).replace("&#x27;", "'")
    assert wording.lead(found, ENGLISH) in text
    for row in wording.rows(found, ENGLISH):
        for cell in row.cells:
            assert cell in text
    for line in wording.assumptions(plan, ENGLISH):
        assert line in text


def test_with_few_people_it_leads_to_conversations(house):
    page = asked(house, FEW)
    assert "conversations first" in said(page)
    assert reverse("improvement:improvement") in page.content.decode()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"people": "0"}, "greater than or equal to 1"),
        ({"people": "many"}, "Enter a whole number"),
        ({"response": "101"}, "less than or equal to 100"),
        ({"approved": "-1"}, "greater than or equal to 0"),
        ({"approved": "0", "returned": "0", "refused": "0"}, "No decisions"),
        ({"teams": ""}, "This field is required"),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_words(house, given, message):
    page = asked(house, {**MANY, **given})
    assert page.status_code == 422
    assert message in said(page)
    assert "<table" not in page.content.decode()
