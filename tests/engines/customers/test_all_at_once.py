"""The links of a map and the lines of a list are the figures of the answers, all at once."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engines.customers.logs import Event, counted
from engines.customers.test_oracle import logs
from fairgate.engines.customers import links, summaries


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


@settings(max_examples=100, deadline=None)
@given(logs())
def test_summaries_say_what_every_answer_says(events: list[Event]) -> None:
    counts = counted(events)
    found = [(one, one.share_of_all) for one in summaries(counts)]
    expected = [(one.summary, one.summary.share_of_all) for one in counts.answers()]
    assert [share for _, share in found] == pytest.approx([share for _, share in expected])
    for (one, _), (other, _) in zip(found, expected, strict=True):
        assert replace(one, share_of_all=0.0) == replace(other, share_of_all=0.0)
