"""Personal links. The link is never stored: it is made again from a key outside the database whenever a letter is written,
and the database holds its hash."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

LINK_LENGTH = 43
_SALT = 32


def new_salt() -> bytes:
    return secrets.token_bytes(_SALT)


def period_key(key: str, salt: bytes) -> str:
    """The link key of one period: links, the binding of envelopes and who is asked about what rest on it. When the salt is thrown
    away at closing, the installation's ``key`` alone makes none of them again. Periods from before there were salts have none."""
    if not salt:
        return key
    return hmac.digest(key.encode(), b"fairgate.voice.period\n" + salt, hashlib.sha256).hex()


def token_of(key: str, invitation: str, nonce: bytes) -> str:
    """256 bits as 43 characters that may stand in an address."""
    message = b"fairgate.voice.link\n" + invitation.encode() + b"\n" + nonce
    made = hmac.digest(key.encode(), message, hashlib.sha256)
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """What is stored and looked for: of any text, so that a forged link takes the same way as an unknown one."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
