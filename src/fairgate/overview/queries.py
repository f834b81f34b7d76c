"""What the home page and the guided start show."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from fairgate.organisation import queries as organisation
from fairgate.organisation.rules import FactKind
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the guided start: a code the page names, and whether it is done."""

    code: str
    done: bool


@dataclass(frozen=True, slots=True)
class Start:
    """How far an installation has come."""

    function: Any  # the Unit chosen, or None
    steps: tuple[Step, ...]
    known: dict[str, list[str]]

    @property
    def function_facts(self) -> dict[str, str]:
        return {"name": self.function.name, "description": self.function.description} if self.function else {}


@dataclass(frozen=True, slots=True)
class Home:
    """``answer`` is the function's portrait once there is something to answer from."""

    function: Any
    answer: Any
    own_units: tuple[Any, ...]
    steps: tuple[Step, ...]
    may_edit: bool

    @property
    def all_done(self) -> bool:
        return all(step.done for step in self.steps)


def start_for(person: Actor) -> Start:
    """For stewards: raises `PermissionDenied` for anybody else."""
    if not organisation.may_edit(person):
        raise PermissionDenied
    function = organisation.function()
    return Start(function=function, steps=_steps(person), known=organisation.names_known(person))


def home_for(person: Actor) -> Home:
    function = organisation.function()
    counts = organisation.counts_by_kind(person)
    answerable = counts[FactKind.NEEDS] or organisation.logs_for(person).exists()
    return Home(
        function=function,
        answer=organisation.portrait_for(person, function.pk) if function and answerable else None,
        own_units=tuple(organisation.own_units(person)),
        steps=_steps(person),
        may_edit=organisation.may_edit(person),
    )


def _steps(person: Actor) -> tuple[Step, ...]:
    """Five steps from an empty installation to one that answers with evidence."""
    counts = organisation.counts_by_kind(person)
    return (
        Step("function", organisation.function() is not None),
        Step("needs", counts[FactKind.NEEDS] > 0),
        Step("judge", organisation.anything_judged()),
        Step("count", organisation.logs_for(person).exists()),
        Step("colleagues", organisation.anybody_placed()),
    )
