"""Components have their style and their signs."""

import re
from pathlib import Path

from lms.web.shared.navigation import ROOMS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
SPRITE = (ROOT / "static/vendor/lucide-1.62.0/sprite.svg").read_text()


def test_every_style_of_a_component_is_loaded() -> None:
    listed = set(re.findall(r'url\("components/(\w+\.css)"\)', (ROOT / "static/shared/components.css").read_text()))
    assert listed == {file.name for file in (ROOT / "static/shared/components").glob("*.css")}


def test_a_style_bears_the_name_of_a_component() -> None:
    components = {file.stem for file in (TEMPLATES / "shared/components").glob("*.html")}
    assert {file.stem for file in (ROOT / "static/shared/components").glob("*.css")} <= components


def test_a_component_file_holds_the_macro_of_its_name() -> None:
    for file in (TEMPLATES / "shared/components").glob("*.html"):
        assert f"{{% macro {file.stem}(" in file.read_text(), file


def test_every_sign_is_in_the_sprite() -> None:
    sources = {file: file.read_text() for file in TEMPLATES.rglob("*.html")}
    named = {
        (name, file.relative_to(ROOT).as_posix())
        for file, source in sources.items()
        for name in re.findall(r"""\bicon(?:=|\()\s*["']([a-z0-9-]+)["']""", source)
    } | {(room.icon, "lms/web/shared/navigation.py") for room in ROOMS}
    missing = [where for where in named if f'<symbol id="{where[0]}"' not in SPRITE]
    assert not missing, f"add to `icons` in static/vendor/vendor.json and run deploy/vendor.py --fetch: {missing}"
