"""Where there is little to fit: a result with a warning, or a clear refusal."""

from dataclasses import replace

import numpy as np
import pytest

from engines.ordinal.test_invariance import made
from fairgate.engines.ordinal import (
    BadRatings,
    Category,
    Measure,
    NoRatings,
    OneLevel,
    OrdinalError,
    Ratings,
    TooManyLevels,
    UnknownName,
    fit,
    rated,
    summary,
)


def test_a_level_nobody_gave_is_left_out_and_told():
    ratings = made()
    found = fit(replace(ratings, levels=(*ratings.levels, "never")))
    assert found.levels == ratings.levels
    assert "No rating is never: left out of the levels." in found.warnings


def test_a_factor_with_one_level_is_left_out_and_told():
    ratings = made()
    alone = Category("plant", np.zeros(ratings.rows, np.int32), ("Halden",))
    found = fit(
        replace(ratings, fixed=(*ratings.fixed, alone), random=(*ratings.random, replace(alone, name="site")))
    )
    assert "plant is Halden in every row: it explains nothing and was left out." in found.warnings
    assert "site is Halden in every row: it can't vary and was left out." in found.warnings
    assert found.deviation("site").sd == 0.0
    assert found.log_likelihood == pytest.approx(fit(ratings).log_likelihood, abs=1e-8)


def test_a_column_that_repeats_others_is_left_out_and_told():
    ratings = made()
    x = ratings.fixed[0]
    found = fit(replace(ratings, fixed=(*ratings.fixed, Measure("twice", 2 * x.values + 1))))
    assert "twice says nothing that other columns don't say already: left out." in found.warnings
    assert [one.name for one in found.fixed] == ["x", "kindmid", "kindtop"]


def test_perfect_separation_is_told():
    rating = np.repeat([0, 1, 1, 2], 25).astype(np.int32)
    group = Category("group", (rating > 0).astype(np.int32), ("a", "b"))
    found = fit(Ratings(rating, ("1", "2", "3"), (group,)))
    assert any("separates the ratings" in warning for warning in found.warnings)
    assert np.isfinite(found.log_likelihood)


def test_a_spread_of_zero_is_told_and_leaves_the_rest_as_without_it():
    ratings = made()
    noise = Category("noise", (np.arange(600) % 7).astype(np.int32), tuple("abcdefg"))
    found = fit(replace(ratings, random=(*ratings.random, noise)))
    without = fit(ratings)
    assert found.log_likelihood >= without.log_likelihood - 1e-6
    if found.deviation("noise").sd == 0.0:
        assert "The standard deviation of noise is estimated as zero." in found.warnings
        assert found.coefficient("x").estimate == pytest.approx(without.coefficient("x").estimate, rel=1e-4)


def test_a_penalty_keeps_a_spread_from_zero():
    rng = np.random.default_rng(11)
    few = Category("few", (np.arange(300) % 4).astype(np.int32), tuple("abcd"))
    ratings = Ratings(rng.integers(0, 3, 300).astype(np.int32), ("1", "2", "3"), (), (few,))
    assert fit(ratings, penalised=["few"]).deviation("few").sd > 0.02


def test_refusals_are_sentences():
    ratings = made()
    with pytest.raises(OneLevel, match=r"Every rating is a\. At least two different ratings are needed\."):
        fit(replace(ratings, rating=np.zeros(600, np.int32)))
    with pytest.raises(NoRatings, match="nothing to fit"):
        fit(replace(ratings, rating=np.full(600, -1, np.int32)))
    with pytest.raises(UnknownName, match="logit, probit"):
        fit(ratings, "cloglog")
    with pytest.raises(BadRatings, match="Weights must be numbers of 0 or more"):
        fit(replace(ratings, weight=np.full(600, -1.0)))
    with pytest.raises(BadRatings, match="x is given twice"):
        fit(replace(ratings, fixed=(ratings.fixed[0], ratings.fixed[0])))
    with pytest.raises(BadRatings, match="The rating 6 is none of 1, 2"):
        rated("12", ["1", "6"])
    huge = [Category(n, np.arange(600, dtype=np.int32), tuple(map(str, range(20_000)))) for n in "ab"]
    with pytest.raises(TooManyLevels, match="20,000 levels besides"):
        fit(replace(ratings, random=tuple(huge)))
    assert issubclass(TooManyLevels, OrdinalError)


def test_the_summary_says_what_a_statistician_looks_for():
    said = summary(fit(made()))
    for expected in (
        "logit link",
        "log-likelihood",
        "AIC",
        "random effects",
        "kindmid",
        "a|b",
        "converged after",
    ):
        assert expected in said
    assert max(len(line) for line in said.splitlines()) <= 100


def test_draws_are_keyed_and_have_the_joint_covariance():
    found = fit(made())
    one, other = found.draw(4000, 7, ("A", "B")), found.draw(4000, 7, ("A", "B"))
    assert (one.effects[0] == other.effects[0]).all()
    assert not (one.fixed == found.draw(4000, 8).fixed).any()
    phi = np.hstack((one.thresholds, one.fixed))
    assert np.allclose(
        np.cov(phi.T), found.joint.covariance, atol=0.06 * np.diagonal(found.joint.covariance).max()
    )
    for k, factor in enumerate(("A", "B")):
        wanted = found.joint.covariance_of(k)
        scatter = np.cov(one.effects[k].T) / np.sqrt(np.outer(np.diagonal(wanted), np.diagonal(wanted)))
        assert np.allclose(
            scatter, wanted / np.sqrt(np.outer(np.diagonal(wanted), np.diagonal(wanted))), atol=0.09
        )
        assert one.effects[k].mean(axis=0) == pytest.approx(found.deviation(factor).modes, abs=0.05)


def test_weights_and_measures_beyond_what_can_be_counted_are_named():
    rating = np.array([0, 1, 0, 1], dtype=np.int32)
    with pytest.raises(BadRatings, match=r"Weights add up to 1e\+18.*at most 1e\+15") as told:
        fit(Ratings(rating, ("0", "1"), weight=np.array([1.0, 1e18, 2.0, 1.0])))
    assert told.value.row == 1
    far = Measure("dose", np.array([1.0, 2.0, 1e300, 4.0]))
    with pytest.raises(BadRatings, match=r"dose holds 1e\+300") as told:
        fit(Ratings(rating, ("0", "1"), (far,)))
    assert told.value.row == 2
