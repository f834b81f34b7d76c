"""An event log, brought in the browser: counted in the background, looked at, judged; cancelled; and through a power cut."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from fairgate.cli.demo import EDITION
from journeys.looking import assert_accessible
from journeys.people import bring, sign_in
from journeys.serving import Server, fairgate, serving

EXAMPLE = Path(__file__).parents[2] / "examples" / "batches.csv"
QA = "Quality Assurance"
LONG = 250_000
"""Events; about ten seconds of counting on two slow cores, so that there is time to intervene."""


def test_a_log_is_counted_looked_at_applied_and_judged(demonstration: Server, page: Page) -> None:
    sign_in(page, demonstration)
    bring(page, demonstration, EXAMPLE.name, EXAMPLE.read_bytes())
    expect(page).to_have_url(re.compile("/organisation/imports/[0-9a-f-]{36}/$"), timeout=40_000)
    expect(page.get_by_text("Checked: this is what would be saved. Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text("events in 60 process documents")).to_be_visible()
    assert_accessible(page)
    assert _logs(demonstration) == ["tablets.csv"]
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_text("Saved: everything in “batches.csv”.")).to_be_visible()
    assert _logs(demonstration) == ["batches.csv", "tablets.csv"]

    page.goto(f"{demonstration.address}/organisation/")
    page.locator("svg.flow").get_by_role("link", name=QA).click()
    manufacturing = _relation(page, "Manufacturing")
    expect(manufacturing).to_contain_text("Declared: needs batch release")
    expect(manufacturing).to_contain_text("Counted in batches.csv (batches):")
    assert_accessible(page)

    _judge(page, "Packaging", "Yes, confirm it", "Nothing is packed without our release.")
    expect(_relation(page, "Packaging")).to_contain_text("confirmed")
    expect(_relation(page, "Packaging")).to_contain_text("“Nothing is packed without our release.”")
    before = _counting(page)
    _judge(page, "Human Resources", "No, strike it", "Training is theirs; we only comment.")
    struck = _relation(page, "Human Resources")
    expect(struck).to_contain_text("“Training is theirs; we only comment.”")
    expect(struck.locator(".tag", has_text="struck")).to_be_visible()
    assert _counting(page) == before - 1
    _same_figures_as_the_command(demonstration, page)


def test_a_running_import_is_cancelled(demonstration: Server, page: Page, long_log: bytes) -> None:
    sign_in(page, demonstration)
    bring(page, demonstration, "long.csv", long_log)
    _wait_until_under_way(page)
    page.get_by_role("button", name="Cancel this work").click()
    expect(page.get_by_text("cancelled", exact=False).first).to_be_visible()
    _until(lambda: _jobs(demonstration)[0][0] == "cancelled")
    page.reload()
    page.get_by_role("link", name="Back to where it was asked for").click()
    expect(page.get_by_text("It was not counted to the end")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("Discarded. Nothing of it was saved.")).to_be_visible()
    assert _logs(demonstration) == ["tablets.csv"]
    assert "The ledger is whole" in fairgate("verify", data=_home(demonstration))


def test_a_power_cut_in_the_middle_of_an_import_loses_nothing(
    demonstration: Server, page: Page, long_log: bytes
) -> None:
    sign_in(page, demonstration)
    bring(page, demonstration, "long.csv", long_log)
    _wait_until_under_way(page)
    asked = page.url
    page.goto("about:blank")  # nobody watches
    demonstration.kill()
    assert _jobs(demonstration) == [("running", 1)]

    with serving(demonstration.data, "demo", port=demonstration.port):
        page.goto(asked)
        _until(lambda: _jobs(demonstration)[0][0] == "done", patience=90)
        assert _jobs(demonstration) == [("done", 2)]
        page.goto(asked)
        page.get_by_role("link", name="See the result").click()
        expect(page.get_by_text(f"{LONG:,} events in")).to_be_visible()
        page.get_by_role("button", name="Save all of it").click()
        expect(page.get_by_text("Saved: everything in “long.csv”.")).to_be_visible()
    assert _logs(demonstration) == ["long.csv", "tablets.csv"]
    assert _entries(demonstration, "organisation.log-counted") == 2  # the demonstration's own, and this one
    assert "The ledger is whole" in fairgate("verify", data=_home(demonstration))


@pytest.fixture(scope="session")
def long_log() -> bytes:
    """A quarter of a million events: make, check, ship."""
    return "".join(_events()).encode()


def _events() -> Iterator[str]:
    yield "case,activity,unit,time,external customer\n"
    at = datetime(2025, 1, 1)  # noqa: DTZ001 - as logs have it
    steps = (
        ("Make", "Manufacturing"),
        ("Check", QA),
        ("Batch approved", QA),
        ("Pack", "Packaging"),
        ("Ship", "Warehouse"),
    )
    for number in range(LONG):
        case, step = divmod(number, len(steps))
        activity, unit = steps[step]
        yield f"{case},{activity},{unit},{at + timedelta(minutes=number):%Y-%m-%d %H:%M},Patients\n"


def _wait_until_under_way(page: Page) -> None:
    expect(page.locator("progress")).to_be_visible()
    _until(lambda: float(page.evaluate("document.querySelector('progress')?.value ?? 0")) > 0.02, patience=60)


def _relation(page: Page, name: str) -> Locator:
    """What the page of a unit says about one of its customers."""
    whole = page.locator("#customers ~ ul.relations").first
    return whole.locator(":scope > li").filter(has=page.get_by_role("heading", name=name, exact=True))


def _judge(page: Page, name: str, verdict: str, reason: str) -> None:
    _relation(page, name).get_by_role("link", name="Confirm or strike").click()
    page.get_by_label(verdict).check()
    page.get_by_label("Why").fill(reason)
    page.get_by_role("button", name="Keep this judgement").click()
    expect(page.get_by_text("Kept, with your name and reason.")).to_be_visible()


def _counting(page: Page) -> int:
    """By need, as the page says it: "11 of 11 units"."""
    return int(page.locator(".readings .count").first.inner_text().split()[0])


def _same_figures_as_the_command(server: Server, page: Page) -> None:
    asked = page.context.request.get(page.url.rstrip("/") + "/answers.json").json()
    shown = next(one for one in asked["counted"] if one["log"] == EXAMPLE.name)
    told = json.loads(fairgate("customers", str(EXAMPLE), "--unit", QA, "--json", data=_home(server)))
    assert shown.keys() - {"log"}, shown
    for name in shown.keys() - {"log"}:
        assert shown[name] == told[name], name
    assert shown["internal_customers"]
    assert shown["authority_over"]


def _home(server: Server) -> Path:
    return server.data / "demonstration" / f"halden-pharma-{EDITION}"


def _asked(server: Server, question: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(_home(server) / "fairgate.sqlite3", timeout=10)) as database:
        return database.execute(question, values).fetchall()


def _logs(server: Server) -> list[str]:
    return [
        name
        for (name,) in _asked(
            server, "SELECT name FROM organisation_countedlog WHERE is_current ORDER BY name"
        )
    ]


def _jobs(server: Server) -> list[tuple[str, int]]:
    """State and attempts of background work, newest first."""
    return _asked(server, "SELECT state, attempts FROM work_job ORDER BY made_at DESC")


def _entries(server: Server, action: str) -> int:
    return int(_asked(server, "SELECT COUNT(*) FROM ledger_entry WHERE action LIKE ?", action)[0][0])


def _until(holds: Any, patience: float = 30) -> None:
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.2)
