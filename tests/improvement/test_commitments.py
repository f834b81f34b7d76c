"""What was promised comes back, and only those close it who may."""

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.improvement import actions, queries
from fairgate.improvement.models import Commitment
from fairgate.improvement.rules import Answer, CommitmentState, Direction, Event, Fate, Fault
from fairgate.ledger.models import Entry
from fairgate.organisation import actions as organisation
from fairgate.shared import clock

from .conftest import CAST, MANUFACTURING, PROGRAM, QUALITY, WAREHOUSE, day, held, promised, signed_in


def closed(cast, one, state=CommitmentState.DONE, by="rita"):
    return actions.close(by=cast[by], pk=one.pk, state=state, why="We moved the round to eleven.")


def test_a_promise_goes_from_a_talk_to_the_one_talked_with_and_back(cast, plant):
    talk = held(cast, plant)
    one = promised(cast, plant, interview=talk.pk, person=None)
    assert one.person == cast["charlie"]
    assert one.direction == Direction.CUSTOMER
    assert [line.commitment for line in queries.own_page(cast["charlie"]).received] == [one]
    assert [row.what for row in queries.waiting_for(cast["rita"]) if row.is_promise]
    closed(cast, one)
    asked = queries.waiting_for(cast["charlie"])
    assert len(asked) == 1
    assert "Was this kept?" in asked[0].what
    actions.answer(by=cast["charlie"], pk=one.pk, kept=Answer.NOT_YET, words="Only on Mondays.")
    assert not queries.waiting_for(cast["charlie"])
    assert any("says not yet" in row.what for row in queries.waiting_for(cast["rita"]))
    actions.reopen(by=cast["rita"], pk=one.pk, due=day(20), why="The other days, too.")
    closed(cast, one)
    actions.answer(by=cast["charlie"], pk=one.pk, kept=Answer.KEPT, words="Every day now.")
    events = [event.event for event in queries.page_of_commitment(cast["bob"], one.pk).events]
    assert events == [
        Event.MADE, Event.DONE, Event.NOT_YET, Event.REOPENED, Event.DONE, Event.KEPT
    ]  # fmt: skip
    assert Entry.objects.filter(action__startswith="improvement.commitment-").count() == len(events)
    news = {row.what for row in queries.news_for(cast["rita"], clock.now().replace(year=2020))}
    assert any("says you kept it" in what for what in news)


@pytest.mark.parametrize("who", CAST)
def test_only_the_owner_or_a_lead_of_the_unit_closes_it(cast, plant, who):
    one = promised(cast, plant)
    if who in {"rita", "bob", "lea"}:
        assert closed(cast, one, by=who).state == CommitmentState.DONE
        return
    with pytest.raises((PermissionDenied, Commitment.DoesNotExist)):
        closed(cast, one, by=who)
    assert Commitment.objects.get(pk=one.pk).state == CommitmentState.OPEN


def test_an_owner_who_became_a_steward_closes_nothing(cast, plant):
    one = promised(cast, plant)
    cast["rita"].assignments.all().delete()
    cast["rita"].assignments.create(role="steward")
    cast["rita"].refresh_from_db()
    with pytest.raises(PermissionDenied):
        closed(cast, one)


@pytest.mark.parametrize("who", [who for who in CAST if who != "charlie"])
def test_only_the_one_it_was_promised_to_says_whether_it_was_kept(cast, plant, who):
    one = promised(cast, plant)
    closed(cast, one)
    with pytest.raises((PermissionDenied, Commitment.DoesNotExist)):
        actions.answer(by=cast[who], pk=one.pk, kept=Answer.KEPT, words="Yes.")


def test_where_nobody_is_named_anybody_of_the_unit_says_it(cast, plant):
    one = promised(cast, plant, person=None)
    closed(cast, one)
    actions.answer(by=cast["mona"], pk=one.pk, kept=Answer.KEPT, words="Yes.")
    with pytest.raises(Commitment.DoesNotExist):
        actions.answer(by=cast["dan"], pk=one.pk, kept=Answer.KEPT, words="Yes.")


def test_when_the_owner_leaves_a_lead_gives_it_on(cast, plant):
    one = promised(cast, plant)
    organisation.remove_member(by=PROGRAM, person=cast["rita"].pk, unit=plant[QUALITY])
    assert queries.page_of_commitment(cast["bob"], one.pk).needs_owner
    assert any("Nobody is there any more" in row.what for row in queries.waiting_for(cast["bob"]))
    assert not any("Nobody is there" in row.what for row in queries.waiting_for(cast["mona"]))
    with pytest.raises(actions.Faulty):
        actions.reassign(by=cast["bob"], pk=one.pk, owner=cast["charlie"].pk, why="He is nice.")
    with pytest.raises(PermissionDenied):
        actions.reassign(by=cast["mona"], pk=one.pk, owner=cast["bob"].pk, why="Please.")
    actions.reassign(by=cast["bob"], pk=one.pk, owner=cast["quentin"].pk, why="Rita moved on.")
    assert Commitment.objects.get(pk=one.pk).owner == cast["quentin"]
    assert not any("Nobody is there" in row.what for row in queries.waiting_for(cast["bob"]))


