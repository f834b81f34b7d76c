"""What waits for whom, and what changed for whom."""

from datetime import timedelta

from django.urls import reverse

from fairgate.gate import actions, queries
from fairgate.gate.models import Clause
from fairgate.gate.rules import Outcome

from .conftest import CAST, MANUFACTURING, decided, reviewed, slip, submitted


def waits(person) -> list[str]:
    return [each.what for each in queries.waiting_for(person)]


def heard(person, since) -> list[str]:
    return [each.what for each in queries.news_for(person, since)]


def test_nothing_waits_where_nothing_was_asked(cast, gate):
    assert all(waits(cast[name]) == [] for name in CAST)


def test_what_is_assigned_waits_for_its_reviewer_with_the_promise(cast, gate, time):
    request = submitted(cast["charlie"], gate["batch"], item="Lot 7")
    (one,) = queries.waiting_for(cast["bob"])
    assert one.what == f"Review {request.reference} for Manufacturing: Lot 7"
    assert (one.due, one.since, one.is_promise) == (request.promised_by, request.submitted_at, True)
    assert one.url == reverse("gate:request", args=[request.pk])
    assert all(waits(cast[name]) == [] for name in CAST if name != "bob")


def test_the_next_due_comes_first_and_what_has_no_date_last(cast, gate, time):
    for kind in ("question", "change", "batch"):
        request = submitted(cast["charlie"], gate[kind], item=kind)
        type(request).objects.filter(pk=request.pk).update(reviewer=cast["bob"])
    assert [what.rpartition(": ")[2] for what in waits(cast["bob"])] == ["batch", "change", "question"]


def test_what_is_reviewed_or_unassigned_waits_for_everybody_who_may(cast, gate, time):
    reviewed(cast["sam"], submitted(cast["charlie"], gate["change"]))
    request = submitted(cast["dan"], gate["change"])
    type(request).objects.filter(pk=request.pk).update(reviewer=None)
    for name in ("bob", "rita", "sam"):
        assert [what.partition(" R-")[0] for what in waits(cast[name])] == [
            "Decide on",
            "Nobody is to review",
        ]
    # Hana works in Manufacturing, too: that unit's requests are none of hers to decide.
    assert [what.partition(" R-")[0] for what in waits(cast["hana"])] == ["Nobody is to review"]
    assert all(waits(cast[name]) == [] for name in ("alice", "charlie", "dora", "emil", "gil", "olga"))


def test_questions_and_second_looks_wait_for_those_who_may_give_them(cast, gate, plant, time):
    unit = plant[MANUFACTURING].pk
    actions.ask(by=cast["charlie"], kind=gate["change"].pk, unit=unit, question="Would it\npass?", key="k")
    request = decided(
        cast["rita"], submitted(cast["charlie"], gate["change"], item="Line 2"), Outcome.REFUSED
    )
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="x")
    look = f"Give {request.reference} a second look: Line 2"
    question = "Answer a question from Manufacturing: Would it"
    assert {name: waits(cast[name]) for name in ("bob", "rita", "sam")} == {
        "bob": [question, look],
        "rita": [question],  # she decided
        "sam": [question, look],
    }


def test_what_was_held_or_returned_waits_for_those_who_asked_until_they_improve_it(cast, gate, time):
    held = decided(cast["rita"], submitted(cast["charlie"], gate["batch"], item="Lot 7"), Outcome.HELD)
    returned = decided(
        cast["rita"], submitted(cast["charlie"], gate["change"], item="Line 2"), Outcome.RETURNED
    )
    said = "its slip says what would make it a yes"
    expected = [
        f"{held.reference} was held; {said}: Lot 7",
        f"{returned.reference} was returned; {said}: Line 2",
    ]
    assert waits(cast["charlie"]) == waits(cast["lea"]) == expected
    assert waits(cast["dan"]) == []
    submitted(cast["charlie"], gate["change"], follows=returned.pk)
    assert waits(cast["charlie"]) == expected[:1]


