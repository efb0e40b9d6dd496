"""What tests of readers share."""

from collections.abc import Iterator

import pytest

from lms.application import create_app


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An application, for what says something in a language; no database is touched."""
    app = create_app({"INSTANCE_DIR": tmp_path_factory.mktemp("words"), "SECRET_KEY": "test", "DATABASE_URL": ""})
    with app.app_context():
        yield
