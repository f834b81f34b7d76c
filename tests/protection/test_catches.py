"""Two judgements of a refusal, and nobody sees the other's before both are in."""

import json
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from fairgate.gate.models import Decision, Preset, RecordedPerson, RequestKind, ServiceRequest
from fairgate.gate.rules import Outcome
from fairgate.people.rules import Role
from fairgate.protection import actions, queries
from fairgate.protection.models import CatchJudgement
from fairgate.protection.rules import Side, WouldHave
from fairgate.protection.views import showing

from .conftest import CAST, MANUFACTURING, QUALITY, WAREHOUSE, Plant, recorded, signed_in

HARM, NOTHING, REWORK = WouldHave.HARM, WouldHave.NOTHING, WouldHave.REWORK


def judge(plant, who, decision, would_have=HARM, note=""):
    return actions.judge(by=plant.who(who), decision=decision.pk, would_have=would_have, note=note)


def test_each_side_judges_once_and_the_ledger_keeps_it(plant):
    refused = plant.decided()
    judge(plant, "bea", refused, HARM, "sharp edges")
    judge(plant, "cleo", refused, NOTHING)
    sides = CatchJudgement.objects.values_list("side", "would_have")
    assert list(sides) == [(Side.FUNCTION, HARM), (Side.CUSTOMER, NOTHING)]
    first, second = recorded("protection.catch-judged")
    assert json.loads(first.new) == {"side": "function", "would_have": "harm", "note": "sharp edges"}
    assert json.loads(second.new)["would_have"] == "nothing"


@pytest.mark.parametrize("again", ["bea", "cleo"])
def test_a_second_judgement_of_a_side_is_refused_also_by_a_colleague(plant, again):
    refused = plant.decided(by="dora")
    judge(plant, "bob", refused)
    judge(plant, "charlie", refused)
    with pytest.raises(actions.AlreadyJudged):
        judge(plant, again, refused, NOTHING)
    assert CatchJudgement.objects.count() == 2


def test_nobody_judges_their_own_decision(plant):
    refused = plant.decided(by="bob")
    with pytest.raises(PermissionDenied):
        judge(plant, "bob", refused)
    assert judge(plant, "bea", refused).side == Side.FUNCTION


def test_whoever_works_on_both_sides_judges_for_neither(plant):
    refused = plant.decided(by="bob")
    assert queries.side_of(plant.who("kim"), refused) is None
    with pytest.raises(PermissionDenied):
        judge(plant, "kim", refused)


def test_nobody_judges_both_sides_of_one_decision_also_after_changing_units(plant):
    refused = plant.decided(by="bob")
    judge(plant, "cleo", refused, NOTHING)
    cleo = plant.moved("cleo", QUALITY)
    assert queries.side_of(cleo, refused) is None
    assert queries.to_judge_for(cleo) == []
    with pytest.raises(PermissionDenied):
        judge(plant, "cleo", refused, NOTHING)
    assert queries.to_judge_for(plant.who("bea"))
    again = plant.stands(refused.request, Outcome.RETURNED)
    assert queries.side_of(cleo, again) is None


def test_whoever_asked_never_judges_for_the_function(plant):
    refused = plant.decided(by="bob")
    charlie = plant.moved("charlie", QUALITY, Role.REVIEWER)
    assert queries.side_of(charlie, refused) is None
    assert queries.to_judge_for(charlie) == []
    with pytest.raises(PermissionDenied):
        judge(plant, "charlie", refused)


def test_whoever_asked_in_another_system_never_judges_for_the_function_either(plant):
    refused = plant.decided(by="bob")
    recorded_as = RecordedPerson.objects.create(source="elsewhere", digest="d", account=plant.people["bea"])
    ServiceRequest.objects.update(submitted_by=None, submitter=recorded_as)
    refused = Decision.objects.get(pk=refused.pk)
    assert queries.side_of(plant.who("bea"), refused) is None
    assert queries.to_judge_for(plant.who("bea")) == []
    with pytest.raises(PermissionDenied):
        judge(plant, "bea", refused)


def test_whoever_decided_does_not_judge_for_the_unit_that_asked_either(plant):
    refused = plant.decided(by="bob")
    bob = plant.moved("bob", MANUFACTURING)
    assert queries.side_of(bob, refused) is None
    assert queries.to_judge_for(bob) == []


