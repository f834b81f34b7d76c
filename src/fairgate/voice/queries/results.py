"""What was published, and what the fairness room may work with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np

from fairgate.gate.models import RequestKind, Team
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor
from fairgate.voice.models import Ballot, Period, Publication
from fairgate.voice.queries.doors import may_enter
from fairgate.voice.queries.periods import row_of
from fairgate.voice.queries.stored import audit_in, coarsened, responses_in, tables_in
from fairgate.voice.rules import Form, Results, items_of
from fairgate.voice.rules.ballots import BallotTable, Column


def results_for(by: Actor, pk: UUID) -> Results:
    """What was published of a period; raises ``Period.DoesNotExist`` where nothing was, and to whoever may not enter."""
    found = Publication.objects.filter(period=pk).select_related("period").first()
    if found is None or not may_enter(by):
        raise Period.DoesNotExist
    contents: dict[str, Any] = found.contents
    return Results(
        row=row_of(found.period),
        asked=contents["asked"],
        answered=contents["answered"],
        unreadable=contents["unreadable"],
        dropped=contents["dropped"],
        coarsened=coarsened(contents),
        responses=responses_in(contents),
        tables=tables_in(contents),
        audit=audit_in(contents),
    )


_ABOUT = ("unit_id", "team_id", "outcome", "approving", "kind_id", "seniority", "customer_id", "risk")


def ballots_of(periods: Sequence[UUID]) -> BallotTable:
    """The ballots of closed periods, about decisions, for the fairness room: it works scores out, and shows no ballot. In an
    order that means nothing."""
    rows = Ballot.objects.filter(period__in=periods, form=Form.TREATMENT).order_by("id")
    answers, *about = _columns(rows.values_list("answers", *_ABOUT))
    named = dict(zip(_ABOUT, about, strict=True))
    return BallotTable(
        ratings={
            item: np.array([_rating(text[place]) for text in answers], np.int64)
            for place, item in enumerate(items_of(Form.TREATMENT))
        },
        unit=_by_id(named["unit_id"], Unit),
        team=_by_id(named["team_id"], Team),
        outcome=Column.of(
            [_outcome(*pair) for pair in zip(named["outcome"], named["approving"], strict=True)]
        ),
        kind=_by_id(named["kind_id"], RequestKind),
        seniority=Column.of(named["seniority"]),
        customer=_by_id(named["customer_id"], Unit),
        risk=Column.of(named["risk"]),
        enough_deciders=_enough_deciders(periods),
    )


def _enough_deciders(periods: Sequence[UUID]) -> frozenset[str]:
    """Teams that at least three people decided for, in some of these periods."""
    teams: set[int] = set()
    for contents in Publication.objects.filter(period__in=periods).values_list("contents", flat=True):
        teams |= {team for _, team, enough in contents["deciders"] if enough and team is not None}
    return frozenset(Team.objects.filter(pk__in=teams).values_list("name", flat=True))


def _columns(rows: Any) -> list[list[Any]]:
    found = list(rows)
    return [list(column) for column in zip(*found, strict=True)] if found else [[] for _ in range(9)]


def _rating(sign: str) -> int:
    return -1 if sign == "-" else int(sign) - 1


def _outcome(exact: str, approving: bool | None) -> str:
    """Which outcome it was, or where that was left out for everybody, whether it approved."""
    return exact or ("approving" if approving else "not-approving")


def _by_id(ids: list[int | None], model: Any) -> Column:
    names = dict(model.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "name"))
    return Column.of([names.get(pk, "") for pk in ids])
