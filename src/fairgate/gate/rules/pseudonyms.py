"""Names of people in other systems' records, as pseudonyms that the same name always gets and nobody without the key can
lead back to it."""

import hashlib
import hmac
import unicodedata


def digest(key: bytes, source: str, name: str) -> str:
    """HMAC-SHA-256 of the name within its source, in 64 hexadecimal digits. Case, spaces and ways to write accents make no
    difference. Without the key, trying all names of a telephone book finds nobody."""
    same = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hmac.new(key, f"{source}\0{same}".encode(), hashlib.sha256).hexdigest()


def pseudonym(digest: str) -> str:
    """What pages call them: “Person 7F3A91C2”."""
    return f"Person {digest[:8].upper()}"