@pytest.mark.parametrize("who", ["alice", "dora", "emil"])
def test_readers_do_not_judge(plant, who):
    with pytest.raises(PermissionDenied):
        judge(plant, who, plant.decided())


@pytest.mark.parametrize("who", ["dan", "fay", "gil"])
def test_strangers_do_not_even_know_of_it(plant, who):
    with pytest.raises(Decision.DoesNotExist):
        judge(plant, who, plant.decided())


@pytest.mark.parametrize("outcome", [Outcome.APPROVED, Outcome.CONDITIONS, Outcome.HELD])
def test_only_refusals_and_returns_are_judged(plant, outcome):
    with pytest.raises(Decision.DoesNotExist):
        judge(plant, "bea", plant.decided(outcome))


def test_a_refusal_that_was_replaced_is_not_judged_any_more(plant):
    look = plant.overturned()
    with pytest.raises(actions.NotStanding):
        judge(plant, "cleo", look.decision)


def everything_shown(client, decision):
    """All the words somebody gets to see about catches: pages, exports, figures."""
    pages = [
        reverse("protection:protection"),
        reverse("protection:catches"),
        reverse("protection:catch", args=[decision.pk]),
        reverse("protection:export-catches", args=["csv"]),
        reverse("protection:escapes"),
        reverse("protection:complaints"),
    ]
    return "\n".join(_without_tokens(client.get(page).content.decode()) for page in pages)


def _without_tokens(page):
    return "\n".join(line for line in page.splitlines() if "csrf" not in line.lower())


@pytest.mark.parametrize(
    ("first", "other"), [("bea", "charlie"), ("bea", "cleo"), ("charlie", "bob"), ("charlie", "bea"), ("bea", "emil"),
                         ("charlie", "alice"), ("charlie", "dora")]
)  # fmt: skip
def test_one_sides_judgement_changes_nothing_the_others_see(plant, first, other):
    """Not in lists, pages, counts or exports, whatever it was: word for word the same as before it was given."""
    refused = plant.decided(by="bob")
    client = signed_in(plant.people[other])
    before = everything_shown(client, refused)
    judge(plant, first, refused, HARM, "UNMISTAKABLE NOTE")
    assert everything_shown(client, refused) == before
    assert queries.news_for(plant.who(other), refused.decided_at.replace(year=2020)) == []
    assert not queries.protection_for(plant.who(other)).caught.judged


def test_ones_own_side_sees_what_it_said_and_both_see_all_once_both_have_judged(plant):
    refused = plant.decided(by="bob")
    judge(plant, "charlie", refused, REWORK, "their words")
    assert queries.catch_for(plant.who("cleo"), refused.pk).judgements.keys() == {Side.CUSTOMER}
    assert queries.catch_for(plant.who("bea"), refused.pk).judgements == {}
    judge(plant, "bea", refused, NOTHING, "our words")
    for who in ("cleo", "bea", "bob", "dora", "emil", "alice"):
        page = everything_shown(signed_in(plant.people[who]), refused)
        assert "their words" in page
        assert "our words" in page


def test_strangers_find_it_neither_in_the_list_nor_in_the_export(plant):
    refused = plant.decided()
    plant.judged(refused, HARM, NOTHING)
    client = signed_in(plant.people["dan"])
    assert refused.request.reference not in client.get(reverse("protection:catches")).content.decode()
    assert (
        refused.request.reference
        not in client.get(reverse("protection:export-catches", args=["csv"])).content.decode()
    )
    assert client.get(reverse("protection:catch", args=[refused.pk])).status_code == 404


def test_what_waits_is_what_this_person_may_judge(plant):
    refused = plant.decided(by="bob")
    plant.decided(by="bea", unit=WAREHOUSE)
    plant.decided(Outcome.APPROVED)
    waiting = {name: {it.standing for it in queries.to_judge_for(plant.who(name))} for name in CAST}
    assert {name: len(found) for name, found in waiting.items() if found} == {
        "bea": 1, "bob": 1, "charlie": 1, "cleo": 1, "dan": 1, "kim": 1,
    }  # fmt: skip
    assert waiting["bea"] == {refused.pk}
    judge(plant, "charlie", refused)
    assert [queries.number_to_judge(plant.who(name)) for name in ("charlie", "cleo", "bea", "dan")] == [
        0,
        0,
        1,
        1,
    ]


