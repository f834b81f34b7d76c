"""The arrays against the plain loops of `oracle`, on random logs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.customers.logs import Event, counted
from engines.customers.oracle import KIND, answer

UNITS = ["MFG", "QA", "Warehouse", "Legal", "MISSING", None]
values = st.one_of(st.none(), st.integers(0, 9).map(float))


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    with_value, with_external = draw(st.booleans()), draw(st.booleans())
    acts = list(KIND) if draw(st.booleans()) else ["make", "check"]
    events = [
        Event(
            case=str(case),
            unit=draw(st.sampled_from(UNITS)),
            activity=draw(st.sampled_from(acts)),
            time=draw(st.integers(0, 6)),
            value=draw(values) if with_value else None,
            external=draw(st.sampled_from(["Anna", "Ben", None])) if with_external else None,
        )
        for case in range(draw(st.integers(1, 6)))
        for _ in range(draw(st.integers(1, 7)))
    ]
    # Two units of which there is always one, so that there is something to ask.
    return [
        *events,
        Event("end", "MFG", "make", 0, 1.0 if with_value else None),
        Event("end", "QA", "make", 1),
    ]


@settings(max_examples=300, deadline=None)
@given(logs())
def test_every_figure_agrees_with_the_plain_definitions(events: list[Event]) -> None:
    counts = counted(events)
    for found in counts.answers():
        expected = answer(events, found.unit)
        assert (found.cases, found.served) == (expected["cases"], expected["served"])
        internal = {
            c.unit: (c.dependence, c.by_help, c.by_release, c.only_as_gate) for c in found.internal_customers
        }
        authority = {
            a.unit: (a.share, a.rejection_rate, a.returns, a.decisions) for a in found.authority_over
        }
        _same(internal, expected["internal"])
        _same(authority, expected["authority"])
        assert {x.name: x.share for x in found.external_customers} == pytest.approx(expected["externals"])
        assert {s.unit: s.share for s in found.customer_of} == pytest.approx(expected["customer_of"])
        assert found.loss_if_absent.work_stops == pytest.approx(expected["work_stops"])
        assert found.loss_if_absent.rerouted == pytest.approx(expected["rerouted"], abs=1e-9)
        assert set(found.indispensable_to) == expected["indispensable"]
        assert found.readings.by_need.m == expected["others"]


def _same(found: dict[str, tuple[float, ...]], expected: dict[str, tuple[float, ...]]) -> None:
    assert found.keys() == expected.keys()
    for name, figures in expected.items():
        assert found[name] == pytest.approx(figures), name
