"""The working days of a deciding unit."""

from datetime import date

from django.conf import settings

from fairgate.gate.models import WorkingCalendar
from fairgate.gate.rules import WorkingDays


def calendar_of(unit: int) -> WorkingDays:
    """As the unit set it; else Monday to Friday in the installation's zone, without holidays."""
    kept = WorkingCalendar.objects.filter(unit=unit).first()
    if kept is None:
        return WorkingDays(zone=settings.TIME_ZONE)
    return WorkingDays(
        zone=kept.zone,
        weekdays=frozenset(kept.weekdays),
        holidays=frozenset(date.fromisoformat(holiday["date"]) for holiday in kept.holidays),
    )
