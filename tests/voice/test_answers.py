"""Answering: sealed at once, of one size, replaceable, and nowhere else."""

import logging
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.ledger.models import Entry
from fairgate.voice import actions, queries
from fairgate.voice.models import Envelope, Invitation
from fairgate.voice.rules import Answering, Answers, BadAnswers, Form, PeriodOver, PeriodState
from fairgate.voice.rules.envelopes import PADDED, SEALED, Opener, Payload, seal
from fairgate.voice.rules.keys import KeyPair, read_key

from .conftest import START, House, some_answers

STEP = st.sampled_from([None, 1, 2, 3, 4, 5])
ANSWERS = st.builds(
    Answers,
    st.tuples(*[STEP] * 8),
    STEP,
    st.sampled_from([None, True, False]),
)
ABOUT = st.fixed_dictionaries(
    {
        "unit": st.integers(1, 2**63),
        "team": st.none() | st.integers(1, 2**63),
        "kind": st.integers(1, 2**63),
        "customer": st.integers(1, 2**63),
        "outcome": st.sampled_from(["approved", "conditions", "returned", "refused"]),
        "seniority": st.sampled_from(["junior", "middle", "senior"]),
        "risk": st.sampled_from(["", "critical"]),
        "decider": st.integers(1, 2**63).map(lambda pk: f"p{pk}"),
        "supplier": st.none(),
    }
)
KEYS = KeyPair.make()
OPENER = Opener(KEYS.private, link_key="link key")


def sealed(payload: Payload, invitation: str = "a") -> bytes:
    return seal(payload, public_key=KEYS.public, link_key="link key", invitation=invitation)


@given(ANSWERS, ABOUT)
def test_every_envelope_has_the_same_size_and_opens_to_what_was_said(
    answers: Answers, about: dict[str, object]
) -> None:
    payload = Payload(Form.TREATMENT, answers, about)  # type: ignore[arg-type]
    once, again = sealed(payload), sealed(payload)
    assert len(once) == len(again) == SEALED == PADDED + 48
    assert once != again
    assert OPENER.open(once, invitation="a") == payload
    assert Answers.of(answers.text()) == answers


def test_an_envelope_moved_copied_damaged_or_forged_is_unreadable() -> None:
    payload = Payload(Form.TREATMENT, some_answers(Random(1)), {"unit": 1})
    good = sealed(payload)
    assert OPENER.open(good, invitation="b") is None
    assert OPENER.open(good[:-1], invitation="a") is None
    assert OPENER.open(b"", invitation="a") is None
    assert OPENER.open(good[:100] + bytes([good[100] ^ 1]) + good[101:], invitation="a") is None
    forged = seal(payload, public_key=KEYS.public, link_key="guessed", invitation="a")
    assert OPENER.open(forged, invitation="a") is None
    other = seal(payload, public_key=KeyPair.make().public, link_key="link key", invitation="a")
    assert OPENER.open(other, invitation="a") is None


def test_what_is_said_is_never_in_a_repr() -> None:
    answers = Answers((5, 1, 4, 1, 5, 2, 3, 4), 2, knows_second_look=True)
    payload = Payload(Form.TREATMENT, answers, {"unit": 77})
    assert "5" not in repr(answers)
    assert "77" not in repr(payload)
    assert "4" not in str(BadAnswers("voice"))


@pytest.mark.parametrize(
    "wrong",
    [
        Answers((6, 1, 1, 1, 1, 1, 1, 1)),
        Answers((0, 1, 1, 1, 1, 1, 1, 1)),
        Answers((True, 1, 1, 1, 1, 1, 1, 1)),
        Answers((1, 1, 1)),
        Answers((1,) * 8, 9),
        Answers((1,) * 8, 1, "yes"),  # type: ignore[arg-type]
    ],
)
def test_what_is_not_on_the_form_is_refused_and_nothing_is_kept(house: House, wrong: Answers) -> None:
    period = house.quarter(people=1)
    (one,) = period.invitations.all()
    with pytest.raises(BadAnswers):
        actions.answer(by=Answering(one.pk), answers=wrong, today=START)
    assert not Envelope.objects.exists()


