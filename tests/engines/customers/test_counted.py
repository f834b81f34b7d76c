"""Known answers from counted logs."""

import json

import pytest

from engines.customers.logs import Event, case, counted
from fairgate.engines.customers import Answer, Counts, Patterns

PLANT = [
    *case("1", "MFG: make", "QA: approve", "Warehouse: ship", value=3.0, external="patient"),
    *case(
        "2",
        "MFG: make",
        "QA: reject",
        "MFG: make",
        "QA: approve",
        "Warehouse: ship",
        value=1.0,
        external="patient",
    ),
    *case("3", "MFG: make", "QA: reject", value=4.0, external="patient"),
]


def codes(answer: Answer) -> list[str]:
    return [note.code for note in answer.notes]


def test_manufacturing_is_customer_by_release_and_under_authority_and_the_warehouse_by_help() -> None:
    answer = counted(PLANT).answer("QA")
    customers = {c.unit: c for c in answer.internal_customers}
    assert set(customers) == {"MFG", "Warehouse"}
    mfg, warehouse = customers["MFG"], customers["Warehouse"]
    assert (mfg.dependence, mfg.by_help, mfg.by_release) == (1.0, 0.0, 1.0)
    assert mfg.under_our_authority
    assert (warehouse.by_help, warehouse.by_release) == (1.0, 0.0)
    assert not warehouse.under_our_authority
    [over] = answer.authority_over
    assert (over.unit, over.share, over.decisions, over.rejections) == ("MFG", 1.0, 4, 2)
    assert over.rejection_rate == 0.5
    assert answer.readings.by_need.n == 2
    assert answer.readings.authority.units == ("MFG",)
    assert answer.loss_if_absent.work_stops == 1.0
    assert (answer.cases, answer.served) == (3, 2)
    assert answer.indispensable_to == ("patient", "Warehouse")


def test_the_gate_is_its_suppliers_customer_only_as_a_gate() -> None:
    answer = counted(PLANT).answer("MFG")
    qa = next(c for c in answer.internal_customers if c.unit == "QA")
    assert qa.only_as_gate
    assert qa.decides_on_us
    warehouse = next(c for c in answer.internal_customers if c.unit == "Warehouse")
    assert not warehouse.only_as_gate


def test_work_handed_over_makes_the_receiver_a_customer_but_not_a_decision_or_a_return() -> None:
    counts = counted(PLANT)
    assert counts.answer("QA").customer_of == ()
    assert [(s.unit, s.share) for s in counts.answer("Warehouse").customer_of] == [("QA", 1.0)]
    assert counts.answer("MFG").customer_of == ()


def test_a_return_ends_a_pass_so_sending_back_is_no_help() -> None:
    counts = counted([*case("1", "MFG: make", "QA: return", "MFG: make", "Boss: approve")])
    assert [c.unit for c in counts.answer("QA").internal_customers] == []
    assert counts.answer("QA").authority_over[0].returns == 1


def test_rejecting_ones_own_is_work_and_says_so() -> None:
    counts = counted(
        case("1", "A: make", "Q: reject", "A: reject")
        + case("2", "A: make", "Q: approve")
        + case("3", "Q: reject")
    )
    assert counts.answer("A").decisions == 0
    assert counts.answer("Q").decisions == 2  # the lone rejection is a withdrawal too: nobody else has worked
    assert counts.coverage.withdrawn == 2


def test_the_gates_own_inspection_does_not_hide_whom_it_decides_on() -> None:
    counts = counted(case("1", "A: make", "Q: inspect", "MISSING: pay", "Q: inspect", "Q: approve"))
    assert [over.unit for over in counts.answer("Q").authority_over] == ["A"]


def test_decisions_with_nobodys_work_before_them_are_over_nobody_known() -> None:
    counts = counted(case("1", "Q: approve", "A: make") + case("2", "A: make", "Q: approve"))
    answer = counts.answer("Q")
    assert (answer.decisions, sum(over.decisions or 0 for over in answer.authority_over)) == (2, 1)
    assert ("over_nobody", {"decisions": 1}) in [(n.code, n.parameters) for n in answer.notes]


def test_placeholders_are_coverage_and_not_units_but_their_rejection_ends_a_pass() -> None:
    counts = counted(
        [
            *case("1", "A: make", "B: check", "MISSING: reject", "A: make", "Q: approve"),
            Event("1", None, "file", 99),
        ]
    )
    answer = counts.answer("A")
    assert answer.coverage["placeholder_units"] == [{"unit": "MISSING", "events": 1}]
    assert answer.coverage["without_unit"] == 1
    assert [c.unit for c in answer.internal_customers] == ["Q"]  # B checked in an earlier pass
    assert answer.readings.by_need.m == 2


