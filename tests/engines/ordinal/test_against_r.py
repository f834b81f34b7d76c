"""The wine tasting as R's clm and clmm fit it. R prints the standard error of a lone factor's standard deviation on the
log scale, and on its own scale where there are two."""

import pytest

from fairgate.engines.ordinal import fit

FITS = {
    "wine_clm_logit": ((), "logit"),
    "wine_clm_probit": ((), "probit"),
    "wine_clmm_judge": (("judge",), "logit"),
    "wine_clmm2_judge_tight": (("judge",), "logit"),
    "wine_clmm_judge_probit": (("judge",), "probit"),
    "wine_clmm_judge_bottle": (("judge", "bottle"), "logit"),
}


@pytest.mark.parametrize("name", FITS)
def test_log_likelihood_and_coefficients_are_those_of_r(name, wine, published):
    random, link = FITS[name]
    found, known = fit(wine(*random), link), published[name]
    assert found.log_likelihood == pytest.approx(known["logLik"], abs=1e-4)
    ours = {one.name: one.estimate for one in (*found.thresholds, *found.fixed)}
    assert ours.keys() == known["coef"].keys()
    for coefficient, value in known["coef"].items():
        assert ours[coefficient] == pytest.approx(value, rel=1e-3)
    assert found.converged


@pytest.mark.parametrize("name", [name for name in FITS if "tight" not in name])
def test_standard_errors_are_those_of_r(name, wine, published):
    random, link = FITS[name]
    found, known = fit(wine(*random), link), published[name]
    for one in (*found.thresholds, *found.fixed):
        assert one.standard_error == pytest.approx(known["se"][one.name], rel=2e-3)


def test_the_spread_of_judges_is_that_of_r(wine, published):
    (judge,) = fit(wine("judge")).random
    known = published["wine_clmm_judge"]
    assert judge.sd == pytest.approx(known["re_sd"]["judge"], rel=1e-3)
    assert judge.standard_error / judge.sd == pytest.approx(known["se"]["ST1"], rel=2e-3)
    judge, bottle = fit(wine("judge", "bottle")).random
    assert judge.standard_error == pytest.approx(published["wine_clmm_judge_bottle"]["se"]["ST1"], rel=2e-3)
    assert bottle.sd == 0.0
    assert bottle.standard_error is None
