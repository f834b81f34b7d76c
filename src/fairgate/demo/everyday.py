"""What people at the plant did with the product: brought their decisions in, wrote slips, judged what the gate had caught,
linked complaints to decisions, looked again, talked with their customers and promised them something.

All of it through the actions everybody uses, by the people who may do it.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from fairgate.demo.history import NOTHING, Decided, complaints_csv, decisions_csv, decisions_of, escapes_of
from fairgate.demo.plant import Plant, Talk
from fairgate.demo.ratings import APPROVING, ratings_csv
from fairgate.demo.ratings import COLUMNS as RATED
from fairgate.fairness import actions as fairness
from fairgate.fairness import imports as surveys
from fairgate.fairness.rules import Part, Said
from fairgate.gate import actions as gate
from fairgate.gate import imports
from fairgate.gate.actions import imports as mappings
from fairgate.gate.models import Clause, Decision, RequestKind, ServiceRequest
from fairgate.gate.rules import Likely, LookResult, Outcome, SlipRow
from fairgate.improvement import actions as improvement
from fairgate.improvement import queries as talks
from fairgate.improvement.rules import CommitmentState, Direction
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.protection import actions as protection
from fairgate.protection import imports as complaints
from fairgate.protection.models import Complaint
from fairgate.protection.rules import WouldHave
from fairgate.shared import clock
from fairgate.shared.actor import System

MAKER = System("demonstration")
SOURCE = "Quality system (invented)"
COLUMNS = {
    "key": "key",
    "kind": "kind",
    "unit": "unit",
    "process": "process",
    "team": "team",
    "item": "item",
    "asked": "asked",
    "risk": "risk",
    "submitted_at": "submitted",
    "promised_by": "promised",
    "decided_at": "decided",
    "outcome": "outcome",
    "submitter": "submitter",
    "decider": "decider",
    "follows": "follows",
}
# How often somebody of each side sees what really would have happened; else they say the next milder or graver thing.
SEES = {"function": 0.88, "customer": 0.80}
GRAVITY = [WouldHave.NOTHING, WouldHave.COSMETIC, WouldHave.REWORK, WouldHave.RECALL, WouldHave.HARM]


@dataclass(slots=True)
class Cast:
    """The people who act, by unit."""

    plant: Plant
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)

    @classmethod
    def of(cls, plant: Plant) -> "Cast":
        units = {unit.name: unit for unit in Unit.objects.all()}
        people = {
            name: list(Person.objects.filter(memberships__unit=unit).order_by("pk"))
            for name, unit in units.items()
        }
        return cls(plant, units, people)

    @property
    def function(self) -> Unit:
        return self.units[self.plant.function]

    def lead(self, unit: str) -> Person:
        return next(person for person in self.people[unit] if person.has_role(Role.LEAD))

    def workers(self, unit: str) -> list[Person]:
        """Those who ask; in the function those who decide."""
        trade = Role.REVIEWER if unit == self.plant.function else Role.REQUESTER
        return [person for person in self.people[unit] if person.has_role(trade)]


def live(plant: Plant) -> None:
    """Everything below, in the order it would happen."""
    cast, draw = Cast.of(plant), random.Random(plant.seed + 3)  # noqa: S311  (a demonstration, not a secret)
    _install(cast)
    _bring_decisions(cast)
    known = _decisions_by_key()
    _second_looks(cast, known)
    _judge_catches(cast, known, draw)
    _bring_complaints(cast, known)
    _slips(cast, known)
    _today(cast)
    _talks(cast)


def _install(cast: Cast) -> None:
    """The preset, and the teams with their three people each."""
    gate.install(by=MAKER, unit=cast.function.pk, code=cast.plant.preset)
    deciders = cast.workers(cast.plant.function)
    for number, team in enumerate(cast.plant.teams):
        made = gate.add_team(by=MAKER, unit=cast.function.pk, name=team.name)
        for person in deciders[number * 3 : number * 3 + 3]:
            gate.place_in_team(by=MAKER, team=made.pk, person=person.pk)


def _bring_decisions(cast: Cast) -> None:
    """The quality system's export, as every night: mapped once, read, looked at, applied."""
    mapping = mappings.keep_mapping(
        by=MAKER,
        name="Every night from the quality system",
        source=SOURCE,
        deciding_unit=cast.function.pk,
        columns=COLUMNS,
        values={},
        options={},
    )
    coming = imports.open_file(
        by=MAKER, name="decisions.csv", content=[decisions_csv(cast.plant)], mapping=mapping.pk
    )
    imports.read(by=MAKER, pk=coming.pk)()
    imports.apply(by=MAKER, pk=coming.pk)


def _decisions_by_key() -> dict[str, Decision]:
    decisions = Decision.objects.filter(request__source=SOURCE).select_related("request__unit")
    return {decision.request.key: decision for decision in decisions}


