"""Opened answers as columns of codes: what they are about, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.gate.rules import APPROVING, Outcome
from fairgate.people.rules import Seniority
from fairgate.voice.rules import Form, items_of
from fairgate.voice.rules.envelopes import Payload

AGREEMENT, SECOND_LOOK = "agreement", "second-look"


@dataclass(frozen=True)
class Column:
    codes: NDArray[np.int64]
    values: list[Any]


def said(form: Form, own: Sequence[Payload]) -> dict[str, NDArray[np.int64]]:
    """Ratings 0 to 4, −1 where somebody couldn't judge; yes is 4 and no is 0."""
    found = {
        code: np.array([_step(one.answers.items[place]) for one in own], np.int64)
        for place, code in enumerate(items_of(form))
    }
    if form is Form.TREATMENT:
        found[AGREEMENT] = np.array([_step(one.answers.agreement) for one in own], np.int64)
        knows = {True: 4, False: 0, None: -1}
        found[SECOND_LOOK] = np.array([knows[one.answers.knows_second_look] for one in own], np.int64)
    return found


def _step(step: int | None) -> int:
    return -1 if step is None else step - 1


def value_of(payload: Payload, name: str) -> str | int:
    if name == "approving":
        return int(str(payload.about.get("outcome")) in APPROVING)
    value = payload.about.get(name)
    return value if value is not None else (0 if name in {"team", "kind", "customer", "supplier"} else "")


def column(values: Sequence[Any]) -> Column:
    """Codes from 0 in the order of the values, which says nothing about who said what."""
    names = sorted(set(values), key=lambda value: (_place(value), value))
    place = {value: code for code, value in enumerate(names)}
    return Column(np.array([place[value] for value in values], np.int64), names)


_ORDER = {value: place for place, value in enumerate([*Seniority, *Outcome])}


def _place(value: Any) -> int:
    return _ORDER.get(value, 0) if isinstance(value, str) else 0
