"""A change is refused, the slip says what would make it a yes, an improved request is approved: by two people in two
windows, on a phone and at a desk, with the keyboard, and without scripts."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from journeys.conftest import Open
from journeys.gate import a_gate, come_in
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, assert_focus_shows
from journeys.serving import Server
from journeys.watching import Watch

WAY = "Run the challenge test on three lots with the new sieve, and attach the report."


@pytest.fixture
def gate(_migrated: Path, tmp_path: Path) -> Iterator[Server]:
    with a_gate(_migrated, tmp_path / "gate") as server:
        yield server


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_refusal_leads_to_an_improved_request_and_to_a_yes(
    gate: Server, window: Open, watch: Watch, size: dict[str, int]
) -> None:
    watch.allow(422)
    charlie, rita = window(viewport=size), window(viewport=size)
    come_in(charlie, gate, "Charlie")
    come_in(rita, gate, "Rita")
    address = _ask(charlie, gate)
    _review(rita, address)
    _refuse(rita)
    _read_the_slip(charlie, address)
    improved = _improve(charlie)
    _review(rita, improved)
    rita.get_by_role("link", name="Decide", exact=True).click()
    rita.get_by_label("Approved", exact=True).check()
    expect(rita.get_by_role("group", name="The refusal slip")).to_be_hidden()
    _judged(rita)
    rita.get_by_role("button", name="Decide").click()
    expect(rita.locator("p.lead")).to_contain_text("Approved by Rita")
    charlie.goto(improved)
    expect(charlie.locator("p.lead")).to_contain_text("Approved by Rita")
    charlie.get_by_role("link", name="Requests", exact=True).click()
    expect(charlie.get_by_role("row")).to_have_count(3)
    _judged(charlie)


def test_a_second_look_is_asked_for_and_given_by_a_colleague(
    gate: Server, window: Open, watch: Watch
) -> None:
    watch.allow(422)
    charlie, rita, bob = window(viewport=PHONE), window(), window()
    for page, name in ((charlie, "Charlie"), (rita, "Rita"), (bob, "Bob")):
        come_in(page, gate, name)
    address = _ask(charlie, gate)
    _review(rita, address)
    _refuse(rita)
    charlie.goto(address)
    charlie.get_by_role("link", name="Ask for a second look").click()
    charlie.get_by_label("What should they look at again?").fill("The report was in the annex.")
    _judged(charlie)
    charlie.get_by_role("button", name="Ask for it").click()
    expect(charlie.get_by_text("Charlie asked for a second look.")).to_be_visible()
    bob.goto(address)
    bob.get_by_role("link", name="Give the second look").click()
    bob.get_by_label("It has to be decided otherwise").check()
    bob.get_by_label("Your reasons").fill("The annex answers it.")
    bob.get_by_label("Approved", exact=True).check()
    _judged(bob)
    bob.get_by_role("button", name="Give the second look").click()
    expect(bob.get_by_text("Second look: the decision was changed")).to_be_visible()
    _judged(bob)


def test_whoever_is_slower_loses_nothing(gate: Server, window: Open, watch: Watch) -> None:
    watch.allow(409, 422)
    charlie, rita, bob = window(), window(), window()
    for page, name in ((charlie, "Charlie"), (rita, "Rita"), (bob, "Bob")):
        come_in(page, gate, name)
    address = _ask(charlie, gate)
    _review(rita, address)
    for page in (rita, bob):
        page.goto(f"{address}decide/")
    bob.get_by_label("Approved", exact=True).check()
    bob.get_by_role("button", name="Decide").click()
    expect(bob.locator("p.lead")).to_contain_text("Approved by Bob")
    rita.get_by_label("Declined", exact=True).check()
    _fill_slip(rita)
    rita.get_by_role("button", name="Decide").click()
    expect(rita.get_by_role("alert")).to_contain_text("Bob decided this on")
    expect(rita.get_by_label("The way to yes")).to_have_value(WAY)
    _judged(rita)


def test_advice_before_a_request(gate: Server, window: Open) -> None:
    charlie, rita = window(viewport=PHONE), window()
    come_in(charlie, gate, "Charlie")
    come_in(rita, gate, "Rita")
    charlie.goto(f"{gate.address}/gate/advice/")
    _judged(charlie)
    charlie.get_by_role("link", name="Ask whether it would pass").click()
    charlie.get_by_role("link", name="Change", exact=False).first.click()
    charlie.get_by_label("Would this pass?").fill("Would a finer sieve pass?")
    _judged(charlie)
    charlie.get_by_role("button", name="Ask", exact=True).click()
    expect(charlie.locator("p.lead")).to_contain_text("The answer will bind nobody.")
    rita.goto(charlie.url)
    rita.get_by_role("link", name="Answer").click()
    rita.get_by_label("Would probably pass with changes").check()
    rita.get_by_label("Your answer").fill("With a challenge test on three lots.")
    rita.get_by_role("checkbox").first.check()
    _judged(rita)
    rita.get_by_role("button", name="Answer").click()
    expect(rita.locator("p.lead")).to_contain_text("This binds nobody.")
    _judged(rita)
    charlie.reload()
    charlie.get_by_role("link", name="Submit it as a request").click()
    expect(charlie.get_by_label("Your facts, and your case")).to_have_value("Would a finer sieve pass?")
    _judged(charlie)


def test_a_refusal_is_written_with_the_keyboard_only(gate: Server, window: Open) -> None:
    charlie, rita = window(), window()
    come_in(charlie, gate, "Charlie")
    come_in(rita, gate, "Rita")
    address = _ask(charlie, gate)
    _review(rita, address)
    rita.get_by_role("link", name="Decide", exact=True).focus()
    rita.keyboard.press("Enter")
    rita.get_by_label("Approved", exact=True).focus()
    while not rita.get_by_label("Declined", exact=True).is_checked():
        rita.keyboard.press("ArrowDown")
    for name, keys in (
        ("asked", ""),
        ("clause", ""),
        ("reasons", "The sieve has not been tried."),
        ("way_to_yes", WAY),
    ):
        _tab_to(rita, name)
        rita.keyboard.type(keys)
        if name == "clause":
            rita.keyboard.press("ArrowDown")
            expect(rita.locator("#examples")).to_contain_text("A good example")
    _tab_to(rita, "Decide")
    rita.keyboard.press("Enter")
    expect(rita.locator("p.lead")).to_contain_text("Declined by Rita")


def test_the_whole_of_it_without_scripts(gate: Server, window: Open, watch: Watch) -> None:
    watch.allow(422)
    charlie, rita = window(java_script_enabled=False), window(java_script_enabled=False, viewport=PHONE)
    come_in(charlie, gate, "Charlie")
    come_in(rita, gate, "Rita")
    address = _ask(charlie, gate)
    _review(rita, address)
    rita.get_by_role("link", name="Decide", exact=True).click()
    rita.get_by_label("Declined", exact=True).check()
    rita.get_by_label("The clause it rests on").select_option(index=1)
    rita.get_by_label("Reasons, fit to repeat").fill("The sieve has not been tried.")
    rita.get_by_role("button", name="Show good examples for this clause").click()
    expect(rita.locator("#examples")).to_contain_text("A good example")
    expect(rita.get_by_label("Reasons, fit to repeat")).to_have_value("The sieve has not been tried.")
    rita.get_by_label("The way to yes").fill(WAY)
    rita.get_by_role("button", name="Decide").click()
    expect(rita.locator("p.lead")).to_contain_text("Declined by Rita")


def _tab_to(page: Page, name: str) -> None:
    """On to the control of this name or the button of this text; the focus shows on everything on the way."""
    for _ in range(12):
        page.keyboard.press("Tab")
        assert_focus_shows(page)
        if page.evaluate("[document.activeElement.name, document.activeElement.textContent]").count(name):
            return
    raise AssertionError(f"Tab never came to {name}")


def _ask(page: Page, server: Server) -> str:
    """As Charlie: a change, from the front page on. Returns the request's address."""
    page.goto(f"{server.address}/gate/")
    _judged(page)
    page.get_by_role("link", name="Ask for something").first.click()
    expect(page.get_by_text("Answered within").first).to_be_visible()
    _judged(page)
    page.locator(".kinds").get_by_role("link", name="Change", exact=False).first.click()
    page.get_by_label("What do you ask for?").fill("May we use a finer sieve on line 2?")
    page.get_by_label("Which lot, contract or document is it about?").fill("CHG-17")
    page.get_by_label("Your facts, and your case").fill("Fewer lumps. The supplier has changed the mesh.")
    _judged(page)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("p.lead")).to_contain_text("An answer is promised by")
    _judged(page)
    return page.url


