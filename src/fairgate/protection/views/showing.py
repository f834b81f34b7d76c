"""What several pages share."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fairgate.gate.wording import NOT_A_RECORD
from fairgate.web import spreadsheet

MOST_ROWS = 50_000


def parent(name: str, url: str) -> dict[str, str]:
    """The place a page hangs on, for the way back above its heading."""
    return {"parent": name, "parent_url": url}


def bounded(found: QuerySet[Any]) -> tuple[list[Any], list[str]]:
    """The rows of an export, and the notes that go with it: the last says so where there are more."""
    rows, notes = list(found[: MOST_ROWS + 1]), [_(NOT_A_RECORD)]
    if len(rows) > MOST_ROWS:
        rows.pop()
        text = _("Only the first %(most)s are here, in the order of the page; there are more.")
        notes.append(text % {"most": f"{MOST_ROWS:,}"})
    return rows, notes


def as_file(
    form: str,
    name: str,
    title: str,
    header: Sequence[str],
    cells: Sequence[Sequence[str | None]],
    notes: Sequence[str] = (),
) -> HttpResponse:
    """A table to download, as ``xlsx`` or ``csv``; a CSV carries its notes as last rows."""
    if form == "xlsx":
        content, kind = spreadsheet.xlsx(title, header, cells, notes), spreadsheet.XLSX
    else:
        content, kind = spreadsheet.csv_text(header, [*cells, *([note] for note in notes)]), spreadsheet.CSV
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
