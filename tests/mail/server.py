"""A small mail server that can misbehave: plain sockets, one thread for each connection."""

import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Manners:
    """``replies`` overrides the reply to a command ("MAIL", "RCPT", "DATA", "." for the letter itself); "hang up" ends the
    connection instead, "silence" answers nothing. ``letters`` a connection takes before it is ended; 0 is any number."""

    replies: dict[str, str] = field(default_factory=dict)
    letters: int = 0
    pause: float = 0.0  # before the letter is accepted


class Server:
    """Letters that arrived are in ``received``, as text; connections are counted."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self.received: list[str] = []
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.stopped = threading.Event()

    def __enter__(self) -> "Server":
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._listening.close()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?seconds=1"

    def _listen(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            try:
                self._serve(connection, lines)
            except OSError:
                return

    def _serve(self, connection: socket.socket, lines) -> None:
        taken = 0
        if not self._say(connection, "banner", "220 here"):
            return
        while line := lines.readline():
            word = line.split(b" ")[0].strip().decode().upper()
            usual = {"EHLO": "250 here", "DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok")
            if not self._say(connection, word, usual):
                return
            if word == "QUIT":
                return
            if word == "DATA" and self.manners.replies.get("DATA", "3").startswith("3"):
                letter = []
                while (part := lines.readline()).strip() != b".":
                    letter.append(part)
                time.sleep(self.manners.pause)
                reply = self.manners.replies.get(".", "250 taken")
                if reply.startswith("250") or reply == "take it and hang up":
                    self.received.append(b"".join(letter).decode())
                if not self._say(connection, ".", "250 taken"):
                    return
                taken += 1
                if self.manners.letters and taken >= self.manners.letters:
                    return

    def _say(self, connection: socket.socket, word: str, usual: str) -> bool:
        reply = self.manners.replies.get(word, usual)
        if reply == "silence":
            self.stopped.wait(10)
        if reply in {"silence", "hang up", "take it and hang up"}:
            return False
        connection.sendall(f"{reply}\r\n".encode())
        return True
