"""Answers are served before pages, and pages never take every thread."""

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from lms.cli.lanes import THREADS, Dispatcher, Queue, lanes
from lms.kernel.clock import hold


class Request:
    """A connection with one request, which is served until it is let go."""

    def __init__(self, path: str) -> None:
        self.requests = [SimpleNamespace(path=path)]
        self.begun, self.let_go = threading.Event(), threading.Event()

    def service(self) -> None:
        self.begun.set()
        assert self.let_go.wait(20)

    def cancel(self) -> None:
        self.let_go.set()


def waiting_room() -> Queue:
    lock = threading.Lock()
    return Queue(lanes(), lock, threading.Condition(lock))


def test_an_answer_goes_before_the_pages_that_came_earlier() -> None:
    queue = waiting_room()
    came = [Request(path) for path in ("/teams/", "/kiosk/home", "/kiosk/pin", "/kiosk/outbox")]
    for request in came:
        queue.append(request)
    served = [queue.popleft()._channel for _ in came]
    assert served == [came[3], came[1], came[2], came[0]]
    assert not queue


@pytest.mark.parametrize("path", ["/kiosk/home", "/static/1/kiosk/kiosk.js", "/teams/people"])
def test_pages_never_take_every_thread(path: str) -> None:
    queue = waiting_room()
    for _ in range(THREADS):
        queue.append(Request(path))
    begun = [queue.popleft() for _ in range(len(queue))]
    assert 0 < len(begun) < THREADS
    queue.append(Request("/kiosk/outbox"))
    assert len(queue) == 1


def test_the_next_page_begins_when_one_is_done() -> None:
    dispatcher = Dispatcher()
    pages = [Request("/kiosk/home") for _ in range(THREADS)]
    try:
        for page in pages:
            dispatcher.add_task(page)
        answer = Request("/kiosk/outbox")
        dispatcher.add_task(answer)
        assert answer.begun.wait(20), "a thread is left for it"
        for page in pages:
            assert page.begun.wait(20)
            page.let_go.set()
        answer.let_go.set()
    finally:
        dispatcher.shutdown()


def test_a_request_that_could_not_be_read_is_answered_too() -> None:
    queue = waiting_room()
    queue.append(SimpleNamespace(requests=[SimpleNamespace(error="bad request")]))
    assert len(queue) == 1


def test_a_request_came_when_it_began_to_wait() -> None:
    queue, began = waiting_room(), datetime(2027, 3, 9, 5, 58, tzinfo=UTC)
    request = Request("/kiosk/outbox")
    with hold(began):
        queue.append(request)
    with hold(began + timedelta(seconds=40)):
        assert queue.popleft()._channel.requests[0].came == began
