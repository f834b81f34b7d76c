"""What the attacker holds: the database with everything a page does not show, and every byte on the disk."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from fairgate.voice.models import Period

Row = dict[str, Any]


@dataclass(frozen=True)
class Loot:
    """``tables``: rows with hidden columns, in the order the database gives them. ``files``: bytes by name: database,
    write-ahead log, outbox of files, logs, anchors; also the ledger and sessions, which are tables."""

    tables: dict[str, list[Row]]
    files: dict[str, bytes]
    period: str


HIDDEN = {
    "sqlite": ("rowid",),
    "postgresql": (
        "ctid::text AS ctid",
        "xmin::text::bigint AS xmin",
        "xmax::text::bigint AS xmax",
        "cmin::text::bigint AS cmin",
    ),
}


def taken(data: Path, period: Period) -> Loot:
    return Loot(
        {name: rows_of(name) for name in connection.introspection.table_names()}, _files(data), period.pk.hex
    )


def rows_of(table: str) -> list[Row]:
    with connection.cursor() as cursor:
        hidden = ", ".join(HIDDEN[connection.vendor])
        if connection.vendor == "sqlite":
            cursor.execute("SELECT wr FROM pragma_table_list WHERE name = %s", [table])
            hidden = "" if cursor.fetchone()[0] else hidden
        cursor.execute(f'SELECT {hidden}{", " if hidden else ""}* FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for place, row in enumerate(rows):
        row["(scan)"] = place
        if "ctid" in row:
            row["ctid"] = tuple(int(part) for part in row["ctid"].strip("()").split(","))
    return rows


def _files(data: Path) -> dict[str, bytes]:
    """Copied by another process: reading the live file in this one would drop the database's locks."""
    aside = Path(tempfile.mkdtemp(prefix="loot-"))
    try:
        subprocess.run(["cp", "-r", str(data), str(aside / "copy")], check=True)
        return {
            str(path.relative_to(aside / "copy")): path.read_bytes()
            for path in sorted((aside / "copy").rglob("*"))
            if path.is_file()
        }
    finally:
        shutil.rmtree(aside)