def test_number_and_home_page_agree(plant):
    for unit in (MANUFACTURING, MANUFACTURING, WAREHOUSE):
        plant.decided(by="dora", unit=unit)
    judge(plant, "bea", plant.decided(by="dora"))
    assert queries.number_to_judge(plant.who("bob")) == len(queries.to_judge_for(plant.who("bob"))) == 3
    (line,) = queries.waiting_for(plant.who("bob"))
    assert line.what.startswith("3 refusals wait")
    assert queries.waiting_for(plant.who("fay")) == []


def test_nothing_comes_first(plant):
    said = [
        (HARM, HARM),
        (REWORK, NOTHING),
        (WouldHave.COSMETIC, REWORK),
        (NOTHING, NOTHING),
        (NOTHING, HARM),
    ]
    for function, customer in said:
        plant.judged(plant.decided(by="bob"), function, customer)
    shown = [(it.would_have, it.customer_said) for it in queries.catches_for(plant.who("dora"))]
    assert shown == [
        (NOTHING, NOTHING),
        (REWORK, NOTHING),
        (NOTHING, HARM),
        (WouldHave.COSMETIC, REWORK),
        (HARM, HARM),
    ]


def test_a_replaced_refusal_leaves_list_and_counts(plant):
    refused = plant.decided()
    plant.judged(refused, NOTHING, NOTHING)
    assert queries.protection_for(plant.who("dora")).caught.judged == 1
    plant.stands(refused.request, Outcome.APPROVED)
    assert queries.protection_for(plant.who("dora")).caught.judged == 0
    assert not queries.catches_for(plant.who("dora")).exists()


def test_counts_and_agreement(plant):
    said = [(HARM, HARM)] * 4 + [(NOTHING, NOTHING)] * 5 + [(NOTHING, REWORK)] * 2 + [(REWORK, NOTHING)]
    for function, customer in said:
        plant.judged(plant.decided(by="bob"), function, customer)
    plant.overturned()
    found = queries.protection_for(plant.who("emil"))
    caught, needless = found.caught, found.guardrails.needless
    assert (caught.refusals, caught.judged, caught.differ, caught.agreed[HARM]) == (13, 12, 3, 4)
    assert (needless.overturned, needless.both, needless.one, needless.looked_at) == (1, 5, 3, 13)
    assert (needless.low, needless.high) == (6, 9)
    # Something against nothing: 4, 1 / 2, 5.
    assert caught.specific.positive == pytest.approx(8 / 11)
    assert caught.specific.negative == pytest.approx(10 / 13)
    assert caught.kappa.kappa == pytest.approx((9 / 12 - (5 * 6 + 7 * 6) / 144) / (1 - (5 * 6 + 7 * 6) / 144))


def test_a_second_look_that_made_it_harsher_was_not_needless_and_counts_once(plant):
    look = plant.looked_again(plant.decided(Outcome.RETURNED), Outcome.REFUSED)
    found = queries.protection_for(plant.who("emil"))
    assert (found.caught.refusals, found.guardrails.needless.looked_at) == (1, 0)
    actions.judge(by=plant.who("bob"), decision=look.new_decision_id, would_have=HARM)
    actions.judge(by=plant.who("cleo"), decision=look.new_decision_id, would_have=HARM)
    found = queries.protection_for(plant.who("emil"))
    needless = found.guardrails.needless
    assert (found.caught.refusals, needless.looked_at, needless.high) == (1, 1, 0)


def test_what_was_refused_again_since_a_second_look_was_not_needless(plant):
    look = plant.overturned()
    before = queries.protection_for(plant.who("emil"))
    assert (before.caught.refusals, before.guardrails.needless.overturned) == (1, 1)
    plant.stands(look.decision.request, Outcome.CONDITIONS)
    assert queries.guardrails_for(plant.who("emil")).needless.overturned == 1
    plant.stands(look.decision.request, Outcome.REFUSED)
    found = queries.protection_for(plant.who("emil"))
    assert (found.caught.refusals, found.guardrails.needless.looked_at) == (1, 0)
    assert found.guardrails.needless_by_kind == ()


