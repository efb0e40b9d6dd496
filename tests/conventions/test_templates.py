"""Every template is used, and every page has a title."""

import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"


def sources() -> dict[str, str]:
    return {file.relative_to(TEMPLATES).as_posix(): file.read_text() for file in TEMPLATES.rglob("*.html")}


def test_every_template_is_used() -> None:
    code = "\n".join(file.read_text() for file in (ROOT / "lms").rglob("*.py")) + "\n".join(sources().values())
    code += "".join(f'"shared/components/{name}.html"' for name in re.findall(r"\bui\.(\w+)\(", code))
    unused = [
        name for name in sources() if not re.search(rf"[\"'/]{re.escape(name)}[\"']", code) and f'"{name}"' not in code
    ]
    assert not unused, f"nothing renders {unused}"


def test_every_page_has_a_title() -> None:
    bare = [
        name
        for name, source in sources().items()
        if "{% extends" in source and "/layouts/" not in name and "{% block title %}" not in source
    ]
    assert not bare, f"give these a title block: {bare}"


def test_every_template_compiles(app: Flask) -> None:
    for name in sources():
        app.jinja_env.get_template(name)


def test_nothing_is_marked_safe_by_hand() -> None:
    marked = [name for name, source in sources().items() if re.search(r"\|\s*safe\b", source)]
    assert not marked, f"only what kernel.rich_text and our own charts produce is Markup: {marked}"
