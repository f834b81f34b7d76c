"""Coming in: a demonstration's open doors, and how a journey brings a file."""

from playwright.sync_api import Locator, Page, expect

from journeys.serving import Server

DOOR = "main .doors li"


def sign_in(page: Page, server: Server, role: str = "Steward") -> None:
    """As the first person who holds ``role``, by the demonstration's one click."""
    page.goto(f"{server.address}/people/sign-in/")
    door_of(page, role).get_by_role("button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def door_of(page: Page, role: str) -> Locator:
    return page.locator(DOOR).filter(has_text=f"{role}.").first


def bring(page: Page, server: Server, name: str, content: str | bytes) -> None:
    """Give the file to the import page and have it checked."""
    page.goto(f"{server.address}/organisation/imports/new/")
    buffer = content.encode() if isinstance(content, str) else content
    page.get_by_label("A file").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": buffer}
    )
    page.get_by_role("button", name="Check it").click()
