"""What comes up in interviews, counted."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet

from fairgate.improvement.models import Interview, Theme
from fairgate.improvement.queries import doors
from fairgate.people.models import Person
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How often a theme came up: in how many interviews, with how many units."""

    theme: Theme
    interviews: int
    units: int


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme, for the team: the interviews it came up in."""

    theme: Theme
    interviews: tuple[Interview, ...]


def theme_counts(by: Actor) -> list[ThemeCount]:
    """The most frequent first: a team's own; auditors and executives over all teams, as numbers only. Raises
    PermissionDenied for everybody else."""
    if not doors.may_count(by):
        raise PermissionDenied
    counted = Q(interviews__in=_heard(by))
    themes = Theme.objects.annotate(
        number=Count("interviews", filter=counted, distinct=True),
        units=Count("interviews__other", filter=counted, distinct=True),
    )
    found = [ThemeCount(theme, theme.number, theme.units) for theme in themes if theme.number]
    return sorted(found, key=lambda one: (-one.interviews, -one.units, one.theme.name.casefold()))


def theme_for(by: Actor, pk: int) -> ThemePage:
    """For a team: where the theme came up. Raises PermissionDenied for everybody else, Theme.DoesNotExist."""
    if not doors.team_units_of(by):
        raise PermissionDenied
    theme = Theme.objects.get(pk=pk)
    interviews = _heard(by).filter(themes=theme).select_related("unit", "other", "interviewer")
    return ThemePage(theme, tuple(interviews))


def _heard(by: Actor) -> QuerySet[Interview]:
    """The interviews whose themes are for ``by``: of their own team, or of all for those who look from outside. Never the
    talk with ``by``: neither listed nor counted, or the difference would tell what the team made of it."""
    own = doors.team_units_of(by)
    found = Interview.objects.filter(unit__in=own) if own else Interview.objects.all()
    return found.exclude(person=by.pk) if isinstance(by, Person) else found


def themes_to_choose(by: Actor) -> list[Theme]:
    """The whole list, for a team."""
    if not doors.team_units_of(by):
        raise PermissionDenied
    return list(Theme.objects.all())
