"""What waitress is taught: who is served first when many ask at once, and to answer in one piece.

Answers come first, then pages of kiosks, then everything else.

Each kind of request has a lane. Requests of a lane are served in the order in which they came,
a lane in front goes first, and no lane but the first may take every thread: at a shift change
hundreds of pages wait, and an answer must not wait for them. Few pages are worked on at one
time also because all of them compute on one core (one interpreter lock): more at once would
only make each slower, and an answer, which stops at each statement, slowest of all.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from waitress.task import ThreadedTaskDispatcher, WSGITask

from lms.kernel.clock import CAME, now

THREADS = 32
"""Those with an answer mostly wait for the disk together: the more of them, the more one sync serves."""


@dataclass
class Lane:
    """Requests for addresses that begin alike."""

    beginnings: tuple[str, ...]
    threads: int
    """The most that work for this lane at one time."""
    waiting: deque[Any] = field(default_factory=deque)
    at_work: int = 0

    @property
    def ready(self) -> int:
        """How many of those who wait may begin now."""
        return min(len(self.waiting), self.threads - self.at_work)


def lanes() -> tuple[Lane, ...]:
    """Return the lanes, the first to be served in front; the last takes whatever no other takes."""
    return (
        Lane(("/kiosk/outbox", "/kiosk/pulse", "/healthz"), THREADS),
        Lane(("/kiosk/", "/static/", "/media/"), 6),
        Lane(("",), 6),
    )


class Queue:
    """What waitress keeps its requests in, by lane; every call comes under the lock of its dispatcher."""

    def __init__(self, lanes: tuple[Lane, ...], lock: threading.Lock, someone_waits: threading.Condition) -> None:
        self._lanes, self._lock, self._someone_waits = lanes, lock, someone_waits

    def __len__(self) -> int:
        return sum(lane.ready for lane in self._lanes)

    def append(self, channel: Any) -> None:
        """Let a connection wait with its first request, which bears when it came."""
        request = channel.requests[0]
        request.came = now()
        path = getattr(request, "path", "")
        next(lane for lane in self._lanes if path.startswith(lane.beginnings)).waiting.append(channel)

    def popleft(self) -> "Turn":
        """Return the one whose turn it is."""
        lane = next(lane for lane in self._lanes if lane.ready)
        lane.at_work += 1
        return Turn(lane.waiting.popleft(), lane, self)

    def done(self, lane: Lane) -> None:
        """Let the next of a lane begin; the one call that comes without the lock."""
        with self._lock:
            lane.at_work -= 1
            if self:
                self._someone_waits.notify()


class Turn:
    """A request that is being served."""

    def __init__(self, channel: Any, lane: Lane, queue: Queue) -> None:
        self._channel, self._lane, self._queue = channel, lane, queue

    def service(self) -> None:
        """Serve it."""
        try:
            self._channel.service()
        finally:
            self._queue.done(self._lane)

    def cancel(self) -> None:
        """Give it up: the server stops."""
        self._channel.cancel()


class Dispatcher(ThreadedTaskDispatcher):
    """The threads of the server, which take requests by lane."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue(lanes(), self.lock, self.queue_cv)
        self.set_thread_count(THREADS)


class InOnePiece(WSGITask):
    """A request that knows when it came; its reply's head travels with its body.

    A second packet costs server and kiosk as much as the first.
    """

    wrote_header: bool

    def get_environment(self) -> dict[str, Any]:
        """Return what the application is told of the request, with when it came."""
        environment: dict[str, Any] = super().get_environment()
        environment[CAME] = self.request.came
        return environment

    def write(self, data: bytes) -> None:
        """Send what the application gives, the head before it if it was not sent."""
        if self.wrote_header or not (self.complete and self.has_body):
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        if self.chunked_response or self.content_length != len(data):
            self.channel.write_soon(head)
            super().write(data)
        else:
            self.content_bytes_written = len(data)
            self.channel.write_soon(head + data)
