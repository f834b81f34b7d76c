"""Several people at the same moment, each with a connection of their own and real commits."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from conftest import Installation
from fairgate.gate import actions, imports, queries
from fairgate.gate.actions import arriving
from fairgate.gate.models import AdviceQuestion, Decision, SecondLook, ServiceRequest
from fairgate.gate.queries.here import sorted_out
from fairgate.organisation.models import Unit
from fairgate.people.models import Person

from .arriving import THREE, applied, came, mapping_of
from .conftest import MANUFACTURING, PROGRAM, make_cast, make_gate, make_plant, reviewed, slip, submitted
from .wholeness import every_request_is_whole, the_chain_verifies, the_counts_are_right


@pytest.fixture
def live(installation: Installation):
    """The cast and what can be asked, committed."""
    plant = make_plant()
    return make_cast(plant), make_gate(plant)


def at_once(*doing: Callable[[], object]) -> list[object]:
    """What each gave or raised; all begin together."""
    start = threading.Barrier(len(doing))
    results: list[object] = [None] * len(doing)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = doing[place]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(doing))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def the_rest_is_in_order() -> None:
    every_request_is_whole()
    the_counts_are_right()
    the_chain_verifies()


@pytest.mark.parametrize("seen", [None, 1])
def test_of_two_who_decide_at_once_one_is_told_who_was_quicker(live, seen):
    cast, gate = live
    for _ in range(5):
        request = reviewed(cast["sam"], submitted(cast["charlie"], gate["change"]))
        results = at_once(
            lambda pk=request.pk: actions.decide(by=cast["bob"], pk=pk, outcome="approved", seen=seen),
            lambda pk=request.pk: actions.decide(
                by=cast["rita"], pk=pk, outcome="refused", slip=slip(), seen=seen
            ),
        )
        done = [each for each in results if isinstance(each, Decision)]
        told = [each for each in results if isinstance(each, actions.AlreadyDecided)]
        assert (len(done), len(told)) == (1, 1), results
        assert told[0].by_name == done[0].decided_by.name
        assert request.decisions.get() == done[0]
    the_rest_is_in_order()


def test_a_form_sent_four_times_at_once_is_one_request(live):
    _, gate = live
    unit, kind = Unit.objects.get(name=MANUFACTURING).pk, gate["change"].pk

    def send() -> object:
        charlie = Person.objects.get(username="charlie")
        return actions.submit(by=charlie, kind=kind, unit=unit, asked="May we?", key="form-1").pk

    assert len(set(at_once(*[send] * 4))) == 1
    assert ServiceRequest.objects.count() == 1
    the_rest_is_in_order()


def test_a_question_sent_four_times_at_once_is_one_question(live):
    cast, gate = live
    unit, kind = Unit.objects.get(name=MANUFACTURING).pk, gate["change"].pk
    by = cast["charlie"]
    sent = at_once(*[lambda: actions.ask(by=by, kind=kind, unit=unit, question="Would it?", key="q").pk] * 4)
    assert len(set(sent)) == 1
    assert AdviceQuestion.objects.count() == 1


def test_six_who_submit_at_once_are_shared_out_evenly(live):
    cast, gate = live
    results = at_once(*[lambda: submitted(cast["charlie"], gate["change"])] * 6)
    assert all(isinstance(each, ServiceRequest) for each in results), results
    burden = [ServiceRequest.objects.filter(reviewer=cast[name]).count() for name in ("bob", "rita", "sam")]
    assert burden == [2, 2, 2]
    the_rest_is_in_order()


def test_withdrawing_and_deciding_at_once_leaves_one_of_the_two(live):
    cast, gate = live
    for _ in range(5):
        request = reviewed(cast["sam"], submitted(cast["charlie"], gate["change"]))
        results = at_once(
            lambda pk=request.pk: actions.withdraw(by=cast["charlie"], pk=pk, reason="stopped"),
            lambda pk=request.pk: actions.decide(by=cast["rita"], pk=pk, outcome="approved"),
        )
        assert sum(isinstance(each, actions.NotAllowedNow) for each in results) == 1, results
    the_rest_is_in_order()


def test_of_two_second_looks_at_once_one_counts(live):
    cast, gate = live
    request = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    actions.decide(by=cast["rita"], pk=request.pk, outcome="refused", slip=slip())
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="x")
    given = {"pk": request.pk, "result": "overturned", "reasons": "x", "outcome": "approved"}
    results = at_once(
        lambda: actions.look_again(by=cast["bob"], **given),
        lambda: actions.look_again(by=cast["sam"], **given),
    )
    assert sum(isinstance(each, actions.NotAllowedNow) for each in results) == 1, results
    assert request.decisions.count() == 2
    the_rest_is_in_order()


def test_many_decisions_in_the_same_cell_are_all_counted(live):
    cast, gate = live
    requests = [reviewed(cast["sam"], submitted(cast["charlie"], gate["change"])) for _ in range(6)]
    at_once(
        *[lambda pk=each.pk: actions.decide(by=cast["rita"], pk=pk, outcome="approved") for each in requests]
    )
    assert sum(queries.decision_dates(cast["dora"]).values()) == 6
    the_rest_is_in_order()


def test_a_second_look_given_while_an_import_compares_is_not_lost(live, monkeypatch):
    cast, _ = live
    mapping = mapping_of()
    applied(THREE, mapping)
    request = ServiceRequest.objects.get(key="D-2")
    actions.ask_second_look(by=cast["charlie"], pk=request.pk, why="The test was there.")
    coming = came(THREE.replace("too hot", "much too hot"), mapping)
    compared, going_on = threading.Event(), threading.Event()

    def slowly(*given: object) -> object:
        found = sorted_out(*given)
        compared.set()
        going_on.wait(2)
        return found

    monkeypatch.setattr(arriving, "sorted_out", slowly)

    def look() -> object:
        compared.wait(10)
        rita = Person.objects.get(username="rita")
        given = {"result": "overturned", "reasons": "It was.", "outcome": "approved"}
        try:
            return actions.look_again(by=rita, pk=request.pk, **given)
        finally:
            going_on.set()

    results = at_once(lambda: imports.apply(by=PROGRAM, pk=coming.pk), look)
    assert isinstance(results[1], SecondLook), results
    now = ServiceRequest.objects.get(pk=request.pk)
    assert (now.outcome, now.decisions.last()) == ("approved", results[1].new_decision)
    the_counts_are_right()
    the_chain_verifies()
