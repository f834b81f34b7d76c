"""How far it is and how long it takes, on the error stream of whoever watches."""

from __future__ import annotations

import gettext
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Where each stage begins, in hundredths of the time a usual run takes.
BEGINS = {
    "waits": 0,
    "base_rates": 12,
    "threshold": 20,
    "chance": 42,
    "possible": 52,
    "tornado": 62,
    "flips": 90,
}


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yields what `ask` calls; silent for programs, and where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from fairgate.cli.whatif import words

    names = list(BEGINS)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=100)

        def tell(stage: str, done: int, total: int) -> None:
            begin = BEGINS[stage]
            end = BEGINS[names[names.index(stage) + 1]] if stage != names[-1] else 100
            at = begin + (end - begin) * done / max(total, 1)
            shown.update(task, completed=at, description=words.stage(stage, gettext))

        yield tell
