"""From asking to sharing."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.improvement import actions, queries
from fairgate.improvement.models import Interview, Notes, SharedSummary, Theme
from fairgate.improvement.rules import Direction, Fault, InterviewState, Refusal, sealed
from fairgate.ledger.models import Entry
from fairgate.organisation import actions as organisation
from fairgate.organisation.rules import Verdict

from .conftest import MANUFACTURING, PROGRAM, QUALITY, SECRET, WAREHOUSE, day, held, planned, summarised


def faults(refused):
    return {(fault.field, fault.fault) for fault in refused.value.faults}


def test_whom_to_talk_with_comes_from_the_map_never_asked_first(cast, plant):
    found = queries.candidates_for(cast["bob"])
    assert [one.unit.name for one in found.customers] == [MANUFACTURING]
    assert [one.unit.name for one in found.suppliers] == [MANUFACTURING]
    assert found.next_.unit == plant[MANUFACTURING]
    assert found.next_.last_held is None
    held(cast, plant)
    found = queries.candidates_for(cast["bob"])
    assert found.customers[0].last_held == day()
    assert found.suppliers[0].last_held is None, "the mirror is another conversation"


def test_the_longest_not_asked_comes_next(cast, plant):
    organisation.judge(
        by=PROGRAM,
        supplier=plant[QUALITY].pk,
        customer=plant[WAREHOUSE].pk,
        verdict=Verdict.CONFIRMED,
        reason="they ask for release dates",
    )
    first = planned(cast, plant)
    actions.hold(by=cast["bob"], pk=first.pk, on=day(-10))
    second = planned(cast, plant, other=plant[WAREHOUSE].pk, person=cast["dan"].pk)
    assert queries.candidates_for(cast["bob"]).next_.unit.name == MANUFACTURING, (
        "with the warehouse one is planned"
    )
    actions.hold(by=cast["bob"], pk=second.pk, on=day(-40))
    assert queries.candidates_for(cast["bob"]).next_.unit.name == WAREHOUSE


def test_sent_twice_it_is_planned_once(cast, plant):
    first = planned(cast, plant, key="k")
    assert planned(cast, plant, key="k", place="elsewhere").pk == first.pk
    assert Interview.objects.count() == 1
    assert planned(cast, plant, key="k", by=cast["rita"]).pk != first.pk, (
        "another person's key is another key"
    )


def test_nobody_is_asked_as_what_they_are_not(cast, plant):
    for direction, code in (
        (Direction.CUSTOMER, Fault.NOT_A_CUSTOMER),
        (Direction.SUPPLIER, Fault.NOT_A_SUPPLIER),
    ):
        with pytest.raises(actions.Faulty) as refused:
            planned(cast, plant, direction=direction, other=plant[WAREHOUSE].pk, person=cast["dan"].pk)
        assert ("person", code) in faults(refused)


def test_what_is_typed_wrong_is_told_and_nothing_is_saved(cast, plant):
    with pytest.raises(actions.Faulty) as refused:
        planned(cast, plant, person=cast["dan"].pk, invitation=" ", place="x" * 201)
    assert faults(refused) == {
        ("person", Fault.NOT_IN_THE_UNIT), ("invitation", Fault.MISSING), ("place", Fault.TOO_LONG)
    }  # fmt: skip
    with pytest.raises(actions.Faulty) as refused:
        planned(cast, plant, person=None, zone="Mars/Olympus")
    assert faults(refused) == {("person_name", Fault.MISSING), ("zone", Fault.NO_SUCH_ZONE)}
    with pytest.raises(actions.Faulty) as refused:
        planned(cast, plant, day=date(2027, 3, 28), hour=time(2, 30))
    assert faults(refused) == {("hour", Fault.NO_SUCH_TIME)}
    with pytest.raises(actions.Faulty) as refused:
        planned(cast, plant, person=cast["bruno"].pk, by=cast["bruno"])
    assert faults(refused) == {("person", Fault.ITSELF)}
    for far in (date(1, 1, 1), date(9999, 12, 31), day(800)):
        with pytest.raises(actions.Faulty):
            planned(cast, plant, day=far)
    assert not Interview.objects.exists()
    assert not Entry.objects.filter(action__startswith="improvement.").exists()


def test_each_step_comes_in_its_turn(cast, plant):
    bob, one = cast["bob"], planned(cast, plant)
    for early in (
        lambda: actions.share(by=bob, pk=one.pk, seen=""),
        lambda: actions.summarise(
            by=bob, pk=one.pk, works="a", hinders="b", wishes="c", themes=[], new_themes=[], seen=""
        ),
    ):
        with pytest.raises(actions.NotAllowedNow) as refused:
            early()
        assert refused.value.code is Refusal.STATE
    with pytest.raises(actions.Faulty):
        actions.hold(by=bob, pk=one.pk, on=day() + timedelta(days=1))
    actions.hold(by=bob, pk=one.pk, on=day())
    with pytest.raises(actions.NotAllowedNow):
        actions.call_off(by=bob, pk=one.pk, reason="late")
    other = planned(cast, plant)
    actions.call_off(by=bob, pk=other.pk, reason="Charlie is ill.")
    with pytest.raises(actions.NotAllowedNow):
        actions.hold(by=bob, pk=other.pk, on=day())
    assert Interview.objects.get(pk=other.pk).state == InterviewState.CALLED_OFF


def test_a_change_counts_up_so_that_calendars_replace_the_older(cast, plant):
    one = planned(cast, plant)
    values = {"zone": "UTC", "place": "", "invitation": "Dear Charlie"}
    actions.change(by=cast["rita"], pk=one.pk, day=day(5), hour=time(9), seen=0, **values)
    with pytest.raises(actions.NotAllowedNow) as refused:
        actions.change(by=cast["bob"], pk=one.pk, day=day(6), hour=time(9), seen=0, **values)
    assert refused.value.code is Refusal.STALE
    assert Interview.objects.get(pk=one.pk).sequence == 1


def test_the_ledger_knows_that_notes_changed_and_their_hash_only(cast, plant):
    one = held(cast, plant)
    notes = actions.write_notes(by=cast["bob"], pk=one.pk, text=SECRET, seen="")
    entry = Entry.objects.get(action="improvement.notes-changed")
    assert notes.digest in entry.new
    assert "Zanzibar" not in "".join(str(value) for value in Entry.objects.values_list())
    assert notes.digest == sealed(notes.salt, SECRET), "whoever may read them can show that they are those"
    with pytest.raises(actions.NotAllowedNow):
        actions.write_notes(by=cast["rita"], pk=one.pk, text="mine", seen="")
    actions.write_notes(by=cast["rita"], pk=one.pk, text=SECRET, seen=notes.digest)
    assert Notes.objects.get().digest != notes.digest, (
        "the same words again have another hash: nobody learns of it"
    )


def test_themes_are_found_in_any_spelling_and_counted_over_units(cast, plant):
    summarised(cast, plant, themes=("Waiting", "early advice"))
    summarised(cast, plant, themes=("waiting",))
    assert Theme.objects.count() == 2
    first, second = queries.theme_counts(cast["bob"])
    assert (first.theme.name, first.interviews, first.units) == ("Waiting", 2, 1)
    assert (second.theme.name, second.interviews) == ("early advice", 1)
    assert len(queries.theme_for(cast["rita"], first.theme.pk).interviews) == 2


def test_counts_and_lists_of_themes_leave_out_the_same_talks_so_nothing_can_be_subtracted(cast, plant):
    """Bruno, of the team, was interviewed, and so is Dora, who audits. Neither learns what was put on their talk."""
    summarised(cast, plant, themes=("waiting",))
    summarised(cast, plant, themes=("waiting", "tone"), person=cast["bruno"].pk)
    counts = {
        who: {it.theme.name: it.interviews for it in queries.theme_counts(cast[who])}
        for who in ("bob", "bruno", "dora")
    }
    assert counts == {
        "bob": {"waiting": 2, "tone": 1},
        "bruno": {"waiting": 1},
        "dora": {"waiting": 2, "tone": 1},
    }
    for who in ("bob", "rita", "bruno"):
        for theme in Theme.objects.all():
            shown = len(queries.theme_for(cast[who], theme.pk).interviews)
            counted = {it.theme: it.interviews for it in queries.theme_counts(cast[who])}
            assert shown == counted.get(theme, 0)
    cast["dora"].interviews_given.set(Interview.objects.filter(person=cast["charlie"]))
    assert {it.theme.name: it.interviews for it in queries.theme_counts(cast["dora"])} == {
        "waiting": 1,
        "tone": 1,
    }


def test_sharing_is_an_act_and_what_was_shared_stays(cast, plant):
    one = summarised(cast, plant, works="First wording.")
    charlie = cast["charlie"]
    assert queries.page_of_interview(charlie, one.pk).shared is None
    with pytest.raises(Interview.DoesNotExist):
        queries.paper_of_interview(charlie, one.pk)
    digest = one.summary.digest
    actions.share(by=cast["rita"], pk=one.pk, seen=digest)
    actions.share(by=cast["rita"], pk=one.pk, seen=digest)
    assert SharedSummary.objects.count() == 1
    actions.summarise(
        by=cast["bob"],
        pk=one.pk,
        works="Second wording.",
        hinders="b",
        wishes="c",
        themes=[],
        new_themes=[],
        seen=digest,
    )
    page = queries.page_of_interview(charlie, one.pk)
    assert page.shared.works == "First wording."
    assert page.summary is None
    assert not queries.page_of_interview(cast["bob"], one.pk).is_shared_as_it_is
    assert Entry.objects.filter(action="improvement.summary-shared").count() == 1
    with pytest.raises(actions.NotAllowedNow):
        actions.share(by=cast["rita"], pk=one.pk, seen=digest)
    assert "First wording" not in "".join(str(value) for value in Entry.objects.values_list())


def test_questions_have_editions_and_interviews_keep_theirs(cast, plant):
    unit = plant[QUALITY].pk
    before = queries.guide_for(cast["bob"], unit, Direction.CUSTOMER)
    mirror = queries.guide_for(cast["bob"], unit, Direction.SUPPLIER)
    assert (before.number, len(before.questions), len(mirror.questions)) == (0, 6, 6)
    assert not set(before.questions) & set(mirror.questions)
    one = planned(cast, plant)
    new = [f"What is {number}?" for number in range(6)]
    values = {"by": cast["rita"], "unit": unit, "direction": Direction.CUSTOMER, "invitation": "Dear {name}"}
    actions.edit_guide(**values, questions=new, seen=0)
    with pytest.raises(actions.NotAllowedNow) as refused:
        actions.edit_guide(**values, questions=new, seen=0)
    assert refused.value.code is Refusal.STALE
    for wrong in (new[:5], [*new, "And what is seven?"], []):
        with pytest.raises(actions.Faulty):
            actions.edit_guide(**values, questions=wrong, seen=1)
    assert queries.guide_for(cast["bob"], unit, Direction.CUSTOMER).questions == tuple(new)
    assert queries.guide_for(cast["bob"], unit, Direction.SUPPLIER).number == 0
    assert tuple(Interview.objects.get(pk=one.pk).questions) == before.questions
    with pytest.raises(PermissionDenied):
        actions.edit_guide(**{**values, "by": cast["mona"]}, questions=new, seen=1)


def test_without_an_account_a_name_will_do(cast, plant):
    one = planned(cast, plant, person=None, person_name="Ola from nights")
    assert (one.person, one.person_name) == (None, "Ola from nights")
