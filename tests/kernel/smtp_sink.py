"""A mail server of a few lines that takes everything, for tests; or refuses everything."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 sink")
        for line in iter(self.rfile.readline, b""):
            command = line.split(maxsplit=1)[0].upper().rstrip() if line.strip() else b""
            if command == b"DATA":
                self._say("354 go on")
                self._take()
            elif command == b"RCPT" and self.server.refuses:
                self._say("550 nobody here")
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.letters.append(message_from_bytes(b"\r\n".join(lines), policy=policy.default))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """What was sent stands in `letters`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = False
        super().__init__(("127.0.0.1", 0), _Talk)


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Yield a mail server that listens on a free port of this machine."""
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield sink
        sink.shutdown()
