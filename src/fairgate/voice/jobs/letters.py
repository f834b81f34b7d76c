"""Letters, written at the moment they are sent: neither they nor the link in them is ever stored.

Nobody's letter depends on whether they have answered. A letter that isn't needed any more because somebody did would tell the
outbox, and every mail server on the way, who has.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from fairgate.mail.rules import Doubt, Letter, letter
from fairgate.shared.translations import Translations
from fairgate.voice import queries
from fairgate.voice.rules import Answering, AnswerPage, Left, PeriodOver
from fairgate.voice.rules.links import token_of
from fairgate.voice.wording import letters
from fairgate.work.rules import JSON

Compose = Callable[[AnswerPage, str, Translations], tuple[str, str]]


@letter("voice.invitation", in_doubt=Doubt.AGAIN)
def invitation(*, to: str, pk: JSON) -> Letter | None:
    return _letter(str(pk), letters.invitation)


@letter("voice.reminder", in_doubt=Doubt.LET_IT_BE)
def reminder(*, to: str, pk: JSON) -> Letter | None:
    return _letter(str(pk), letters.reminder)


def _letter(pk: str, compose: Compose) -> Letter | None:
    """In English and German. None where the period is over or the account disabled."""
    invited = queries.invitation_of(Answering(UUID(pk)))
    try:
        page = queries.page_of(invited)
    except (PeriodOver, Left):
        return None
    token = token_of(queries.link_key_of(invited.period), pk, bytes(invited.nonce))
    link = settings.SITE + reverse("voice:link", args=[token])
    both = []
    for language in ("en", "de"):
        with translation.override(language):
            both.append(compose(page, link, translation))
    return Letter(invited.person.email, *letters.in_both(*both))
