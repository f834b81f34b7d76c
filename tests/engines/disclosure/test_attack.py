"""Sequences of publications, attacked with whole numbers by a program that shares nothing with the engine."""

import pytest

from engines.disclosure.attacker import Attacker
from engines.disclosure.campaign import WIDTH, could_judge, narrowed, publish, secrets
from engines.disclosure.worlds import crafted_world, invited_world, random_world, small_world
from fairgate.engines.disclosure import Publication, Table, audit, complementary, primary, protecting
from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.coding import HIDDEN, finest
from fairgate.engines.disclosure.witnesses import Proof

SOME_RANDOM, SOME_CRAFTED = range(3), range(6)


@pytest.mark.parametrize("seed", SOME_RANDOM)
def test_nobody_narrows_a_hidden_figure_of_random_sequences(seed: int) -> None:
    answers, published = publish(random_world(seed))
    assert not list(narrowed(answers, published, seed))


@pytest.mark.parametrize("seed", SOME_CRAFTED)
def test_nobody_narrows_a_hidden_figure_of_sequences_made_to_be_subtracted(seed: int) -> None:
    answers, published = publish(crafted_world(seed))
    assert not list(narrowed(answers, published, seed, most=4))


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(100))
def test_ten_thousand_random_sequences(hundred: int) -> None:
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        answers, published = publish(small_world(seed))
        assert not list(narrowed(answers, published, seed, most=3)), seed
        assert all(one.audit.passed for one in published), seed


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_crafted_sequences(hundred: int) -> None:
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        answers, published = publish(crafted_world(seed))
        assert not list(narrowed(answers, published, seed, most=4)), seed
        assert all(one.audit.passed for one in published), seed


def test_without_complementary_suppression_it_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        protecting,
        "settle",
        lambda telling, proof: Proof(proof.system.telling(proof.system.told, 0 * proof.system.needed)),
    )
    caught = []
    for seed in range(6):
        answers, published = publish(crafted_world(seed))
        caught.append(bool(list(narrowed(answers, published, seed, most=12))))
    assert sum(caught) >= 4
    answers, published = publish(crafted_world(0))
    assert not audit(answers, published).passed


@pytest.mark.parametrize("seed", range(6))
def test_counting_invitations_instead_of_answers_is_caught(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant is like the engine in all but one thing: those asked are counted, for k and for the raters a group needs."""
    world, asked = invited_world(seed)
    assert not list(narrowed(*publish(world), seed, most=12))

    def first(table: Table, counts: Ints, deciders: int | None, start: int) -> int:
        return HIDDEN if min(asked.values()) < table.least else finest(counts, start)

    monkeypatch.setattr(primary, "rung_alone", first)
    answers, published = publish(world, k=1)
    caught = [found for found in narrowed(answers, published, seed, most=12) if found[0] == "team"]
    assert any(found[-1] == "outside" for found in caught)


@pytest.mark.parametrize("seed", [6, 9, 11, 24, 30])
def test_how_many_could_judge_stays_open_where_few_could(seed: int) -> None:
    """In these worlds the total less the teams that are told once left two to four answers open, not five."""
    answers, published = publish(crafted_world(seed))
    stored = [one.to_dict() for one in published]
    attacker, tried = Attacker(answers, stored, "respect"), 0
    for table, key, at in secrets(stored):
        ballots = sum(attacker.ballots[row] for row in attacker.inside(table, key))
        if could_judge(answers, attacker, table, key) < WIDTH:
            before = Attacker(answers, stored[:at], "respect").narrow(table, key, range(5))
            assert attacker.narrow(table, key, range(5)) >= min(WIDTH, ballots, before)
            tried += 1
    assert tried


@pytest.mark.parametrize("limits", [{"MOST_PROGRAMS": 1, "MORE_PROGRAMS": 1}, {"MOST_TURNS": 1}])
@pytest.mark.parametrize("seed", [1, 3, 7])
def test_what_the_work_allowed_does_not_prove_is_withheld(
    seed: int, limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the limit nothing unproved is told: less is shown, all of it passes, and the attacker gets nowhere."""
    _, before = publish(crafted_world(seed))
    for name, limit in limits.items():
        monkeypatch.setattr(complementary, name, limit)
    answers, published = publish(crafted_world(seed))
    hidden = [sum(sum(one.hidden.values()) for one in each) for each in (before, published)]
    assert hidden[1] > hidden[0]
    assert any(table.withheld for one in published for table in one.tables)
    assert all(one.audit.passed for one in published)
    assert audit(answers, published).passed
    assert not list(narrowed(answers, published, seed, most=12))


def test_a_publication_survives_being_stored() -> None:
    answers, published = publish(crafted_world(3))
    again = [Publication.from_dict(one.to_dict()) for one in published]
    assert [one.to_dict() for one in again] == [one.to_dict() for one in published]
    assert audit(answers, again).passed
