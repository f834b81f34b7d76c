"""A lead lets the plant's records speak, says what no record tells, and has the answer worked out in the background; figures that
disagree show nothing until there is a reason. And the demonstration's answer on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Open
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, picture
from journeys.people import sign_in
from journeys.serving import Server
from journeys.watching import Watch

# A run compiles its loops the first time; on a busy machine that takes a while.
LONG = 240_000


def look(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)


def start(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/whatif/")
    page.get_by_role("link", name="Make a scenario").click()
    look(page)
    page.get_by_label("Name").fill("Contract lots")
    page.get_by_role("button", name="Make it").click()


def test_from_records_to_an_answer(demonstration: Server, window: Open, watch: Watch) -> None:
    watch.allow(422)
    page = window(viewport=PHONE)
    sign_in(page, demonstration, "Executive")
    start(page, demonstration)
    look(page)
    expect(page.get_by_label("In the process")).to_have_value(re.compile(r"\d+"))  # the busiest is proposed
    for kind in ("Batch disposition", "Batch record review"):
        expect(page.get_by_label(kind)).to_be_checked()
    for kind in ("Deviation report", "Release of incoming material", "Supplier approval"):  # not about lots
        page.get_by_label(kind).uncheck()
    page.get_by_label("In the process").select_option(label="Tablets for Patients")
    page.get_by_label("Handed in by").select_option(label="Manufacturing")
    page.get_by_label("Recalls in that time").fill("40")
    page.get_by_role("button", name="Count them").click()
    expect(page.get_by_text("990 lots were reviewed for the first time")).to_be_visible()
    look(page)

    page.get_by_role("link", name="Change “Customers and the regulator”").click()
    look(page)
    share = page.get_by_role("group", name="Major escapes that customers complain of")
    share.get_by_label(re.compile("Number")).fill("140")
    page.get_by_role("button", name="Save as a new edition").click()
    expect(page.locator(".error-summary")).to_contain_text("found 140; expected a number from 0 to 100")
    look(page)
    share.get_by_label(re.compile("Number")).fill("50")
    page.get_by_role("button", name="Save as a new edition").click()
    expect(page.get_by_text("Saved as a new edition")).to_be_visible()

    page.get_by_role("link", name="Live through it").click()
    look(page)
    page.get_by_label("Businesses lived through for each way").fill("400")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/whatif/runs/**", timeout=LONG)
    expect(page.locator("p.lead")).to_contain_text("does not reproduce what was counted")
    expect(page.get_by_text("Recalls: 40 in 2 years, but the scenario says")).to_be_visible()
    look(page)

    page.get_by_label("Why go on although figures disagree").fill("Those recalls were of another product")
    page.get_by_role("button", name="Go on, and print this reason").click()
    page.wait_for_url("**/whatif/runs/**", timeout=LONG)
    expect(page.get_by_text("Those recalls were of another product").first).to_be_visible()
    expect(page.locator("svg.spans").first).to_be_visible()
    look(page)
    page.get_by_label("The other", exact=True).select_option(label="checking by exception")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="checking by exception").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_demonstration_on_every_screen(
    demonstration: Server, window: Open, viewport: dict[str, int], scheme: str
) -> None:
    page = window(viewport=viewport, color_scheme=scheme)
    sign_in(page, demonstration, "Auditor")
    page.get_by_role("link", name="What if").click()
    expect(page.get_by_text("checks are worth more than none in").first).to_be_visible()
    look(page)
    page.get_by_role("link", name="Release of tablet batches").click()
    look(page)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.locator("p.lead")).to_contain_text("your records")
    look(page)
    if scheme == "light" and viewport is DESK:
        picture(page, "what-if", height=900)
