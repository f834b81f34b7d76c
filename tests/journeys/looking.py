"""Judging a page as it stands: for those who can't see it, on a phone, and as a picture for the tutorial."""

import os
import subprocess
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE = {"width": 360, "height": 760}
DESK = {"width": 1200, "height": 800}
PICTURES = Path(__file__).parents[2] / "docs" / "tutorial" / "pictures"
WANTED = os.environ.get("FAIRGATE_PICTURES") == "1"
LARGEST = 120_000
"""Bytes of a picture in the documentation."""
AXE = Axe()


def assert_accessible(page: Page) -> None:
    """No finding of axe: WCAG 2.1 A and AA, and what it calls best practice."""
    found = AXE.run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    told = [f"{one['id']}: {one['help']}\n   {node['html'][:300]}" for one in found for node in one["nodes"]]
    assert not told, f"{page.url} at {page.viewport_size}:\n" + "\n".join(told)


def assert_fits(page: Page) -> None:
    """The page itself doesn't scroll sideways; tables and the map do so in frames of their own."""
    page.wait_for_load_state()  # with its styles
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, f"{page.url}: {wide} pixels wide in a window of {seen}; too wide: {_widest(page)}"


def _widest(page: Page) -> list[str]:
    """What sticks out, outside frames that scroll."""
    out: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(it => !it.closest('.table-scroll, .flow-map, svg')
                && it.getBoundingClientRect().left + it.scrollWidth > document.documentElement.clientWidth + .5)
            .map(it => `${it.tagName.toLowerCase()}.${it.className} "${it.textContent.trim().slice(0, 40)}"`)
            .slice(0, 5)"""
    )
    return out


def assert_focus_shows(page: Page) -> None:
    """What has the focus is marked: an outline, or on the map a thicker border."""
    seen = page.evaluate(
        """() => {
            const at = document.activeElement, shape = at.querySelector(':scope > rect');
            const style = getComputedStyle(at), box = at.getBoundingClientRect();
            const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const bordered = shape !== null && parseFloat(getComputedStyle(shape).strokeWidth) >= 3;
            return {marked: outlined || bordered, width: box.width, height: box.height,
                    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                    what: at.outerHTML.slice(0, 160)};
        }"""
    )
    assert seen["marked"], f"{page.url}: the focus can't be seen on {seen['what']}"
    assert seen["onScreen"], f"{page.url}: the focus is out of sight, on {seen['what']}"
    assert min(seen["width"], seen["height"]) >= 8, (
        f"{page.url}: the focus is on something tiny, {seen['what']}"
    )


def picture(page: Page, name: str, *, top: str = "body", height: int = 720) -> None:
    """A picture for the tutorial, 1100 pixels wide, beginning at ``top``; only where asked for, so that tests
    change no file."""
    if not WANTED:
        return
    before = page.viewport_size
    page.set_viewport_size({"width": 1100, "height": height})
    page.locator(top).first.evaluate("it => it.scrollIntoView()")
    path = _place(name)
    page.screenshot(path=path, animations="disabled", caret="hide")
    if before:
        page.set_viewport_size(before)
    _not_too_large(path)


def picture_of_paper(pdf: bytes, name: str) -> None:
    """The first page of a PDF as it is printed, 640 pixels wide; needs pdftoppm (Debian: poppler-utils)."""
    if not WANTED:
        return
    path = _place(name)
    command = ["pdftoppm", "-png", "-singlefile", "-gray", "-scale-to-x", "640", "-scale-to-y", "-1", "-"]
    path.write_bytes(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout)
    _not_too_large(path)


def _place(name: str) -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES / f"{name}.png"


def _not_too_large(path: Path) -> None:
    assert path.stat().st_size < LARGEST, f"{path.name}: {path.stat().st_size:,} bytes are too many"
