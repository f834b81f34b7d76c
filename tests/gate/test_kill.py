"""A process killed in the middle of submitting or deciding leaves each request wholly before or wholly after."""

import pytest

from conftest import Installation
from fairgate.gate.models import Decision, ServiceRequest

from .conftest import make_cast, make_gate, make_plant
from .killing import moments, nursery
from .wholeness import every_request_is_whole, the_chain_verifies, the_counts_are_right


@pytest.fixture
def ready(installation: Installation) -> Installation:
    plant = make_plant()
    make_gate(plant)
    make_cast(plant)
    return installation


def newest() -> int:
    return ServiceRequest.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def kill(ready: Installation, action: str, times: int, seed: int) -> int:
    """Kill ``times``, look each time at what the child left behind; returns how many kills fell inside an action."""
    inside, looked_up_to = 0, 0
    with nursery(ready, f"gate.kill_actions:{action}") as child:
        for pause in moments(times, seed):
            inside += child.kill_after(pause).inside
            every_request_is_whole(after=looked_up_to)
            the_chain_verifies()
            looked_up_to = newest()
    the_counts_are_right()
    return inside


@pytest.mark.parametrize(
    ("action", "times"),
    [
        ("submits", 20),
        ("decides", 20),
        pytest.param("submits", 200, marks=pytest.mark.long),
        pytest.param("decides", 200, marks=pytest.mark.long),
    ],
)
def test_what_is_killed_is_wholly_done_or_not_at_all(ready: Installation, action: str, times: int) -> None:
    inside = kill(ready, action, times, seed=times)
    assert inside >= times / 2, "too few kills fell inside an action to say anything"
    assert ServiceRequest.objects.exists()
    assert Decision.objects.exists() == (action == "decides")


def test_an_action_in_pieces_would_be_found(ready: Installation) -> None:
    with pytest.raises(AssertionError):
        kill(ready, "decides_in_pieces", 20, seed=1)