def _recent(plant: Plant, days: int) -> Iterator[Decided]:
    """Refusals and returns of the export's last ``days``, oldest first."""
    since = plant.from_day + timedelta(days=plant.days - days)
    return (row for row in decisions_of(plant) if row.harm and row.decided >= since)


def _second_looks(cast: Cast, known: Mapping[str, Decision]) -> None:
    """Suppliers that were refused needlessly are looked at again by somebody else of the function, and approved."""
    needless = [row for row in _recent(cast.plant, 365) if row.harm == NOTHING and row.kind == "supplier"]
    for row in needless[: cast.plant.overturned]:
        pk = known[row.key].request_id
        gate.ask_second_look(
            by=cast.lead(row.unit),
            pk=pk,
            why="The questionnaire is complete, and the audit report of last spring was not looked at.",
        )
        gate.look_again(
            by=cast.lead(cast.plant.function),
            pk=pk,
            result=LookResult.OVERTURNED,
            reasons="The audit report answers what was asked. The refusal was needless.",
            outcome=Outcome.APPROVED,
        )


def _judge_catches(cast: Cast, known: Mapping[str, Decision], draw: random.Random) -> None:
    """Each side says what would have happened, without the other's answer; of some the customer hasn't said yet."""
    standing = Decision.objects.filter(replaced_by=None).values_list("pk", flat=True)
    stands = set(standing)
    for row in _recent(cast.plant, cast.plant.judged_days):
        decision = known[row.key]
        if decision.pk not in stands:
            continue
        sides = {"function": cast.plant.function, "customer": row.unit}
        for side, unit in sides.items():
            said = _seen(WouldHave(row.harm), SEES[side], draw)
            person = draw.choice(cast.workers(unit))
            if side == "function" or draw.random() < 0.9:
                protection.judge(by=person, decision=decision.pk, would_have=said)


def _seen(truth: WouldHave, sees: float, draw: random.Random) -> WouldHave:
    """The truth, or its neighbour in gravity."""
    if draw.random() < sees:
        return truth
    at = GRAVITY.index(truth)
    return GRAVITY[max(0, at - 1)] if draw.random() < 0.5 else GRAVITY[min(len(GRAVITY) - 1, at + 1)]


def _bring_complaints(cast: Cast, known: Mapping[str, Decision]) -> None:
    """The complaints list, and the links from those that a decision let out."""
    coming = complaints.open_file(by=MAKER, name="complaints.csv", content=[complaints_csv(cast.plant)])
    complaints.apply(by=MAKER, pk=coming.pk)
    by_key = {complaint.key: complaint for complaint in Complaint.objects.all()}
    for number, row in enumerate(escapes_of(cast.plant), start=1):
        protection.link(
            by=cast.lead(cast.plant.function),
            complaint=by_key[f"C-{number:04}"].pk,
            decision=known[row.key].pk,
            reason="The retained sample shows the same fault.",
        )


def _slips(cast: Cast, known: Mapping[str, Decision]) -> None:
    """The newest refusals got their slip; the older ones are counted as missing."""
    clauses = {
        clause.number: clause for clause in Clause.objects.filter(standard__preset__unit=cast.function)
    }
    for row in _recent(cast.plant, cast.plant.slipped_days):
        number = cast.plant.clauses.get(row.kind)
        request = ServiceRequest.objects.get(pk=known[row.key].request_id)
        if number and not request.has_slip and request.outcome in {Outcome.REFUSED, Outcome.RETURNED}:
            slip = _slip(cast, request.asked, clauses[number])
            gate.write_slip(by=cast.lead(cast.plant.function), pk=request.pk, slip=slip)


def _slip(cast: Cast, asked: str, clause: Clause) -> SlipRow:
    """A slip in the words of the clause's own good example."""
    example = clause.examples[0]
    return SlipRow(
        asked=asked,
        clause=clause.pk,
        reasons=example["reasons"],
        way_to_yes=example["way_to_yes"],
        by_when=clock.now().date() + timedelta(days=14),
        ask_whom=cast.lead(cast.plant.function).name,
        second_look="Ask for it on the request's page; somebody else of the function looks, and answers within the same time.",
    )


