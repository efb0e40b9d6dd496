"""One transaction per successful request, strict headers, no door for other sites."""

import pytest
from flask import Flask
from sqlalchemy import text

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Site
from lms.web.shared.guards import public
from lms.web.shared.links import local_path
from tests.strict import StrictBrowser


@pytest.fixture
def probe(app: Flask) -> Flask:
    @public
    def keep(outcome: str) -> tuple[str, int] | str:
        db.session.add(Site(code=outcome, name=outcome))
        db.session.flush()
        if outcome == "refused":
            raise NotFound()
        if outcome == "broken":
            raise ZeroDivisionError
        return "kept", 201 if outcome == "kept" else 422

    app.add_url_rule("/probe/<outcome>", view_func=keep, methods=["GET", "POST"])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.mark.parametrize(
    ("method", "outcome", "status", "kept"),
    [
        ("POST", "kept", 201, True),
        ("POST", "invalid", 422, False),  # the view answered with a refusal
        ("POST", "refused", 404, False),  # a rule said no
        ("POST", "broken", 500, False),  # our own fault
    ],
)
def test_only_success_is_committed(probe: Flask, method: str, outcome: str, status: int, kept: bool) -> None:
    assert probe.test_client().open(f"/probe/{outcome}", method=method).status_code == status
    with probe.app_context():
        assert bool(db.session.execute(text("SELECT count(*) FROM sites")).scalar()) is kept


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_send_a_form(probe: Flask, site: str) -> None:
    refused = probe.test_client().post("/probe/kept", headers={"Sec-Fetch-Site": site})
    assert refused.status_code == 403


def test_a_form_without_its_token_is_refused(probe: Flask) -> None:
    probe.config["WTF_CSRF_ENABLED"] = True
    assert probe.test_client().post("/probe/kept").status_code == 400


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/probe/broken", 500)])
def test_error_pages_belong_to_the_product(probe: Flask, path: str, status: int) -> None:
    page = StrictBrowser(probe).get(path, status=status)
    assert "Traceback" not in page.get_text()
    assert page.html["lang"] == "fr"


def test_a_program_is_told_in_json(probe: Flask) -> None:
    told = probe.test_client().get("/nowhere", headers={"Accept": "application/json"})
    assert told.get_json()["status"] == 404


def test_the_language_is_remembered(browse: StrictBrowser) -> None:
    browse.post("shared.choose_language", {"language": "en", "next": "/nowhere"}, follow=False)
    assert browse.get("/nowhere", status=404).html["lang"] == "en"


@pytest.mark.parametrize("probe_path", ["/healthz", "/readyz"])
def test_health(app: Flask, probe_path: str) -> None:
    assert app.test_client().get(probe_path).get_json() == {"status": "ok"}


def test_a_server_that_is_not_ready_says_what_fails(app: Flask) -> None:
    app.config["INSTANCE_DIR"] = "/nowhere"
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "failed", "failed": ["storage"]})
    assert app.test_client().get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/teams/?a=1", True),
        ("//evil.example/", False),
        ("/\\evil.example", False),
        ("https://evil.example/", False),
        ("/\tevil", False),
        ("javascript:alert(1)", False),
        ("", False),
        (None, False),
    ],
)
def test_only_local_paths_are_followed(address: str | None, kept: bool) -> None:
    assert local_path(address) == (address if kept else None)
