"""One clock: server time in UTC. Pages convert to a zone when they show it."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