def _today(cast: Cast) -> None:
    """A few requests made here: one still new, one reviewed, one returned with its slip, improved and approved; and a
    question asked beforehand."""
    plant = cast.plant
    kinds = {kind.code: kind for kind in RequestKind.objects.filter(preset__unit=cast.function)}
    clauses = {
        clause.number: clause for clause in Clause.objects.filter(standard__preset__unit=cast.function)
    }
    lead = cast.lead(plant.function)
    for number, ask in enumerate(plant.asks):
        person = cast.workers(ask.unit)[0]
        request = gate.submit(
            by=person,
            kind=kinds[ask.kind].pk,
            unit=cast.units[ask.unit].pk,
            asked=ask.asked,
            item=ask.item,
            facts=ask.facts,
            key=f"demonstration {number}",
        )
        if ask.outcome is None:
            continue
        gate.review(by=lead, pk=request.pk, found=ask.found)
        if ask.outcome == "":
            continue
        slip = None
        if Outcome(ask.outcome).needs_slip:
            slip = _slip(cast, ask.asked, clauses[plant.clauses[ask.kind]])
        gate.decide(by=lead, pk=request.pk, outcome=ask.outcome, slip=slip)
        if ask.improved:
            improved = gate.submit(
                by=person,
                kind=kinds[ask.kind].pk,
                unit=cast.units[ask.unit].pk,
                asked=ask.asked,
                item=ask.item,
                facts=ask.improved,
                follows=request.pk,
                key=f"demonstration {number} improved",
            )
            gate.review(by=lead, pk=improved.pk, found="What was missing is there now.")
            gate.decide(by=lead, pk=improved.pk, outcome=Outcome.APPROVED)
    for number, (unit, kind, question, answer) in enumerate(plant.questions):
        asked = gate.ask(
            by=cast.workers(unit)[1],
            kind=kinds[kind].pk,
            unit=cast.units[unit].pk,
            question=question,
            key=f"demonstration {number}",
        )
        if answer:
            gate.answer(
                by=lead,
                pk=asked.pk,
                likely=Likely.WITH_CHANGES,
                answer=answer,
                clauses=[clauses[plant.clauses[kind]].pk],
            )


def _talks(cast: Cast) -> None:
    """Thirty minutes each with some customers; what came of it is promised, and some of it kept."""
    today = talks.today()
    team = cast.workers(cast.plant.function)
    for number, talk in enumerate(cast.plant.talks):
        interviewer = team[number % len(team)]
        guide = talks.guide_for(interviewer, cast.function.pk, Direction.CUSTOMER)
        told = cast.lead(talk.unit)
        interview = improvement.plan(
            by=interviewer,
            direction=Direction.CUSTOMER,
            unit=cast.function.pk,
            other=cast.units[talk.unit].pk,
            person=told.pk,
            person_name="",
            day=today + timedelta(days=talk.in_days),
            hour=time(10, 0),
            zone="Europe/Berlin",
            place="Their meeting room",
            invitation=guide.invitation,
            key=f"demonstration {number}",
        )
        if talk.in_days >= 0:
            continue
        improvement.hold(by=interviewer, pk=interview.pk, on=today + timedelta(days=talk.in_days))
        improvement.write_notes(by=interviewer, pk=interview.pk, text=talk.notes, seen="")
        _brought_back(cast, interviewer, interview.pk, number, talk)


def _brought_back(cast: Cast, interviewer: Person, pk: int, number: int, talk: Talk) -> None:
    if not talk.works:
        return
    summary = improvement.summarise(
        by=interviewer,
        pk=pk,
        works=talk.works,
        hinders=talk.hinders,
        wishes=talk.wishes,
        themes=[],
        new_themes=talk.themes,
        seen="",
    )
    if talk.shared:
        improvement.share(by=interviewer, pk=pk, seen=summary.digest)
    if not talk.promise:
        return
    commitment = improvement.promise(
        by=interviewer,
        unit=cast.function.pk,
        to=cast.units[talk.unit].pk,
        what=talk.promise,
        owner=interviewer.pk,
        due=talks.today() + timedelta(days=talk.due_in),
        key=f"demonstration {number}",
        interview=pk,
    )
    if talk.done:
        improvement.close(by=interviewer, pk=commitment.pk, state=CommitmentState.DONE, why=talk.done)


def agree(plant: Plant) -> None:
    """The privacy officer recorded what was agreed on scores of teams."""
    document, parties = plant.agreement
    officer = Person.objects.get(assignments__role=Role.PRIVACY_OFFICER)
    fairness.record_agreement(
        by=officer,
        unit=Unit.objects.get(name=plant.function).pk,
        agreed_on=plant.from_day.date(),
        parties=parties,
        document=document,
    )


def rate(plant: Plant) -> None:
    """The survey tool's table came in, was checked, and scores worked out."""
    unit = Unit.objects.get(name=plant.function).pk
    coming = surveys.open_file(by=MAKER, name="ratings.csv", content=[ratings_csv(plant)], unit=unit)
    outcomes = {row.outcome for row in decisions_of(plant)} & APPROVING
    said = Said({Part(name): name for name in RATED}, tuple(sorted(outcomes)), tuple("12345"), "4")
    surveys.check(by=MAKER, pk=coming.pk, said=said)
    fairness.apply_survey(by=MAKER, pk=coming.pk)
    fairness.run_at_once(by=MAKER, survey=coming.pk)
