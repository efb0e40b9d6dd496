"""What `durably` returns is on disk, and one that fails takes nobody with it."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, has_request_context
from sqlalchemy import insert, select

from lms.kernel import group_commit
from lms.kernel.database import db
from lms.kernel.group_commit import durably
from lms.people.models import Site

TOGETHER = 24


def add(code: str) -> str:
    db.session.execute(insert(Site), {"code": code, "name": code})
    return code.upper()


def fail_after(code: str) -> None:
    add(code)
    raise LookupError(code)


def codes(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Site.code)))


def all_at_once(app: Flask, works: list) -> list:
    """Run each work in a thread of its own, in a request of its own; return results or errors."""
    gate = threading.Barrier(len(works))

    def one(work):
        with app.test_request_context("/"):
            gate.wait()
            try:
                return durably(work)
            except LookupError as error:
                return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_each_gets_its_own_result(each_database: Flask) -> None:
    works = [lambda code=f"s{number}": add(code) for number in range(TOGETHER)]
    assert all_at_once(each_database, works) == [f"S{number}" for number in range(TOGETHER)]
    assert codes(each_database) == {f"s{number}" for number in range(TOGETHER)}


def test_one_that_fails_fails_alone(each_database: Flask) -> None:
    works = [lambda code=f"s{number}": add(code) for number in range(TOGETHER)]
    works[7] = lambda: fail_after("seven")
    results = all_at_once(each_database, works)
    assert [place for place, result in enumerate(results) if isinstance(result, LookupError)] == [7]
    assert codes(each_database) == {f"s{number}" for number in range(TOGETHER) if number != 7}


def test_many_share_one_commit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = []
    commit = db.session.commit
    monkeypatch.setattr(db.session, "commit", lambda: (commits.append(1), commit()))
    first_holds = threading.Event()

    def slow() -> str:
        first_holds.wait(5)
        return add("slow")

    with ThreadPoolExecutor(9) as pool:
        done = [pool.submit(in_request, app, slow)]
        queue = app.extensions["group_commit"]
        done += [pool.submit(in_request, app, lambda code=f"s{number}": add(code)) for number in range(8)]
        while len(queue._waiting) < 8:
            pass
        first_holds.set()
        assert len({future.result() for future in done}) == 9
    assert len(commits) == 2, "the first alone, then all who waited for it together"


def in_request(app: Flask, work):
    with app.test_request_context("/"):
        return durably(work)


def test_what_is_returned_is_on_disk(app: Flask) -> None:
    in_request(app, lambda: add("here"))
    with sqlite3.connect(app.config["INSTANCE_DIR"] / "lms.sqlite") as stranger:
        assert stranger.execute("SELECT code FROM sites").fetchall() == [("here",)]


def test_a_piece_sees_no_request(app: Flask) -> None:
    assert in_request(app, has_request_context) is False


def test_a_batch_has_a_bound(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "LARGEST_BATCH", 4)
    works = [lambda code=f"s{number}": add(code) for number in range(TOGETHER)]
    assert len(set(all_at_once(app, works))) == TOGETHER
