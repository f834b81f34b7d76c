"""A period's key pair and the file the privacy officer keeps. The private key is nowhere else."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nacl.public import PrivateKey

from fairgate.voice.rules.errors import KeyUnreadable

LARGEST_KEY_FILE = 10_000  # bytes
_KEY = re.compile(r"^\s*key:\s*([0-9a-fA-F]{64})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Leaves the installation once, as a download."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyPair:
    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def make(cls) -> "KeyPair":
        return cls.of(bytes(PrivateKey.generate()))

    @classmethod
    def of(cls, private: bytes) -> "KeyPair":
        return cls(bytes(PrivateKey(private).public_key), private)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.public)


def fingerprint_of(public: bytes) -> str:
    """The first 128 bits of the public key's SHA-256, in groups of four that can be read out."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))


def key_file(keys: KeyPair, *, period: str, head: Sequence[str]) -> KeyFile:
    """``head``: what a person who finds the file should know."""
    lines = [
        *head,
        "",
        f"period: {period}",
        f"fingerprint: {keys.fingerprint}",
        f"key: {keys.private.hex()}",
        "",
    ]
    plain = re.sub(r"[^0-9A-Za-z-]+", "-", period)
    return KeyFile(f"fairgate-key-{plain}.txt", "\r\n".join(lines).encode())


def read_key(content: bytes) -> KeyPair:
    """The keys of a file as `key_file` wrote it, or of one that was opened and saved by an editor. Raises `KeyUnreadable`."""
    if len(content) > LARGEST_KEY_FILE:
        raise KeyUnreadable
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    found = _KEY.findall(content.decode(coding, "replace"))
    if len(set(found)) != 1:
        raise KeyUnreadable
    return KeyPair.of(bytes.fromhex(found[0]))
