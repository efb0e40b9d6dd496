"""Audit files through the commands."""

from pathlib import Path

from flask import Flask

import lms.demonstration
from lms.audit import file

CASE = Path(lms.demonstration.__file__).parent / "audit.yaml"


def test_export_gives_back_what_import_took(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "import", str(CASE)]).exit_code == 0
    exported = runner.invoke(args=["audit", "export", "LACHEV"])
    assert file.read(exported.stdout.encode(), "out") == file.read(CASE.read_bytes(), "in")


def test_a_faulty_file_changes_nothing(app: Flask, tmp_path: Path) -> None:
    faulty = tmp_path / "audit.yaml"
    faulty.write_bytes(CASE.read_bytes().replace(b"polarity: asset", b"polarity: maybe"))
    refused = app.test_cli_runner().invoke(args=["audit", "import", str(faulty)])
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
    assert app.test_cli_runner().invoke(args=["audit", "export", "LACHEV"]).exit_code == 1
