"""The service charter: what a team promises every internal customer, and how much of it was kept. Everybody inside may read
it; its figures name nobody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from fairgate.gate.models import RequestKind, Tally
from fairgate.gate.rules import Kept
from fairgate.improvement.queries import doors
from fairgate.improvement.queries.commitments import kept_figures, promised_by, today
from fairgate.improvement.queries.guides import CharterWords, charter_words
from fairgate.improvement.rules import KeptFigures
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor

MONTHS = 12


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """Decisions of the last twelve months for which a date had been promised."""

    kept: int
    missed: int
    since: date

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down."""
        decided = self.kept + self.missed
        return 100 * self.kept // decided if decided else None


@dataclass(frozen=True, slots=True)
class Charter:
    """Everything the charter's page and paper show."""

    words: CharterWords
    kinds: tuple[RequestKind, ...]
    promises: PromiseCounts
    commitments: KeptFigures
    may_write: bool

    @property
    def unit(self) -> Unit:
        return self.words.unit


def charters() -> list[Unit]:
    """Every unit that has a charter: those with a team."""
    return doors.teams()


def charter_for(by: Actor, unit: int) -> Charter:
    """Raises Unit.DoesNotExist."""
    return Charter(
        words=charter_words(by, unit),
        kinds=tuple(RequestKind.objects.filter(preset__unit=unit, is_offered=True)),
        promises=_promises(unit),
        commitments=kept_figures(promised_by(unit)),
        may_write=doors.may_write_charter(by, unit),
    )


def _promises(unit: int) -> PromiseCounts:
    """From the gate's running counts, not from its lists of requests: the charter is everybody's, the requests are not."""
    now = today()
    since = date(now.year - 1, now.month, 1)
    rows = Tally.objects.filter(deciding_unit=unit, month__gte=since).values_list("promise")
    counted = dict(rows.annotate(number=Sum("decisions")).order_by("promise"))
    return PromiseCounts(counted.get(Kept.KEPT, 0), counted.get(Kept.MISSED, 0), since)
