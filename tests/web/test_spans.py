"""Places and ranges on one scale: even or logarithmic, words apart, nothing anybody's is read as markup."""

import re
from xml.etree import ElementTree

import pytest

from fairgate.web.figures.panels import Mark, Panel, Point
from fairgate.web.figures.panels import draw as panels
from fairgate.web.figures.spans import EDGE, WIDTH, Scale, Span, Tick, decades, draw

SVG = "{http://www.w3.org/2000/svg}"
TEN = Scale(0, 10, [Tick(0, "0"), Tick(10, "10")])


def drawn(*spans, scale=TEN, **more):
    return ElementTree.fromstring(draw(spans, scale, title="t", description="d", **more))


def circles(svg):
    return [float(it.get("cx")) for it in svg.iter(f"{SVG}circle")]


def test_a_place_stands_where_it_belongs():
    found = circles(drawn(Span("a", "", at=0.0), Span("b", "", at=5.0), Span("c", "", at=10.0)))
    assert found == [EDGE, WIDTH / 2, WIDTH - EDGE]


def test_decades_are_evenly_apart():
    scale = decades(0.7, 35)
    assert [tick.label for tick in scale.ticks] == ["0.1", "1", "10", "100"]
    assert scale.place(1) == pytest.approx(1 / 3)
    assert [tick.label for tick in decades(10, 10).ticks] == ["10", "100"]


def test_what_is_off_the_scale_stands_at_its_edge():
    assert circles(drawn(Span("a", "", at=99.0))) == [WIDTH - EDGE]


def test_words_that_do_not_fit_beside_each_other_stand_below():
    svg = drawn(
        Span("a label so long that nothing would fit beside it at all, and longer", "says", low=1, high=2)
    )
    words = [(it.get("class"), it.text) for it in svg.iter(f"{SVG}text") if it.get("class")]
    assert [kind for kind, _ in words] == ["name", "name", "below"]
    rows = [float(it.get("y")) for it in svg.iter(f"{SVG}text") if it.get("class")]
    assert len(set(rows)) == 3


def test_the_same_input_is_the_same_picture_and_markup_is_words():
    span = Span("<b>&", '"', at=1.0)
    assert draw([span], TEN, title="t", description="d") == draw([span], TEN, title="t", description="d")
    assert "<b>" not in draw([span], TEN, title="<i>", description="d")
    assert not re.search(r"style=", draw([span], TEN, title="t", description="d"))


def test_a_curve_runs_from_corner_to_corner_inside_its_band():
    points = [Point(0, 1, 1, 1), Point(1, 0, 0, 0.5)]
    svg = ElementTree.fromstring(
        panels(
            [Panel("a", "b", points)],
            low=0,
            high=1,
            across=[Mark(0, "0")],
            up=[Mark(1, "1")],
            title="t",
            description="d",
        )
    )
    paths = {it.get("class"): it.get("d") for it in svg.iter(f"{SVG}path") if it.get("class")}
    assert paths["curve"] == "M54 20L332 76"
    assert paths["band"].startswith("M54 20L332 48L332 76")


def test_words_above_a_chart_go_below_each_other_before_they_run_into_each_other():
    long = Panel("a label that takes most of the line, but not all", "and words", [Point(0, 1, 1, 1)])
    svg = ElementTree.fromstring(panels([long], low=0, high=1, across=[], up=[], title="t", description="d"))
    rows = {it.get("class"): float(it.get("y")) for it in svg.iter(f"{SVG}text")}
    assert rows["below"] > rows["name"]
    assert "says" not in rows


def test_a_scale_without_length_is_refused():
    with pytest.raises(ValueError, match="without length"):
        panels([], low=1, high=1, across=[], up=[], title="t", description="d")
