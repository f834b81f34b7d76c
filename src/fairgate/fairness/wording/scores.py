"""A scorecard in sentences, points and intervals. Handed `queries` results, which this file stands below: it names only what
it reads. Points are whole: anything finer would pretend."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fairgate.fairness.rules import FEWEST_BALLOTS, FEWEST_DECIDERS, Worse
from fairgate.shared.translations import Translations

EDGE = 10  # shares below it, or above 100 less it, are shown as at the edge

FELL: dict[Worse, str] = {
    Worse.ESCAPES: "more of what was passed proved wrong",
    Worse.NEEDLESS: "more refusals weren’t needed",
    Worse.APPROVAL: "more was approved",
}

Team = Mapping[str, Any]
Value = float | None


def lead(card: Any, say: Translations) -> str:
    """The sentence to take away."""
    if card.unit is None:
        return say.gettext("No unit decides on others’ work here yet, so there is nothing to score.")
    if card.survey is None:
        return say.gettext("Nobody was asked yet how they were treated: no table of ratings came in.")
    if card.agreement is None:
        return say.gettext(
            "Scores of teams are off: no agreement about them is recorded. Until then only what all teams got together is shown."
        )
    if not card.sees_teams:
        return together(card, say)
    if card.result is None:
        return say.gettext("The scores of this table aren’t worked out yet.")
    return _found(card.result.scores, say)


def together(card: Any, say: Translations) -> str:
    """What all teams got together, or why even that isn't shown."""
    counts = card.counts
    if counts is None:
        return say.gettext("Scores are for those who read the gate’s records.")
    if counts["good"] is None:
        return few(counts["ballots"], say)
    return say.gettext(
        "Of {ballots} answers, {good} in 100 call the treatment good, whatever was decided. "
        "{share} in 100 decisions have an answer."
    ).format(
        ballots=number(counts["ballots"]),
        good=at_edges(counts["good"]),
        share=f"{100 * counts['ballots'] / max(counts['decisions'], 1):.0f}",
    )


def few(ballots: int, say: Translations) -> str:
    """Why there is no figure, and what to do instead."""
    return say.ngettext(
        "{n} answer came in; nothing is shown below {fewest}. With so few, conversations tell more: interviews, promises kept, "
        "what was caught.",
        "{n} answers came in; nothing is shown below {fewest}. With so few, conversations tell more: interviews, promises kept, "
        "what was caught.",
        ballots,
    ).format(n=number(ballots), fewest=FEWEST_BALLOTS)


def _found(scores: Mapping[str, Any], say: Translations) -> str:
    rated = [team for team in scores["teams"] if team["fair"] is not None and team["raw"] is not None]
    if not rated:
        return _none(scores, say)
    if len(rated) == 1:
        return say.gettext("Only {team} has enough answers for a score: {fair} ({low} to {high}).").format(
            team=rated[0]["team"], **_points(rated[0])
        )
    first, best = max(rated, key=lambda team: team["raw"]), max(rated, key=lambda team: team["fair"])
    words = {"raw_team": first["team"], "raw": points(first["raw"]), "raw_fair": points(first["fair"])}
    if first is best:
        text = say.gettext(
            "{raw_team} is rated best as answered ({raw} good in 100), and with the same mix of cases and decisions for every "
            "team as well: {fair} ({low} to {high})."
        )
    else:
        text = say.gettext(
            "{raw_team} looks best as answered: {raw} good ratings in 100. With the same mix of cases and decisions for every "
            "team it has {raw_fair}, and {team} treats people best: {fair} ({low} to {high})."
        )
    said = text.format(team=best["team"], **words, **_points(best))
    near = [team for team in rated if team is not best and team["interval"][1] > best["interval"][0]]
    if near:
        said += " " + say.ngettext(
            "Chance may explain the order among it and {n} other team.",
            "Chance may explain the order among it and {n} other teams.",
            len(near),
        ).format(n=len(near))  # fmt: skip
    return said


def _none(scores: Mapping[str, Any], say: Translations) -> str:
    teams = scores["teams"]
    if len(teams) == 1:
        return say.gettext("No fair score. {note}").format(note=teams[0]["note"])
    ballots = sum(team["ballots"] for team in teams)
    if ballots < FEWEST_BALLOTS:
        return say.gettext("No fair score. {why}").format(why=few(ballots, say))
    return say.gettext(
        "No team has a fair score; the table says why of each. Until there are more answers, conversations tell more: "
        "interviews, promises kept, what was caught."
    )


def approval_effects(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """What approving everything would do to each team: to the raw share, and to the score."""
    return [_approval_effect(team, say) for team in scores["teams"] if team["approval_effect"] is not None]


def _approval_effect(team: Team, say: Translations) -> str:
    gain = round(team["approval_effect"])
    if gain > 0:
        text = say.ngettext(
            "Approving everything would have gained {team} {n} point raw and nothing here.",
            "Approving everything would have gained {team} {n} points raw and nothing here.",
            gain,
        )
    elif gain < 0:
        text = say.ngettext(
            "Approving everything would have cost {team} {n} point raw and nothing here.",
            "Approving everything would have cost {team} {n} points raw and nothing here.",
            -gain,
        )
    else:
        text = say.gettext("Approving everything would have changed nothing for {team}, raw or here.")
    return text.format(team=team["team"], n=abs(gain))


HEADER = (
    "Team",
    "Answers",
    "Raw",
    "Fair score",
    "90 in 100 between",
    "Refusal score",
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
            _fair(team, say),
            between(team["interval"], say),
            points(team["refusal"]),
            signed(team["approval_effect"]),
            f"{100 * team['support']:.0f}%",
        ]
        for team in scores["teams"]
    ]


