"""`fairgate score FILE`: the fair score of each team."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairgate.cli.fit import check_file, progress, reading_options
from fairgate.cli.several import Several

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairgate.engines.ordinal.fair import Decisions, FairScores, OutcomeEffect, TeamScore
    from fairgate.readers.cells import Cells
    from fairgate.readers.choices import Choices

MOST_NOTES = 20  # printed one by one


@click.command("score", cls=Several)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--rating", metavar="COL", required=True, help="Column with the rating; empty where nobody answered."
)
@click.option("--outcome", metavar="COL", required=True, help="Column with what was decided.")
@click.option(
    "--approving",
    metavar="VALUE",
    multiple=True,
    required=True,
    help="Outcomes that approve; the plain one first.",
)
@click.option("--team", metavar="COL", required=True, help="Column with the team that decided.")
@click.option(
    "--item", metavar="COL", default="", help="Column with the question, where a ballot has several."
)
@click.option(
    "--ballot", metavar="COL", default="", help="Column that tells ballots apart; otherwise a row is one."
)
@click.option("--rater", metavar="COL", default="", help="Column that tells raters apart.")
@click.option(
    "--case",
    "cases",
    metavar="COL",
    multiple=True,
    help="What describes a request, its kind first: risk, seniority, customer unit. Never what the team causes.",
)
@click.option("--levels", metavar="A,B,C", help="Levels, lowest first; needed where ratings aren't numbers.")
@click.option(
    "--good", metavar="LEVEL", help="The lowest level that counts as good; 4 where levels are 1 to 5."
)
@click.option("--link", type=click.Choice(["logit", "probit"]), default="logit", show_default=True)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    file: Path,
    rating: str,
    outcome: str,
    approving: tuple[str, ...],
    team: str,
    item: str,
    ballot: str,
    rater: str,
    cases: tuple[str, ...],
    levels: str | None,
    good: str | None,
    link: str,
    as_json: bool,
    **reading: str,
) -> None:
    """How well does each team treat people, whatever it decides?

    FILE has one row for each decision (or for each question of its ballot), rated or not: CSV, Parquet, XLSX, or CSV as gz.
    The fair score is what a team would get if all had the same mix of cases and decisions: a refusal doesn't lower it, giving in
    doesn't raise it.
    """
    check_file(file)
    from fairgate.engines.ordinal import LINKS, OrdinalError
    from fairgate.engines.ordinal.fair import score
    from fairgate.readers.cells import count_cells
    from fairgate.readers.choices import Choices
    from fairgate.readers.problems import ReadError

    parts = {"item": item, "ballot": ballot, "rater": rater}
    wanted = {rating: "rating", outcome: "outcome", team: "team"}
    wanted |= {column: part for part, column in parts.items() if column} | dict.fromkeys(cases, "case")
    if len(wanted) < 3 + sum(map(bool, parts.values())) + len(cases):
        raise click.UsageError("A column was chosen for two things; choose each once.")
    try:
        choices = Choices.of(reading)
        cells = count_cells(file, wanted, choices=choices)
        columns = {"rating": rating, "outcome": outcome, "team": team, **parts}
        decisions, left_out = _decisions(file, columns, approving, cases, (levels, good), cells, choices)
        scores = score(decisions, next(name for name in LINKS if name == link), on_step=progress(as_json))
    except ReadError as error:
        raise click.ClickException(str(error)) from error
    except OrdinalError as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    told = [f"{left_out:,.0f} rows name no team or no outcome: left out."] if left_out else []
    if as_json:
        shown = scores.to_dict()
        shown["warnings"] = [*told, *shown["warnings"]]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print(scores, told)


def _decisions(
    file: Path,
    columns: Mapping[str, str],
    approving: tuple[str, ...],
    cases: tuple[str, ...],
    scale: tuple[str | None, str | None],
    cells: Cells,
    choices: Choices,
) -> tuple[Decisions, float]:
    """The rows that name a team and an outcome, and how many don't."""
    import numpy as np

    from fairgate.cli.rating_table import category, levels_of, likely_levels, with_blank
    from fairgate.engines.ordinal import Category
    from fairgate.engines.ordinal.fair import Decisions

    codes, names = levels_of(file, columns["rating"], cells, scale[0], choices, likely_levels)
    team, outcome = category(columns["team"], cells), category(columns["outcome"], cells)
    keep = (team.codes >= 0) & (outcome.codes >= 0)
    if not keep.any():
        raise click.ClickException(f"{file.name}: no row names both a team and an outcome.")

    def kept(column: Category) -> Category:
        return Category(column.name, column.codes[keep], column.names)

    def chosen(part: str) -> Category | None:
        return kept(category(columns[part], cells)) if columns[part] else None

    made = Decisions(
        rating=codes[keep],
        levels=names,
        good=_good(file, names, scale[1]),
        team=kept(team),
        outcome=kept(outcome),
        approving=tuple(dict.fromkeys(approving)),
        cases=tuple(kept(with_blank(category(name, cells))) for name in cases),
        item=chosen("item"),
        ballot=chosen("ballot"),
        rater=chosen("rater"),
        count=cells.count[keep],
    )
    return made, float(np.sum(cells.count[~keep]))


