"""Where letters go, from one setting: ``smtp://host``, ``smtp+starttls://user:password@host``, ``smtps://…``,
``console:``, ``file:/folder``, or nothing at all."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlsplit

EXPECTED = (
    "smtp://host:port, smtp+starttls://user:password@host:port, smtps://user:password@host:port, console:, "
    "file:/folder or off"
)
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SECONDS = 20.0  # for each answer of the server


class Kind(StrEnum):
    OFF = "off"
    CONSOLE = "console"
    FILE = "file"
    SMTP = "smtp"


class BadRoute(ValueError):
    """The setting can't be understood. Its message never repeats what may be a password."""


@dataclass(frozen=True, slots=True)
class Route:
    """``secure`` is "" (plain), "starttls" or "tls"; ``seconds`` is how long one answer of the server may take."""

    kind: Kind = Kind.OFF
    folder: str = ""
    host: str = ""
    port: int = 0
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    secure: str = ""
    seconds: float = SECONDS


def route(text: str) -> Route:
    """What the setting says; "" is off. Raises `BadRoute`."""
    text = text.strip()
    if text in {"", "off"}:
        return Route()
    if text in {"console", "console:"}:
        return Route(Kind.CONSOLE)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadRoute(f"found an address that can't be read (signs such as @ : / in a password are written %40 %3A %2F); "
                       f"expected {EXPECTED}") from None  # fmt: skip
    if parts.scheme == "file":
        return _file(unquote(parts.path))
    if parts.scheme not in PORTS:
        raise BadRoute(f"found {_scheme(text)}; expected {EXPECTED}")
    if not parts.hostname:
        raise BadRoute(f"found no server's name; expected {EXPECTED}")
    made = Route(
        Kind.SMTP,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        secure={"smtp": "", "smtp+starttls": "starttls", "smtps": "tls"}[parts.scheme],
        seconds=_seconds(dict(parse_qsl(parts.query))),
    )
    if made.user and not made.secure and not _is_here(made.host):
        raise BadRoute(
            "found smtp:// with a password, which would travel unencrypted; expected smtp+starttls:// or smtps://"
        )
    return made


def _scheme(text: str) -> str:
    """What stands before the colon, if that is one word: no more of a setting that may hold a password."""
    scheme, colon, _ = text.partition("://")
    return f"“{scheme}://”" if colon and scheme.isalnum() else "something else"


def _file(folder: str) -> Route:
    if not PurePath(folder).is_absolute():
        raise BadRoute("found file: without a folder's whole path; expected file:/folder")
    return Route(Kind.FILE, folder=folder)


def _seconds(options: dict[str, str]) -> float:
    found = options.get("seconds", str(SECONDS))
    try:
        seconds = float(found)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 120.0:
        raise BadRoute(f"found seconds={found[:20]}; expected a number from 0.1 to 120")
    return seconds


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
