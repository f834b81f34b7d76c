"""Periods on pages: what everybody reads, and the officer's key, which passes through and stays nowhere."""

import os
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fairgate.ledger.models import Entry
from fairgate.voice import actions
from fairgate.voice.models import Envelope, Period
from fairgate.voice.rules import PeriodState
from fairgate.work import actions as work
from fairgate.work.models import Job
from gate.conftest import signed_in

from .conftest import START, House


def said(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def upload(content, name="key.txt"):
    return SimpleUploadedFile(name, content, "text/plain")


def at(name, period):
    return reverse(f"voice:{name}", args=[period.pk])


@pytest.fixture
def officer(house, time):
    return signed_in(house.gil)


def announced(officer, **more):
    return officer.post(
        reverse("voice:new-period"), {"months": "3", "oversampling": "3", "starts_on": START, **more}
    )


def test_before_anything_the_page_says_what_to_do(house, officer):
    page = officer.get(reverse("voice:front"))
    assert "Nobody was asked yet" in said(page)
    assert "The plan" in said(page)
    assert "Announce a period" in said(page)
    others = signed_in(house.cast["bob"]).get(reverse("voice:front"))
    assert "The privacy officer announces a period." in said(others)
    assert reverse("voice:new-period") not in others.content.decode()


def test_announcing_answers_with_the_key_file_and_keeps_nothing_of_it(officer):
    response = announced(officer)
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    key = re.search(rb"^key: ([0-9a-f]{64})", response.content, re.MULTILINE)
    assert key is not None
    period = Period.objects.get()
    kept = repr((period.__dict__, [entry.__dict__ for entry in Entry.objects.all()], dict(officer.session)))
    assert key[1].decode() not in kept
    assert bytes.fromhex(key[1].decode()) != bytes(period.public_key)
    assert key[1].decode() not in officer.get(at("period", period)).content.decode()


def test_asking_begins_when_the_key_was_shown(officer, house):
    key = announced(officer).content
    period = Period.objects.get()
    assert "Nobody is asked before" in said(officer.get(at("period", period)))
    house.decided(house.cast["charlie"])
    wrong = {
        b"": "empty",
        b"nothing of the kind": "holds no key",
        b"key: " + b"0" * 63 + b"1\r\n": "key of another period",
        b"x" * 20_000: "too large",
    }
    for content, message in wrong.items():
        refused = officer.post(at("confirm", period), {"confirm-key": upload(content)})
        assert refused.status_code == 422
        assert message in said(refused)
    officer.post(at("confirm", period), {"confirm-key": upload(key)})
    period.refresh_from_db()
    assert period.state == PeriodState.OPEN
    assert "People are asked about decisions from 1 July 2026" in said(officer.get(at("period", period)))


def test_a_key_file_that_never_arrived_costs_nothing(officer):
    announced(officer)
    officer.post(at("discard", Period.objects.get()))
    assert not Period.objects.exists()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"starts_on": "2026-07-15"}, "begins on the first of a month"),
        ({"months": "2"}, "Select a valid choice"),
        ({"oversampling": "0.5"}, "greater than or equal to 1"),
        ({"oversampling": "x"}, "Enter a number"),
        ({"starts_on": "soon"}, "Enter a valid date"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_words(officer, given, message):
    refused = announced(officer, **given)
    assert refused.status_code == 422
    assert message in said(refused)
    assert not Period.objects.exists()


def test_one_period_at_a_time(officer, house):
    house.opened()
    refused = announced(officer)
    assert refused.status_code == 422
    assert "2026-Q3 covers some of these days, or isn’t over yet" in said(refused)


def test_before_the_last_day_a_period_does_not_end(officer, house, time):
    period = house.opened()
    page = officer.post(at("end", period), follow=True)
    assert "People were told that they have until 14 October 2026" in said(page)
    time.at += timedelta(days=120)
    assert "Take no more answers" in said(officer.get(at("period", period)))
    assert "Answers are no longer taken." in said(officer.post(at("end", period), follow=True))


def test_those_who_are_due_can_be_asked_at_once(officer, house, time):
    house.decided(house.cast["charlie"], on=date(2026, 7, 3))
    period = house.opened()
    time.at += timedelta(days=91)
    page = said(officer.post(at("invite", period), follow=True))
    assert "1 more person is asked." in page
    assert "1 has no mail address here and is asked at home only." in page
    assert "0 more people are asked." in said(officer.post(at("invite", period), follow=True))


def test_a_steward_is_led_back_after_asking(house, time):
    period = house.opened()
    assert signed_in(house.cast["alice"]).post(at("invite", period)).status_code == 302


def test_how_many_answered_is_told_to_the_officer_in_tens_while_people_answer(officer, house, time):
    period = house.quarter(people=24)
    invited = list(period.invitations.order_by("person"))
    house.answered(invited[:19])
    assert "Fewer than 20 sealed answers" in said(officer.get(at("period", period)))
    house.answered(invited[:23])
    assert "20 or more sealed answers are here" in said(officer.get(at("period", period)))
    house.ended(period)
    assert "23 sealed answers are here" in said(officer.get(at("period", period)))
    for who in ("alice", "bob", "dora", "emil", "charlie"):
        assert "sealed answers are here" not in said(signed_in(house.cast[who]).get(at("period", period)))


@pytest.fixture
def ended(house: House, officer) -> Period:
    period = house.quarter(people=30)
    house.answered(list(period.invitations.all()))
    return house.ended(period)


@pytest.mark.parametrize("button", ["preview", "close"])
def test_the_key_goes_to_the_job_and_nowhere_else(house, officer, ended, button):
    content = house.key[ended.pk]
    response = officer.post(at(button, ended), {f"{button}-key": upload(content)})
    job = Job.objects.get()
    assert response["Location"] == reverse("work:job", args=[job.pk])
    secret = re.search(rb"^key: (\w+)", content, re.MULTILINE)
    assert secret is not None
    assert secret[1].decode() not in repr((job.__dict__, dict(officer.session)))
    (waiting,) = list(settings.KEYS.iterdir())
    assert waiting.stat().st_mode & 0o777 == 0o600
    assert job.name.startswith("voice.")


def test_a_wrong_key_opens_nothing(house, officer, ended):
    other = actions.announce_period(by=house.gil, starts_on=date(2026, 10, 1), today=date(2026, 10, 20))
    refused = officer.post(at("close", ended), {"close-key": upload(other.key_file.content)})
    assert refused.status_code == 422
    assert "key of another period" in said(refused)
    assert not Job.objects.exists()
    assert not settings.KEYS.exists() or not list(settings.KEYS.iterdir())


def test_an_old_page_of_a_period_does_nothing_twice(house, officer, ended):
    """Back to the page as it was before closing, and its buttons again."""
    key = house.key[ended.pk]
    actions.close_at_once(by=house.gil, pk=ended.pk, key=key)
    for name, given in (
        ("close", {"close-key": upload(key)}),
        ("preview", {"preview-key": upload(key)}),
        ("end", {}),
    ):
        page = officer.post(at(name, ended), given, follow=True)
        assert "Nothing was done: the period is closed" in said(page), name
    assert not Job.objects.exists()
    assert not settings.KEYS.exists() or not list(settings.KEYS.iterdir())


def test_a_second_click_on_closing_leads_to_the_same_job(house, officer, ended):
    clicks = [officer.post(at("close", ended), {"close-key": upload(house.key[ended.pk])}) for _ in range(2)]
    assert clicks[0]["Location"] == clicks[1]["Location"]
    assert Job.objects.count() == 1
    assert len(list(settings.KEYS.iterdir())) == 1


def test_a_preview_says_what_would_be_hidden_and_no_figure(house, officer, ended):
    actions.preview_at_once(by=house.gil, pk=ended.pk, key=house.key[ended.pk])
    page = said(officer.get(at("period", ended)))
    assert "30 answers can be read." in page
    assert re.search(r"Treatment by sentence: \d+ of \d+ figures would be hidden", page)
    assert "As of" in page
    assert not re.search(r"\d%", page)
    assert "answers can be read" not in said(signed_in(house.cast["bob"]).get(at("period", ended)))


def test_closing_without_what_cannot_be_read_asks_for_a_tick(house, officer, ended):
    Envelope.objects.filter(pk__in=Envelope.objects.values_list("pk", flat=True)[:7]).update(sealed=b"x")
    key = house.key[ended.pk]
    assert "Close without" not in said(officer.get(at("period", ended)))
    actions.preview_at_once(by=house.gil, pk=ended.pk, key=key)
    page = said(officer.get(at("period", ended)))
    assert page.count("Close without 7 unreadable answers") == 1
    assert "7 envelopes can’t be read" in page
    officer.post(at("close", ended), {"close-key": upload(key), "close-without": "on"})
    assert Job.objects.get().arguments == {"pk": str(ended.pk), "without": 7}


def test_the_key_of_a_cancelled_job_goes_at_the_next_look(house, officer, ended):
    officer.post(at("close", ended), {"close-key": upload(house.key[ended.pk])})
    work.cancel(by=house.gil, job_id=Job.objects.get().pk)
    (waiting,) = settings.KEYS.iterdir()
    os.utime(waiting, (0, 0))
    officer.get(at("period", ended))
    assert not list(settings.KEYS.iterdir())


def test_a_lost_key_ends_a_period_and_the_next_can_start(house, officer, ended):
    assert officer.post(at("give-up", ended), {"reason": ""}).status_code == 422
    page = said(officer.post(at("give-up", ended), {"reason": "The safe burnt down."}, follow=True))
    assert "30 sealed answers were thrown away unread" in page
    again = said(officer.post(at("give-up", ended), {"reason": "Again."}, follow=True))
    assert "Nothing was done: the period is lost" in again
    assert announced(officer, starts_on="2026-10-01").status_code == 200


def test_home_leads_those_asked_to_the_form(house, time):
    house.decided(house.cast["charlie"])
    house.invited(house.opened())
    front = signed_in(house.cast["charlie"]).get(reverse("voice:front"))
    assert reverse("voice:mine") in front.content.decode()
    assert (
        reverse("voice:mine") not in signed_in(house.cast["dan"]).get(reverse("voice:front")).content.decode()
    )
