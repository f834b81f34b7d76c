"""What docs/tutorial/first-quarter-of-an-hour.md tells, step by step: from nothing to the answer and its page.

With FAIRGATE_PICTURES=1 it takes the tutorial's pictures.
"""

import io

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from journeys.looking import DESK, PHONE, assert_accessible, assert_fits, picture, picture_of_paper
from journeys.serving import Server

ROWS = [
    ("Manufacturing", "batch release", "Quality", "Tablets", "Patients", "release"),
    ("Manufacturing", "advice on deviations", "Quality", "Tablets", "Patients", "help"),
    ("Packaging", "release of packed lots", "Quality", "Tablets", "Patients", "release"),
    ("Warehouse", "status of returned goods", "Quality", "Tablets", "Patients", "release"),
    ("Procurement", "approval of suppliers", "Quality", "Tablets", "Patients", "release"),
    ("Packaging", "tablets in bulk", "Manufacturing", "Tablets", "Patients", "help"),
    ("Warehouse", "packed lots", "Packaging", "Tablets", "Patients", "help"),
    ("Manufacturing", "raw materials", "Procurement", "Tablets", "Patients", "help"),
    ("Quality", "complete batch records", "Manufacturing", "Tablets", "Patients", "help"),
    ("Sales", "answers to customers' audits", "Quality", "Supply to hospitals", "Hospitals", "help"),
]
COLUMNS = ("customer", "what", "supplier", "process", "external", "kind")
PASSWORD = "correct horse battery staple"
ANSWER = "5 of 5 other units need Quality in order to serve an external customer"
AUTHORITY = "It holds authority over 4 other units: Manufacturing, Packaging, Procurement and Warehouse."


def test_from_nothing_to_the_answer_with_ten_rows_typed(empty: Server, page: Page) -> None:
    _first_account(empty, page)
    picture(page, "1-empty", height=560)
    _function(page)
    _type_ten_rows(page)
    _answer(page)
    _paper(page)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Who is the customer of Quality?")).to_be_visible()
    assert_accessible(page)


def test_from_nothing_to_the_answer_with_ten_rows_in_a_spreadsheet(empty: Server, page: Page) -> None:
    _first_account(empty, page)
    _function(page, pictured=False)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the template (XLSX)").click()
    template = coming.value.path().read_bytes()
    page.get_by_role("link", name="Bring the file, or paste rows").click()
    page.get_by_label("A file").set_input_files(
        {"name": "needs.xlsx", "mimeType": "application/octet-stream", "buffer": _filled(template)}
    )
    picture(page, "6-bring-the-file", height=700)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("Checked: this is what would be saved. Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text("10 new needs")).to_be_visible()
    picture(page, "7-dry-run")
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_text("Saved: everything in “needs.xlsx”.")).to_be_visible()
    page.locator("svg.flow").get_by_role("link", name="Quality").click()
    _answer(page, pictured=False)
    _paper(page)


def _first_account(server: Server, page: Page) -> None:
    """The address that `fairgate serve` printed works once."""
    assert "/people/first/" in server.first
    page.goto(server.first)
    picture(page, "0-first-account", height=760)
    page.get_by_label("Your name").fill("Alva Lindqvist")
    page.get_by_label("Sign-in name").fill("alva")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("link", name="Begin")).to_be_visible()


def _function(page: Page, *, pictured: bool = True) -> None:
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("Which function are you?").fill("Quality")
    page.get_by_label("What is it responsible for?").fill("Releases or holds what the plant makes.")
    if pictured:
        picture(page, "2-which-function", height=640)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who needs what from you")


def _type_ten_rows(page: Page) -> None:
    """Process and external customer only where they change, as the page says."""
    above = ("", "")
    for number, row in enumerate(ROWS):
        for name, value in zip(COLUMNS, row, strict=True):
            cell = page.locator(f"#id_needs-{number}-{name}")
            if name == "kind":
                cell.select_option(value)
            elif name == "supplier" and value == "Quality":
                expect(cell).to_have_value("Quality")  # offered already
            elif name not in ("process", "external") or row[3:5] != above:
                cell.fill(value)
        above = row[3:5]
    picture(page, "3-ten-rows", top=".lines", height=660)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Save, and show the answer").click()
    expect(page.get_by_text("Saved: here is the first answer.")).to_be_visible()


def _answer(page: Page, *, pictured: bool = True) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Quality")
    expect(page.locator("p.lead")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text(AUTHORITY)
    expect(page.locator("main")).to_contain_text("It is itself the customer of Manufacturing.")
    expect(page.locator("main")).to_contain_text("tells nobody apart")
    readings = page.locator(".readings")
    expect(readings).to_contain_text("5 of 5 units")
    expect(readings).to_contain_text("4 of 5 units")
    expect(readings).to_contain_text("Hospitals")
    assert_accessible(page)
    if pictured:
        picture(page, "4-the-answer", height=760)


def _paper(page: Page) -> None:
    """One page, with the same sentences."""
    link = page.get_by_role("link", name="One page to print (PDF)")
    answer = page.context.request.get(page.url.rstrip("/") + "/" + "page.pdf")
    assert link.get_attribute("href") in answer.url
    assert answer.headers["content-type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(answer.body()))
    assert len(paper.pages) == 1
    picture_of_paper(answer.body(), "5-on-paper")
    words = " ".join(paper.pages[0].extract_text().split())
    for sentence in ("Who are the customers of Quality?", ANSWER, "Manufacturing", "batch release"):
        assert sentence in words, f"{sentence!r} is not on the page: {words}"


def _filled(template: bytes) -> bytes:
    """The template with ten rows below its own header, as somebody types them in a spreadsheet."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header[:6] == [
        "Who needs it",
        "What they need",
        "From whom",
        "Process",
        "External customer",
        "Help or release",
    ]
    for row in ROWS:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
