"""What waits for one person: as quickly said when much waits as when little does."""

import csv
import io
import sys

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairgate.improvement import actions, queries
from fairgate.improvement.models import Commitment
from fairgate.improvement.queries import waiting
from fairgate.improvement.rules import CommitmentState
from fairgate.people.models import Person

from .conftest import day, planned, promised, signed_in


def asked(person):
    """The lines, and how many questions to the database they took."""
    by = Person.objects.get(pk=person.pk)
    with CaptureQueriesContext(connection) as found:
        lines = queries.waiting_for(by)
    return lines, len(found)


def everything(cast, plant):
    """One more of each sort for Rita, Bob and Charlie."""
    planned(cast, plant)
    promised(cast, plant)
    one = promised(cast, plant)
    actions.close(by=cast["rita"], pk=one.pk, state=CommitmentState.DONE, why="It is done.")


def test_many_commitments_take_as_many_questions_as_one(cast, plant):
    everything(cast, plant)
    few = {who: asked(cast[who])[1] for who in ("rita", "bob", "charlie")}
    for _ in range(4):
        everything(cast, plant)
    many = {who: asked(cast[who]) for who in few}
    assert {who: number for who, (_, number) in many.items()} == few
    assert [len(many[who][0]) for who in ("rita", "bob", "charlie")] == [5, 5, 10]


def test_what_waits_longest_is_said_and_the_others_are_counted(cast, plant, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 2)
    for ahead in (5, 3, 9, 7):
        promised(cast, plant, what=f"In {ahead} days.", due=day(ahead))
    lines, _ = asked(cast["rita"])
    assert [line.what for line in lines] == [
        "You promised Manufacturing: In 3 days.",
        "You promised Manufacturing: In 5 days.",
        "2 more like “You promised Manufacturing: In 3 days.”",
    ]
    assert lines[-1].url == reverse("improvement:commitments")
    assert lines[-1].due == lines[1].due + (day(7) - day(5))


def test_nothing_waits_with_whoever_may_not_move_it(cast, plant):
    promised(cast, plant)
    mine = Commitment.objects.get()
    assert len(asked(cast["rita"])[0]) == 1
    mine.owner = cast["dora"]  # audits, works nowhere
    mine.save()
    assert asked(cast["dora"])[0] == []
    actions.close(by=cast["bob"], pk=mine.pk, state=CommitmentState.DONE, why="It is done.")
    assert len(asked(cast["charlie"])[0]) == 1
    Commitment.objects.update(person=cast["dora"])
    assert asked(cast["dora"])[0] == []
    Commitment.objects.update(person=cast["charlie"], owner=cast["charlie"])
    assert asked(cast["charlie"])[0] == []


def test_an_export_of_commitments_that_would_be_too_long_says_so(cast, plant, monkeypatch):
    monkeypatch.setattr(sys.modules["fairgate.improvement.views.commitments"], "MOST_ROWS", 2)
    for ahead in (5, 3, 9):
        promised(cast, plant, what=f"In {ahead} days.", due=day(ahead))
    answer = signed_in(cast["dora"]).get(reverse("improvement:export", args=["csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert "In 3 days." in rows[1]
    assert "Only the 2 due first are here" in rows[-1][0]
    workbook = signed_in(cast["dora"]).get(reverse("improvement:export", args=["xlsx"]))
    assert workbook.status_code == 200
