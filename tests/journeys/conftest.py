"""A real Chromium, real servers, and one rule over every journey: nothing goes wrong unseen."""

import os
import runpy
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from journeys.looking import DESK
from journeys.serving import Server, fairgate, serving
from journeys.watching import Watch

HERE = Path(__file__).parent
CHROMIUM = HERE.parents[1] / "scripts" / "chromium.py"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Skips aloud where there is none; in CI that fails."""
    path = runpy.run_path(str(CHROMIUM))["found"]()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium or Chrome, and journeys must not be skipped here.")
        pytest.skip("no Chromium or Chrome: see scripts/chromium.py")
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=[*QUIET, *as_root])
        yield found
        found.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the journey at its end if any page complained."""
    watch = Watch()
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def window(browser: Browser, watch: Watch) -> Iterator[Open]:
    """Opens a window of its own (nobody signed in), at a desk unless told otherwise."""
    with ExitStack() as stack:

        def opened(**options: Any) -> Page:
            context = browser.new_context(**{"viewport": DESK, "locale": "en-GB", **options})
            context.set_default_timeout(20_000)
            stack.callback(context.close)
            watch.over(context)
            return context.new_page()

        yield opened


@pytest.fixture
def page(window: Open) -> Page:
    return window()


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with tables and nothing else, made once and copied."""
    data = tmp_path_factory.mktemp("empty") / "data"
    fairgate("manage", "migrate", "--verbosity", "0", data=data)
    return data


@pytest.fixture
def empty(_migrated: Path, tmp_path: Path) -> Iterator[Server]:
    """`fairgate serve` on an installation without anything or anybody."""
    data = tmp_path / "installation"
    shutil.copytree(_migrated, data)
    with serving(data, "serve") as server:
        yield server


@pytest.fixture(scope="session")
def _demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("demonstration") / "data"
    fairgate("demo", "--only-make", data=data)
    return data


@pytest.fixture
def demonstration(_demonstration: Path, tmp_path: Path) -> Iterator[Server]:
    """`fairgate demo`, Halden Pharma: made once a session, a copy for every journey."""
    data = tmp_path / "demonstration"
    shutil.copytree(_demonstration, data)
    with serving(data, "demo") as server:
        yield server