def test_without_any_decision_every_document_counts_as_served_and_that_is_said() -> None:
    answer = counted(case("1", "A: make", "B: check")).answer("A")
    assert answer.served == 1
    assert {"served_assumed", "external_assumed"} <= set(codes(answer))
    assert [x.name for x in answer.external_customers] == ["unnamed (assumed)"]


def test_served_by_a_pattern_needs_it_in_the_final_pass() -> None:
    events = case("1", "A: make", "B: pay") + case("2", "A: make", "B: pay", "Q: reject", "A: make")
    assert counted(events, Patterns(served="^pay")).coverage.served == 1


def test_documents_without_an_amount_are_in_no_sum_but_are_counted() -> None:
    events = case("1", "A: make", "Q: approve", value=2.0) + case("2", "A: make", "Q: approve", "B: ship")
    answer = counted(events).answer("Q")
    assert answer.coverage["without_value"] == 1
    assert answer.served == 2
    assert answer.loss_if_absent.work_stops == 1.0
    assert {c.unit: c.dependence for c in answer.internal_customers} == {"A": 1.0, "B": 0.0}


def test_dependence_shares_and_readings_follow_the_values() -> None:
    events = [
        *case("1", "A: make", "Q: approve", "B: ship", value=1.0, external="Anna"),
        *case("2", "A: make", "R: approve", "B: ship", value=19.0, external="Ben"),
    ]
    answer = counted(events).answer("Q")
    assert {c.unit: c.dependence for c in answer.internal_customers} == pytest.approx({"A": 0.05, "B": 0.05})
    assert answer.readings.by_need.n == 0
    assert counted(events).answer("Q", customer_from=0.05).readings.by_need.n == 2
    assert {x.name: (x.share, x.of_ours) for x in answer.external_customers} == {"Anna": (1.0, 1.0)}
    assert answer.indispensable_to == ()  # the chain forgets which gate a document passed
    assert answer.loss_if_absent.work_stops == pytest.approx(0.05)
    assert answer.loss_if_absent.rerouted == pytest.approx(0.0)


def test_removing_a_gate_that_refuses_lets_more_out() -> None:
    events = [
        *case("1", "A: make", "Q: approve"),
        *case("2", "A: make", "Q: reject"),
        *case("3", "A: make", "R: approve"),
    ]
    assert counted(events).answer("Q").loss_if_absent.rerouted == pytest.approx(-0.5)


def test_when_everyone_comes_out_as_a_customer_the_answer_says_it_separates_nobody() -> None:
    answer = counted(PLANT).answer("QA")
    assert ("separates_nobody", {"reading": "by_need", "n": 2, "m": 2}) in [
        (n.code, n.parameters) for n in answer.notes
    ]


def test_processes_in_which_nothing_is_ever_served_are_named() -> None:
    events = case("1", "A: Permit SENT by A", "Q: Permit APPROVED by Q", "A: Claim SENT by A")
    notes = {note.code: note.parameters for note in counted(events).answer("A").notes}
    assert notes["processes_never_served"] == {"processes": ["Claim"]}


def test_the_answer_as_json_has_the_promised_keys() -> None:
    answer = json.loads(json.dumps(counted(PLANT).answer("QA").to_dict()))
    assert {
        "unit", "cases", "served", "external_customers", "internal_customers", "authority_over",
        "customer_of", "indispensable_to", "loss_if_absent", "readings", "coverage",
    } <= set(answer)  # fmt: skip
    assert {"name", "share"} <= set(answer["external_customers"][0])
    assert {"unit", "dependence", "by_help", "by_release", "under_our_authority", "processes"} <= set(
        answer["internal_customers"][0]
    )
    assert {"unit", "share", "rejection_rate", "returns"} <= set(answer["authority_over"][0])
    assert set(answer["loss_if_absent"]) == {"work_stops", "rerouted"}
    assert answer["readings"]["external"]["customers"] == [{"name": "patient", "share": 1.0}]
    assert {"events", "without_unit", "placeholder_units"} <= set(answer["coverage"])


def test_stored_figures_give_the_same_answers_to_the_last_digit() -> None:
    counts = counted([*PLANT, *case("4", "MISSING: make", "Legal: approve", value=0.1)])
    again = Counts.from_json(counts.to_json())
    assert again.to_json() == counts.to_json()
    assert [a.to_dict() for a in again.answers()] == [a.to_dict() for a in counts.answers()]
    assert again.discrimination == counts.discrimination


def test_nobody_is_the_authority_over_itself_even_when_only_it_has_worked() -> None:
    answer = counted(case("1", "B: approve", "A: make", "A: approve")).answer("A")
    assert answer.authority_over == ()
    assert "over_nobody" in codes(answer)


def test_handovers_between_named_units_count_in_all_passes_but_not_after_sending_back() -> None:
    # MFG to QA four times and QA to the warehouse twice; QA handing back to MFG after a refusal is left out.
    assert counted(PLANT).discrimination.handovers == 4 + 2
    assert counted(PLANT).handover["into_decision"].sum() == 4
