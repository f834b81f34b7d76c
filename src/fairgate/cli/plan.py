"""`fairgate plan`: before anybody is asked, which figures will be publishable when."""

from __future__ import annotations

import gettext
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fairgate.engines.disclosure.planning import Plan, Planned, Team

A_YEAR = "Decisions a year that "


@click.command("plan")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--people", type=int, required=True, help="People who ask for decisions and have an account.")
@click.option("--approved", type=float, help=A_YEAR + "approve.")
@click.option("--conditions", type=float, help=A_YEAR + "approve with conditions.")
@click.option("--returned", type=float, help=A_YEAR + "return what was handed in.")
@click.option("--refused", type=float, help=A_YEAR + "refuse.")
@click.option(
    "--teams",
    type=click.IntRange(1, 200),
    default=1,
    show_default=True,
    help="Teams that share the decisions.",
)
@click.option(
    "--deciders",
    type=click.IntRange(1, 1000),
    default=4,
    show_default=True,
    help="People who decide, in each team.",
)
@click.option(
    "--response", type=float, default=0.5, show_default=True, help="Share of those asked that answers."
)
@click.option(
    "--period",
    "periods",
    type=click.Choice(["1", "3", "6", "12"]),
    multiple=True,
    help="Months of a period; give it several times to compare.  [default: all]",
)
@click.option(
    "--juniors", type=float, default=1 / 3, help="Share of the people that are juniors.  [default: a third]"
)
@click.option(
    "--seniors", type=float, default=1 / 3, help="Share of the people that are seniors.  [default: a third]"
)
@click.option(
    "--oversampling",
    type=float,
    default=3.0,
    show_default=True,
    help="How many times as likely one that didn't approve is picked.",
)
@click.option(
    "--concentration",
    type=float,
    default=1.0,
    show_default=True,
    help="How differently often people ask; 0 is all alike.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    file: Path | None,
    people: int,
    approved: float | None,
    conditions: float | None,
    returned: float | None,
    refused: float | None,
    teams: int,
    deciders: int,
    response: float,
    periods: tuple[str, ...],
    juniors: float,
    seniors: float,
    oversampling: float,
    concentration: float,
    as_json: bool,
) -> None:
    """Which figures will be publishable when?

    Decisions a year by outcome, shared by equal teams; or FILE, a table (CSV or XLSX) with a row for each team: team, approved,
    conditions, returned, refused, deciders.
    """
    counts = {"approved": approved, "conditions": conditions, "returned": returned, "refused": refused}
    given = {outcome: count for outcome, count in counts.items() if count is not None}
    if bool(given) == bool(file):
        raise click.UsageError(
            "Say how many decisions there are a year (--approved, --refused, …), or give a FILE: one of the two."
        )

    from fairgate.engines.disclosure.planning import BadPlan, Plan, plan
    from fairgate.readers.problems import ReadError

    try:
        wanted = Plan(
            people=people,
            teams=_teams(file, given, teams, deciders),
            response=response,
            oversampling=oversampling,
            seniority=(juniors, 1.0 - juniors - seniors, seniors),
            concentration=concentration,
        )
        found = plan(wanted, [int(months) for months in periods] or (1, 3, 6, 12))
    except (BadPlan, ReadError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print(wanted, found)


def _teams(file: Path | None, given: dict[str, float], teams: int, deciders: int) -> tuple[Team, ...]:
    from fairgate.cli.plan_table import teams_in
    from fairgate.engines.disclosure.planning import Team

    if file is not None:
        if not file.is_file():
            raise click.ClickException(f"{file}: found no such file; a table was expected.")
        return teams_in(file, deciders)
    each = {outcome: count / teams for outcome, count in given.items()}
    names = ["the team"] if teams == 1 else [f"team {number}" for number in range(1, teams + 1)]
    return tuple(Team(name, each, deciders) for name in names)


def _print(wanted: Plan, found: Planned) -> None:
    from rich.console import Console
    from rich.table import Table

    from fairgate.voice.wording import plan as wording

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    console.print(f"[bold]{wording.lead(found, gettext)}[/bold]")
    for sentence in (
        *wording.advice(found, gettext),
        "",
        *(wording.expected(it, gettext) for it in found.lengths),
    ):
        console.print(sentence, markup=False)
    console.print()
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("figure")
    for length in found.lengths:
        table.add_column(gettext.gettext(wording.PERIODS[length.months]))
    for row in wording.rows(found, gettext):
        table.add_row(row.figure, *row.cells)
    console.print(table)
    console.print(f"\n{wording.legend(gettext)}\n\n[dim]Assumed[/dim]", markup=True)
    for sentence in wording.assumptions(wanted, gettext):
        console.print(f"- {sentence}", markup=False)
