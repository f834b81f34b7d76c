"""What the pages of a request say and do, for those who ask."""

from datetime import timedelta

from django.urls import reverse
from django.utils.html import escape

from fairgate.gate import actions
from fairgate.gate.models import Clause, ServiceRequest
from fairgate.gate.rules import Outcome

from .browsing import INVALID, NOT_A_RECORD, SENT_ON, STALE, key_of, page, post
from .conftest import again, decided, reviewed, signed_in, slip, submitted


def test_what_can_be_asked_stands_with_its_promise_under_the_unit_that_decides(cast, gate):
    found = page(signed_in(cast["charlie"]), "submit")
    assert "To Quality" in found
    assert "Answered within 5 working days." in found
    assert "Answered within 2 working days." in found
    assert "No date is promised." in found


def test_nobody_asks_the_gate_where_they_work(cast, gate):
    assert "There is nothing you can ask for here yet." in page(signed_in(cast["rita"]), "submit")


def test_a_request_is_submitted_and_its_page_says_by_when_it_is_answered(cast, gate, time):
    client = signed_in(cast["charlie"])
    form = client.get(reverse("gate:submit-kind", args=[gate["change"].pk]))
    typed = {
        "asked": "May we change the sieve?",
        "item": "Line 2",
        "unit": form.context["form"]["unit"].value(),
    }
    answer = post(client, "submit-kind", gate["change"].pk, key=key_of(form), **typed)
    request = ServiceRequest.objects.get()
    assert answer["Location"] == reverse("gate:request", args=[request.pk])
    found = page(client, "request", request.pk)
    assert "An answer is promised by 9 Mar 2026, 23:59 UTC." in found
    assert "May we change the sieve?" in found
    assert NOT_A_RECORD in found