def test_the_mirror_only_where_the_function_is_the_customer(cast, plant):
    values = {"unit": plant[MANUFACTURING].pk, "to": plant[QUALITY].pk, "person": cast["bob"].pk}
    one = promised(cast, plant, **values, by=cast["mona"], owner=cast["charlie"].pk)
    assert one.direction == Direction.SUPPLIER
    with pytest.raises(actions.Faulty) as refused:
        promised(
            cast,
            plant,
            unit=plant[WAREHOUSE].pk,
            to=plant[QUALITY].pk,
            by=cast["dan"],
            owner=cast["dan"].pk,
            person=None,
        )
    assert {fault.fault for fault in refused.value.faults} == {Fault.NOT_A_SUPPLIER}
    closed(cast, one, by="mona")
    actions.answer(by=cast["bob"], pk=one.pk, kept=Answer.KEPT, words="They came on time.")


def test_nobody_promises_in_the_name_of_others(cast, plant):
    for who in ("alice", "dora", "emil", "gil", "fay", "charlie", "mona", "dan", "quentin"):
        with pytest.raises(PermissionDenied):
            promised(cast, plant, by=cast[who])
    with pytest.raises(PermissionDenied):
        promised(
            cast,
            plant,
            by=cast["bob"],
            unit=plant[MANUFACTURING].pk,
            to=plant[QUALITY].pk,
            owner=cast["mona"].pk,
        )
    talk = held(cast, plant, direction=Direction.SUPPLIER)
    heard = promised(
        cast,
        plant,
        unit=plant[MANUFACTURING].pk,
        to=plant[QUALITY].pk,
        owner=cast["mona"].pk,
        interview=talk.pk,
        person=None,
    )
    assert heard.person == cast["bob"], "what was promised to the team comes back to whoever asked"
    with pytest.raises(PermissionDenied):
        promised(cast, plant, to=plant[WAREHOUSE].pk, interview=talk.pk, person=None)


def test_what_is_typed_wrong_is_told(cast, plant):
    with pytest.raises(actions.Faulty) as refused:
        promised(cast, plant, what="", owner=cast["dan"].pk, person=cast["dan"].pk, due=day(-1))
    assert {(fault.field, fault.fault) for fault in refused.value.faults} == {
        ("what", Fault.MISSING),
        ("owner", Fault.NOT_IN_THE_UNIT),
        ("person", Fault.NOT_IN_THE_UNIT),
        ("due", Fault.PAST),
    }
    with pytest.raises(actions.Faulty):
        promised(cast, plant, to=plant[QUALITY].pk, person=None)
    assert not Commitment.objects.exists()


def test_sent_twice_it_is_promised_once(cast, plant):
    assert promised(cast, plant, key="k").pk == promised(cast, plant, key="k").pk
    assert Commitment.objects.count() == 1


def test_figures_are_counted_from_the_records(cast, plant):
    fates = [promised(cast, plant, what=f"Promise {number}") for number in range(6)]
    closed(cast, fates[0])
    closed(cast, fates[1], CommitmentState.NOT_DONE)
    closed(cast, fates[2])
    actions.answer(by=cast["charlie"], pk=fates[2].pk, kept=Answer.NOT_YET, words="No.")
    Commitment.objects.filter(pk=fates[3].pk).update(promised_for=day(-3), due=day(-3))
    closed(cast, fates[4])
    Commitment.objects.filter(pk=fates[4].pk).update(promised_for=day(-1))
    counted = queries.kept_figures(queries.commitments_for(cast["bob"]))
    assert (
        counted.kept,
        counted.not_done,
        counted.disputed,
        counted.overdue,
        counted.late,
        counted.open_,
    ) == (1,) * 6
    assert counted.percent == 20
    assert queries.fate_of(Commitment.objects.get(pk=fates[3].pk)) is Fate.OVERDUE
    overdue = queries.commitments_for(cast["bob"], state=queries.OVERDUE)
    assert [one.pk for one in overdue] == [fates[3].pk]
    page = signed_in(cast["bob"]).get("/improvement/").content.decode()
    assert "Of 5 commitments settled or past their day, kept: 1 (20%)." in page


def test_who_reads_which_commitments(cast, plant):
    promised(cast, plant)
    other = promised(cast, plant, unit=plant[QUALITY].pk, to=plant[WAREHOUSE].pk, person=cast["dan"].pk)
    expected = {
        **dict.fromkeys(["alice", "bob", "rita", "quentin", "lea", "bruno", "dora", "emil"], 2),
        **dict.fromkeys(["charlie", "mona", "dan"], 1),
        **dict.fromkeys(["fay", "gil"], 0),
    }
    assert {who: queries.commitments_for(cast[who]).count() for who in CAST} == expected
    assert queries.commitments_for(cast["dan"]).get() == other
    assert queries.commitments_for(PROGRAM).count() == 2