@pytest.fixture
def one(house: House) -> Invitation:
    (found,) = house.quarter(people=1).invitations.all()
    return found


def opened(house: House, one: Invitation) -> Payload | None:
    private = read_key(house.key[one.period_id]).private
    opener = Opener(private, link_key=queries.link_key_of(one.period))
    return opener.open(bytes(Envelope.objects.get(pk=one.pk).sealed), invitation=str(one.pk))


def test_the_last_answer_counts_and_there_is_one(house: House, one: Invitation) -> None:
    draw = Random(5)
    said = [some_answers(draw) for _ in range(4)]
    for answers in [*said, said[-1]]:
        actions.answer(by=Answering(one.pk), answers=answers, today=START)
    assert Envelope.objects.count() == 1
    found = opened(house, one)
    assert found is not None
    assert found.answers == said[-1]
    assert found.about["team"] == one.decision.team_id
    assert str(found.about["decider"]).startswith("p")


def test_an_answer_can_be_taken_back_and_given_again(house: House, one: Invitation) -> None:
    door = Answering(one.pk)
    assert not actions.take_back(by=door, today=START)
    actions.answer(by=door, answers=some_answers(Random(1)), today=START)
    assert queries.page_of(Invitation.objects.get(pk=one.pk), today=START).answered
    assert actions.take_back(by=door, today=START)
    assert not queries.page_of(Invitation.objects.get(pk=one.pk), today=START).answered
    actions.answer(by=door, answers=some_answers(Random(2)), today=START)
    assert Envelope.objects.count() == 1


def test_answering_changes_nothing_but_the_envelope(house: House, one: Invitation) -> None:
    """No ledger entry, no time, no count, not a byte of the invitation."""
    before = Entry.objects.count(), Invitation.objects.values().get(pk=one.pk)
    for seed in range(3):
        actions.answer(by=Answering(one.pk), answers=some_answers(Random(seed)), today=START)
    actions.take_back(by=Answering(one.pk), today=START)
    assert before == (Entry.objects.count(), Invitation.objects.values().get(pk=one.pk))
    assert {field.name for field in Envelope._meta.get_fields()} == {"invitation", "sealed"}


def test_answers_are_taken_until_the_last_day_and_not_after(house: House, one: Invitation) -> None:
    until = one.period.days.answers_until
    actions.answer(by=Answering(one.pk), answers=some_answers(Random(1)), today=until)
    for late in (actions.take_back, lambda **it: actions.answer(answers=some_answers(Random(1)), **it)):
        with pytest.raises(PeriodOver) as over:
            late(by=Answering(one.pk), today=until + timedelta(days=1))
        assert (over.value.until, over.value.lost) == (until, False)
    house.ended(one.period)
    with pytest.raises(PeriodOver):
        actions.take_back(by=Answering(one.pk), today=until)
    assert Envelope.objects.count() == 1


def test_home_says_what_waits_and_stops_when_it_is_done(house: House, time: object) -> None:
    charlie = house.cast["charlie"]
    house.decided(charlie)
    period = house.opened()
    house.invited(period)
    one = period.invitations.get(person=charlie)
    (waiting,) = queries.waiting_for(charlie)
    assert "Lot" in waiting.what
    assert (waiting.due.month, waiting.due.day, waiting.is_promise) == (10, 14, False)
    assert queries.waiting_for(house.cast["dan"]) == []
    actions.answer(by=Answering(one.pk), answers=some_answers(Random(1)))
    assert queries.waiting_for(charlie) == []
    assert queries.mine_for(charlie) is not None
    assert queries.mine_for(house.gil) is None


def test_no_log_holds_what_was_said(house: House, one: Invitation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        actions.answer(by=Answering(one.pk), answers=some_answers(Random(1)), today=START)
        with pytest.raises(BadAnswers):
            actions.answer(by=Answering(one.pk), answers=Answers((9,) * 8), today=START)
    assert caplog.text == ""
    assert one.period.state == PeriodState.OPEN
