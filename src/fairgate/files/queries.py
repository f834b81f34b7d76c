"""Finding kept files."""

from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from fairgate.files.rules import Condition, place


def path_of(sha256: str) -> Path:
    """Where the content lies. Raises ValueError for no hash, FileNotFoundError when no such file is kept."""
    path = Path(settings.FILES, place(sha256))
    if not path.is_file():
        message = f"no file is kept under {sha256}"
        raise FileNotFoundError(message)
    return path


def verify_file(sha256: str) -> Condition:
    """Read the content again and compare it with its hash."""
    try:
        with path_of(sha256).open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return Condition.MISSING
    return Condition.INTACT if found == sha256 else Condition.CHANGED
