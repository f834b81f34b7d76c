"""What several pages share."""

from collections.abc import Sequence

from django.http import HttpResponse

from fairgate.web import spreadsheet


def parent(name: str, url: str) -> dict[str, str]:
    """The place a page hangs on, for the way back above its heading."""
    return {"parent": name, "parent_url": url}


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
