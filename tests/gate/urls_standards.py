"""Who gets what at the addresses of standards, kinds, presets, working days and teams."""

import pytest
from django.urls import reverse

from fairgate.gate import actions
from fairgate.gate.models import Clause, Preset, RequestKind, Standard
from fairgate.gate.rules import Thing

from .conftest import CAST, PROGRAM, QUALITY
from .urls_requests import INVALID, OK, WITHOUT

Answers = dict[str, tuple[int, int]]
"""What each person gets for a GET and for an empty POST."""

REFUSED, NONE, METHOD, GONE_ON = 403, 404, 405, 302
READING = frozenset(CAST) - WITHOUT
KEEPING = frozenset({"alice", "bob"})  # a steward, and the lead of the deciding unit


def answers(keeping: tuple[int, int], reading: tuple[int, int], without: tuple[int, int]) -> Answers:
    """What those get who keep the rules, those who only read them, and those who do neither."""
    only_reading = READING - KEEPING
    return {
        **dict.fromkeys(KEEPING, keeping),
        **dict.fromkeys(only_reading, reading),
        **dict.fromkeys(WITHOUT, without),
    }


PAGE = answers((OK, OK), (OK, OK), (REFUSED, REFUSED))
ONE_THING = answers((OK, OK), (OK, OK), (NONE, NONE))
FORM_OF_ONE = answers((OK, INVALID), (REFUSED, REFUSED), (NONE, NONE))
FORM = answers((OK, INVALID), (REFUSED, REFUSED), (REFUSED, REFUSED))
BUTTON = answers((METHOD, INVALID), (METHOD, REFUSED), (METHOD, NONE))

TABLE_STANDARDS: dict[str, Answers] = {
    "standards": PAGE,
    "standard": ONE_THING,
    "clause": ONE_THING,
    "kinds": PAGE,
    "editions": PAGE,
    "presets": PAGE,
    "preset-file": PAGE,
    "teams": PAGE,
    "add-standard": FORM_OF_ONE,
    "add-clause": FORM_OF_ONE,
    "add-kind": FORM_OF_ONE,
    "edit": FORM_OF_ONE,
    "retire": FORM_OF_ONE,
    "own-preset": FORM,
    "install": answers((OK, GONE_ON), (REFUSED, REFUSED), (REFUSED, REFUSED)),
    "calendar": answers((OK, INVALID), (OK, REFUSED), (NONE, NONE)),
    "add-team": BUTTON,
    "place-in-team": BUTTON,
}


@pytest.fixture
def standards_addresses(plant, cast):
    """Quality has its preset and a team."""
    unit = plant[QUALITY]
    actions.install(by=PROGRAM, unit=unit.pk, code="quality")
    team = actions.add_team(by=PROGRAM, unit=unit.pk, name="Tablets")
    preset, kind = Preset.objects.get(), RequestKind.objects.first()
    arguments = {
        "standard": [Standard.objects.first().pk],
        "clause": [Clause.objects.first().pk],
        "editions": [Thing.KIND, kind.pk],
        "edit": [Thing.KIND, kind.pk],
        "retire": [Thing.KIND, kind.pk],
        "add-kind": [preset.pk],
        "add-standard": [preset.pk],
        "add-clause": [Standard.objects.first().pk],
        "preset-file": ["quality"],
        "install": [unit.pk, "legal"],
        "calendar": [unit.pk],
        "add-team": [unit.pk],
        "place-in-team": [team.pk],
    }
    return {name: reverse(f"gate:{name}", args=arguments.get(name, [])) for name in TABLE_STANDARDS}
