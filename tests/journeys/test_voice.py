"""Feedback in a real browser: somebody answers on a phone, by keyboard, in under two minutes; the officer opens, closes and
publishes a period with a key that is kept nowhere."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from fairgate.voice.wording.items import ITEMS
from journeys.conftest import Open
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, assert_focus_shows, picture
from journeys.serving import Server, environment
from journeys.watching import Watch

TESTS = Path(__file__).parents[1]
PASSWORD = "four small words together"
TWO_MINUTES = 120.0
PREPARED = f"""
import sys
import django
django.setup()
from datetime import timedelta
from fairgate.shared import clock
from fairgate.voice.rules import Days
from voice.browsing import form_of
from voice.conftest import House

house = House()
for name in ("gil", "charlie", "bob"):
    house.cast[name].set_password({PASSWORD!r})
    house.cast[name].save()
now = Days.around(clock.now().date(), 3)
before = Days.around(now.starts_on - timedelta(days=1), 3).starts_on
if "ended" in sys.argv:
    for number, person in enumerate(house.crowd(30)):
        outcome = "refused" if number % 3 == 0 else "approved"
        house.decided(person, outcome, on=before, team=number, decider=number // 3)
    period = house.opened(starts_on=before)
    house.answered(house.invited(period))
    house.ended(period)
    print(house.key[period.pk].decode())
else:
    house.decided(house.cast["charlie"], "refused", on=now.starts_on)
    print(form_of(house.invited(house.opened(starts_on=now.starts_on))[0]))
"""


def prepared(server: Server, *arguments: str) -> str:
    """Fills the installation; what the program prints."""
    own = environment(server.data) | {
        "DJANGO_SETTINGS_MODULE": "fairgate.config.settings",
        "PYTHONPATH": str(TESTS),
    }
    done = subprocess.run(
        [sys.executable, "-c", PREPARED, *arguments],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def enter(page: Page, server: Server, who: str) -> None:
    page.goto(f"{server.address}/people/sign-in/")
    page.get_by_label("Sign-in name or e-mail").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def look(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)


def choose_by_keyboard(page: Page, times_right: int) -> None:
    """Tab into the next group of steps, space for the first of them, arrows to the one meant."""
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(times_right):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.type") == "radio"
    assert page.evaluate("document.activeElement.checked")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_on_a_phone_by_keyboard_in_under_two_minutes(
    empty: Server, window: Open, scheme: str
) -> None:
    address = empty.address + prepared(empty).strip()
    page = window(viewport=PHONE, color_scheme=scheme)
    begun = time.monotonic()
    page.goto(address)
    expect(page.get_by_role("heading", name="How were you treated?")).to_be_visible()
    look(page)
    page.locator("main").focus()
    page.keyboard.press("Tab")  # the other language
    for number, _sentence in enumerate(ITEMS):
        choose_by_keyboard(page, number % 6)
        assert page.evaluate("document.activeElement.name") == list(ITEMS)[number]
    assert page.locator("input:checked").count() == len(ITEMS)
    look(page)
    choose_by_keyboard(page, 4)
    choose_by_keyboard(page, 0)
    for _ in range(2):  # past “Who can find out what I said?”
        page.keyboard.press("Tab")
    assert_focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you. Your answer is sealed.")).to_be_visible()
    assert time.monotonic() - begun < TWO_MINUTES
    look(page)

    page.go_back()
    expect(page.get_by_text("A sealed answer of yours is here already")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    look(page)
    page.get_by_text("strongly agree").first.click()
    page.get_by_role("button", name="Seal it and replace my answer").click()
    expect(page.get_by_text("took the place of the old one")).to_be_visible()
    page.goto(address)
    page.get_by_role("button", name="Delete my answer").click()
    expect(page.get_by_role("heading", name="Your answer is deleted")).to_be_visible()


def test_the_same_form_in_german_and_signed_in(empty: Server, window: Open, watch: Watch) -> None:
    watch.allow(422)
    address = empty.address + prepared(empty).strip()
    page = window(viewport=PHONE, locale="de-AT")
    page.goto(address)
    expect(page.get_by_role("heading", name="Wie wurden Sie behandelt?")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Meine Antwort versiegeln").click()
    expect(page.get_by_role("heading", name="Es wurde nichts versiegelt")).to_be_visible()
    look(page)
    page.get_by_label("kann ich nicht beurteilen").first.check()
    page.get_by_role("button", name="Meine Antwort versiegeln").click()
    expect(page.get_by_role("heading", name="Danke. Ihre Antwort ist versiegelt.")).to_be_visible()

    inside = window(viewport=DESK)
    enter(inside, empty, "charlie")
    inside.get_by_role("link", name="Feedback").click()
    look(inside)
    inside.get_by_role("link", name="To the form").click()
    expect(inside.get_by_role("heading", name="How were you treated?")).to_be_visible()
    look(inside)
    picture(inside, "feedback-form", height=820)
    inside.get_by_role("button", name="Delete my answer").click()
    expect(inside.get_by_role("heading", name="Your answer is deleted")).to_be_visible()


def upload(page: Page, place: str, key: bytes) -> None:
    file = FilePayload(name="key.txt", mimeType="text/plain", buffer=key)
    page.locator(f"#id_{place}-key").set_input_files(file)


def test_close_and_publish(empty: Server, window: Open, watch: Watch) -> None:
    watch.allow(422)
    key = prepared(empty, "ended").encode()
    page = window(viewport=PHONE)
    enter(page, empty, "gil")
    page.get_by_role("link", name="Feedback").click()
    look(page)
    page.get_by_role("row").filter(has_text="ended").get_by_role("link").first.click()
    look(page)
    upload(page, "preview", b"not a key")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".errors")).to_contain_text("holds no key")
    look(page)
    upload(page, "preview", key)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("30 answers can be read.")).to_be_visible(timeout=120_000)
    look(page)
    upload(page, "close", key)
    page.get_by_role("button", name="Close and publish").click()
    expect(page.locator("p.lead")).to_contain_text("30 of 30 people who were asked answered", timeout=120_000)
    look(page)
    assert list((empty.data / "keys").iterdir()) == []

    desk = window(viewport=DESK)
    enter(desk, empty, "bob")
    desk.get_by_role("link", name="Feedback").click()
    desk.get_by_role("link", name="What people said in").click()
    look(desk)
    expect(desk.get_by_role("heading", name="What is hidden, and why")).to_be_visible()
    picture(desk, "feedback-results", height=520)
    desk.get_by_role("link", name="The agreement pack").click()
    look(desk)


def test_a_period_is_announced_and_its_key_shown(empty: Server, window: Open, tmp_path: Path) -> None:
    prepared(empty, "ended")
    page = window(viewport=PHONE)
    enter(page, empty, "gil")
    page.get_by_role("link", name="Feedback").click()
    page.get_by_role("link", name="Announce a period").click()
    look(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Announce it, and save the key file").click()
    key = tmp_path / "key.txt"
    coming.value.save_as(key)
    page.get_by_role("link", name="To the periods").click()
    page.get_by_role("row").filter(has_text="announced").get_by_role("link").first.click()
    look(page)
    upload(page, "confirm", key.read_bytes())
    page.get_by_role("button", name="It fits: begin to ask").click()
    expect(page.get_by_text("People are asked from now on")).to_be_visible()
    look(page)
    page.get_by_role("link", name="The key is lost").click()
    look(page)
    page.goto(f"{empty.address}/voice/plan/")
    look(page)
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("heading", name="What this hangs on")).to_be_visible()
    look(page)
