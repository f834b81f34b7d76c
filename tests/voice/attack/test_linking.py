"""Without the period's key nobody is linked to a ballot beyond a cell; with it, everybody is."""

import json
from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

import numpy as np
import pytest
from django.conf import settings
from django.db import connection
from nacl.public import PrivateKey, SealedBox

from conftest import Installation
from fairgate.engines.disclosure import recoding
from fairgate.voice.actions import answering, closing
from fairgate.voice.models import Ballot
from fairgate.voice.rules import ITEMS, Answers
from fairgate.voice.rules.keys import read_key
from fairgate.voice.rules.links import hash_of, period_key, token_of
from voice.attack.clues import key, suspects
from voice.attack.guessing import Verdict, judged
from voice.attack.loot import Row
from voice.attack.world import PEOPLE, Attacked, World

Tell = Callable[[str], None]
FEW, MANY = 10, 200


@pytest.fixture
def world(installation: Installation, quick_protection: None) -> World:
    """Tables are withheld: whoever holds the ballots themselves learns nothing from them, and what they tell others has its
    own attacker (tests/engines/disclosure)."""
    return World(installation, seed=7)


def periods(world: World, number: int) -> Iterator[Attacked]:
    return (world.month() for _ in range(number))


@pytest.mark.parametrize(("number", "most"), [(FEW, 0.25), pytest.param(MANY, 0.05, marks=pytest.mark.long)])
def test_with_everything_but_the_key_it_is_drawing_at_random(
    world: World, number: int, most: float, record_property: Callable[[str, object], None]
) -> None:
    verdict = judged(periods(world, number), seed=1)
    print(verdict)
    record_property("attack", str(verdict))
    assert verdict.periods == number
    assert verdict.ballots >= number * (PEOPLE - 8)
    assert verdict.clues > 100
    assert verdict.luck > 0.001, f"found a clue: {verdict}"
    assert verdict.bound <= most


def test_with_the_key_and_a_copy_from_before_closing_everybody_is_found_out(world: World) -> None:
    """What the documentation says of whoever holds the key."""
    attacked = world.month()
    box = SealedBox(PrivateKey(read_key(attacked.key).private))
    persons = {key(row["id"]): row["person_id"] for row in attacked.before.tables["voice_invitation"]}
    for row in attacked.before.tables["voice_envelope"]:
        plain = json.loads(box.decrypt(bytes(row["sealed"]))[32:])
        assert plain["said"] == attacked.said[persons[key(row["invitation_id"])]]
    assert len(attacked.before.tables["voice_envelope"]) == len(attacked.said)


def test_nothing_that_was_said_stands_anywhere_before_closing(world: World) -> None:
    attacked = world.month()
    said = [text.encode() for text in set(attacked.said.values())]
    for name, content in attacked.before.files.items():
        assert [text for text in said if text in content] == [], name
    rows = [str(row).encode() for table in attacked.before.tables.values() for row in table]
    assert [text for text in said if any(text in row for row in rows)] == []


def test_what_is_left_of_the_envelopes_opens_nothing_and_who_answered_is_gone(world: World) -> None:
    attacked = world.month()
    assert attacked.after.tables["voice_envelope"] == []
    sealed = [bytes(row["sealed"]) for row in attacked.before.tables["voice_envelope"]]
    if connection.vendor == "sqlite":
        for name, content in attacked.after.files.items():
            left = [each for each in sealed if each[40:72] in content]
            assert left == [], f"{name} still holds sealed answers"
    secret = read_key(attacked.key).private
    for loot in (attacked.before, attacked.after):
        for name, content in loot.files.items():
            assert secret not in content, name
            assert secret.hex().encode() not in content, name


CUT = ("unit_id", "decision_id", "kind_id", "outcome", "supplier_id", "asked_on", "nonce")
"""What says about which decision somebody was asked: the day is the one after it was made."""


def test_the_rows_of_those_who_answered_are_as_all_others_are(world: World) -> None:
    """To the last hidden column: who answered can't be told afterwards, nor about what anybody was asked."""
    world.month()
    attacked = world.month()
    after = of_period(attacked.after.tables["voice_invitation"], attacked)
    asked = of_period(attacked.asked, attacked)
    assert len(after) == PEOPLE
    assert len({row["decision_id"] for row in asked}) == PEOPLE
    for column in CUT:
        assert {bytes(row[column] or b"") if column == "nonce" else row[column] or None for row in after} <= {
            None,
            b"",
        }
    apart = {*CUT, "ctid", "xmin", "xmax", "cmin", "(scan)"}
    left = [
        [{name: row[name] for name in row if name not in apart} for row in rows] for rows in (asked, after)
    ]
    assert sorted(left[0], key=lambda row: str(row["id"])) == sorted(left[1], key=lambda row: str(row["id"]))
    if connection.vendor == "postgresql":
        assert {row["xmax"] for row in after} == {0}
        assert len({row["xmin"] for row in after}) == 1


def of_period(rows: list[Row], attacked: Attacked) -> list[Row]:
    return [row for row in rows if key(row["period_id"]) == attacked.before.period]


def test_with_the_link_key_no_link_is_made_again_after_closing(world: World) -> None:
    """Nor who was asked about what, which rests on the same key. A copy from before closing still makes them."""
    attacked = world.month()
    hashes = {row["link_hash"] for row in attacked.after.tables["voice_invitation"]}
    (before,), (after,) = (
        [row for row in loot.tables["voice_period"] if key(row["id"]) == loot.period]
        for loot in (attacked.before, attacked.after)
    )
    assert not bytes(after["link_salt"])
    for salt, remade in ((before["link_salt"], PEOPLE), (after["link_salt"], 0)):
        made = {
            hash_of(
                token_of(
                    period_key(settings.LINK_KEY, bytes(salt)), str(UUID(key(row["id"]))), bytes(row["nonce"])
                )
            )
            for row in attacked.asked
        }
        assert len(made & hashes) == remade
    if connection.vendor == "sqlite":
        for name, content in attacked.after.files.items():
            assert bytes(before["link_salt"]) not in content, name


