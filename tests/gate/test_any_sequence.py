"""Whatever several people do in whatever order: no decision without review, none its kind doesn't allow, no non-approval
without slip, no record lost, and the running counts are right."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fairgate.gate import actions, queries
from fairgate.gate.models import (
    AdviceQuestion,
    Clause,
    Decision,
    PromiseChange,
    RefusalSlip,
    Review,
    SecondLook,
    ServiceRequest,
)
from fairgate.gate.rules import Likely, LookResult, Outcome, SlipRow
from fairgate.ledger.models import Entry
from fairgate.people.models import Person
from fairgate.shared import clock

from .conftest import (
    CAST,
    MANUFACTURING,
    MONDAY,
    WAREHOUSE,
    Clock,
    decided,
    make_cast,
    make_gate,
    make_plant,
    submitted,
)
from .wholeness import every_request_is_whole, the_counts_are_right

RECORDS = (Review, Decision, RefusalSlip, PromiseChange, SecondLook, ServiceRequest, AdviceQuestion, Entry)
REFUSALS = (
    PermissionDenied,
    actions.NotAllowedNow,
    actions.Faulty,
    actions.AlreadyDecided,
    ServiceRequest.DoesNotExist,
    AdviceQuestion.DoesNotExist,
)


class Chance(random.Random):
    """Draws for one step."""

    def mostly(self, right: Sequence[Any], others: Sequence[Any]) -> Any:
        return self.choice(right if self.random() < 0.8 else others)

    def sometimes(self) -> bool:
        return self.random() < 0.15

    def text(self) -> str:
        return self.choice(["because"] * 12 + [" ", "x" * 6_000, "bell \a"])


ANYBODY = tuple(sorted(CAST))
ASKERS, DECIDERS = ("charlie", "lea"), ("rita", "bob", "sam", "hana")
UNITS = (MANUFACTURING, WAREHOUSE, "Quality")


class Life(RuleBasedStateMachine):
    """Anybody tries anything on any request; what is refused changes nothing. Each step is drawn from a seed of its own:
    four times out of five somebody does what they may, else hardly anything would ever be decided."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.clock = Clock(MONDAY)
        self.patched = patch.object(clock, "now", self.clock)
        self.patched.start()
        self.plant = make_plant()
        self.gate = make_gate(self.plant)
        self.cast = make_cast(self.plant)
        self.clause = Clause.objects.values_list("pk", flat=True)[0]
        self.requests = [self.refused(contested) for contested in (False, True, True, True)]
        self.questions: list[int] = []
        self.kept = dict.fromkeys(RECORDS, 0)
        self.steps = 0

    def refused(self, contested: bool) -> int:
        """A life that began from nothing would hardly come to second looks."""
        request = decided(
            self.cast["rita"], submitted(self.cast["charlie"], self.gate["change"]), Outcome.REFUSED
        )
        if contested:
            actions.ask_second_look(by=self.cast["charlie"], pk=request.pk, why="I see it otherwise")
        return request.pk

    def teardown(self) -> None:
        try:
            everything_is_in_order()
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)
            self.patched.stop()

    @rule(seed=st.integers(0, 2**64 - 1))
    def somebody_does_something(self, seed: int) -> None:
        chance = Chance(seed)
        doing = chance.choices(list(DOING), list(DOING.values()))[0]
        self.steps += 1
        before = self.counted()
        with suppress(*REFUSALS):
            with transaction.atomic():
                doing(self, chance)
            return
        assert self.counted() == before, "what was refused left something behind"

    @invariant()
    def everything_is_in_order(self) -> None:
        if self.steps % 10 == 0:
            everything_is_in_order()

    @invariant()
    def nothing_is_lost(self) -> None:
        now = self.counted()
        assert all(now[record] >= self.kept[record] for record in RECORDS)
        self.kept = now

    def counted(self) -> dict[type[Model], int]:
        return {record: record.objects.count() for record in RECORDS}

    def submit(self, chance: Chance) -> None:
        key = f"form-{len(self.requests) + chance.mostly([1], [0])}"  # now and then the last form once more
        kind = self.gate[chance.choice(["change", "change", "batch", "question"])].pk
        unit, asked = self.plant[chance.mostly(UNITS[:1], UNITS)].pk, chance.text()
        made = actions.submit(by=self.who(chance, ASKERS), kind=kind, unit=unit, asked=asked, key=key)
        self.requests += {made.pk} - {*self.requests}

    def improve(self, chance: Chance) -> None:
        earlier = ServiceRequest.objects.get(pk=self.request(chance))
        typed = {"kind": earlier.kind_id, "unit": earlier.unit_id, "asked": "better", "follows": earlier.pk}
        key = f"better-{len(self.requests)}"
        self.requests.append(actions.submit(by=self.who(chance, ASKERS), key=key, **typed).pk)

    def withdraw(self, chance: Chance) -> None:
        actions.withdraw(by=self.who(chance, ASKERS), pk=self.request(chance), reason=chance.text())

    def review(self, chance: Chance) -> None:
        actions.review(by=self.who(chance, DECIDERS), pk=self.request(chance), found=chance.text())

    def decide(self, chance: Chance) -> None:
        pk = chance.mostly(self.with_state("reviewed"), [*self.with_state("held"), self.request(chance)])
        outcome = chance.choice([*list(Outcome) * 3, "", "maybe"])
        seen = chance.mostly([None, 0], [1, 2])
        actions.decide(
            by=self.who(chance, DECIDERS),
            pk=pk,
            seen=None if seen is None else queries.seen_now(ServiceRequest.objects.get(pk=pk)) - seen,
            **self.given(chance, outcome),
        )

    def write_slip(self, chance: Chance) -> None:
        actions.write_slip(by=self.who(chance, DECIDERS), pk=self.request(chance), slip=self.slip(chance))

    def warn(self, chance: Chance) -> None:
        later, reason = self.clock.at + timedelta(days=chance.randint(-2, 20)), chance.text()
        actions.warn(by=self.who(chance, DECIDERS), pk=self.request(chance), expected_by=later, reason=reason)

    def reassign(self, chance: Chance) -> None:
        reviewer = self.who(chance, DECIDERS).pk
        actions.reassign(
            by=self.who(chance, ("bob",)), pk=self.request(chance), reviewer=reviewer, reason="away"
        )

    def ask_second_look(self, chance: Chance) -> None:
        actions.ask_second_look(by=self.who(chance, ASKERS), pk=self.contested(chance), why=chance.text())

    def look_again(self, chance: Chance) -> None:
        looks = SecondLook.objects.filter(result="").values_list("decision__request", flat=True)
        pk = chance.choice(list(looks) or [0])
        result = chance.mostly([LookResult.OVERTURNED], [LookResult.UPHELD])
        given = self.given(chance, chance.choice(list(Outcome)))
        del given["note"]
        if result == LookResult.UPHELD and chance.random() < 0.8:
            given = {}
        by = self.who(chance, DECIDERS)
        actions.look_again(by=by, pk=pk, result=result, reasons=chance.text(), **given)

    def ask(self, chance: Chance) -> None:
        typed = {"unit": self.plant[MANUFACTURING].pk, "question": chance.text(), "key": str(chance.random())}
        asked = actions.ask(by=self.who(chance, ASKERS), kind=self.gate["change"].pk, **typed)
        self.questions.append(asked.pk)

    def answer(self, chance: Chance) -> None:
        typed = {"likely": Likely.YES, "answer": chance.text(), "clauses": [self.clause]}
        actions.answer(by=self.who(chance, DECIDERS), pk=chance.choice(self.questions or [0]), **typed)

    def time_passes(self, chance: Chance) -> None:
        self.clock.on(hours=chance.randint(1, 60))

    def who(self, chance: Chance, right: Sequence[str]) -> Person:
        return self.cast[chance.mostly(right, ANYBODY)]

    def request(self, chance: Chance) -> int:
        """One of the latest: the older ones are mostly settled."""
        return chance.choice(self.requests[-4:] or [0])

    def with_state(self, state: str) -> list[int]:
        return list(ServiceRequest.objects.filter(state=state).values_list("pk", flat=True)) or [0]

    def contested(self, chance: Chance) -> int:
        refused = ServiceRequest.objects.filter(state="decided", outcome__in=["returned", "refused"])
        return chance.choice(list(refused.values_list("pk", flat=True)) or [0])

    def given(self, chance: Chance, outcome: str) -> dict[str, Any]:
        """What goes with an outcome; now and then what doesn't."""
        needs_slip = outcome in {"held", "returned", "refused"}
        return {
            "outcome": outcome,
            "conditions": "report back" if (outcome == Outcome.CONDITIONS) != chance.sometimes() else "",
            "note": "",
            "slip": self.slip(chance) if needs_slip != chance.sometimes() else None,
        }

    def slip(self, chance: Chance) -> SlipRow:
        clause = chance.mostly([self.clause], [999_999])
        return SlipRow("a", clause, chance.text(), "show it", date(2099, 1, 1), "Rita", "ask")


# How often each is tried.
DOING: dict[Callable[[Life, Chance], None], int] = {
    Life.submit: 5,
    Life.improve: 1,
    Life.withdraw: 1,
    Life.review: 6,
    Life.decide: 8,
    Life.write_slip: 1,
    Life.warn: 1,
    Life.reassign: 1,
    Life.ask_second_look: 3,
    Life.look_again: 3,
    Life.ask: 1,
    Life.answer: 1,
    Life.time_passes: 2,
}


def everything_is_in_order() -> None:
    every_request_is_whole()
    the_counts_are_right()
    for decision in Decision.objects.select_related("request", "review__reviewer", "decided_by"):
        for person in (decision.decided_by, decision.review.reviewer):
            assert not person.memberships.filter(unit=decision.request.unit_id), "decided at home"
            assert person.pk != decision.request.submitted_by_id


def live(examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),  # a life of hundreds of actions takes minutes to shrink
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=chosen)


@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_a_rule() -> None:
    live(examples=8, steps=150)


@pytest.mark.long
@pytest.mark.django_db
def test_no_long_sequence_of_actions_breaks_a_rule() -> None:
    live(examples=60, steps=400)
