"""An answer comes back from plain numbers as it was."""

import json

import pytest

from fairgate.engines.counterfactual import (
    TODAY,
    Observed,
    OldAnswer,
    Study,
    ask,
    break_even,
    from_plain,
    line,
    plain,
    policies,
    standard,
)
from fairgate.engines.counterfactual.outcomes import COSTS

QUICK = {"years": 3, "replicates": 200}


def test_an_answer_comes_back():
    found = ask(standard(), policies(["nobody", "nobody:licence=ends", "exception"]), **QUICK)
    assert from_plain(json.loads(json.dumps(plain(found)))) == found
    assert set(found.outcomes[0].quality_cost_a_year) == set(COSTS)


def test_an_answer_of_an_older_version_is_not_read_as_this_one():
    kept = plain(ask(standard(), policies(["nobody"]), **QUICK))
    del kept["answer"]
    with pytest.raises(OldAnswer, match="answer: found none; expected 3"):
        from_plain(kept)


def test_a_refusal_comes_back():
    found = ask(standard(), observed=[Observed("complaints", 900, 2, source="made up")], **QUICK)
    kept = plain(found)
    assert kept["refused"]
    assert from_plain(json.loads(json.dumps(kept))) == found
    assert found.base_rates.checked[0].source == "made up"


def test_a_set_with_another_queue_leaves_the_others_as_they_are():
    study = Study(standard(), policies(["today", "nobody"]), 12)
    alone = study.at([{"money.price": 90.0}], 50)
    mixed = study.at([{"money.price": 90.0}, {"plant.review_variation": 2.5}], 50)
    queued = study.at([{"plant.review_variation": 2.5}], 50)
    assert (mixed[0] == alone[0]).all()
    assert (mixed[1]["gate_days"] == queued[0]["gate_days"]).all()
    assert mixed[1, 0]["gate_days"].sum() > mixed[0, 0]["gate_days"].sum()


def test_a_line_comes_back():
    from dataclasses import asdict

    study = Study(standard(), policies(["today", "nobody"]), 24)
    made = break_even(study, "money.price", TODAY, policies(["nobody"]), replicates=100)[0]
    assert line(json.loads(json.dumps(asdict(made)))) == made
