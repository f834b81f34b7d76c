"""Every order of people and of ballots that can be made out of the loot, whatever it is worth."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voice.attack.loot import Loot, Row

ABOUT = (
    "unit_id",
    "team_id",
    "approving",
    "outcome",
    "kind_id",
    "seniority",
    "customer_id",
    "risk",
    "supplier_id",
)
"""Attributes of a ballot: what a cell is."""

Clue = dict[Any, Any]
"""A value for each person, or for each ballot, that can be sorted."""


@dataclass(frozen=True)
class Suspects:
    """Within one period: who answered (from the copy made before closing), by cell; the ballots by cell; every clue."""

    people: dict[tuple[Any, ...], list[int]]
    ballots: dict[tuple[Any, ...], list[str]]
    of_people: dict[str, Clue]
    of_ballots: dict[str, Clue]


def suspects(before: Loot, after: Loot) -> Suspects:
    invitations = {
        key(row["id"]): row
        for row in before.tables["voice_invitation"]
        if key(row["period_id"]) == before.period
    }
    answered = {key(row["invitation_id"]) for row in before.tables["voice_envelope"]} & set(invitations)
    ballots = [row for row in after.tables["voice_ballot"] if key(row["period_id"]) == before.period]
    told = [name for name in ABOUT if any(row[name] not in (None, "") for row in ballots)]
    people: dict[tuple[Any, ...], list[int]] = {}
    for invitation in sorted(answered):
        about = _about(invitations[invitation], before)
        people.setdefault(tuple(about[name] for name in told), []).append(
            invitations[invitation]["person_id"]
        )
    by_cell: dict[tuple[Any, ...], list[str]] = {}
    for row in ballots:
        by_cell.setdefault(tuple(_plain(row[name]) for name in told), []).append(key(row["id"]))
    of_people = dict(_people_clues(before, after, invitations, answered))
    return Suspects(
        people, by_cell, of_people, dict(_ballot_clues(after, [key(row["id"]) for row in ballots]))
    )


def key(value: Any) -> str:
    """An id, however it is written."""
    if isinstance(value, UUID):
        return value.hex
    return str(value).replace("-", "")


def _about(invitation: Row, loot: Loot) -> dict[str, Any]:
    """What the ballot of an invitation would be about."""
    decision = _found(loot, "gate_decision", invitation["decision_id"])
    request = _found(loot, "gate_servicerequest", decision["request_id"])
    person = _found(loot, "people_person", invitation["person_id"])
    return {
        "unit_id": invitation["unit_id"],
        "team_id": decision["team_id"],
        "approving": int(decision["outcome"] in ("approved", "conditions")),
        "outcome": decision["outcome"],
        "kind_id": request["kind_id"],
        "seniority": person["seniority"],
        "customer_id": request["unit_id"],
        "risk": request["risk"],
        "supplier_id": None,
    }


def _found(loot: Loot, table: str, pk: Any) -> Row:
    return next(row for row in loot.tables[table] if row["id"] == pk)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _people_clues(
    before: Loot, after: Loot, invitations: dict[str, Row], answered: set[str]
) -> Iterator[tuple[str, Clue]]:
    whose = {invitation: invitations[invitation]["person_id"] for invitation in answered}
    people = {str(person): person for person in whose.values()}
    people |= {f"person:{person}": person for person in whose.values()}

    def person_in(name: str, value: Any) -> int | None:
        if isinstance(value, int | str) and (name in {"person_id", "to"} or value in people):
            return people.get(str(value))
        if (found := whose.get(key(value))) is not None:
            return found
        return next((whose[one] for one in _ids_in(value) if one in whose), None)

    def person_of(name: str, value: Any) -> int | None:
        return people.get(str(value)) if name == "id" else None

    for when, loot in (("before", before), ("after", after)):
        for table, rows in loot.tables.items():
            find = person_of if table == "people_person" else person_in
            yield from _columns(f"{when} {table}", rows, find, set(whose.values()))
        yield from _places(when, loot, dict(whose))
    yield from _derived(whose)


def _ids_in(value: Any) -> list[str]:
    """Ids inside of JSON, such as the arguments of a letter."""
    if not isinstance(value, str) or not value.startswith("{"):
        return []
    try:
        return [key(one) for one in json.loads(value).values()]
    except (ValueError, AttributeError):
        return []


def _ballot_clues(after: Loot, ballots: list[str]) -> Iterator[tuple[str, Clue]]:
    wanted = set(ballots)

    def ballot_in(_: str, value: Any) -> str | None:
        found = key(value)
        return found if found in wanted else None

    for table, rows in after.tables.items():
        yield from _columns(table, rows, ballot_in, wanted, leave=(*ABOUT, "answers"))
    yield from _places("", after, {one: one for one in ballots})


def _columns(
    name: str,
    rows: list[Row],
    find: Callable[[str, Any], Any],
    wanted: set[Any],
    leave: tuple[str, ...] = (),
) -> Iterator[tuple[str, Clue]]:
    """Every column of a table in which some column says whom (or which ballot) a row is about."""
    for link in rows[0] if rows else ():
        about = [(find(link, row[link]), row) for row in rows]
        if {who for who, _ in about} - {None} != wanted:
            continue
        for column in rows[0]:
            if column in leave:
                continue
            clue = {who: row[column] for who, row in about if who is not None}
            for shape, values in (("", clue), (" size", {who: len(str(v)) for who, v in clue.items()})):
                if len(set(map(_sortable, values.values()))) > 1:
                    yield f"{name}.{column}{shape} by {link}", {w: _sortable(v) for w, v in values.items()}
        return


def _places(name: str, loot: Loot, ids: dict[str, Any]) -> Iterator[tuple[str, Clue]]:
    """Where in each file the id stands, first and last."""
    for file, content in loot.files.items():
        for end in ("find", "rfind"):
            places = {}
            for one, what in ids.items():
                found = [getattr(content, end)(text) for text in (one.encode(), bytes.fromhex(one))]
                places[what] = max(found)
            if len(set(places.values())) > 1:
                yield f"{name} {file} {end}", {what: (0, place) for what, place in places.items()}


def _derived(whose: dict[str, int]) -> Iterator[tuple[str, Clue]]:
    """What an id could have been hashed to."""
    for name in ("md5", "sha1", "sha256"):
        for what in ("invitation", "person"):
            texts = {
                who: (str(UUID(one)) if what == "invitation" else str(who)) for one, who in whose.items()
            }
            made = {who: (1, hashlib.new(name, text.encode()).hexdigest()) for who, text in texts.items()}
            yield f"{name} of {what}", made


def _sortable(value: Any) -> tuple[int, Any]:
    """Values of one kind beside each other, kinds apart."""
    if isinstance(value, bool | int | float):
        return 0, float(value)
    if isinstance(value, bytes | memoryview):
        return 2, bytes(value).hex()
    if isinstance(value, tuple):
        return 3, value
    return 1, "" if value is None else key(value) if isinstance(value, UUID) else str(value)
