"""Which of a person's decisions they are asked about. Nobody chooses it, and its probability is known.

Every decision has a ticket: an exponential waiting time whose rate is the decision's weight, 1 for an approval and
``oversampling`` for a non-approval. It comes from a keyed hash of person, period and decision, so asking again gives the same
ticket, and whoever reads the database can't work it out.

- Each night the new decisions of a person not asked yet are looked at (those decided up to the day before). The smallest
  ticket among them wins if it lies below `AT_ONCE`: then that decision is asked about, a day after it was made.
- Two weeks before the period ends, whoever was not asked yet is asked about the decision with the smallest ticket of all.
- After that, somebody who had no decision until then is asked about their first.

With w the weights, S the sum over earlier nights, B the sum over the decision's own night, W the sum over all nights before
catching up, and a = `AT_ONCE`, a decision is asked about with probability

    exp(−a·S) · (1 − exp(−a·B)) · w/B  +  exp(−a·W) · w/W

(`probabilities`): exponential tickets forget how long they waited (Efraimidis & Spirakis 2006 draw weighted samples so). Over
a person's decisions the probabilities add up to one: everybody with a decision is asked once.
"""

import hashlib
import hmac
import math
from collections.abc import Sequence
from datetime import date

AT_ONCE = -math.log(1 - 0.25)
"""One approval in four is asked about on the day after it, where nothing was asked before."""


def ticket(key: str, period: str, person: str, decision: str, weight: float) -> float:
    """The waiting time of a decision: Exp(weight), the same whenever it is asked for."""
    message = "\n".join(("fairgate.voice.ticket", period, person, decision))
    drawn = hmac.digest(key.encode(), message.encode(), hashlib.sha256)
    uniform = (int.from_bytes(drawn[:7], "big") + 0.5) / 2**56
    return -math.log(uniform) / weight


def chosen(nights: Sequence[tuple[date, Sequence[float]]], *, catches_up_on: date, today: date) -> int | None:
    """Which decision of one person is asked about by now: its place among all of them, counted through; None where none is
    yet. ``nights``: the days before ``today`` on which something was decided, in order, with the tickets of each day. What
    comes out doesn't depend on how often it is asked for."""
    place = 0
    for day, tickets in nights:
        if day >= catches_up_on:
            break
        smallest = min(tickets)
        if smallest < AT_ONCE:
            return place + list(tickets).index(smallest)
        place += len(tickets)
    if today < catches_up_on:
        return None
    before = [one for day, tickets in nights if day < catches_up_on for one in tickets]
    late = next((list(tickets) for day, tickets in nights if day >= catches_up_on), [])
    left = before or late
    return left.index(min(left)) if left else None


def probabilities(nights: Sequence[Sequence[float]]) -> list[list[float]]:
    """For the weights of one person's decisions before catching up, night by night, the probability of each to be the one
    that is asked about. Shape as given; the sum is 1 unless there is none."""
    total = sum(map(sum, nights))
    found, before = [], 0.0
    for weights in nights:
        own = sum(weights)
        now = math.exp(-AT_ONCE * before) * -math.expm1(-AT_ONCE * own) / own if own else 0.0
        late = math.exp(-AT_ONCE * total) / total if total else 0.0
        found.append([weight * (now + late) for weight in weights])
        before += own
    return found
