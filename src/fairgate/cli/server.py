"""The web server and the worker for background jobs, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import warnings
import webbrowser

import click


def free_port(host: str, port: int, tries: int = 20) -> int:
    """``port``, or the next one after it that nobody listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + tries):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    message = f"Ports {port} to {port + tries - 1} on {host} are all in use: choose another with --port."
    raise click.ClickException(message)


def serve(host: str, port: int, address: str, *, show: bool) -> None:
    """Serve until interrupted. Prints ``address`` once the server answers."""
    from fairgate.cli import post
    from fairgate.shared.actor import System
    from fairgate.voice import actions as voice
    from fairgate.work import jobs

    voice.sweep_keys(by=System("server"))  # what a killed job left behind
    stop = threading.Event()
    threading.Thread(target=post.keep_sending, args=(stop,), name="post", daemon=True).start()
    worker = threading.Thread(target=jobs.run_worker, args=(stop,), name="worker", daemon=True)
    worker.start()
    try:
        asyncio.run(_serve(host, port, address, show))
    finally:
        stop.set()
        worker.join(timeout=10)
    click.echo("Stopped.")


async def _serve(host: str, port: int, address: str, show: bool) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    from fairgate.config.asgi import application

    # Static files are streamed from disk by WhiteNoise, which is what we want; Django warns of it at every file.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        log_access=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C raises there
            loop.add_signal_handler(number, server.stop)
    announced = asyncio.create_task(_announce(host, port, address, show))
    await server.serve()
    announced.cancel()


async def _announce(host: str, port: int, address: str, show: bool) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        break
    click.echo(f"\n  {address}\n\nCtrl-C stops it.")
    if show:
        await asyncio.to_thread(_open_browser, address)


def _open_browser(address: str) -> None:
    """Only where a person would see it: not on a machine without a screen."""
    with contextlib.suppress(webbrowser.Error):
        if webbrowser.get().name not in {"www-browser", "links", "elinks", "lynx", "w3m"}:
            webbrowser.open(address)
