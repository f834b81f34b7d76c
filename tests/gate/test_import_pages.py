"""The pages of imports: who gets what, and the way of a new source from file to requests."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from fairgate.gate import imports
from fairgate.gate import jobs as gate_jobs
from fairgate.gate.models import DecisionImport, DecisionMapping, RequestKind, ServiceRequest
from fairgate.gate.rules import ImportState
from fairgate.gate.urls import imports as addresses
from fairgate.organisation.models import Unit
from fairgate.work import actions as work
from fairgate.work.models import Job

from .arriving import THREE, applied, came, mapping_of
from .conftest import CAST, QUALITY, signed_in
from .urls_imports import METHOD, POSTED, TABLE, imports_addresses

__all__ = ["imports_addresses"]


def test_the_table_names_every_address():
    assert {page.name for page in addresses.urlpatterns} == {*TABLE, *POSTED}


@pytest.mark.parametrize("name", TABLE)
def test_every_address_answers_each_role_as_it_should(cast, imports_addresses, name):
    table = TABLE[name]
    for who in sorted(CAST, key=lambda who: who in table.allowed):
        client = signed_in(cast[who])
        expected = (403, 403) if who in table.refused else (404, 404)
        if who in table.allowed:
            expected = table.get, table.post
        elif (who, name) == ("dora", "mapping"):  # auditors look at how files are read
            expected = 200, 403
        found = client.get(imports_addresses[name]), client.post(imports_addresses[name])
        assert tuple(answer.status_code for answer in found) == expected, f"{who} {name}"


@pytest.mark.parametrize("name", POSTED)
def test_every_button_answers_each_role_as_it_should(cast, imports_addresses, name):
    for who in sorted(CAST, key=lambda who: who in {"alice", "bob"}):
        client = signed_in(cast[who])
        assert client.get(imports_addresses[name]).status_code == METHOD
        expected = 302 if who in {"alice", "bob"} else 403 if who == "dora" else 404
        assert client.post(imports_addresses[name]).status_code == expected, who


@pytest.mark.parametrize("name", [*TABLE, *POSTED])
def test_outside_there_is_only_the_sign_in_page(imports_addresses, name):
    for answer in (Client().get(imports_addresses[name]), Client().post(imports_addresses[name])):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def done(name):
    """Do the newest job of this name, as the worker would."""
    job = Job.objects.filter(name=name).latest("made_at")
    work.claim(job.pk)
    task = {
        "gate.read_decisions": gate_jobs.read_decisions,
        "gate.apply_decisions": gate_jobs.apply_decisions,
    }[name]
    assert work.complete(job.pk, task(lambda done, note="": None, **job.arguments))
    return Job.objects.get(pk=job.pk)


def posted_file(content, name="export.csv"):
    return SimpleUploadedFile(name, content.encode())


def test_from_a_new_file_to_requests_by_hand(cast, gate):
    """File, columns, words, save: four forms, and what came of them."""
    client = signed_in(cast["bob"])
    began = client.post(reverse("gate:new-import"), {"file": posted_file(THREE)})
    coming = DecisionImport.objects.get()
    assert began["Location"] == reverse("gate:import-columns", args=[coming.pk])
    page = client.get(began["Location"]).content.decode()
    assert "Record (D-1, D-2)" in page
    form = client.get(began["Location"]).context["form"]
    answers = {name: field.initial for name, field in form.fields.items() if field.initial}
    assert answers["column_key"] == "Record"
    assert answers["column_decided_at"] == "Decided on"
    answers |= {"name": "QMS", "source": "QMS", "deciding_unit": Unit.objects.get(name=QUALITY).pk}
    reading = client.post(began["Location"], answers)
    assert reading["Location"].startswith("/work/"), reading.context["form"].errors
    done("gate.read_decisions")
    page = client.get(reverse("gate:import", args=[coming.pk])).content.decode()
    assert "“MFG” (2 rows)" in page
    assert "“Rejected” (1 row)" in page
    words = reverse("gate:import-words", args=[coming.pk])
    form = client.get(words).context["form"]
    said = {"edition": form.initial["edition"]}
    for at, (_field, word, _often, _meant) in enumerate(form.asked):
        said[f"word_{at}"] = {"MFG": Unit.objects.get(name="Manufacturing").pk, "Rejected": "refused"}[word]
    client.post(words, said)
    done("gate.read_decisions")
    page = client.get(reverse("gate:import", args=[coming.pk])).content.decode()
    assert "3 decisions are new." in page
    saving = client.post(reverse("gate:apply-import", args=[coming.pk]))
    assert saving["Location"].startswith("/work/")
    again = client.post(reverse("gate:apply-import", args=[coming.pk]))
    assert again["Location"] == saving["Location"], "a double click asks for one job"
    job = done("gate.apply_decisions")
    assert job.result["new"] == 3
    assert ServiceRequest.objects.count() == 3
    assert "Saved, all of it." in client.get(reverse("gate:import", args=[coming.pk])).content.decode()
    assert DecisionMapping.objects.get().edition == 2


def test_a_kept_mapping_asks_nothing_more(cast, gate):
    mapping = mapping_of()
    client = signed_in(cast["bob"])
    answer = client.post(reverse("gate:new-import"), {"file": posted_file(THREE), "mapping": mapping.pk})
    assert answer["Location"].startswith("/work/")
    done("gate.read_decisions")
    assert DecisionImport.objects.get().state == ImportState.READY


def test_missing_units_and_kinds_are_added_where_somebody_says_so(cast, gate):
    mapping = mapping_of()
    content = THREE.replace("D-3,Change,MFG", "D-3,Deviation,Laboratory").replace("Rejected", "refused")
    coming = came(content, mapping)
    for who, may_make_units in (("bob", False), ("alice", True)):
        form = signed_in(cast[who]).get(reverse("gate:import-words", args=[coming.pk])).context["form"]
        offered = {
            word: {key for key, _name in form.fields[f"word_{at}"].choices}
            for at, (_f, word, _n, _m) in enumerate(form.asked)
        }
        assert (imports.ADD in offered["Laboratory"]) == may_make_units
        assert imports.ADD in offered["Deviation"]
    said = {"edition": 1, **{f"word_{at}": imports.ADD for at in range(len(form.asked))}}
    signed_in(cast["alice"]).post(reverse("gate:import-words", args=[coming.pk]), said)
    done("gate.read_decisions")
    imports.apply(by=cast["alice"], pk=coming.pk)
    three = ServiceRequest.objects.get(key="D-3")
    assert (three.kind.name, three.unit.name) == ("Deviation", "Laboratory")


def test_a_lead_cannot_make_units_by_a_forged_answer(cast, gate):
    from django.core.exceptions import PermissionDenied

    mapping = mapping_of()
    with pytest.raises(PermissionDenied):
        imports.say_words(
            by=cast["bob"], pk=mapping.pk, edition=1, answers=[imports.Answer("unit", "Moon", imports.ADD)]
        )
    assert not Unit.objects.filter(name="Moon").exists()


def test_two_people_who_say_words_at_once_are_told(cast, gate):
    mapping = mapping_of()
    coming = came(THREE.replace("Rejected", "perhaps"), mapping)
    words = reverse("gate:import-words", args=[coming.pk])
    mapping_of(pk=mapping.pk, source="ERP")
    answer = signed_in(cast["bob"]).post(words, {"edition": 1, "word_0": "refused"})
    assert answer.status_code == 422
    assert "Somebody changed this mapping" in answer.content.decode()


def test_all_problems_and_changes_can_be_paged_and_downloaded(cast, gate):
    mapping = mapping_of()
    client = signed_in(cast["dora"])
    rows = THREE + "".join(f"K-{n},Change,MFG,approved,perhaps,2026-02-01 09:00,,,,,,,\n" for n in range(120))
    coming = came(rows, mapping)
    page = client.get(reverse("gate:import", args=[coming.pk]) + "?problems=3").content.decode()
    assert "120 problems" in page
    assert "Page 3 of 3" in page
    table = client.get(reverse("gate:import-list", args=[coming.pk, "problems"])).content.decode("utf-8-sig")
    assert len(table.splitlines()) == 121
    assert "perhaps" in table.splitlines()[1]
    applied(THREE, mapping)
    changed = came(THREE.replace("L1,", "=1+1,"), mapping)
    told = client.get(reverse("gate:import-list", args=[changed.pk, "changes"])).content.decode("utf-8-sig")
    assert "'=1+1" in told, "a formula stays text in a spreadsheet"
    assert (
        "Lot, contract or document" in client.get(reverse("gate:import", args=[changed.pk])).content.decode()
    )


def test_the_template_comes_back_in(cast, gate):
    client = signed_in(cast["bob"])
    book = load_workbook(io.BytesIO(client.get(reverse("gate:import-template")).content))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    sheet.append(
        [
            "X-1" if name == "Record number" else "Change" if name == "Kind of request" else None
            for name in header
        ]
    )
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("decisions.xlsx", stream.getvalue())
    client.post(reverse("gate:new-import"), {"file": file})
    found = DecisionImport.objects.get().findings["proposal"]["fields"]
    assert len(found) == len(header), "every column of our own template is recognised"


def test_a_file_that_is_no_table_is_told_on_its_page(cast, gate):
    client = signed_in(cast["bob"])
    client.post(reverse("gate:new-import"), {"file": posted_file("%PDF-1.4", "scan.pdf")})
    coming = DecisionImport.objects.get()
    assert coming.state == ImportState.FAULTY
    assert "scan.pdf: found a PDF" in client.get(reverse("gate:import", args=[coming.pk])).content.decode()


def test_dates_that_can_be_read_two_ways_are_asked_about(cast, gate):
    client = signed_in(cast["bob"])
    both = THREE.replace("2026-02-0", "02/0").replace(" 1", "/2026 1").replace(" 09", "/2026 09")
    client.post(reverse("gate:new-import"), {"file": posted_file(both)})
    coming = DecisionImport.objects.get()
    assert coming.findings["proposal"]["date_format"] == ""
    answers = {
        "name": "QMS",
        "source": "QMS",
        "deciding_unit": Unit.objects.get(name=QUALITY).pk,
        "zone": "UTC",
        "decimal": ".",
    }
    answer = client.post(reverse("gate:import-columns", args=[coming.pk]), answers)
    assert "date_format" in answer.context["form"].errors


def test_a_kind_of_another_unit_is_refused(cast, gate, plant):
    from fairgate.gate.models import Preset

    other = Preset.objects.create(unit=plant["Warehouse"], code="quality", title="Q", version="1")
    kind = RequestKind.objects.create(preset=other, code="x", name="X", outcomes=["approved"])
    client = signed_in(cast["alice"])
    client.post(reverse("gate:new-import"), {"file": posted_file(THREE)})
    coming = DecisionImport.objects.get()
    form = client.get(reverse("gate:import-columns", args=[coming.pk])).context["form"]
    answers = {name: field.initial for name, field in form.fields.items() if field.initial}
    answers |= {
        "name": "Q",
        "source": "Q",
        "deciding_unit": plant[QUALITY].pk,
        "column_kind": "",
        "always_kind": kind.pk,
    }
    answer = client.post(reverse("gate:import-columns", args=[coming.pk]), answers)
    assert answer.status_code == 422
    assert "always_kind" in answer.context["form"].errors


def test_nothing_came_in_yet_is_said_with_what_would_do(cast, gate):
    page = signed_in(cast["bob"]).get(reverse("gate:imports")).content.decode()
    assert "No file came in yet." in page
    assert "a row for each decision" in page


def test_the_job_says_why_it_could_not_save(cast, gate):
    from fairgate.work.rules import Problem

    mapping = mapping_of()
    coming = came(THREE, mapping)
    signed_in(cast["bob"]).post(reverse("gate:apply-import", args=[coming.pk]))
    mapping_of(pk=mapping.pk, source="ERP")
    job = Job.objects.latest("made_at")
    with pytest.raises(Problem, match="mapping was changed"):
        gate_jobs.apply_decisions(lambda done, note="": None, **job.arguments)


def test_reading_tells_how_far_it_is_and_can_be_stopped(cast, gate):
    from fairgate.work.rules import Cancelled

    mapping = mapping_of()
    coming = imports.open_file(by=cast["bob"], name="x.csv", content=[THREE.encode()], mapping=mapping.pk)

    def stop(done, note="", /):
        raise Cancelled

    with pytest.raises(Cancelled):
        imports.read(by=cast["bob"], pk=coming.pk, progress=stop)
    assert DecisionImport.objects.get().state == ImportState.READING
