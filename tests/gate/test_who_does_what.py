"""Every action, every person: a unit's people ask, another unit's reviewers and leads decide, nobody else does either."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.gate import actions, queries
from fairgate.gate.models import AdviceQuestion, Clause, ServiceRequest, Team
from fairgate.gate.rules import Move, Outcome
from fairgate.ledger.models import Entry

from .conftest import CAST, MANUFACTURING, PROGRAM, QUALITY, decided, reviewed, slip, submitted

NOBODY = ServiceRequest.DoesNotExist  # as if it weren't there
DENIED = PermissionDenied
MAY = None

# Who reads the requests of Manufacturing to Quality.
READERS = frozenset({"alice", "bob", "charlie", "dora", "emil", "hana", "lea", "rita", "sam"})
ASKERS = frozenset({"charlie", "lea", "hana"})  # work in Manufacturing
DECIDERS = frozenset({"bob", "rita", "sam"})  # decide in Quality and don't work in Manufacturing


class Stage:
    """A request of Manufacturing's, and what may be done with it."""

    def __init__(self, cast: Mapping[str, Any], gate: Mapping[str, Any], plant: Mapping[str, Any]) -> None:
        self.cast, self.gate, self.plant = cast, gate, plant
        self.request = submitted(cast["charlie"], gate["change"])

    def refused(self, by: str = "sam") -> ServiceRequest:
        return decided(self.cast[by], self.request, Outcome.REFUSED)


def submit(stage: Stage, by: Any) -> None:
    unit = stage.plant[MANUFACTURING].pk
    actions.submit(by=by, kind=stage.gate["change"].pk, unit=unit, asked="x", key="k")


def ask(stage: Stage, by: Any) -> None:
    unit = stage.plant[MANUFACTURING].pk
    actions.ask(by=by, kind=stage.gate["change"].pk, unit=unit, question="Would it pass?", key="k")


def withdraw(stage: Stage, by: Any) -> None:
    actions.withdraw(by=by, pk=stage.request.pk, reason="x")


def review(stage: Stage, by: Any) -> None:
    actions.review(by=by, pk=stage.request.pk, found="x")


def decide(stage: Stage, by: Any) -> None:
    reviewed(stage.cast["sam"], stage.request)
    actions.decide(by=by, pk=stage.request.pk, outcome="approved")


def warn(stage: Stage, by: Any) -> None:
    later = stage.request.promised_by + timedelta(days=1)
    actions.warn(by=by, pk=stage.request.pk, expected_by=later, reason="x")


def reassign(stage: Stage, by: Any) -> None:
    actions.reassign(by=by, pk=stage.request.pk, reviewer=stage.cast["sam"].pk, reason="x")


def write_slip(stage: Stage, by: Any) -> None:
    stage.refused()
    actions.write_slip(by=by, pk=stage.request.pk, slip=slip(reasons="clearer"))


def ask_second_look(stage: Stage, by: Any) -> None:
    stage.refused()
    actions.ask_second_look(by=by, pk=stage.request.pk, why="x")


def look_again(stage: Stage, by: Any) -> None:
    stage.refused()
    actions.ask_second_look(by=stage.cast["charlie"], pk=stage.request.pk, why="x")
    actions.look_again(by=by, pk=stage.request.pk, result="upheld", reasons="x")


def answer(stage: Stage, by: Any) -> None:
    ask(stage, stage.cast["charlie"])
    question = AdviceQuestion.objects.get()
    actions.answer(by=by, pk=question.pk, likely="likely", answer="x", clauses=[Clause.objects.all()[0].pk])


def add_team(stage: Stage, by: Any) -> None:
    actions.add_team(by=by, unit=stage.plant[QUALITY].pk, name="East")


def place_in_team(stage: Stage, by: Any) -> None:
    team = Team.objects.create(unit=stage.plant[QUALITY], name="East")
    actions.place_in_team(by=by, team=team.pk, person=stage.cast["rita"].pk)


def recount(stage: Stage, by: Any) -> None:
    actions.recount(by=by)


Doing = Callable[[Stage, Any], None]
OF_A_REQUEST: dict[Doing, frozenset[str]] = {
    withdraw: ASKERS,
    ask_second_look: ASKERS,
    review: DECIDERS,
    decide: DECIDERS,
    warn: DECIDERS,
    write_slip: DECIDERS,
    answer: DECIDERS,
    look_again: DECIDERS - {"sam"},  # Sam decided
    reassign: frozenset({"bob"}),
}
OF_A_UNIT: dict[Doing, frozenset[str]] = {
    submit: frozenset({"charlie", "lea"}),
    ask: frozenset({"charlie", "lea"}),
    add_team: frozenset({"alice", "bob"}),
    place_in_team: frozenset({"alice", "bob"}),
    recount: frozenset({"alice"}),
}


@pytest.fixture
def stage(cast, gate, plant, time) -> Stage:
    return Stage(cast, gate, plant)


