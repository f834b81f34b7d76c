"""From where on a score is given: conventions, each a setting."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """``ballots`` a team needs for a fair score; ``not_approved`` of them for a refusal score, below which the fair score
    is borrowed; ``support``, the share of the mix that own ballots must carry; ``teams`` below which standard deviations
    are penalised; ``draws`` of the joint covariance; ``level`` of intervals."""

    ballots: int = 20
    not_approved: int = 5
    support: float = 0.80
    teams: int = 8
    draws: int = 2_000
    level: float = 0.90


CUTOFFS = Cutoffs()
