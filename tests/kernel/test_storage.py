"""Files by what they hold."""

import hashlib
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from lms.kernel import storage
from lms.kernel.database import NoRoom

DATA = b"a drawing" * 300_000
DIGEST = hashlib.sha256(DATA).hexdigest()


class Breaking(BytesIO):
    """A stream whose sender goes away half way."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise ConnectionResetError
        return super().read(size)


def everything(app: Flask) -> list[str]:
    folder = app.config["INSTANCE_DIR"] / "media"
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_the_same_bytes_are_kept_once(app: Flask) -> None:
    with app.app_context():
        assert storage.keep(BytesIO(DATA)) == storage.keep(BytesIO(DATA)) == (DIGEST, len(DATA))
        assert storage.read(DIGEST) == DATA
    assert everything(app) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_a_broken_stream_leaves_nothing(app: Flask) -> None:
    with app.app_context(), pytest.raises(ConnectionResetError):
        storage.keep(Breaking(DATA))
    assert everything(app) == []


def test_a_changed_file_is_noticed(app: Flask) -> None:
    with app.app_context():
        storage.keep(BytesIO(DATA))
        storage.path(DIGEST).write_bytes(b"another")
        with pytest.raises(storage.FileDamaged):
            storage.read(DIGEST)
        storage.keep(BytesIO(DATA))
        assert storage.read(DIGEST) == DATA


@pytest.mark.parametrize("digest", ["", "..", "../../secret_key", "A" * 64, "a" * 63])
def test_only_a_digest_names_a_file(app: Flask, digest: str) -> None:
    with app.app_context(), pytest.raises(ValueError):
        storage.path(digest)


def test_a_file_for_which_there_is_no_room_is_refused_and_leaves_nothing(
    app: Flask, a_small_disk: Callable[[int], None]
) -> None:
    with app.app_context():
        a_small_disk(10_000)
        with pytest.raises(NoRoom):
            storage.keep(BytesIO(b"x" * 10_001))
        a_small_disk(-1)
        assert not [left for left in (app.config["INSTANCE_DIR"] / "media").rglob("*") if left.is_file()]
        assert storage.keep(BytesIO(b"x" * 10_001))[1] == 10_001
