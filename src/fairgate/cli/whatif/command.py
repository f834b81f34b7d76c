"""Words of the command line become a scenario, policies and a crew; the answer becomes text or JSON."""

from __future__ import annotations

import gettext
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from fairgate.cli.commands import STOPPED
from fairgate.cli.whatif.curve import curve_command

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from fairgate.cli.whatif.documents import Asked
    from fairgate.engines.counterfactual import Answer, BreakEven, Crew, Refused


class WithDefault(click.Group):
    """`whatif curve …` is a command of its own; everything else is the question itself."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self.commands:
            args = ["ask", *args]
        return super().parse_args(ctx, args)


@click.group("whatif", cls=WithDefault, add_help_option=False)
def command() -> None:
    """What if nobody checked?"""


command.add_command(curve_command)


@command.command("ask", short_help="Compare ways of checking.")
@click.argument("scenario", type=click.Path(path_type=Path), required=False)
@click.option(
    "--policy", "policies", multiple=True, metavar="NAME", help="A way of checking; give several. See below."
)
@click.option("--years", type=float, default=15.0, show_default=True, help="How far to look.")
@click.option("--replicates", type=int, default=4000, show_default=True, help="Businesses lived through.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--workers", type=int, default=1, show_default=True, help="Threads; results don't depend on it."
)
@click.option(
    "--cluster", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786 (extra: cluster)."
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Another value, as in quality.flawed=0.01.",
)
@click.option(
    "--break-even", "line", metavar="NAME[=LOW:HIGH]", help="Only: where two policies are worth the same."
)
@click.option(
    "--despite",
    metavar="REASON",
    default="",
    help="Go on although the base rates disagree; at least three words, printed everywhere.",
)
@click.option(
    "--write-scenario",
    "target",
    type=click.Path(path_type=Path),
    help="Write a commented scenario, and stop.",
)
@click.option("--force", is_flag=True, help="With --write-scenario: write over a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.help_option("-h", "--help")
def ask_command(
    scenario: Path | None,
    policies: tuple[str, ...],
    years: float,
    replicates: int,
    seed: int,
    workers: int,
    cluster: str | None,
    settings: tuple[str, ...],
    line: str | None,
    despite: str,
    target: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """What if nobody checked?

    Lives through years of business under each way of checking, and says at which rate of flawed lots today's checks begin to
    pay. SCENARIO is a TOML file (--write-scenario makes one); without it, the invented plant of the examples.

    \b
    Policies: today, less:share=0.5, exception, single:n=80,c=2,
      skip:n=80,c=2,i=8,f=0.25, csp1:i=30,f=0.1, all, more:reviews=2,
      nobody, nobody:licence=ends

    A sampling plan as a curve: fairgate whatif curve --help
    """
    from fairgate.cli.whatif import documents
    from fairgate.cli.whatif.progress import progress
    from fairgate.engines.counterfactual import CounterfactualError, Refused, ask
    from fairgate.readers.problems import ReadError
    from fairgate.whatif.rules import FEWEST_WORDS, is_reason

    if despite and not is_reason(despite):
        expected = f"a reason of at least {FEWEST_WORDS} words: whoever reads the answer reads them"
        raise click.ClickException(f"--despite: found “{despite}”; expected {expected}.")
    try:
        asked = documents.asked(scenario, policies, settings)
        if target:
            documents.write(asked, target, over=force)
            click.echo(f"Written: {target}", err=True)
            return
        # On a cluster, what was handed out is called back first.
        with nullcontext() if cluster else _ending_at_once(), _crew(workers, cluster) as crew:
            if line:
                _tell_line(_line(asked, line, years, replicates, seed, crew), as_json)
                return
            with progress(as_json) as tell:
                found = ask(
                    asked.scenario, asked.policies, years=years, replicates=replicates, seed=seed,
                    observed=asked.observed, override=despite, crew=crew, on_stage=tell,
                )  # fmt: skip
    except (ReadError, CounterfactualError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        _stop()
    _tell(found, as_json)
    if isinstance(found, Refused):
        raise SystemExit(1)


@contextmanager
def _ending_at_once() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(*_: object) -> NoReturn:
    """At once: the usual way out would wait for the loops that still run, and an exception may be swallowed where it arrives."""
    os.write(
        2, b"\x1b[?25h" * os.isatty(2) + b"\nStopped. Nothing was written.\n"
    )  # the progress hides the cursor
    os._exit(STOPPED)


@contextmanager
def _crew(workers: int, cluster: str | None) -> Iterator[Crew]:
    from fairgate.engines.counterfactual import Here, on_cluster

    chosen: AbstractContextManager[Crew] = on_cluster(cluster) if cluster else nullcontext(Here(workers))
    with chosen as crew:
        yield crew


def _line(
    asked: Asked, text: str, years: float, replicates: int, seed: int, crew: Crew
) -> tuple[BreakEven, ...]:
    from fairgate.cli.whatif import documents
    from fairgate.engines.counterfactual import TODAY, Study, break_even

    name, span = documents.span(text)
    first, *others = asked.policies if len(asked.policies) > 1 else (TODAY, *asked.policies)
    others = [one for one in others if one.name != first.name]
    study = Study(asked.scenario, (first, *others), round(12 * years), seed, crew)
    return break_even(study, name, first, others, replicates=max(100, replicates // 4), span=span)


def _tell(found: Answer | Refused, as_json: bool) -> None:
    from fairgate.cli.whatif import documents, show

    if as_json:
        click.echo(json.dumps(documents.as_json(found), ensure_ascii=False, indent=2))
    else:
        show.everything(found, gettext)


def _tell_line(lines: tuple[BreakEven, ...], as_json: bool) -> None:
    from dataclasses import asdict

    from fairgate.whatif.wording import differences

    if as_json:
        click.echo(json.dumps({"break_even": [asdict(one) for one in lines]}, ensure_ascii=False, indent=2))
        return
    for one in lines:
        for sentence in differences.break_even(one, gettext):
            click.echo(sentence)
