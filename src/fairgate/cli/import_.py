"""`fairgate import decisions FILE`: what a timer calls every night. Checked first, then saved whole or not at all.
`fairgate import accounts FILE`: whose accounts the people in those records are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fairgate.gate.models import DecisionImport, DecisionMapping
    from fairgate.shared.actor import System

SHOWN = 50


@click.group("import")
def command() -> None:
    """Bring records of another system."""


@command.command("decisions")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping", "name", required=True, help="Name of the kept mapping: how this source's files are read."
)
@click.option("--dry-run", is_flag=True, help="Say what would be saved, and save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print counts and problems as JSON.")
def decisions(file: Path, name: str, dry_run: bool, as_json: bool) -> None:
    """Import the decisions in FILE (XLSX, CSV or an event log).

    The mapping is made once, on the page Gate, Imports. Exits with 0 when all of it was saved or nothing in it was new, with 1
    when there are problems (nothing was saved then; each is listed), with 2 when called wrongly.
    """
    if not file.is_file():
        raise click.UsageError(f"{file}: found no such file; a file was expected")
    by = _started()
    coming = _read(by, file, _mapping(by, name))
    problems = [_sentence(coming, line) for line in _problems(coming)]
    if problems:
        _tell(coming, problems, "refused", as_json)
        raise SystemExit(1)
    if dry_run:
        _discard(by, coming)
        _tell(coming, [], "dry run", as_json)
        return
    if refused := _apply(by, coming):
        _tell(coming, [refused], "refused", as_json)
        raise SystemExit(1)
    _tell(coming, [], "saved", as_json)


@command.command("accounts")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="The other system, as its kept mapping calls it.")
@click.option("--sheet", default="", help="Sheet of a workbook.")
@click.option("--dry-run", is_flag=True, help="Say what would be saved, and save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print counts and problems as JSON.")
def accounts(file: Path, source: str, sheet: str, dry_run: bool, as_json: bool) -> None:
    """Say whose accounts the people in another system's records are.

    FILE (XLSX or CSV) has two columns: "name", as that system writes people, and "sign-in name"; an empty sign-in name takes the
    mapping back. The file is not kept, and the ledger gets counts only. All of it is saved, or nothing (then it exits with 1).
    """
    if not file.is_file():
        raise click.UsageError(f"{file}: found no such file; a file was expected")
    by = _started()
    _known_source(by, source)
    from fairgate.gate.imports.accounts import map_from_file
    from fairgate.readers.choices import Choices
    from fairgate.readers.problems import ReadError

    choices = Choices.of({"sheet": sheet} if sheet else {})
    try:
        done = map_from_file(by=by, path=file, source=source, choices=choices, dry_run=dry_run)
    except ReadError as refused:
        problems = [str(problem) for problem in refused.problems]
        problems += [f"and {refused.more:,} more"] if refused.more else []
        _tell_accounts(file, {}, problems, "refused", as_json)
        raise SystemExit(1) from None
    counts = {"mapped": done.mapped, "unmapped": done.unmapped, "unchanged": done.unchanged}
    _tell_accounts(file, counts, [], "dry run" if dry_run else "saved", as_json)


def _known_source(by: System, source: str) -> None:
    from fairgate.gate.queries.accounts import sources_for

    if source not in (there := sources_for(by)):
        known = ", ".join(f"“{one}”" for one in there) or "none yet: no record that came in names anybody"
        raise click.UsageError(f"found no source “{source}”; expected one of: {known}")


def _tell_accounts(file: Path, counts: dict[str, int], problems: list[str], what: str, as_json: bool) -> None:
    if as_json:
        told = {"file": file.name, "result": what, "counts": counts, "problems": problems}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for problem in problems:
        click.echo(f"- {problem}", err=True)
    if problems:
        click.echo(f"{file.name}: nothing was saved.")
        return
    said = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count or name == "mapped")
    click.echo(f"{file.name}: {said}. {'Saved.' if what == 'saved' else 'Dry run: nothing was saved.'}")


def _started() -> System:
    from fairgate.cli import django_app

    django_app.start()

    from django.conf import settings

    if not django_app.is_there():
        raise click.UsageError(
            f"There is no installation in {settings.DATA} (FAIRGATE_DATA chooses another folder)."
        )
    from fairgate.shared.actor import System

    return System("command-line")


def _mapping(by: System, name: str) -> DecisionMapping:
    from fairgate.gate.queries.imports import mapping_called, mappings_for

    there = [mapping.name for mapping in mappings_for(by)]
    if name.casefold() not in {one.casefold() for one in there}:
        known = ", ".join(f"“{one}”" for one in there) or "none yet; make one on the page Gate, Imports"
        raise click.UsageError(f"found no mapping “{name}”; expected one of: {known}")
    return mapping_called(by, name)


def _read(by: System, file: Path, mapping: DecisionMapping) -> DecisionImport:
    from fairgate.gate import imports
    from fairgate.gate.queries.imports import import_for

    try:
        coming = imports.open_file(by=by, name=file.name, content=_pieces(file), mapping=mapping.pk)
    except (imports.TooLarge, OSError) as refused:
        raise click.ClickException(str(refused)) from refused
    imports.read(by=by, pk=coming.pk)()
    return import_for(by, coming.pk)


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            yield piece


def _problems(coming: DecisionImport) -> Iterator[Any]:
    from fairgate.gate.imports.lists import lines_in

    return lines_in(coming.findings["problem_list"]) if coming.findings.get("problem_list") else iter(())


def _sentence(coming: DecisionImport, line: Any) -> str:
    from fairgate.readers.problems import Problem

    row, column, found, expected = line
    return str(Problem(coming.name, row, column or "", found, expected.removesuffix(".")))


def _discard(by: System, coming: DecisionImport) -> None:
    from fairgate.gate import imports

    imports.discard(by=by, pk=coming.pk)


def _apply(by: System, coming: DecisionImport) -> str:
    """Why it could not be saved, after all; empty when it was."""
    from fairgate.gate import imports
    from fairgate.gate.actions.imports import NotReady, StaleFindings, StaleMapping

    try:
        imports.apply(by=by, pk=coming.pk)
    except imports.Faulty as refused:
        return refused.problems[0]
    except (imports.FileChanged, NotReady, StaleFindings, StaleMapping) as refused:
        return f"{coming.name}: something changed while it was imported ({type(refused).__name__}); nothing was saved"
    return ""


COUNTS = {
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "gone": "no longer in the file (kept here)",
    "superseded": "corrected, but decided anew in Fairgate since (left as they are)",
    "undecided": "not decided yet (left out)",
    "left_out": "left out by the mapping",
}


def _tell(coming: DecisionImport, problems: list[str], what: str, as_json: bool) -> None:
    counts = {name: int(coming.findings.get("counts", {}).get(name, 0)) for name in COUNTS}
    if as_json:
        told = {
            "file": coming.name,
            "sha256": coming.file_id,
            "import": str(coming.pk),
            "result": what,
            "counts": counts,
        }
        told |= {
            "changed_values": coming.findings.get("fields", {}),
            "unknown": coming.findings.get("unknown", {}),
            "notes": coming.findings.get("source", {}).get("notes", []),
        }
        click.echo(json.dumps({**told, "problems": problems}, indent=2, ensure_ascii=False))
        return
    for problem in problems[:SHOWN]:
        click.echo(f"- {problem}", err=True)
    if len(problems) > SHOWN:
        click.echo(
            f"- and {len(problems) - SHOWN:,} more: --json lists all, and so does the page of the import",
            err=True,
        )
    said = [
        f"{count:,} {COUNTS[name]}" for name, count in counts.items() if count or name in ("new", "changed")
    ]
    for note in coming.findings.get("source", {}).get("notes", ()):
        click.echo(f"Note: {note}", err=True)
    saved = "Saved." if counts["new"] or counts["changed"] else "Nothing new."
    ending = {"saved": saved, "dry run": "Dry run: nothing was saved.", "refused": "Nothing was saved."}[what]
    click.echo(f"{coming.name}: {', '.join(said)}. {ending}")
