"""A scorecard's tables and the rows of its picture, taken from `queries` results."""

from collections.abc import Mapping, Sequence
from typing import Any

from fairgate.fairness.wording.points import at_edges, between, number, points, shortened, shown, signed
from fairgate.shared.translations import Translations

Team = Mapping[str, Any]

MOST_DRAWN = 60

HEADER = (
    "Team",
    "Answers",
    "Raw",
    "Fair score",
    "90 in 100 between",
    "Refusal score",
    "Refusal, 90 in 100 between",
    "Approving all adds, raw",
    "Known from its own",
)


def header(say: Translations) -> list[str]:
    return [say.gettext(each) for each in HEADER]


def rows(scores: Mapping[str, Any], say: Translations) -> list[list[str]]:
    """A line for each team, by name: nobody is ranked."""
    return [
        [
            team["team"],
            number(team["ballots"]),
            at_edges(team["raw"]),
            fair_of(team, say),
            between(team["interval"], say),
            points(team["refusal"]),
            between(team["refusal_interval"], say),
            signed(team["approval_effect"]),
            f"{100 * team['support']:.0f}%",
        ]
        for team in scores["teams"]
    ]


def narrow_header(say: Translations) -> list[str]:
    """For paper, where an interval stands behind its figure."""
    team, answers, raw, fair, _, refusal, _, gain, known = header(say)
    return [team, answers, raw, fair, refusal, gain, known]


def narrow_rows(scores: Mapping[str, Any], say: Translations) -> list[list[str]]:
    return [
        [team, answers, raw, _with(fair, near), _with(refusal, range_), gain, known]
        for team, answers, raw, fair, near, refusal, range_, gain, known in rows(scores, say)
    ]


def _with(figure: str, interval: str) -> str:
    return figure if figure == "–" else f"{figure} ({interval})"


def fair_of(team: Team, say: Translations) -> str:
    if team["borrowed"]:
        return say.gettext("{fair} borrowed").format(fair=points(team["fair"]))
    return points(team["fair"])


def drawn(
    scores: Mapping[str, Any], say: Translations
) -> list[tuple[str, str, float | None, float | None, float | None, float | None]]:
    """The picture's rows: team, what stands below it, raw, fair, and the interval's ends. None of more teams than one sees at a
    glance: the table has all."""
    teams = [team for team in scores["teams"] if team["raw"] is not None or team["fair"] is not None]
    if len(teams) > MOST_DRAWN:
        return []
    return [
        (
            shortened(team["team"]),
            say.gettext("raw {raw}, fair {fair}").format(raw=at_edges(team["raw"]), fair=fair_of(team, say)),
            shown(team["raw"]),
            team["fair"],
            *(team["interval"] or (None, None)),
        )
        for team in teams
    ]


def spread(counts: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """How the ratings of all teams together are spread, in 100."""
    if not counts or not counts["distribution"]:
        return []
    total = sum(counts["distribution"].values())
    return [(level, at_edges(100 * n / total)) for level, n in counts["distribution"].items()]


def team_rails(rails: Sequence[Any]) -> list[tuple[str, str, str, str]]:
    """Of each team what it settled, the share passed, and what of it proved wrong."""
    return [
        (
            rail.team,
            number(rail.settled),
            f"{100 * rail.passed / rail.settled:.0f}%",
            f"{rail.escaped} / {number(rail.passed)}",
        )
        for rail in rails
    ]
