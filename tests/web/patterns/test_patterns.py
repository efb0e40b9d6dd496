"""The pattern pages keep the rules of the house, and are nobody's business in production."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.web.patterns.views import KIOSK
from tests.strict import StrictBrowser


@pytest.fixture
def patterns(make_app: Callable[..., Flask]) -> StrictBrowser:
    return StrictBrowser(make_app(DEVELOPMENT=True))


def test_every_component_of_the_desk_is_shown_with_its_code(patterns: StrictBrowser) -> None:
    page = patterns.get("patterns.index")
    assert len(page.select(".pattern")) == len(page.select(".pattern pre")) == 22
    assert 'ui.verdict("met")' in page.select_one("#pattern-verdict ~ details code").get_text()


@pytest.mark.parametrize("name", KIOSK)
def test_every_screen_of_the_kiosk_is_shown(patterns: StrictBrowser, name: str) -> None:
    patterns.get("patterns.screen", name=name)


@pytest.mark.parametrize("path", ["/patterns/", "/patterns/kiosk/welcome"])
def test_production_has_no_patterns(browse: StrictBrowser, path: str) -> None:
    browse.get(path, status=404)


def test_an_unknown_screen_is_refused(patterns: StrictBrowser) -> None:
    patterns.get("/patterns/kiosk/nowhere", status=404)
