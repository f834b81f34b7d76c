"""How often a letter is tried, and when: after 5, 10, 20 minutes and so on, at most six hours, for a day and a half."""

from datetime import datetime, timedelta

TRIES = 12
FIRST, LONGEST = timedelta(minutes=5), timedelta(hours=6)

LEASE = timedelta(minutes=10)
"""A letter that is being sent for longer was left by a sender that is gone."""

KEPT = timedelta(days=90)
"""How long it stays known that a letter was sent or given up."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after this many attempts (1 or more); None when that was the last."""
    if attempts >= TRIES:
        return None
    doublings: int = 2 ** (attempts - 1)
    return now + min(FIRST * doublings, LONGEST)
