"""What the words of another system may mean here: units, request kinds, processes, teams, outcomes and risks by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fairgate.gate.models import DecisionMapping, Preset, RequestKind, Team
from fairgate.gate.rules import Level, Outcome
from fairgate.gate.rules.rows import WORDS
from fairgate.organisation.models import Process, Unit
from fairgate.organisation.rules import folded

Ours = int | str

# Our own words for outcomes, besides their codes and what the unit's preset calls them.
_OUTCOMES = {
    Outcome.APPROVED: ("approved", "approve"),
    Outcome.CONDITIONS: ("approved with conditions", "conditions"),
    Outcome.RETURNED: ("returned", "return"),
    Outcome.HELD: ("held", "hold"),
    Outcome.REFUSED: ("refused", "reject"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """``meaning[field][folded word]`` is ours: a record's key, a code, or `LEFT_OUT`. ``names[field][ours]`` is what people
    here call it. ``outcomes[kind]``: those the kind allows; ``editions[kind]``."""

    meaning: Mapping[str, Mapping[str, Ours]]
    names: Mapping[str, Mapping[Ours, str]]
    outcomes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    editions: Mapping[int, int] = field(default_factory=dict)

    def ours(self, field: str, word: str) -> Ours | None:
        """None for a word nobody knows."""
        return self.meaning[field].get(folded(word))

    def text(self, field: str, ours: Any) -> str:
        """What people here call it; of values that have no name, the value."""
        return str(self.names.get(field, {}).get(ours, ours)) if ours not in (None, "") else ""


def known_to(mapping: DecisionMapping) -> Known:
    """Every name that can be meant, under what the mapping says of it. A name that two records share means neither."""
    unit = mapping.deciding_unit_id
    kinds = list(RequestKind.objects.filter(preset__unit=unit, is_offered=True))
    records: dict[str, list[tuple[Ours, str]]] = {
        "unit": list(Unit.objects.values_list("pk", "name")),
        "kind": [(kind.pk, kind.name) for kind in kinds],
        "process": [(each.pk, each.name) for each in Process.objects.only("pk", "name")],
        "team": list(Team.objects.filter(unit=unit).values_list("pk", "name")),
        "outcome": [(code.value, word) for code, words in _OUTCOMES.items() for word in (*words, code.value)],
        "risk": [(level.value, level.value) for level in Level],
    }
    spoken = {name: [*pairs, *_spoken(unit, name)] for name, pairs in records.items()}
    spoken["kind"] += [(kind.pk, kind.code) for kind in kinds]
    return Known(
        meaning={name: _by_word(spoken[name]) | _said(mapping, name) for name in WORDS},
        names={name: dict(reversed(records[name])) for name in WORDS},
        outcomes={kind.pk: frozenset(kind.outcomes) for kind in kinds},
        editions={kind.pk: kind.edition for kind in kinds},
    )


def _spoken(unit: int, field: str) -> list[tuple[Ours, str]]:
    """What the unit's presets call our outcomes and severities, for all kinds ("refused") or one ("lot.refused")."""
    every: dict[str, frozenset[str]] = {"outcome": frozenset(Outcome), "risk": frozenset(Level)}
    codes = every.get(field)
    if not codes:
        return []
    vocabularies = Preset.objects.filter(unit=unit).values_list("vocabulary", flat=True)
    said = [(key.rpartition(".")[2], word) for each in vocabularies for key, word in each.items()]
    return [(code, word) for code, word in said if code in codes and isinstance(word, str)]


def _by_word(pairs: Iterable[tuple[Ours, str]]) -> dict[str, Ours]:
    found: dict[str, Ours] = {}
    shared: set[str] = set()
    for ours, word in pairs:
        if found.setdefault(folded(word), ours) != ours:
            shared.add(folded(word))
    return {word: ours for word, ours in found.items() if word not in shared}


def _said(mapping: DecisionMapping, field: str) -> dict[str, Ours]:
    return {folded(word): ours for word, ours in mapping.values.get(field, {}).items()}
