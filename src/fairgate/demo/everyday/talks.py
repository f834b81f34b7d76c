"""Conversations with customers, and what came of them."""

from datetime import time, timedelta

from fairgate.demo.everyday.cast import Cast
from fairgate.demo.plant import Talk
from fairgate.improvement import actions as improvement
from fairgate.improvement import queries as talks
from fairgate.improvement.rules import CommitmentState, Direction
from fairgate.people.models import Person


def talk(cast: Cast) -> None:
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
