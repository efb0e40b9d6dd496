"""What is drawn for one test is there for the next: the same small plant is evaluated again and again."""

from pathlib import Path

import pytest

from lms.reports import kept


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture(autouse=True)
def drawn_once(tmp_path: Path, drawn: Path) -> None:
    """Keep what is drawn apart from the instance of the test; it goes by what it shows."""
    instance = tmp_path / "instance"
    instance.mkdir()
    (instance / kept.FOLDER).symlink_to(drawn)
