"""The form: by link or signed in, in two languages, and nothing of an answer anywhere but in its envelope."""

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.debug import SafeExceptionReporterFilter, get_exception_reporter_filter

from fairgate.ledger.models import Entry
from fairgate.organisation import actions as organisation
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.voice import actions
from fairgate.voice.models import Envelope, Invitation
from fairgate.voice.rules import FEWEST, ITEMS, Answers
from fairgate.voice.views import answers as views
from fairgate.voice.wording import items
from gate.conftest import signed_in

from .browsing import FILLED, form_of, link_of
from .conftest import PROGRAM

THANKS = reverse("voice:thanks")


@pytest.fixture
def asked(house, time) -> Invitation:
    """Charlie, about a refusal."""
    house.decided(house.cast["charlie"], "refused")
    period = house.opened()
    (invitation,) = house.invited(period)
    return invitation


def words(response):
    """What a reader sees, without the page's frame."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", text)


def sealed():
    return [bytes(one.sealed) for one in Envelope.objects.all()]


def test_the_form_says_which_decision_it_is_about_and_not_what_was_decided(asked):
    said = words(Client().get(form_of(asked)))
    assert "one decision of Quality, on 3 July 2026" in said
    assert "Lot" in said
    assert "refused" not in said.lower()
    for text in items.ITEMS.values():
        assert text in said
    assert said.count("can’t judge") == len(ITEMS) + 1


def test_the_promise_stands_on_the_form_in_these_words(asked):
    said = words(Client().get(form_of(asked)))
    assert (
        "Database, backups and logs without the period’s key link nobody beyond a cell; whoever controls the running server or "
        "holds the key could." in said
    )
    assert "confidential, not anonymous" in said
    assert f"at least {FEWEST} answers" in said
    assert "Don’t report danger or misconduct here" in said


def test_an_installation_says_itself_where_to_turn(house, time):
    house.decided(house.cast["charlie"])
    (invitation,) = house.invited(house.opened(turn_to="Call 4711."))
    said = words(Client().get(form_of(invitation)))
    assert "Call 4711." in said
    assert "misconduct" not in said


def test_an_answer_is_sealed_and_thanked_for(asked):
    client = Client()
    response = client.post(form_of(asked), FILLED)
    assert response.status_code == 302
    assert response["Location"] == THANKS
    assert len(sealed()) == 1
    assert "Your answer is sealed" in words(client.get(THANKS))


def test_a_double_click_leaves_one_answer_and_another_replaces_it(asked):
    client, address = Client(), form_of(asked)
    client.post(address, FILLED)
    client.post(address, FILLED)
    assert len(sealed()) == 1
    (before,) = sealed()
    client.post(address, {**FILLED, "respect": "5"})
    (after,) = sealed()
    assert before != after
    assert "took the place of the old one" in words(client.get(THANKS))


def test_what_was_answered_is_never_shown_again(asked):
    client, address = Client(), form_of(asked)
    client.post(address, FILLED)
    again = client.get(address)
    assert "checked" not in again.content.decode()
    assert "can’t be shown" in words(again)
    assert "Seal it and replace my answer" in words(again)
    assert 'autocomplete="off"' in again.content.decode()


def test_it_can_be_deleted_and_given_again(asked):
    client = Client()
    client.post(form_of(asked), FILLED)
    response = client.post(reverse("voice:link-take-back", args=[link_of(asked)]))
    assert sealed() == []
    assert "deleted" in words(client.get(response["Location"]))
    client.post(form_of(asked), FILLED)
    assert len(sealed()) == 1


def test_of_two_tabs_the_last_one_counts(house, asked):
    """One by the link and one signed in: the same envelope, replaced, deleted in one and given again in the other."""
    link, mine = Client(), signed_in(house.cast["charlie"])
    link.get(form_of(asked))
    mine.get(reverse("voice:mine"))
    link.post(form_of(asked), FILLED)
    (first,) = sealed()
    mine.post(reverse("voice:mine"), {**FILLED, "respect": "1"})
    (second,) = sealed()
    assert first != second
    link.post(reverse("voice:link-take-back", args=[link_of(asked)]))
    assert sealed() == []
    assert mine.post(reverse("voice:mine-take-back"))["Location"].startswith(THANKS)
    assert mine.post(reverse("voice:mine"), FILLED)["Location"] == THANKS
    assert len(sealed()) == 1


def test_back_from_the_thanks_the_form_is_asked_for_anew(asked):
    """Browsers keep no page of it, so going back shows an empty form that says what sending it does."""
    client, address = Client(), form_of(asked)
    client.get(address)
    client.post(address, FILLED)
    back = client.get(address)
    assert "no-store" in back["Cache-Control"]
    assert "no-store" in client.get(THANKS)["Cache-Control"]
    assert "replace my answer" in words(back)
    client.post(address, FILLED)
    assert len(sealed()) == 1


def test_a_link_of_a_closed_period_opens_nothing_and_says_so(house, asked, time):
    client = Client()
    client.post(form_of(asked), FILLED)
    period = house.closed(house.ended(asked.period))
    time.at += timedelta(days=120)
    for response in (client.get(form_of(asked)), client.post(form_of(asked), FILLED)):
        assert response.status_code == 410
        assert "radio" not in response.content.decode()
    too_late = client.post(reverse("voice:link-take-back", args=[link_of(asked)]))
    assert too_late.status_code == 410
    assert f'href="{form_of(asked)}?language=de"' in too_late.content.decode()
    assert client.get(f"{form_of(asked)}?language=de").status_code == 410
    assert sealed() == []
    assert period.state == "closed"


def test_signed_in_it_is_the_same_form(house, asked):
    client = signed_in(house.cast["charlie"])
    address = reverse("voice:mine")
    assert words(client.get(address)) == words(Client().get(form_of(asked)))
    assert client.post(address, FILLED)["Location"] == THANKS
    assert client.post(reverse("voice:mine-take-back")).status_code == 302
    assert sealed() == []
    assert "You aren’t asked at the moment" in words(signed_in(house.cast["dan"]).get(address))


def test_one_sentence_is_enough_and_none_is_not(asked):
    client, address = Client(), form_of(asked)
    refused = client.post(address, {})
    assert refused.status_code == 422
    assert "Nothing was chosen" in words(refused)
    assert sealed() == []
    assert client.post(address, {"reasons": "4"}).status_code == 302


def test_cant_judge_everywhere_is_an_answer(asked):
    assert Client().post(form_of(asked), dict.fromkeys(FILLED, "")).status_code == 302


@pytest.mark.parametrize(
    "wrong", ["6", "0", "-1", "x", "1.5", "<script>alert(1)</script>", "\x00", "9" * 5000]
)
@pytest.mark.parametrize("name", ["respect", "agreement", "second-look"])
def test_what_is_no_step_is_said_without_repeating_it(asked, name, wrong):
    refused = Client().post(form_of(asked), {**FILLED, name: wrong})
    assert refused.status_code == 422
    assert "isn’t on this form" in words(refused)
    assert wrong not in words(refused) or len(wrong) <= 3
    assert "<script>alert" not in refused.content.decode()
    assert sealed() == []
    kept = re.findall(r'name="reasons" value="2" checked', refused.content.decode())
    assert len(kept) == 1


def test_a_forged_link_and_one_that_never_was_look_alike(asked):
    token = link_of(asked)
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "x" * 43, "ü" * 43, "a" * 2000]
    pages = [Client().get(reverse("voice:link", args=[each])) for each in forged]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert Client().post(reverse("voice:link", args=[forged[0]]), FILLED).status_code == 404
    assert Client().post(reverse("voice:link-take-back", args=[forged[0]])).status_code == 404
    assert sealed() == []


def test_a_period_that_is_over_says_so_and_takes_nothing(house, asked, time):
    Client().post(form_of(asked), FILLED)
    (before,) = sealed()
    time.at += timedelta(days=120)
    for response in (
        Client().get(form_of(asked)),
        Client().post(form_of(asked), {**FILLED, "respect": "5"}),
        Client().post(reverse("voice:link-take-back", args=[link_of(asked)])),
    ):
        assert response.status_code == 410
        assert "This period is over" in words(response)
    assert sealed() == [before]


def test_whoever_left_is_told_politely(house, asked):
    people.disable(by=PROGRAM, person=house.cast["charlie"], reason="left")
    response = Client().get(form_of(asked))
    assert response.status_code == 410
    assert "withdrawn" in words(response)


def test_whoever_left_may_still_delete_their_answer(house, asked):
    Client().post(form_of(asked), FILLED)
    people.disable(by=PROGRAM, person=house.cast["charlie"], reason="left")
    page = Client().get(form_of(asked))
    assert page.status_code == 410
    assert "still counts" in words(page)
    address = reverse("voice:link-take-back", args=[link_of(asked)])
    assert f'action="{address}"' in page.content.decode()
    assert Client().post(form_of(asked), FILLED).status_code == 410
    assert "Your answer is deleted" in words(Client().post(address, follow=True))
    assert sealed() == []
    assert address not in Client().get(form_of(asked)).content.decode()


def test_a_lost_key_is_said_plainly(house, asked):
    Client().post(form_of(asked), FILLED)
    actions.give_up(by=house.gil, pk=asked.period_id, reason="The safe burnt down.")
    response = Client().get(form_of(asked))
    assert response.status_code == 410
    assert "The key of this period is lost" in words(response)
    assert "thrown away unread" in words(response)
    assert sealed() == []


@pytest.mark.parametrize(
    ("header", "address", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "", "de"),
        ("fr,en;q=0.5,de;q=0.4", "", "en"),
        ("fr", "", "en"),
        ("", "", "en"),
        ("en", "?language=de", "de"),
        ("de", "?language=en", "en"),
        ("de", "?language=xx", "de"),
    ],
)
def test_it_is_spoken_in_the_readers_language(asked, header, address, language):
    response = Client(HTTP_ACCEPT_LANGUAGE=header).get(form_of(asked) + address)
    assert f'<html lang="{language}">' in response.content.decode()
    assert response["Content-Language"] == language
    assert ("Wie wurden Sie behandelt?" in words(response)) == (language == "de")
    assert ("How were you treated?" in words(response)) == (language == "en")


def test_a_language_chosen_by_hand_stays_until_the_thanks(asked):
    client = Client()
    page = client.get(form_of(asked) + "?language=de").content.decode()
    assert f'action="{form_of(asked)}?language=de"' in page
    response = client.post(form_of(asked) + "?language=de", FILLED)
    assert response["Location"] == f"{THANKS}?language=de"
    assert "Danke" in words(client.get(response["Location"]))


def test_nothing_of_the_form_is_left_with_browsers_or_other_sites(house, asked):
    for response in (
        Client().get(form_of(asked)),
        Client().post(form_of(asked), FILLED),
        Client().get(reverse("voice:link", args=["x"])),
        Client().get(THANKS),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
    response = signed_in(house.cast["charlie"]).get(reverse("voice:mine"))
    assert "no-store" in response["Cache-Control"]


def test_answering_leaves_no_trace_but_its_envelope(house, asked, caplog, capfd):
    entries, before = Entry.objects.count(), {one.pk: one.session_data for one in Session.objects.all()}
    client = signed_in(house.cast["charlie"])
    sessions = {one.pk: one.session_data for one in Session.objects.all()}
    with caplog.at_level(logging.DEBUG):
        client.post(form_of(asked), FILLED)
        client.post(reverse("voice:mine"), FILLED)
        client.post(reverse("voice:mine"), {**FILLED, "respect": "unmistakable"})
        client.post(reverse("voice:mine-take-back"))
    assert Entry.objects.count() == entries
    assert {one.pk: one.session_data for one in Session.objects.all()} == sessions != before
    told = "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    printed = capfd.readouterr()
    for trace in ("unmistakable", "second-look", link_of(asked)):
        assert trace not in printed.out + printed.err
        assert trace not in told.replace(form_of(asked), "")
    assert "messages" not in client.cookies


def test_an_error_report_leaves_out_what_was_sent(asked, monkeypatch):
    """A fault while sealing: the report Django would write holds neither the posted steps nor the local variables."""

    def broken(**_: object) -> None:
        secret = Answers(items=(1,) * 8)
        raise RuntimeError(type(secret).__name__)

    monkeypatch.setattr(views.actions, "answer", broken)
    request = RequestFactory().post(form_of(asked), FILLED)
    request.session = {}
    with pytest.raises(RuntimeError) as caught:
        views.link(request, link_of(asked))
    hidden = get_exception_reporter_filter(request)
    assert isinstance(hidden, SafeExceptionReporterFilter)
    posted = hidden.get_post_parameters(request)
    assert set(posted.values()) == {hidden.cleansed_substitute}
    trace = caught.value.__traceback__
    shown: list[str] = []
    while trace is not None:
        if (
            "views/answers.py" in trace.tb_frame.f_code.co_filename
            and trace.tb_frame.f_code.co_name == "link"
        ):
            shown += [
                str(value) for _, value in hidden.get_traceback_frame_variables(request, trace.tb_frame)
            ]
        trace = trace.tb_next
    assert shown
    assert set(shown) == {hidden.cleansed_substitute}


def test_no_page_of_the_form_is_answered_without_a_link_or_an_account(asked):
    assert Client().get(reverse("voice:mine")).status_code == 302
    assert Client().post(reverse("voice:mine"), FILLED).status_code == 302
    assert sealed() == []


def test_signed_in_another_site_cannot_answer_in_somebodys_place(house, asked):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.cast["charlie"])
    assert client.post(reverse("voice:mine"), FILLED).status_code == 403
    assert sealed() == []
    # By link there is nothing a browser would add by itself; a browser that hides the page it came from sends no origin.
    outside = Client(enforce_csrf_checks=True)
    assert outside.post(form_of(asked), FILLED, headers={"origin": "null"}).status_code == 302


def test_the_function_is_asked_the_mirror_questions(house, time):
    row = NeedRow(
        customer="Quality", what="samples", supplier="Warehouse", kind=NeedKind.HELP, process="Tablets", external="Patients"
    )  # fmt: skip
    organisation.add(by=PROGRAM, origin=Origin.TYPED, rows=[row])
    period = house.opened()
    invitations = house.invited(period)
    assert {one.form for one in invitations} == {"mirror"}
    response = Client().get(form_of(invitations[0]))
    said = words(response)
    assert "How well did Warehouse serve you?" in said
    for text in items.MIRROR.values():
        assert text in said
    assert items.SECOND_LOOK not in said
    assert items.AGREEMENT not in said
    assert Client().post(form_of(invitations[0]), {"early-warning": "1"}).status_code == 302
