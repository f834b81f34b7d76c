"""Tasks: what can be done in the background, by name.

A room registers them in its ``jobs.py``:

    @task("organisation.count_log")
    def count_log(progress: Progress, *, pk: JSON) -> Save:
        counted = read_and_count(pk, progress)      # long, changes nothing
        return lambda: save(pk, counted)            # short, changes everything

What a task returns, when it is callable, runs in the same transaction that marks the job done: both happen or
neither does, so whatever crashes, nothing is done twice. A task that saves by itself and returns a mapping
runs again when the machine stops between its commit and the mark: it has to be safe to repeat.

The registry fills when a room's ``jobs`` is imported: the one thing in any ``rules`` that is not pure. It stands here
because rooms above import nothing else of this room's inside.
"""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias, TypeVar

JSON: TypeAlias = "str | int | float | bool | list[JSON] | dict[str, JSON] | None"
Save: TypeAlias = "Callable[[], Mapping[str, JSON]]"
Task: TypeAlias = "Callable[..., Mapping[str, JSON] | Save]"
AnyTask = TypeVar("AnyTask", bound=Callable[..., object])


class Cancelled(Exception):
    """The job is not wanted any more. Raised by `Progress`; let it pass."""


class Problem(Exception):
    """Why a job could not be done, as a sentence for the person who asked for it. Raise it for bad input; any
    other exception counts as an error in the program."""


class UnknownTask(LookupError):
    """No task has this name."""


class Progress(Protocol):
    """Says how far a job is."""

    def __call__(self, done: float, note: str = "", /) -> None:
        """``done`` from 0 to 1, never backwards; ``note`` a few words on what is being done. Cheap: call it
        often. Raises `Cancelled`."""


_tasks: dict[str, Task] = {}


def task(name: str) -> Callable[[AnyTask], AnyTask]:
    """Register a function as the task ``name``. Raises ValueError when another function has that name."""

    def register(function: AnyTask) -> AnyTask:
        known = _tasks.setdefault(name, function)  # type: ignore[arg-type]  # what it returns shows when it runs
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            message = f"two tasks are called {name!r}: {known.__module__} and {function.__module__} have one"
            raise ValueError(message)
        return function

    return register


def task_named(name: str) -> Task:
    """The task of this name, once its room's ``jobs`` was imported. Raises `UnknownTask`."""
    try:
        return _tasks[name]
    except KeyError:
        message = f"there is no task called {name!r}"
        raise UnknownTask(message) from None
