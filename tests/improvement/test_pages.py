"""What pages show, and what they do with what people send."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from pypdf import PdfReader

from fairgate.gate.models import Preset, RequestKind, Tally
from fairgate.improvement import actions, queries
from fairgate.improvement.models import Commitment, Interview
from fairgate.improvement.rules import CommitmentState, Direction
from fairgate.shared import clock

from .conftest import MANUFACTURING, PROGRAM, QUALITY, day, held, planned, promised, signed_in, summarised


@pytest.fixture
def bob(cast):
    return signed_in(cast["bob"])


def text(client, name, *arguments, **asked):
    answer = client.get(reverse(f"improvement:{name}", args=arguments), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def test_an_interview_is_planned_by_form_with_the_name_filled_in(bob, cast, plant):
    address = reverse(
        "improvement:plan", args=[Direction.CUSTOMER, plant[QUALITY].pk, plant[MANUFACTURING].pk]
    )
    page = bob.get(address).content.decode()
    assert "Dear {name}" in page
    sent = {
        "person": cast["charlie"].pk, "day": day(2), "hour": "14:00", "zone": "Europe/Zurich", "place": "Line 2",
        "invitation": "Dear {name}, {odd} thirty minutes?", "key": hidden(page, "key"),
    }  # fmt: skip
    shown = bob.post(address, sent, follow=True).content.decode()
    assert "Dear Charlie, {odd} thirty minutes?" in shown
    assert "(Europe/Zurich, UTC+0" in shown
    bob.post(address, sent)
    assert Interview.objects.count() == 1, "the form sent twice"


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(bob, cast, plant):
    address = reverse(
        "improvement:plan", args=[Direction.CUSTOMER, plant[QUALITY].pk, plant[MANUFACTURING].pk]
    )
    answer = bob.post(
        address, {"person": "0", "place": "Line 2", "day": "soon", "zone": "Europe/Zurich", "key": "k"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a valid date" in page
    assert 'value="Line 2"' in page


def test_the_mail_link_carries_the_letter(bob, cast, plant):
    one = planned(cast, plant, invitation="Dear Zoë & all,\n\n100% of it?")
    page = text(bob, "interview", one.pk)
    link = urlsplit(re.search(r'href="(mailto:[^"]+)"', page).group(1).replace("&amp;", "&"))
    assert link.path == "charlie@example.com"
    body = parse_qs(link.query)["body"][0]
    assert body.startswith("Dear Zoë & all,\r\n\r\n100% of it?\r\n")
    assert "Where: Line 2" in body


def test_the_calendar_file_is_a_calendar_file(bob, cast, plant):
    one = planned(cast, plant)
    answer = bob.get(reverse("improvement:calendar", args=[one.pk]))
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:{one.uid}@fairgate".encode() in answer.content
    assert b"DTSTART;TZID=Europe/Zurich:" in answer.content


def test_two_who_write_notes_at_once_do_not_overwrite_each_other(cast, plant):
    one = held(cast, plant)
    address = reverse("improvement:notes", args=[one.pk])
    signed_in(cast["bob"]).post(address, {"text": "mine", "seen": ""})
    late = signed_in(cast["rita"]).post(address, {"text": "theirs", "seen": ""})
    assert late.status_code == 422
    assert "Somebody changed this" in late.content.decode()
    assert "theirs" in late.content.decode(), "what was typed stays on the page"
    assert one.notes.text == "mine"


def test_a_summary_and_a_charter_print_on_one_page(bob, cast, plant):
    one = summarised(cast, plant, works="Word " * 170)
    for number in range(4):
        promised(cast, plant, interview=one.pk, what=f"Promise {number}")
    content = bob.get(reverse("improvement:summary-pdf", args=[one.pk])).content
    printed = PdfReader(io.BytesIO(content))
    assert len(printed.pages) == 1
    words = printed.pages[0].extract_text()
    assert "what we heard" in words
    assert "Promise 3" in words
    charter = PdfReader(
        io.BytesIO(bob.get(reverse("improvement:charter-pdf", args=[plant[QUALITY].pk])).content)
    )
    assert len(charter.pages) == 1


def test_the_longest_charter_still_prints_on_one_page(bob, cast, plant):
    line = ("courtesy " * 33).strip()
    values = {"unit": plant[QUALITY].pk, "refusing": [line] * 8, "standing": [line] * 8, "contact": line}
    actions.edit_charter(by=cast["bob"], **values, seen=0)
    content = bob.get(reverse("improvement:charter-pdf", args=[plant[QUALITY].pk])).content
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_the_charter_says_times_refusals_and_what_was_kept(bob, cast, plant):
    preset = Preset.objects.create(unit=plant[QUALITY], code="quality", title="Quality", version="1")
    kind = RequestKind.objects.create(preset=preset, code="batch", name="Batch release", promise_days=2)
    RequestKind.objects.create(preset=preset, code="old", name="Old kind", is_offered=False)
    month = queries.today().replace(day=1)
    common = {
        "deciding_unit": plant[QUALITY],
        "unit": plant[MANUFACTURING],
        "kind": kind,
        "outcome": "approved",
    }
    Tally.objects.create(month=month, promise="kept", decisions=7, **common)
    Tally.objects.create(month=month, promise="missed", decisions=1, **common)
    Tally.objects.create(month=month, promise="none", decisions=90, **common)
    Tally.objects.create(
        month=(month - timedelta(days=800)).replace(day=1), promise="missed", decisions=50, **common
    )
    page = text(signed_in(cast["fay"]), "charter", plant[QUALITY].pk)
    assert "2 working days" in page
    assert "Old kind" not in page
    assert "were kept: 7 of 8." in page
    assert "Measured." in page
    assert "second look" in page
    assert "Change the charter" not in page


def test_a_charter_is_changed_in_editions(bob, cast, plant):
    address = reverse("improvement:edit-charter", args=[plant[QUALITY].pk])
    sent = {
        "refusing": "A slip.\n\nA second look.",
        "standing": "Courtesy.",
        "contact": "Bob, 1234",
        "reason": "Shorter.",
    }
    assert bob.post(address, {**sent, "seen": 0}).status_code == 302
    assert bob.post(address, {**sent, "seen": 0}).status_code == 422
    found = queries.charter_words(cast["dan"], plant[QUALITY].pk)
    assert (found.refusing, found.contact, found.number) == (("A slip.", "A second look."), "Bob, 1234", 1)
    assert "Bob, 1234" in text(bob, "charter", plant[QUALITY].pk)


def test_the_front_page_says_whom_what_and_how_much(bob, cast, plant):
    empty = text(bob, "improvement")
    assert "has not talked with anybody yet" in empty
    assert "Ask Manufacturing for thirty minutes" in empty
    held(cast, plant)
    one = promised(cast, plant)
    actions.close(by=cast["rita"], pk=one.pk, state=CommitmentState.DONE, why="Done.")
    page = text(bob, "improvement")
    assert "This quarter Quality talked once: with Manufacturing. It made 1 commitment." in page
    assert "Of 1 commitment settled or past its day, kept: 1 (100%)." in page
    assert "Measured, from the records" in page
    assert "Of 1 commitment settled" in text(signed_in(cast["charlie"]), "improvement")
    assert "Of 1 promise" not in text(signed_in(cast["fay"]), "improvement")


def test_the_list_is_filtered_sorted_and_exported(bob, cast, plant):
    promised(cast, plant, what="Alpha")
    done = promised(cast, plant, what="=Beta()", due=day(3))
    actions.close(by=cast["rita"], pk=done.pk, state=CommitmentState.NOT_DONE, why="No room.")
    page = text(bob, "commitments", state="open")
    assert "Alpha" in page
    assert "Beta" not in page
    ordered = text(bob, "commitments", sort="-due")
    assert ordered.index("Alpha") < ordered.index("Beta")
    for odd in ({"state": "x"}, {"unit": "x"}, {"sort": "nothing"}, {"page": "99"}, {"search": "a\x00b"}):
        assert bob.get(reverse("improvement:commitments"), odd).status_code == 200
    content = bob.get(reverse("improvement:export", args=["csv"]), {"state": "not-done"}).content.decode(
        "utf-8-sig"
    )
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["What"], row["Owner"], row["State"]) == ("'=Beta()", "Rita", "not-done")


def test_a_list_of_many_comes_in_pages(bob, cast, plant):
    for number in range(51):
        promised(cast, plant, what=f"Promise {number}")
    assert "Page 2 of 2" in text(bob, "commitments", page="2")


def test_interviews_are_filtered(bob, cast, plant):
    planned(cast, plant, person=None, person_name="Ola")
    held(cast, plant, person=None, person_name="Pia")
    page = text(bob, "interviews", state="held")
    assert "Pia" in page
    assert "Ola" not in page


def test_what_waits_comes_oldest_first_and_only_for_whom_it_concerns(cast, plant):
    planned(cast, plant, day=day(1))
    held(cast, plant)
    promised(cast, plant, owner=cast["bob"].pk, due=day(30))
    late = promised(cast, plant, owner=cast["bob"].pk, what="Late one")
    Commitment.objects.filter(pk=late.pk).update(due=day(-3), promised_for=day(-3))
    waiting = queries.waiting_for(cast["bob"])
    assert [one.what.split()[0] for one in waiting] == ["You", "Sum", "Thirty", "You"]
    assert "Late one" in waiting[0].what
    assert [one.is_promise for one in waiting] == [True, False, False, True]
    for who in ("alice", "dora", "emil", "gil", "fay", "dan", "mona", "quentin"):
        assert queries.waiting_for(cast[who]) == []
    assert queries.waiting_for(PROGRAM) == []
    assert queries.news_for(PROGRAM, clock.now()) == []
    for one in [*waiting, *queries.news_for(cast["charlie"], clock.now() - timedelta(days=1))]:
        who = cast["bob"] if one in waiting else cast["charlie"]
        assert signed_in(who).get(one.url).status_code == 200


def test_news_are_of_what_concerns_one(cast, plant):
    since = clock.now() - timedelta(minutes=1)
    one = summarised(cast, plant)
    actions.share(by=cast["bob"], pk=one.pk, seen=one.summary.digest)
    promised(cast, plant, interview=one.pk)
    told = [news.what for news in queries.news_for(cast["charlie"], since)]
    assert len(told) == 3
    assert any("asks you for thirty minutes" in what for what in told)
    assert any("shared its summary" in what for what in told)
    assert [news.what for news in queries.news_for(cast["mona"], since)] == [
        "Quality promised Manufacturing: We look at batch records before noon."
    ]
    assert queries.news_for(cast["dan"], since) == []
    assert queries.news_for(cast["charlie"], clock.now() + timedelta(minutes=1)) == []


def test_an_installation_without_a_function_says_so(db):
    from fairgate.people import actions as people

    nobody = people.add_person(by=PROGRAM, name="Nobody", username="nobody", roles={"lead"})
    page = text(signed_in(nobody), "improvement")
    assert "No unit here decides on the work of others yet" in page
    assert text(signed_in(nobody), "charters")
