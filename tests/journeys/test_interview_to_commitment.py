"""From asking somebody for thirty minutes to a promise that was kept, on a phone and with the keyboard alone: two people in
two windows."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from journeys.conftest import Open
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, assert_focus_shows
from journeys.serving import Server, fairgate, serving
from journeys.watching import Watch

PASSWORD = "four small words together"
FAR = 80
"""Presses of Tab after which whatever is looked for should long have come."""
SHOTS = os.environ.get("FAIRGATE_SHOTS", "")
SETTING_UP = f"""
from fairgate.organisation import actions as organisation
from fairgate.organisation.models import Unit
from fairgate.organisation.rules import NeedKind, NeedRow, Origin
from fairgate.people import actions as people
from fairgate.shared.actor import System

program = System("journeys")
common = {{"process": "Tablets", "external": "Patients"}}
organisation.add(by=program, origin=Origin.TYPED, rows=[
    NeedRow(customer="Manufacturing", what="batch release", supplier="Quality", kind=NeedKind.RELEASE, **common),
    NeedRow(customer="Packaging", what="release of packed lots", supplier="Quality", kind=NeedKind.RELEASE, **common),
    NeedRow(customer="Quality", what="batch records", supplier="Manufacturing", kind=NeedKind.HELP, **common)])
organisation.choose_function(by=program, name="Quality")
units = {{unit.name: unit for unit in Unit.objects.all()}}
for name, roles, unit in [
    ("Bob", ["lead", "reviewer"], "Quality"), ("Charlie", ["requester"], "Manufacturing"), ("Alice", ["steward"], ""),
]:
    person = people.add_person(by=program, name=name, username=name.lower(), roles=roles)
    if unit:
        organisation.add_member(by=program, person=person.pk, unit=units[unit])
    link = people.give_link(by=program, person=person)
    people.set_password_by_link(by=type(person).objects.get(pk=person.pk), token=link.token, password="{PASSWORD}")
