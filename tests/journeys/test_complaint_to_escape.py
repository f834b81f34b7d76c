"""A requester writes down what a customer told him; the function replies and links the decision that let it out; both sides
judge a refusal. On a phone."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Open
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits
from journeys.serving import Server, environment

TESTS = Path(__file__).parents[1]
PASSWORD = "correct horse battery staple"
FILLED = f"""
import django
django.setup()
from fairgate.gate.rules import Outcome
from protection.conftest import Plant
plant = Plant()
plant.decided(Outcome.APPROVED, item="LOT-77", days_ago=40)
plant.decided(Outcome.APPROVED, item="LOT-78", days_ago=30)
plant.decided(Outcome.REFUSED, item="LOT-79", days_ago=20)
for person in plant.people.values():
    person.set_password({PASSWORD!r})
    person.save()
"""


@pytest.fixture
def plant(empty: Server) -> Server:
    """Quality, Manufacturing and the Warehouse, two lots passed and one refused."""
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


def test_from_complaint_to_escape(plant: Server, window: Open) -> None:
    charlie = window(viewport=PHONE)
    enter(charlie, plant, "charlie")
    charlie.goto(f"{plant.address}/protection/")
    look(charlie)
    charlie.get_by_role("link", name="Write down a complaint").click()
    look(charlie)
    charlie.get_by_label("Product and strength").fill("Tablets 5 mg")
    charlie.get_by_label("Lot", exact=True).fill("LOT-77")
    charlie.get_by_label("What is wrong").fill("Half of the tablets are broken.")
    charlie.get_by_label("Critical").check()
    charlie.get_by_label("Received on").fill(f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%d}")
    charlie.get_by_label("Who complained").fill("Wilhelmina Unmistakable")
    charlie.get_by_role("button", name="Keep it").click()
    expect(charlie.get_by_text("Not linked to a decision yet.")).to_be_visible()
    expect(charlie.get_by_text("Wilhelmina Unmistakable")).to_have_count(0)
    look(charlie)

    bob = window(viewport=PHONE)
    enter(bob, plant, "bob")
    bob.goto(f"{plant.address}/protection/complaints/")
    expect(bob.get_by_text("Wilhelmina Unmistakable")).to_be_visible()
    look(bob)
    bob.get_by_role("link", name="LOT-77").click()
    bob.get_by_role("link", name="Reply", exact=True).click()
    look(bob)
    bob.get_by_label("Reply").fill("We are sorry. New tablets are on their way.")
    bob.get_by_role("button", name="Keep it").click()
    bob.get_by_role("link", name="Link the decision that let it out").click()
    look(bob)
    bob.get_by_role("radio").first.check()
    bob.get_by_label("Why").fill("It is the lot that was released.")
    bob.get_by_role("button", name="Link it").click()
    expect(bob.get_by_text("The decision that let it out is known.")).to_be_visible()
    look(bob)
    bob.goto(f"{plant.address}/protection/")
    expect(bob.locator(".lead")).to_contain_text("1 of those passed proved wrong later.")
    look(bob)
    bob.goto(f"{plant.address}/protection/escapes/")
    look(bob)


def test_two_judgements_that_do_not_see_each_other(plant: Server, window: Open) -> None:
    bea, cleo = window(viewport=PHONE, color_scheme="dark"), window(viewport=DESK)
    for page, who, answer in ((bea, "bea", "Harm to somebody"), (cleo, "cleo", "Nothing")):
        enter(page, plant, who)
        page.goto(f"{plant.address}/protection/catches/")
        look(page)
        page.get_by_role("link", name="LOT-79").click()
        expect(page.get_by_text("It kept from happening")).to_have_count(0)
        look(page)
        page.get_by_label(answer).check()
        page.get_by_role("button", name="Keep this judgement").click()
        expect(page.get_by_text("Kept, with your name.")).to_be_visible()
        look(page)
    expect(cleo.get_by_text("Both sides have judged")).to_be_visible()
    expect(cleo.get_by_text("harm to somebody")).to_be_visible()
    bea.reload()
    expect(bea.get_by_text("Both sides have judged")).to_be_visible()
    bea.goto(f"{plant.address}/protection/")
    expect(bea.locator(".lead")).to_contain_text("between 0 and 1")
    look(bea)
