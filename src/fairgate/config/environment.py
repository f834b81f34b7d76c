"""What the environment says, read in one place."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def data_directory() -> Path:
    """Where the database, files and anchors live: ``FAIRGATE_DATA``, else the usual place for this system."""
    if chosen := os.environ.get("FAIRGATE_DATA"):
        return Path(chosen).expanduser().resolve()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "fairgate"


def secret_key(data: Path) -> str:
    """``FAIRGATE_SECRET_KEY``, else a key made once and kept beside the data, readable by its owner only."""
    if chosen := os.environ.get("FAIRGATE_SECRET_KEY"):
        return chosen
    return _kept_key(data, "secret-key")


def people_key(data: Path) -> str:
    """``FAIRGATE_PEOPLE_KEY``, else a key made once and kept beside the data. Apart from the secret key, which may be
    changed at any time: with another key, people in imported records would get other pseudonyms."""
    return os.environ.get("FAIRGATE_PEOPLE_KEY") or _kept_key(data, "people-key")


def link_key(data: Path) -> str:
    """``FAIRGATE_LINK_KEY``, else a key made once and kept beside the data: personal links are made from it when their
    letter is written, so that no database holds them."""
    return os.environ.get("FAIRGATE_LINK_KEY") or _kept_key(data, "link-key")


def _kept_key(data: Path, name: str) -> str:
    path = data / name
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_key(path)
    return path.read_text().strip()


def _make_key(path: Path) -> None:
    """Written aside and linked into place: whole or not there, and of two who make it at once the first wins."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()


def database(data: Path) -> dict[str, Any]:
    """SQLite beside the data, or the PostgreSQL server that ``FAIRGATE_DATABASE`` names
    (``postgresql://user:password@host:port/name``, or ``…/name?host=/folder/of/its/socket``)."""
    address = os.environ.get("FAIRGATE_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "fairgate.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        message = f"FAIRGATE_DATABASE: found the scheme {parts.scheme!r}, expected postgresql://…"
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "fairgate",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": dict(parse_qsl(parts.query)).get("host") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


def words(name: str, default: str) -> list[str]:
    """A comma-separated variable as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