LEFT_OUT = "-"


def opinionated(draw: Random) -> Answers:
    """Of two steps each: in small groups all often agree."""
    return Answers(tuple(draw.choice((1, 2)) for _ in ITEMS), draw.choice((1, 2)), draw.choice((True, False)))


def said_by_all(attacked: Attacked) -> set[tuple[object, int]]:
    """Cells of the database, and places in their ballots that all fill alike: whoever is in the cell said that."""
    texts = {key(row["id"]): row["answers"] for row in attacked.after.tables["voice_ballot"]}
    cells = suspects(attacked.before, attacked.after).ballots
    return {
        (cell, place)
        for cell, ballots in cells.items()
        for place, said in enumerate(zip(*(texts[one] for one in ballots), strict=True))
        if len(set(said)) == 1 and not (said[0] == LEFT_OUT and place >= len(ITEMS))
    }


def test_no_kept_cell_tells_what_everybody_in_it_said(world: World) -> None:
    world.say = opinionated
    months = [world.month() for _ in range(4)]
    kept = [suspects(one.before, one.after).ballots for one in months]
    assert sum(map(len, kept)) > 4
    assert not [found for one in months for found in said_by_all(one)]


def test_without_looking_whether_ballots_differ_it_would(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recoding, "_mixed", lambda of, said: np.ones(int(of.max(initial=-1)) + 1, bool))
    world.say = opinionated
    assert [found for _ in range(4) for found in said_by_all(world.month())]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows: nothing to be found")
def test_a_constraint_on_envelopes_would_mark_who_answered(world: World) -> None:
    """Why there is none. Closing writes every invitation anew, which wipes the marks out of the tables, not out of backups."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE voice_envelope ADD FOREIGN KEY (invitation_id) REFERENCES voice_invitation"
        )
    attacked = world.month()
    marked = {row["person_id"] for row in attacked.before.tables["voice_invitation"] if row["xmax"]}
    assert marked >= set(attacked.said)


# What a careless version might do. Each has to be caught.


def in_answer_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that count up, given in the order of the envelopes."""
    monkeypatch.setattr(closing, "_mix", lambda payloads: None)
    monkeypatch.setattr(closing, "_under_random_ids", _counting_up)


def with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mixed well, under random ids, but beside each ballot it is written when it was answered."""
    clock = iter(range(10**9))
    about = answering.about
    monkeypatch.setattr(answering, "about", lambda invitation: {**about(invitation), "at": next(clock)})
    _noting(monkeypatch, "at")


def with_the_rater(monkeypatch: pytest.MonkeyPatch) -> None:
    """… or a hash of who gave it."""
    import hashlib

    about = answering.about
    monkeypatch.setattr(
        answering,
        "about",
        lambda it: {**about(it), "at": hashlib.sha256(str(it.person_id).encode()).hexdigest()},
    )
    _noting(monkeypatch, "at")


def in_scan_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random ids, but written in the order of the envelopes: PostgreSQL keeps the order of writing."""
    monkeypatch.setattr(closing, "_mix", lambda payloads: None)
    monkeypatch.setattr(
        closing, "_under_random_ids", lambda period, rows: [Ballot(period=period, **row) for row in rows]
    )


MUTANTS = [in_answer_order, with_the_time, with_the_rater]
if connection.vendor == "postgresql":
    MUTANTS.append(in_scan_order)


@pytest.mark.parametrize("careless", MUTANTS, ids=lambda it: it.__name__)
def test_a_careless_version_is_caught(
    world: World, monkeypatch: pytest.MonkeyPatch, careless: Callable[[pytest.MonkeyPatch], None]
) -> None:
    careless(monkeypatch)
    verdict: Verdict = judged(periods(world, 4), seed=1)
    assert verdict.luck < 1e-9, f"not caught: {verdict}"
    assert verdict.best.low > 0.05


def _counting_up(period: object, rows: list[dict[str, object]]) -> list[Ballot]:
    start = UUID(int=0x11111111111141118111111111110000 + int(str(period.starts_on).replace("-", "")) * 10**6)
    return [Ballot(id=UUID(int=start.int + place), period=period, **row) for place, row in enumerate(rows)]


def _noting(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Keep something of each answer beside its ballot, in a table that this version doesn't have."""
    from fairgate.voice.dataset import closing as dataset

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (ballot text, noted text)")
    ballot_of, ids, save = dataset._ballot, closing._under_random_ids, closing._save_closing
    notes: list[object] = []

    def noted(payload: object, *more: object) -> dict[str, object]:
        return {**ballot_of(payload, *more), "noted": payload.about[what]}

    def under_random_ids(period: object, rows: list[dict[str, object]]) -> list[Ballot]:
        kept = []
        for row in rows:
            value = row.pop("noted")
            (made,) = ids(period, [row])
            kept.append(made)
            notes.append((made.pk.hex, str(value).zfill(12)))
        return sorted(kept, key=lambda one: one.pk.hex)

    def saved(**arguments: object) -> object:
        done = save(**arguments)
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO note VALUES (%s, %s)", notes)
        notes.clear()
        return done

    monkeypatch.setattr(dataset, "_ballot", noted)
    monkeypatch.setattr(closing, "_under_random_ids", under_random_ids)
    monkeypatch.setattr(closing, "_save_closing", saved)
