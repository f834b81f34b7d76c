"""A spreadsheet with faults: all of them are named, nothing is saved; put right, it is saved once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from fairgate.cli.demo import EDITION
from journeys.looking import assert_accessible
from journeys.people import bring, sign_in
from journeys.serving import Server, fairgate

HEADER = "Who needs it,What they need,From whom,Process,External customer,Help or release,Volume\n"
FAULTY = HEADER + (
    "Manufacturing,spare parts,Engineering,Tablets,Patients,help,10\n"
    ",line clearance,Engineering,Tablets,Patients,help,10\n"
    "Sales,forecast tools,Information Technology,Tablets,Patients,perhaps,10\n"
    "Warehouse,forklift training,Human Resources,Tablets,Patients,help,a lot\n"
    "Engineering,drawings,,Tablets,Patients,help,10\n"
)
CORRECTED = HEADER + (
    "Manufacturing,spare parts,Engineering,Tablets,Patients,help,10\n"
    "Packaging,line clearance,Engineering,Tablets,Patients,help,10\n"
    "Sales,forecast tools,Information Technology,Tablets,Patients,help,10\n"
    "Warehouse,forklift training,Human Resources,Tablets,Patients,help,10\n"
    "Engineering,drawings,Procurement,Tablets,Patients,help,10\n"
)
WRONG = {
    3: "Who needs it",
    4: "Help or release",
    5: "Volume",
    6: "From whom",
}


def test_every_problem_is_named_and_nothing_is_saved_until_all_is_right(
    demonstration: Server, page: Page
) -> None:
    sign_in(page, demonstration)
    before = _needs(demonstration)

    bring(page, demonstration, "more needs.csv", FAULTY)
    expect(page.get_by_text("It can’t be used as it is. Nothing was saved.")).to_be_visible()
    problems = page.get_by_role("alert").get_by_role("listitem").all_inner_texts()
    for row, column in WRONG.items():
        assert any(f"row {row}" in told.lower() and column in told for told in problems), (row, problems)
    assert len(problems) == len(WRONG), problems
    expect(page.get_by_role("button", name="Save all of it")).to_have_count(0)
    assert_accessible(page)
    assert _needs(demonstration) == before

    bring(page, demonstration, "more needs.csv", CORRECTED)
    expect(page.get_by_text("5 new needs")).to_be_visible()
    assert _needs(demonstration) == before  # a dry run saves nothing
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_text("Saved: everything in “more needs.csv”.")).to_be_visible()
    assert _needs(demonstration) == before + 5

    bring(page, demonstration, "more needs.csv", CORRECTED)
    expect(page.get_by_text("Nothing new: everything in it is here already.")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("Discarded. Nothing of it was saved.")).to_be_visible()
    assert _needs(demonstration) == before + 5
    assert "The ledger is whole" in fairgate("verify", data=_home(demonstration))


def _home(server: Server) -> Path:
    return server.data / "demonstration" / f"halden-pharma-{EDITION}"


def _needs(server: Server) -> int:
    with closing(sqlite3.connect(_home(server) / "fairgate.sqlite3")) as database:
        return int(database.execute("SELECT COUNT(*) FROM organisation_need").fetchone()[0])
