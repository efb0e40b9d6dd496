"""An S3-like store in this process: it keeps in memory, and lets in whoever signs rightly."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lms.kernel import objects

PAGE = 2
"""Names in one answer to a list."""


class Store(ThreadingHTTPServer):
    """What is kept, by path, with the moment it came; `app` has the key that opens it."""

    def __init__(self, app: Any) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.app = app
        self.kept: dict[str, bytes] = {}
        self.came: dict[str, datetime] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Store

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._lets_in() and hashlib.sha256(body).hexdigest() == self.headers["x-amz-content-sha256"]:
            self.server.kept[self._path], self.server.came[self._path] = body, datetime.now(UTC)
            self._answer(200)

    def do_GET(self) -> None:
        if not self._lets_in():
            return
        if "list-type" in self.path:
            self._answer(200, self._page().encode())
        elif self._path in self.server.kept:
            self._answer(200, self.server.kept[self._path])
        else:
            self._answer(404)

    def do_DELETE(self) -> None:
        if self._lets_in():
            self.server.kept.pop(self._path, None)
            self._answer(204)

    @property
    def _path(self) -> str:
        return urlsplit(self.path).path

    def _page(self) -> str:
        after = parse_qs(urlsplit(self.path).query).get("continuation-token", [""])[0]
        names = sorted(name.split("/", 2)[2] for name in self.server.kept)
        shown = [name for name in names if name > after][:PAGE]
        more = f"<NextContinuationToken>{shown[-1]}</NextContinuationToken>" if shown and shown[-1] != names[-1] else ""
        entries = "".join(
            f"<Contents><Key>{name}</Key><Size>{len(self.server.kept['/etabli/' + name])}</Size>"
            f"<LastModified>{self.server.came['/etabli/' + name]:%Y-%m-%dT%H:%M:%S.000Z}</LastModified></Contents>"
            for name in shown
        )
        return f'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{entries}{more}</ListBucketResult>'

    def _lets_in(self) -> bool:
        address = urlsplit(self.path)
        moment = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        with self.server.app.app_context():
            right = objects.signed(
                self.command,
                self.headers["Host"],
                address.path,
                address.query,
                self.headers["x-amz-content-sha256"],
                moment,
            )
        said = self.headers["Authorization"]
        if re.search("Signature=(.*)", said)[1] == re.search("Signature=(.*)", right["Authorization"])[1]:
            return True
        self._answer(403)
        return False

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def store(app: Any) -> Iterator[Store]:
    """Run a store whose key is that of an application."""
    server = Store(app)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
