"""`fairgate serve`: this installation, on a local address."""

from __future__ import annotations

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port; the next free one is taken when it is in use.",
)
@click.option("--open/--no-open", "show", default=True, help="Open a browser when there is one.")
def command(host: str, port: int, show: bool) -> None:
    """Serve this installation on a local address.

    On an empty installation the address of the guided start is printed: it lets you make the first account.
    """
    from fairgate.cli import django_app

    django_app.start()
    django_app.ready()

    from fairgate.cli import server
    from fairgate.people import queries

    port = server.free_port(host, port)
    address = f"http://{host}:{port}/"
    if queries.nobody_is_here():
        address += f"people/first/{queries.first_token()}/"
        click.echo(
            "Nobody has an account yet. Open this address to make the first one (it works only here and once):"
        )
    server.serve(host, port, address, show=show)
