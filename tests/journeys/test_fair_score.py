"""The steward brings a survey's table, the privacy officer records what was agreed, scores are worked out in the background,
and the lead reads them. And the demonstration's scorecard, on a desk and on a phone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fairness.conftest import table
from journeys.conftest import Open
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, picture
from journeys.people import sign_in
from journeys.serving import Server, environment

TESTS = Path(__file__).parents[1]
PASSWORD = "correct horse battery staple"
FILLED = f"""
import django
django.setup()
from protection.conftest import Plant
for person in Plant().people.values():
    person.set_password({PASSWORD!r})
    person.save()
"""


@pytest.fixture
def plant(empty: Server) -> Server:
    """Quality, which decides on what Manufacturing and the Warehouse hand in."""
    own = environment(empty.data) | {
        "DJANGO_SETTINGS_MODULE": "fairgate.config.settings",
        "PYTHONPATH": str(TESTS),
    }
    done = subprocess.run(
        [sys.executable, "-c", FILLED], env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return empty


def enter(page: Page, server: Server, who: str) -> None:
    page.goto(f"{server.address}/people/sign-in/")
    page.get_by_label("Sign-in name or e-mail").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def look(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)


def give(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.get_by_label("A table of ratings with decisions").set_input_files(file)
    page.get_by_role("button", name="Look into it").click()


def test_from_a_table_to_the_score(plant: Server, window: Open) -> None:
    steward = window(viewport=PHONE)
    enter(steward, plant, "alice")
    steward.goto(f"{plant.address}/fairness/")
    look(steward)
    steward.get_by_role("link", name="Import a table of ratings").click()
    look(steward)
    give(steward, "ratings.csv", table().replace(b"3,", b"9,", 1))
    expect(steward.get_by_role("heading", name="What are its columns?")).to_be_visible()
    look(steward)
    steward.get_by_label("Levels of the rating, lowest first").fill("1, 2, 3, 4, 5")
    steward.get_by_label("From which level on is it good?").fill("4")
    steward.get_by_role("button", name="Check the table").click()
    expect(steward.get_by_text("found “9”")).to_be_visible()
    look(steward)
    steward.get_by_role("button", name="Discard it").click()
    steward.get_by_role("link", name="Import a table", exact=True).click()
    give(steward, "ratings.csv", table())
    steward.get_by_role("button", name="Check the table").click()
    expect(steward.get_by_text("600 decisions")).to_be_visible()
    look(steward)
    steward.get_by_role("button", name="Use it").click()
    expect(steward.get_by_text("Scores of teams are off")).to_be_visible()

    officer = window(viewport=PHONE)
    enter(officer, plant, "gil")
    officer.goto(f"{plant.address}/fairness/")
    look(officer)
    officer.get_by_role("link", name="Record the agreement").click()
    look(officer)
    officer.get_by_label("Agreed on").fill("2026-09-01")
    officer.get_by_label("Between whom").fill("works council and management")
    officer.get_by_label("Which document").fill("Works agreement 7")
    officer.get_by_role("button", name="Record it").click()
    officer.get_by_role("button", name="Work the scores out").click()
    # The first fit compiles a program; on a busy machine that takes a while.
    officer.wait_for_url("**/fairness/", timeout=120_000)
    expect(officer.get_by_text("Elder treats people best")).to_be_visible()
    look(officer)

    lead = window(viewport=PHONE, color_scheme="dark")
    enter(lead, plant, "bob")
    lead.goto(f"{plant.address}/fairness/")
    expect(lead.get_by_text("Elder treats people best")).to_be_visible()
    look(lead)
    lead.get_by_role("link", name="From which answers").click()
    look(lead)

    officer.get_by_role("link", name="See what was agreed").click()
    look(officer)
    officer.get_by_role("link", name="Withdraw it").click()
    look(officer)
    officer.get_by_label("Why").fill("the pilot is over")
    officer.get_by_role("button", name="Withdraw it").click()
    lead.goto(f"{plant.address}/fairness/")
    expect(lead.get_by_text("Scores of teams are off")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_demonstration_on_every_screen(
    demonstration: Server, window: Open, viewport: dict[str, int], scheme: str
) -> None:
    page = window(viewport=viewport, color_scheme=scheme)
    sign_in(page, demonstration, "Executive")
    page.get_by_role("link", name="Fair score").click()
    expect(page.locator("p.lead")).to_contain_text("Birch looks best as answered")
    expect(page.locator("p.lead")).to_contain_text("Rowan treats people best")
    look(page)
    if scheme == "light" and viewport is DESK:
        picture(page, "fair-score", height=900)
