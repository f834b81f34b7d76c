"""Every action of every room, present and future, is told by name who acts."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest

import fairgate

# Why nobody's name is asked for.
EXEMPT = {
    "work.claim": "the worker: nobody's act, what was asked for is in the ledger",
    "work.report": "the job's process says how far it is",
    "work.complete": "the job's process: the action it calls is recorded",
    "work.fail": "the job's process or the worker",
    "work.cancelled": "the job's process or the worker, after somebody's recorded `cancel`",
    "work.release": "the worker: nobody runs the job any more",
    "work.give_back": "the worker stops in good order",
    "ledger.anchor": "writes what the ledger says already",
    "ledger.append_only": "an operation of a migration",
    "people.sign_in_failed": "whoever tried is not known: the sign-in page itself acts",
    "organisation.only_stewards": "asks who acts and changes nothing",
    "organisation.note_counted": "the job's process: what somebody submitted was counted",
    "demo.make": "the demonstration makes itself, as a program of its own name",
}


def actions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of every room's ``actions``, with the room's name in front."""
    for room in pkgutil.iter_modules(fairgate.__path__):
        if not room.ispkg or find_spec(f"fairgate.{room.name}.actions") is None:
            continue
        module = import_module(f"fairgate.{room.name}.actions")
        own = [name for name, it in vars(module).items() if getattr(it, "__module__", "") == module.__name__]
        for name in getattr(module, "__all__", own):
            it = getattr(module, name)
            if inspect.isfunction(it) and not name.startswith("_"):
                yield f"{room.name}.{name}", it


def test_the_actions_are_found() -> None:
    found = dict(actions())
    assert {"files.keep", "ledger.append", "people.disable", "organisation.add", "work.submit"} <= set(found)
    assert set(found) >= set(EXEMPT), "a reason for an action that is not there any more"


@pytest.mark.parametrize("name", [name for name, _ in actions() if name not in EXEMPT])
def test_an_action_says_who_acts_and_takes_nothing_by_position(name: str) -> None:
    parameters = inspect.signature(dict(actions())[name]).parameters
    assert "by" in parameters
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
