"""Scripts are a convenience: the guided start, an import and its progress work without any."""

from pathlib import Path

from playwright.sync_api import expect

from journeys.conftest import Open
from journeys.people import bring, sign_in
from journeys.serving import Server

EXAMPLE = Path(__file__).parents[2] / "examples" / "batches.csv"


def test_the_guided_start_works_without_scripts(empty: Server, window: Open) -> None:
    page = window(java_script_enabled=False)
    page.goto(empty.first)
    page.get_by_label("Your name").fill("Alva Lindqvist")
    page.get_by_label("Sign-in name").fill("alva")
    page.get_by_label("New password").fill("correct horse battery staple")
    page.get_by_label("The same password again").fill("correct horse battery staple")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("Which function are you?").fill("Legal")
    page.get_by_role("button", name="Go on").click()
    first = page.get_by_role("group", name="Line 1", exact=True)
    first.get_by_label("Who needs it").fill("Sales")
    first.get_by_label("What they need").fill("approval of contracts")
    first.get_by_label("Process").fill("Selling")
    first.get_by_label("External customer").fill("Buyers")
    first.get_by_label("Help or release").select_option("release")
    page.get_by_role("button", name="Save, and show the answer").click()
    expect(page.locator("p.lead")).to_have_text(
        "1 of 1 other units needs Legal in order to serve an external customer: Sales."
    )


def test_the_progress_of_background_work_shows_without_scripts(demonstration: Server, window: Open) -> None:
    page = window(java_script_enabled=False)
    sign_in(page, demonstration)
    bring(page, demonstration, "batches.csv", EXAMPLE.read_bytes())
    expect(page.get_by_role("heading", level=1)).to_have_text("batches.csv")
    page.get_by_role("link", name="See the result").click(timeout=40_000)  # the page loads itself again
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
