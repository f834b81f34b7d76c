"""The service charter: what a team promises every internal customer, and how much of it was kept. Everybody inside may read
it; its figures name nobody."""

from dataclasses import dataclass

from fairgate.gate import queries as gate
from fairgate.gate.models import RequestKind
from fairgate.gate.rules import PromiseFigures
from fairgate.improvement.queries import doors
from fairgate.improvement.queries.commitments import kept_figures, promised_by
from fairgate.improvement.queries.guides import CharterWords, charter_words
from fairgate.improvement.rules import KeptFigures
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor, System

# The charter is everybody's, the requests behind its figures are not: they are counted by the program, for one unit.
COUNTER = System("charter")


@dataclass(frozen=True, slots=True)
class Charter:
    """Everything the charter's page and paper show."""

    words: CharterWords
    kinds: tuple[RequestKind, ...]
    promises: PromiseFigures
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
        promises=gate.promise_figures(COUNTER, unit),
        commitments=kept_figures(promised_by(unit)),
        may_write=doors.may_write_charter(by, unit),
    )
