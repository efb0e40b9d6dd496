"""This page's address with another query."""

import pytest
from flask import Flask

from lms.web.shared.links import here

CASES = [
    ("/healthz", {"sort": "name"}, "/healthz?sort=name"),
    ("/healthz?sort=name&page=3", {"sort": "-name", "page": None}, "/healthz?sort=-name"),  # a new order starts again
    ("/healthz?team=1&team=2", {"page": 2}, "/healthz?team=1&team=2&page=2"),  # a repeated value stays repeated
    ("/healthz?_external=1&_scheme=javascript", {}, "/healthz?_external=1&_scheme=javascript"),  # no order to url_for
    ("/healthz?q=a%26b%3Dé", {}, "/healthz?q=a%26b%3D%C3%A9"),
]


@pytest.mark.parametrize(("address", "changes", "expected"), CASES)
def test_here(app: Flask, address: str, changes: dict[str, object], expected: str) -> None:
    with app.test_request_context(address):
        assert here(**changes) == expected
