"""Kiosks as a load: plain connections in one thread, with no more work than it takes to send and to read a reply.

Server and load share the machine, so that whatever the load computes is taken from the
server. A kiosk is a generator: it yields the bytes of a request and is given the `Reply`,
or yields the moment (of `time.perf_counter`) until which it does nothing.
"""

import heapq
import re
import select
import socket
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import count

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: ([^\r]*)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: ([^=]+)=([^;\r]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Reply:
    """What a server answered; the body is left as it came."""

    head: bytes
    body: bytes

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return int(self.head[9:12])

    @property
    def location(self) -> str:
        """Where it leads, or nothing."""
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that it sets."""
        return {name.decode(): value.decode() for name, value in _COOKIE.findall(self.head)}


Steps = Generator[bytes | float, Reply | None, None]


class _Kiosk:
    def __init__(self, port: int, steps: Steps) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.steps = steps
        self._received = b""

    def reply(self) -> Reply | None:
        """Return the reply once all of it is here."""
        received = self.connection.recv(262_144)
        if not received:
            raise ConnectionError("the server closed a connection")
        self._received += received
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = _LENGTH.search(self._received, 0, end + 2)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._received) < whole:
            return None
        found = Reply(self._received[: end + 2], self._received[end + 4 : whole])
        self._received = self._received[whole:]
        return found


def run(port: int, kiosks: Sequence[Steps]) -> None:
    """Let every kiosk take its steps; returns when all of them have."""
    poll, later, number = select.epoll(), list[tuple[float, int, _Kiosk]](), count()
    at_work: dict[int, _Kiosk] = {}

    def go_on(kiosk: _Kiosk, reply: Reply | None) -> None:
        try:
            wanted = kiosk.steps.send(reply)
        except StopIteration:
            del at_work[kiosk.connection.fileno()]
            kiosk.connection.close()
            return
        if isinstance(wanted, bytes):
            kiosk.connection.sendall(wanted)
        else:
            heapq.heappush(later, (wanted, next(number), kiosk))

    for steps in kiosks:
        kiosk = _Kiosk(port, steps)
        at_work[kiosk.connection.fileno()] = kiosk
        poll.register(kiosk.connection, select.EPOLLIN)
    for kiosk in list(at_work.values()):
        go_on(kiosk, None)
    while at_work:
        wait = max(0.0, later[0][0] - time.perf_counter()) if later else -1
        for descriptor, _ in poll.poll(wait):
            reply = at_work[descriptor].reply()
            if reply is not None:
                go_on(at_work[descriptor], reply)
        while later and later[0][0] <= time.perf_counter():
            go_on(heapq.heappop(later)[2], None)
