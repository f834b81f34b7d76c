"""Codes and pure predicates of the fair score."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

NAME_LENGTH = 200
TEXT_LENGTH = 2_000

LINKS = ("logit", "probit")
SEED = 42_000
"""Any fixed number: a run that is done again must give the same figures."""

FEWEST_BALLOTS = 20
"""Below so many, not even a raw share is shown: few enough might be put a name to."""

FEWEST_DECIDERS = 3
"""Below so many, a team's figures would be somebody's own."""


class SurveyState(StrEnum):
    """Where a table of ratings stands on its way in."""

    ASKED = "asked"
    READY = "ready"
    FAULTY = "faulty"
    APPLIED = "applied"
    DISCARDED = "discarded"


class Part(StrEnum):
    """What a column of the table may be. There is none for who answered: that is never read."""

    RATING = "rating"
    OUTCOME = "outcome"
    TEAM = "team"
    KIND = "kind"
    RISK = "risk"
    SENIORITY = "seniority"
    UNIT = "unit"
    ITEM = "item"
    BALLOT = "ballot"
    DECIDER = "decider"


REQUIRED = (Part.RATING, Part.OUTCOME, Part.TEAM)
CASES = (Part.KIND, Part.RISK, Part.SENIORITY, Part.UNIT)
"""What describes a request, its kind first. Never what the team itself causes."""

NAMING_WHO_ANSWERED = frozenset({
    "rater", "respondent", "respondentid", "respondentname", "email", "emailaddress", "mail", "user", "userid", "username",
    "participant", "participantid", "ip", "ipaddress", "answeredby", "teilnehmer", "befragter", "absender",
})  # fmt: skip
"""Names of columns that tell who answered, as `readers.columns.plain` writes them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said about a table: ``columns`` by part, which outcomes approve (the plain one first), the levels from
    lowest to highest, and the lowest that counts as good."""

    columns: Mapping[Part, str]
    approving: tuple[str, ...]
    levels: tuple[str, ...]
    good: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "columns": {part.value: column for part, column in self.columns.items()},
            "approving": list(self.approving),
            "levels": list(self.levels),
            "good": self.good,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        columns = {Part(part): column for part, column in kept["columns"].items()}
        return cls(columns, tuple(kept["approving"]), tuple(kept["levels"]), kept["good"])


class Hidden(StrEnum):
    """Why a team's figures aren't shown."""

    FEW_BALLOTS = "few-ballots"
    FEW_DECIDERS = "few-deciders"


def hidden(ballots: int, deciders: int | None) -> Hidden | None:
    """Why a team's raw share stays hidden; None where it may be shown. ``deciders`` None: nobody is named."""
    if deciders is not None and deciders < FEWEST_DECIDERS:
        return Hidden.FEW_DECIDERS
    return Hidden.FEW_BALLOTS if ballots < FEWEST_BALLOTS else None


def without_figures(team: Mapping[str, Any]) -> dict[str, Any]:
    """A team's line of a result with every figure of treatment taken out, as it is stored."""
    figures = (
        "raw",
        "fair",
        "interval",
        "refusal",
        "refusal_interval",
        "approval_effect",
        "approval_effect_interval",
    )
    return {**team, **dict.fromkeys(figures), "borrowed": False}


class Worse(StrEnum):
    """Guardrails that fell between two runs, both ways."""

    ESCAPES = "escapes"
    NEEDLESS = "needless"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Rail:
    """A guardrail's figure with the interval that chance allows."""

    value: float
    low: float
    high: float

    def above(self, other: "Rail | None") -> bool:
        """Whether it is higher than ``other`` beyond what chance explains for either."""
        return other is not None and self.low > other.high


def worse(then: Mapping[str, Rail | None], now: Mapping[str, Rail | None]) -> list[Worse]:
    """Which guardrails fell since ``then``: more escapes, more needless refusals, more approved."""
    return [it for it in Worse if (rail := now.get(it)) is not None and rail.above(then.get(it))]


def risen(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Teams whose fair score is now above the interval it had."""
    before = {team["team"]: team["interval"] for team in then["teams"] if team["interval"]}
    return [
        team["team"]
        for team in now["teams"]
        if team["fair"] is not None and team["team"] in before and team["fair"] > before[team["team"]][1]
    ]
