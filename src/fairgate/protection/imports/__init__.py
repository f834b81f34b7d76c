"""Files of complaints in: kept under their hash, read and checked (the dry run), looked at, then applied whole or not at all."""

from fairgate.files.rules import TooLarge
from fairgate.protection.imports.coming import FileChanged, apply, discard, open_file

__all__ = ["FileChanged", "TooLarge", "apply", "discard", "open_file"]
