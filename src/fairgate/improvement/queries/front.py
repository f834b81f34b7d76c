"""The room's first page: whom we talked with this quarter, what we promised, how much was kept."""

from dataclasses import dataclass
from datetime import date

from fairgate.improvement.models import Commitment, Interview
from fairgate.improvement.queries import doors
from fairgate.improvement.queries.commitments import commitments_for, kept_figures, promised_by, today
from fairgate.improvement.queries.customers import Candidates, candidates_for
from fairgate.improvement.queries.waiting import waiting_for
from fairgate.improvement.rules import CommitmentState, KeptFigures, quarter_of
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor
from fairgate.shared.waiting import Waiting

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Quarter:
    """What happened since the quarter began."""

    first: date
    interviews: int
    units: tuple[str, ...]
    promised: int


@dataclass(frozen=True, slots=True)
class Front:
    """``candidates`` and ``quarter`` only for a team; ``team`` is whose page it is, None before there is any."""

    team: Unit | None
    teams: tuple[Unit, ...]
    quarter: Quarter | None
    candidates: Candidates | None
    figures: KeptFigures
    open_: tuple[Commitment, ...]
    more: int
    mine: tuple[Waiting, ...]
    may_count: bool
    may_read: bool

    @property
    def of_team(self) -> bool:
        return self.candidates is not None


def front_for(by: Actor, unit: int | None = None) -> Front:
    """For everybody signed in: each sees what is theirs to see. Raises PermissionDenied for another's team."""
    candidates = candidates_for(by, unit) if doors.team_units_of(by) else None
    all_teams = doors.teams()
    team = candidates.team if candidates else (all_teams[0] if all_teams else None)
    readable = commitments_for(by)
    if candidates:
        readable = commitments_for(by, unit=candidates.team.pk)
        counted = promised_by(candidates.team.pk)
    else:
        counted = readable
    open_ = readable.filter(state=CommitmentState.OPEN).order_by("due", "id")
    return Front(
        team=team,
        teams=candidates.teams if candidates else (),
        quarter=_quarter(candidates.team) if candidates else None,
        candidates=candidates,
        figures=kept_figures(counted),
        open_=tuple(open_[:SHOWN]),
        more=max(0, open_.count() - SHOWN),
        mine=tuple(waiting_for(by)),
        may_count=doors.may_count(by),
        may_read=doors.may_read_all_commitments(by) or bool(doors.working_units_of(by)),
    )


def _quarter(team: Unit) -> Quarter:
    first, _ = quarter_of(today())
    held = Interview.objects.filter(unit=team, held_on__gte=first).select_related("other")
    names = {one.other.name for one in held}
    promised = promised_by(team.pk).filter(made_at__date__gte=first).count()
    return Quarter(first, held.count(), tuple(sorted(names, key=str.casefold)), promised)
