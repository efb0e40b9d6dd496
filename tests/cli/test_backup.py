"""`flask backup` and `flask restore`: everything comes back, or nothing is touched; kiosks notice."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from lms.application import create_app
from lms.kernel import epoch, storage
from lms.kernel.database import db, writing
from lms.people.models import Person
from tests import postgres
from tests.delivery.house import person

MakeApp = Callable[..., Flask]


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def lived_in(make_app: MakeApp) -> Flask:
    """A plant with somebody in it, a file, and a key of its own."""
    app = make_app(SECRET_KEY="")
    with app.app_context(), writing():
        person()
        storage.keep(io.BytesIO(b"a film"))
        db.session.commit()
    return app


@pytest.fixture
def empty(tmp_path: Path) -> Callable[..., Flask]:
    """Make an application in an instance where nothing is yet."""

    def make(**settings: object) -> Flask:
        return create_app({"INSTANCE_DIR": tmp_path / "new", "SECRET_KEY": "", "DATABASE_URL": "", **settings})

    return make


def people_and_epoch(app: Flask) -> tuple[list[tuple[str, str]], object]:
    with app.app_context():
        return [
            tuple(row) for row in db.session.execute(select(Person.registration, Person.given_name))
        ], epoch.current()


def test_everything_comes_back_in_a_new_epoch(lived_in: Flask, empty: Callable[..., Flask], tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    made = run(lived_in, "backup", str(file), "--json")
    assert made.exit_code == 0, made.stderr
    assert json.loads(made.stdout)["secret_key_inside"]
    assert os.stat(file).st_mode & 0o777 == 0o600
    assert not list(tmp_path.rglob(".*")), "nothing half done is left"

    app = empty()
    restored = run(app, "restore", str(file), "--json")
    assert restored.exit_code == 0, restored.stderr
    again = empty()  # As a server starts: the key that came back is read anew.
    (before, old), (after, new) = people_and_epoch(lived_in), people_and_epoch(again)
    assert (after, new == old) == (before, False)
    assert again.config["SECRET_KEY"] == lived_in.config["SECRET_KEY"]
    with again.app_context():
        digest = next((tmp_path / "new/media").rglob("??/*")).relative_to(tmp_path / "new/media").as_posix()
        assert storage.read(digest.replace("/", "")) == b"a film"


def test_nothing_is_overwritten(lived_in: Flask, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    assert run(lived_in, "backup", str(file)).exit_code == 0
    for words in (["backup", str(file)], ["restore", str(file)]):
        refused = run(lived_in, *words)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert people_and_epoch(lived_in)[0]


def altered(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = file.with_name("altered.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def strange(parts: dict[str, bytes], **fields: object) -> None:
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **fields}).encode()


CHANGES: list[Callable[[dict[str, bytes]], None]] = [
    lambda parts: parts.update({"secret_key": b"another"}),
    lambda parts: parts.update({"lms.sqlite": parts["lms.sqlite"][:-4096]}),
    lambda parts: parts.update({"../outside": b"x"}),
    lambda parts: strange(parts, files={**json.loads(parts["manifest.json"])["files"], "../outside": "0" * 64}),
    lambda parts: parts.pop("manifest.json"),
    lambda parts: parts.update({"manifest.json": b"["}),
    lambda parts: strange(parts, format="another/1"),
    lambda parts: strange(parts, migration="9999"),
    lambda parts: strange(parts, database="postgresql"),
    lambda parts: strange(parts, key="00"),
]


def test_what_is_no_whole_backup_of_ours_is_refused_and_leaves_nothing(
    lived_in: Flask, empty: Callable[..., Flask], tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    assert run(lived_in, "backup", str(file)).exit_code == 0
    app = empty()
    other = tmp_path / "no.zip"
    other.write_bytes(b"PK no archive")
    for source in (other, *(altered(file, change) for change in CHANGES)):
        refused = run(app, "restore", str(source))
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1), refused.stderr
        assert [left.name for left in (tmp_path / "new").iterdir()] == ["secret_key"]
    assert not (tmp_path / "outside").exists()


def test_a_key_that_is_set_must_be_that_of_the_backup(
    lived_in: Flask, empty: Callable[..., Flask], tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    assert run(lived_in, "backup", str(file)).exit_code == 0
    refused = run(empty(SECRET_KEY="another"), "restore", str(file))
    assert (refused.exit_code, "LMS_SECRET_KEY" in refused.stderr) == (1, True)
    assert run(empty(SECRET_KEY=lived_in.config["SECRET_KEY"]), "restore", str(file)).exit_code == 0


def test_a_backup_without_room_is_refused_and_leaves_nothing(
    lived_in: Flask, tmp_path: Path, a_small_disk: Callable[[int], None]
) -> None:
    a_small_disk(100_000)
    refused = run(lived_in, "backup", str(tmp_path / "backup.zip"))
    a_small_disk(-1)
    assert refused.exit_code == 1
    assert not list(tmp_path.glob("*backup*")) + list((tmp_path / "instance").glob(".backup-*"))


def test_brought_back_by_other_means_it_is_told_to_kiosks_too(lived_in: Flask) -> None:
    before = people_and_epoch(lived_in)[1]
    assert run(lived_in, "restore", "--elsewise").exit_code == 0
    assert people_and_epoch(lived_in)[1] != before
    assert run(lived_in, "restore").exit_code == 2


def test_postgresql_through_its_own_programs(
    make_app: MakeApp, migrated_postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.zip"
    with postgres.fresh_database(like=migrated_postgresql) as url:
        app = make_app(DATABASE_URL=url)
        with app.app_context(), writing():
            person()
        monkeypatch.setenv("PATH", "")
        missing = run(app, "backup", str(file))
        assert (missing.exit_code, "pg_dump" in missing.stderr) == (1, True)
        monkeypatch.setenv("PATH", str(postgres.programs()))
        made = run(app, "backup", str(file))
        assert made.exit_code == 0, made.stderr
        assert run(app, "restore", str(file)).exit_code == 1, "there is a database"
        before = people_and_epoch(app)
        with app.app_context():
            db.engine.dispose()
    with postgres.fresh_database() as url:
        again = make_app(DATABASE_URL=url)
        restored = run(again, "restore", str(file))
        assert restored.exit_code == 0, restored.stderr
        after = people_and_epoch(again)
        assert (after[0], after[1] == before[1]) == (before[0], False)
        with again.app_context():
            assert db.session.scalar(select(func.count()).select_from(epoch.Epoch)) == 2
            db.session.rollback()
            db.engine.dispose()