def _good(file: Path, levels: tuple[str, ...], good: str | None) -> int:
    from fairgate.cli.rating_table import good_level

    good = good or good_level(levels)
    if not good:
        all_the_same = " If it is 1 to 5 all the same: --levels 1,2,3,4,5." * (set(levels) <= set("12345"))
        raise click.ClickException(
            f"{file.name}: found the levels {', '.join(levels)}; expected 1 to 5, or --good LEVEL, the lowest that "
            f"counts as good.{all_the_same}"
        )
    if good not in levels:
        raise click.ClickException(
            f"--good {good}: found no such level; expected one of {', '.join(levels)}."
        )
    return levels.index(good)


def _print(scores: FairScores, told: list[str]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("team")
    for label in (
        "ballots", "raw", "fair", "90 in 100 between", "refusal", "90 in 100 between", "approving all adds"
    ):  # fmt: skip
        table.add_column(label, justify="right")
    for one in scores.teams:
        table.add_row(*map(escape, _line(one)))  # a team may be called [A]
    console.print(table)
    console.print()
    noted = [one for one in scores.teams if one.note]
    for one in noted[:MOST_NOTES]:
        console.print(f"{one.team}: {one.note}", markup=False)
    if len(noted) > MOST_NOTES:
        console.print(
            f"and {len(noted) - MOST_NOTES} more teams with a note; --json has them all.", markup=False
        )
    for effect in scores.outcome_effect:
        console.print(f"{effect.outcome} against {scores.reference}: {_pull(effect)}", markup=False)
    if scores.sensitivity is not None:
        for sentence in (
            scores.sensitivity.e_value_sentence, scores.sensitivity.tipping_sentence, scores.sensitivity.r_sentence
        ):  # fmt: skip
            console.print(sentence, markup=False)
    for warning in (*told, *scores.warnings):
        console.print(f"Warning: {warning}", markup=False)


def _pull(effect: OutcomeEffect) -> str:
    if effect.leans:
        way = "lower" if effect.estimate < 0 else "higher"
        return f"rated {way}; too few ratings, or too many alike, to say how far."
    low, high = effect.interval
    return f"{effect.estimate:+.2f} on the scale of the link ({low:+.2f} to {high:+.2f})."


def _line(one: TeamScore) -> tuple[str, ...]:
    def points(value: float | None) -> str:
        return "–" if value is None else f"{value:.0f}"

    def between(interval: tuple[float, float] | None) -> str:
        return "–" if interval is None else f"{interval[0]:.0f} to {interval[1]:.0f}"

    gain = "–" if one.approval_effect is None else f"{round(one.approval_effect):+d}"
    fair = points(one.fair) + (" borrowed" if one.borrowed else "")
    refused = points(one.refusal), between(one.refusal_interval)
    return one.team, f"{one.ballots:,}", points(one.raw), fair, between(one.interval), *refused, gain