def test_an_overturned_second_look_waits_for_nobody(cast, gate, time):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="x")
    actions.look_again(by=cast["sam"], pk=request.pk, result="overturned", reasons="x", outcome="approved")
    assert all(waits(cast[name]) == [] for name in CAST)


def test_news_are_what_happened_to_what_ones_unit_asked(cast, gate, plant, time):
    begun = time.at
    request = submitted(cast["charlie"], gate["change"], item="Line 2")
    actions.warn(
        by=cast["rita"], pk=request.pk, expected_by=request.promised_by + timedelta(days=1), reason="ill"
    )
    time.on(hours=1)
    decided(cast["rita"], request, Outcome.REFUSED)
    time.on(hours=1)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="x")
    actions.look_again(by=cast["sam"], pk=request.pk, result="upheld", reasons="x")
    time.on(hours=1)
    unit = plant[MANUFACTURING].pk
    asked = actions.ask(by=cast["charlie"], kind=gate["change"].pk, unit=unit, question="Would it?", key="k")
    clauses = [Clause.objects.all()[0].pk]
    actions.answer(by=cast["rita"], pk=asked.pk, likely="with-changes", answer="Test it.", clauses=clauses)
    news = [
        f"The second look at {request.reference} left the decision as it was: Line 2",
        f"{request.reference} was refused: Line 2",
        f"The answer to {request.reference} will come later, by 10 Mar 2026: Line 2",
    ]
    answer = "Your question was answered (it would probably pass with changes): Would it?"
    assert heard(cast["charlie"], begun) == [answer, *news]
    assert heard(cast["lea"], begun) == news
    assert heard(cast["dan"], begun) == heard(cast["dora"], begun) == []
    assert heard(cast["lea"], begun + timedelta(hours=1, minutes=30)) == news[:1]
    assert heard(cast["charlie"], time.at) == []


def test_the_rota_takes_turns_and_knows_who_may_not(cast, gate, plant, time):
    order = [submitted(cast["charlie"], gate["change"]).reviewer.name for _ in range(6)]
    assert order == ["Bob", "Rita", "Sam", "Bob", "Rita", "Sam"]
    busy = submitted(cast["charlie"], gate["change"])
    decided(cast["rita"], type(busy).objects.filter(reviewer=cast["rita"]).first(), Outcome.APPROVED)
    assert submitted(cast["charlie"], gate["change"]).reviewer == cast["rita"]  # has the fewest open
    assert submitted(cast["dan"], gate["change"]).reviewer == cast["hana"]  # who may decide for the Warehouse


def test_where_nobody_may_review_it_stays_unassigned(cast, gate, plant):
    from fairgate.people import actions as people

    from .conftest import PROGRAM

    for name in ("rita", "sam"):
        people.disable(by=PROGRAM, person=cast[name], reason="left")
    people.set_roles(by=PROGRAM, person=cast["bob"], roles={"lead"}, reason="changed")
    assert (
        submitted(cast["charlie"], gate["change"]).reviewer == cast["bob"]
    )  # a lead where there is no reviewer
    people.disable(by=PROGRAM, person=cast["bob"], reason="left")
    assert submitted(cast["charlie"], gate["change"]).reviewer is None


def test_a_slip_begins_with_what_is_known(cast, gate, time):
    request = submitted(cast["charlie"], gate["batch"], asked="Release lot 7.")
    begun = queries.slip_defaults(cast["rita"], request.pk)
    assert (begun.asked, begun.ask_whom) == ("Release lot 7.", "Bob, Quality")
    assert begun.by_when.isoformat() == "2026-03-16"
    assert "Somebody else in Quality" in begun.second_look
    assert begun.second_look.endswith("within 2 working days.")
    row = slip(
        asked=begun.asked, by_when=begun.by_when, ask_whom=begun.ask_whom, second_look=begun.second_look
    )
    decided(cast["rita"], request, Outcome.REFUSED, slip=row)
