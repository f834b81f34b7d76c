"""What pages do with what people send."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fairgate.organisation.models import Import, Judgement, Need, Unit

from .conftest import MANUFACTURING, QUALITY, recorded, signed_in


@pytest.fixture
def alice(cast):
    return signed_in(cast["alice"])


NEED = {
    "customer": "Sales",
    "what": "answers",
    "supplier": "Quality",
    "process": "Tablets",
    "external": "Patients",
    "kind": "help",
    "volume": "",
    "reason": "they ask every week",
}


def test_a_need_is_added_by_form(alice):
    answer = alice.post(reverse("organisation:add", args=["needs"]), NEED, follow=True)
    assert "Sales" in answer.content.decode()
    entry = recorded("organisation.needs-added")[-1]
    assert (entry.actor_name, entry.reason) == ("Alice", "they ask every week")


def test_a_need_is_added_with_a_reason_or_not_at_all(alice):
    answer = alice.post(reverse("organisation:add", args=["needs"]), {**NEED, "reason": ""})
    assert answer.status_code == 422
    assert Need.objects.count() == 3


def test_a_fault_stands_beside_its_field_and_nothing_is_lost(alice):
    answer = alice.post(reverse("organisation:add", args=["needs"]), {**NEED, "customer": "Quality"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "two different units were expected" in page
    assert 'value="answers"' in page
    assert Need.objects.count() == 3


def shown(client, address):
    """The hidden sign of what the form showed."""
    return re.search(r'name="shown" value="(\w+)"', client.get(address).content.decode()).group(1)


def test_a_unit_can_be_renamed_and_a_taken_name_is_told(alice, plant):
    address = reverse("organisation:change", args=["units", plant[QUALITY].pk])
    taken = alice.post(address, {"name": "warehouse", "shown": shown(alice, address)})
    assert "another one" in taken.content.decode()
    new = {"name": "Quality Unit", "description": "Says no.", "shown": shown(alice, address)}
    assert alice.post(address, new).status_code == 302
    assert Unit.objects.get(pk=plant[QUALITY].pk).name == "Quality Unit"


def test_two_people_do_not_overwrite_each_other(alice, plant):
    address = reverse("organisation:change", args=["units", plant[QUALITY].pk])
    first = second = shown(alice, address)
    alice.post(address, {"name": QUALITY, "description": "Mine.", "shown": first})
    late = alice.post(address, {"name": QUALITY, "description": "Theirs.", "shown": second})
    assert late.status_code == 422
    assert "Somebody changed this" in late.content.decode()
    assert Unit.objects.get(pk=plant[QUALITY].pk).description == "Mine."


def test_a_volume_that_stands_is_a_stewards_to_change(cast, plant):
    alice, charlie = signed_in(cast["alice"]), signed_in(cast["charlie"])
    batch = {**NEED, "customer": MANUFACTURING, "what": "batch release", "kind": "release"}
    address = reverse("organisation:add", args=["needs"])
    alice.post(address, {**batch, "volume": "60"})
    refused = charlie.post(address, {**batch, "volume": "999999"})
    assert refused.status_code == 422
    assert "only a steward changes it" in refused.content.decode()
    assert Need.objects.get(service__name="batch release").volume == 60
    alice.post(address, {**batch, "volume": "70"})
    assert '"60' in recorded("organisation.needs-added")[-1].old


@pytest.mark.parametrize("query", ["process=²", "process=" + "9" * 5000, "process=-1", "process=x"])
def test_an_odd_process_is_no_process(alice, query):
    assert alice.get(f"{reverse('organisation:organisation')}?{query}").status_code in {200, 404}


@pytest.mark.parametrize(
    "query", ["per_page=-3", "page=-3", "page=x", "page=999", "sort=nothing", "search=%00"]
)
def test_odd_pages_of_a_list_are_pages(alice, query):
    assert alice.get(f"{reverse('organisation:facts', args=['needs'])}?{query}").status_code == 200


def test_a_unit_that_others_rest_on_says_what_they_are(alice, plant):
    page = alice.get(reverse("organisation:remove", args=["units", plant[QUALITY].pk])).content.decode()
    assert "can’t be removed yet" in page
    alice.post(reverse("organisation:remove", args=["units", plant[QUALITY].pk]), {"reason": "x"})
    assert Unit.objects.filter(pk=plant[QUALITY].pk).exists()


def test_a_need_is_struck_with_a_reason_and_shown_beside_what_was_declared(cast, plant):
    charlie = signed_in(cast["charlie"])
    address = reverse("organisation:relation", args=[plant[QUALITY].pk, plant[MANUFACTURING].pk])
    assert charlie.post(address, {"verdict": "struck"}).status_code == 422
    page = charlie.post(address, {"verdict": "struck", "reason": "we release it ourselves"}, follow=True)
    assert "we release it ourselves" in page.content.decode()
    assert "Declared: needs batch release (a release) in Tablets" in page.content.decode()
    assert Judgement.objects.get().by_name == "Charlie"


def test_what_people_type_is_shown_as_text(alice):
    alice.post(reverse("organisation:add", args=["units"]), {"name": "<script>alert(1)</script>"})
    for page in (reverse("organisation:facts", args=["units"]), reverse("organisation:organisation")):
        assert b"<script>alert(1)" not in alice.get(page).content


def test_a_pasted_table_is_checked_first(alice):
    pasted = "Sales\tanswers\tQuality\tTablets\tPatients\thelp\t"
    answer = alice.post(reverse("organisation:new-import"), {"pasted": pasted, "kind": "needs"}, follow=True)
    page = answer.content.decode()
    assert "1 new unit" in page
    assert "Nothing is saved yet" in page
    assert Need.objects.count() == 3
    alice.post(reverse("organisation:apply-import", args=[Import.objects.get().pk]))
    assert Need.objects.count() == 4


def test_a_file_or_a_table_not_both(alice):
    file = SimpleUploadedFile("needs.csv", b"x")
    for sent in ({}, {"file": file, "pasted": "a\tb"}):
        answer = alice.post(reverse("organisation:new-import"), sent)
        assert answer.status_code == 422
        assert "one of the two" in answer.content.decode()


def test_a_log_goes_to_the_background(alice):
    file = SimpleUploadedFile("log.xes", b"<log/>")
    answer = alice.post(reverse("organisation:new-import"), {"file": file, "kind": "events"})
    coming = Import.objects.get()
    assert answer["Location"] == reverse("work:job", args=[coming.job_id])


def test_applying_twice_says_so(alice):
    file = SimpleUploadedFile("units.csv", b"Unit,What it does\nLab,Tests\n")
    alice.post(reverse("organisation:new-import"), {"file": file})
    address = reverse("organisation:apply-import", args=[Import.objects.get().pk])
    alice.post(address)
    assert "applied already" in alice.post(address, follow=True).content.decode()
    assert len(recorded("organisation.units-added")) == 1


def test_lists_are_searched_sorted_and_exported_as_shown(alice):
    page = alice.get(reverse("organisation:facts", args=["needs"]), {"search": "packed", "sort": "-what"})
    assert "packed goods" in page.content.decode()
    assert "batch records" not in page.content.decode()
    sheet = alice.get(reverse("organisation:export", args=["needs", "csv"]), {"search": "packed"})
    assert sheet.content.decode("utf-8-sig").count("\n") == 2


def test_the_map_shows_one_process_when_asked(alice, plant):
    from fairgate.organisation.models import Process

    page = alice.get(reverse("organisation:organisation"), {"process": Process.objects.get().pk})
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
