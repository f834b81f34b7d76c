"""Periods with known truth, made by the program's own actions, with real commits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from conftest import Installation
from fairgate.gate.rules import Outcome
from fairgate.voice import actions
from fairgate.voice.models import Envelope, Invitation, Period
from fairgate.voice.rules import Answering, Answers, Days
from voice.attack.loot import Loot, Row, rows_of, taken
from voice.conftest import PROGRAM, START, House, some_answers

PEOPLE, CELLS = 36, 6


@dataclass(frozen=True)
class Attacked:
    """One period: what the attacker holds, and what only the judge knows (``said`` by person: the ballot's text; ``asked``: the
    rows of invitations before anybody answered)."""

    period: Period
    key: bytes
    before: Loot
    after: Loot
    said: dict[int, str]
    asked: list[Row]


class World:
    """People who are asked once a month, six cells of six. The order in which they answer has nothing to do with anything."""

    def __init__(self, installation: Installation, seed: int) -> None:
        self.data, self.draw = installation.data, Random(seed)
        self.house = House()
        self.people = self.house.crowd(PEOPLE, mail=True)
        self.starts_on = START
        self.say: Callable[[Random], Answers] = some_answers

    def month(self) -> Attacked:
        days, self.starts_on = Days.of(self.starts_on, 1), Days.of(self.starts_on, 1).day_after
        self._decide(days.starts_on)
        period = self.house.opened(days.starts_on, months=1)
        actions.send_invitations(by=PROGRAM, today=days.day_after)
        asked = rows_of("voice_invitation")
        said = self._answer(list(period.invitations.all()), days.answers_until)
        self.house.ended(period)
        before = taken(self.data, period)
        assert Envelope.objects.count() == len(said)
        self.house.closed(period)
        return Attacked(period, self.house.key[period.pk], before, taken(self.data, period), said, asked)

    def _decide(self, on: date) -> None:
        """Who is in which cell changes from month to month."""
        cells = [(team, outcome) for team in range(3) for outcome in (Outcome.APPROVED, Outcome.REFUSED)]
        self.draw.shuffle(self.people)
        for number, person in enumerate(self.people):
            team, outcome = cells[number % CELLS]
            decider = self.draw.randrange(3)
            self.house.decided(person, outcome, on=on + timedelta(days=1), team=team, decider=decider)

    def _answer(self, invitations: list[Invitation], until: date) -> dict[int, str]:
        """In random order; some answer twice, some take theirs back, all others are left with what they said last."""
        self.draw.shuffle(invitations)
        assert len(invitations) == PEOPLE
        said: dict[int, str] = {}
        for one in [*invitations, *self.draw.sample(invitations, 4)]:
            answers = self.say(self.draw)
            actions.answer(by=Answering(one.pk), answers=answers, today=until)
            said[one.person_id] = answers.text()
        for one in self.draw.sample(invitations, 2):
            actions.take_back(by=Answering(one.pk), today=until)
            del said[one.person_id]
        return said
