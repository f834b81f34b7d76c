"""The anchors beside the entries: two ordered streams, read in step."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from fairgate.ledger.queries import anchor_file
from fairgate.ledger.rules import GENESIS, Anchor, Code, Findings, anchors


@dataclass(slots=True)
class Anchors:
    """Compares each anchor with the entry it names.

    The file is read as far as it reached before the first entry was, so entries are never behind it in honest
    use. Entries ahead of the anchors are fine too: the program may have stopped between saving and anchoring.
    """

    findings: Findings
    path: Path
    chain: str
    lines: Iterator[tuple[int, bytes]]
    present: bool
    first: int = 0
    reached: int = 0
    claimed_from: int = 0
    claimed_to: int = 0
    _seal: str = GENESIS
    _waiting: Anchor | None = None
    _claimed: bytes | None = b"0"

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, chain: str, findings: Findings) -> "Iterator[Anchors]":
        """The anchors of the ledger that begins with ``chain``, at the first of them."""
        path = anchors.file_of(folder, chain)
        _others(folder, path, findings)
        with ExitStack() as stack:
            present = bool(chain) and path.is_file()
            lines: Iterator[tuple[int, bytes]] = iter(())
            if present:
                lines = anchor_file.lines(stack.enter_context(path.open("rb")), path.stat().st_size)
            outside = cls(findings, path, chain, lines, present)
            outside._advance()
            yield outside

    def step(self, sequence: int, digest: bytes | None, claimed: bytes | None) -> None:
        """An entry with this digest, which saw anchors up to ``claimed`` when it was written."""
        while self._waiting and self._waiting.count <= sequence:
            if self._waiting.count < sequence or self._waiting.digest.encode() != digest:
                self.findings.add(Code.ANCHOR_MISMATCH, self._waiting.count, at=self._waiting.at)
            self._advance()
        if claimed != self._claimed:  # a transaction's entries all claim the same
            self._claimed, count = claimed, number(claimed)
            self.claimed_from = min(self.claimed_from or count, count or self.claimed_from)
            self.claimed_to = max(self.claimed_to, count)

    def finish(self, entries: int, position: int) -> None:
        """Every entry was seen: what do the anchors know beyond them, and what did the entries know beyond
        those?"""
        while self._waiting:
            self._advance()
        if self.reached > position:
            self.findings.add(Code.TAIL_CUT, None, known=self.reached, found=position)
        if entries and self.chain and not self.present:
            self.findings.add(Code.ANCHORS_MISSING, None, entries=entries)
        elif self.claimed_to > self._newest() or (self.claimed_from and self.first > self.claimed_from):
            self.findings.add(
                Code.ANCHORS_SHORTENED, None, first=self.first, last=self.reached, known=self.claimed_to
            )

    def _newest(self) -> int:
        """How far the file reaches by now: entries that came in after it was opened may have seen later
        anchors."""
        newest = anchor_file.last(self.path)
        return max(self.reached, newest.count if newest else 0)

    def _advance(self) -> None:
        """To the next anchor. A line that holds none is forgiven where a crash explains it: the line after it
        continues the one before it, or it is the last and has no end."""
        self._waiting, unreadable, line = None, 0, b"\n"
        for number, line in self.lines:
            anchor = anchors.parse(line)
            if anchor is None:
                unreadable = unreadable or number
                continue
            if anchor.previous != self._seal or anchor.chain != self.chain or anchor.count <= self.reached:
                self.findings.add(Code.ANCHOR_EDITED, None, line=unreadable or number)
            self._seal, self._waiting = anchor.seal, anchor
            self.first, self.reached = self.first or anchor.count, max(self.reached, anchor.count)
            return
        if unreadable and line.endswith(b"\n"):
            self.findings.add(Code.ANCHOR_EDITED, None, line=unreadable)


def number(value: bytes | None) -> int:
    """A number as the database gave it; 0 for what is none."""
    try:
        return int(value or b"0")
    except ValueError:
        return 0


def _others(folder: Path, own: Path, findings: Findings) -> None:
    """Anchors of another ledger: either this one took its place, or two installations share a folder."""
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else ():
        if path != own:
            newest = anchor_file.last(path)
            at, known = (newest.at, newest.count) if newest else ("", 0)
            findings.add(Code.OTHER_LEDGER, None, file=path.name, known=known, at=at)
