"""`fairgate invite`: ask whoever is due, every night."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.command("invite")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(as_json: bool) -> None:
    """Ask for feedback whoever is due: invitations, reminders, the end of a period.

    Safe to call as often as you like; made for the night, by cron or a timer. Letters go to the outbox: `fairgate mail send`
    sends them, or the server does.
    """
    from fairgate.cli import django_app

    django_app.start()

    from django.conf import settings

    if not django_app.is_there():
        raise click.ClickException(
            f"There is no installation in {settings.DATA} (FAIRGATE_DATA chooses another folder)."
        )

    from fairgate.shared.actor import System
    from fairgate.voice import actions

    sent = actions.send_invitations(by=System("command line"))
    if as_json:
        click.echo(json.dumps(asdict(sent)))
        return
    if not any(asdict(sent).values()):
        click.echo("Nobody is due.")
        return
    click.echo(f"{sent.asked} asked: {sent.decisions} about a decision, {sent.mirrors} about a supplier.")
    if sent.without_mail:
        click.echo(f"{sent.without_mail} of them have no e-mail address: they find it on their home page.")
    if sent.reminded:
        click.echo(f"{sent.reminded} reminders, to everybody who was asked.")
    if sent.ended:
        click.echo(f"{sent.ended} ended: it waits for the privacy officer and the key.")
