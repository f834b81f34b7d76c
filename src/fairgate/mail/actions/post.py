"""The way out: one connection through Django's mail backends, and what its errors mean."""

import smtplib
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from fairgate.mail.rules import Fault, Kind, Letter, Route

_A_CONNECTION = 50  # letters; some servers take no more


class NotSent(Exception):
    """A letter didn't leave. ``halfway``: it may have, nevertheless. ``all_meet_it``: so would the next letter."""

    def __init__(self, fault: Fault, *, halfway: bool = False, all_meet_it: bool = False) -> None:
        super().__init__(fault.value)
        self.fault, self.halfway, self.all_meet_it = fault, halfway, all_meet_it


class Post:
    """Sends letters one by one, over one connection for some of them. A context manager."""

    def __init__(self, way: Route) -> None:
        self._way = way
        self._backend: BaseEmailBackend | None = None
        self._sent = 0  # over this connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    def send(self, letter: Letter, message_id: str) -> None:
        """Raises `NotSent`, which holds none of the letter, the address and the server's words."""
        backend = self._ready()
        try:
            backend.send_messages([_message(letter, message_id)])
        except Exception as error:  # noqa: BLE001 - whatever it is, its words may hold what must not be kept
            fault = fault_of(error)
            enough = (
                fault is Fault.HUNG_UP and self._sent > 0
            )  # some servers end a connection after a few letters
            if fault.is_of_server or fault is Fault.PUT_OFF:
                self.hang_up()
            raise NotSent(
                fault, halfway=fault.is_halfway, all_meet_it=fault.is_of_server and not enough
            ) from None
        self._sent += 1
        if self._sent >= _A_CONNECTION:
            self.hang_up()

    def hang_up(self) -> None:
        if self._backend is not None:
            with suppress(Exception):  # nobody waits for a server's good-bye
                self._backend.close()
            self._backend, self._sent = None, 0

    def _ready(self) -> BaseEmailBackend:
        if self._backend is None:
            self._backend = _backend(self._way)
            try:
                self._backend.open()
            except Exception as error:  # noqa: BLE001 - as above
                self.hang_up()
                fault = fault_of(error)
                raise NotSent(fault if fault.is_of_server else Fault.UNREACHABLE, all_meet_it=True) from None
        return self._backend


def _backend(way: Route) -> BaseEmailBackend:
    if way.kind is Kind.CONSOLE:
        return _made("console")
    if way.kind is Kind.FILE:
        Path(way.folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        return _made("filebased", file_path=way.folder)
    return _made(
        "smtp",
        host=way.host,
        port=way.port,
        username=way.user,
        password=way.password,
        use_tls=way.secure == "starttls",
        use_ssl=way.secure == "tls",
        timeout=way.seconds,
    )


def _made(name: str, **options: Any) -> BaseEmailBackend:
    made: BaseEmailBackend = get_connection(f"django.core.mail.backends.{name}.EmailBackend", **options)
    return made


def _message(letter: Letter, message_id: str) -> EmailMessage:
    """The same Message-ID at every attempt: whoever gets it twice has a mailbox that can tell."""
    sender = settings.MAIL_FROM
    domain = sender.rpartition("@")[2].rstrip("> ") or "localhost"
    return EmailMessage(
        letter.subject,
        letter.text,
        sender,
        [letter.address],
        headers={"Message-ID": f"<{message_id}@{domain}>", "Auto-Submitted": "auto-generated"},
    )


def fault_of(error: Exception) -> Fault:
    """What an error of the connection means. The more special kinds come first: most are an OSError, too."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Fault.PUT_OFF if any(code < 500 for code in codes) else Fault.ADDRESS_REFUSED
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Fault.PUT_OFF if error.smtp_code < 500 else Fault.SENDER_REFUSED
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Fault.SIGN_IN
    if isinstance(error, smtplib.SMTPDataError):
        return Fault.PUT_OFF if error.smtp_code < 500 else Fault.LETTER_REFUSED
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Fault.ENCRYPTION  # STARTTLS, or a sign-in that it offers only when encrypted
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Fault.SLOW if isinstance(error.__context__, TimeoutError) else Fault.HUNG_UP
    if isinstance(error, ssl.SSLError):
        return Fault.ENCRYPTION
    if isinstance(error, TimeoutError):
        return Fault.SLOW
    if isinstance(error, ConnectionResetError | ConnectionAbortedError | BrokenPipeError):
        return Fault.HUNG_UP
    if isinstance(error, OSError | socket.gaierror):
        return Fault.UNREACHABLE
    if isinstance(error, ValueError):
        return Fault.MALFORMED
    return Fault.NOT_COMPOSED
