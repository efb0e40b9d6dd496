"""The few things asked of an S3-compatible store (AWS, MinIO, Garage, Ceph…): put, get, delete, list.

Requests are signed by hand (AWS Signature Version 4, docs.aws.amazon.com/AmazonS3/latest/API/
sig-v4-header-based-auth.html): a client library would bring 80 MB for these four. The hash of what is
sent, which the signature needs, is the name under which it is kept.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from lms.kernel.clock import now
from lms.kernel.later import Later
from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting

element_tree = Later("defusedxml.ElementTree")

PREFIX = "media/"
EMPTY = hashlib.sha256(b"").hexdigest()
CHUNK = 1 << 20
PATIENCE = 20
"""Seconds without a byte."""


class StoreAway(Refusal):
    """The store of files does not answer, or does not let us in."""


def put(digest: str, file: Path) -> None:
    """Store a file under its SHA-256; raises StoreAway."""
    with file.open("rb") as body, _asked("PUT", PREFIX + digest, body=body, content=digest) as answer:
        _expect(answer, 200)


def get(digest: str, target: IO[bytes]) -> bool:
    """Write what is stored of a digest to a file, if it is there and whole; say whether it was. Raises StoreAway."""
    with _asked("GET", PREFIX + digest) as answer:
        if answer.status == 404:
            return False
        _expect(answer, 200)
        whole = hashlib.sha256()
        while chunk := answer.read(CHUNK):
            whole.update(chunk)
            target.write(chunk)
    return whole.hexdigest() == digest


def delete(digest: str) -> None:
    """Let go of a digest; raises StoreAway."""
    with _asked("DELETE", PREFIX + digest) as answer:
        _expect(answer, 200, 204, 404)


def listed() -> Iterator[tuple[str, int, float]]:
    """Yield digest, size and the moment (POSIX) of all that is stored; raises StoreAway."""
    more: str | None = ""
    while more is not None:
        query = {"list-type": "2", "prefix": PREFIX, **({"continuation-token": more} if more else {})}
        with _asked("GET", "", query) as answer:
            _expect(answer, 200)
            page = element_tree.fromstring(answer.read())
        for entry in page.iterfind("{*}Contents"):
            moment = datetime.fromisoformat(_text(entry, "LastModified"))
            yield _text(entry, "Key").removeprefix(PREFIX), int(_text(entry, "Size")), moment.timestamp()
        more = _text(page, "NextContinuationToken") or None


def _text(element: Any, name: str) -> str:
    return element.findtext(f"{{*}}{name}") or ""


def _expect(answer: HTTPResponse, *statuses: int) -> None:
    if answer.status not in statuses:
        raise StoreAway(status=answer.status)


@contextmanager
def _asked(
    method: str,
    key: str,
    query: Mapping[str, str] | None = None,
    *,
    body: IO[bytes] | None = None,
    content: str = EMPTY,
) -> Iterator[HTTPResponse]:
    address = urlsplit(setting("S3_ADDRESS"))
    path = quote(f"/{setting('S3_BUCKET')}/{key}")
    asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted((query or {}).items()))
    headers = signed(method, address.netloc, path, asked, content, now())
    size = _size(body) if body else None
    connect = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = connect(address.netloc, timeout=PATIENCE)
    try:
        if size is not None:
            headers["Content-Length"] = str(size)
        connection.request(method, f"{path}?{asked}" if asked else path, body=body, headers=headers)
        yield connection.getresponse()
    except (OSError, HTTPException) as error:
        raise StoreAway(status=type(error).__name__) from error
    finally:
        connection.close()


def _size(body: IO[bytes]) -> int:
    size = body.seek(0, 2)
    body.seek(0)
    return size


def signed(method: str, host: str, path: str, query: str, content: str, moment: datetime) -> dict[str, str]:
    """Return the headers of a request with its signature. `query` is sorted and quoted already."""
    stamp = moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    said = {"host": host, "x-amz-content-sha256": content, "x-amz-date": stamp}
    names = ";".join(said)
    headers = "".join(f"{name}:{value}\n" for name, value in said.items())
    canonical = "\n".join((method, path, query, headers, names, content))
    scope = f"{stamp[:8]}/{setting('S3_REGION')}/s3/aws4_request"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashed}"
    key = f"AWS4{setting('S3_SECRET')}".encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    credential = f"Credential={setting('S3_KEY')}/{scope}"
    signature = _hmac(key, to_sign).hex()
    authorization = f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"
    return {**said, "Authorization": authorization}


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
