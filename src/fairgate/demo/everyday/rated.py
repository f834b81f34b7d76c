"""An agreement on scores of teams, and the survey tool’s table."""

from fairgate.demo.everyday.cast import MAKER
from fairgate.demo.history import decisions_of
from fairgate.demo.plant import Plant
from fairgate.demo.ratings import APPROVING, ratings_csv
from fairgate.demo.ratings import COLUMNS as RATED
from fairgate.fairness import actions as fairness
from fairgate.fairness import imports as surveys
from fairgate.fairness.rules import Part, Said
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.people.rules import Role


def agree(plant: Plant) -> None:
    """The privacy officer recorded what was agreed on scores of teams."""
    document, parties = plant.agreement
    officer = Person.objects.get(assignments__role=Role.PRIVACY_OFFICER)
    fairness.record_agreement(
        by=officer,
        unit=Unit.objects.get(name=plant.function).pk,
        agreed_on=plant.from_day.date(),
        parties=parties,
        document=document,
    )


def rate(plant: Plant) -> None:
    """The survey tool's table came in, was checked, and scores worked out."""
    unit = Unit.objects.get(name=plant.function).pk
    coming = surveys.open_file(by=MAKER, name="ratings.csv", content=[ratings_csv(plant)], unit=unit)
    outcomes = {row.outcome for row in decisions_of(plant)} & APPROVING
    said = Said({Part(name): name for name in RATED}, tuple(sorted(outcomes)), tuple("12345"), "4")
    surveys.check(by=MAKER, pk=coming.pk, said=said)
    fairness.apply_survey(by=MAKER, pk=coming.pk)
    fairness.run_at_once(by=MAKER, survey=coming.pk)
