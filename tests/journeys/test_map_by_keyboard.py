"""The map and its pages with the keyboard alone."""

from playwright.sync_api import Page, expect

from journeys.looking import assert_focus_shows
from journeys.people import DOOR
from journeys.serving import Server

FAR = 80
"""Presses of Tab after which whatever is looked for should long have come."""


def test_a_unit_of_the_map_is_reached_and_opened_by_keyboard(demonstration: Server, page: Page) -> None:
    page.goto(f"{demonstration.address}/organisation/")
    expect(page).to_have_url(f"{demonstration.address}/people/sign-in/?next=/organisation/")
    _tab_to(page, f"{DOOR} button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who needs whom, to serve whom")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the skip link led elsewhere"

    units = page.locator("svg.flow a.node")
    names = [it.get_attribute("aria-label") or "" for it in units.all()]
    assert len(names) == 12
    reached = []
    _tab_to(page, "svg.flow a.node")
    while page.evaluate("document.activeElement.matches('svg.flow a.node')"):
        assert_focus_shows(page)
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert sorted(reached) == sorted(names)

    _back_to(page, "Manufacturing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Manufacturing")
    _tab_to(page, ".relations a.judge")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("need Manufacturing?")


def _tab_to(page: Page, selector: str) -> None:
    """Tab until what ``selector`` names has the focus, which shows at every stop."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("it => document.activeElement.matches(it)", selector):
            return
        assert_focus_shows(page)
    raise AssertionError(f"{page.url}: {FAR} presses of Tab did not reach {selector}")


def _back_to(page: Page, name: str) -> None:
    for _ in range(FAR):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == name:
            return
    raise AssertionError(f"{name} was not reached backwards")
