"""`fairgate whatif curve`: acceptance, outgoing quality and inspection of a plan, exactly."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fairgate.engines.counterfactual import Curve


@click.command("curve", short_help="What a sampling plan does, exactly.")
@click.option(
    "--policy",
    "name",
    required=True,
    metavar="NAME",
    help="single:n=80,c=2, skip:…, csp1:i=30,f=0.1, all, nobody.",
)
@click.option(
    "--defect-rate", "rates", required=True, metavar="P,P,…", help="Shares of wrong items, each from 0 to 1."
)
@click.option("--lot-size", type=int, default=1000, show_default=True, help="Items in a lot.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.help_option("-h", "--help")
def curve_command(name: str, rates: str, lot_size: int, as_json: bool) -> None:
    """What a sampling plan does at each share of wrong items.

    As in the books: items are wrong independently, looks are perfect, what is found wrong is replaced.
    """
    from fairgate.engines.counterfactual import CounterfactualError, curve, policy

    try:
        found = curve(policy(name), _shares(rates), lot_size)
    except CounterfactualError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(asdict(found), indent=2) if as_json else "", nl=as_json)
    if not as_json:
        _print(found)


def _shares(text: str) -> list[float]:
    from fairgate.engines.counterfactual import BadParameter

    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        try:
            found.append(float(part))
        except ValueError:
            raise BadParameter("defect rate", part, "shares from 0 to 1, separated by commas") from None
    if not found:
        raise BadParameter("defect rate", "nothing", "shares from 0 to 1, separated by commas")
    return found


def _print(found: Curve) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for label in ("wrong", "passes", "wrong that goes out", "looked at per lot", "share looked at"):
        table.add_column(label, justify="right")
    for one in found.points:
        table.add_row(
            f"{100 * one.wrong:.3g}%", f"{100 * one.acceptance:.2f}%", f"{100 * one.outgoing:.4f}%",
            f"{one.inspected_per_lot:,.1f}", f"{100 * one.inspected_share:.2f}%",
        )  # fmt: skip
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(f"{found.policy}, lots of {found.lot:,} items\n", markup=False)
    console.print(table)
    if found.worst_outgoing is not None:
        console.print(
            f"\nAt most {100 * found.worst_outgoing:.3f}% of items that go out are wrong (AOQL), "
            f"when {100 * (found.worst_at or 0):.2f}% come in wrong.",
            markup=False,
        )
