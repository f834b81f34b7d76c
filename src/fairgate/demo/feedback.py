"""People at the plant were asked how they were treated: periods opened, answered, closed and published, and one that is open.

What they said follows from the truth that `ratings` plants, item by item. Nobody has the keys any more.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from fairgate.demo.everyday.cast import Cast
from fairgate.demo.everyday.decided import SOURCE
from fairgate.demo.history import Decided, decisions_of
from fairgate.demo.plant import Plant
from fairgate.demo.ratings import APPROVING, liking, logistic, step
from fairgate.fairness import actions as fairness
from fairgate.gate import actions as gate
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor, System
from fairgate.voice import actions as voice
from fairgate.voice import queries
from fairgate.voice.models import Invitation, Period
from fairgate.voice.rules import ITEMS, MIRROR_ITEMS, Answering, Answers, Days

MAKER = System("demonstration")
MONTHS = 6
OVERSAMPLING = 8.0
"""With two hundred people and eight teams a quarter brings too few answers from those who were refused, and so do half-years in
which approvals are as likely to be asked about: `fairgate plan` says so."""

# On the scale of the logit: what people rate higher and lower whoever decides, and once more where it wasn't approved.
EASE = {
    "voice": -0.3,
    "consistency": -0.2,
    "reasons": -0.1,
    "way-to-yes": -0.4,
    "respect": 0.6,
    "know-how": 0.4,
}
REFUSED = {"voice": -0.2, "reasons": -0.2, "way-to-yes": -0.3, "respect": 0.3}
BALLOT_SD, CANT_JUDGE = 0.8, 0.04
RESPONSE = {True: 0.72, False: 0.88}
"""The share that answers, where it was approved and where it wasn't."""


def be_heard(plant: Plant) -> None:
    """Everything below, in the order it would happen; nothing where too few people are for it."""
    if not plant.asked_in:
        return
    cast = Cast.of(plant)
    officer = Person.objects.get(assignments__role=Role.PRIVACY_OFFICER)
    _say_who_is_who(cast)
    by_key = {row.key: row for row in decisions_of(plant)}
    closed = [_closed(cast, officer, starts_on, by_key) for starts_on in plant.asked_in]
    survey = fairness.use_periods(by=officer, unit=cast.function.pk, periods=[period.pk for period in closed])
    fairness.run_at_once(by=MAKER, survey=survey.pk)
    _open(officer)


def answers_of(plant: Plant, row: Decided, seniority: str) -> Answers | None:
    """What whoever handed it in says of this decision; None where they don't answer. The same whenever it is asked for."""
    draw = random.Random(f"{plant.seed} {row.key}")  # noqa: S311  (a demonstration, not a secret)
    team = next(team for team in plant.teams if team.name == row.team)
    approving = row.outcome in APPROVING
    if draw.random() >= RESPONSE[approving]:
        return None
    latent = liking(row, team, seniority) + draw.gauss(0.0, BALLOT_SD)
    items = tuple(_step(item.code, latent, approving, draw) for item in ITEMS)
    agrees = step(1.5 * approving - 1.5 * (not approving) + 1.0 + logistic(draw))
    return Answers(items, agrees, draw.random() < 0.4)


def _step(item: str, latent: float, approving: bool, draw: random.Random) -> int | None:
    eased = latent + EASE.get(item, 0.0) + (0.0 if approving else REFUSED.get(item, 0.0))
    found = step(eased + logistic(draw))
    return None if draw.random() < CANT_JUDGE else found


def _say_who_is_who(cast: Cast) -> None:
    """The quality system's names of those who hand things in, beside their accounts. Those who decide stay pseudonyms."""
    named = {row.submitter for row in decisions_of(cast.plant)}
    pairs = {
        name: person.username
        for unit, people in cast.people.items()
        for number, person in enumerate(people, start=1)
        if (name := f"{unit} {number:03}") in named
    }
    gate.map_accounts(by=MAKER, source=SOURCE, pairs=pairs)


def _closed(cast: Cast, officer: Actor, starts_on: date, by_key: dict[str, Decided]) -> Period:
    """One period from its opening to its results. The key is gone with this function."""
    made = voice.announce_period(
        by=officer, starts_on=starts_on, months=MONTHS, oversampling=OVERSAMPLING, today=starts_on
    )
    period, key = made.period, made.key_file.content
    voice.confirm_key(by=officer, pk=period.pk, content=key, today=starts_on)
    voice.send_invitations(by=MAKER, today=period.days.day_after)
    until = period.days.answers_until
    for door, answers in _said(cast.plant, period, by_key):
        voice.answer(by=door, answers=answers, today=until)
    voice.end_period(by=officer, pk=period.pk, today=until + timedelta(days=1))
    voice.close_at_once(by=officer, pk=period.pk, key=key)
    return period


def _said(plant: Plant, period: Period, by_key: dict[str, Decided]) -> Iterator[tuple[Answering, Answers]]:
    asked = Invitation.objects.filter(period=period).select_related("person", "decision__request")
    for one in asked.order_by("person"):
        said = None
        if one.decision is None:
            said = _of_a_supplier(plant, one.person_id)
        elif one.decision.request.key in by_key:
            said = answers_of(plant, by_key[one.decision.request.key], one.person.seniority)
        if said is not None:
            yield Answering(one.pk), said


def _of_a_supplier(plant: Plant, person: int) -> Answers:
    """Those who decide, asked about a unit that they are the customer of."""
    draw = random.Random(f"{plant.seed} mirror {person}")  # noqa: S311  (a demonstration, not a secret)
    return Answers(tuple(step(0.4 + logistic(draw)) for _ in MIRROR_ITEMS))


def _open(officer: Actor) -> None:
    """This half-year's period, with everybody invited who would have been by today. Where the record ended long ago nobody has
    been; then those whose requests were decided today are asked at once, so that there is a form to see."""
    today = queries.this_day()
    days = Days.around(today, MONTHS)
    made = voice.announce_period(
        by=officer,
        starts_on=days.starts_on,
        months=MONTHS,
        oversampling=OVERSAMPLING,
        today=days.starts_on,
    )
    voice.confirm_key(by=officer, pk=made.period.pk, content=made.key_file.content, today=days.starts_on)
    if not voice.send_invitations(by=MAKER, today=today).decisions:
        voice.send_invitations(by=MAKER, today=days.catches_up_on)
