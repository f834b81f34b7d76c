"""People have the last word on who needs whom, with a reason, beside what was counted."""

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.organisation import actions, queries
from fairgate.organisation.rules import Verdict

from .conftest import MANUFACTURING, PROGRAM, QUALITY, WAREHOUSE, recorded


def judge(by, plant, supplier=QUALITY, customer=MANUFACTURING, verdict=Verdict.STRUCK, reason="not any more"):
    return actions.judge(
        by=by, supplier=plant[supplier].pk, customer=plant[customer].pk, verdict=verdict, reason=reason
    )


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("alice", True),
        ("bob", True),
        ("charlie", True),
        ("dan", False),
        ("dora", False),
        ("emil", False),
        ("fay", False),
        ("gil", False),
    ],
)
def test_those_concerned_and_stewards_judge(cast, plant, who, allowed):
    if allowed:
        assert judge(cast[who], plant).by_name == who.title()
    else:
        with pytest.raises(PermissionDenied):
            judge(cast[who], plant)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_judgement_without_a_reason(plant, reason):
    with pytest.raises(actions.ReasonMissing):
        judge(PROGRAM, plant, reason=reason)
    assert not recorded("organisation.need-struck")


def test_a_struck_need_counts_no_more_and_stays_in_sight(plant):
    before = queries.portrait_for(PROGRAM, plant[QUALITY].pk)
    judge(PROGRAM, plant)
    after = queries.portrait_for(PROGRAM, plant[QUALITY].pk)
    assert before.by_need.units == (MANUFACTURING,)
    assert after.by_need.units == ()
    assert [(it.customer.name, it.struck) for it in after.customers] == [(MANUFACTURING, True)]


def test_the_latest_judgement_stands_and_the_earlier_stay(plant):
    judge(PROGRAM, plant)
    judge(PROGRAM, plant, verdict=Verdict.CONFIRMED, reason="it is needed after all")
    pair = plant[QUALITY].pk, plant[MANUFACTURING].pk
    assert queries.portrait_for(PROGRAM, pair[0]).by_need.units == (MANUFACTURING,)
    assert [one.verdict for one in queries.judgements_for(PROGRAM, *pair)] == ["confirmed", "struck"]
    assert recorded("organisation.need-confirmed")[-1].old == '{"reason":"not any more","verdict":"struck"}'


def test_striking_one_direction_leaves_the_other(plant):
    judge(PROGRAM, plant, supplier=MANUFACTURING, customer=QUALITY)
    assert queries.portrait_for(PROGRAM, plant[QUALITY].pk).by_need.units == (MANUFACTURING,)
    assert queries.portrait_for(PROGRAM, plant[MANUFACTURING].pk).by_need.units == (WAREHOUSE,)


def test_a_struck_release_gives_no_authority_and_a_gate_does(plant):
    from fairgate.organisation.rules import GateRow, Origin

    assert queries.portrait_for(PROGRAM, plant[QUALITY].pk).under_authority.units == (MANUFACTURING,)
    judge(PROGRAM, plant)
    assert queries.portrait_for(PROGRAM, plant[QUALITY].pk).under_authority.units == ()
    gate = GateRow(unit=QUALITY, over=MANUFACTURING, process="Tablets", external="Patients", name="Release")
    actions.add(by=PROGRAM, rows=[gate], origin=Origin.TYPED)
    assert queries.portrait_for(PROGRAM, plant[QUALITY].pk).under_authority.units == (MANUFACTURING,)


def test_a_confirmed_need_counts_though_nobody_declared_or_counted_it(plant):
    judge(PROGRAM, plant, customer=WAREHOUSE, verdict=Verdict.CONFIRMED, reason="they call us every day")
    assert queries.portrait_for(PROGRAM, plant[QUALITY].pk).by_need.units == (MANUFACTURING, WAREHOUSE)


def test_both_sides_see_what_was_struck(plant):
    judge(PROGRAM, plant, supplier=WAREHOUSE, customer=QUALITY)
    mirror = queries.portrait_for(PROGRAM, plant[QUALITY].pk).suppliers
    assert [it.supplier.name for it in mirror if it.struck] == [WAREHOUSE]
