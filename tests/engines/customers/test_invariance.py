"""Renaming units permutes the answers; reordering cases and scaling values change nothing."""

import random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engines.customers.logs import Event, counted
from engines.customers.test_oracle import logs

RENAMED = {"MFG": "Zeta", "QA": "Alpha", "Warehouse": "Mu", "Legal": "Beta"}


def renamed(events: list[Event]) -> list[Event]:
    return [event._replace(unit=RENAMED.get(event.unit or "", event.unit)) for event in events]


def reordered(events: list[Event], seed: int) -> list[Event]:
    cases = sorted({event.case for event in events})
    random.Random(seed).shuffle(cases)
    return [event for case in cases for event in events if event.case == case]


def comparable(value: Any, names: dict[str, str]) -> Any:
    """Lists as dictionaries by name, because equal shares are ordered by name; names translated."""
    if isinstance(value, dict):
        return {key: comparable(item, names) for key, item in value.items()}
    if isinstance(value, list):
        items = [comparable(item, names) for item in value]
        return (
            {item.get("unit") or item.get("name") or repr(sorted(item)): item for item in items}
            if (items and isinstance(items[0], dict))
            else sorted(items, key=str)
        )
    return names.get(value, value) if isinstance(value, str) else value


def flat(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        return {k: v for key, item in value.items() for k, v in flat(item, f"{path}/{key}").items()}
    if isinstance(value, list):
        return {k: v for n, item in enumerate(value) for k, v in flat(item, f"{path}/{n}").items()}
    return {path: value}


def all_answers(events: list[Event], names: dict[str, str]) -> dict[str, Any]:
    counts = counted(events)
    found = {names.get(a.unit, a.unit): comparable(a.to_dict(), names) for a in counts.answers()}
    return flat(found)


def assert_same(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert left.keys() == right.keys()
    for key, value in left.items():
        assert right[key] == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), key


@settings(max_examples=60, deadline=None)
@given(logs())
def test_renaming_units_permutes_the_answers_and_leaves_discrimination_digit_for_digit(
    events: list[Event],
) -> None:
    assert_same(all_answers(events, RENAMED), all_answers(renamed(events), {}))
    assert counted(events).discrimination == counted(renamed(events)).discrimination


@settings(max_examples=60, deadline=None)
@given(logs(), st.integers(0, 1000))
def test_reordering_cases_changes_nothing(events: list[Event], seed: int) -> None:
    assert_same(all_answers(events, {}), all_answers(reordered(events, seed), {}))
    assert counted(events).discrimination == counted(reordered(events, seed)).discrimination


@settings(max_examples=60, deadline=None)
@given(logs(), st.sampled_from([0.001, 3.7, 1e6]))
@example(  # exactly a tenth of what MFG serves needed QA
    [
        Event("0", "QA", "make", 0, 9.0, None, None),
        Event("end", "MFG", "make", 0, 1.0, None, None),
        Event("end", "QA", "make", 1, None, None, None),
    ],
    0.001,
)
def test_scaling_values_changes_nothing(events: list[Event], factor: float) -> None:
    scaled = [event._replace(value=None if event.value is None else event.value * factor) for event in events]
    assert_same(all_answers(events, {}), all_answers(scaled, {}))
