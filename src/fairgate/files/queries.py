"""Finding kept files."""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from fairgate.files.models import StoredFile
from fairgate.files.rules import Condition, Damage, place


def path_of(sha256: str) -> Path:
    """Where the content lies. Raises ValueError for no hash, FileNotFoundError when no such file is kept."""
    path = Path(settings.FILES, place(sha256))
    if not path.is_file():
        message = f"no file is kept under {sha256}"
        raise FileNotFoundError(message)
    return path


def verify_file(sha256: str) -> Condition:
    """Read the content again and compare it with its hash. Under what is no hash at all nothing can be kept."""
    try:
        with path_of(sha256).open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, ValueError):
        return Condition.MISSING
    return Condition.INTACT if found == sha256 else Condition.CHANGED


def verify_all() -> Iterator[Damage]:
    """Every kept file that is missing or was changed, oldest first. Reads all of them, one after the other."""
    kept = StoredFile.objects.order_by("kept_at", "sha256").values_list("sha256", "name")
    for sha256, name in kept.iterator():
        condition = verify_file(sha256)
        if condition is not Condition.INTACT:
            yield Damage(sha256, name, condition)
