"""Files in: kept under their hash, read and checked (the dry run), looked at by a person, then applied whole or not at all."""

from fairgate.files.rules import TooLarge
from fairgate.organisation.imports.coming import FileChanged, apply, count, discard, open_file, receive

__all__ = ["FileChanged", "TooLarge", "apply", "count", "discard", "open_file", "receive"]
