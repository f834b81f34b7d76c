"""Two dots a line: one scale, words on every line, nothing of a person's read as markup."""

import re
from xml.etree import ElementTree

import pytest

from fairgate.web.figures.dots import EDGE, WIDTH, Line, draw

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"ring": "raw", "dot": "fair", "title": "t", "description": "d"}


def centres(svg, code):
    lines = [it for it in ElementTree.fromstring(svg).iter(f"{SVG}g") if it.get("class") == "line"]
    return [
        float(it.get("cx")) for line in lines for it in line.iter(f"{SVG}circle") if it.get("class") == code
    ]


def test_all_lines_share_the_scale_from_0_to_100():
    svg = draw([Line("A", "0 and 100", 0, 100, 90, 100), Line("B", "50", 50, None, None, None)], **WORDS)
    assert centres(svg, "ring") == [EDGE, WIDTH / 2]
    assert centres(svg, "dot") == [WIDTH - EDGE]
    assert svg.count('class="range"') == 2  # the legend's and A's


def test_words_are_no_markup_and_nothing_is_styled_inside():
    svg = draw([Line('"><script>', "&", 1, 2, 1, 3)], **{**WORDS, "title": "<i>"})
    assert not re.search(r"<script|style=|<i>", svg)


def test_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="off the scale"):
        draw([Line("A", "", 101, None, None, None)], **WORDS)


def test_the_same_for_the_same_and_nothing_is_still_a_drawing():
    assert draw([], **WORDS) == draw([], **WORDS)
    ElementTree.fromstring(draw([], **WORDS))
