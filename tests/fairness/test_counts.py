"""Our own decisions are counted in the database, files by DuckDB: the cells are the same, one by one."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import duckdb
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairgate.fairness.queries.closed import decided_between
from fairgate.gate.models import Decision, Preset, RecordedPerson, RequestKind, ServiceRequest, Team
from fairgate.gate.rules import Outcome, State
from fairgate.organisation.models import Unit
from fairgate.people.rules import Seniority
from fairgate.readers.cells import count_cells
from voice.conftest import House

COLUMNS = ("team", "outcome", "kind", "risk", "seniority", "unit")
ODD = ('Ash; "Nord"', "Ölmühle, Süd", "O'Brien", "1", "01", "NULL", "=1+1", "a\\b", "東京", "100 %", "nan")
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
DECIDED = [outcome for outcome in Outcome if outcome != Outcome.HELD]


class Record:
    """Decisions drawn at random; ``rows`` are those that count, written down beside the database, "" where nothing is known."""

    def __init__(self, seed, requests=400):
        self.draw, self.house, self.rows = Random(seed), House(), []
        quality = self.house.quality
        self.teams = [None, *(Team.objects.create(unit=quality, name=name) for name in ODD)]
        self.units = [Unit.objects.create(name=f"{name} unit") for name in ODD]
        other = Preset.objects.create(unit=quality, code="legal", title="Legal", version="1")
        same_name = RequestKind.objects.create(preset=other, code="change", name="Change")
        self.kinds = [*self.house.kinds.values(), same_name]
        self.people = [None, *self.house.crowd(6)]
        self.pseudonyms = [
            None,
            *(
                RecordedPerson.objects.create(
                    source="lims", digest=str(at), pseudonym=f"p{at}", account=account
                )
                for at, account in enumerate([None, *self.people])
            ),
        ]
        for number in range(requests):
            self.request(number)

    def request(self, number):
        draw, about = self.draw, {}
        about["kind"], about["unit"] = draw.choice(self.kinds), draw.choice(self.units)
        about["submitted_by"], about["submitter"] = draw.choice(self.people), draw.choice(self.pseudonyms)
        ours = draw.random() < 0.9
        stands = draw.random() < 0.9
        made = ServiceRequest.objects.create(
            kind_edition=1, deciding_unit=self.house.quality if ours else self.units[0], asked="May we?", key=str(number),
            submitted_at=self.at(FIRST), risk=draw.choice(["", "minor", "critical"]),
            state=State.DECIDED if stands else State.WITHDRAWN, **about,
        )  # fmt: skip
        for _ in range(draw.choice([1, 1, 1, 2, 3])):
            last = self.decided(made)
        if ours and stands and FIRST <= last.decided_at.date() <= LAST:
            self.rows.append(self.row(made, last))

    def decided(self, request):
        day = FIRST + timedelta(days=self.draw.randrange(-10, (LAST - FIRST).days + 10))
        return Decision.objects.create(
            request=request, outcome=self.draw.choice(DECIDED), kind_edition=1, decided_at=self.at(day),
            decided_by=self.house.deciders[0], team=self.draw.choice(self.teams),
        )  # fmt: skip

    def row(self, request, decision):
        account = request.submitted_by or (request.submitter.account if request.submitter else None)
        return (
            decision.team.name if decision.team else "", str(decision.outcome), request.kind.name, request.risk,
            str(account.seniority) if account else "", request.unit.name,
        )  # fmt: skip

    @staticmethod
    def at(day):
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def here(self):
        """As the database counts them."""
        return {row[:-1]: row.number for row in decided_between(self.house.quality.pk, FIRST, LAST)}


def written(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def as_parquet(path, rows):
    with duckdb.connect() as connected:
        connected.execute(f"CREATE TABLE t ({', '.join(f'{name} VARCHAR' for name in COLUMNS)})")
        connected.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [[cell or None for cell in row] for row in rows]
        )
        connected.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def counted(path, weight=""):
    """As DuckDB counts a file."""
    cells = count_cells(path, dict.fromkeys(COLUMNS, "case"), weight=weight)
    texts = zip(*(cells.texts(name) for name in COLUMNS), strict=True)
    return dict(zip(texts, cells.count.tolist(), strict=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_database_and_duckdb_count_the_same_cells(db, tmp_path, seed):
    record = Record(seed)
    here = record.here()
    assert here == dict(Counter(record.rows))
    assert {"", *ODD} == {cell[0] for cell in here}
    assert {"", *Seniority} == {cell[4] for cell in here}
    assert counted(written(tmp_path / "rows.csv", COLUMNS, record.rows)) == here
    assert counted(as_parquet(tmp_path / "rows.parquet", record.rows)) == here


def test_rows_that_carry_weights_are_counted_as_the_rows_they_stand_for(db, tmp_path):
    record = Record(seed=3)
    pieces = Counter((*row, record.draw.randrange(3)) for row in record.rows)
    weighed = [(*row[:-1], number) for row, number in pieces.items()]
    record.draw.shuffle(weighed)
    file = written(tmp_path / "weighed.csv", (*COLUMNS, "times"), weighed)
    assert len(weighed) > len(record.here())
    assert counted(file, "times") == record.here()


def test_a_thousand_decisions_that_are_alike_come_out_of_the_database_as_one_row(db):
    house = House()
    one = house.decided(None, team=1, on=FIRST)
    more = [
        ServiceRequest(
            kind=one.request.kind, kind_edition=1, unit=one.request.unit, deciding_unit=house.quality, asked="May we?",
            submitted_at=one.decided_at, state=State.DECIDED, key=f"more {at}",
        )
        for at in range(999)
    ]  # fmt: skip
    ServiceRequest.objects.bulk_create(more)
    Decision.objects.bulk_create(
        Decision(
            request=request, outcome=one.outcome, kind_edition=1, decided_at=one.decided_at, team=one.team
        )
        for request in more
    )
    with CaptureQueriesContext(connection) as asked:
        (cell,) = decided_between(house.quality.pk, FIRST, LAST)
    assert (cell.team, cell.number) == ("Elder", 1000)
    assert len(asked) == 1
    assert "GROUP BY" in asked[0]["sql"]
