"""Decisions come in from another system: mapped once, looked at, saved; the same again, and corrected."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Open
from journeys.gate import a_gate, come_in
from journeys.looking import DESK, PHONE, assert_accessible, assert_fits
from journeys.serving import Server, fairgate
from journeys.watching import Watch

HEADER = "Record no,Type,Department,Lot,Handed in,Decided,Verdict,Author\n"
GOOD = HEADER + (
    "Q-1,Disposition B,Manufacturing,Lot 1,2026-11-02 08:00,2026-11-03 09:00,released,Ann Berg\n"
    "Q-2,Disposition B,Manufacturing,Lot 2,2026-11-02 09:00,2026-11-04 09:00,blocked,Ann Berg\n"
    "Q-3,Disposition B,Manufacturing,Lot 3,2026-11-03 09:00,2026-11-05 09:00,released,Bo Falk\n"
)
BAD = GOOD.replace("2026-11-05 09:00", "2026-10-05 09:00")
CORRECTED = GOOD.replace(
    "Lot 3,2026-11-03 09:00,2026-11-05 09:00,released", "Lot 3,2026-11-03 09:00,2026-11-05 09:00,blocked"
)
COLUMNS = {
    "column_key": "Record no",
    "column_kind": "Type",
    "column_unit": "Department",
    "column_item": "Lot",
    "column_submitted_at": "Handed in",
    "column_decided_at": "Decided",
    "column_outcome": "Verdict",
    "column_submitter": "Author",
}
MAPPING = "Every night"


@pytest.fixture
def gate(_migrated: Path, tmp_path: Path) -> Iterator[Server]:
    with a_gate(_migrated, tmp_path / "gate") as server:
        yield server


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
def test_a_file_is_mapped_looked_at_saved_repeated_and_corrected(
    gate: Server, window: Open, watch: Watch, tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    page = window(viewport=size, color_scheme=scheme)
    come_in(page, gate, "Bob")
    _bring(page, gate, _file(tmp_path, "bad.csv", BAD))
    _say_columns(page)
    _until(page, "Words nobody here knows")
    _say_words(page)
    _until(page, "1 problem")
    expect(page.locator("tbody")).to_contain_text("2026-10-05")
    _looked_at(page)
    _again(page, gate, _file(tmp_path, "good.csv", GOOD))
    _until(page, "Save all of it")
    expect(page.locator("main")).to_contain_text("3")
    _looked_at(page)
    page.get_by_role("button", name="Save all of it").click()
    _until(page, "See the requests")
    page.get_by_role("link", name="See the requests").click()
    for lot in ("Lot 1", "Lot 2", "Lot 3"):
        expect(page.locator("td.asks", has_text=lot)).to_be_visible()
    assert "Ann Berg" not in page.content()
    _looked_at(page)
    same = _file(tmp_path, "same.csv", GOOD)
    said = fairgate("import", "decisions", str(same), "--mapping", MAPPING, data=gate.data)
    assert "3" in said
    _again(page, gate, _file(tmp_path, "corrected.csv", CORRECTED))
    _until(page, "1 changed value")
    _looked_at(page)


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def _bring(page: Page, server: Server, file: Path) -> None:
    page.goto(f"{server.address}/gate/imports/")
    _looked_at(page)
    page.get_by_role("link", name="Import decisions").first.click()
    page.get_by_label("A file of decisions").set_input_files(str(file))
    _looked_at(page)
    page.locator("main form button").first.click()


def _say_columns(page: Page) -> None:
    page.get_by_label("What do you call this kind of file?").fill(MAPPING)
    page.get_by_label("Which system is it from?").fill("Quality system")
    for field, column in COLUMNS.items():
        page.locator(f"[name={field}]").select_option(value=column)
    _looked_at(page)
    page.locator("main form button").first.click()


def _say_words(page: Page) -> None:
    page.get_by_role("link", name="Say what they mean").click()
    for word, ours in {"Disposition B": "Batch disposition", "blocked": "refused"}.items():
        page.get_by_label(word).select_option(label=ours)
    _looked_at(page)
    page.locator("main form button").first.click()


def _again(page: Page, server: Server, file: Path) -> None:
    page.goto(f"{server.address}/gate/imports/new/")
    page.get_by_label("Where is it from?").select_option(label=MAPPING)
    page.get_by_label("A file of decisions").set_input_files(str(file))
    page.locator("main form button").first.click()


def _until(page: Page, text: str) -> None:
    """The page of the import, once the background has done its part."""
    for _ in range(60):
        if "/work/" in page.url:
            page.wait_for_timeout(500)
            if page.get_by_role("link", name="See the result").count():
                page.get_by_role("link", name="See the result").click()
            continue
        if page.get_by_text(text).first.is_visible():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"“{text}” never came: {page.url}\n{page.locator('main').inner_text()}")


def _looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)
