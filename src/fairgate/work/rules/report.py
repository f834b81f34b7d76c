"""How a running job says how far it is: through a small file, not through the database.

On SQLite one transaction writes at a time. A job in the middle of saving a large import holds that lock, and
progress kept in the database would wait for the very transaction it reports on. So would a wish to cancel: it
is a file too. Here is what stands in the report; `queries` reads both files and `actions` write them.
"""

import json
from dataclasses import dataclass
from typing import Self

REPORT, CANCEL = "report", "cancel"
"""What the two files are called, in the folder of the job."""


@dataclass(frozen=True, slots=True)
class Report:
    """How far a job is: ``done`` from 0 to 1, and what is being done."""

    done: float = 0.0
    note: str = ""

    def text(self) -> str:
        return json.dumps([self.done, self.note])

    @classmethod
    def of(cls, text: str) -> Self:
        """What `text` gave; nothing done where it is none of ours."""
        try:
            done, note = json.loads(text)
            return cls(float(done), str(note))
        except (ValueError, TypeError):
            return cls()
