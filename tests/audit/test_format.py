"""What is written about audit files is true."""

import json
import re
from pathlib import Path

from lms.audit import file
from lms.audit.document import AuditDocument

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_example_is_an_audit() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "audit-format.md").read_text(), re.DOTALL)
    document = file.read(example.encode(), "audit-format.md")
    empty = [name for name, value in document if not value] + [name for name, value in document.inventory if not value]
    assert not empty, "the example shows every list"


def test_the_schema_is_that_of_the_document() -> None:
    kept = json.loads((DOCS / "audit.schema.json").read_text())
    assert kept == AuditDocument.model_json_schema(), "flask --app wsgi audit schema > docs/audit.schema.json"
