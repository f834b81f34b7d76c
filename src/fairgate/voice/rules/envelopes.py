"""Double envelopes: an answer padded to a fixed size and sealed to the period's public key (libsodium's sealed boxes:
X25519 with an ephemeral key, XSalsa20-Poly1305). Sealing needs no secret; opening needs the private key, which the privacy
officer keeps.

Inside stand the answers and what they are about, and a keyed hash that binds both to the invitation: whoever can write the
database but has not the installation's link key can neither copy somebody's envelope nor fill a cell with envelopes of their
own, and so can't isolate an answer by surrounding it with known ones. The invitation itself is not named inside.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from fairgate.voice.rules.answers import Answers
from fairgate.voice.rules.codes import Form

PADDED = 1024
"""Bytes before sealing, whatever was said."""
SEALED = PADDED + 48  # an ephemeral public key and a tag
_MAC = 32

About = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Payload:
    """What an envelope holds: the form, the answers, and what they are about (ids and codes). Never shown by ``repr``."""

    form: Form
    answers: Answers
    about: About = field(repr=False)

    def to_bytes(self) -> bytes:
        kept = {"form": self.form.value, "said": self.answers.text(), "about": dict(self.about)}
        return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

    @classmethod
    def of(cls, content: bytes) -> "Payload":
        """Raises ValueError, KeyError or TypeError for what is none."""
        kept = json.loads(content)
        form, said = Form(kept["form"]), Answers.of(kept["said"])
        said.check(form)
        return cls(form, said, dict(kept["about"]))


def seal(payload: Payload, *, public_key: bytes, link_key: str, invitation: str) -> bytes:
    """`SEALED` bytes, other ones each time. Raises ValueError when the payload is longer than it may be."""
    padded = payload.to_bytes().ljust(PADDED - _MAC, b" ")
    if len(padded) > PADDED - _MAC:
        message = "envelope: the payload is longer than the padding"
        raise ValueError(message)
    return bytes(SealedBox(PublicKey(public_key)).encrypt(_bound(link_key, invitation, padded) + padded))


class Opener:
    """Opens the envelopes of one period."""

    def __init__(self, private_key: bytes, *, link_key: str) -> None:
        self._box, self._link_key = SealedBox(PrivateKey(private_key)), link_key

    def open(self, sealed: bytes, *, invitation: str) -> Payload | None:
        """None for what is damaged, forged, or was sealed for another invitation."""
        try:
            plain = self._box.decrypt(sealed)
            mac, padded = plain[:_MAC], plain[_MAC:]
            if not hmac.compare_digest(mac, _bound(self._link_key, invitation, padded)):
                return None
            return Payload.of(padded)
        except (CryptoError, ValueError, KeyError, TypeError):
            return None


def _bound(link_key: str, invitation: str, padded: bytes) -> bytes:
    message = b"fairgate.voice.envelope\n" + invitation.encode() + b"\n" + padded
    return hmac.digest(link_key.encode(), message, hashlib.sha256)
