"""Files in: kept under their hash, read and checked (the dry run), looked at by a person, then applied whole or not at all."""

from fairgate.organisation.imports.coming import apply, count, discard, open_file, receive

__all__ = ["apply", "count", "discard", "open_file", "receive"]
