"""Somebody else of the same function looks again, once."""

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.gate import actions, queries
from fairgate.gate.actions import Faulty, NotAllowedNow, imports
from fairgate.gate.models import Decision, Review, ServiceRequest
from fairgate.gate.rules import NotNow, Outcome

from .arriving import THREE, applied, mapping_of
from .conftest import PROGRAM, again, decided, moved_to_quality, recorded, signed_in, slip, submitted
from .wholeness import every_request_is_whole, the_counts_are_right


@pytest.fixture
def refused(cast, gate, time):
    """Reviewed by Rita, refused by Bob, contested by Charlie."""
    request = submitted(cast["charlie"], gate["change"])
    actions.review(by=cast["rita"], pk=request.pk, found="x")
    actions.decide(by=cast["bob"], pk=request.pk, outcome="refused", slip=slip())
    time.on(days=30)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="The test was there.")
    return again(request)


@pytest.mark.parametrize("who", ["bob", "rita"])
def test_neither_decider_nor_reviewer_looks_again(cast, refused, who):
    with pytest.raises(PermissionDenied):
        actions.look_again(by=cast[who], pk=refused.pk, result="upheld", reasons="x")


def test_upheld_adds_reasons_and_nothing_else(cast, refused):
    look = actions.look_again(by=cast["sam"], pk=refused.pk, result="upheld", reasons="It was another sieve.")
    assert (look.result, look.looked_by, look.new_decision) == ("upheld", cast["sam"], None)
    assert (again(refused).outcome, Decision.objects.count(), Review.objects.count()) == ("refused", 1, 1)
    assert recorded("gate.second-look-upheld")[0].reason == "It was another sieve."
    every_request_is_whole()
    the_counts_are_right()


def test_overturned_puts_another_decision_in_its_place(cast, refused, time):
    look = actions.look_again(
        by=cast["sam"], pk=refused.pk, result="overturned", reasons="The test is there.", outcome="approved"
    )
    new = look.new_decision
    assert (new.outcome, new.replaces, new.review.reviewer) == ("approved", look.decision, cast["sam"])
    assert (again(refused).outcome, again(refused).decided_at) == ("approved", new.decided_at)
    assert list(queries.overturned_for(cast["dora"])) == [look]
    every_request_is_whole()
    the_counts_are_right()


def test_a_promise_was_kept_by_the_first_answer_whatever_a_second_look_made_of_it(cast, refused):
    assert queries.promise_figures(cast["dora"]).kept == 1
    actions.look_again(by=cast["sam"], pk=refused.pk, result="overturned", reasons="x", outcome="approved")
    figures = queries.promise_figures(cast["dora"])
    assert (figures.kept, figures.missed) == (1, 0)


def test_from_refused_to_returned_needs_a_slip_of_its_own(cast, refused):
    with pytest.raises(Faulty):
        actions.look_again(
            by=cast["sam"], pk=refused.pk, result="overturned", reasons="x", outcome="returned"
        )
    actions.look_again(
        by=cast["sam"], pk=refused.pk, result="overturned", reasons="x", outcome="returned", slip=slip()
    )
    with pytest.raises(NotAllowedNow) as raised:
        actions.ask_second_look(by=cast["charlie"], pk=refused.pk, why="and again")
    assert raised.value.code is NotNow.LOOKED_TWICE
    actions.write_slip(by=cast["sam"], pk=refused.pk, slip=slip(reasons="clearer"))
    the_counts_are_right()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"result": ""}, ("result", "missing")),
        ({"result": "maybe"}, ("result", "not-known")),
        ({"result": "upheld", "reasons": ""}, ("reasons", "missing")),
        ({"result": "upheld", "outcome": "approved"}, ("outcome", "unexpected")),
        ({"result": "overturned"}, ("outcome", "missing")),
        ({"result": "overturned", "outcome": "refused", "slip": True}, ("outcome", "the-same")),
        ({"result": "overturned", "outcome": "held", "slip": True}, ("outcome", "not-allowed")),
        ({"result": "overturned", "outcome": "conditions"}, ("conditions", "missing")),
    ],
)
def test_what_is_wrong_with_a_second_look_is_said(cast, refused, given, found):
    typed = {"reasons": "x", **given}
    if typed.get("slip"):
        typed["slip"] = slip()
    with pytest.raises(Faulty) as raised:
        actions.look_again(by=cast["sam"], pk=refused.pk, **typed)
    assert [(fault.field, fault.code.value) for fault in raised.value.faults] == [found]
    assert queries.page_of_request(cast["sam"], refused.pk).second_look.result == ""


