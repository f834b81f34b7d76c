"""Who gets what at the addresses of requests, decisions, slips, promises and advice; `test_every_url.py` asks for each."""

from typing import NamedTuple

import pytest
from django.urls import reverse

from fairgate.gate import actions
from fairgate.gate.rules import Outcome

from .conftest import decided, reviewed, submitted

OK, REFUSED, NONE, INVALID = 200, 403, 404, 422


class Answers(NamedTuple):
    """Who may, what a GET and an empty POST answer them; everybody else is refused, or is told that nothing is there."""

    allowed: frozenset[str]
    get: int = OK
    post: int = OK
    refused: frozenset[str] = frozenset()
    """These are told 403: that it exists is no secret to them. All others get 404."""


WATCHING = frozenset({"alice", "dora", "emil"})
AT_THE_GATE = frozenset({"bob", "rita", "sam"})
ASKING = frozenset({"charlie", "lea", "hana"})  # Hana works at the gate and in Manufacturing
ELSEWHERE = frozenset({"dan", "olga"})
WITHOUT = frozenset({"fay", "gil"})
READING = WATCHING | AT_THE_GATE | ASKING
IN_A_UNIT = AT_THE_GATE | ASKING | ELSEWHERE


def everybody_who_reads() -> Answers:
    return Answers(READING | ELSEWHERE, refused=WITHOUT)


def only(allowed: frozenset[str], get: int = OK, post: int = INVALID) -> Answers:
    return Answers(allowed, get, post, refused=READING - allowed)


TABLE = {
    "gate": everybody_who_reads(),
    "promises": everybody_who_reads(),
    "requests": everybody_who_reads(),
    "export-requests": everybody_who_reads(),
    "submit": Answers(IN_A_UNIT, refused=WATCHING | WITHOUT),
    "submit-kind": Answers(frozenset({"charlie", "lea", "dan", "olga"}), OK, INVALID, WATCHING | WITHOUT),
    "request": Answers(READING),
    "withdraw": only(ASKING),
    "warn": only(AT_THE_GATE),
    "reassign": only(frozenset({"bob"})),
    "review": only(AT_THE_GATE),
    "decide": only(AT_THE_GATE),
    "examples": only(AT_THE_GATE, post=OK),
    "slip": Answers(READING),
    "slip-pdf": Answers(READING),
    "write-slip": only(AT_THE_GATE),
    "second-look": only(ASKING),
    "look-again": only(frozenset({"rita", "sam"})),  # Bob reviewed and decided it
    "questions": everybody_who_reads(),
    "ask": Answers(IN_A_UNIT, refused=WATCHING | WITHOUT),
    "ask-kind": Answers(frozenset({"charlie", "lea", "dan", "olga"}), OK, INVALID, WATCHING | WITHOUT),
    "question": Answers(READING),
    "answer": only(AT_THE_GATE),
}


@pytest.fixture
def requests_addresses(cast, gate):
    """Manufacturing asked Quality: once just now, once reviewed, once refused by Bob, once also looked at again."""
    new = submitted(cast["charlie"], gate["change"])
    seen = reviewed(cast["rita"], submitted(cast["charlie"], gate["change"]))
    refused = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    asked_again = decided(cast["bob"], submitted(cast["charlie"], gate["change"]), Outcome.REFUSED)
    actions.ask_second_look(by=cast["charlie"], pk=asked_again.pk, why="The report was attached.")
    question = actions.ask(
        by=cast["charlie"],
        kind=gate["change"].pk,
        unit=new.unit_id,
        question="Would a finer sieve pass?",
        key="q",
    )
    about = {
        "request": new, "withdraw": new, "warn": new, "reassign": new, "review": new, "decide": seen, "examples": refused,
        "slip": refused, "slip-pdf": refused, "write-slip": refused, "second-look": refused, "look-again": asked_again,
        "question": question, "answer": question,
    }  # fmt: skip
    arguments = {name: [thing.pk] for name, thing in about.items()}
    arguments |= {
        "submit-kind": [gate["change"].pk],
        "ask-kind": [gate["change"].pk],
        "export-requests": ["csv"],
    }
    return {name: reverse(f"gate:{name}", args=arguments.get(name, [])) for name in TABLE}
