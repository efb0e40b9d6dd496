"""What few need is not loaded before one of them does."""

import subprocess
import sys
from pathlib import Path

from lms.kernel.later import Later

ROOT = Path(__file__).resolve().parents[2]
NEVER_AT_START = (
    *("openpyxl", "xlsxwriter", "typst", "vl_convert", "charset_normalizer", "email_validator"),
    *("numpy", "scipy", "statsmodels"),
)


def test_a_library_is_there_when_it_is_used() -> None:
    assert Later("json").dumps([1]) == "[1]"


def test_the_server_starts_without_what_few_need(tmp_path: Path) -> None:
    code = f"import sys, wsgi; print([name for name in {NEVER_AT_START} if name in sys.modules])"
    environment = {"LMS_INSTANCE_DIR": str(tmp_path), "LMS_SECRET_KEY": "test"}
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
