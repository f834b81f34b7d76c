"""`fairgate mail send | status | retry | test`: the outbox. What a timer calls every few minutes is `send`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fairgate.shared.actor import System


@click.group("mail")
def command() -> None:
    """Letters on their way out."""


def _started() -> System:
    from fairgate.cli import django_app

    django_app.start()

    from django.conf import settings
    from django.utils.module_loading import autodiscover_modules

    if not django_app.is_there():
        raise click.UsageError(
            f"There is no installation in {settings.DATA} (FAIRGATE_DATA chooses another folder)."
        )
    autodiscover_modules("jobs")  # every room's letters

    from fairgate.shared.actor import System

    return System("command-line")


@command.command("send")
@click.option("--most", type=click.IntRange(1), help="Send at most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def send(most: int | None, as_json: bool) -> None:
    """Send the letters that are due.

    For a timer, every few minutes: letters that couldn't be sent are tried again this way. Exits with 0, or with 1 when
    it stopped before all were tried.
    """
    by = _started()

    from fairgate.mail import actions

    done = actions.send_due(by=by, terminal=not as_json, most=most)
    if as_json:
        click.echo(json.dumps(asdict(done), indent=2))
    else:
        counts = [
            f"{done.sent:,} sent",
            f"{done.put_off:,} to be tried again",
            f"{done.failed:,} given up",
            f"{done.not_needed:,} not needed any more",
        ]
        click.echo(", ".join(counts) + ".")
        if done.stopped:
            click.echo(f"Stopped: {_why(done.stopped)}.", err=True)
    if done.stopped:
        raise SystemExit(1)


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(as_json: bool) -> None:
    """Say how the outbox stands: counts and what went wrong, never to whom or what."""
    by = _started()

    from fairgate.mail import queries, wording

    found = queries.standing_for(by)
    if as_json:
        click.echo(json.dumps(asdict(found), indent=2, default=str))
        return
    click.echo(f"FAIRGATE_MAIL: {found.problem}." if found.problem else wording.KINDS[found.kind])
    click.echo(f"{wording.counted(found.counts)}.")
    for which, count in found.faults.items():
        click.echo(f"- {wording.fault(which, count)}")
    if found.oldest:
        click.echo(f"The oldest that waits was asked for at {found.oldest:%Y-%m-%d %H:%M %Z}.")


@command.command("retry")
def retry() -> None:
    """Put the letters that were given up back among those that wait."""
    by = _started()

    from fairgate.mail import actions

    click.echo(f"{actions.retry(by=by):,} letters wait again. “fairgate mail send” sends them.")


@command.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send one test letter to ADDRESS, to see whether the settings are right. Exits with 1 when it didn't leave."""
    by = _started()

    from fairgate.mail import actions

    if why := actions.send_test(by=by, address=address):
        raise click.ClickException(f"It didn't leave: {_why(why)}.")
    click.echo("It left. Whether it arrives shows in the mailbox.")


def _why(code: str) -> str:
    from fairgate.mail import queries, wording
    from fairgate.mail.rules import BadRoute, Fault

    if code == "setting":
        try:
            queries.configured()
        except BadRoute as bad:
            return f"FAIRGATE_MAIL: {bad}"
    if code in {"off", "setting"}:
        return "mail isn't set up (setting FAIRGATE_MAIL)"
    if code == "console":
        return "letters for the console are shown in a terminal only (without --json)"
    return wording.FAULTS[Fault(code)]
