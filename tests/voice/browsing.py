"""What tests of pages need: personal links, made as a letter makes them, and a filled form."""

from django.urls import reverse

from fairgate.voice import queries
from fairgate.voice.models import Invitation
from fairgate.voice.rules import ITEMS
from fairgate.voice.rules.links import token_of

FILLED = {item.code: "2" for item in ITEMS} | {"agreement": "5", "second-look": "yes"}


def link_of(invitation: Invitation) -> str:
    """The token of a personal link. No column holds it."""
    return token_of(queries.link_key_of(invitation.period), str(invitation.pk), bytes(invitation.nonce))


def form_of(invitation: Invitation) -> str:
    return reverse("voice:link", args=[link_of(invitation)])
