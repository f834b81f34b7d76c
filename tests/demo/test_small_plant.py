"""A plant of sixty people: the honest result is conversations, promises and catches, and no rate to speak of."""

import pytest

from fairgate.demo import actions
from fairgate.demo.history import decisions_of, escapes_of
from fairgate.demo.small import FILLING, HALDEN_SMALL, PRODUCTION
from fairgate.gate import queries as gate
from fairgate.improvement import queries as improvement
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.protection import queries as protection

APPROVING = {"approved", "conditions"}


@pytest.fixture
def small(db):
    actions.make(name="halden-small")
    return HALDEN_SMALL


def lead_of(unit):
    return Person.objects.get(memberships__unit__name=unit, assignments__role=Role.LEAD)


def test_one_escape_is_counted_and_nothing_is_estimated_from_it(small):
    unit = Unit.objects.get(name=small.function).pk
    found = protection.guardrails_for(lead_of(small.function), unit).escapes
    assert found.passed == sum(row.outcome in APPROVING for row in decisions_of(small))
    assert found.escapes == len(escapes_of(small)) == 1
    assert found.corrected is None


def test_promises_are_counted(small):
    kept = sum(row.decided <= row.promised for row in decisions_of(small))
    assert gate.promise_figures(lead_of(small.function), months=12).kept == kept


def test_who_was_talked_with_sees_what_was_promised(small):
    for unit, promised in ((PRODUCTION, "Every batch gets a date"), (FILLING, "All comments on a label")):
        assert promised in str(improvement.own_page(lead_of(unit)))