def test_two_kinds_of_the_same_name_are_two_lines(plant):
    other = Preset.objects.create(unit=plant.units[WAREHOUSE], code="stock", title="Stock", version="1")
    plant.kinds["twin"] = RequestKind.objects.create(preset=other, code="batch", name="Batch", outcomes=[])
    plant.judged(plant.decided(by="bob"), NOTHING, NOTHING)
    plant.judged(plant.decided(by="bob", kind="twin"), HARM, HARM)
    plant.overturned(kind="twin")
    plant.judged(plant.decided(by="bob", kind="change"), NOTHING, HARM)
    lines = queries.guardrails_for(plant.who("emil")).needless_by_kind
    assert [(it.kind, it.needless.low, it.needless.high, it.needless.looked_at) for it in lines] == [
        ("Batch, Quality", 1, 1, 1), ("Batch, Warehouse", 1, 1, 2), ("Change", 0, 1, 1),
    ]  # fmt: skip


def test_the_front_page_reads_no_more_rows_for_many_judgements_than_for_few(plant):
    """Counted by the database: as many questions, and as many rows of answers, whatever was judged."""
    plant.judged(plant.decided(by="bob"), HARM, NOTHING)
    rows = len(queries.catches.both_sides()), sum(map(len, queries.catches.counted().values()))
    with CaptureQueriesContext(connection) as few:
        queries.protection_for(plant.who("emil"))
    for _ in range(5):
        plant.judged(plant.decided(by="bob"), HARM, NOTHING)
    with CaptureQueriesContext(connection) as many:
        found = queries.protection_for(plant.who("emil"))
    assert (rows, len(queries.catches.both_sides())) == ((1, 1), 6)
    assert sum(map(len, queries.catches.counted().values())) == 1
    assert found.caught.judged == 6
    assert len(many) == len(few)
    assert sum('"protection_catchjudgement"' in it["sql"] for it in many) == 2


def test_an_export_of_catches_that_would_be_too_long_says_so(plant, monkeypatch):
    monkeypatch.setattr(showing, "MOST_ROWS", 2)
    for function in (HARM, NOTHING, REWORK):
        plant.judged(plant.decided(by="bob"), function, HARM)
    export = reverse("protection:export-catches", args=["csv"])
    lines = signed_in(plant.people["emil"]).get(export).content.decode().splitlines()
    assert len(lines) == 5
    assert "Only the first 2 are here" in lines[-1]
    assert "nothing" in lines[1]


def test_the_page_says_it_in_sentences(plant):
    for function, customer in [(HARM, HARM)] * 6 + [(NOTHING, NOTHING)] * 3 + [(NOTHING, REWORK)]:
        plant.judged(plant.decided(by="bob"), function, customer)
    page = signed_in(plant.people["emil"]).get(reverse("protection:protection")).content.decode()
    assert "The gate stopped 10 requests and passed 0." in page
    assert "Of 10 refusals that were looked at again, between 3 and 4 weren’t needed." in page
    assert "kappa" in page
    assert "Not a GMP record" in page


class WhateverTheOrder(TestCase):
    """No order of attempts gives a side two judgements, or a judgement to somebody of no side."""

    @given(st.lists(st.tuples(st.sampled_from(sorted(CAST)), st.sampled_from(list(WouldHave))), max_size=12))
    @settings(max_examples=15, deadline=None)
    def test_each_side_has_at_most_one_and_its_own(self, attempts):
        plant = Plant()
        refused = plant.decided(by="bob")
        for who, would_have in attempts:
            try:
                judge(plant, who, refused, would_have)
            except (actions.AlreadyJudged, PermissionDenied, Decision.DoesNotExist):
                continue
        given_by = {
            it.side: it.judged_by.username for it in CatchJudgement.objects.select_related("judged_by")
        }
        assert CatchJudgement.objects.count() == len(given_by)
        assert given_by.get(Side.FUNCTION) in {None, "bea"}
        assert given_by.get(Side.CUSTOMER) in {None, "charlie", "cleo"}


def test_two_of_one_side_at_the_same_moment_leave_one_judgement(installation):
    """Real commits, two threads: whoever comes second is told."""
    plant = Plant()
    refused = plant.decided(by="dora")
    ready, told = Barrier(2), []

    def attempt(who):
        try:
            by = plant.who(who)
            ready.wait()
            judge(plant, who, refused)
            told.append("kept")
        except actions.AlreadyJudged:
            told.append("too late")
        finally:
            connection.close()
        return by

    threads = [Thread(target=attempt, args=[who]) for who in ("bob", "bea")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["kept", "too late"]
    assert CatchJudgement.objects.count() == 1
