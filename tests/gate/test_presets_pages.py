"""What the pages of standards and presets show, and what they do with what people send."""

import html
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from fairgate.gate import actions, queries
from fairgate.gate.models import (
    Clause,
    Preset,
    RequestKind,
    Severity,
    Standard,
    Team,
    WorkingCalendar,
)
from fairgate.gate.rules import Thing
from fairgate.gate.urls.standards import urlpatterns
from fairgate.organisation.models import Unit

from .conftest import PROGRAM, QUALITY, recorded, signed_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def unit(plant):
    actions.install(by=PROGRAM, unit=plant[QUALITY].pk, code="quality")
    return plant[QUALITY]


@pytest.fixture
def bob(cast):
    return signed_in(cast["bob"])


def page(client, name, *arguments):
    answer = client.get(reverse(f"gate:{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def fields(content):
    """What a browser would send back without touching anything."""
    form = re.search(r'<form method="post" novalidate>.*?</form>', content, re.S)[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if not name or (" checked" not in tag and 'type="checkbox"' in tag):
            continue
        if 'type="checkbox"' in tag:
            sent.setdefault(name[1], []).append(value[1])
        else:
            sent[name[1]] = value[1] if value else ""
    sent |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S))
    return {
        name: [html.unescape(one) for one in value] if isinstance(value, list) else html.unescape(value)
        for name, value in sent.items()
        if name != "csrfmiddlewaretoken"
    }


def test_before_anything_is_installed_each_page_says_what_comes_first(cast, plant):
    for who, said in (("bob", "Choose a preset"), ("charlie", "can install one")):
        for name in ("standards", "kinds"):
            assert said in page(signed_in(cast[who]), name)


def test_presets_are_installed_from_their_page_after_a_look(bob, plant):
    shown = page(bob, "presets")
    address = reverse("gate:install", args=[plant[QUALITY].pk, "quality"])
    assert address in shown
    assert "Nothing is saved yet" in page(bob, "install", plant[QUALITY].pk, "quality")
    assert not Preset.objects.exists()
    said = bob.post(address, follow=True).content.decode()
    assert "“Quality (GMP)” is installed" in said
    assert "Installed for Quality in version 1" in said
    assert "nothing would change" in page(bob, "install", plant[QUALITY].pk, "quality")


def test_a_requester_reads_the_clause_with_its_examples_and_changes_nothing(cast, unit):
    clause = Clause.objects.get(number="211.192")
    shown = page(signed_in(cast["charlie"]), "clause", clause.pk)
    for example in clause.examples:
        assert example["way_to_yes"][:60] in shown.replace("&#x27;", "'")
    assert "Edition 1" in shown
    assert "came with the preset’s file" in shown
    assert reverse("gate:edit", args=[Thing.CLAUSE, clause.pk]) not in shown


def test_the_standards_page_leads_to_every_standard_and_it_to_every_clause(bob, unit):
    shown = page(bob, "standards")
    for standard in Standard.objects.all():
        assert reverse("gate:standard", args=[standard.pk]) in shown
        inside = page(bob, "standard", standard.pk)
        for clause in standard.clauses.all():
            assert reverse("gate:clause", args=[clause.pk]) in inside


def test_kinds_say_their_outcomes_in_the_trades_words(cast, unit):
    shown = page(signed_in(cast["charlie"]), "kinds")
    assert "released, quarantined, rejected" in shown
    assert "Answered within 3 working days." in shown


@pytest.mark.parametrize("thing", [thing for thing in Thing if thing is not Thing.CALENDAR])
def test_a_form_sent_back_as_it_was_shown_changes_nothing(bob, unit, thing):
    """Whatever a form shows, it says again: nothing is lost on the way through a page."""
    for record in queries.MODELS[thing].objects.all():
        address = reverse("gate:edit", args=[thing, record.pk])
        sent = fields(bob.get(address).content.decode()) | {"reason": "just looking"}
        answer = bob.post(address, sent)
        assert answer.status_code == 302, f"{record}"
        assert queries.MODELS[thing].objects.get(pk=record.pk).edition == 1, f"{record}"


def test_a_kind_is_changed_with_a_reason_and_both_editions_are_shown(bob, unit):
    kind = RequestKind.objects.get(code="batch-disposition")
    address = reverse("gate:edit", args=[Thing.KIND, kind.pk])
    sent = fields(bob.get(address).content.decode())
    assert sent["outcomes"] == ["approved", "held", "refused"]
    assert bob.post(address, sent | {"promise_days": "2"}).status_code == 422  # no reason
    answer = bob.post(address, sent | {"promise_days": "2", "reason": "we are quicker now"}, follow=True)
    assert "Kept." in answer.content.decode()
    shown = page(bob, "editions", Thing.KIND, kind.pk)
    assert "we are quicker now" in shown
    assert re.search(r"<del>3</del>.*?<p>2</p>", shown, re.S)
    assert recorded("gate.request-kind-changed")[-1].reason == "we are quicker now"


def test_what_makes_no_sense_stands_beside_its_field_and_nothing_is_lost(bob, unit):
    kind = RequestKind.objects.get(code="batch-disposition")
    address = reverse("gate:edit", args=[Thing.KIND, kind.pk])
    sent = fields(bob.get(address).content.decode()) | {"outcomes": ["approved"], "reason": "only yes"}
    answer = bob.post(address, sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "expected an outcome that approves and one that doesn’t" in shown
    assert "only yes" in shown


def test_two_people_do_not_overwrite_each_other(cast, unit):
    severity = Severity.objects.get(level="critical")
    address = reverse("gate:edit", args=[Thing.SEVERITY, severity.pk])
    bob, alice = signed_in(cast["bob"]), signed_in(cast["alice"])
    sent = fields(bob.get(address).content.decode())
    alice.post(address, sent | {"name": "class 1", "reason": "as in our procedure"})
    late = bob.post(address, sent | {"name": "dangerous", "reason": "clearer"})
    assert late.status_code == 409
    shown = late.content.decode()
    assert "Alice changed this while you wrote" in shown
    assert 'value="dangerous"' in shown
    assert Severity.objects.get(pk=severity.pk).name == "class 1"
    again = bob.post(address, fields(shown))
    assert again.status_code == 302
    assert Severity.objects.get(pk=severity.pk).name == "dangerous"


def test_ticks_survive_a_stale_page(cast, unit):
    kind = RequestKind.objects.get(code="change")
    address = reverse("gate:edit", args=[Thing.KIND, kind.pk])
    bob = signed_in(cast["bob"])
    sent = fields(bob.get(address).content.decode())
    actions.edit(
        by=PROGRAM, thing=Thing.KIND, pk=kind.pk, facts={"promise_days": 6}, reason="more", edition=1
    )
    late = bob.post(address, sent | {"outcomes": ["approved", "returned", "refused"], "reason": "fewer"})
    assert fields(late.content.decode())["outcomes"] == ["approved", "returned", "refused"]


def test_an_example_needs_both_halves_and_one_more_pair_is_always_free(bob, unit):
    clause = Clause.objects.get(number="211.22")
    address = reverse("gate:edit", args=[Thing.CLAUSE, clause.pk])
    sent = fields(bob.get(address).content.decode()) | {"reason": "a second case"}
    assert "reasons_2" in sent
    half = bob.post(address, sent | {"reasons_2": "The seal was broken."})
    assert half.status_code == 422
    assert "belong together" in half.content.decode()
    bob.post(address, sent | {"reasons_2": "The seal was broken.", "way_2": "Send another sample."})
    clause.refresh_from_db()
    assert clause.examples[1] == {"reasons": "The seal was broken.", "way_to_yes": "Send another sample."}


def test_lines_as_browsers_end_them_are_no_change(bob, unit):
    clause = Clause.objects.get(number="211.22")
    two_lines = [{"reasons": "One.\nTwo.", "way_to_yes": "Three."}]
    actions.edit(
        by=PROGRAM, thing=Thing.CLAUSE, pk=clause.pk, facts={"examples": two_lines}, reason="x", edition=1
    )
    address = reverse("gate:edit", args=[Thing.CLAUSE, clause.pk])
    sent = {
        key: value.replace("\n", "\r\n") for key, value in fields(bob.get(address).content.decode()).items()
    }
    assert bob.post(address, sent | {"reason": "just looking"}).status_code == 302
    clause.refresh_from_db()
    assert (clause.edition, clause.examples) == (2, two_lines)


def test_words_of_the_trade_are_changed(bob, unit):
    preset = Preset.objects.get()
    address = reverse("gate:edit", args=[Thing.PRESET, preset.pk])
    sent = fields(bob.get(address).content.decode())
    assert "batch-disposition.approved = released" in sent["of_kinds"]
    wrong = bob.post(address, sent | {"of_kinds": "released", "reason": "x"})
    assert "Line 1: found “released”" in wrong.content.decode()
    bob.post(address, sent | {"word_refused": "turned down", "word_held": "", "reason": "our words"})
    preset.refresh_from_db()
    assert preset.vocabulary["refused"] == "turned down"
    assert "held" not in preset.vocabulary


def test_kinds_standards_and_clauses_are_added(bob, unit):
    preset = Preset.objects.get()
    kind = {
        "name": "Artwork",
        "outcomes": ["approved", "returned"],
        "promise_days": "",
        "warn_days": "1",
        "reason": "new",
    }
    assert bob.post(reverse("gate:add-kind", args=[preset.pk]), kind).status_code == 302
    assert RequestKind.objects.get(code="artwork").promise_days is None
    standard = {"title": "House rules", "reference": "QP 7", "reason": "ours"}
    assert bob.post(reverse("gate:add-standard", args=[preset.pk]), standard).status_code == 302
    added = Standard.objects.get(code="house-rules")
    address = reverse("gate:add-clause", args=[added.pk])
    clause = {
        "number": "3",
        "title": "Two people check",
        "summary": "",
        "reason": "ours",
        "reasons_1": "",
        "way_1": "",
    }
    assert bob.post(address, clause).status_code == 302
    assert "expected each one once" in bob.post(address, clause).content.decode()
    assert added.clauses.get().title == "Two people check"


def test_a_clause_is_retired_and_put_into_use_again_with_a_reason(bob, unit):
    clause = Clause.objects.get(number="211.84")
    address = reverse("gate:retire", args=[Thing.CLAUSE, clause.pk])
    for expected, shown in ((False, "Put into use again"), (True, "Retire")):
        answer = bob.post(address, {"reason": "as agreed"}, follow=True)
        clause.refresh_from_db()
        assert clause.is_current is expected
        assert shown in answer.content.decode()


def test_working_days_are_set_and_holidays_listed(bob, cast, unit):
    address = reverse("gate:calendar", args=[unit.pk])
    sent = fields(bob.get(address).content.decode()) | {
        "zone": "Europe/Berlin", "weekdays": ["0", "1", "2", "3"], "reason": "four days",
        "holidays": "2026-12-25 Christmas Day\n2026-05-01",
    }  # fmt: skip
    wrong = bob.post(address, sent | {"holidays": "25.12.2026 Christmas Day"})
    assert wrong.status_code == 422
    assert "such as 2026-12-25 Christmas Day" in wrong.content.decode()
    assert bob.post(address, sent).status_code == 302
    kept = WorkingCalendar.objects.get()
    assert kept.holidays == [
        {"date": "2026-05-01", "name": ""},
        {"date": "2026-12-25", "name": "Christmas Day"},
    ]
    shown = page(signed_in(cast["charlie"]), "calendar", unit.pk)
    assert "Monday, Tuesday, Wednesday, Thursday" in shown
    assert "Friday, 25 Dec 2026" in shown
    assert "<form method" not in shown.partition("<main")[2]
    # Sent back as shown, it changes nothing.
    again = fields(bob.get(address).content.decode()) | {"reason": "nothing"}
    assert bob.post(address, again).status_code == 302
    assert WorkingCalendar.objects.get().edition == 1


def test_teams_are_made_and_people_placed(bob, cast, unit):
    address = reverse("gate:add-team", args=[unit.pk])
    assert bob.post(address, {"name": "Tablets"}).status_code == 302
    twice = bob.post(address, {"name": "tablets"})
    assert twice.status_code == 422
    assert "There is a team of this name." in twice.content.decode()
    team = Team.objects.get()
    place = reverse("gate:place-in-team", args=[team.pk])
    assert bob.post(place, {"person": cast["rita"].pk}).status_code == 302
    assert bob.post(place, {"person": cast["charlie"].pk}).status_code == 422  # works elsewhere
    assert [person.name for person in team.members.all()] == ["Rita"]
    assert "Rita" in page(signed_in(cast["charlie"]), "teams")


def test_a_preset_of_ones_own_is_looked_at_and_then_installed(bob, unit):
    address = reverse("gate:own-preset")
    text = queries.preset_text("legal").replace('code = "legal"', 'code = "our-legal"', 1)
    sent = {"unit": unit.pk, "code": "our-legal", "content": text}
    looked = bob.post(address, sent | {"look": "1"})
    assert "Nothing is saved yet" in looked.content.decode()
    assert fields(looked.content.decode())["content"].strip() == text.strip()
    assert not Preset.objects.filter(code="our-legal").exists()
    shown = re.search(r'name="install" value="(\w+)"', looked.content.decode())[1]
    assert bob.post(address, sent | {"install": shown}).status_code == 302
    assert Preset.objects.get(code="our-legal").unit == unit


def test_a_preset_of_ones_own_is_installed_only_as_it_was_looked_at(bob, unit):
    address = reverse("gate:own-preset")
    assert 'name="install"' not in page(bob, "own-preset")
    text = queries.preset_text("legal").replace('code = "legal"', 'code = "our-legal"', 1)
    sent = {"unit": unit.pk, "code": "our-legal", "content": text}
    looked = bob.post(address, sent | {"look": "1"}).content.decode()
    shown = re.search(r'name="install" value="(\w+)"', looked)[1]
    for changed in ({}, {"install": "1"}, {"install": shown, "content": text.replace("Contract", "Deal", 1)}):
        assert "Nothing is saved yet" in bob.post(address, sent | changed).content.decode()
    assert not Preset.objects.filter(code="our-legal").exists()


def test_a_preset_of_ones_own_is_offered_for_the_function(cast, unit):
    form = signed_in(cast["alice"]).get(reverse("gate:own-preset")).context["form"]
    first = form.fields["unit"].choices[0][1]
    assert first != unit.name
    assert form["unit"].value() == unit.pk


def test_the_faults_of_a_preset_of_ones_own_are_all_listed_once_and_name_no_file(bob, unit):
    text = queries.preset_text("legal").replace("promise_days = 5", 'promise_days = "5"', 1)
    text = text.replace('reference = "House policy: edit to match yours"', "", 1)
    answer = bob.post(reverse("gate:own-preset"), {"unit": unit.pk, "code": "legal", "content": text})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert shown.count("<li>kinds 1 (contract), promise_days: found “5”; expected a whole number") == 1
    assert shown.count("promise_days: found") == 1
    assert shown.count("standards 1 (contract-policy), reference: nothing found; expected a text") == 1
    broken = bob.post(reverse("gate:own-preset"), {"unit": unit.pk, "code": "legal", "content": "= 1"})
    assert "<li>Found “" in broken.content.decode()


def test_before_there_is_a_function_the_presets_page_leads_to_the_start(cast, plant):
    Unit.objects.update(is_function=False)
    alice = signed_in(cast["alice"])
    shown = page(alice, "presets")
    assert "say first which function you are" in shown
    assert reverse("overview:start") in shown
    assert reverse("overview:start") not in page(signed_in(cast["charlie"]), "presets")
    Unit.objects.filter(name=QUALITY).update(is_function=True)
    shown = page(alice, "presets")
    assert reverse("overview:start") not in shown
    for code in queries.BUNDLED:
        address = reverse("gate:install", args=[plant[QUALITY].pk, code])
        assert f'<a class="button" href="{address}">' in shown


@pytest.mark.parametrize("code", queries.BUNDLED)
def test_our_files_can_be_downloaded_to_begin_with(bob, plant, code):
    answer = bob.get(reverse("gate:preset-file", args=[code]))
    assert answer.content.decode() == queries.preset_text(code)
    assert f"{code}.toml" in answer["Content-Disposition"]


def test_no_page_carries_a_style_or_a_script_of_its_own(bob, unit):
    actions.add_team(by=PROGRAM, unit=unit.pk, name="Tablets")
    single = {"standard": Standard, "clause": Clause}
    for address in urlpatterns:
        arguments = {
            "int": unit.pk,
            "slug": "quality",
            "thing": Thing.KIND,
        }
        names = re.findall(r"<(\w+):(\w+)>", str(address.pattern))
        given = {name: arguments[kind] for kind, name in names}
        if address.name in single:
            given["pk"] = single[address.name].objects.first().pk
        elif "pk" in given or "preset" in given:
            given |= {name: RequestKind.objects.first().pk for name in given if name == "pk"}
            given |= {name: Preset.objects.get().pk for name in given if name == "preset"}
        answer = bob.get(reverse(f"gate:{address.name}", kwargs=given))
        if answer.status_code == 200:
            assert not re.search(rb"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", answer.content), (
                address.name
            )


def test_the_wheel_contains_the_presets(tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    assert {f"fairgate/gate/presets/{code}.toml" for code in queries.BUNDLED} <= names
