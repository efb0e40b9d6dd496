"""The server behind a proxy: who asks, and whether by HTTPS."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from waitress import create_server

from lms.cli.server import behind

FORWARDED = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https"}


@contextmanager
def mirror(proxy: str) -> Iterator[str]:
    """A server that says what it takes its caller for."""

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps([environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]]).encode()]

    options = {"host": "127.0.0.1", "port": 0, "threads": 1, "clear_untrusted_proxy_headers": True}
    server = create_server(application, **options, **behind(proxy))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
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
    with mirror(proxy) as address, urllib.request.urlopen(urllib.request.Request(address, headers=FORWARDED)) as reply:
        assert json.load(reply) == taken_for
