"""What waits for a person here, and what changed."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils import translation as say

from fairgate.shared.actor import Actor
from fairgate.shared.waiting import News, Waiting
from fairgate.voice.queries.asking import mine_for
from fairgate.voice.queries.doors import may_enter
from fairgate.voice.queries.periods import published_since
from fairgate.voice.rules import Left
from fairgate.voice.wording import waiting as wording


def waiting_for(by: Actor) -> list[Waiting]:
    """To be said, once a period. Nothing waits any more when it has been: that the person themselves may see."""
    try:
        page = mine_for(by)
    except Left:
        return []
    if page is None or page.answered:
        return []
    due = timezone.make_aware(datetime.combine(page.until, time.max.replace(microsecond=0)))
    return [Waiting(wording.to_answer(page, say), reverse("voice:mine"), due=due)]


def news_for(by: Actor, since: datetime) -> list[News]:
    """Results that were published."""
    if by.is_program or not may_enter(by):
        return []
    return [
        News(wording.published(one.period.name, say), reverse("voice:results", args=[one.period_id]), one.at)
        for one in published_since(since).order_by("-at")
    ]
