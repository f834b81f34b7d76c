"""`fairgate customers FILE`: who is my internal customer?"""

from __future__ import annotations

import gettext
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fairgate.engines.customers import Answer, Counts, Declared, Description, Discrimination
    from fairgate.readers.profile import Profile
    from fairgate.readers.table import Source

OPTIONS = (
    ("unit-from", "ATTR", "Attribute or column that names the unit."),
    ("case", "ATTR", "Attribute or column that names the case."),
    ("activity", "ATTR", "Attribute or column that names the activity."),
    ("time", "ATTR", "Attribute or column with the time."),
    ("value-from", "ATTR", "Attribute or column with a case's amount; without it every case counts 1."),
    ("external-from", "ATTR", "Attribute or column that names the external customer."),
    ("document-from", "ATTR", "Attribute or column that names the process document."),
    ("approve", "PATTERN", "Activities that approve (a regular expression; upper and lower case are alike)."),
    ("reject", "PATTERN", "Activities that reject; looked for before those that approve."),
    ("return", "PATTERN", "Activities that send work back."),
    ("served", "PATTERN", "Activities that mean: served. Otherwise the last decision has to approve."),
    ("sheet", "NAME", "Sheet of a workbook."),
    ("separator", "SIGN", "What separates the cells of a CSV file."),
    ("encoding", "NAME", "Encoding of a CSV file."),
    ("date-format", "FORMAT", "How dates are written, such as %d.%m.%Y %H:%M."),
)


def _options(function: click.decorators.FC) -> click.decorators.FC:
    for name, metavar, text in reversed(OPTIONS):
        function = click.option(f"--{name}", name.replace("-", "_"), metavar=metavar, help=text)(function)
    return function


