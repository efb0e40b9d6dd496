"""Every route is guarded, at run time and here."""

from flask import Flask


def test_every_view_has_a_guard(app: Flask) -> None:
    bare = [name for name, view in app.view_functions.items() if not hasattr(view, "guard")]
    assert not bare, f"put a decorator of lms.web.shared.guards (or the kiosk's) on {bare}"


def test_views_that_change_things_refuse_get(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.endpoint.split(".")[0] != "static", "static files are served by WhiteNoise"
