"""What people type: tidied, checked, and sealed where only its hash may be told."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fairgate.improvement.rules.codes import Fault


@dataclass(frozen=True, slots=True)
class FieldFault:
    """``found`` is what was given, shortened; ``expected`` a number where the message needs one."""

    field: str
    fault: Fault
    found: str = ""
    expected: int = 0


def tidy(text: str) -> str:
    """Without spaces around it, every line ended the same way."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in tidy(text).split("\n") if line.strip()]


def text_faults(
    texts: Mapping[str, str], longest: Mapping[str, int], *, optional: frozenset[str] = frozenset()
) -> Iterator[FieldFault]:
    """What is missing, too long, or holds signs that can't be seen."""
    for field, text in texts.items():
        if not text and field not in optional:
            yield FieldFault(field, Fault.MISSING)
        elif len(text) > longest[field]:
            yield FieldFault(field, Fault.TOO_LONG, str(len(text)), longest[field])
        elif not all(sign.isprintable() or sign in "\n\t\xa0\xad\u200d" for sign in text):
            yield FieldFault(field, Fault.UNPRINTABLE)


def sealed(salt: str, *texts: str) -> str:
    """A hash of private texts for the ledger. Salted: without the salt, which lies beside the text, nobody can find a
    short note by trying; with it, anybody who may read the note can show that it is the one that was recorded."""
    seal = hashlib.sha256(salt.encode())
    for text in texts:
        content = text.encode()
        seal.update(len(content).to_bytes(8, "big") + content)
    return seal.hexdigest()
