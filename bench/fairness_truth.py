"""Does the fair score find the truth? Planted organisations, some as the model assumes, most not.

    python bench/fairness_truth.py [--organisations 40] [--plan NAME …]

Each organisation has 60 teams, 600 requesters and 9,000 decisions, of which about a third are rated; who answers depends on
outcome and rating. Compared on the same answers: the raw mean; a net promoter score (5 less 1 to 3); strata of outcome and
kind, weighted as all decisions; least squares with teams, outcome and kind; a linear mixed model with random teams and
raters; the fair score. Printed are means over organisations of the rank correlation with the true treatment, of the
correlation of what is left with the approval rate (0 is best), and the share of true fair scores that the fair score's
90% intervals cover.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import spearmanr

from engines.ordinal.planted import Organisation, Plan, organisation
from fairgate.engines.ordinal.fair import score

Floats = NDArray[np.float64]
PLANS = {
    "as the model assumes": Plan(),
    "no effect of refusal": Plan(bias=0.0),
    "twice the effect": Plan(bias=3.0),
    "unmeasured quality of requests": Plan(unmeasured=1.0),
    "refusal's effect differs by team": Plan(bias_by_team=0.8),
    "who answers differs by team and rating": Plan(response_by_team=0.6),
    "a tenth of the teams game": Plan(gaming=2.0),
    "skewed, heavy-tailed effects": Plan(heavy_tails=True),
    "thresholds differ by rater": Plan(thresholds_by_rater=0.5),
}
METHODS = ("raw mean", "promoters", "strata", "least squares", "linear mixed", "fair score")


def compared(made: Organisation) -> tuple[dict[str, tuple[float, float]], float]:
    """Of each method the rank correlation and what is left of leniency; the coverage of the fair score."""
    scores = score(made.decisions())
    scored = np.array([one.fair is not None for one in scores.teams])
    low, high = np.array([one.interval for one in scores.teams if one.interval]).T
    truth, rate = made.truth()[scored], made.approval_rate[scored]
    found = {
        **peers(made),
        "fair score": np.array([np.nan if s.fair is None else s.fair for s in scores.teams]),
    }
    told = {}
    for name, values in found.items():
        values = values[scored]
        left = values - np.polyval(np.polyfit(truth, values, 1), truth)
        told[name] = float(spearmanr(values, truth)[0]), float(np.corrcoef(left, rate)[0, 1])
    return told, float(np.mean((low <= truth) & (truth <= high)))


def peers(made: Organisation) -> dict[str, Floats]:
    rows, teams = made.answered, made.plan.teams
    team, y = made.team[rows], made.rating[rows] + 1.0
    cell = made.kind * 2 + made.refused
    share = np.bincount(cell, minlength=8) / len(cell)
    n = np.bincount(team, minlength=teams)
    dummies = np.column_stack((made.refused, *(made.kind == k for k in (1, 2, 3))))[rows].astype(float)
    return {
        "raw mean": np.bincount(team, y, teams) / n,
        "promoters": np.bincount(team, (y == 5) * 1.0 - (y <= 3), teams) / n,
        "strata": strata(team, cell[rows], y, teams, share),
        "least squares": least_squares(team, dummies, y, teams),
        "linear mixed": linear_mixed(team, made.requester[rows], dummies, y, teams),
    }


def strata(team: NDArray[np.int32], cell: NDArray[np.int32], y: Floats, teams: int, share: Floats) -> Floats:
    """Means by team and cell, weighted as all decisions; an empty one takes the cell's mean over teams."""
    n = np.bincount(team * 8 + cell, minlength=teams * 8).reshape(teams, 8)
    sums = np.bincount(team * 8 + cell, y, teams * 8).reshape(teams, 8)
    means = np.where(n > 0, sums / np.maximum(n, 1), sums.sum(axis=0) / np.maximum(n.sum(axis=0), 1))
    return np.asarray(means @ share)


def least_squares(team: NDArray[np.int32], dummies: Floats, y: Floats, teams: int) -> Floats:
    matrix = np.column_stack((np.eye(teams)[team], dummies))
    return np.asarray(np.linalg.lstsq(matrix, y, rcond=None)[0][:teams])


def linear_mixed(
    team: NDArray[np.int32], rater: NDArray[np.int32], dummies: Floats, y: Floats, teams: int
) -> Floats:
    """Best linear predictions of teams, with random raters, variances by maximum likelihood (raters eliminated)."""
    _, rater = np.unique(rater, return_inverse=True)
    raters, n = rater.max() + 1, len(y)
    matrix = np.column_stack((np.eye(teams)[team], np.ones(n), dummies))
    seen = np.bincount(rater, minlength=raters)
    crossed = np.zeros((raters, matrix.shape[1]))
    np.add.at(crossed, rater, matrix)
    by_rater, square, right = np.bincount(rater, y, raters), matrix.T @ matrix, matrix.T @ y

    def solved(log_ratios: Floats) -> tuple[float, Floats]:
        of_raters, of_teams = np.exp(log_ratios)
        diagonal = seen + 1 / of_raters
        left = square - crossed.T @ (crossed / diagonal[:, None])
        left[range(teams), range(teams)] += 1 / of_teams
        end = right - crossed.T @ (by_rater / diagonal)
        answer = np.linalg.solve(left, end)
        squares = y @ y - by_rater @ (by_rater / diagonal) - end @ answer
        inside = np.linalg.slogdet(left[:teams, :teams])[1]
        spread = np.log(diagonal * of_raters).sum() + inside + teams * np.log(of_teams)
        return n * np.log(squares / n) + spread, answer

    found = minimize(
        lambda x: solved(x)[0], [-1.5, -1.5], method="Nelder-Mead", options={"xatol": 0.01, "fatol": 0.01}
    )
    return np.asarray(solved(found.x)[1][:teams])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--organisations", type=int, default=40)
    parser.add_argument("--plan", nargs="*", choices=PLANS, default=list(PLANS))
    chosen = parser.parse_args()
    begun = time.process_time()
    print("| organisations | " + " | ".join(METHODS) + " | covered |")
    print("|---|" + "---|" * (len(METHODS) + 1))
    for name in chosen.plan:
        made = [compared(organisation(PLANS[name], seed)) for seed in range(chosen.organisations)]
        cells = []
        for method in METHODS:
            rank, left = np.mean([told[method] for told, _ in made], axis=0)
            cells.append(f"{rank:.2f} ({left:+.2f})")
        print(
            f"| {name} | " + " | ".join(cells) + f" | {np.mean([covered for _, covered in made]):.2f} |",
            flush=True,
        )
    print(
        f"\n{chosen.organisations} organisations each; {time.process_time() - begun:.0f} processor seconds."
    )


if __name__ == "__main__":
    main()
