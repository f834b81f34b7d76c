"""What can be asked of whom, for the forms that ask."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import translation

from fairgate.gate import queries
from fairgate.gate.rules import Level
from fairgate.gate.wording import names, pages, presets
from fairgate.organisation import queries as organisation
from fairgate.organisation.rules import FactKind
from fairgate.shared.actor import Actor


class Choice(NamedTuple):
    """A kind to ask for, where its form is, and by when it is answered."""

    kind: Any
    url: str
    said: str


@dataclass
class GateShown:
    """A deciding unit, with what can be asked of it."""

    unit: Any
    kinds: list[Choice] = field(default_factory=list)


def gates(by: Actor, leading_to: str) -> list[GateShown]:
    """Everything ``by`` may ask for, under the unit that decides. ``leading_to`` names the form's address."""
    found: dict[int, GateShown] = {}
    for kind in queries.kinds_to_ask(by):
        gate = found.setdefault(kind.preset.unit_id, GateShown(kind.preset.unit))
        said = presets.promise(kind.promise_days, translation)
        gate.kinds.append(Choice(kind, reverse(leading_to, args=[kind.pk]), said))
    return list(found.values())


def kind_and_units(by: Actor, kind: int) -> tuple[Any, list[tuple[int, str]]]:
    """The kind that is asked for, and the units it can be asked for."""
    what = queries.kind_to_ask(by, kind)
    return what, [(unit.pk, unit.name) for unit in queries.units_to_ask_for(by)]


def processes(by: Actor) -> list[tuple[int, str]]:
    return [(process.pk, str(process)) for process in organisation.facts_for(by, FactKind.PROCESSES)]


def risks(by: Actor, kind: Any) -> list[tuple[str, str]]:
    """How bad it can be, as the trade says it."""
    named = {severity.level: severity.name for severity in queries.severities_for(by, kind.preset)}
    words = {level: named.get(level) or translation.gettext(names.LEVELS[level]) for level in Level}
    return [(level.value, pages.capital(word)) for level, word in words.items()]


def all_kinds(by: Actor) -> list[tuple[int, str]]:
    """Also those nobody can ask for any more: earlier requests were of them."""
    return [(kind.pk, kind.name) for kind in queries.kinds_for(by, offered=None)]


def all_units(by: Actor) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in queries.units_seen(by)]