"""
NOTES = "Said in confidence: two signatures are skipped at night."
PROMISE = "We look at batch records before noon."


@pytest.fixture
def plant(_migrated: Path, tmp_path: Path) -> Iterator[Server]:
    data = tmp_path / "plant"
    shutil.copytree(_migrated, data)
    fairgate("manage", "shell", "-c", SETTING_UP, data=data)
    with serving(data, "serve") as server:
        yield server


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone-light", "desk-dark"]
)
def test_a_talk_leads_to_a_promise_that_comes_back(
    plant: Server, window: Open, watch: Watch, size: dict[str, int], scheme: str
) -> None:
    watch.allow(422, 404)
    bob, charlie = (window(viewport=size, color_scheme=scheme) for _ in range(2))
    _come_in(bob, plant, "bob")
    _come_in(charlie, plant, "charlie")
    talk = _ask(bob, plant)
    _invited(charlie, plant, talk)
    _hold_and_write(bob)
    _promise_and_share(bob)
    _see_the_summary(charlie, talk)
    _done(bob, plant)
    _say_kept(charlie, plant)
    bob.goto(f"{plant.address}/improvement/")
    expect(bob.locator("p.lead")).to_contain_text("Of 1 commitment settled or past its day, kept: 1 (100%).")
    _look(bob, "front", size)
    _charter(charlie, plant, size)


def _ask(bob: Page, plant: Server) -> str:
    bob.goto(f"{plant.address}/improvement/")
    expect(bob.locator("p.lead")).to_contain_text("has not talked with anybody yet")
    _look(bob, "empty", bob.viewport_size)
    _press(bob, "main a", "Whom to talk with")
    expect(bob.locator(".candidates").first.locator("li")).to_have_count(2)
    _look(bob, "customers", bob.viewport_size)
    _press(bob, ".candidates a", "Ask for thirty minutes Manufacturing")
    _press(bob, "main button", "Plan it")
    expect(bob.locator(".error-summary")).to_be_visible()
    _look(bob, "plan-wrong", bob.viewport_size)
    _tab_to(bob, "#id_day")
    bob.keyboard.type(_any_order(1))
    _tab_to(bob, "#id_hour")
    bob.keyboard.type("1400")
    _tab_to(bob, "#id_place")
    bob.keyboard.type("Line 2")
    _press(bob, "main button", "Plan it")
    expect(bob.get_by_role("heading", level=1)).to_have_text("Charlie, Manufacturing")
    expect(bob.locator(".letter")).to_contain_text("Dear Charlie,")
    expect(bob.get_by_role("link", name="Write it as e-mail")).to_have_attribute(
        "href", re.compile(r"^mailto:.*body=")
    )
    _look(bob, "planned", bob.viewport_size)
    with bob.expect_download() as coming:
        _press(bob, "main a", "Calendar file for thirty minutes (.ics)", stays=True)
    assert coming.value.path().read_text().count("BEGIN:VEVENT") == 1
    return bob.url


def _invited(charlie: Page, plant: Server, talk: str) -> None:
    charlie.goto(f"{plant.address}/improvement/mine/")
    expect(charlie.locator(".waiting")).to_contain_text("Quality would like thirty minutes with you")
    _look(charlie, "mine-invited", charlie.viewport_size)
    _press(charlie, ".waiting a", "Quality would like thirty minutes with you")
    expect(charlie).to_have_url(talk)
    _look(charlie, "invited", charlie.viewport_size)


def _hold_and_write(bob: Page) -> None:
    _press(bob, "main a", "It was held")
    _press(bob, "main button", "It was held")
    _press(bob, "main a", "Notes")
    _tab_to(bob, "#id_text")
    bob.keyboard.type(NOTES)
    _look(bob, "notes", bob.viewport_size)
    _press(bob, "main button", "Keep the notes")
    _press(bob, "main a", "Sum it up")
    for field, words in (
        ("works", "Early talks help."),
        ("hinders", "Answers come on Fridays."),
        ("wishes", "A word before noon."),
        ("new_themes", "waiting, early advice"),
    ):
        _tab_to(bob, f"#id_{field}")
        bob.keyboard.type(words)
    _look(bob, "summary", bob.viewport_size)
    _press(bob, "main button", "Keep the summary")
    expect(bob.get_by_text("Not shared with them yet.")).to_be_visible()


def _promise_and_share(bob: Page) -> None:
    _press(bob, "main a", "Write down what we promised")
    _tab_to(bob, "#id_what")
    bob.keyboard.type(PROMISE)
    _tab_to(bob, "#id_due")
    bob.keyboard.type(_any_order(2))
    _look(bob, "promise", bob.viewport_size)
    _press(bob, "main button", "Promise it")
    _press(bob, "main a", "Share it with them")
    _look(bob, "share", bob.viewport_size)
    _press(bob, "main button", "Share it")
    expect(bob.get_by_text("Shared with them by Bob")).to_be_visible()
    _look(bob, "interview", bob.viewport_size)


def _see_the_summary(charlie: Page, talk: str) -> None:
    charlie.goto(talk)
    expect(charlie.get_by_role("heading", name="What they heard")).to_be_visible()
    expect(charlie.locator("main")).not_to_contain_text("Said in confidence")
    _look(charlie, "shared", charlie.viewport_size)
    printed = charlie.request.get(
        charlie.get_by_role("link", name="One page to print (PDF)").evaluate("it => it.href")
    )
    (path := Path(os.environ.get("TMPDIR", "/tmp")) / f"talk-{os.getpid()}.pdf").write_bytes(printed.body())
    words = PdfReader(path)
    path.unlink()
    assert len(words.pages) == 1
    assert PROMISE in " ".join(words.pages[0].extract_text().split())


def _done(bob: Page, plant: Server) -> None:
    bob.goto(f"{plant.address}/improvement/commitments/")
    _look(bob, "commitments", bob.viewport_size)
    _press(bob, "td a", PROMISE)
    _press(bob, "main a", "Close it")
    _tab_to(bob, "input[name=state]")
    bob.keyboard.press("Space")
    _tab_to(bob, "#id_why")
    bob.keyboard.type("The round is at eleven now.")
    _look(bob, "close", bob.viewport_size)
    _press(bob, "main button", "Close it")
    expect(bob.locator("p.lead .tag")).to_have_text("done in time")


def _say_kept(charlie: Page, plant: Server) -> None:
    charlie.goto(f"{plant.address}/improvement/mine/")
    _look(charlie, "mine-asked", charlie.viewport_size)
    _press(charlie, ".promise a", f"Was this kept? {PROMISE}")
    _tab_to(charlie, "input[name=kept]")
    charlie.keyboard.press("Space")
    _tab_to(charlie, "#id_words")
    charlie.keyboard.type("Every day since.")
    _press(charlie, "main button", "Say it")
    expect(charlie.locator(".history")).to_contain_text("they say: kept: Every day since.")
    _look(charlie, "commitment", charlie.viewport_size)


def _charter(charlie: Page, plant: Server, size: dict[str, int]) -> None:
    charlie.goto(f"{plant.address}/improvement/charter/")
    expect(charlie.get_by_role("heading", level=1)).to_have_text("What Quality promises you")
    _look(charlie, "charter", size)


def test_the_other_pages_of_the_team(plant: Server, window: Open, watch: Watch) -> None:
    """Those the journey above does not pass by."""
    watch.allow(422)
    bob = window(viewport=PHONE, color_scheme="dark")
    _come_in(bob, plant, "bob")
    for path in ("interviews/", "themes/", "commitments/", "commitments/new/", "mine/"):
        bob.goto(f"{plant.address}/improvement/{path}")
        _look(bob, path.strip("/").replace("/", "-"), PHONE)
    for name in ("The six questions", "The questions where we are the customer", "Service charter"):
        bob.goto(f"{plant.address}/improvement/")
        bob.get_by_role("link", name=name).click()
        _look(bob, name.lower().replace(" ", "-"), PHONE)
    bob.get_by_role("link", name="Change the charter").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Change the charter of Quality")
    _look(bob, "edit-charter", PHONE)


def _any_order(which: int) -> str:
    """The first or second day to come that is typed the same with the day or the month first, such as 12122026."""
    today = datetime.now(UTC).date()
    days = [date(year, month, month) for year in (today.year, today.year + 1) for month in range(1, 13)]
    return [day for day in days if day > today + timedelta(days=1)][which - 1].strftime("%d%m%Y")


def _come_in(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.address}/people/sign-in/")
    page.get_by_label("Sign-in name or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def _press(page: Page, selector: str, name: str, *, stays: bool = False) -> None:
    """Tab to the link or button that is called ``name`` and press Enter."""
    before = page.evaluate("performance.timeOrigin")
    for _ in range(FAR):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "it => document.activeElement.matches(it) ? document.activeElement.textContent : ''", selector
        )
        if " ".join(found.split()) == name:
            assert_focus_shows(page)
            page.keyboard.press("Enter")
            if not stays:
                page.wait_for_function(
                    "it => performance.timeOrigin !== it && document.readyState === 'complete'", arg=before
                )
            return
    raise AssertionError(f"{page.url}: {FAR} presses of Tab did not reach “{name}”")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("it => document.activeElement.matches(it)", selector):
            assert_focus_shows(page)
            return
    raise AssertionError(f"{page.url}: {FAR} presses of Tab did not reach {selector}")


def _look(page: Page, name: str, size: dict[str, int] | None) -> None:
    """Nothing sticks out, axe finds nothing; a picture where FAIRGATE_SHOTS names a folder."""
    if SHOTS:
        page.screenshot(
            path=Path(SHOTS) / f"{name}-{(size or DESK)['width']}.png", full_page=True, caret="initial"
        )
    assert_fits(page)
    assert_accessible(page)
