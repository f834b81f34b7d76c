"""`fairgate verify`: was the ledger altered?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.command("verify")
@click.option(
    "--anchors",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the anchors; else the installation's.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(anchors: Path | None, as_json: bool) -> None:
    """Check that the ledger and the kept files were not altered.

    Reads every entry and every file, and compares with the anchors kept outside the database. Exits with 1 when
    something was found.
    """
    from fairgate.cli import django_app

    django_app.start()

    from django.conf import settings

    from fairgate.cli.django_app import is_there

    if not is_there():
        raise click.ClickException(
            f"There is no installation in {settings.DATA} (FAIRGATE_DATA chooses another folder; "
            "a demonstration stands in demonstration/NAME inside it)."
        )

    from fairgate.files import queries as files
    from fairgate.files import wording as about_files
    from fairgate.ledger import queries, wording

    checked = queries.verify(anchors=anchors or settings.ANCHORS)
    damaged = list(files.verify_all())
    if as_json:
        click.echo(
            json.dumps(
                {
                    **asdict(checked),
                    "ok": checked.ok and not damaged,
                    "files": [it._asdict() for it in damaged],
                },
                indent=2,
                default=str,
            )
        )
    else:
        click.echo(wording.summary(checked))
        for found in checked.findings:
            click.echo(f"- {wording.finding(found)}")
        if checked.unlisted:
            click.echo(f"- and {checked.unlisted:,} more")
        for it in damaged:
            click.echo(f"- {about_files.damage(it)}")
    if damaged or not checked.ok:
        raise SystemExit(1)
