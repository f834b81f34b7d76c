"""How far it is and how long it takes, on the error stream of whoever watches."""

from __future__ import annotations

import gettext
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yields what `ask` calls; silent for programs, and where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from fairgate.whatif.wording import names

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=100)

        def tell(stage: str, done: int, total: int) -> None:
            at = 100 * names.how_far(stage, done, total)
            shown.update(task, completed=at, description=names.stage(stage, gettext))

        yield tell
