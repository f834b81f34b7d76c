"""What the gate caught is judged, and what it let out is linked to its decision."""

import random
from collections.abc import Mapping

from fairgate.demo.everyday.cast import MAKER, Cast
from fairgate.demo.everyday.decided import recent
from fairgate.demo.history import complaints_csv, escapes_of
from fairgate.gate.models import Decision
from fairgate.protection import actions as protection
from fairgate.protection import imports as complaints
from fairgate.protection.models import Complaint
from fairgate.protection.rules import WouldHave

# How often somebody of each side sees what really would have happened; else they say the next milder or graver thing.
SEES = {"function": 0.88, "customer": 0.80}
GRAVITY = [WouldHave.NOTHING, WouldHave.COSMETIC, WouldHave.REWORK, WouldHave.RECALL, WouldHave.HARM]


def judge_catches(cast: Cast, known: Mapping[str, Decision], draw: random.Random) -> None:
    """Each side says what would have happened, without the other's answer; of some the customer hasn't said yet."""
    standing = Decision.objects.filter(replaced_by=None).values_list("pk", flat=True)
    stands = set(standing)
    for row in recent(cast.plant, cast.plant.judged_days):
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


def bring_complaints(cast: Cast, known: Mapping[str, Decision]) -> None:
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
