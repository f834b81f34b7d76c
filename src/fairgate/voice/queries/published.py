"""A closed period as it was published, for the fairness room: it audits what it tells beside that, and shows no ballot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from fairgate.voice.models import Ballot, Publication
from fairgate.voice.rules import Answers, Form, items_of

_FIELDS = {"unit": "unit_id", "team": "team_id", "approving": "approving", "seniority": "seniority"}


@dataclass(frozen=True, slots=True, eq=False)
class PublishedBallots:
    """Ballots about decisions: ``values`` by attribute [n], the ids of unit and team (None where it was left out); ``ratings`` by
    item [n], 0 to 4, −1 can't judge. ``contents`` is what was published of them, as `engines.disclosure` keeps it."""

    contents: Mapping[str, Any]
    values: Mapping[str, list[Any]]
    ratings: Mapping[str, NDArray[np.int64]]


def published_ballots(period: UUID) -> PublishedBallots:
    """Raises ``Publication.DoesNotExist`` where the period isn't closed."""
    contents = Publication.objects.get(period=period).contents["forms"].get(Form.TREATMENT.value, {})
    ballots = Ballot.objects.filter(period=period, form=Form.TREATMENT)
    rows = list(ballots.values_list("answers", *_FIELDS.values()))
    steps = [[-1 if step is None else step - 1 for step in Answers.of(row[0]).items] for row in rows]
    items = items_of(Form.TREATMENT)
    ratings = np.array(steps, np.int64).reshape(len(rows), len(items))
    return PublishedBallots(
        contents,
        {name: [row[place] for row in rows] for place, name in enumerate(_FIELDS, start=1)},
        {item: ratings[:, place] for place, item in enumerate(items)},
    )
