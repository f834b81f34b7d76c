"""The rules over every journey find what they are there to find."""

import pytest
from playwright.sync_api import Page, Route

from journeys.conftest import Open
from journeys.looking import PHONE, assert_accessible, assert_fits, assert_focus_shows
from journeys.watching import Watch

SOUND = '<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>{}</main></html>'
POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'"}


def show(page: Page, body: str) -> None:
    """A page with the house's policy and this in it."""

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=SOUND.format(body), content_type="text/html", headers=POLICY)
        else:
            route.fulfill(status=404, body="")

    page.route("**", answer)
    page.goto("http://fairgate.test/")


@pytest.fixture
def unwatched(window: Open, watch: Watch) -> Page:
    """A page whose faults are looked at here instead of failing the journey."""
    return window(viewport=PHONE)


def test_a_sound_page_passes(page: Page) -> None:
    show(page, '<a href="/there">There</a>')
    assert_accessible(page)
    assert_fits(page)


def test_the_thin_ring_that_browsers_draw_is_not_enough(page: Page) -> None:
    show(page, '<a href="/there">There</a>')
    page.keyboard.press("Tab")
    with pytest.raises(AssertionError, match="the focus can't be seen on <a"):
        assert_focus_shows(page)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<input>", "label"),
        ('<img src="data:,">', "image-alt"),
        ('<p><font color="#bbbbbb">Pale words</font></p>', "color-contrast"),
        ("<h4>Too deep</h4>", "heading-order"),
    ],
)
def test_axe_finds_what_shuts_people_out(unwatched: Page, watch: Watch, body: str, rule: str) -> None:
    show(unwatched, body)
    with pytest.raises(AssertionError, match=rule):
        assert_accessible(unwatched)
    watch.faults.clear()


def test_a_page_that_is_too_wide_is_named_with_what_sticks_out(unwatched: Page) -> None:
    show(unwatched, "<pre>" + "long" * 200 + "</pre>")
    with pytest.raises(AssertionError, match=r"too wide: .*pre"):
        assert_fits(unwatched)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p style="color: red">Styled</p>', "policy violated: style-src-attr"),
        ("<script>document.title = 'run'</script>", "policy violated: script-src-elem"),
        ('<script src="/missing.js"></script>', "missing.js answered 404"),
        ('<img alt="" src="http://elsewhere.test/a.png">', "policy violated: img-src"),
    ],
)
def test_what_a_page_does_against_its_policy_is_noticed(
    unwatched: Page, watch: Watch, body: str, told: str
) -> None:
    show(unwatched, body)
    unwatched.wait_for_timeout(100)
    assert any(told in fault for fault in watch.faults), watch.faults
    watch.faults.clear()
