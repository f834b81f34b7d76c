"""What can't be simulated, in plain sentences that name the parameter and its range."""

from collections.abc import Sequence


class CounterfactualError(ValueError):
    """Base of everything this engine refuses; ``str(error)`` is a sentence for a person. ``parameter`` names
    what to change, where one thing is to blame."""

    def __init__(self, sentence: str, parameter: str = "") -> None:
        super().__init__(sentence)
        self.parameter = parameter


class BadSeed(CounterfactualError):
    def __init__(self, seed: int) -> None:
        super().__init__(f"seed: found {seed}; expected a whole number from 0 to 2**64 - 1.", "seed")


class BadParameter(CounterfactualError):
    """A value outside its range."""

    def __init__(self, name: str, found: object, expected: str) -> None:
        super().__init__(f"{name}: found {found}; expected {expected}.", name)


class TooManySerious(BadParameter):
    """Major and critical flaws are shares of the same lots."""

    def __init__(self, together: float) -> None:
        super().__init__("quality.critical", f"{together:.4g} together with quality.major", "at most 1")
        self.together = together


class UnknownParameter(CounterfactualError):
    """``near`` holds the names that look most alike, best first."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"No parameter is called {name}.{hint}", name)
        self.near = tuple(near)


class UnknownPolicy(CounterfactualError):
    def __init__(self, text: str, problem: str, known: Sequence[str]) -> None:
        super().__init__(
            f"The policy “{text}” can't be used: {problem}. Known: {', '.join(known)}.", "policy"
        )
        self.text = text


class OldScenario(CounterfactualError):
    """A document of another version of the model: its numbers may mean something else."""

    def __init__(self, found: object, current: int) -> None:
        super().__init__(
            f"version: found {found}; expected {current}. This scenario was written for another version of the model: "
            "write a new one (--write-scenario) and carry your numbers over.",
            "version",
        )


class OldAnswer(CounterfactualError):
    """Kept by another version: its figures may mean something else."""

    def __init__(self, found: object, current: int) -> None:
        super().__init__(
            f"answer: found {found}; expected {current}. Ask again for figures of this version.", "answer"
        )


class CannotKeepUp(CounterfactualError):
    """A queue that only grows: more review work arrives than reviewers can do."""

    def __init__(self, policy: str, load: float, reviewers: int, needed: int) -> None:
        super().__init__(
            f"Under the policy {policy} the reviewers can't keep up: for every hour they have, {load:.2f} hours of review "
            f"arrive, so the queue grows for ever and there is no typical wait. {reviewers} reviewers were given; "
            f"at least {needed} are needed, or fewer lots, or shorter reviews.",
            "plant.reviewers",
        )
        self.policy, self.load, self.reviewers, self.needed = policy, load, reviewers, needed


class TooMuch(CounterfactualError):
    """More work than a machine should be asked for."""
