"""The server behind a proxy: who asks, and whether by HTTPS."""

import contextlib
import json
import platform
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from waitress import create_server
from waitress.channel import HTTPChannel

from lms.cli.lanes import Dispatcher, InOnePiece
from lms.cli.server import behind, share_memory
from lms.kernel.clock import CAME, now

FORWARDED = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https"}


def says_who_asks(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps([environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]]).encode()]


@contextmanager
def serving(application: Callable = says_who_asks, proxy: str = "") -> Iterator[str]:
    """A server of the application, by its address."""
    options = {"host": "127.0.0.1", "port": 0, "clear_untrusted_proxy_headers": True}
    server = create_server(application, _dispatcher=Dispatcher(), **options, **behind(proxy))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    # What is closed may be the trigger itself, by another pull before this one writes.
    with contextlib.suppress(OSError):
        server.trigger.pull_trigger(lambda: [channel.close() for channel in list(server._map.values())])
    thread.join(timeout=5)
    server.task_dispatcher.shutdown()


@pytest.mark.parametrize(
    ("proxy", "taken_for"),
    [
        ("127.0.0.1", ["10.9.9.9", "https"]),
        ("", ["127.0.0.1", "http"]),
        ("192.168.1.1", ["127.0.0.1", "http"]),
    ],
)
def test_a_proxy_is_believed_only_where_it_is_named(proxy: str, taken_for: list[str]) -> None:
    with (
        serving(proxy=proxy) as address,
        urllib.request.urlopen(urllib.request.Request(address, headers=FORWARDED)) as reply,
    ):
        assert json.load(reply) == taken_for


REPLIES = {
    "/whole": ("200 OK", [("Content-Length", "9")], [b"all of it"]),
    "/parts": ("200 OK", [("Content-Length", "9")], [b"all ", b"", b"of it"]),
    "/open-ended": ("200 OK", [], iter([b"all ", b"of it"])),
    "/nothing": ("204 No Content", [], []),
    "/empty": ("200 OK", [("Content-Length", "0")], []),
}


def replies(environ, start_response):
    status, headers, body = REPLIES[environ["PATH_INFO"]]
    start_response(status, headers)
    return body


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/whole", b"all of it"),
        ("/parts", b"all of it"),
        ("/open-ended", b"all of it"),
        ("/nothing", b""),
        ("/empty", b""),
    ],
)
def test_replies_of_every_shape_arrive_whole(path: str, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTTPChannel, "task_class", InOnePiece)
    with serving(replies) as address, urllib.request.urlopen(address + path[1:]) as reply:
        assert reply.read() == body


def test_head_and_body_of_a_short_reply_travel_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTTPChannel, "task_class", InOnePiece)
    with serving(replies) as address:
        host, port = address.split("/")[2].split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /whole HTTP/1.1\r\nHost: here\r\n\r\n")
            received = connection.recv(65536)
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert received.endswith(b"\r\n\r\nall of it")


def says_when_it_came(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(environ[CAME].timestamp()).encode()]


def test_the_application_is_told_when_a_request_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTTPChannel, "task_class", InOnePiece)
    before = now().timestamp()
    with serving(says_when_it_came) as address, urllib.request.urlopen(address) as reply:
        assert before <= json.load(reply) <= now().timestamp()


def test_threads_share_their_memory_where_the_system_lets_them() -> None:
    assert share_memory() is (platform.libc_ver()[0] == "glibc")
