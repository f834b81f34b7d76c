"""The plan on its page: what the command line says, and conversations where there are few people."""

import re

import pytest
from django.urls import reverse

from fairgate.engines.disclosure import planning
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
