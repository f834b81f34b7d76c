"""What a survey tool would export after the record: every decision of the plant, and for about half of them how whoever was
asked rated the treatment. Seeded. Who answered is in none of it.

Ratings follow from three things: how a team treats people (`Team.treatment`, and `Team.courtesy` towards those it doesn't
approve), what was decided, and the request. People who weren't approved are asked more often, as a survey would.
"""

import csv
import io
import math
import random
from functools import cache

from fairgate.demo.history import Decided, decisions_of
from fairgate.demo.plant import Plant, Team

APPROVING = frozenset({"approved", "conditions"})
COLUMNS = ("rating", "outcome", "team", "kind", "risk", "unit", "seniority", "decider")
# On the scale of the logit, against "approved".
OUTCOMES = {"approved": 0.0, "conditions": -0.5, "returned": -2.4, "refused": -3.0}
KINDS = {"batch-disposition": 0.2, "change": -0.2, "supplier": -0.1}
BANDS = {"junior": -0.3, "middle": 0.0, "senior": 0.2}
THRESHOLDS = (-3.2, -2.2, -1.1, 0.9)
ANSWER = {True: 0.44, False: 0.80}
"""The share that answers, where it was approved and where it wasn't."""


@cache
def ratings_csv(plant: Plant) -> bytes:
    """The export, a row for each decision; the rating is empty where nobody answered."""
    draw = random.Random(plant.seed + 4)  # noqa: S311  (a demonstration, not a secret)
    teams = {team.name: team for team in plant.teams}
    band: dict[str, str] = {}
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for row in decisions_of(plant):
        seniority = band.setdefault(row.submitter, draw.choice(list(BANDS)))
        rating = _rating(row, teams[row.team], seniority, draw)
        answered = draw.random() < ANSWER[row.outcome in APPROVING]
        writer.writerow((
            rating if answered else "", row.outcome, row.team, row.kind, row.risk, row.unit, seniority, row.decider,
        ))  # fmt: skip
    return stream.getvalue().encode()


def _rating(row: Decided, team: Team, seniority: str, draw: random.Random) -> int:
    return step(liking(row, team, seniority) + logistic(draw))


def liking(row: Decided, team: Team, seniority: str) -> float:
    """What the planted truth makes of it, on the scale of the logit."""
    courtesy = 0.0 if row.outcome in APPROVING else team.courtesy
    return team.treatment + courtesy + OUTCOMES[row.outcome] + KINDS.get(row.kind, 0.0) + BANDS[seniority]


def step(latent: float) -> int:
    """1 to 5."""
    return 1 + sum(latent > threshold for threshold in THRESHOLDS)


def logistic(draw: random.Random) -> float:
    share = draw.random()
    return math.log(share / (1.0 - share))
