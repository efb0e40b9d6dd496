"""What keeps a server from its work is found, each by itself."""

import os
from collections import namedtuple

import pytest
from flask import Flask
from sqlalchemy import text

from lms.kernel import health, migrations
from lms.kernel.database import db, writing
from lms.kernel.health import State

Usage = namedtuple("Usage", "total used free")


def test_a_server_as_it_should_be(app: Flask) -> None:
    with app.app_context():
        looks = (health.database, health.schema, health.storage)
        assert [look().state for look in looks] == [State.FINE] * 3
        assert health.disk_speed().facts["syncs"] > 0


def test_a_database_that_lacks_a_migration(app: Flask) -> None:
    with app.app_context(), writing():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
        found = health.schema()
    assert (found.state, found.facts) == (State.FAILED, {"applied": "0001", "newest": migrations.newest()})


def test_no_database_at_all(app: Flask) -> None:
    with app.app_context(), writing():
        db.session.execute(text("DROP TABLE alembic_version"))
        db.session.commit()
        assert health.schema().state is State.FAILED


def test_a_folder_that_cannot_be_written(app: Flask) -> None:
    app.config["INSTANCE_DIR"] = "/nowhere"
    with app.app_context():
        found = health.storage()
    assert (found.state, found.facts["folder"]) == (State.FAILED, "/nowhere")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_sqlite_does_not_bear_another_machines_disk(app: Flask, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(health, "_kind_of_disk", lambda _: kind)
    with app.app_context():
        assert health.storage().state is State.FAILED


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (100e9, 11e9, State.FINE),
        (100e9, 9e9, State.DOUBTFUL),
        (5e9, 0.9e9, State.DOUBTFUL),
        (4e12, 0.5e12, State.FINE),
    ],
)
def test_room_on_the_disk(app: Flask, monkeypatch: pytest.MonkeyPatch, total: float, free: float, state) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: Usage(total, total - free, free))
    with app.app_context():
        assert health.free_space().state is state


def test_a_slow_disk_is_doubtful(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_sync", lambda _: 1 / 150)
    with app.app_context():
        found = health.disk_speed()
    assert (found.state, found.facts) == (State.DOUBTFUL, {"syncs": 150, "milliseconds": 6.67})


def test_the_disk_of_a_folder_is_that_of_its_nearest_mount() -> None:
    assert health._kind_of_disk(health.Path("/proc/self")) == "proc"
    assert os.path.ismount("/proc")
