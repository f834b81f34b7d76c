"""Scenarios simple enough that somebody else knows what comes out."""

from fairgate.engines.counterfactual import Scenario, standard

SENSITIVITIES = tuple(f"check__sensitivity_{severity}" for severity in ("minor", "major", "critical"))
COMPLAINTS = tuple(f"outside__complaint_{severity}" for severity in ("minor", "major", "critical"))


def perfect_looks(**values: float) -> Scenario:
    """Looks that see every flaw and stop nothing else."""
    return standard().with_values(**{"check__specificity": 1, **dict.fromkeys(SENSITIVITIES, 1.0), **values})


def only_a_queue(load: float, reviewers: int, variation: float = 1.0) -> Scenario:
    """Two lots a day; nothing is wrong, nothing comes back: reviews take as long as the load asks for."""
    return perfect_looks(
        quality__flawed=0,
        plant__lots_per_month=42,
        plant__reviewers=reviewers,
        plant__review_days=load * reviewers / 2,
        plant__review_variation=variation,
    )


def a_coin(win: float, purse: float) -> Scenario:
    """One lot a month, unchecked: a good one wins 1, a flawed one loses 1, through a recall that is certain and free of
    other effects. Bankrupt below 0."""
    return standard().with_values(
        plant__lots_per_month=1,
        quality__flawed=1 - win,
        quality__major=1,
        quality__critical=0,
        quality__drift=0,
        quality__noise=0,
        outside__recall_major=10,
        outside__shelf_months=0.25,
        outside__inspections=0,
        **dict.fromkeys(COMPLAINTS, 0.0),
        demand__lost_recall_major=0,
        demand__patience=0,
        money__price=1,
        money__material=0,
        money__fixed=0,
        money__prevention=0,
        money__review=0,
        money__recall_major=2,
        money__cash=purse,
        money__closing=0,
    )
