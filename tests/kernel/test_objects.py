"""Files in an S3-compatible store."""

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from lms.kernel import backup, objects, storage
from lms.kernel.clock import now
from lms.kernel.database import db
from lms.kernel.storage import FileDamaged
from tests.kernel.object_server import Store, store

KEYS = {"S3_KEY": "AKIAIOSFODNN7EXAMPLE", "S3_SECRET": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}


@pytest.fixture
def remote(make_app: Callable[..., Flask]) -> Iterator[Store]:
    app = make_app(**KEYS)
    with store(app) as server:
        app.config["S3_ADDRESS"] = server.address
        with app.app_context():
            yield server
            db.engine.dispose()


def copies(server: Store) -> list[Path]:
    return list((server.app.config["INSTANCE_DIR"] / "media").glob("??/*"))


def test_a_signature_is_that_of_the_example_of_aws(app: Flask) -> None:
    # “Example: GET Bucket Lifecycle”, docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    app.config.update(KEYS)
    moment = datetime(2013, 5, 24, tzinfo=UTC)
    with app.app_context():
        headers = objects.signed("GET", "examplebucket.s3.amazonaws.com", "/", "lifecycle=", objects.EMPTY, moment)
    assert headers["Authorization"].endswith(
        "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
    )


def test_a_file_is_in_the_store_and_its_copy_comes_back(remote: Store) -> None:
    digest, size = storage.keep(io.BytesIO(b"a film"))
    assert (remote.kept, size) == ({f"/etabli/media/{digest}": b"a film"}, 6)
    shutil.rmtree(remote.app.config["INSTANCE_DIR"] / "media")
    assert storage.read(digest) == b"a film"
    storage.forget_copies(most=10)
    assert len(copies(remote)) == 1
    storage.forget_copies(most=0)
    assert copies(remote) == []
    storage.remove(digest)
    assert remote.kept == {}
    with pytest.raises(FileDamaged):
        storage.read(digest)


def test_what_the_store_spoilt_is_not_shown_and_nothing_is_kept_without_it(remote: Store) -> None:
    digest, _size = storage.keep(io.BytesIO(b"a film"))
    storage.forget_copies(most=0)
    remote.kept[f"/etabli/media/{digest}"] = b"another"
    assert not storage.path(digest).exists()
    remote.app.config["S3_ADDRESS"] = "http://127.0.0.1:9"
    with pytest.raises(objects.StoreAway):
        storage.keep(io.BytesIO(b"a film"))
    assert copies(remote) == []  # Nobody is told that it is kept: it is not.


def test_a_backup_holds_what_is_in_the_store_alone(remote: Store, tmp_path: Path) -> None:
    digests = sorted(storage.keep(io.BytesIO(name))[0] for name in (b"1", b"2", b"3"))
    storage.forget_copies(most=0)
    assert sorted(digest for digest, _size in storage.kept_since(0)) == digests
    backup.make(tmp_path / "all.backup", now())
    remote.kept.clear()
    storage.send_all()
    assert sorted(remote.kept) == [f"/etabli/media/{digest}" for digest in digests]