def test_it_is_asked_once_and_given_once(cast, refused):
    with pytest.raises(NotAllowedNow) as raised:
        actions.ask_second_look(by=cast["lea"], pk=refused.pk, why="me too")
    assert raised.value.code is NotNow.LOOK_ASKED
    actions.look_again(by=cast["sam"], pk=refused.pk, result="upheld", reasons="x")
    with pytest.raises(NotAllowedNow) as raised:
        actions.look_again(by=cast["sam"], pk=refused.pk, result="upheld", reasons="x")
    assert raised.value.code is NotNow.LOOK_GIVEN


@pytest.mark.parametrize(
    ("outcome", "code"), [(Outcome.APPROVED, NotNow.NOT_REFUSED), (Outcome.HELD, NotNow.NOT_DECIDED)]
)
def test_only_what_was_returned_or_refused_is_looked_at_again(cast, gate, outcome, code):
    request = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), outcome)
    with pytest.raises(NotAllowedNow) as raised:
        actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="x")
    assert raised.value.code is code


def test_nobody_looks_again_unasked(cast, gate):
    request = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    with pytest.raises(NotAllowedNow) as raised:
        actions.look_again(by=cast["sam"], pk=request.pk, result="upheld", reasons="x")
    assert raised.value.code is NotNow.LOOK_NOT_ASKED


def test_whoever_asked_for_it_does_not_give_it_having_changed_sides(cast, gate, time):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["lea"], pk=request.pk, why="The test was there.")
    lea = moved_to_quality(cast["lea"])
    with pytest.raises(PermissionDenied):
        actions.look_again(by=lea, pk=request.pk, result="overturned", reasons="Mine.", outcome="approved")
    assert not looks_waiting_for(lea)
    assert len(looks_waiting_for(cast["sam"])) == 1


def test_whom_an_imported_record_names_as_submitter_gives_no_second_look_and_writes_no_slip(cast, gate, time):
    applied(THREE, mapping_of())
    request = ServiceRequest.objects.get(key="D-2")
    imports.map_person(by=PROGRAM, pk=request.submitter_id, account=cast["rita"].pk)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="The test was there.")
    with pytest.raises(PermissionDenied):
        actions.look_again(
            by=cast["rita"], pk=request.pk, result="overturned", reasons="Mine.", outcome="approved"
        )
    with pytest.raises(PermissionDenied):
        actions.write_slip(by=cast["rita"], pk=request.pk, slip=slip())
    assert not looks_waiting_for(cast["rita"])
    assert len(looks_waiting_for(cast["sam"])) == 1


def test_one_that_waits_goes_on_to_the_decision_a_file_corrects_in_details(cast, gate, time):
    mapping = mapping_of()
    applied(THREE, mapping)
    request = ServiceRequest.objects.get(key="D-2")
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="The test was there.")
    applied(THREE.replace("too hot", "much too hot"), mapping)
    assert len(looks_waiting_for(cast["rita"])) == 1
    given = {"pk": request.pk, "result": "overturned", "reasons": "It was there.", "outcome": "approved"}
    look = actions.look_again(by=cast["rita"], **given)
    assert (look.decision.note, look.new_decision.replaces) == ("much too hot", look.decision)
    the_counts_are_right()


def test_one_that_waits_ends_and_says_why_where_a_file_changes_the_outcome(cast, gate, time):
    mapping = mapping_of()
    applied(THREE, mapping)
    request = ServiceRequest.objects.get(key="D-2")
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="The test was there.")
    before = time.at
    applied(THREE.replace("Manufacturing,Rejected", "Manufacturing,approved"), mapping)
    shown = queries.page_of_request(cast["charlie"], request.pk).second_look
    assert (shown.result, shown.looked_by) == ("overtaken", None)
    assert shown.reasons == "The outcome was changed by an import: from refused to approved."
    assert not looks_waiting_for(cast["rita"])
    told = " ".join(news.what for news in queries.news_for(cast["charlie"], before))
    assert "changed before its second look" in told
    assert "not needed any more" in signed_in(cast["charlie"]).get(f"/gate/requests/{request.pk}/").text


def looks_waiting_for(person):
    return [one for one in queries.waiting_for(person) if "second look" in one.what.lower()]
