"""Whoever does long work knows every kind of it: pages load theirs when they are asked for, the worker never does."""

import ast
import re
from pathlib import Path

from lms.cli import jobs

LMS = Path(jobs.__file__).parents[1]
REGISTERED = re.compile(r"\bregister\(\s*Kind\(")


def test_the_worker_imports_every_file_that_registers_work() -> None:
    imported = {
        alias.name
        for node in ast.parse(Path(jobs.__file__).read_text()).body
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    files = [file for file in LMS.rglob("*.py") if REGISTERED.search(file.read_text())]
    assert len(files) > 10
    assert {".".join(file.relative_to(LMS.parent).with_suffix("").parts) for file in files} - imported == set()
