"""Every shape of a line has its own true sentence, picture and row."""

from dataclasses import replace

import pytest

from fairgate.engines.counterfactual import Answer, BreakEven, Crossing, Threshold, ask, policies, standard
from fairgate.shared.translations import ENGLISH
from fairgate.whatif.wording import pictures, sheet, threshold

OTHER = "less:share=0.5"
UP, DOWN = (0.1, 0.5), (0.5, -0.2)


@pytest.fixture(scope="module")
def small() -> Answer:
    found = ask(standard(), policies(["nobody"]), years=2, replicates=100)
    assert isinstance(found, Answer)
    return found


def line(against, *turns, throughout=None, tie=False):
    """``turns``: (rate, whether today's wins above)."""
    crossings = tuple(Crossing(at, 0.9 * at, 1.1 * at, "today" if today else against) for at, today in turns)
    errors = (9.0, 9.0) if tie else (0.1, 0.1)
    return BreakEven(
        "quality.flawed", "today", against, (1e-4, 0.3), (5.0, -5.0), errors, crossings, throughout
    )


SHAPES = {
    "above": ([(0.01, True)], None, "worth more above 3.8 in 1,000", "today's above 3.8"),
    "below": ([(0.01, False)], None, "worth more below 3.8 in 1,000", "today's below 3.8"),
    "several": ([(0.01, True), (0.05, False)], None, "more from 3.8 to 19 in 1,000, and less elsewhere", "today's below 19"),
    "more": ([], "today", "worth more at every rate", "today's, at every rate"),
    "less": ([], OTHER, "worth less at every rate", "the other, at every rate"),
    "tie": ([], None, "can't be told apart", "can't be told apart"),
}  # fmt: skip


def held(shape, against):
    turns, throughout, *_ = SHAPES[shape]
    throughout = against if throughout == OTHER else throughout
    curve = line(against, *turns, throughout=throughout, tie=shape == "tie")
    assert curve.shape == shape
    return Threshold((curve,), 0.38, 10.0, 12.0)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_has_its_sentence_and_its_words_in_the_picture(shape):
    *_, sentence, words = SHAPES[shape]
    found = held(shape, OTHER)
    assert sentence in next(threshold.thresholds(found, ENGLISH))
    assert words in [span.says for span in pictures.thresholds(found, ENGLISH, measured=False)]


@pytest.mark.parametrize(
    ("shape", "says", "verdict"),
    [
        ("above", "pay for themselves if more than 3.8 (3.4 to 4.2 by chance) in 1,000", "they do"),
        ("below", "pay for themselves only if fewer than 3.8 (3.4 to 4.2 by chance) in 1,000", "they do not"),
        ("several", "pay for themselves from 3.8 to 19 in 1,000", "they do"),
        ("more", "worth more than none at every rate", ""),
        ("less", "worth less than none at every rate", ""),
        ("tie", "can't be told apart", ""),
    ],
)
def test_the_headline_is_true_of_each_shape(small, shape, says, verdict):
    told = threshold.lead(replace(small, threshold=held(shape, "nobody"), differences=()), ENGLISH)
    assert says in told
    assert f"So {verdict}" in told if verdict else "So " not in told
    assert ("they do not" in told) == (shape == "below")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_row_of_the_sheet_is_empty(small, shape):
    found = replace(small, threshold=held(shape, "nobody"))
    rows = [row for row in sheet.rows(found, (), ENGLISH) if row[0] == "threshold" and row[1]]
    expected = {"above": 1, "below": 1, "several": 2}.get(shape, 1)
    assert len(rows) == expected
    assert all(row[4] is not None and row[5] is not None for row in rows)
    if shape == "below":
        assert "the other is worth more" in rows[0][2]


def test_a_verdict_that_other_numbers_shake_is_told_as_a_leaning(small):
    worth = next(one for one in small.differences if (one.policy, one.figure) == ("nobody", "worth"))
    for above, says in (
        (0.02, "So they do: of 100"),
        (0.4, "but that is not sure"),
        (0.4, "more than none in 60."),
    ):
        found = replace(small, threshold=held("above", "nobody"), differences=(replace(worth, above=above),))
        assert says in threshold.lead(found, ENGLISH)


def test_where_nothing_differs_nobody_wins():
    found = ask(standard(), policies(["less:share=1", "nobody"]), years=2, replicates=100)
    assert isinstance(found, Answer)
    curve = found.threshold.curve("less:share=1")
    assert (curve.shape, curve.throughout, curve.crossings) == ("tie", None, ())


def test_a_rate_inside_the_chance_of_a_crossing_has_no_winner():
    found = held("several", "nobody")
    assert found.winner("nobody", 1.0, 2.0) == "nobody"
    assert found.winner("nobody", 5.0, 10.0) == "today"
    assert found.winner("nobody", 5.0, 18.0) is None
    assert found.winner("nobody", 50.0, 60.0) == "nobody"
