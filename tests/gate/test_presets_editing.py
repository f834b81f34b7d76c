"""Changing the rules of a gate: a reason for each change, an edition for each, nothing overwritten."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, transaction

from fairgate.gate import actions, queries
from fairgate.gate.models import (
    Clause,
    Edition,
    Preset,
    RequestKind,
    Severity,
    Standard,
    WorkingCalendar,
)
from fairgate.gate.rules import Outcome, Thing
from fairgate.gate.rules.presets import FaultyPreset
from fairgate.gate.wording.presets import promise
from fairgate.shared.translations import ENGLISH

from .conftest import MANUFACTURING, PROGRAM, QUALITY, WAREHOUSE, decided, recorded, submitted

KEEPERS = ["alice", "bob"]
OTHERS = ["charlie", "dan", "dora", "emil", "hana", "lea", "olga", "rita", "sam"]
STRANGERS = ["fay", "gil"]
CALENDAR = {
    "zone": "Europe/Berlin",
    "weekdays": [0, 1, 2, 3],
    "holidays": [{"date": "2026-03-05", "name": "Founders’ Day"}],
}
KIND = {
    "name": "Label text",
    "description": "",
    "outcomes": ["approved", "refused"],
    "promise_days": 2,
    "warn_days": 1,
}


@pytest.fixture
def unit(plant):
    actions.install(by=PROGRAM, unit=plant[QUALITY].pk, code="quality")
    return plant[QUALITY]


def attempts(unit):
    """Every way to change the rules, as functions of who tries."""
    kind, standard = RequestKind.objects.get(code="change"), Standard.objects.get(code="ich-q7")
    why = {"reason": "it fits us better"}
    return {
        "edit": lambda by: actions.edit(
            by=by, thing=Thing.KIND, pk=kind.pk, facts={"promise_days": 9}, edition=kind.edition, **why
        ),
        "retire": lambda by: actions.retire(by=by, thing=Thing.KIND, pk=kind.pk, **why),
        "reinstate": lambda by: actions.reinstate(by=by, thing=Thing.KIND, pk=kind.pk, **why),
        "add_kind": lambda by: actions.add_kind(by=by, preset=kind.preset_id, facts=KIND, **why),
        "add_standard": lambda by: actions.add_standard(
            by=by, preset=kind.preset_id, facts={"title": "House rules", "reference": "QP 7"}, **why
        ),
        "add_clause": lambda by: actions.add_clause(
            by=by, standard=standard.pk, number="2.2", facts={"title": "Quality decides", "summary": "", "examples": []}, **why
        ),
        "keep_calendar": lambda by: actions.keep_calendar(by=by, unit=unit.pk, facts=CALENDAR, edition=0, **why),
    }  # fmt: skip


ATTEMPTS = ("edit", "retire", "reinstate", "add_kind", "add_standard", "add_clause", "keep_calendar")


def test_the_attempts_are_all_there_are(unit):
    assert set(attempts(unit)) == set(ATTEMPTS)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_only_a_steward_and_the_lead_of_the_unit_change_rules(cast, unit, name):
    before = Edition.objects.count()
    for who in OTHERS:
        with pytest.raises(PermissionDenied):
            attempts(unit)[name](cast[who])
    for who in STRANGERS:  # to whom nothing is there
        with pytest.raises(ObjectDoesNotExist):
            attempts(unit)[name](cast[who])
    assert Edition.objects.count() == before


@pytest.mark.parametrize("who", KEEPERS)
@pytest.mark.parametrize("name", [name for name in ATTEMPTS if name != "reinstate"])
def test_each_change_writes_an_edition_and_a_line_in_the_ledger(cast, unit, name, who):
    before = Edition.objects.count(), len(recorded())
    attempts(unit)[name](cast[who])
    assert (Edition.objects.count(), len(recorded())) == (before[0] + 1, before[1] + 1)
    edition, entry = Edition.objects.latest("pk"), recorded()[-1]
    assert (edition.by_name, edition.reason) == (cast[who].name, "it fits us better")
    assert (entry.actor_name, entry.reason) == (cast[who].name, "it fits us better")


@pytest.mark.parametrize("reason", ["", "  ", "a\x00b", "x" * 2_001])
def test_a_change_without_a_readable_reason_is_refused(unit, reason):
    kind = RequestKind.objects.get(code="change")
    with pytest.raises(FaultyPreset) as refused:
        actions.edit(
            by=PROGRAM, thing=Thing.KIND, pk=kind.pk, facts={"promise_days": 9}, reason=reason, edition=1
        )
    assert [fault.key for fault in refused.value.faults] == ["reason"]
    kind.refresh_from_db()
    assert kind.edition == 1


def test_a_stale_edition_is_refused_and_names_who_was_quicker(cast, unit):
    kind = RequestKind.objects.get(code="change")
    change = {"thing": Thing.KIND, "pk": kind.pk, "reason": "faster", "edition": 1}
    actions.edit(by=cast["bob"], facts={"promise_days": 4}, **change)
    with pytest.raises(actions.Stale) as stale:
        actions.edit(by=cast["alice"], facts={"promise_days": 3}, **change)
    assert (stale.value.by_name, stale.value.edition) == ("Bob", 2)
    kind.refresh_from_db()
    assert kind.promise_days == 4


def test_saying_the_same_again_is_no_change(unit):
    kind = RequestKind.objects.get(code="change")
    before = Edition.objects.count(), len(recorded())
    actions.edit(
        by=PROGRAM, thing=Thing.KIND, pk=kind.pk, facts={"promise_days": 5}, reason="the same", edition=1
    )
    assert (Edition.objects.count(), len(recorded())) == before


FAULTY = [
    (Thing.KIND, {"outcomes": ["approved"]}, "outcomes"),
    (Thing.KIND, {"outcomes": ["approved", "held", "held"]}, "outcomes"),
    (Thing.KIND, {"outcomes": ["approved", "burnt"]}, "outcomes"),
    (Thing.KIND, {"promise_days": -1}, "promise_days"),
    (Thing.KIND, {"promise_days": 251}, "promise_days"),
    (Thing.KIND, {"promise_days": True}, "promise_days"),
    (Thing.KIND, {"promise_days": 1, "warn_days": 2}, "warn_days"),
    (Thing.KIND, {"name": "  "}, "name"),
    (Thing.KIND, {"code": "other"}, "code"),
    (Thing.KIND, {"is_offered": False}, "is_offered"),
    (Thing.STANDARD, {"title": "x" * 201}, "title"),
    (Thing.STANDARD, {"reference": ""}, "reference"),
    (Thing.CLAUSE, {"examples": [{"reasons": "because"}]}, "examples"),
    (Thing.CLAUSE, {"examples": [{"reasons": "", "way_to_yes": "so"}]}, "examples"),
    (Thing.CLAUSE, {"examples": "none"}, "examples"),
    (Thing.CLAUSE, {"title": "a\x07b"}, "title"),
    (Thing.SEVERITY, {"name": 3}, "name"),
    (Thing.PRESET, {"vocabulary": {"approved": ""}}, "vocabulary"),
    (Thing.PRESET, {"vocabulary": {"aproved": "yes"}}, "vocabulary"),
    (Thing.PRESET, {"vocabulary": {"a.b.approved": "yes"}}, "vocabulary"),
    (Thing.CALENDAR, {"zone": "Europe/Atlantis"}, "zone"),
    (Thing.CALENDAR, {"zone": "../etc/passwd"}, "zone"),
    (Thing.CALENDAR, {"zone": ""}, "zone"),
    (Thing.CALENDAR, {"weekdays": []}, "weekdays"),
    (Thing.CALENDAR, {"weekdays": [1, 0]}, "weekdays"),
    (Thing.CALENDAR, {"weekdays": [7]}, "weekdays"),
    (Thing.CALENDAR, {"holidays": [{"date": "2026-02-30", "name": ""}]}, "holidays"),
    (Thing.CALENDAR, {"holidays": [{"date": "2026-02-03"}]}, "holidays"),
]


@pytest.mark.parametrize(("thing", "facts", "key"), FAULTY)
def test_what_makes_no_sense_is_refused_with_its_field(unit, thing, facts, key):
    actions.keep_calendar(by=PROGRAM, unit=unit.pk, facts=CALENDAR, reason="ours", edition=0)
    record = queries.MODELS[thing].objects.first()
    with pytest.raises(FaultyPreset) as refused:
        actions.edit(
            by=PROGRAM, thing=thing, pk=record.pk, facts=facts, reason="why not", edition=record.edition
        )
    assert key in {fault.key for fault in refused.value.faults}
    assert queries.MODELS[thing].objects.get(pk=record.pk).edition == record.edition


def test_earlier_editions_stay_readable(unit):
    clause = Clause.objects.get(number="211.192")
    first = clause.title
    for edition, title in enumerate(["Records are read", "Records are read as a whole"], start=1):
        actions.edit(
            by=PROGRAM,
            thing=Thing.CLAUSE,
            pk=clause.pk,
            facts={"title": title},
            reason="clearer",
            edition=edition,
        )
    clause.refresh_from_db()
    assert [queries.clause_as_read(clause, number).title for number in (1, 2, 3)] == [
        first, "Records are read", "Records are read as a whole",
    ]  # fmt: skip
    assert [edition.number for edition in queries.editions_of(PROGRAM, Thing.CLAUSE, clause.pk)] == [3, 2, 1]
    assert queries.clause_as_read(clause, 3).is_as_now
    assert not queries.clause_as_read(clause, 1).is_as_now


def test_a_clause_reads_with_its_standard_as_it_was(time, unit):
    clause = Clause.objects.select_related("standard").get(number="211.192")
    written = time.at
    time.on(days=1)
    standard = clause.standard
    facts = {"reference": "21 CFR Part 211 (2027)"}
    actions.edit(by=PROGRAM, thing=Thing.STANDARD, pk=standard.pk, facts=facts, reason="new", edition=1)
    clause = Clause.objects.select_related("standard").get(pk=clause.pk)
    assert queries.clause_as_read(clause, 1, written).reference == "21 CFR 211"
    assert queries.clause_as_read(clause, 1).reference == "21 CFR Part 211 (2027)"


@pytest.mark.parametrize("change", [lambda rows: rows.update(reason="else"), lambda rows: rows.delete()])
def test_editions_are_append_only(unit, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Edition.objects.all())
    assert Edition.objects.filter(reason="else").count() == 0


def test_a_retired_clause_serves_no_new_slip_and_comes_back(cast, unit):
    clause, kind = Clause.objects.get(number="211.84"), RequestKind.objects.get(code="change")
    assert clause in queries.clauses_for(cast["rita"], kind)
    actions.retire(by=PROGRAM, thing=Thing.CLAUSE, pk=clause.pk, reason="not ours")
    actions.retire(by=PROGRAM, thing=Thing.CLAUSE, pk=clause.pk, reason="again, by a double click")
    assert clause not in queries.clauses_for(cast["rita"], kind)
    assert queries.editions_of(PROGRAM, Thing.CLAUSE, clause.pk).count() == 2
    actions.reinstate(by=PROGRAM, thing=Thing.CLAUSE, pk=clause.pk, reason="it is")
    assert clause in queries.clauses_for(cast["rita"], kind.pk)
    actions.retire(by=PROGRAM, thing=Thing.STANDARD, pk=clause.standard_id, reason="all of it")
    assert clause not in queries.clauses_for(cast["rita"], kind)


def test_clauses_of_another_gate_are_not_offered(cast, unit, plant):
    actions.install(by=PROGRAM, unit=plant[WAREHOUSE].pk, code="legal")
    kind = RequestKind.objects.get(preset__unit=unit, code="change")
    assert {clause.standard.preset.unit for clause in queries.clauses_for(cast["rita"], kind)} == {unit}


def test_clauses_come_in_the_order_of_the_file(unit):
    kind = RequestKind.objects.get(code="change")
    numbers = [clause.number for clause in queries.clauses_for(PROGRAM, kind)]
    assert numbers == [
        row.name.code for row in queries.bundled("quality").rows if row.name.thing is Thing.CLAUSE
    ]


def test_a_retired_kind_is_not_offered_and_what_was_asked_is_still_decided(cast, unit):
    kind = RequestKind.objects.get(code="document")
    request = submitted(cast["charlie"], kind)
    actions.retire(by=cast["bob"], thing=Thing.KIND, pk=kind.pk, reason="in the document system now")
    assert kind not in queries.kinds_for(cast["charlie"])
    assert kind in queries.kinds_for(cast["charlie"], offered=None)
    assert decided(cast["rita"], request, Outcome.APPROVED).outcome == Outcome.APPROVED


@pytest.mark.parametrize("thing", [Thing.PRESET, Thing.SEVERITY, Thing.CALENDAR])
def test_some_things_cannot_be_retired(unit, thing):
    with pytest.raises(ValueError, match="can't be retired"):
        actions.retire(by=PROGRAM, thing=thing, pk=1, reason="why not")


def test_names_and_numbers_of_new_things_are_their_own(unit):
    preset = Preset.objects.get()
    kinds = [
        actions.add_kind(by=PROGRAM, preset=preset.pk, facts={**KIND, "name": name}, reason="new")
        for name in ("Label text", "Label text", "Étiquette!", "标签")
    ]
    assert [kind.code for kind in kinds] == ["label-text", "label-text-2", "etiquette", "own"]
    standard = Standard.objects.get(code="ich-q7")
    facts = {"title": "Again", "summary": "", "examples": []}
    with pytest.raises(FaultyPreset) as refused:
        actions.add_clause(by=PROGRAM, standard=standard.pk, number=" 6.7 ", facts=facts, reason="new")
    assert [fault.key for fault in refused.value.faults] == ["number"]


def test_working_days_are_the_usual_ones_until_somebody_sets_others(time, unit):
    usual = queries.calendar_of(unit.pk)
    assert (usual.weekdays, usual.zone, usual.holidays) == ({0, 1, 2, 3, 4}, "UTC", frozenset())
    kept = actions.keep_calendar(
        by=PROGRAM, unit=unit.pk, facts=CALENDAR, reason="four days a week", edition=0
    )
    days = queries.calendar_of(unit.pk)
    # Monday 2 March 2026, three working days on: Tuesday, Wednesday, and (Thursday is a holiday, Friday is off) Monday.
    assert days.after(time.at, 3).isoformat() == "2026-03-09T22:59:59+00:00"
    with pytest.raises(actions.Stale):
        actions.keep_calendar(by=PROGRAM, unit=unit.pk, facts=CALENDAR, reason="again", edition=0)
    facts = {**CALENDAR, "holidays": []}
    actions.keep_calendar(by=PROGRAM, unit=unit.pk, facts=facts, reason="no holiday", edition=kept.edition)
    assert WorkingCalendar.objects.get().edition == 2
    assert queries.calendar_of(unit.pk).after(time.at, 3).isoformat() == "2026-03-05T22:59:59+00:00"


def test_a_unit_that_decides_nothing_has_no_calendar(cast, unit, plant):
    from fairgate.organisation.models import Unit

    with pytest.raises(Unit.DoesNotExist):
        actions.keep_calendar(by=PROGRAM, unit=plant[MANUFACTURING].pk, facts=CALENDAR, reason="x", edition=0)


def test_promise_days_changed_now_hold_for_what_is_asked_from_now_on(cast, time, unit):
    kind = RequestKind.objects.get(code="document")
    before = submitted(cast["charlie"], kind)
    actions.edit(
        by=PROGRAM, thing=Thing.KIND, pk=kind.pk, facts={"promise_days": 8}, reason="honest", edition=1
    )
    after = submitted(cast["charlie"], kind)
    before.refresh_from_db()
    assert before.promised_by < after.promised_by
    assert (before.kind_edition, after.kind_edition) == (1, 2)


def test_words_are_the_kinds_else_the_presets_else_ours(unit):
    batch = RequestKind.objects.get(code="batch-disposition")
    words = queries.words_for(batch)
    assert (words.outcome("approved"), words.outcome("refused"), words.request) == (
        "released",
        "rejected",
        "batch",
    )
    assert words.slip == "refusal slip"
    assert queries.words_for(batch.preset).outcome("approved") == "approved"
    assert queries.words_for(None).outcome("conditions") == "approved with conditions"
    assert set(words.outcomes) == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "No date is promised."),
        (0, "Answered the same working day."),
        (1, "Answered within 1 working day."),
        (3, "Answered within 3 working days."),
    ],
)
def test_a_promise_reads_as_a_sentence(days, said):
    assert promise(days, ENGLISH) == said


@pytest.mark.parametrize("who", STRANGERS)
def test_who_has_no_role_reads_nothing(cast, unit, who):
    for read in (
        queries.presets_for,
        queries.kinds_for,
        queries.standards_for,
        queries.books_for,
        queries.teams_for,
    ):
        with pytest.raises(PermissionDenied):
            read(cast[who])
    with pytest.raises(Clause.DoesNotExist):
        queries.clause_for(cast[who], Clause.objects.first().pk)


@pytest.mark.parametrize("who", KEEPERS + OTHERS)
def test_whoever_works_with_a_gate_reads_every_standard(cast, unit, who):
    assert queries.standards_for(cast[who]).count() == Standard.objects.count()
    assert Severity.objects.count() == queries.severities_for(cast[who]).count() == 3
