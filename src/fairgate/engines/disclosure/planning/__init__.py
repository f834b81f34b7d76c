"""Before anybody is asked: which figures will be publishable when, for so many people and decisions.

What is assumed, and all of it stands in `Plan`: requests come at random (Poisson), some people ask more often than others
(gamma), everybody is asked about one decision a period, and whether they answer is chance, the same for everybody.
Probabilities are exact under it, nothing is simulated.
"""

from fairgate.engines.disclosure.planning.answer import Figure, Length, Planned, plan
from fairgate.engines.disclosure.planning.asking import asked_about
from fairgate.engines.disclosure.planning.rules import APPROVING, OUTCOMES, BadPlan, Plan, Rules, Team

__all__ = [
    "APPROVING",
    "OUTCOMES",
    "BadPlan",
    "Figure",
    "Length",
    "Plan",
    "Planned",
    "Rules",
    "Team",
    "asked_about",
    "plan",
]
