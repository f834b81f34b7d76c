"""Counted logs and imports on their way in."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairgate.engines.customers import Answer, Counts, Discrimination, Summary, summaries
from fairgate.organisation.models import CountedLog, Import, Unit
from fairgate.organisation.queries.doors import may_edit
from fairgate.organisation.rules import ImportState, folded
from fairgate.shared.actor import Actor
from fairgate.work import queries as work
from fairgate.work.rules import State


def logs_for(person: Actor) -> QuerySet[CountedLog]:
    """The logs whose figures stand, for everybody."""
    return CountedLog.objects.filter(is_current=True)


def log_for(person: Actor, pk: int) -> CountedLog:
    """One counted log, also a retired one; raises ``CountedLog.DoesNotExist``."""
    return CountedLog.objects.get(pk=pk)


def imports_for(person: Actor) -> QuerySet[Import]:
    """Imports are the stewards' work; others see what came of them."""
    return Import.objects.select_related("file") if may_edit(person) else Import.objects.none()


def import_for(person: Actor, pk: UUID) -> Import:
    """One import; raises ``Import.DoesNotExist``, also to those who may not see it."""
    return imports_for(person).get(pk=pk)


def counting_ended_in_vain(person: Actor, coming: Import) -> bool:
    """Whether nobody will count this log any more: its background work was cancelled, or failed."""
    if coming.state != ImportState.COUNTING or coming.job_id is None:
        return False
    job = work.job_for(person, coming.job_id)
    return job.has_ended and job.state != State.DONE


def new_units_in(coming: Import) -> list[str]:
    """The units a counted log names that don't exist yet."""
    known = {folded(name) for name in Unit.objects.values_list("name", flat=True)}
    return [name for name in coming.findings.get("units", ()) if folded(name) not in known]


def same_log(coming: Import) -> CountedLog | None:
    """The standing log that this import would replace, if there is one."""
    return CountedLog.objects.filter(name=coming.name, is_current=True).first()


@dataclass(frozen=True, slots=True)
class CountedFor:
    """One log with its figures and everybody's answer."""

    log: CountedLog
    counts: Counts

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(self.counts.answers())

    @property
    def summaries(self) -> tuple[Summary, ...]:
        return tuple(summaries(self.counts))

    @property
    def discrimination(self) -> Discrimination:
        return self.counts.discrimination

    @property
    def coverage(self) -> dict[str, Any]:
        return self.counts.coverage_dict()

    def to_dict(self) -> dict[str, Any]:
        """What the command line gives for the same file without ``--unit``."""
        return {
            "units": [answer.to_dict() for answer in self.answers],
            "discrimination": self.discrimination.to_dict(),
        }


def counted_for(person: Actor, pk: int) -> CountedFor:
    """Raises ``CountedLog.DoesNotExist``."""
    log = CountedLog.objects.prefetch_related("units__unit").get(pk=pk)
    return CountedFor(log, counts_in(log))


def counts_in(log: CountedLog) -> Counts:
    """The stored figures of a log, its units under the names they have now."""
    counts = Counts.from_dict(log.counts)
    now = {row.name_in_log: row.unit.name for row in log.units.all()}
    return replace(counts, units=tuple(now.get(name, name) for name in counts.units))
