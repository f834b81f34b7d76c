"""What is written outside the database, so that the ledger cannot be shortened or exchanged unnoticed.

One file per ledger, ``<chain>.jsonl``, named by the digest of the ledger's first entry. One line per
anchoring:

    {"at": …, "chain": …, "count": …, "digest": …, "previous": …, "seal": …}

``count`` is how many entries there were, which is also the sequence of the last one; ``digest`` is that
entry's; ``previous`` is the seal of the line before (`GENESIS` on the first), so lines cannot be taken out of
the middle; ``seal`` is the SHA-256 of the line without it.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Anchor:
    """The ledger's head at one moment, and the seal of the anchor before."""

    at: str
    chain: str
    count: int
    digest: str
    previous: str

    @property
    def seal(self) -> str:
        return sha256(_json(asdict(self))).hexdigest()

    def line(self) -> bytes:
        return _json({**asdict(self), "seal": self.seal}) + b"\n"


def file_of(folder: Path, chain: str) -> Path:
    return folder / f"{chain}.jsonl"


def parse(line: bytes) -> Anchor | None:
    """The anchor a line holds, or None when it holds none: cut short by a crash, or edited."""
    try:
        values = json.loads(line)
        del values["seal"]
        anchor = Anchor(**values)
    except (ValueError, TypeError, KeyError):
        return None
    return anchor if anchor.line().rstrip() == line.rstrip() else None


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
