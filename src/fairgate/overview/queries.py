"""What the home page and the guided start show."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied

from fairgate.gate import queries as gate
from fairgate.improvement import queries as improvement
from fairgate.organisation import queries as organisation
from fairgate.organisation.rules import FactKind
from fairgate.protection import queries as protection
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import News, Waiting
from fairgate.voice import queries as voice

# How far back "what changed" goes, and how much of either list home shows before it leads on.
RECENT = timedelta(days=14)
SHOWN = 12
LAST = datetime.max.replace(tzinfo=UTC)


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
class Line:
    """Something that waits, and whether its promise is past."""

    waiting: Waiting
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Home:
    """``lines`` is what waits for this person, oldest promise first; ``news`` what changed in the last two weeks, newest
    first; ``answer`` the function's portrait once there is something to answer from."""

    lines: tuple[Line, ...]
    waiting_count: int
    overdue: int
    news: tuple[News, ...]
    function: Any
    answer: Any
    own_units: tuple[Any, ...]
    steps: tuple[Step, ...]
    may_edit: bool
    lacks_preset: bool

    @property
    def all_done(self) -> bool:
        return all(step.done for step in self.steps)

    @property
    def more_waiting(self) -> int:
        return self.waiting_count - len(self.lines)


def start_for(person: Actor) -> Start:
    """For stewards: raises `PermissionDenied` for anybody else."""
    if not organisation.may_edit(person):
        raise PermissionDenied
    function = organisation.function()
    return Start(function=function, steps=_steps(person), known=organisation.names_known(person))


def home_for(person: Actor) -> Home:
    function = organisation.function()
    may_edit = organisation.may_edit(person)
    counts = organisation.counts_by_kind(person)
    answerable = counts[FactKind.NEEDS] or organisation.logs_for(person).exists()
    now = clock.now()
    waiting = [Line(it, bool(it.due and it.due < now)) for it in _waiting(person)]
    return Home(
        lines=tuple(waiting[:SHOWN]),
        waiting_count=len(waiting),
        overdue=sum(line.is_overdue for line in waiting),
        news=_news(person, now - RECENT),
        function=function,
        answer=organisation.portrait_for(person, function.pk) if function and answerable else None,
        own_units=tuple(organisation.own_units(person)),
        steps=_steps(person),
        may_edit=may_edit,
        lacks_preset=may_edit and function is not None and not gate.presets_for(person).exists(),
    )


def _waiting(person: Actor) -> list[Waiting]:
    """Oldest promise first, then what has waited longest without one."""
    found = [
        *gate.waiting_for(person),
        *protection.waiting_for(person),
        *improvement.waiting_for(person),
        *voice.waiting_for(person),
    ]
    return sorted(found, key=lambda it: (it.due or LAST, it.since or LAST))


def _news(person: Actor, since: datetime) -> tuple[News, ...]:
    found = [
        *gate.news_for(person, since),
        *protection.news_for(person, since),
        *improvement.news_for(person, since),
        *voice.news_for(person, since),
    ]
    return tuple(sorted(found, key=lambda it: it.at, reverse=True)[:SHOWN])


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