@pytest.mark.parametrize("who", sorted(CAST))
@pytest.mark.parametrize("doing", OF_A_REQUEST, ids=lambda doing: doing.__name__)
def test_of_a_request_everybody_does_what_is_theirs(stage, who, doing):
    if who in OF_A_REQUEST[doing]:
        doing(stage, stage.cast[who])
        return
    expected = DENIED if who in READERS else (NOBODY, AdviceQuestion.DoesNotExist)
    refused_without_a_trace(stage, who, doing, expected)


@pytest.mark.parametrize("who", sorted(CAST))
@pytest.mark.parametrize("doing", OF_A_UNIT, ids=lambda doing: doing.__name__)
def test_of_a_unit_everybody_does_what_is_theirs(stage, who, doing):
    if who in OF_A_UNIT[doing]:
        doing(stage, stage.cast[who])
    else:
        refused_without_a_trace(stage, who, doing, (DENIED, actions.Faulty))


def refused_without_a_trace(stage: Stage, who: str, doing: Doing, expected: Any) -> None:
    with pytest.raises(expected):
        doing(stage, stage.cast[who])
    if who not in {"charlie", "sam"}:  # they set the stage
        assert not Entry.objects.filter(actor_id=stage.cast[who].actor_id)


@pytest.mark.parametrize("who", sorted(CAST))
def test_who_reads_a_request(stage, who):
    by = stage.cast[who]
    assert queries.requests_for(by).filter(pk=stage.request.pk).exists() == (who in READERS)
    stage.refused()
    decision = stage.request.decisions.get()
    if who in READERS:
        assert queries.page_of_request(by, stage.request.pk).standing == decision
        assert queries.decision_for(by, decision.pk) == decision
        return
    for read, missing in [
        (lambda: queries.page_of_request(by, stage.request.pk), NOBODY),
        (lambda: queries.decision_for(by, decision.pk), type(decision).DoesNotExist),
    ]:
        with pytest.raises(missing):
            read()


@pytest.mark.parametrize("who", sorted(CAST))
def test_who_reads_a_question_and_a_second_look(stage, who):
    ask(stage, stage.cast["charlie"])
    ask_second_look(stage, stage.cast["charlie"])
    by, look = stage.cast[who], stage.request.decisions.get().second_looks.get()
    assert queries.questions_for(by).count() == (who in READERS)
    if who in READERS:
        assert queries.second_look_for(by, look.pk) == look
    else:
        with pytest.raises(type(look).DoesNotExist):
            queries.second_look_for(by, look.pk)


def test_the_program_reads_everything(stage):
    assert queries.request_for(PROGRAM, stage.request.pk) == stage.request


def test_nobody_who_is_disabled_does_or_reads_anything(stage):
    from fairgate.people import actions as people

    people.disable(by=PROGRAM, person=stage.cast["rita"], reason="left")
    rita = type(stage.cast["rita"]).objects.get(username="rita")
    assert not queries.requests_for(rita).exists()
    with pytest.raises(NOBODY):
        review(stage, rita)


@pytest.mark.parametrize("who", sorted(CAST))
def test_the_page_offers_what_the_actions_allow(stage, who):
    """At the moment when everything before a decision is possible."""
    if who not in READERS:
        return
    reviewed(stage.cast["sam"], stage.request)
    offered = queries.page_of_request(stage.cast[who], stage.request.pk).moves
    expected = {Move.WITHDRAW} if who in ASKERS else set()
    if who in DECIDERS:
        expected |= {Move.REVIEW, Move.DECIDE, Move.WARN}
    if who == "bob":
        expected.add(Move.REASSIGN)
    assert offered == expected


@pytest.mark.parametrize("who", sorted(READERS))
def test_after_a_refusal_the_page_offers_what_comes_next(stage, who):
    stage.refused()
    offered = queries.page_of_request(stage.cast[who], stage.request.pk).moves
    expected = {Move.ASK_SECOND_LOOK} if who in ASKERS else set()
    if who in {"charlie", "lea"}:
        expected.add(Move.IMPROVE)
    if who in DECIDERS:
        expected.add(Move.WRITE_SLIP)
    assert offered == expected


def test_a_submitter_who_moved_to_quality_does_not_decide_on_it(stage, plant):
    from fairgate.organisation import actions as organisation
    from fairgate.people import actions as people
    from fairgate.people.rules import Role

    charlie = stage.cast["charlie"]
    organisation.remove_member(by=PROGRAM, person=charlie.pk, unit=plant[MANUFACTURING])
    organisation.add_member(by=PROGRAM, person=charlie.pk, unit=plant[QUALITY])
    people.set_roles(by=PROGRAM, person=charlie, roles={Role.REVIEWER}, reason="moved")
    charlie = type(charlie).objects.get(pk=charlie.pk)
    with pytest.raises(DENIED):
        review(stage, charlie)
    assert charlie not in queries.reviewers_for(stage.request)
