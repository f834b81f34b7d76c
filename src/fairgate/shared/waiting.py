"""What a person's home page collects from the rooms: what waits for them, and what changed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something only this person (or their unit) can move. Rooms say it in a sentence; home puts the oldest promise first."""

    what: str
    url: str
    due: datetime | None = None
    since: datetime | None = None
    is_promise: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """Something that became different and concerns this person."""

    what: str
    url: str
    at: datetime
