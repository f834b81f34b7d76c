"""What else a workbook brings: hidden sheets, and comments with their writers' names."""

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from fairgate.readers.workbook import has_comments, is_workbook, other_sheets


@pytest.fixture
def book():
    made = Workbook()
    made.active.title = "Ratings & more"
    made.active.append(["team", "rating"])
    made.active.append(["Ash", 4])
    return made


def saved(book, folder):
    file = folder / "ratings.xlsx"
    book.save(file)
    return file


def test_every_sheet_is_read_in_order_hidden_ones_too(book, tmp_path):
    hidden = book.create_sheet("who")
    hidden.append(["row", "name"])
    hidden.append([2, "Ada Example"])
    hidden.sheet_state = "veryHidden"
    found = {name: [cells for _, cells in rows] for name, rows in other_sheets(saved(book, tmp_path))}
    assert found == {
        "Ratings & more": [["team", "rating"], ["Ash", "4"]],
        "who": [["row", "name"], ["2", "Ada Example"]],
    }


def test_a_sheet_that_is_only_a_chart_has_no_rows(book, tmp_path):
    picture = BarChart()
    picture.add_data(Reference(book.active, min_col=2, min_row=1, max_row=2))
    book.create_chartsheet("Picture").add_chart(picture)
    assert [name for name, rows in other_sheets(saved(book, tmp_path)) if list(rows)] == ["Ratings & more"]


def test_comments_are_seen_wherever_they_are(book, tmp_path):
    assert not has_comments(saved(book, tmp_path))
    book.create_sheet("second")["C9"].comment = Comment("that was me", "Ada Example")
    assert has_comments(saved(book, tmp_path))


def test_a_csv_is_no_workbook_whatever_it_is_called(book, tmp_path):
    assert is_workbook(saved(book, tmp_path))
    called = tmp_path / "called.xlsx"
    called.write_text("team,rating\nAsh,4\n")
    assert not is_workbook(called)
