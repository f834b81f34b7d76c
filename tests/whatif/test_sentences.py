"""What the sentences say of an answer is what it holds, and no more than it knows."""

from dataclasses import replace

import pytest

from fairgate.engines.counterfactual import Answer, BaseRates, Checked, Figure, ask, policies, standard
from fairgate.engines.counterfactual.outcomes import Alive
from fairgate.shared.translations import ENGLISH
from fairgate.whatif.wording import (
    answers,
    assumptions,
    base_rates,
    differences,
    pictures,
    records,
    sheet,
    tables,
)

WAYS = ["less:share=0.5", "exception", "more:reviews=2", "nobody"]


@pytest.fixture(scope="module")
def found() -> Answer:
    answer = ask(standard(), policies(WAYS), years=6, replicates=400)
    assert isinstance(answer, Answer)
    return answer


def test_numbers_without_a_range_are_counted_and_named():
    told = assumptions.certain(standard(), ENGLISH)
    assert told.startswith(
        "2 assumptions have no range and count as certain in “of 100 sets”: “Reviewers who share"
    )
    assert "To give" not in told  # neither can have one
    one = standard().changed({"money.price": {"value": 120}})
    assert "3 assumptions" in assumptions.certain(one, ENGLISH)
    assert "To give a number a range" in assumptions.certain(one, ENGLISH)
    assert assumptions.without_range(one, "money") == 1
    assert assumptions.without_range(one, "plant") == 0
    many = standard().changed({name: {"value": it.value} for name, it in standard().beliefs.items()})
    told = assumptions.certain(many, ENGLISH)
    assert "61 assumptions" in told
    assert "What a lot sells for" not in told


def test_where_every_number_has_a_range_nothing_is_said():
    beliefs = {
        name: replace(it, low=it.value * 0.9, high=it.value * 1.1) if it.is_known else it
        for name, it in standard().beliefs.items()
    }
    assert assumptions.certain(replace(standard(), beliefs=beliefs), ENGLISH) == ""


def test_the_sentence_stands_above_what_it_hangs_on(found):
    told = list(assumptions.assumptions(found, ENGLISH))
    assert "have no range" in told[1]
    assert "0 were measured, 0 estimated from records, 2 are published figures and 59 are assumed" in told[0]
    for swing in found.tornados[0].swings[:5]:
        if swing.tried:
            assert any("because no range was given" in line for line in told)


def test_what_was_tried_is_marked_in_picture_table_and_sheet(found):
    swings = found.tornados[0].swings
    tried = replace(found.tornados[0], swings=tuple(sorted(swings, key=lambda it: not it.tried)))
    assert pictures.swings(tried, ENGLISH)[0].label.endswith(" (half and double)")
    assert "half and double, as no range was given" in tables.swings(found, tried, ENGLISH).rows[0][0]
    rows = [
        row
        for row in sheet.rows(replace(found, tornados=(tried,)), (), ENGLISH)
        if row[0] == "one assumption"
    ]
    assert sum("tried at half and double" in row[2] for row in rows) == 4


def test_a_bar_across_zero_is_drawn_and_told_as_what_it_is(found):
    swing = replace(found.tornados[0].swings[0], at_low=-1.0, at_high=1.0, tried=False)
    for flips, code, cell in ((True, "flips", "yes"), (False, "crosses", "within chance")):
        tornado = replace(found.tornados[0], swings=(replace(swing, flips=flips),))
        assert pictures.swings(tornado, ENGLISH)[0].code == code
        assert tables.swings(found, tornado, ENGLISH).rows[0][-1] == cell
    assert "1.96 standard errors" in answers.swinging(ENGLISH)


def test_pairing_claims_nothing_of_nobody_against_somebody(found):
    every = {
        one.policy: one for one in found.against("nobody", "today") + found.against("exception", "today")
    }
    for name, claims in (("nobody", False), ("exception", True)):
        one = replace(every[name], factor=4.0)
        assert ("pairing saves 4.0-fold" in differences.difference(one, ENGLISH)) is claims


def checked(power, count=3):
    return Checked("complaints", count, 2.0, 3.3, 0, 11, 0.98333, power, power, "the list")


