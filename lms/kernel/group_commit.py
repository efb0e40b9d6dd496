"""Acknowledged means on disk, many at a time.

`durably` runs a piece of writing and returns once it is committed. On SQLite whoever
comes while another writes waits, and the first of those who wait writes for all of them
in one transaction: one sync of the disk serves many answers. PostgreSQL does the same
by itself, so there each piece is a transaction of its own.
"""

import threading
from collections.abc import Callable
from contextvars import Context
from typing import Any, TypeVar

from flask import Flask, current_app

from lms.kernel.database import db, is_sqlite, release, writing

Result = TypeVar("Result")

LARGEST_BATCH = 64
"""So that the first of a batch does not wait long for the last."""


def init_app(app: Flask) -> None:
    """Give the application its queue of writers."""
    app.extensions["group_commit"] = _Queue(app)


def durably(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, after its writing was committed.

    `work` uses `db.session`, may run in the thread of another request, and runs again
    alone when something beside it fails: it takes all it needs (time, ids, language) as
    values and finds nothing of the request. What it raises is raised here, and nothing
    of it is kept.
    """
    # Whatever the request has read so far: its snapshot must not outlive what is written now.
    release()
    if not is_sqlite():
        result = work()
        db.session.commit()
        return result
    queue: _Queue = current_app.extensions["group_commit"]
    return queue.run(work)


class _Piece:
    """One piece of writing, and the one who waits for it."""

    __slots__ = ("error", "finished", "result", "turn", "work")

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = RuntimeError("never written")
        self.finished = False
        self.turn = threading.Lock()
        self.turn.acquire()


class _Queue:
    """Those who want to write, in the order in which they came."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._inner = threading.Lock()
        self._waiting: list[_Piece] = []
        self._someone_writes = False

    def run(self, work: Callable[[], Result]) -> Result:
        """Write, or let another write for us; return when it is on disk."""
        piece = _Piece(work)
        with self._inner:
            self._waiting.append(piece)
            wait, self._someone_writes = self._someone_writes, True
        if wait:
            piece.turn.acquire()
        if not piece.finished:
            self._write_for_all()
        if piece.error is not None:
            raise piece.error
        return piece.result

    def _write_for_all(self) -> None:
        with self._inner:
            batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
        try:
            # An empty context: a piece must not see the request of the one who writes.
            Context().run(self._write, batch)
        finally:
            for piece in batch:
                piece.finished = True
                piece.turn.release()
            self._pass_on()

    def _pass_on(self) -> None:
        with self._inner:
            self._someone_writes = bool(self._waiting)
            if self._waiting:
                self._waiting[0].turn.release()

    def _write(self, batch: list[_Piece]) -> None:
        if not self._commit(batch) and len(batch) > 1:
            # One of them failed: each for itself, so that only that one fails.
            for piece in batch:
                self._commit([piece])

    def _commit(self, batch: list[_Piece]) -> bool:
        error: BaseException | None = None
        with self._app.app_context(), writing():
            try:
                for piece in batch:
                    piece.result = piece.work()
                db.session.commit()
            except BaseException as raised:  # noqa: BLE001  (raised again where the work came from)
                db.session.rollback()
                error = raised
        for piece in batch:
            piece.error = error
        return error is None
