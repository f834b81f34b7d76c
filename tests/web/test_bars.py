"""The bars: one scale, words and numbers on every bar, nothing of a person's read as markup."""

import re
from xml.etree import ElementTree

import pytest

from fairgate.web.figures.bars import ROOM, Bar, Group, draw

GROUPS = [
    Group("Caught", [Bar("harm", 40, "40", "harm"), Bar("nothing", 10, "10", "nothing")]),
    Group("Let out", [Bar("critical", 0, "0", "critical"), Bar("tiny", 0.001, "about 0", "estimated")]),
]


def widths(svg):
    root = ElementTree.fromstring(svg)
    return [float(it.get("width")) for it in root.iter("{http://www.w3.org/2000/svg}rect")]


def test_all_bars_share_one_scale_and_something_is_never_nothing():
    assert widths(draw(GROUPS, title="t", description="d")) == [ROOM, ROOM / 4, 0, 1.5]


def test_without_anything_it_is_still_a_drawing():
    assert widths(draw([Group("x", [Bar("a", 0, "0", "a")])], title="t", description="d")) == [0]
    ElementTree.fromstring(draw([], title="t", description="d"))


def test_words_are_no_markup_and_nothing_is_styled_inside():
    svg = draw([Group("<b>", [Bar('"><script>', 1, "&", "x")])], title="<i>", description="d")
    assert "<script" not in svg
    assert not re.search(r"style=|<b>|<i>", svg)


def test_the_same_for_the_same():
    assert draw(GROUPS, title="t", description="d") == draw(GROUPS, title="t", description="d")


def test_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        draw([Group("x", [Bar("a", -1, "-1", "a")])], title="t", description="d")
