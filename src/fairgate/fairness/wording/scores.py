"""A scorecard in sentences, points and intervals. Handed `queries` results, which this file stands below: it names only what
it reads. Points are whole: anything finer would pretend."""

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import Any

from fairgate.fairness.rules import FEWEST_BALLOTS, FEWEST_DECIDERS, Worse
from fairgate.shared.translations import Translations

EDGE = 10  # shares below it, or above 100 less it, are shown as at the edge
FEW_NAMES = 3  # of teams, named in a sentence
MANY_TEAMS = 20  # beyond so many, sentences name only those with the largest figures
LONGEST = 22  # characters of a name in the picture; the table has the whole

FELL: dict[Worse, str] = {
    Worse.ESCAPES: "more of what was passed proved wrong",
    Worse.NEEDLESS: "more refusals weren’t needed",
    Worse.APPROVAL: "more was approved",
}

STEPPED = {
    "raw": "raw share",
    "fair": "fair score",
    "refusal": "refusal score",
    "approval_effect": "what approving all adds",
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
    if card.survey is not None and card.survey.periods:
        return say.ngettext(
            "{n} answer of closed periods is about these teams. What all of them got together is published under Feedback.",
            "{n} answers of closed periods are about these teams. What all of them got together is published under Feedback.",
            counts["ballots"],
        ).format(n=number(counts["ballots"]))
    if counts.get("withheld"):
        return say.gettext(
            "What all teams got together isn’t shown: figures are hidden (few answered, few decided, or nearly the same table "
            "was used before) that could be worked out from it."
        )
    if counts["good"] is None:
        return few(counts["ballots"], say)
    return say.gettext(
        "Of {ballots} answers, {good} in 100 call the treatment good, whatever was decided. "
        "{share} in 100 decisions have an answer."
    ).format(
        ballots=number(counts["ballots"]),
        good=at_edges(counts["good"]),
        share=f"{min(100 * counts['ballots'] / max(counts['decisions'], 1), 100):.0f}",
    )


def source(survey: Any, say: Translations) -> str:
    """Where the figures come from."""
    if survey.periods:
        return say.ngettext(
            "From the closed period {name}.", "From the closed periods {name}.", len(survey.periods)
        ).format(name=survey.name)
    return say.gettext("From the table “{name}”.").format(name=survey.name)


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
    rated = [team for team in scores["teams"] if team["fair"] is not None]
    if not rated:
        return _none(scores, say)
    if len(rated) == 1:
        return say.gettext("Only {team} has enough answers for a score: {fair} ({low} to {high}).").format(
            team=rated[0]["team"], **_points(rated[0])
        )
    best = _best(scores, rated)
    alike = list(scores.get("best", {}).get("alike", ()))
    raw = [team for team in rated if team["raw"] is not None]
    # Beyond an edge nobody is first: of those shown alike the best one is named, else the first by name.
    first = max(raw, key=lambda team: (shown(team["raw"]), team is best), default=best)
    words = {"raw_team": first["team"], "raw": at_edges(first["raw"]), "raw_fair": points(first["fair"])}
    if alike:
        return _undecided(first, best, alike, words, say)
    if any(team["raw"] is None for team in rated):
        text = say.gettext(
            "With the same mix of cases and decisions for every team, {team} treats people best: {fair} ({low} to {high})."
        )
    elif first is best:
        text = say.gettext(
            "{raw_team} is rated best as answered ({raw} good in 100), and with the same mix of cases and decisions for every "
            "team as well: {fair} ({low} to {high})."
        )
    else:
        text = say.gettext(
            "{raw_team} looks best as answered: {raw} good ratings in 100. With the same mix of cases and decisions for every "
            "team it has {raw_fair}, and {team} treats people best: {fair} ({low} to {high})."
        )
    return text.format(team=best["team"], **words, **_points(best))


def _best(scores: Mapping[str, Any], rated: list[Team]) -> Team:
    """As the run found it before rounding."""
    named = scores.get("best", {}).get("team")
    return next((team for team in rated if team["team"] == named), max(rated, key=lambda team: team["fair"]))


def _undecided(
    first: Team, best: Team, alike: Sequence[str], words: Mapping[str, str], say: Translations
) -> str:
    """Where chance may have put others behind the highest score, nobody is called best."""
    others = ", ".join(alike) if len(alike) <= FEW_NAMES else ""
    others = others or say.ngettext("{n} other team", "{n} other teams", len(alike)).format(n=len(alike))
    text = say.gettext(
        "With the same mix of cases and decisions for every team, {team} has the highest score, {fair} ({low} to {high}), but "
        "can’t be told apart from {others}: chance may explain their order."
    )
    said = text.format(team=best["team"], others=others, **_points(best))
    if first["raw"] is None or first is best:
        return said
    as_answered = say.gettext(
        "{raw_team} looks best as answered: {raw} good ratings in 100; its fair score is {raw_fair}."
    )
    return as_answered.format(**words) + " " + said


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
    """What approving everything would do to each team: to the raw share, and to the score. Of many teams, to the three that would
    gain or lose most; the table has all."""
    told = [team for team in scores["teams"] if team["approval_effect"] is not None]
    if len(told) > MANY_TEAMS:
        told = sorted(told, key=lambda team: -abs(team["approval_effect"]))[:FEW_NAMES]
    return [_approval_effect(team, say) for team in told]


def _approval_effect(team: Team, say: Translations) -> str:
    gain = round(team["approval_effect"])
    if gain > 0:
        text = say.ngettext(
            "Approving everything would have gained {team} {n} point raw and, on average, nothing here.",
            "Approving everything would have gained {team} {n} points raw and, on average, nothing here.",
            gain,
        )
    elif gain < 0:
        text = say.ngettext(
            "Approving everything would have cost {team} {n} point raw and, on average, nothing here.",
            "Approving everything would have cost {team} {n} points raw and, on average, nothing here.",
            -gain,
        )
    else:
        text = say.gettext(
            "Approving everything would have changed {team} by less than a point raw, and on average not here."
        )
    return text.format(team=team["team"], n=abs(gain))


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
            _fair(team, say),
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
            "Its decisions are left out, also of the mix that all teams are held against.",
            "{team}: {n} people decided; {least} are needed, so that figures of a team are nobody’s own. "
            "Its decisions are left out, also of the mix that all teams are held against.",
            left["deciders"],
        ).format(team=left["team"], n=left["deciders"], least=FEWEST_DECIDERS)
        for left in scores["left_out"]
        if left["deciders"] is not None
    ]
    told += [
        say.gettext(
            "{team}: fewer than {least} people decided on what was answered. Its decisions are left out, also of the mix."
        ).format(team=left["team"], least=FEWEST_DECIDERS)
        for left in scores["left_out"]
        if left["deciders"] is None
    ]
    told += _coarse(scores, say)
    if scores["deciders_named"]:
        told.append(
            say.gettext("Every team shown had at least {n} people deciding.").format(n=FEWEST_DECIDERS)
        )
    return told


