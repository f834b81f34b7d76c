"""From what a unit asks to the decision that stands."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.gate import actions, queries
from fairgate.gate.actions import AlreadyDecided, Faulty, NotAllowedNow
from fairgate.gate.models import Clause, Decision, PromiseChange, RefusalSlip, ServiceRequest, WorkingCalendar
from fairgate.gate.rules import NotNow, Outcome, State

from .conftest import (
    MANUFACTURING,
    PROGRAM,
    QUALITY,
    again,
    decided,
    recorded,
    reviewed,
    signed_in,
    slip,
    submitted,
)


def faults(raised) -> list[tuple[str, str]]:
    return [(fault.field, fault.code.value) for fault in raised.value.faults]


def test_a_request_is_submitted_reviewed_and_approved(cast, gate, time):
    request = submitted(cast["charlie"], gate["change"], item="Line 2", value=Decimal("12.500"), risk="major")
    assert (request.state, request.reviewer, request.source) == (State.SUBMITTED, cast["bob"], "fairgate")
    assert request.promised_by == request.expected_by == datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC)
    time.on(hours=2)
    actions.review(by=cast["rita"], pk=request.pk, found="All there.")
    decision = actions.decide(by=cast["bob"], pk=request.pk, outcome="approved", seen=1)
    request = again(request)
    assert (request.state, request.outcome, request.decided_at) == (
        "decided",
        "approved",
        decision.decided_at,
    )
    assert (decision.review.reviewer, decision.decided_by, decision.kind_edition) == (
        cast["rita"],
        cast["bob"],
        1,
    )
    assert [entry.action for entry in recorded()][-3:] == [
        "gate.request-submitted",
        "gate.request-reviewed",
        "gate.request-decided",
    ]
    assert '"outcome":"approved"' in recorded()[-1].new


def test_the_same_form_sent_twice_is_one_request(cast, gate):
    one = submitted(cast["charlie"], gate["change"], key="form-1")
    entries = len(recorded())
    two = submitted(cast["charlie"], gate["change"], key="form-1", asked="Something else")
    assert (two.pk, two.asked, ServiceRequest.objects.count()) == (one.pk, one.asked, 1)
    assert len(recorded()) == entries
    assert submitted(cast["dan"], gate["change"], key="form-1").pk != one.pk


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"asked": "  "}, ("asked", "missing")),
        ({"asked": "x" * 2_001}, ("asked", "too-long")),
        ({"asked": "bell \a"}, ("asked", "unprintable")),
        ({"facts": "half \ud800"}, ("facts", "unprintable")),
        ({"facts": "nul \0"}, ("facts", "unprintable")),
        ({"item": "x" * 201}, ("item", "too-long")),
        ({"value": Decimal("NaN")}, ("value", "not-a-number")),
        ({"value": Decimal("-1")}, ("value", "not-a-number")),
        ({"value": Decimal("0.0001")}, ("value", "not-a-number")),
        ({"value": Decimal(10) ** 15}, ("value", "not-a-number")),
        ({"risk": "huge"}, ("risk", "not-known")),
        ({"process": 999}, ("process", "not-known")),
        ({"follows": 999}, ("follows", "not-known")),
        ({"advice": 999}, ("advice", "not-known")),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(cast, gate, typed, found):
    with pytest.raises(Faulty) as raised:
        submitted(cast["charlie"], gate["change"], **typed)
    assert faults(raised) == [found]
    assert not ServiceRequest.objects.exists()
    assert not recorded("gate.request-submitted")


def test_facts_may_have_lines(cast, gate):
    assert submitted(cast["charlie"], gate["change"], facts="one\n\ttwo\r\n").facts == "one\n\ttwo"


def test_a_kind_that_is_not_offered_any_more_cannot_be_asked(cast, gate):
    gate["change"].is_offered = False
    gate["change"].save()
    with pytest.raises(Faulty) as raised:
        submitted(cast["charlie"], gate["change"])
    assert faults(raised) == [("kind", "not-known")]


def test_nobody_asks_a_gate_they_work_in(cast, gate, plant):
    with pytest.raises(Faulty) as raised:
        submitted(cast["hana"], gate["change"], unit=plant[MANUFACTURING])
    assert faults(raised) == [("kind", "own-gate")]


def test_without_promise_days_nothing_is_promised(cast, gate):
    request = submitted(cast["charlie"], gate["question"])
    assert (request.promised_by, request.expected_by) == (None, None)
    with pytest.raises(NotAllowedNow) as raised:
        actions.warn(by=cast["bob"], pk=request.pk, expected_by=datetime(2099, 1, 1, tzinfo=UTC), reason="x")
    assert raised.value.code is NotNow.NO_PROMISE


def test_the_promise_counts_the_working_days_of_the_deciding_unit(cast, gate, plant, time):
    WorkingCalendar.objects.create(
        unit=plant[QUALITY],
        zone="Europe/Vienna",
        weekdays=[0, 1, 2, 3],
        holidays=[{"date": "2026-03-04", "name": "a feast"}],
    )
    # Tuesday, (Wednesday is a feast), Thursday: two days; and Vienna's day ends at eleven in the evening, UTC.
    assert submitted(cast["charlie"], gate["batch"]).promised_by == datetime(
        2026, 3, 5, 22, 59, 59, tzinfo=UTC
    )


def test_nothing_is_decided_without_a_review(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    with pytest.raises(NotAllowedNow) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome="approved")
    assert raised.value.code is NotNow.NOT_REVIEWED
    assert not Decision.objects.exists()


@pytest.mark.parametrize("outcome", ["conditions", "returned", "nonsense"])
def test_an_outcome_the_kind_does_not_allow_is_refused(cast, gate, outcome):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["batch"]))
    with pytest.raises(Faulty) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome=outcome, conditions="x", slip=slip())
    assert faults(raised) == [("outcome", "not-allowed")]


def test_what_the_kind_allows_now_counts_not_what_it_allowed_then(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    gate["change"].outcomes, gate["change"].edition = ["refused"], 2
    gate["change"].save()
    with pytest.raises(Faulty):
        actions.decide(by=cast["bob"], pk=request.pk, outcome="approved")
    decision = actions.decide(by=cast["bob"], pk=request.pk, outcome="refused", slip=slip())
    assert (decision.kind_edition, request.kind_edition) == (2, 1)


@pytest.mark.parametrize("outcome", ["held", "refused", "returned"])
def test_a_non_approval_is_not_given_without_its_slip(cast, gate, outcome):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    with pytest.raises(Faulty) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome=outcome)
    assert faults(raised) == [("slip", "missing")]
    assert not Decision.objects.exists()
    actions.decide(by=cast["bob"], pk=request.pk, outcome=outcome, slip=slip())
    assert RefusalSlip.objects.get().decision.outcome == outcome
    assert again(request).has_slip


@pytest.mark.parametrize("field", ["asked", "reasons", "way_to_yes", "ask_whom", "second_look"])
@pytest.mark.parametrize(("text", "code"), [("", "missing"), (" \n ", "missing"), ("x" * 5_001, "too-long")])
def test_every_line_of_a_slip_is_needed(cast, gate, field, text, code):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    with pytest.raises(Faulty) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome="refused", slip=slip(**{field: text}))
    assert faults(raised) == [(field, code)]


def test_a_slip_rests_on_a_clause_in_force_at_this_gate(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    Clause.objects.filter(number="211.22").update(is_current=False)
    for clause in (Clause.objects.get(number="211.22").pk, 999):
        with pytest.raises(Faulty) as raised:
            actions.decide(by=cast["bob"], pk=request.pk, outcome="refused", slip=slip(clause=clause))
        assert faults(raised) == [("clause", "not-known")]


def test_a_slip_looks_ahead(cast, gate, time):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    yesterday = time.at.date() - timedelta(days=1)
    with pytest.raises(Faulty) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome="refused", slip=slip(by_when=yesterday))
    assert faults(raised) == [("by_when", "past")]


def test_conditions_go_with_conditions_and_a_slip_with_a_no(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    for outcome, given, found in [
        ("conditions", {}, ("conditions", "missing")),
        ("approved", {"conditions": "x"}, ("conditions", "unexpected")),
        ("approved", {"slip": slip()}, ("slip", "unexpected")),
        ("", {}, ("outcome", "missing")),
    ]:
        with pytest.raises(Faulty) as raised:
            actions.decide(by=cast["bob"], pk=request.pk, outcome=outcome, **given)
        assert faults(raised) == [found]


def test_whoever_comes_second_is_told_who_decided_and_when(cast, gate, time):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    first = actions.decide(by=cast["rita"], pk=request.pk, outcome="approved", seen=1)
    for seen in (None, 1, 2):
        with pytest.raises(AlreadyDecided) as raised:
            actions.decide(by=cast["bob"], pk=request.pk, outcome="refused", slip=slip(), seen=seen)
        assert (raised.value.by_name, raised.value.at) == ("Rita", first.decided_at)
        assert raised.value.outcome == "approved"
    assert again(request).outcome == "approved"


def test_a_review_that_came_meanwhile_is_read_first(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    reviewed(cast["sam"], request)
    with pytest.raises(AlreadyDecided) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome="approved", seen=1)
    assert (raised.value.by_name, raised.value.outcome) == ("Sam", "")
    actions.decide(by=cast["bob"], pk=request.pk, outcome="approved", seen=2)


def test_a_review_sent_twice_is_one_review(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    actions.review(by=cast["rita"], pk=request.pk, found="x", seen=0)
    with pytest.raises(AlreadyDecided) as raised:
        actions.review(by=cast["rita"], pk=request.pk, found="x", seen=0)
    assert (raised.value.by_name, raised.value.outcome) == ("Rita", "")
    assert request.reviews.count() == 1


def test_a_page_that_says_it_saw_less_than_nothing_is_no_crash(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    with pytest.raises(NotAllowedNow):
        actions.decide(by=cast["rita"], pk=request.pk, outcome="approved", seen=-1)


def test_a_hold_meanwhile_is_named_also_when_it_was_reviewed_again(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    actions.decide(by=cast["rita"], pk=request.pk, outcome="held", slip=slip())
    reviewed(cast["sam"], request)
    with pytest.raises(AlreadyDecided) as raised:
        actions.decide(by=cast["bob"], pk=request.pk, outcome="approved", seen=1)
    assert (raised.value.by_name, raised.value.outcome) == ("Rita", "held")


def test_a_hold_is_resolved_on_a_review_of_its_own(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["batch"]), Outcome.HELD)
    assert (request.state, request.outcome, request.has_slip) == ("held", "held", True)
    with pytest.raises(NotAllowedNow):
        actions.decide(by=cast["rita"], pk=request.pk, outcome="approved")
    request = decided(cast["sam"], request, Outcome.APPROVED)
    assert (request.state, request.outcome, request.has_slip) == ("decided", "approved", False)
    hold, release = request.decisions.all()
    assert (release.replaces, release.review.reviewer) == (hold, cast["sam"])


def test_a_better_slip_is_written_and_the_first_stays_readable(cast, gate):
    request = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    better = actions.write_slip(by=cast["rita"], pk=request.pk, slip=slip(reasons="Clearer."))
    assert queries.page_of_request(cast["charlie"], request.pk).slip == better
    assert RefusalSlip.objects.count() == 2
    assert recorded("gate.slip-written")[0].old


def test_an_approval_has_no_slip(cast, gate):
    request = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    with pytest.raises(NotAllowedNow) as raised:
        actions.write_slip(by=cast["rita"], pk=request.pk, slip=slip())
    assert raised.value.code is NotNow.NOT_REFUSED


def test_an_early_warning_moves_what_is_expected_and_not_the_promise(cast, gate, time):
    request = submitted(cast["charlie"], gate["batch"])
    later = request.promised_by + timedelta(days=3)
    actions.warn(by=cast["bob"], pk=request.pk, expected_by=later, reason="The laboratory is behind.")
    moved = again(request)
    assert (moved.promised_by, moved.expected_by) == (request.promised_by, later)
    assert PromiseChange.objects.get().reason == "The laboratory is behind."
    with pytest.raises(Faulty) as raised:
        actions.warn(by=cast["bob"], pk=request.pk, expected_by=later, reason="")
    assert faults(raised) == [("reason", "missing"), ("expected_by", "not-later")]


def test_a_warning_after_the_date_is_no_early_warning(cast, gate, time):
    request = submitted(cast["charlie"], gate["batch"])
    time.on(days=3)
    with pytest.raises(NotAllowedNow) as raised:
        actions.warn(by=cast["bob"], pk=request.pk, expected_by=time.at + timedelta(days=9), reason="late")
    assert raised.value.code is NotNow.PROMISE_MISSED


def test_what_is_withdrawn_is_settled(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    with pytest.raises(Faulty):
        actions.withdraw(by=cast["charlie"], pk=request.pk, reason=" ")
    actions.withdraw(by=cast["lea"], pk=request.pk, reason="The project was stopped.")
    assert again(request).state == State.WITHDRAWN
    assert recorded("gate.request-withdrawn")[0].reason == "The project was stopped."
    for attempt in (
        lambda: actions.withdraw(by=cast["charlie"], pk=request.pk, reason="again"),
        lambda: actions.review(by=cast["rita"], pk=request.pk, found="x"),
        lambda: actions.decide(by=cast["rita"], pk=request.pk, outcome="approved"),
    ):
        with pytest.raises(NotAllowedNow) as raised:
            attempt()
        assert raised.value.code is NotNow.WITHDRAWN


def test_an_improved_request_follows_a_refused_one(cast, gate, plant):
    refused = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    better = submitted(cast["charlie"], gate["change"], follows=refused.pk)
    assert better.follows == refused
    assert queries.page_of_request(cast["charlie"], refused.pk).followed_by == (better,)
    approved = decided(cast["bob"], better, Outcome.APPROVED)
    for wrong in (approved.pk, submitted(cast["charlie"], gate["change"]).pk):
        with pytest.raises(Faulty) as raised:
            submitted(cast["charlie"], gate["change"], follows=wrong)
        assert faults(raised) == [("follows", "not-known")]
    with pytest.raises(Faulty):
        submitted(cast["dan"], gate["change"], follows=refused.pk)


def test_a_program_neither_asks_nor_decides(cast, gate, plant):
    with pytest.raises(PermissionDenied):
        actions.submit(by=PROGRAM, kind=gate["change"].pk, unit=plant[MANUFACTURING].pk, asked="x", key="k")
    request = submitted(cast["charlie"], gate["change"])
    with pytest.raises(PermissionDenied):
        actions.review(by=PROGRAM, pk=request.pk, found="x")


def test_a_request_is_never_deleted(cast, gate):
    with pytest.raises(TypeError, match="withdrawn"):
        submitted(cast["charlie"], gate["change"]).delete()


def test_whoever_takes_back_what_nobody_reviewed_finds_the_same_reviewers_again(cast, gate, time):
    """Asking until the one you like comes along is no way to choose a reviewer."""
    kept = []
    for _ in range(4):
        others = []
        for _ in range(12):
            request = submitted(cast["charlie"], gate["change"])
            if request.reviewer == cast["sam"]:
                kept.append(request)
                break
            others.append(request)
        for other in others:
            actions.withdraw(by=cast["charlie"], pk=other.pk, reason="a slip of the pen")
    assert len(kept) == 1


def test_the_rota_goes_on_once_they_reviewed_something_later(cast, gate, time):
    first = submitted(cast["charlie"], gate["change"])
    actions.withdraw(by=cast["charlie"], pk=first.pk, reason="a slip of the pen")
    second = submitted(cast["charlie"], gate["change"])
    other_kind, other_unit = submitted(cast["charlie"], gate["batch"]), submitted(cast["dan"], gate["change"])
    assert second.reviewer == first.reviewer
    assert first.reviewer not in {other_kind.reviewer, other_unit.reviewer}
    reviewed(first.reviewer, second)
    assert submitted(cast["charlie"], gate["change"]).reviewer != first.reviewer


@pytest.mark.parametrize(("days", "same"), [(29, True), (31, False)])
def test_what_was_taken_back_is_forgotten_after_thirty_days(cast, gate, time, days, same):
    first = submitted(cast["charlie"], gate["change"])
    actions.withdraw(by=cast["charlie"], pk=first.pk, reason="a slip of the pen")
    time.on(days=days)
    assert (submitted(cast["charlie"], gate["change"]).reviewer == first.reviewer) == same


def test_whoever_left_the_gate_is_found_by_nobody_again(cast, gate, time):
    first = submitted(cast["charlie"], gate["change"])
    actions.withdraw(by=cast["charlie"], pk=first.pk, reason="a slip of the pen")
    first.reviewer.memberships.all().delete()
    assert submitted(cast["charlie"], gate["change"]).reviewer not in {None, first.reviewer}


def test_the_history_says_who_withdrew_it_when_and_why(cast, gate, time):
    request = submitted(cast["charlie"], gate["change"])
    actions.withdraw(by=cast["lea"], pk=request.pk, reason=" We sell the line. ")
    kept = again(request)
    assert (kept.withdrawn_by, kept.withdrawn_reason) == (cast["lea"], "We sell the line.")
    page = signed_in(cast["charlie"]).get(f"/gate/requests/{request.pk}/").text
    history = page[page.index("What happened") :]
    assert "Lea" in history
    assert "We sell the line." in history