def _review(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_label("What did you find?").fill("Read the proposal and the data sheet of the sieve.")
    _judged(page)
    page.get_by_role("button", name="Keep this review").click()
    _judged(page)


def _refuse(page: Page) -> None:
    page.get_by_role("link", name="Decide", exact=True).click()
    _judged(page)
    expect(page.get_by_role("group", name="The refusal slip")).to_be_hidden()
    page.get_by_label("Declined", exact=True).check()
    expect(page.get_by_role("group", name="The refusal slip")).to_be_visible()
    page.get_by_role("button", name="Decide").click()  # too early
    expect(page.locator(".error-summary")).to_contain_text("The way to yes: The refusal slip needs this.")
    _judged(page)
    _fill_slip(page)
    _judged(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("p.lead")).to_contain_text("Declined by Rita")
    _judged(page)


def _fill_slip(page: Page) -> None:
    page.get_by_label("The clause it rests on").select_option(index=1)
    expect(page.locator("#examples")).to_contain_text("A good example")
    page.get_by_label("Reasons, fit to repeat").fill(
        "Nobody has shown yet that the new sieve holds back what the old one does."
    )
    page.get_by_label("The way to yes").fill(WAY)


def _read_the_slip(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text(WAY)).to_be_visible()
    page.get_by_role("link", name="Read the refusal slip").click()
    expect(page.get_by_role("heading", name="The way to yes")).to_be_visible()
    _judged(page)
    answer = page.request.get(
        page.get_by_role("link", name="One page to print (PDF)").evaluate("it => it.href")
    )
    assert answer.headers["content-type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(answer.body()))
    assert len(paper.pages) == 1
    assert WAY.split(",")[0] in " ".join(paper.pages[0].extract_text().split())


def _improve(page: Page) -> str:
    page.get_by_role("link", name="Submit an improved request").click()
    expect(page.get_by_text(WAY)).to_be_visible()
    expect(page.get_by_label("What do you ask for?")).to_have_value("May we use a finer sieve on line 2?")
    page.get_by_label("Your facts, and your case").fill(
        "The challenge test passed on three lots; report attached."
    )
    _judged(page)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("dl.facts")).to_contain_text("Improves on")
    return page.url


def _judged(page: Page) -> None:
    """Every page on the way: nothing sticks out, axe finds nothing."""
    assert_fits(page)
    if page.evaluate("typeof htmx") != "undefined":
        assert_accessible(page)
