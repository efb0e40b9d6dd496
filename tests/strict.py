"""A test browser that checks every page it fetches, and says how to mend it."""

from collections import Counter

import html5lib
from bs4 import BeautifulSoup
from bs4.builder._html5lib import HTML5TreeBuilder
from flask import Flask, url_for
from werkzeug.test import TestResponse


class FaultFinder(HTML5TreeBuilder):
    """Reads a page once: its tree, and what is not valid in it."""

    def __init__(self) -> None:
        super().__init__(store_line_numbers=False)
        self.faults: list[str] = []

    def feed(self, markup: str) -> None:
        """Read the page."""
        parser = html5lib.HTMLParser(tree=self.create_treebuilder, strict=False)
        parser.parse(markup)
        self.faults = [str(error) for error in parser.errors]


class Page(BeautifulSoup):
    """A parsed page that passed the checks."""

    def words(self, selector: str) -> list[str]:
        """Return the text of each element, white space folded."""
        return [" ".join(found.get_text(" ").split()) for found in self.select(selector)]


class StrictBrowser:
    """Fetch pages as one person would, and refuse a page that breaks a house rule."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def get(self, endpoint: str, *, status: int = 200, follow: bool = False, **values: object) -> Page:
        """Fetch an endpoint (or a path) and check the page."""
        response = self.client.get(self.address(endpoint, **values), follow_redirects=follow)
        return self._checked(response, status)

    def post(
        self,
        endpoint: str,
        data: dict[str, object] | None = None,
        *,
        status: int = 200,
        follow: bool = True,
        **values: object,
    ) -> Page | TestResponse:
        """Send a form and check the page it leads to."""
        response = self.client.post(self.address(endpoint, **values), data=data or {}, follow_redirects=follow)
        return self._checked(response, status) if follow else response

    def address(self, endpoint: str, **values: object) -> str:
        """Return the path of an endpoint."""
        if endpoint.startswith("/"):
            return endpoint
        with self.app.test_request_context():
            return url_for(endpoint, **values)

    def _checked(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, f"{response.request.path}: {response.status_code}, expected {status}"
        check_headers(response)
        return check_page(response.get_data(as_text=True), response.request.path)


def check_headers(response: TestResponse) -> None:
    """Every response of ours carries the strict headers."""
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'self'" in policy, "a response without the content security policy"
    assert "unsafe" not in policy, "the content security policy allows something unsafe"
    assert response.headers.get("X-Content-Type-Options") == "nosniff"
    assert "no-store" in response.headers.get("Cache-Control", ""), "a page that a browser may keep"


def check_page(html: str, path: str) -> Page:
    """Return the page if it keeps the rules of the house."""
    builder = FaultFinder()
    page = Page(html, builder=builder)
    assert not builder.faults, f"{path}: not valid HTML: {builder.faults[:3]}"
    for rule in RULES:
        fault = rule(page)
        assert fault is None, f"{path}: {fault}"
    return page


def _title(page: Page) -> str | None:
    headings = page.words("h1")
    if len(headings) != 1:
        return f"a page has exactly one h1, this one has {headings}"
    title = " ".join(page.title.get_text().split()) if page.title else ""
    if not title.startswith(headings[0]) or not title.removeprefix(headings[0]).startswith(" – "):
        return f"the title {title!r} must start with the h1 {headings[0]!r} and then name the site"
    return None


def _language(page: Page) -> str | None:
    return None if page.html.get("lang") and page.html.get("dir") else "html needs lang and dir"


def _ids(page: Page) -> str | None:
    repeated = [name for name, count in Counter(found["id"] for found in page.select("[id]")).items() if count > 1]
    return f"ids used twice: {repeated}" if repeated else None


def _inline(page: Page) -> str | None:
    if page.select("[style], style, script:not([src])"):
        return "inline styles and scripts are dropped by the content security policy"
    handlers = [name for found in page.find_all(True) for name in found.attrs if name.startswith("on")]
    return f"inline handlers: {handlers}" if handlers else None


def _hosts(page: Page) -> str | None:
    sources = [found.get("src") or found.get("href") for found in page.select("script[src], link[href], img[src]")]
    foreign = [source for source in sources if not source.startswith(("/", "data:"))]
    return f"assets from elsewhere: {foreign}" if foreign else None


def _forms(page: Page) -> str | None:
    for form in page.select("form"):
        if not form.has_attr("action") or form.get("method", "").lower() not in ("get", "post"):
            return "a form needs an action and a method"
        exempt = form["action"].startswith("/kiosk/")
        if form["method"].lower() == "post" and not exempt and not form.select('input[name="csrf_token"]'):
            return f"the form to {form['action']} has no csrf_token"
    return None


def _labels(page: Page) -> str | None:
    labelled = {label.get("for") for label in page.find_all("label")} - {None}
    for field in page.find_all(["input", "select", "textarea"]):
        if field.name == "input" and field.get("type") in ("hidden", "submit", "button"):
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        if not named and field.get("id") not in labelled:
            return f"the field {field.get('name')} has no label"
    return None


def _pictures(page: Page) -> str | None:
    return "a picture without alt" if page.select("img:not([alt])") else None


def _tables(page: Page) -> str | None:
    for table in page.select("table"):
        if not table.select("caption") or table.select("th:not([scope])"):
            return "a table needs a caption and a scope on each th"
    return None


RULES = (_title, _language, _ids, _inline, _hosts, _forms, _labels, _pictures, _tables)
