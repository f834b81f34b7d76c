"""The links of a map are the figures of the answers, all at once."""

import pytest
from hypothesis import given, settings

from engines.customers.logs import Event, counted
from engines.customers.test_oracle import logs
from fairgate.engines.customers import links


@settings(max_examples=100, deadline=None)
@given(logs())
def test_links_say_what_every_answer_says(events: list[Event]) -> None:
    counts = counted(events)
    found = {(one.source, one.target): (one.release, one.handover) for one in links(counts)}
    expected: dict[tuple[str, str], list[float]] = {}
    for answer in counts.answers():
        for customer in answer.internal_customers:
            if customer.by_release and customer.unit in counts.named_units:
                expected.setdefault((answer.unit, customer.unit), [0.0, 0.0])[0] = customer.by_release
        for supplier in answer.customer_of:
            expected.setdefault((supplier.unit, answer.unit), [0.0, 0.0])[1] = supplier.share
    assert found.keys() == expected.keys()
    for pair, shares in expected.items():
        assert found[pair] == pytest.approx(tuple(shares))
