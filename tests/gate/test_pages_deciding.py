"""Reviewing, deciding, slips and second looks, on the pages of those who do it."""

import io
import re

from django.urls import reverse
from django.utils.html import escape
from pypdf import PdfReader

from fairgate.gate import actions, queries
from fairgate.gate.models import Clause, Decision, RefusalSlip, Review
from fairgate.gate.rules import LookResult, Outcome

from .browsing import INVALID, MISSING, NOT_A_RECORD, OK, SENT_ON, SLIP, STALE, page, post, refusal
from .conftest import again, decided, reviewed, signed_in, slip, submitted


def test_only_outcomes_the_kind_allows_are_offered(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["batch"]))
    answer = signed_in(cast["rita"]).get(reverse("gate:decide", args=[request.pk]))
    assert [code for code, _words in answer.context["form"].fields["outcome"].choices] == [
        "approved",
        "held",
        "refused",
    ]


def test_an_outcome_the_kind_does_not_allow_is_refused_though_it_was_sent(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["batch"]))
    answer = post(signed_in(cast["rita"]), "decide", request.pk, outcome="conditions", conditions="x", seen=1)
    assert answer.status_code == INVALID
    assert not Decision.objects.exists()


def test_a_refusal_without_its_slip_asks_for_it_and_loses_nothing(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    data = {**refusal(), "way_to_yes": "", "note": "Call me."}
    answer = post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **data)
    assert answer.status_code == INVALID
    found = answer.content.decode()
    assert "The way to yes: The refusal slip needs this." in found
    assert escape(SLIP["reasons"]) in found
    assert "Call me." in found
    assert not Decision.objects.exists()


def test_a_refusal_goes_out_with_its_slip(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    answer = post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **refusal())
    assert answer.status_code == SENT_ON
    assert again(request).outcome == Outcome.REFUSED
    assert again(request).has_slip
    assert "A sieve test on three lots." in page(signed_in(cast["charlie"]), "request", request.pk)


def test_an_approval_leaves_what_was_typed_of_a_slip_aside(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    data = {**refusal(outcome="approved"), "conditions": "left over"}
    assert post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **data).status_code == SENT_ON
    assert not RefusalSlip.objects.exists()
    assert Decision.objects.get().conditions == ""


