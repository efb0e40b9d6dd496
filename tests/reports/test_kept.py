"""What was made is kept as long as somebody asks for it."""

import os
import time
from pathlib import Path

import pytest

from lms.reports import kept

DAY = 24 * 3600


def aged(file: Path, days: float) -> Path:
    then = time.time() - days * DAY
    os.utime(file, (then, then))
    return file


def test_what_nobody_asked_for_goes_when_something_is_kept(tmp_path: Path) -> None:
    old, asked, young, new = (kept.place(tmp_path / "drawn", name, "pdf") for name in (b"a", b"b", b"c", b"d"))
    for file in (old, asked, young):
        kept.keep(file, file.name.encode())
    aged(old, kept.DAYS + 1)
    aged(young, kept.DAYS - 1)
    assert kept.read(aged(asked, kept.DAYS + 1)) == asked.name.encode()
    kept.keep(new, b"")
    assert set((tmp_path / "drawn").iterdir()) == {asked, young, new}


def test_what_is_not_kept_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        kept.read(kept.place(tmp_path, b"a", "pdf"))
    assert not list(tmp_path.iterdir())
