"""The audit of the demonstration, as bytes."""

from pathlib import Path

import pytest

import lms.demonstration


@pytest.fixture(scope="session")
def case_audit() -> bytes:
    return (Path(lms.demonstration.__file__).parent / "audit.yaml").read_bytes()
