"""A newer file meets what people changed meanwhile: field by field, and what people wrote stays."""

from collections.abc import Mapping
from typing import Any

from fairgate.gate.rules.codes import Thing
from fairgate.gate.rules.facts import Facts, facts_faults

_ABSENT: Any = object()


def merged(thing: Thing, base: Facts | None, mine: Facts, theirs: Facts) -> Facts:
    """What a thing says after a new file. ``base``: what the file before said (None: nothing), ``mine``: what it says now,
    ``theirs``: what the new file says. Whatever differs from ``base`` was edited here and stays; the rest follows the file.
    Where both together would make no sense, everything stays."""
    both = _merged(base or {}, mine, theirs)
    return mine if facts_faults(thing, both) else both


def _merged(base: Facts, mine: Facts, theirs: Facts) -> dict[str, Any]:
    keys = [*mine, *(key for key in theirs if key not in mine)]
    values = {key: _one(*(facts.get(key, _ABSENT) for facts in (base, mine, theirs))) for key in keys}
    return {key: value for key, value in values.items() if value is not _ABSENT}


def _one(base: Any, mine: Any, theirs: Any) -> Any:
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):  # words of a vocabulary, one by one
        return _merged(base if isinstance(base, Mapping) else {}, mine, theirs)
    return theirs if mine == base else mine
