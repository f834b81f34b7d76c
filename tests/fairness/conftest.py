"""The plant of tests/protection with a table of ratings: Quality decides in teams, and a survey tool asked those who handed
something in."""

import random
from datetime import date

import pytest
from django.core.cache import cache

from fairgate.fairness import actions, imports
from fairgate.fairness.rules import Part, Said
from fairgate.shared.actor import System
from protection.conftest import CAST, QUALITY, Plant, recorded, signed_in

__all__ = ["CAST", "PROGRAM", "SAID", "recorded", "signed_in", "table"]

PROGRAM = System("tests")
PARTS = ("rating", "outcome", "team", "kind", "decider")
SAID = Said({Part(name): name for name in PARTS}, ("approved",), tuple("12345"), "4")
# Team, share refused, how it treats people, how many decide.
TEAMS = (("Ash", 0.05, 0.0, 3), ("Elder", 0.45, 1.2, 3), ("Oak", 0.2, 0.0, 4))


def table(rows=600, seed=1, teams=TEAMS, answer=0.7):
    """A survey's export: a refusal costs two logits; Ash hardly refuses, Elder refuses most and treats people best."""
    draw = random.Random(seed)
    lines = [",".join(PARTS)]
    for number in range(rows):
        team, share, treatment, deciders = teams[number % len(teams)]
        refused = draw.random() < share
        latent = treatment - 2.4 * refused + draw.gauss(0, 1.7)
        rating = 1 + sum(latent > threshold for threshold in (-2.5, -1.5, -0.5, 1.0))
        shown = rating if draw.random() < answer else ""
        outcome = "refused" if refused else "approved"
        lines.append(
            f"{shown},{outcome},{team},{draw.choice(['batch', 'change'])},{team} {draw.randrange(deciders)}"
        )
    return "\n".join(lines).encode()


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


class Scored(Plant):
    """Brings tables in, agrees, and has scores worked out."""

    @property
    def unit(self):
        return self.units[QUALITY].pk

    def came_in(self, content=None, by="alice", said=SAID, name="ratings.csv"):
        coming = imports.open_file(by=self.who(by), name=name, content=[content or table()], unit=self.unit)
        return imports.check(by=self.who(by), pk=coming.pk, said=said) if said else coming

    def in_use(self, content=None, **more):
        return actions.apply_survey(by=self.who("alice"), pk=self.came_in(content, **more).pk)

    def agreed(self):
        return actions.record_agreement(
            by=self.who("gil"),
            unit=self.unit,
            agreed_on=date(2026, 9, 1),
            parties="works council and management",
            document="Works agreement 7",
        )

    def scored(self, content=None, **more):
        survey = self.in_use(content, **more)
        return actions.run_at_once(by=PROGRAM, survey=survey.pk)


@pytest.fixture
def plant(db):
    return Scored()
