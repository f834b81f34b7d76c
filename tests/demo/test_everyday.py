"""What is planted in the plants' records is found again by the rooms that count them."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from fairgate.demo.everyday.decided import SOURCE
from fairgate.demo.everyday.judged import SEES
from fairgate.demo.history import NOTHING, decisions_of, escapes_of
from fairgate.demo.pharma import HALDEN_PHARMA, MFG, PKG, PRO
from fairgate.gate import queries as gate
from fairgate.gate.models import Decision, RecordedPerson, RefusalSlip, ServiceRequest, Tally
from fairgate.gate.rules import NON_APPROVING
from fairgate.improvement import queries as improvement
from fairgate.organisation.models import Unit
from fairgate.overview import queries as overview
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.protection import queries as protection
from fairgate.protection.rules import WouldHave
from fairgate.shared.actor import System

PROGRAM = System("tests")
pytestmark = pytest.mark.xdist_group("halden-pharma")
APPROVING = {"approved", "conditions"}


@pytest.fixture
def pharma(halden):
    return HALDEN_PHARMA


def lead_of(unit):
    return Person.objects.get(memberships__unit__name=unit, assignments__role=Role.LEAD)


def guardrails(plant):
    lead = lead_of(plant.function)
    return protection.guardrails_for(lead, Unit.objects.get(name=plant.function).pk)


def test_every_decision_of_the_export_is_there_with_its_outcome(pharma):
    here = Counter(
        ServiceRequest.objects.filter(source=SOURCE, decisions__replaced_by=None).values_list(
            "decisions__outcome", flat=True
        )
    )
    planted = Counter(row.outcome for row in decisions_of(pharma))
    planted.subtract({"refused": pharma.overturned, "approved": -pharma.overturned})
    assert here == planted
    assert 6_000 <= sum(here.values()) <= 6_100


def test_the_running_counts_are_what_a_recount_gives(pharma):
    counted = Counter()
    for month, outcome, decisions in Tally.objects.values_list("month", "outcome", "decisions"):
        counted[month, outcome] += decisions
    recounted = Counter(
        (request.decided_at.date().replace(day=1), request.outcome)
        for request in ServiceRequest.objects.exclude(outcome="")
    )
    assert +counted == recounted


def test_people_of_the_other_system_are_pseudonyms(pharma):
    assert RecordedPerson.objects.exists()
    assert not RecordedPerson.objects.exclude(name="").exists()


def test_promises_kept_are_those_the_export_kept(pharma):
    lead = lead_of(pharma.function)
    figures = gate.promise_figures(lead, months=36)
    kept = sum(row.decided <= row.promised for row in decisions_of(pharma))
    made_here = Decision.objects.filter(arrival=None, request__arrival=None, replaces=None).count()
    assert kept <= figures.kept <= kept + made_here
    assert figures.missed == len(decisions_of(pharma)) - kept


def test_escapes_are_counted_and_the_correction_finds_those_still_to_come(pharma):
    found = guardrails(pharma).escapes
    passed = sum(row.outcome in APPROVING for row in decisions_of(pharma))
    planted = sum(row.escaped is not None for row in decisions_of(pharma))
    assert found.escapes == len(escapes_of(pharma))
    assert found.plain.value < found.corrected.value
    assert found.corrected.low <= planted / passed <= found.corrected.high
    assert abs(found.corrected.value - planted / passed) < abs(found.plain.value - planted / passed)


def test_what_the_gate_caught_is_what_was_planted_within_what_two_people_see(pharma):
    caught = protection.protection_for(lead_of(pharma.function), None).caught
    both_see = SEES["function"] * SEES["customer"]
    truth = {row.key: row.harm for row in decisions_of(pharma)}
    judged = protection.catches_for(PROGRAM)
    planted = Counter(truth[key] for key in judged.values_list("decision__request__key", flat=True))
    for harm, number in planted.items():
        expected, spread = both_see * number, 4 * (both_see * (1 - both_see) * number) ** 0.5
        assert abs(caught.agreed[WouldHave(harm)] - expected) <= spread + 1, harm
    assert caught.judged == planted.total() > 100
    assert caught.kappa.low < caught.kappa.kappa < caught.kappa.high


def test_needless_refusals_stand_out_at_one_gate_and_the_page_says_which(pharma):
    lines = guardrails(pharma).needless_by_kind
    assert [line.kind for line in lines if line.stands_out] == ["Supplier approval"]
    assert lines[0].needless.share_low.value > 0.3
    client = Client()
    client.force_login(lead_of(pharma.function))
    said = client.get(reverse("protection:protection")).content.decode()
    assert "One gate stands out" in said
    assert "“Supplier approval”" in said


def test_second_looks_overturned_what_was_planted(pharma):
    assert guardrails(pharma).needless.overturned == pharma.overturned
    overturned = gate.overturned_for(lead_of(pharma.function))
    truth = {row.key: row for row in decisions_of(pharma)}
    assert {truth[look.decision.request.key].harm for look in overturned} == {NOTHING}
    assert {look.decision.request.unit.name for look in overturned} == {PRO}


def test_slips_are_there_for_the_newest_and_missing_for_the_rest(pharma):
    lead = lead_of(pharma.function)
    written = RefusalSlip.objects.values("decision__request").distinct().count()
    refusals = ServiceRequest.objects.filter(outcome__in=sorted(NON_APPROVING)).count()
    assert written > 40
    assert gate.slips_missing(lead) == refusals - written


def test_what_waits_differs_by_who_asks(pharma):
    home = {
        "decides": overview.home_for(lead_of(pharma.function)),
        "asks": overview.home_for(lead_of(MFG)),
        "audits": overview.home_for(Person.objects.get(assignments__role=Role.AUDITOR)),
    }
    assert home["decides"].lines
    assert home["asks"].lines or home["asks"].news
    assert not home["audits"].lines


def test_what_waits_has_the_oldest_promise_first(pharma):
    lines = [line.waiting for line in overview.home_for(lead_of(pharma.function)).lines]
    dated = [line.due for line in lines if line.due]
    assert dated == sorted(dated)
    assert all(line.due is None for line in lines[len(dated) :])


def test_packaging_was_talked_with_and_sees_what_was_promised(pharma):
    page = improvement.own_page(lead_of(PKG))
    assert "on call" in str(page)