def _coarse(scores: Mapping[str, Any], say: Translations) -> Iterator[str]:
    """Of closed periods: how coarsely figures are told, and which raw share isn't."""
    if any("steps" in team for team in scores["teams"]):
        yield say.gettext(
            "Scores come in whole points, and in wider steps where leaving one single ballot out moves them by more."
        )
    for team in scores["teams"]:
        wider = {name: step for name, step in team.get("steps", {}).items() if step > 1}
        if wider:
            what = ", ".join(
                say.gettext("{score} in steps of {n}").format(score=say.gettext(STEPPED[name]), n=step)
                for name, step in wider.items()
            )
            yield f"{team['team']}: {what}."
    for name in scores.get("raw_hidden", ()):
        yield say.gettext(
            "{team}: its raw share is hidden. Beside what is published of these periods it could give away an answer."
        ).format(team=name)


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
        if effect.get("leans"):
            told.append(_unsaid(name, effect["estimate"], scores["outcome_reference"], say))
            continue
        if low <= 0 <= high:
            text = say.gettext(
                "“{outcome}” pulls on ratings no more than chance explains, against “{reference}”"
            )
        elif high < 0:
            text = say.gettext("“{outcome}” pulls ratings down against “{reference}”")
        else:
            text = say.gettext("“{outcome}” pulls ratings up against “{reference}”")
        # On the scale of the logit, differences are logarithms of odds.
        figures = say.gettext(
            "the odds of a better rating are {estimate} times as high (between {low} and {high} times)."
        ).format(estimate=f"{exp(effect['estimate']):.2g}", low=f"{exp(low):.2g}", high=f"{exp(high):.2g}")
        told.append(f"{text.format(outcome=name, reference=scores['outcome_reference'])}: {figures}")
    return told


def _unsaid(name: str, estimate: float, reference: str, say: Translations) -> str:
    if estimate < 0:
        text = say.gettext(
            "“{outcome}” pulls ratings down against “{reference}”: how far, its ratings can’t say, being few or all on one side."
        )
    else:
        text = say.gettext(
            "“{outcome}” pulls ratings up against “{reference}”: how far, its ratings can’t say, being few or all on one side."
        )
    return text.format(outcome=name, reference=reference)


def drawn(
    scores: Mapping[str, Any], say: Translations
) -> list[tuple[str, str, float | None, float | None, float | None, float | None]]:
    """The picture's rows: team, what stands below it, raw, fair, and the interval's ends."""
    return [
        (
            shortened(team["team"]),
            say.gettext("raw {raw}, fair {fair}").format(raw=at_edges(team["raw"]), fair=_fair(team, say)),
            shown(team["raw"]),
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


def shown(share: float | None) -> float | None:
    """Where a share may stand in a picture: in whole points, none beyond the edges."""
    return None if share is None else float(min(max(round(share), EDGE), 100 - EDGE))


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def at_edges(share: float | None) -> str:
    """A share of answers in 100: near nobody and near everybody it would say what single people said."""
    if share is None:
        return "–"
    if round(share) <= EDGE:
        return f"≤{EDGE}"
    return f"≥{100 - EDGE}" if round(share) >= 100 - EDGE else f"{share:.0f}"


def number(value: int) -> str:
    return f"{value:,}"
