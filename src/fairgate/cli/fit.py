"""`fairgate fit FILE`: a cumulative link mixed model of ratings."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairgate.cli.several import Several

if TYPE_CHECKING:
    from fairgate.engines.ordinal import Category, Ratings
    from fairgate.readers.cells import Cells
    from fairgate.readers.choices import Choices

# Matrices here are small: a second thread mostly waits, and on a busy machine waits long. Read when numpy is loaded,
# which is later.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

QUIET_SECONDS = 2.0  # before progress is told


def reading_options(function: click.decorators.FC) -> click.decorators.FC:
    """How the file is to be read; shared with `score`."""
    for name, text in (
        ("sheet", "Sheet of a workbook."),
        ("separator", "What separates the cells of a CSV file."),
        ("encoding", "Encoding of a CSV file."),
    ):
        function = click.option(f"--{name}", metavar="NAME", default="", help=text)(function)
    return function


@click.command("fit", cls=Several)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rating", metavar="COL", required=True, help="Column with the rating.")
@click.option(
    "--fixed", metavar="COL", multiple=True, help="Fixed effect: a number as it is, names as categories."
)
@click.option("--factor", metavar="COL", multiple=True, help="Fixed effect taken as a category, numbers too.")
@click.option("--random", metavar="COL", multiple=True, help="Factor with a random intercept.")
@click.option(
    "--nested",
    metavar="A:B",
    multiple=True,
    help="Random intercept of B within A: B's names count anew in each A. Give --random A besides for A itself.",
)
@click.option(
    "--weight", metavar="COL", default="", help="Column that says how many ratings a row stands for."
)
@click.option("--levels", metavar="A,B,C", help="Levels, lowest first; needed where ratings aren't numbers.")
@click.option("--link", type=click.Choice(["logit", "probit"]), default="logit", show_default=True)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    file: Path,
    rating: str,
    fixed: tuple[str, ...],
    factor: tuple[str, ...],
    random: tuple[str, ...],
    nested: tuple[str, ...],
    weight: str,
    levels: str | None,
    link: str,
    as_json: bool,
    **reading: str,
) -> None:
    """What explains ratings in ordered levels?

    Fits P(rating at most k) = F(threshold - effects) by Laplace's approximation, with random intercepts that may be crossed
    or nested. FILE is a table with one row for each rating, or counted with --weight: CSV, Parquet, XLSX, or CSV as gz.
    """
    check_file(file)
    from fairgate.engines.ordinal import LINKS, OrdinalError, fit, summary
    from fairgate.readers.choices import Choices
    from fairgate.readers.problems import ReadError

    pairs = [_pair(one) for one in nested]
    _no_doubles(fixed + factor, random + nested)
    _not_itself(rating, fixed + factor + random + tuple(name for pair in pairs for name in pair))
    try:
        choices = Choices.of(reading)
        cells = _cells(file, rating, fixed, factor, random, pairs, weight, choices)
        ratings = _ratings(file, rating, fixed, factor, random, pairs, levels, cells, choices)
        chosen = next(name for name in LINKS if name == link)
        found = fit(ratings, chosen, on_step=progress(as_json))
    except ReadError as error:
        raise click.ClickException(str(error)) from error
    except OrdinalError as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    click.echo(found.to_json() if as_json else summary(found))


def check_file(file: Path) -> None:
    if not file.is_file():
        found = "a folder" if file.is_dir() else "no file"
        raise click.ClickException(f"{file}: {found} was found; a file was expected.")


def progress(quiet: bool) -> Callable[[int, float], None]:
    """Tells each step of a long search on the error stream; nothing in the first seconds."""
    begun = time.monotonic()

    def tell(step: int, log_likelihood: float) -> None:
        if not quiet and time.monotonic() - begun > QUIET_SECONDS:
            click.echo(f"step {step}: log-likelihood {log_likelihood:,.3f}", err=True)

    return tell


def _pair(text: str) -> tuple[str, str]:
    outer, colon, inner = text.partition(":")
    if not (colon and outer.strip() and inner.strip()):
        raise click.UsageError(f"--nested {text}: found no pair; expected A:B, B within A.")
    return outer.strip(), inner.strip()


def _no_doubles(fixed: tuple[str, ...], random: tuple[str, ...]) -> None:
    for kind, names in (("fixed effect", fixed), ("random effect", random)):
        for name in names:
            if names.count(name) > 1:
                raise click.UsageError(f"{name} is given twice as a {kind}.")


def _not_itself(rating: str, names: tuple[str, ...]) -> None:
    if rating in names:
        raise click.UsageError(f"{rating} is the rating: it can't explain itself.")


def _cells(
    file: Path,
    rating: str,
    fixed: tuple[str, ...],
    factor: tuple[str, ...],
    random: tuple[str, ...],
    nested: list[tuple[str, str]],
    weight: str,
    choices: Choices,
) -> Cells:
    from fairgate.readers.cells import count_cells

    wanted = {rating: "rating"}
    wanted |= dict.fromkeys(fixed + factor, "fixed effect")
    wanted |= dict.fromkeys(random, "random effect")
    wanted |= {name: "random effect" for pair in nested for name in pair}
    return count_cells(file, wanted, weight=weight, choices=choices)


def _ratings(
    file: Path,
    rating: str,
    fixed: tuple[str, ...],
    factor: tuple[str, ...],
    random: tuple[str, ...],
    nested: list[tuple[str, str]],
    levels: str | None,
    cells: Cells,
    choices: Choices,
) -> Ratings:
    from fairgate.cli.rating_table import category, levels_of, measure_or_category
    from fairgate.engines.ordinal import Ratings

    codes, names = levels_of(file, rating, cells, levels, choices)
    crossed: list[Category] = [category(name, cells) for name in random]
    crossed += [category(outer, cells).crossed(category(inner, cells)) for outer, inner in nested]
    return Ratings(
        rating=codes,
        levels=names,
        fixed=(
            *(measure_or_category(name, cells) for name in fixed),
            *(category(name, cells) for name in factor),
        ),
        random=tuple(crossed),
        weight=cells.count,
    )
