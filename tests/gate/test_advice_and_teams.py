"""“Would this pass?”, and the teams decisions are made in."""

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.gate import actions, queries
from fairgate.gate.actions import Faulty, NotAllowedNow
from fairgate.gate.models import AdviceQuestion, Clause, Team
from fairgate.gate.rules import NotNow, Outcome

from .conftest import (
    MANUFACTURING,
    PROGRAM,
    QUALITY,
    WAREHOUSE,
    decided,
    moved_to_quality,
    recorded,
    submitted,
)


def asked(cast, gate, plant, **other):
    typed = {
        "kind": gate["change"].pk,
        "unit": plant[MANUFACTURING].pk,
        "question": "Would it?",
        "key": "k",
        **other,
    }
    return actions.ask(by=cast["charlie"], **typed)


def faults(raised) -> list[tuple[str, str]]:
    return [(fault.field, fault.code.value) for fault in raised.value.faults]


def test_advice_is_answered_with_the_clauses_that_matter_as_they_read_then(cast, gate, plant, time):
    question = asked(cast, gate, plant)
    clause = Clause.objects.get(number="211.22")
    actions.answer(
        by=cast["rita"], pk=question.pk, likely="unlikely", answer=" Test it first. ", clauses=[clause.pk]
    )
    Clause.objects.filter(pk=clause.pk).update(edition=2)
    found = queries.question_for(cast["lea"], question.pk)
    assert (found.likely, found.answer, found.answered_by) == ("unlikely", "Test it first.", cast["rita"])
    assert found.clauses_as_read == [[clause.pk, 1]]
    assert [entry.action for entry in recorded()][-2:] == ["gate.advice-asked", "gate.advice-given"]


def test_advice_binds_nobody_and_stays_beside_the_request(cast, gate, plant):
    question = asked(cast, gate, plant)
    actions.answer(by=cast["rita"], pk=question.pk, likely="likely", answer="Yes.", clauses=[])
    request = submitted(cast["charlie"], gate["change"], advice=question.pk)
    refused = decided(cast["rita"], request, Outcome.REFUSED)
    assert queries.page_of_request(cast["charlie"], refused.pk).request.advice == question
    with pytest.raises(Faulty) as raised:
        submitted(cast["dan"], gate["change"], advice=question.pk)
    assert faults(raised) == [("advice", "not-known")]


def test_a_question_is_answered_once(cast, gate, plant):
    question = asked(cast, gate, plant)
    given = {"pk": question.pk, "likely": "likely", "answer": "Yes.", "clauses": []}
    actions.answer(by=cast["rita"], **given)
    with pytest.raises(NotAllowedNow) as raised:
        actions.answer(by=cast["bob"], **{**given, "answer": "No."})
    assert raised.value.code is NotNow.ANSWERED
    assert AdviceQuestion.objects.get().answer == "Yes."


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"answer": ""}, ("answer", "missing")),
        ({"likely": ""}, ("likely", "missing")),
        ({"likely": "surely"}, ("likely", "not-known")),
        ({"clauses": [999_999]}, ("clauses", "not-known")),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(cast, gate, plant, given, found):
    typed = {"likely": "likely", "answer": "Yes.", "clauses": [], **given}
    with pytest.raises(Faulty) as raised:
        actions.answer(by=cast["rita"], pk=asked(cast, gate, plant).pk, **typed)
    assert faults(raised) == [found]


def test_what_is_wrong_with_a_question_is_said(cast, gate, plant):
    for wrong, found in [
        ({"question": " "}, ("question", "missing")),
        ({"question": "x" * 5_001}, ("question", "too-long")),
    ]:
        with pytest.raises(Faulty) as raised:
            asked(cast, gate, plant, **wrong)
        assert faults(raised) == [found]
    assert asked(cast, gate, plant) == asked(cast, gate, plant, question="sent twice")


def test_a_decision_keeps_the_team_it_was_made_in(cast, gate, plant):
    east, west = (
        actions.add_team(by=cast["bob"], unit=plant[QUALITY].pk, name=name) for name in ("East", "West")
    )
    actions.place_in_team(by=cast["bob"], team=east.pk, person=cast["rita"].pk)
    first = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    actions.place_in_team(by=cast["bob"], team=west.pk, person=cast["rita"].pk)
    second = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    assert (first.decisions.get().team, second.decisions.get().team) == (east, west)
    assert list(cast["rita"].teams.all()) == [west]
    assert (
        decided(cast["sam"], submitted(cast["dan"], gate["change"]), Outcome.APPROVED).decisions.get().team
        is None
    )


def test_a_team_has_a_name_of_its_own_and_people_of_its_unit(cast, gate, plant):
    team = actions.add_team(by=PROGRAM, unit=plant[QUALITY].pk, name="East")
    for name, found in [("east ", "the-same"), ("", "missing")]:
        with pytest.raises(Faulty) as raised:
            actions.add_team(by=PROGRAM, unit=plant[QUALITY].pk, name=name)
        assert faults(raised) == [("name", found)]
    assert actions.add_team(by=PROGRAM, unit=plant[WAREHOUSE].pk, name="East") != team
    with pytest.raises(Faulty) as raised:
        actions.place_in_team(by=PROGRAM, team=team.pk, person=cast["dan"].pk)
    assert faults(raised) == [("person", "not-known")]
    entries = len(recorded())
    actions.place_in_team(by=PROGRAM, team=team.pk, person=cast["rita"].pk)
    actions.place_in_team(by=PROGRAM, team=team.pk, person=cast["rita"].pk)
    assert len(recorded()) == entries + 1
    assert Team.objects.count() == 2


def test_nobody_answers_their_own_question_having_changed_sides(cast, gate, plant, time):
    asked = actions.ask(
        by=cast["lea"], kind=gate["change"].pk, unit=plant[MANUFACTURING].pk, question="Would it?", key="own"
    )
    lea = moved_to_quality(cast["lea"])
    with pytest.raises(PermissionDenied):
        actions.answer(by=lea, pk=asked.pk, likely="likely", answer="Sure.", clauses=[])
    assert not [one for one in queries.waiting_for(lea) if "Would it?" in one.what]
    assert [one for one in queries.waiting_for(cast["rita"]) if "Would it?" in one.what]
