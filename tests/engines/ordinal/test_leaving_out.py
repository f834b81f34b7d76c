"""How far one ballot moves a score, worked out without fitting anew, against fits without that ballot."""

from dataclasses import replace

import numpy as np
import pytest

from fairgate.engines.ordinal import Category
from fairgate.engines.ordinal.fair import Decisions, score
from fairgate.engines.ordinal.fair.leaving_out import _extremes, _portions

TEAMS, BALLOTS, ITEMS = 3, 22, 3


def made(seed, teams=TEAMS, ballots=BALLOTS, items=ITEMS):
    """Ballots of ``items`` questions; a refusal costs 1.5 logits, teams differ by up to 1.2."""
    draw = np.random.default_rng(seed)
    n = teams * ballots
    team, refused = np.repeat(np.arange(teams), ballots), (draw.random(n) < 0.35).astype(int)
    mood = draw.normal(0, 1, n) + np.linspace(-0.6, 0.6, teams)[team] - 1.5 * refused
    of, item = np.repeat(np.arange(n), items), np.tile(np.arange(items), n)
    latent = mood[of] + 0.3 * (item - 1) + draw.logistic(size=n * items)
    rating = (latent[:, None] > np.array([-3.0, -1.8, -0.6, 1.0])).sum(axis=1)

    def column(name, codes, names):
        return Category(name, codes.astype(np.int32), tuple(names))

    return Decisions(
        rating=rating.astype(np.int32),
        levels=tuple("12345"),
        good=3,
        team=column("team", team[of], (f"T{t}" for t in range(teams))),
        outcome=column("outcome", refused[of], ("approved", "refused")),
        approving=("approved",),
        item=column("item", item, (f"question {i}" for i in range(items))),
        ballot=column("ballot", of, map(str, range(n))),
    )


def without(decisions, ballot):
    """The decision stays, its answers go."""
    gone = decisions.ballot.codes == ballot
    return replace(decisions, rating=np.where(gone, -1, decisions.rating).astype(np.int32))


def figures(found):
    """No refusal score where one ballot less leaves too few refusals."""
    return np.array([[team.fair, team.refusal, team.approval_effect] for team in found.teams], float)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_twice_as_much_covers_every_refit(seed):
    """The margin that scores of closed periods are rounded with (`fairness.rules.MARGIN`)."""
    _against_refits(made(seed), made(seed).ballot.names)


def test_twice_as_much_covers_refits_without_the_most_extreme_ballots():
    decisions = made(1)
    mean = np.bincount(decisions.ballot.codes, decisions.rating)
    _against_refits(decisions, [*np.argsort(mean)[:3], *np.argsort(mean)[-3:]])


def _against_refits(decisions, ballots):
    base = score(decisions, leaving_out=True)
    refits = [figures(score(without(decisions, int(ballot)))) for ballot in ballots]
    moved = np.nan_to_num(np.abs(np.array(refits) - figures(base))).max(axis=0)
    said = np.column_stack((base.moves.fair, base.moves.refusal, base.moves.approval_effect))
    assert (moved <= 2 * said).all(), (moved, said)
    assert (said[:, 0] <= 4 * moved.max()).all()


def test_more_ballots_move_less():
    few, many = score(made(3), leaving_out=True), score(made(3, ballots=200), leaving_out=True)
    assert few.moves.fair.max() > 2 * many.moves.fair.max() > 0


def test_every_ballot_of_a_small_team_and_the_extremes_of_a_large_one_are_left_out():
    decisions = made(1, teams=2, ballots=260)
    rows = np.arange(decisions.rows)
    kept = _extremes(decisions, rows, decisions.ballot.codes.astype(np.int64))
    assert [int(kept[:260].sum()), int(kept[260:].sum())] == [200, 200]
    mean = np.bincount(decisions.ballot.codes, decisions.rating)[:260]
    assert mean[kept[:260]].min() == mean.min()
    assert mean[kept[:260]].max() == mean.max()
    left = np.sort(mean)[100:160]
    assert mean[~kept[:260]].min() >= left[0]
    assert mean[~kept[:260]].max() <= left[-1]


def test_portions_hold_whole_ballots_and_each_once():
    decisions = without(made(1), 5)
    portions = _portions(decisions)
    rows = np.concatenate([rows for rows, _ in portions])
    assert sorted(rows.tolist()) == np.flatnonzero(decisions.answered).tolist()
    ballots = [set(decisions.ballot.codes[rows].tolist()) for rows, _ in portions]
    assert sum(map(len, ballots)) == len(set().union(*ballots)) == TEAMS * BALLOTS - 1


def test_it_is_worked_out_only_where_asked_for_and_changes_no_score():
    plain, more = score(made(1)), score(made(1), leaving_out=True)
    assert plain.moves is None
    assert plain.to_dict() == more.to_dict()
