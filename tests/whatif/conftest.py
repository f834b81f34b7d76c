"""The plant of tests/protection with two years of lots: 240 reviewed, 40 stopped (30 sent back, 10 refused), some of them judged
by both sides, and four complaints."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from fairgate.engines.counterfactual import ask
from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import Outcome
from fairgate.protection.rules import Level, WouldHave
from fairgate.shared.actor import System
from fairgate.whatif import actions
from fairgate.whatif.rules import Window
from protection.conftest import CAST, QUALITY, Plant, recorded, signed_in

__all__ = ["CAST", "PROGRAM", "QUICK", "Checked", "recorded", "signed_in"]

PROGRAM = System("tests")
# As little as the engine takes: what is tested here is what the room does with it.
QUICK = {"ways": ["exception", "nobody"], "replicates": 200, "years": 4}
SURE = {"quality.drift": {"value": 0.0}, "plant.review_variation": {"value": 0.5}}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


ANSWERS = {}


@pytest.fixture
def remembered(monkeypatch):
    """The engine answers the same question once a session: for tests of pages, which ask it again and again."""

    def asked(scenario, ways, **more):
        told = {name: value for name, value in more.items() if name != "on_stage"}
        key = repr((scenario.to_dict(), sorted(scenario.joint), ways, told))
        if key not in ANSWERS:
            ANSWERS[key] = ask(scenario, ways, **more)
        return ANSWERS[key]

    monkeypatch.setattr("fairgate.whatif.actions.living.ask", asked)


class Checked(Plant):
    """Hands lots in, has them decided, and asks what if nobody did."""

    @property
    def unit(self):
        return self.units[QUALITY].pk

    def window(self, **more):
        return Window(**{"kinds": (self.kinds["batch"].pk,), "months": 24, **more})

    def lots(self, number=240, every=6):
        """One every third day, decided a day after it came; every ``every``-th is stopped, one of four of those refused."""
        self.stops = []
        for at in range(number):
            days = 3 * (number - at)
            stop = at % every == every - 1
            outcome = Outcome.APPROVED
            if stop:
                outcome = Outcome.REFUSED if len(self.stops) % 4 == 3 else Outcome.RETURNED
            made = self.decided(outcome, days_ago=days)
            if stop:
                self.stops.append(made)
        return self.stops

    def comes_back(self, stopped, *, after=4):
        """Handed in again ``after`` days, and approved."""
        again = self.decided(Outcome.APPROVED)
        first = stopped.request
        submitted = stopped.decided_at + timedelta(days=after)
        ServiceRequest.objects.filter(pk=again.request_id).update(
            follows=first, submitted_at=submitted, decided_at=submitted + timedelta(days=1)
        )

    def two_years(self):
        """The whole of it: twelve judged, of which ten were real (six minor, three major, one critical)."""
        stops = self.lots()
        for one in stops:
            if one.outcome == Outcome.RETURNED:
                self.comes_back(one)
        said = (
            [WouldHave.REWORK] * 5
            + [WouldHave.COSMETIC]
            + [WouldHave.RECALL] * 3
            + [WouldHave.HARM]
            + [WouldHave.NOTHING] * 2
        )
        for one, it in zip(stops, said, strict=False):
            self.judged(one, it, it)
        self.judged(stops[12], WouldHave.NOTHING, WouldHave.REWORK)
        for age in (500, 400, 300, 200):
            self.escaped(delay=90, age=age, severity=Level.MINOR)
        return self

    def scenario(self, by="bob", *, window=None, **more):
        return actions.make_scenario(
            by=self.who(by), unit=self.unit, name="Release of lots", window=window, **more
        )

    def known(self, **more):
        """A scenario of which little is uncertain, so that runs are quick."""
        return self.scenario(entries=SURE, **more)

    def ran(self, scenario=None, by="bob", **more):
        made = scenario or self.known()
        return actions.run_at_once(by=self.who(by), scenario=made.pk, **{**QUICK, **more})


@pytest.fixture
def plant(db):
    return Checked()
