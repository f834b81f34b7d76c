"""What the personal links of a period are made with."""

from django.conf import settings

from fairgate.voice.models import Period
from fairgate.voice.rules.links import period_key


def link_key_of(period: Period) -> str:
    """Its envelopes are bound by it too, and who is asked about what rests on it. Gone for good once the period is closed."""
    return period_key(settings.LINK_KEY, bytes(period.link_salt))
