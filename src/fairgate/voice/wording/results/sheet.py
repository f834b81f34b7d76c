"""The same figures as rows to take along."""

from collections.abc import Iterator
from typing import Final

from fairgate.shared.translations import Translations
from fairgate.voice.rules import Results
from fairgate.voice.wording.results.names import sentence

CSV_HEADER: Final = (
    "table", "attributes", "item", "sentence", "answered", "could judge", "steps", "at least", "at most"
)  # fmt: skip


def csv_rows(found: Results, say: Translations) -> Iterator[tuple[str | int, ...]]:
    """A line for each part, one for each figure that is hidden, and one for each table that is withheld."""
    for table in found.tables:
        if table.withheld:
            yield (table.code, "", "", "", "", say.gettext("withheld"), "", "", "")
            continue
        for row in table.rows:
            head = (
                table.code,
                ", ".join(f"{name}={value}" for name, value in zip(table.attributes, row.keys, strict=True)),
                row.item,
                sentence(row.item, say),
                row.ballots,
            )
            if row.parts is None or row.raters is None:
                yield (*head, say.gettext("hidden"), "", "", "")
                continue
            for part in row.parts:
                yield (*head, row.raters, "-".join(map(str, part.steps)), part.low, part.high)
