"""A plant where people can be asked: Quality decides in three teams on what Manufacturing and the Warehouse hand in.

The cast is the gate's: Gil keeps the keys, Alice is a steward, Bob leads Quality and Rita and Sam review there, Charlie asks for
Manufacturing. `House.crowd` adds as many people as a test needs; `House.decided` makes decisions without the gate's forms.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

import pytest
from django.core.cache import cache

from fairgate.engines import disclosure
from fairgate.gate.models import Decision, RequestKind, ServiceRequest, Team
from fairgate.gate.rules import Outcome, State
from fairgate.organisation.models import Membership, Unit
from fairgate.people.models import Person
from fairgate.people.rules import Seniority
from fairgate.shared import clock
from fairgate.shared.actor import System
from fairgate.voice import actions, queries
from fairgate.voice.models import Invitation, Period
from fairgate.voice.rules import Answering, Answers, Form
from gate.conftest import CAST, MANUFACTURING, QUALITY, WAREHOUSE, Clock, make_cast, make_gate, make_plant

__all__ = ["CAST", "MANUFACTURING", "PROGRAM", "QUALITY", "WAREHOUSE", "House"]

PROGRAM = System("tests")
START = date(2026, 7, 1)  # of the quarter most tests are about
OPENED = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


class House:
    """Everything a test of this room stands on."""

    def __init__(self) -> None:
        self.units = make_plant()
        self.kinds: dict[str, RequestKind] = make_gate(self.units)
        self.cast = make_cast(self.units)
        self.gil = self.cast["gil"]
        quality = self.units[QUALITY]
        self.teams = [Team.objects.create(unit=quality, name=name) for name in ("Ash", "Elder", "Oak")]
        self.deciders = [self.cast[name] for name in ("bob", "rita", "sam")]
        self._number = count(1)
        self.key: dict[object, bytes] = {}

    @property
    def quality(self) -> Unit:
        return self.units[QUALITY]

    def crowd(self, size: int, unit: str = MANUFACTURING, mail: bool = False) -> list[Person]:
        """People of a unit with an account, of every seniority."""
        bands = list(Seniority)
        first = Person.objects.count()
        made = Person.objects.bulk_create(
            Person(
                username=f"p{first + number}",
                name=f"Person {first + number}",
                seniority=bands[number % len(bands)],
                email=f"p{first + number}@example.org" if mail else "",
            )
            for number in range(size)
        )
        Membership.objects.bulk_create(Membership(person=one, unit=self.units[unit]) for one in made)
        return made

    def decided(
        self,
        person: Person | None,
        outcome: Outcome | str = Outcome.APPROVED,
        on: date = START + timedelta(days=2),
        team: int = 0,
        kind: str = "change",
        unit: str = MANUFACTURING,
        risk: str = "",
        deciding: Unit | None = None,
        decider: int = 0,
    ) -> Decision:
        """A decision on something ``person`` handed in."""
        at = datetime(on.year, on.month, on.day, 12, 0, tzinfo=UTC)
        request = ServiceRequest.objects.create(
            kind=self.kinds[kind],
            kind_edition=1,
            unit=self.units[unit],
            deciding_unit=deciding or self.quality,
            asked="May we?",
            item=f"Lot {next(self._number)}",
            submitted_at=at - timedelta(days=3),
            submitted_by=person,
            state=State.HELD if outcome == Outcome.HELD else State.DECIDED,
            outcome=outcome,
            decided_at=at,
            risk=risk,
            key=f"test {next(self._number)}",
        )
        return Decision.objects.create(
            request=request,
            outcome=outcome,
            kind_edition=1,
            decided_at=at,
            decided_by=self.deciders[decider % len(self.deciders)],
            team=self.teams[team % len(self.teams)],
        )

    def opened(self, starts_on: date = START, today: date | None = None, **more: object) -> Period:
        """A period whose key Gil has shown to have; ``self.key`` keeps the file."""
        day = today or starts_on
        made = actions.announce_period(by=self.gil, starts_on=starts_on, today=day, **more)
        self.key[made.period.pk] = made.key_file.content
        return actions.confirm_key(by=self.gil, pk=made.period.pk, content=made.key_file.content, today=day)

    def invited(self, period: Period) -> list[Invitation]:
        """Everybody that can be asked in the period, as on its last night."""
        actions.send_invitations(by=PROGRAM, today=period.days.day_after)
        return list(period.invitations.select_related("person", "decision").order_by("person"))

    def answered(self, invitations: Sequence[Invitation], draw: Random | None = None) -> dict[int, Answers]:
        """Everybody answers; by person, what they said."""
        said = {}
        draw = draw or Random(1)
        for one in invitations:
            said[one.person_id] = some_answers(draw, Form(one.form))
            actions.answer(
                by=Answering(one.pk), answers=said[one.person_id], today=one.period.days.answers_until
            )
        return said

    def ended(self, period: Period) -> Period:
        after = period.days.answers_until + timedelta(days=1)
        return actions.end_period(by=self.gil, pk=period.pk, today=after)

    def closed(self, period: Period) -> Period:
        actions.close_at_once(by=self.gil, pk=period.pk, key=self.key[period.pk])
        return Period.objects.get(pk=period.pk)

    def quarter(self, people: int = 40, refused: float = 0.4, seed: int = 1) -> Period:
        """A period that is open, with everybody invited about one decision of theirs."""
        draw = Random(seed)
        for number, person in enumerate(self.crowd(people)):
            outcome = Outcome.REFUSED if draw.random() < refused else Outcome.APPROVED
            self.decided(person, outcome, team=number, decider=draw.randrange(3), on=START)
        period = self.opened()
        self.invited(period)
        return period


def some_answers(draw: Random, form: Form = Form.TREATMENT) -> Answers:
    steps = [1, 2, 3, 4, 5, None]
    items = tuple(draw.choice(steps) for _ in form.items)
    if form is Form.MIRROR:
        return Answers(items)
    return Answers(items, draw.choice(steps), draw.choice([True, False, None]))


def door(person: Person) -> Answering:
    page = queries.mine_for(person, today=START)
    assert page is not None
    return page.door


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _own_keys(settings: object, _own_folders: None) -> None:
    settings.KEYS = settings.DATA / "keys"  # type: ignore[attr-defined]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The morning on which most tests' period is opened, until a test moves it."""
    hand = Clock(OPENED)
    monkeypatch.setattr(clock, "now", hand)
    return hand


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def quick_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is withheld instead of being protected and audited, which takes seconds even for few ballots. For tests
    that are about something else."""
    monkeypatch.setattr(disclosure, "protect", withhold)


def withhold(answers: disclosure.Answers, tables: Sequence[disclosure.Table], **_: object) -> object:
    combined = answers.combinations()
    groups = [
        [
            disclosure.Group(key, int(combined.ballots[of == place].sum()), {})
            for place, key in enumerate(keys)
        ]
        for keys, of in (table.groups(combined.codes) for table in tables)
    ]
    told = zip(tables, groups, strict=True)
    return disclosure.Publication(
        tuple(disclosure.PublishedTable(table, tuple(group)) for table, group in told),
        disclosure.Audit(0, 0, 5),
    )