@click.command("customers")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", metavar="NAME", help="Answer for this unit; without it, every unit in one line.")
@_options
@click.option("--profile", type=click.Path(path_type=Path), help="A TOML file that keeps these options.")
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the unit's page as a PDF; needs --unit.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    file: Path, unit: str | None, profile: Path | None, pdf: Path | None, as_json: bool, **options: str | None
) -> None:
    """Who is my internal customer?

    FILE is an event log (XES, plain or gz; CSV; XLSX), a table of needs, or a table of flows; which of them is found out
    from its content. A case is one run through a process, such as one lot or one declaration.
    """
    if pdf and not unit:
        raise click.UsageError("--pdf prints the page of one unit: say which with --unit NAME.")
    if not file.is_file():
        raise click.ClickException(
            f"{file}: {'a folder' if file.is_dir() else 'no file'} was found; a file was expected."
        )

    from fairgate.engines.customers import CustomersError
    from fairgate.readers.problems import ReadError

    try:
        source, figures = _read(file, _profile(profile, options))
        answers = [figures.answer(unit)] if unit else list(figures.answers()) if as_json else []
        discrimination = _discrimination(figures) if as_json else None
    except ReadError as error:
        raise click.ClickException(str(error)) from error
    except CustomersError as error:
        raise click.ClickException(f"{file.name}: {error}") from error

    if as_json:
        shown = answers[0].to_dict() if unit else {"units": [answer.to_dict() for answer in answers]}
        click.echo(
            json.dumps(
                {**shown, "discrimination": discrimination and discrimination.to_dict()},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif unit:
        _print_answer(answers[0], source)
    else:
        _print_all(figures, source)
    if pdf:
        _write_pdf(answers[0], file, pdf)


def _profile(path: Path | None, options: dict[str, str | None]) -> Profile:
    """The profile, with what was given on the command line put over it."""
    from fairgate.readers.profile import Profile, read_profile

    return (read_profile(path) if path else Profile()).with_options(**options)


def _read(file: Path, profile: Profile) -> tuple[Source, Counts | Declared | Description]:
    from fairgate.organisation.dataset import counts_of, declared_in, description_in, patterns_of
    from fairgate.readers.events import EventLog
    from fairgate.readers.needs import NeedsSheet
    from fairgate.readers.recognise import read

    found = read(file, profile.choices)
    if isinstance(found, EventLog):
        return found.source, counts_of(found, patterns_of(profile.patterns))
    if isinstance(found, NeedsSheet):
        return found.source, declared_in(found)
    return found.source, description_in(found)


def _discrimination(figures: Counts | Declared | Description) -> Discrimination | None:
    """How far suppliers tell customers apart; flows as told say nothing about chance."""
    from fairgate.engines.customers import Description

    return None if isinstance(figures, Description) else figures.discrimination


def _print_answer(answer: Answer, source: Source) -> None:
    from rich.console import Console
    from rich.table import Table

    from fairgate.organisation.wording import answers, logs
    from fairgate.organisation.wording.figures import percent

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    facts = answers.facts_of(answer)
    console.print(f"[bold]{answers.lead(facts, gettext)}[/bold]\n", markup=True)
    for sentence in answers.sentences(facts, gettext):
        console.print(sentence, markup=False)

    console.print()
    for name, count, who in answers.readings(facts, gettext):
        console.print(f"{name + ':':<28}{count:<24}{who}", markup=False)

    if answer.internal_customers:
        console.print()
        table = Table(box=None, pad_edge=False, header_style="dim")
        for label, justify in (
            ("unit", "left"),
            ("needs it", "right"),
            ("by help", "right"),
            ("by release", "right"),
        ):
            table.add_column(label, justify=justify, no_wrap=label != "unit")  # type: ignore[arg-type]
        table.add_column("under its authority")
        table.add_column("in")
        for it in answer.internal_customers:
            table.add_row(
                it.unit,
                percent(it.dependence),
                percent(it.by_help),
                percent(it.by_release),
                "yes" if it.under_our_authority else "no",
                ", ".join(it.processes),
            )
        _wide(console, table)

    console.print("\n[dim]How do we know?[/dim]")
    told = [answers.basis(answer, gettext), *answers.notes(answer.notes, gettext)]
    if answer.kind == "measured":
        told[1:1] = logs.coverage(answer.coverage, gettext)
    for line in (*told, *_source_lines(source)):
        console.print(f"- {line}", markup=False)


def _print_all(figures: Counts | Declared | Description, source: Source) -> None:
    from rich.console import Console
    from rich.table import Table

    from fairgate.engines.customers import Counts, summaries
    from fairgate.organisation.wording import answers, logs

    told: list[str] = []
    if isinstance(figures, Counts):
        found = list(summaries(figures))
        told += [
            logs.discrimination(figures.discrimination, gettext),
            *logs.coverage(figures.coverage_dict(), gettext),
            *answers.notes(figures.notes, gettext),
        ]
    else:
        found = [answer.summary for answer in figures.answers()]
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(f"{len(found)} units. Ask for one with --unit NAME.\n", markup=False)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("unit")
    for label in (
        "documents",
        "customers by need",
        "under its authority",
        "decisions",
        "rejected",
        "passes it",
    ):
        table.add_column(label, justify="right")
    for line in logs.lines(found):
        table.add_row(*line)
    _wide(console, table)
    console.print()
    for sentence in (*told, *_source_lines(source)):
        console.print(f"- {sentence}", markup=False)


def _wide(console: object, table: object) -> None:
    """Print a table unshortened where nobody watches: in a file or a pipe a cut name is lost."""
    from rich.console import Console

    wide = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    wide.print(table)


def _source_lines(source: Source) -> Iterator[str]:
    from fairgate.organisation.wording import logs

    yield from logs.source(source.to_dict(), gettext)


def _write_pdf(answer: Answer, file: Path, pdf: Path) -> None:
    from fairgate.organisation.wording.page import of_answer
    from fairgate.web.pdf import REPORT, compile_pdf

    made = f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}"
    try:
        pdf.write_bytes(compile_pdf(REPORT, of_answer(answer, file.name, made, gettext)))
    except OSError as error:
        raise click.ClickException(f"{pdf}: the PDF could not be written ({error.strerror}).") from error
    click.echo(f"Written: {pdf}", err=True)
