"""Codes and pure predicates of the fair score."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from re import findall, sub
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
    "rater", "raterid", "respondent", "respondents", "respondentid", "respondentname", "email", "emails", "mail", "mails",
    "emailaddress", "mailaddress", "user", "userid", "username", "login", "participant", "participantid", "ip", "ipaddress",
    "requester", "requesterid", "submitter", "submitterid", "applicant", "customername", "employee", "employeeid", "person",
    "surname", "firstname", "lastname", "fullname", "phone", "teilnehmer", "teilnehmerin", "befragter", "befragte", "absender",
    "antragsteller", "mitarbeiter", "benutzer", "nachname", "vorname",
})  # fmt: skip
"""Words in the names of columns that tell who answered."""

NAMING_TOGETHER = frozenset({"answered by", "rated by", "submitted by", "asked by person", "e mail"})

DESCRIBING = frozenset({
    "unit", "department", "seniority", "band", "kind", "type", "risk", "team", "role", "group", "abteilung", "einheit", "art",
})  # fmt: skip
"""Beside one of these words, another says of what: "requester unit" tells no one person."""


def tells_who_answered(header: str) -> bool:
    """Whether a column's name says that it tells who answered: "rater_id", "Respondent name (full)", "userId"."""
    parted = sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    words = findall(r"[^\W_]+", parted.casefold())
    whole, beside = "".join(words), " ".join(words)
    found = NAMING_WHO_ANSWERED & {*words, whole} or any(two in beside for two in NAMING_TOGETHER)
    return bool(found) and not DESCRIBING & set(words)


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


LEVELS, GOOD = tuple("12345"), "4"
"""Of our own form: five steps, and good is 4 and 5 (DESIGN 11)."""

APPROVED, NOT_APPROVED = "approving", "not-approving"
"""What was decided, where which outcome it was had to be left out."""

MARGIN = 2.0
"""On what leaving one ballot out makes, worked out without fitting anew: fits without it moved scores up to 1.5 times as far."""


class Hidden(StrEnum):
    """Why a team's figures aren't shown."""

    FEW_BALLOTS = "few-ballots"
    FEW_DECIDERS = "few-deciders"


def hidden(ballots: int, deciders: int | None) -> Hidden | None:
    """Why a team's raw share stays hidden; None where it may be shown. ``deciders`` None: nobody is named."""
    if deciders is not None and deciders < FEWEST_DECIDERS:
        return Hidden.FEW_DECIDERS
    return Hidden.FEW_BALLOTS if ballots < FEWEST_BALLOTS else None


def gives_away(teams: Mapping[str, tuple[int, Hidden | None]]) -> bool:
    """Whether what all teams got together would tell of a hidden one, by taking the others from it: where one alone is hidden, or
    the hidden ones together have too few answers. ``teams``: answers, and why it is hidden."""
    answers = [number for number, why in teams.values() if why is not None and number > 0]
    return len(answers) == 1 or 0 < sum(answers) < FEWEST_BALLOTS


FEWEST_CHANGED = 5
"""Answers by which a team's figures must rest on others than before: two figures that differ by fewer would tell what those
few people said."""


def changed(then: Mapping[tuple[str, str], int], now: Mapping[tuple[str, str], int]) -> int:
    """Answers that one table has and the other hasn't, by outcome and rating, whichever are more."""
    more = sum(max(number - then.get(key, 0), 0) for key, number in now.items())
    fewer = sum(max(number - now.get(key, 0), 0) for key, number in then.items())
    return max(more, fewer)


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