def test_a_check_that_would_notice_nothing_shows_no_agreement():
    weak, strong, wrong = (
        next(base_rates.base_rates(BaseRates((one,)), ENGLISH))
        for one in (checked(0.1), checked(0.9), checked(0.9, count=40))
    )
    assert (
        "the scenario says 0 to 11 (98.3 in 100 such cases; mean 3.3). That does not contradict it." in weak
    )
    assert "They agree." not in weak
    assert "mean 3.3). They agree." in strong
    assert "but the scenario says 0 to 11 (98.3 in 100 such cases; mean 3.3)." in wrong


def curve(*shares):
    return tuple(
        Alive(12 * at, share, share - 0.08 if at else 1.0, min(1.0, share + 0.08))
        for at, share in enumerate(shares)
    )


def test_when_it_begins_to_go_wrong_is_told_with_its_range(found):
    by_name = {"nobody": curve(1.0, 0.97, 0.89, 0.7, 0.5), "today": curve(1.0, 1.0, 1.0, 0.99, 0.97)}
    outcomes = tuple(replace(one, alive=by_name.get(one.policy, one.alive)) for one in found.outcomes)
    told = answers.earlier(replace(found, outcomes=outcomes), ENGLISH)
    assert told == (
        "One in ten such businesses has ended after 2 years (1 to 3 held possible) if nobody checked; as it is today, after more "
        "than 4 years (4 to more than 4 held possible)."
    )


def test_what_goes_out_seriously_flawed_is_told_of_every_way(found):
    told = answers.serious(found, ENGLISH)
    for way in (
        "today's checks",
        "less checking",
        "checking by exception",
        "more checking",
        "nobody checking",
    ):
        assert f"under {way}" in told
    by_name = {one.policy: one.serious_per_thousand for one in found.outcomes}
    assert by_name["today"].middle < by_name["exception"].middle < by_name["nobody"].middle


def test_that_more_checking_lets_more_out_is_explained_where_it_does(found):
    def with_lots(more, less):
        lots = {"today": more, "less:share=0.5": less}
        told = tuple(
            replace(
                one,
                out_early=Figure(
                    *[float(lots.get(one.policy, 1000 if one.gate_days.middle < 1 else 1))] * 3, 0.0
                ),
            )
            for one in found.outcomes
            if one.policy in lots
        )
        return answers.staying(replace(found, outcomes=told), ENGLISH)

    assert "more lots go out under today's checks than under less checking" in with_lots(2000, 1900)
    assert "demand stays" in with_lots(2000, 1900)
    assert with_lots(1900, 2000) == ""


def test_worth_is_explained_with_its_discount_and_its_money(found):
    told = answers.worth(found, ENGLISH)
    assert "over 6 years" in told
    assert "takes 9% off (net present value)" in told
    assert "thousands of the money that prices and costs are given in" in told


def test_the_sheet_says_of_every_range_what_it_is_of(found):
    header = sheet.header(ENGLISH)
    rows = [dict(zip(header, row, strict=True)) for row in sheet.rows(found, found.threshold.curves, ENGLISH)]
    assert {"by chance", "held possible"} <= {row["range"] for row in rows}
    for row in rows:
        assert bool(row["range"]) or row["low"] is None
    turn = next(row for row in rows if row["part"] == "threshold" and row["of"] == "nobody")
    assert turn["range"] == "by chance"
    worth = next(row for row in rows if row["figure"] == "worth")
    assert worth["range"] == "held possible"
    known = next(row for row in rows if (row["part"], row["of"]) == ("parameter", "plant.reviewers"))
    assert (known["low"], known["range"]) == (None, "none given")


def test_why_fewer_complaints_check_than_were_linked_is_said():
    figures = {
        "months": 24.0, "reviewed": 990, "stopped": 130, "judged": 50, "real": 45, "submitted": 990,
        "times": {"ages": [[3.0, 900]], "delays": [[40.0, 12]]},
    }  # fmt: skip
    kept = {
        "figures": figures, "since": "2024-01-01", "until": "2026-01-01", "split": 0, "date": "2026-01-02", "by": "A",
        "observed": [{"what": "complaints", "count": 11, "years": 1.5}],
    }  # fmt: skip
    told = " ".join(records.sentences(kept, ENGLISH))
    assert "complaints about 12 of them" in told
    assert "The complaints of the last 1.5 years check the scenario (11)" in told
    kept["observed"][0]["years"] = 2.0
    assert "check the scenario" not in " ".join(records.sentences(kept, ENGLISH))