def test_a_form_sent_twice_is_one_request(cast, gate):
    client = signed_in(cast["charlie"])
    form = client.get(reverse("gate:submit-kind", args=[gate["change"].pk]))
    typed = {"asked": "Once.", "unit": form.context["form"]["unit"].value(), "key": key_of(form)}
    first, second = (post(client, "submit-kind", gate["change"].pk, **typed) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert ServiceRequest.objects.count() == 1


def test_an_error_keeps_everything_that_was_typed(cast, gate):
    client = signed_in(cast["charlie"])
    typed = {"asked": "", "facts": "Three lots went well.", "item": "Line 2", "value": "much", "key": "k"}
    answer = post(client, "submit-kind", gate["change"].pk, **typed)
    assert answer.status_code == INVALID
    found = answer.content.decode()
    assert "There is a problem" in found
    assert "Three lots went well." in found
    assert 'value="Line 2"' in found
    assert not ServiceRequest.objects.exists()


def test_a_unit_that_is_not_ones_own_can_not_be_chosen(cast, gate, plant):
    answer = post(
        signed_in(cast["charlie"]),
        "submit-kind",
        gate["change"].pk,
        asked="x",
        key="k",
        unit=plant["Warehouse"].pk,
    )
    assert answer.status_code == INVALID
    assert not ServiceRequest.objects.exists()


def test_an_improved_request_begins_with_what_was_asked_and_the_way_to_yes(cast, gate):
    first = decided(
        cast["rita"],
        submitted(cast["charlie"], gate["change"], item="Line 2", facts="Old facts."),
        Outcome.REFUSED,
    )
    client = signed_in(cast["charlie"])
    answer = client.get(reverse("gate:submit"), {"follows": first.pk}, follow=True)
    found = answer.content.decode()
    assert "Old facts." in found
    assert 'value="Line 2"' in found
    assert "A sieve test on three lots, with the same challenge particles." in found
    typed = {name: answer.context["form"][name].value() for name in ("unit", "key", "follows", "asked")}
    post(client, "submit-kind", gate["change"].pk, **typed)
    improved = ServiceRequest.objects.get(follows=first)
    assert first.reference in page(client, "request", improved.pk)
    assert improved.reference in page(client, "request", first.pk)


def test_what_was_not_refused_can_not_be_improved(cast, gate):
    first = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    typed = {"asked": "Again", "unit": first.unit_id, "key": "k", "follows": first.pk}
    answer = post(signed_in(cast["charlie"]), "submit-kind", gate["change"].pk, **typed)
    assert answer.status_code == INVALID
    assert "isn’t known here" in answer.content.decode()


def test_a_request_is_withdrawn_with_a_reason_and_says_so(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    client = signed_in(cast["charlie"])
    assert post(client, "withdraw", request.pk, reason="No longer needed.").status_code == SENT_ON
    found = page(client, "request", request.pk)
    assert "Withdrawn before it was decided." in found
    answer = post(client, "withdraw", request.pk, reason="Once more.")
    assert answer.status_code == STALE
    assert "This was withdrawn." in answer.content.decode()
    assert "Once more." in answer.content.decode()


def test_the_page_offers_one_main_button_for_what_comes_next(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    rita, charlie = signed_in(cast["rita"]), signed_in(cast["charlie"])

    def buttons(client):
        return [
            link.label
            for link in client.get(reverse("gate:request", args=[request.pk])).context["can"]
            if link.is_main
        ]

    assert (buttons(rita), buttons(charlie)) == (["Review"], [])
    reviewed(cast["rita"], request)
    assert (buttons(rita), buttons(charlie)) == (["Decide"], [])
    actions.decide(by=cast["rita"], pk=request.pk, outcome=Outcome.REFUSED, slip=slip())
    assert (buttons(rita), buttons(charlie)) == ([], ["Submit an improved request"])
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="Please.")
    assert buttons(signed_in(cast["sam"])) == ["Give the second look"]


def test_an_auditor_reads_everything_and_is_offered_nothing(cast, gate):
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    answer = signed_in(cast["dora"]).get(reverse("gate:request", args=[request.pk]))
    assert answer.context["can"] == []
    assert "The test report is missing." in answer.content.decode()


def test_the_history_names_who_and_when_with_the_zone_oldest_first(cast, gate, settings, time):
    settings.TIME_ZONE = "Europe/Berlin"
    request = decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    answer = signed_in(cast["charlie"]).get(reverse("gate:request", args=[request.pk]))
    told = [(event.who, event.what) for event in answer.context["history"]]
    assert told == [
        ("Charlie", "Submitted"),
        ("Rita", "Reviewed"),
        ("Rita", "Refused"),
        ("Rita", "Refusal slip written"),
    ]
    assert "2 Mar 2026, 10:00 CET" in answer.content.decode()


def test_words_people_typed_are_shown_and_never_run(cast, gate):
    hostile = "<script>alert(1)</script>"
    request = submitted(cast["charlie"], gate["change"], asked=hostile, item=hostile, facts=hostile)
    decided(cast["rita"], request, Outcome.REFUSED, slip=slip(reasons=hostile))
    for name in ("request", "slip"):
        found = page(signed_in(cast["charlie"]), name, request.pk)
        assert hostile not in found
        assert escape(hostile) in found


def test_an_early_warning_says_the_new_date_and_keeps_the_first_promise(cast, gate, time):
    request = submitted(cast["charlie"], gate["change"])
    later = request.promised_by + timedelta(days=2)
    typed = {"expected_by": f"{later:%Y-%m-%dT%H:%M}", "reason": "The laboratory is closed."}
    assert post(signed_in(cast["rita"]), "warn", request.pk, **typed).status_code == SENT_ON
    found = page(signed_in(cast["charlie"]), "request", request.pk)
    assert "and is now expected by" in found
    assert "The laboratory is closed." in found
    assert again(request).promised_by == request.promised_by


def test_a_warning_of_an_earlier_date_is_no_warning(cast, gate, time):
    request = submitted(cast["charlie"], gate["change"])
    typed = {"expected_by": "2026-03-03T09:00", "reason": "x"}
    answer = post(signed_in(cast["rita"]), "warn", request.pk, **typed)
    assert answer.status_code == INVALID
    assert "A date after the one that was promised" in str(answer.context["form"].errors["expected_by"])


def test_the_promises_page_says_the_percentage_and_its_range(cast, gate, time):
    for _ in range(3):
        decided(cast["rita"], submitted(cast["charlie"], gate["change"]), Outcome.APPROVED)
    late = submitted(cast["charlie"], gate["batch"])
    time.on(days=9)
    decided(cast["rita"], late, Outcome.APPROVED)
    submitted(cast["charlie"], gate["change"])
    found = page(signed_in(cast["emil"]), "promises")
    assert "75% of the promises that came due in the last twelve months were kept: 3 of 4." in found
    assert (
        "1 more is open and not yet due: depending on it, the figure will lie between 60% and 80%." in found
    )
    assert "How do we know?" in found


def test_without_any_promise_the_page_says_so(cast, gate):
    assert "No promise has come due" in page(signed_in(cast["emil"]), "promises")


def test_advice_is_asked_answered_with_clauses_and_binds_nobody(cast, gate):
    charlie, rita = signed_in(cast["charlie"]), signed_in(cast["rita"])
    form = charlie.get(reverse("gate:ask-kind", args=[gate["change"].pk]))
    typed = {
        "question": "Would a finer sieve pass?",
        "unit": form.context["form"]["unit"].value(),
        "key": key_of(form),
    }
    url = post(charlie, "ask-kind", gate["change"].pk, **typed)["Location"]
    assert post(charlie, "ask-kind", gate["change"].pk, **typed)["Location"] == url
    pk = int(url.rstrip("/").rpartition("/")[2])
    assert "The answer will bind nobody." in charlie.get(url).content.decode()
    clause = Clause.objects.get(number="211.22")
    answer = {"likely": "with-changes", "answer": "With a challenge test.", "clauses": [clause.pk]}
    assert post(rita, "answer", pk, **answer).status_code == SENT_ON
    found = charlie.get(url).content.decode()
    assert "Would probably pass with changes, says Rita. This binds nobody." in found
    assert "“Quality decides alone” (21 CFR 211: 211.22)" in found
    late = post(signed_in(cast["sam"]), "answer", pk, likely="likely", answer="Never mind.")
    assert late.status_code == STALE
    assert "Never mind." in late.content.decode()
    begun = charlie.get(reverse("gate:submit"), {"advice": pk}, follow=True)
    assert "Would a finer sieve pass?" in begun.content.decode()