def test_conditions_have_to_be_said(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    answer = post(signed_in(cast["rita"]), "decide", request.pk, seen=1, outcome="conditions")
    assert answer.status_code == INVALID
    assert "Say what the conditions are." in answer.content.decode()


def test_a_day_that_has_passed_is_said_beside_its_field(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    answer = post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **refusal(by_when="2020-01-01"))
    assert answer.status_code == INVALID
    assert "This day has passed" in str(answer.context["form"].errors["by_when"])


def test_a_decision_sent_twice_is_one_decision(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    answers = [post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **refusal()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [SENT_ON, SENT_ON]
    assert Decision.objects.count() == 1


def test_who_was_quicker_and_when_is_said_and_nothing_typed_is_lost(cast, gate, time):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    actions.decide(by=cast["sam"], pk=request.pk, outcome=Outcome.APPROVED, seen=1)
    answer = post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **refusal(note="Call me."))
    assert answer.status_code == STALE
    found = answer.content.decode()
    assert "Sam decided this on" in found
    assert "approved" in answer.context["overtaken"]
    assert escape(SLIP["reasons"]) in found
    assert "Call me." in found
    assert "<button>Decide</button>" not in found
    assert Decision.objects.count() == 1


def test_a_review_somebody_added_meanwhile_is_shown_before_the_decision_is_taken(cast, gate):
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    actions.review(by=cast["sam"], pk=request.pk, found="The report is in the annex.")
    rita = signed_in(cast["rita"])
    answer = post(rita, "decide", request.pk, seen=1, **refusal())
    assert answer.status_code == STALE
    assert "Sam reviewed this" in answer.context["overtaken"]
    assert "The report is in the annex." in answer.content.decode()
    # The page now shows it, so the same form may be sent again.
    seen = answer.context["form"]["seen"].value()
    assert post(rita, "decide", request.pk, **{**refusal(), "seen": seen}).status_code == SENT_ON


def test_a_review_sent_twice_is_one_review(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    answers = [post(signed_in(cast["rita"]), "review", request.pk, found="Fine.") for _ in range(2)]
    assert Review.objects.count() == 1
    assert [answer.status_code for answer in answers] == [SENT_ON, SENT_ON]


def test_a_held_request_is_reviewed_again_before_it_is_resolved(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.HELD)
    client = signed_in(cast["rita"])
    answer = client.get(reverse("gate:decide", args=[request.pk]))
    assert answer.status_code == STALE
    assert "Review it first." in answer.content.decode()
    assert "Held: it waits for more before it can be decided." in page(client, "request", request.pk)


def test_good_examples_of_the_chosen_clause_are_shown_without_scripts_and_nothing_is_lost(cast, gate):
    clause = Clause.objects.get(number="211.192")
    clause.examples = [
        {"reasons": "The departure on lot 7 has no cause yet.", "way_to_yes": "Name the cause."}
    ]
    clause.save()
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    rita = signed_in(cast["rita"])
    answer = post(
        rita, "decide", request.pk, seen=1, show="examples", **refusal(clause=clause.pk, way_to_yes="")
    )
    assert answer.status_code == OK
    found = answer.content.decode()
    assert "The departure on lot 7 has no cause yet." in found
    assert escape(SLIP["reasons"]) in found
    assert "There is a problem" not in found
    assert not Decision.objects.exists()
    fragment = page(rita, "examples", request.pk, clause=clause.pk)
    assert "Name the cause." in fragment
    assert "<html" not in fragment


def test_the_slip_says_everything_and_how_to_get_a_second_look(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    found = page(signed_in(cast["charlie"]), "slip", request.pk)
    for words in (
        "To change the sieve in line 2.",
        "“Quality decides alone” (21 CFR 211: 211.22)",
        "The new sieve has not been shown to hold back what the old one does.",
        "A sieve test on three lots, with the same challenge particles.",
        "1 Jan 2099",
        "Rita, Quality",
        "Ask for one on the page of this request.",
        "Ask for a second look",
        NOT_A_RECORD,
    ):
        assert words in found


def test_the_slip_prints_on_one_page_even_when_it_is_long(cast, gate):
    long = "The new sieve has not been shown to hold back what the old one does. " * 40
    request = submitted(cast["charlie"], gate["change"])
    decided(cast["rita"], request, Outcome.REFUSED, slip=slip(reasons=long, way_to_yes=long))
    answer = signed_in(cast["charlie"]).get(reverse("gate:slip-pdf", args=[request.pk]))
    assert answer["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(answer.content))
    assert len(paper.pages) == 1
    text = " ".join(paper.pages[0].extract_text().split())
    for words in ("The way to yes", "1 Jan 2099", "Rita, Quality", request.reference, NOT_A_RECORD):
        assert words in text


def test_a_better_slip_takes_the_place_of_the_first_which_stays_on_record(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    data = refusal(way_to_yes="A sieve test on one lot.")
    assert post(signed_in(cast["sam"]), "write-slip", request.pk, **data).status_code == SENT_ON
    assert "A sieve test on one lot." in page(signed_in(cast["charlie"]), "slip", request.pk)
    assert RefusalSlip.objects.count() == 2


def test_a_second_look_is_asked_for_and_given_by_a_colleague(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    charlie, sam = signed_in(cast["charlie"]), signed_in(cast["sam"])
    assert post(charlie, "second-look", request.pk, why="The report was attached.").status_code == SENT_ON
    assert "Charlie asked for a second look." in page(charlie, "request", request.pk)
    assert "The report was attached." in page(sam, "look-again", request.pk)
    typed = {"result": "overturned", "look_reasons": "The report answers it.", "outcome": "approved"}
    assert post(sam, "look-again", request.pk, **typed).status_code == SENT_ON
    found = page(charlie, "request", request.pk)
    assert "Second look: the decision was changed" in found
    assert "The report answers it." in found
    assert again(request).outcome == Outcome.APPROVED


def test_an_upheld_decision_needs_reasons_and_nothing_else(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="Please.")
    sam = signed_in(cast["sam"])
    assert post(sam, "look-again", request.pk, result="upheld").status_code == INVALID
    typed = {
        "result": "upheld",
        "look_reasons": "The report is of another line.",
        **refusal(outcome="returned"),
    }
    assert post(sam, "look-again", request.pk, **typed).status_code == SENT_ON
    request = again(request)
    assert request.outcome == Outcome.REFUSED
    assert request.decisions.get().second_looks.get().result == LookResult.UPHELD


def test_an_overturned_decision_needs_another_outcome_and_its_slip(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="Please.")
    sam = signed_in(cast["sam"])
    answer = post(sam, "look-again", request.pk, result="overturned", look_reasons="Too strict.")
    assert answer.status_code == INVALID
    assert "Choose what is decided instead." in answer.content.decode()
    answer = post(
        sam, "look-again", request.pk, result="overturned", look_reasons="Too strict.", outcome="returned"
    )
    assert answer.status_code == INVALID
    assert "The refusal slip needs this." in answer.content.decode()
    assert [code for code, _ in answer.context["form"].fields["outcome"].choices] == [
        "approved",
        "conditions",
        "returned",
    ]


def test_a_slip_stays_readable_after_a_second_look_changed_the_decision(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="The report was attached.")
    actions.look_again(
        by=cast["sam"], pk=request.pk, result="overturned", reasons="It answers it.", outcome="approved"
    )
    charlie = signed_in(cast["charlie"])
    shown = page(charlie, "request", request.pk)
    assert "Refusal slip written" in shown
    assert reverse("gate:slip", args=[request.pk]) in shown
    found = page(charlie, "slip", request.pk)
    assert escape(SLIP["reasons"]) in found
    assert re.search(r"Replaced on \d+ \w+ \d{4}, \d\d:\d\d UTC by another decision: approved, Sam\.", found)
    assert "There is no slip for this decision yet." not in found
    paper = PdfReader(io.BytesIO(charlie.get(reverse("gate:slip-pdf", args=[request.pk])).content))
    text = " ".join(paper.pages[0].extract_text().split())
    assert "Replaced on" in text
    assert "The way to yes" in text


def test_a_slip_a_better_one_replaced_stays_below_it(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.write_slip(by=cast["sam"], pk=request.pk, slip=slip(reasons="The report covers line 3 only."))
    found = page(signed_in(cast["charlie"]), "slip", request.pk)
    assert found.index("The report covers line 3 only.") < found.index(escape(SLIP["reasons"]))
    assert "by a better slip, written by Sam." in found
    assert page(signed_in(cast["charlie"]), "request", request.pk).count("Refusal slip written") == 2


def test_what_was_approved_at_once_has_no_slip_page(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    assert signed_in(cast["charlie"]).get(reverse("gate:slip", args=[request.pk])).status_code == MISSING


def test_the_second_look_names_the_clause_the_slip_rests_on(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="Please.")
    assert "“Quality decides alone” (21 CFR 211: 211.22)" in page(
        signed_in(cast["sam"]), "look-again", request.pk
    )


def test_whether_it_was_answered_in_time_is_said_without_promising_more(cast, gate, time):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    found = page(signed_in(cast["charlie"]), "slip", request.pk)
    assert "Answered in time." in found
    late = submitted(cast["charlie"], gate["change"])
    time.on(days=30)
    decided(cast["rita"], late, Outcome.REFUSED)
    assert "Answered late." in page(signed_in(cast["charlie"]), "slip", late.pk)


def test_a_decision_is_called_what_the_trade_calls_it_wherever_it_is_named(cast, gate, time):
    preset = gate["change"].preset
    preset.vocabulary = {"change.refused": "declined"}
    preset.save()
    since = time.at
    request = submitted(cast["charlie"], gate["change"], item="Line 2")
    reviewed(cast["rita"], request)
    actions.decide(by=cast["sam"], pk=request.pk, outcome=Outcome.REFUSED, slip=slip(), seen=1)
    assert f"{request.reference} was declined: Line 2" in [
        it.what for it in queries.news_for(cast["charlie"], since)
    ]
    assert any(
        it.what.startswith(f"{request.reference} was declined") for it in queries.waiting_for(cast["charlie"])
    )
    answer = post(signed_in(cast["rita"]), "decide", request.pk, seen=1, **refusal(note="Call me."))
    assert answer.status_code == STALE
    assert ": declined. What you typed" in answer.context["overtaken"]
