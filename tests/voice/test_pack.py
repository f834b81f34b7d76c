"""The agreement pack says what this installation does, not what a brochure would."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from fairgate.people import actions as people
from fairgate.people.rules import Role
from fairgate.shared.translations import ENGLISH
from fairgate.voice import queries
from fairgate.voice.rules import GRACE_DAYS
from fairgate.voice.wording import items, pack
from gate.conftest import signed_in

PROMISE = (
    "Database, backups and logs without the period’s key link nobody beyond a cell; whoever controls the running server or holds "
    "the key could."
)


def text_of(house, who="bob"):
    response = signed_in(house.cast[who]).get(reverse("voice:pack"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_it_answers_what_people_ask_in_their_order(house):
    found = queries.agreement_pack_for(house.gil)
    headings = [part.heading for part in pack.parts(found, ENGLISH)]
    assert headings[:6] == [
        "What is collected",
        "Why",
        "Who sees what",
        "How long it is kept",
        "Who could link an answer to a person, and how",
        "What can’t be done",
    ]
    assert all(part.sentences for part in pack.parts(found, ENGLISH))


def test_the_promise_stands_there_in_these_words(house):
    assert PROMISE in text_of(house)
    assert "confidential, not anonymous" in text_of(house)


def test_what_is_set_differently_is_said_differently(house, time):
    before = text_of(house)
    assert "in 3 months" in before
    assert "3 times as likely" in before
    house.opened(months=6, oversampling=5.0, turn_to="Call 4711.")
    after = text_of(house)
    assert "in 6 months" in after
    assert "5 times as likely" in after
    assert "Call 4711." in after
    assert f"until {GRACE_DAYS} days after" in after


def test_it_names_who_keeps_the_keys_or_that_nobody_does(house):
    assert "The privacy officer here: Gil." in text_of(house)
    people.set_roles(by=house.cast["alice"], person=house.gil, roles=[Role.EXECUTIVE], reason="moved on")
    assert "Nobody is privacy officer yet" in text_of(house)


@pytest.mark.parametrize(("scheme", "words"), [("smtps", "(smtps)"), ("", "Mail: not set up")])
def test_it_says_how_mail_goes_and_never_with_which_password(house, settings, scheme, words):
    settings.MAIL = f"{scheme}://fairgate:sesame@mail.example.org:587" if scheme else ""
    assert words in text_of(house)
    assert "sesame" not in text_of(house)


def test_every_sentence_that_is_asked_stands_in_it(house):
    for sentence in items.ITEMS.values():
        assert sentence.rstrip(".") in text_of(house)


def test_periods_that_were_closed_are_counted(house, time):
    assert "0 periods were closed here so far." in text_of(house)
    period = house.quarter(people=12)
    house.answered(list(period.invitations.all()))
    house.closed(house.ended(period))
    assert "1 period was closed here so far." in text_of(house)


def test_it_can_be_printed_and_signed(house):
    response = signed_in(house.cast["emil"]).get(reverse("voice:pack-pdf"))
    found = PdfReader(io.BytesIO(response.content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in found.pages))
    assert "Agreement on feedback about Quality" in text
    assert "Agreed by" in text
    assert PROMISE in text
    assert len(found.pages) <= 3


def test_it_leads_to_where_the_agreement_is_recorded(house):
    response = signed_in(house.gil).get(reverse("voice:pack"))
    assert reverse("fairness:scorecard") in response.content.decode()


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ("file:/letters", "written as files into a folder of this server"),
        ("console:", "shown in the terminal of whoever sends them"),
        ("smtps://user:secret@mail.example.org", "kept nowhere here (smtps)"),
        ("off", "Mail: not set up"),
    ],
)
def test_it_says_what_becomes_of_letters(house, settings, mail, said):
    settings.MAIL = mail
    text = text_of(house)
    assert said in text
    assert "secret" not in text
    assert text.count("Mail: ") == 1


def test_it_claims_of_the_audit_what_the_audit_proves(house):
    text = text_of(house)
    assert "may sometimes be worked out" in text
    assert "stay at least 2 wide" in text
    assert "If all of a group answered, everybody knows of each of them that they did" in text
