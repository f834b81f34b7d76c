"""`fairgate demo`: a demonstration organisation, made once and served."""

from __future__ import annotations

import time
from pathlib import Path

import click

NAMES = ("halden-pharma", "halden-small")


@click.command("demo")
@click.argument("name", type=click.Choice(NAMES), default=NAMES[0])
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; a local one.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port; the next free one is taken when it is in use.",
)
@click.option("--open/--no-open", "show", default=True, help="Open a browser when there is one.")
@click.option("--only-make", is_flag=True, help="Make it and stop, without serving.")
def command(name: str, host: str, port: int, show: bool, only_make: bool) -> None:
    """Make a demonstration organisation once and serve it.

    Everything in it is invented. It has a database of its own, apart from your records.
    """
    from fairgate.cli import django_app
    from fairgate.config import environment

    if not only_make and host not in {"127.0.0.1", "localhost", "::1"}:
        raise click.ClickException(
            "A demonstration lets anybody sign in as anybody: it is served on this machine only."
        )
    django_app.start(data=_place(environment.data_directory(), name), demonstration=True)
    django_app.ready()

    from fairgate.cli import server
    from fairgate.demo import actions, queries

    if not queries.is_made():
        started = time.monotonic()
        click.echo(f"Making {actions.TITLES[name]}, once…")
        actions.make(name=name)
        click.echo(f"Made in {time.monotonic() - started:.0f} seconds.")
    if only_make:
        return
    port = server.free_port(host, port)
    click.echo(f"{actions.TITLES[name]}: everything in it is invented.")
    server.serve(host, port, f"http://{host}:{port}/", show=show)


# Counted up when more is planted: an older demonstration stays where it is, and the new one is made beside it.
EDITION = 4


def _place(data: Path, name: str) -> Path:
    return data / "demonstration" / f"{name}-{EDITION}"
