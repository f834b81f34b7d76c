"""The list of requests, its file, and the front page."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from fairgate.gate import actions
from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import Outcome

from .browsing import NOT_A_RECORD, OK, page
from .conftest import decided, reviewed, signed_in, submitted


def test_an_empty_list_says_what_to_do_next(cast, gate):
    assert "Ask for something" in page(signed_in(cast["charlie"]), "requests")
    assert "There are no requests you can see yet." in page(signed_in(cast["dora"]), "requests")


@pytest.fixture
def several(cast, gate):
    """Open, reviewed, refused and approved ones of two units."""
    return {
        "open": submitted(cast["charlie"], gate["batch"], item="L-1"),
        "reviewed": reviewed(cast["rita"], submitted(cast["dan"], gate["change"], item="L-2")),
        "refused": decided(
            cast["rita"], submitted(cast["charlie"], gate["change"], item="L-3"), Outcome.REFUSED
        ),
        "approved": decided(
            cast["rita"], submitted(cast["charlie"], gate["batch"], item="L-4"), Outcome.APPROVED
        ),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"open", "reviewed", "refused", "approved"}),
        ({"stands": "open"}, {"open", "reviewed"}),
        ({"stands": "decided"}, {"refused", "approved"}),
        ({"stands": "overdue"}, set()),
        ({"stands": "no-slip"}, set()),
        ({"outcome": "refused"}, {"refused"}),
        ({"kind": "batch"}, {"open", "approved"}),
        ({"unit": "Warehouse"}, {"reviewed"}),
        ({"about": "L-4"}, {"approved"}),
        ({"outcome": "nonsense", "kind": "x"}, {"open", "reviewed", "refused", "approved"}),
        ({"about": "R-open"}, {"open"}),
    ],
)
def test_the_list_is_narrowed_by_what_stands_in_the_address(cast, gate, plant, several, query, expected):
    if "kind" in query and query["kind"] in gate:
        query = {**query, "kind": gate[query["kind"]].pk}
    if "unit" in query:
        query = {**query, "unit": plant[query["unit"]].pk}
    if query.get("about", "").startswith("R-"):
        query = {"about": several[query["about"][2:]].reference}
    answer = signed_in(cast["rita"]).get(reverse("gate:requests"), query)
    shown = {row.record.pk for row in answer.context["table"].paginated_rows}
    assert shown == {several[name].pk for name in expected}


def test_people_of_a_unit_see_their_own_requests_only(cast, several):
    answer = signed_in(cast["dan"]).get(reverse("gate:requests"))
    assert [row.record.pk for row in answer.context["table"].paginated_rows] == [several["reviewed"].pk]


def test_the_list_is_paged_and_sorted_without_counting(cast, gate):
    for number in range(60):
        submitted(cast["charlie"], gate["change"], item=f"L-{number}")
    client = signed_in(cast["rita"])
    with CaptureQueriesContext(connection) as asked:
        first = client.get(reverse("gate:requests"))
    assert not [query for query in asked if "COUNT(" in query["sql"].upper()]
    assert len(asked) < 20
    found = first.content.decode()
    assert "Next page" in found
    assert "Page 1" in found
    second = client.get(reverse("gate:requests"), {"page": 2}).content.decode()
    assert "Previous page" in second
    assert "Next page" not in second
    oldest = client.get(reverse("gate:requests"), {"sort": "submitted_at"})
    assert next(iter(oldest.context["table"].paginated_rows)).record.item == "L-0"
    for page_number in ("99999", "0", "-1", "x"):
        assert client.get(reverse("gate:requests"), {"page": page_number}).status_code == OK


def test_the_export_holds_what_the_filter_shows_and_says_it_is_no_record(cast, several):
    client = signed_in(cast["rita"])
    url = reverse("gate:export-requests", args=["csv"])
    rows = list(csv.reader(io.StringIO(client.get(url, {"outcome": "refused"}).content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert rows[1][:2] == [several["refused"].reference, "L-3"]
    assert rows[2][0].startswith(NOT_A_RECORD)
    book = load_workbook(
        io.BytesIO(client.get(reverse("gate:export-requests", args=["xlsx"])).content), read_only=True
    )
    requests, notes = (list(sheet.values) for sheet in book.worksheets)
    assert len(requests) == 5
    assert notes[0][0].startswith(NOT_A_RECORD)


def test_an_export_that_would_be_too_long_says_what_is_missing(cast, several, monkeypatch):
    from fairgate.gate.views import lists as views

    monkeypatch.setattr(views, "MOST_ROWS", 2)
    answer = signed_in(cast["rita"]).get(reverse("gate:export-requests", args=["csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert "Only the newest 2 requests are here" in rows[-1][0]
    assert rows[1][0] == several["approved"].reference


def test_the_front_page_says_what_waits(cast, several):
    found = page(signed_in(cast["rita"]), "gate")
    assert "for you here." in found
    assert several["reviewed"].reference in found
    assert NOT_A_RECORD in found


def test_signs_that_no_spreadsheet_can_hold_are_left_out_of_one(cast, gate):
    request = submitted(cast["charlie"], gate["change"])
    ServiceRequest.objects.filter(pk=request.pk).update(
        asked="May\uffff we\x0b?"
    )  # as older records may have it
    answer = signed_in(cast["charlie"]).get("/gate/requests/table.xlsx")
    cells = [cell.value for row in load_workbook(io.BytesIO(answer.content)).worksheets[0] for cell in row]
    assert "May we?" in cells


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ud800", "\ufffe", "\uffff"])
def test_signs_that_no_spreadsheet_can_hold_are_not_taken(cast, gate, sign):
    with pytest.raises(actions.Faulty):
        submitted(cast["charlie"], gate["change"], asked=f"May{sign} we?")


@pytest.mark.parametrize("page_number", ["99999999999999999", str(2**70), "1e9", "-3"])
@pytest.mark.parametrize("name", ["requests", "questions"])
def test_a_page_far_beyond_the_last_is_answered(cast, several, name, page_number):
    answer = signed_in(cast["dora"]).get(reverse(f"gate:{name}"), {"page": page_number})
    assert answer.status_code in {200, 404}


def test_whoever_has_nothing_to_ask_for_is_not_offered_to_ask(cast, gate):
    submitted(cast["charlie"], gate["change"])
    for name in ("gate", "requests", "questions"):
        address = reverse(f"gate:{name}")
        assert not signed_in(cast["rita"]).get(address).context["may_submit"]
        assert signed_in(cast["charlie"]).get(address).context["may_submit"]


def test_each_cell_of_the_list_names_its_column_for_a_phone(cast, gate):
    submitted(cast["charlie"], gate["change"])
    shown = signed_in(cast["rita"]).get(reverse("gate:requests")).content.decode()
    assert 'class="cards dense"' in shown
    for label in ("Request", "What was asked", "From", "Kind", "Now", "Submitted (UTC)", "Promised (UTC)"):
        assert f'data-label="{label}"' in shown