def _fair(team: Team, say: Translations) -> str:
    if team["borrowed"]:
        return say.gettext("{fair} borrowed").format(fair=points(team["fair"]))
    return points(team["fair"])


def notes(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """Why a team has no score, or only a borrowed one; and which have nothing at all."""
    told = [f"{team['team']}: {team['note']}" for team in scores["teams"] if team["note"]]
    told += [
        say.ngettext(
            "{team}: {n} person decided; {least} are needed, so that figures of a team are nobody’s own. "
            "Its decisions are left out.",
            "{team}: {n} people decided; {least} are needed, so that figures of a team are nobody’s own. "
            "Its decisions are left out.",
            left["deciders"],
        ).format(team=left["team"], n=left["deciders"], least=FEWEST_DECIDERS)
        for left in scores["left_out"]
    ]
    if scores["deciders_named"]:
        told.append(
            say.gettext("Every team shown had at least {n} people deciding.").format(n=FEWEST_DECIDERS)
        )
    return told


def warnings(card: Any, say: Translations) -> list[str]:
    """A rising score with a falling guardrail first, then what the run warned of."""
    told = list(_risen(card, say))
    if card.result is not None:
        told += card.result.scores["warnings"]
    if card.counts and card.counts["left_out"]:
        told.append(
            say.ngettext(
                "{n} row names no team or no outcome: left out.",
                "{n} rows name no team or no outcome: left out.",
                card.counts["left_out"],
            ).format(n=number(card.counts["left_out"]))
        )
    return told


def _risen(card: Any, say: Translations) -> Iterator[str]:
    if not card.fell:
        return
    what = ", ".join(say.gettext(FELL[each]) for each in card.fell)
    if card.rose:
        yield say.gettext(
            "Scores rose since the table before ({teams}), and the guardrails fell: {what}. A score that comes with lower "
            "standards is no gain."
        ).format(teams=", ".join(card.rose), what=what)
    else:
        yield say.gettext("Guardrails fell since the table before: {what}.").format(what=what)


def sensitivity(scores: Mapping[str, Any]) -> list[str]:
    """The engine's sentences: which assumption the comparison hangs on."""
    return [it["sentence"] for it in scores["sensitivity"].values()]


def outcome_effects(scores: Mapping[str, Any], say: Translations) -> list[str]:
    """How outcomes pull on ratings; the sign is estimated, never assumed."""
    told = []
    for name, effect in scores["outcome_effect"].items():
        low, high = effect["interval"]
        if low <= 0 <= high:
            text = say.gettext(
                "“{outcome}” pulls on ratings no more than chance explains, against “{reference}”"
            )
        elif high < 0:
            text = say.gettext("“{outcome}” pulls ratings down against “{reference}”")
        else:
            text = say.gettext("“{outcome}” pulls ratings up against “{reference}”")
        figures = say.gettext("{estimate} on the scale of the link, between {low} and {high}.").format(
            estimate=f"{effect['estimate']:+.2f}", low=f"{low:+.2f}", high=f"{high:+.2f}"
        )
        told.append(f"{text.format(outcome=name, reference=scores['outcome_reference'])}: {figures}")
    return told


def drawn(
    scores: Mapping[str, Any], say: Translations
) -> list[tuple[str, str, float | None, float | None, float | None, float | None]]:
    """The picture's rows: team, what stands below it, raw, fair, and the interval's ends."""
    return [
        (
            team["team"],
            say.gettext("raw {raw}, fair {fair}").format(raw=at_edges(team["raw"]), fair=_fair(team, say)),
            team["raw"],
            team["fair"],
            *(team["interval"] or (None, None)),
        )
        for team in scores["teams"]
        if team["raw"] is not None or team["fair"] is not None
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


def _points(team: Team) -> dict[str, str]:
    low, high = team["interval"]
    return {"fair": points(team["fair"]), "low": points(low), "high": points(high)}


def between(interval: Sequence[float] | None, say: Translations) -> str:
    if interval is None:
        return "–"
    return say.gettext("{low} to {high}").format(low=points(interval[0]), high=points(interval[1]))


def points(value: float | None) -> str:
    """Whole points; a dash where there are none."""
    return "–" if value is None else f"{value:.0f}"


def signed(value: float | None) -> str:
    return "–" if value is None else f"{round(value):+d}".replace("+0", "0")


def at_edges(share: float | None) -> str:
    """A share of answers in 100: near nobody and near everybody it would say what single people said."""
    if share is None:
        return "–"
    if share <= EDGE:
        return f"≤{EDGE}"
    return f"≥{100 - EDGE}" if share >= 100 - EDGE else f"{share:.0f}"


def number(value: int) -> str:
    return f"{value:,}"
