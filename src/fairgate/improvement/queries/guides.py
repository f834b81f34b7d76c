"""What a team asks, edition by edition, and what its charter says."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import translation

from fairgate.improvement.models import CharterEdition, GuideEdition
from fairgate.improvement.queries import doors
from fairgate.improvement.rules import Direction
from fairgate.improvement.wording import questions as words
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import unit_for
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Guide:
    """What a team sends and asks. ``number`` 0: the words the installation brings, in the reader's language."""

    unit: Unit
    direction: Direction
    number: int
    invitation: str
    questions: tuple[str, ...]
    editions: tuple[GuideEdition, ...]


def guide_for(by: Actor, unit: int, direction: Direction) -> Guide:
    """The guide that stands, and every edition, newest first. For the team: raises PermissionDenied."""
    found = unit_for(by, unit)
    if not doors.may_talk(by, unit):
        raise PermissionDenied
    editions = tuple(GuideEdition.objects.filter(unit=unit, direction=direction).order_by("-number"))
    if editions:
        latest = editions[0]
        return Guide(found, direction, latest.number, latest.invitation, tuple(latest.questions), editions)
    return Guide(
        found,
        direction,
        0,
        words.invitation(direction, translation),
        tuple(words.questions(direction, translation)),
        (),
    )


@dataclass(frozen=True, slots=True)
class CharterWords:
    """What a team says in its charter; ``number`` as in `Guide`."""

    unit: Unit
    number: int
    refusing: tuple[str, ...]
    standing: tuple[str, ...]
    contact: str
    editions: tuple[CharterEdition, ...]


def charter_words(by: Actor, unit: int) -> CharterWords:
    """Raises Unit.DoesNotExist, also for a unit that has no team."""
    found = unit_for(by, unit)
    if not doors.is_team(unit):
        raise Unit.DoesNotExist
    editions = tuple(CharterEdition.objects.filter(unit=unit).order_by("-number"))
    if editions:
        latest = editions[0]
        return CharterWords(
            found, latest.number, tuple(latest.refusing), tuple(latest.standing), latest.contact, editions
        )
    return CharterWords(
        found, 0, tuple(words.refusing(translation)), tuple(words.standing(translation)), "", ()
    )
