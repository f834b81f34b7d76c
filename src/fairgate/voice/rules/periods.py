"""When a period begins, ends, takes answers and sends letters. Pure arithmetic on dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from fairgate.voice.rules.codes import GRACE_DAYS, INVITE_DAYS, MONTHS, REMIND_DAYS

CATCH_UP_DAYS = 14


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one period. ``answers_until`` is the last day on which an answer is taken."""

    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, starts_on: date, months: int) -> "Days":
        """``months`` whole months from a first of the month on. Raises ValueError for anything else."""
        if months not in MONTHS or starts_on.day != 1:
            message = (
                f"period: found {months} months from {starts_on}, expected {MONTHS} from a first of a month"
            )
            raise ValueError(message)
        after = starts_on.year * 12 + starts_on.month - 1 + months
        return cls(starts_on, date(after // 12, after % 12 + 1, 1) - timedelta(days=1))

    @classmethod
    def around(cls, day: date, months: int) -> "Days":
        """The calendar's period of this length that a day is in: quarters begin in January, April, July, October."""
        return cls.of(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @property
    def answers_until(self) -> date:
        return self.ends_on + timedelta(days=GRACE_DAYS)

    @property
    def day_after(self) -> date:
        return self.ends_on + timedelta(days=1)

    @property
    def catches_up_on(self) -> date:
        """From then on whoever has not been asked yet is asked about one of their decisions up to then."""
        return self.ends_on - timedelta(days=CATCH_UP_DAYS - 1)

    @property
    def last_invitation_on(self) -> date:
        return self.answers_until - timedelta(days=INVITE_DAYS)

    @property
    def reminds_on(self) -> date:
        return self.answers_until - timedelta(days=REMIND_DAYS)

    @property
    def name(self) -> str:
        """``2026-Q3``, ``2026-07``, ``2026-H2``, ``2026``; first and last month where it is no calendar period."""
        year, month = self.starts_on.year, self.starts_on.month
        length = (self.ends_on.year - year) * 12 + self.ends_on.month - month + 1
        if length not in MONTHS or (month - 1) % length:
            return f"{self.starts_on:%Y-%m} – {self.ends_on:%Y-%m}"
        turn = (month - 1) // length + 1
        return {1: f"{year}-{month:02}", 3: f"{year}-Q{turn}", 6: f"{year}-H{turn}", 12: str(year)}[length]
