"""What a scenario refuses, naming parameter and range; what it keeps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, gamma

from fairgate.engines.counterfactual import (
    BY_NAME,
    PARAMETERS,
    BadParameter,
    OldScenario,
    Study,
    UnknownParameter,
    UnknownPolicy,
    break_even,
    curve,
    from_dict,
    policies,
    policy,
    spoken,
    standard,
)
from fairgate.engines.counterfactual.beliefs import possible
from fairgate.engines.counterfactual.scenario import Z95, quantile


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "plant.lots_per_month",
            -3,
            r"plant\.lots_per_month: found -3; expected a number from 0\.5 to 100000",
        ),
        (
            "check.sensitivity_major",
            1.2,
            r"check\.sensitivity_major: found 1\.2; expected a number from 0 to 1",
        ),
        ("plant.reviewers", 2.5, r"plant\.reviewers: found 2\.5; expected a whole number from 1 to 1000"),
        ("money.price", float("nan"), r"money\.price: found nan"),
        ("money.price", "dear", r"money\.price: found 'dear'"),
        ("money.price", True, r"money\.price: found True"),
    ],
)
def test_a_value_outside_its_range_is_refused_with_name_and_range(name, value, said):
    with pytest.raises(BadParameter, match=said) as caught:
        standard().changed({name: {"value": value}})
    assert caught.value.parameter == name


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"value": 0.05, "low": 0.06, "high": 0.07}, "low ≤ value ≤ high"),
        ({"value": 0.05, "low": 0.04}, "both low and high"),
        ({"value": 0.05, "low": 0.0, "high": 0.1}, "above 0 and below 1"),
        ({"value": 0.05, "kind": "guessed"}, "measured, estimated, published or assumed"),
        ({"value": 0.05, "unit": "per cent"}, "share of lots"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(entry, said):
    with pytest.raises(BadParameter, match=said):
        standard().changed({"quality.flawed": entry})


def test_an_unknown_parameter_is_refused_with_the_nearest():
    with pytest.raises(
        UnknownParameter, match=r"No parameter is called quality\.flawd\. Did you mean quality\.flawed"
    ):
        standard().changed({"quality.flawd": {"value": 0.1}})


def test_severities_that_are_more_than_all_are_refused():
    with pytest.raises(BadParameter, match=r"1\.1 together with quality\.major; expected at most 1"):
        standard().with_values(quality__major=0.6, quality__critical=0.5)


@pytest.mark.parametrize("version", [0, 1, 3, "2", None])
def test_another_versions_document_is_refused(version):
    with pytest.raises(OldScenario, match="expected 2"):
        from_dict({"version": version, "parameters": {}})


def test_a_document_comes_back_as_it_was():
    made = standard().with_values(quality__flawed=0.01)
    assert from_dict(made.to_dict()).to_dict() == made.to_dict()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("everything", "there is no such policy"),
        ("single:n=80", "c is missing"),
        ("single:n=80,c=2.5", "c is 2.5; expected a whole number"),
        ("single:n=2,c=3", "c is larger than n"),
        ("single:n=80,c=2,k=1", "does not take k, but n, c"),
        ("less:share=1.5", "share is 1.5; expected a number from 0 to 1"),
        ("csp1:i=30,f=0", "f must be above 0"),
        ("nobody:licence=stays", "licence=ends"),
        ("less:half", "not of the form name=number"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_with_what_is_known(text, said):
    with pytest.raises(UnknownPolicy, match=said) as caught:
        policy(text)
    assert "today, less, exception" in str(caught.value)


def test_policies_read_back_their_own_names():
    names = (
        "today",
        "less:share=0.5",
        "single:n=80,c=2",
        "skip:n=80,c=2,i=8,f=0.25",
        "csp1:i=30,f=0.1",
        "nobody:licence=ends",
    )
    assert [one.name for one in policies([*names, "today"])] == list(names)


@settings(max_examples=60)
@given(st.sampled_from(PARAMETERS), st.floats(-6, 6))
def test_quantiles_stay_in_range_and_pass_through_both_ends(parameter, z):
    belief = standard().belief(parameter.name)
    held = float(quantile(parameter, belief, z))
    assert parameter.least <= held <= parameter.most
    if not belief.is_known:
        assert quantile(parameter, belief, np.array([-Z95, Z95])).tolist() == pytest.approx(
            [belief.low, belief.high]
        )


def test_what_is_held_possible_has_the_ends_it_was_given():
    drawn = possible(standard(), 20_000, 3)
    for name in ("quality.flawed", "money.letter", "quality.drift"):
        belief = standard().belief(name)
        assert np.quantile(drawn[name], [0.05, 0.95]).tolist() == pytest.approx(
            [belief.low, belief.high], rel=0.03
        )
    assert (drawn["plant.reviewers"] == 4).all()
    assert ((drawn["quality.major"] + drawn["quality.critical"]) <= 1).all()


def test_a_break_even_span_outside_the_range_is_refused():
    study = Study(standard(), policies(["today", "nobody"]))
    with pytest.raises(BadParameter, match=r"quality\.flawed: found from 0\.1 to 2; expected a span inside"):
        break_even(study, "quality.flawed", policy("today"), [policy("nobody")], replicates=10, span=(0.1, 2))


def test_a_curve_refuses_what_has_none():
    with pytest.raises(UnknownPolicy, match="a curve needs a plan"):
        curve(policy("exception"), [0.1], 100)
    with pytest.raises(BadParameter, match=r"defect rate: found -0\.1; expected a share from 0 to 1"):
        curve(policy("single:n=5,c=0"), [-0.1], 100)
    with pytest.raises(BadParameter, match="at most the lot size, 4"):
        curve(policy("single:n=5,c=0"), [0.1], 4)


def test_every_parameter_says_what_it_is():
    for parameter in PARAMETERS:
        assert parameter.says.endswith(".")
        assert parameter.unit
        assert parameter.kind != "published" or "default" not in parameter.source
        assert parameter.least <= parameter.value <= parameter.most
    assert len(BY_NAME) == len(PARAMETERS)


def test_every_guess_has_a_range_and_what_counts_as_certain_is_named():
    """Known are a number of people, and that every lot is reviewed."""
    assert standard().certain() == ("plant.reviewers", "check.share")
    assert set(standard().certain()) | set(standard().uncertain()) == set(BY_NAME)
    typed = standard().changed({"money.review": {"value": 10}})
    assert "money.review" in typed.certain()


def test_what_reviews_see_is_not_called_published():
    """Published is that people miss 20 to 30%: how much of it at which severity, nobody published."""
    for severity in ("minor", "major", "critical"):
        belief = standard().belief(f"check.sensitivity_{severity}")
        assert belief.kind == "assumed"
        assert "the split by severity is a guess" in belief.source
    published = {name for name, it in standard().beliefs.items() if it.kind == "published"}
    assert published == {"outside.inspections", "outside.letter"}
    # The 90% intervals of those counts: 989 visits (Poisson), 105 letters of 989 (Jeffreys).
    low, high = gamma.ppf([0.05, 0.95], 989.5) / 4619
    assert [standard().belief("outside.inspections").low, standard().belief("outside.inspections").high] == (
        pytest.approx([low, high], abs=0.001)
    )
    low, high = beta.ppf([0.05, 0.95], 105.5, 884.5)
    assert [standard().belief("outside.letter").low, standard().belief("outside.letter").high] == (
        pytest.approx([low, high], abs=0.001)
    )


def test_numbers_from_records_are_not_said_by_hand():
    for kind in ("measured", "estimated"):
        with pytest.raises(BadParameter, match=f"{kind} is only said by a calibration"):
            spoken({"money.price": {"value": 100, "kind": kind}})
