"""Columns over steps: an area is a share, a range is dashed, nothing of a person's is read as markup."""

import re
from xml.etree import ElementTree

import pytest

from fairgate.web.figures.steps import GAP, SLOT, TALL, Column, draw, height

RECTANGLE = "{http://www.w3.org/2000/svg}rect"


def drawn(*columns, **more):
    options = {"steps": 5, "ends": ("low", "high"), "title": "t", "description": "d", **more}
    return draw(columns, **options)


def rectangles(svg):
    found = ElementTree.fromstring(svg).iter(RECTANGLE)
    return [(it.get("class"), *(float(it.get(name)) for name in ("x", "width", "height"))) for it in found]


def test_a_column_over_two_steps_is_twice_as_wide_and_half_as_tall():
    one, two = rectangles(drawn(Column(0, 0, 0.5, 0.5, "50%"), Column(3, 4, 0.5, 0.5, "50%")))
    assert one == ("sure", 0, SLOT, TALL / 2)
    assert two == ("sure", 3 * (SLOT + GAP), 2 * SLOT + GAP, TALL / 4)


def test_what_is_only_known_between_two_shares_is_an_outline_on_top():
    sure, unsure = rectangles(drawn(Column(1, 1, 0.25, 0.5, "25–50%")))
    assert (sure[0], unsure[0]) == ("sure", "unsure")
    assert sure[3] == unsure[3] == TALL / 4
    assert [it[0] for it in rectangles(drawn(Column(1, 1, 0.0, 0.1, "≤10%")))] == ["unsure"]
    assert rectangles(drawn(Column(1, 1, 0.0, 0.0, "0%"))) == []


def test_the_scale_is_the_same_for_all_that_are_told_the_same_top():
    column = Column(2, 2, 0.4, 0.4, "40%")
    assert rectangles(drawn(column, top=height(column)))[0][3] == TALL
    assert rectangles(drawn(column, top=0.8))[0][3] == TALL / 2


@pytest.mark.parametrize(
    ("column", "top"),
    [
        (Column(0, 0, 0.6, 0.5, ""), 1.0),
        (Column(0, 0, -0.1, 0.5, ""), 1.0),
        (Column(0, 0, 0.0, 1.1, ""), 1.0),
        (Column(4, 5, 0.1, 0.1, ""), 1.0),
        (Column(0, 0, 0.5, 0.5, ""), 0.4),
    ],
)
def test_what_is_off_the_scale_is_refused(column, top):
    with pytest.raises(ValueError, match="off the scale"):
        drawn(column, top=top)


def test_words_are_no_markup_and_nothing_is_styled_inside():
    svg = drawn(Column(0, 0, 0.1, 0.1, '"><script>'), title="<i>", ends=("<b>", "&"))
    assert "<script" not in svg
    assert not re.search(r"style=|<b>|<i>", svg)
    assert svg == drawn(Column(0, 0, 0.1, 0.1, '"><script>'), title="<i>", ends=("<b>", "&"))
