"""Pages stay light: the first one of a shift comes over a factory's network, to a small machine."""

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Flask

from lms.web.patterns.views import KIOSK
from lms.web.shared.assets import APART, BUNDLE, packed
from tests.strict import Page, StrictBrowser

STATIC = Path(__file__).resolve().parents[2] / "static"
SCRIPTS = {STATIC / path for path in (BUNDLE, *APART)}
FONTS = STATIC / "vendor/atkinson-hyperlegible-next-5.3.0"


def compressed(files: Iterable[Path]) -> int:
    """Bytes over the wire: fonts are compressed already."""
    return sum(file.stat().st_size if file.suffix == ".woff2" else len(packed(file)) for file in files)


def files_of(page: Page, app: Flask) -> set[Path]:
    """What the page names in its source, and what scripts of the kiosk it may come to need."""
    named = [found.get("href") or found.get("src") for found in page.select("link[href], script[src], use[href], img")]
    files = {STATIC / name.split("#")[0].removeprefix(app.config["STATIC_PREFIX"]) for name in named}
    return files | SCRIPTS


def test_style_and_scripts_of_the_kiosk(app: Flask) -> None:
    assert compressed((STATIC / "kiosk").rglob("*.css")) < 15_000
    assert compressed(SCRIPTS) < 25_000


@pytest.mark.parametrize("screen", KIOSK)
def test_a_screen_cold_weighs_less_than_65_kb(make_app: Callable[..., Flask], screen: str) -> None:
    app = make_app(DEVELOPMENT=True)
    page = StrictBrowser(app).get("patterns.screen", name=screen)
    files = files_of(page, app)
    assert {FONTS / "latin-400.woff2", FONTS / "latin-700.woff2", STATIC / "kiosk/kiosk.css"} <= files
    assert compressed(files) + len(gzip.compress(str(page).encode(), 9)) < 65_000


def test_what_a_page_of_the_desk_is_dressed_in_leaves_room_for_its_words(make_app: Callable[..., Flask]) -> None:
    app = make_app(DEVELOPMENT=True)
    files = files_of(StrictBrowser(app).get("patterns.index"), app) - set((STATIC / "kiosk").rglob("*"))
    files |= set((STATIC / "shared/components").glob("*.css"))
    assert compressed(files) < 95_000
