"""Files of a report: those that take long are asked for, kept, and not made twice."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from lms.evaluation import actions, queries
from lms.evaluation.decisions.actions import comment
from lms.evaluation.decisions.models import Subject
from lms.evaluation.decisions.rules import Remark
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import actions as jobs
from lms.kernel.jobs import working
from lms.kernel.jobs.models import Job
from lms.people.permissions import Role
from lms.reports import drawing, formats
from lms.reports.media_types import MEDIA_TYPES
from tests.evaluation.plant import AFTER, END, Plant
from tests.strict import StrictBrowser

AsRole = Callable[..., StrictBrowser]
LATER = AFTER + jobs.SILENCE * 2


@pytest.fixture
def at(app: Flask, drawn: Path) -> dict:
    """Where the evaluation of the small plant is; no file of it was made yet."""
    for file in (file for kind in ("pdf", "docx", "zip") for file in drawn.glob(f"*.{kind}")):
        file.unlink()
    with app.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen()
        plant.learn()
        number = actions.evaluate(pilot, END, by=None, now=AFTER).id
        db.session.commit()
    return {"code": "pilot", "number": number}


def work_off(app: Flask) -> int:
    with app.app_context():
        return working.work_off()


def silent_since(app: Flask, moment: datetime) -> None:
    """The thread that says that a job is worked on knows no other time than that of the machine."""
    with app.app_context(), writing():
        db.session.execute(update(Job).values(beat_at=moment))
        db.session.commit()


def killed(*arguments: object) -> bytes:
    raise KeyboardInterrupt


def download(browser: StrictBrowser, kind: str, at: dict) -> bytes:
    response = browser.client.get(browser.address("audits.report", kind=kind, **at))
    assert (response.status_code, response.mimetype) == (200, MEDIA_TYPES[kind].split(";")[0])
    return response.data


@hold(AFTER)
def test_a_print_is_asked_for_followed_and_kept(app: Flask, at: dict, as_role: AsRole) -> None:
    browser = as_role(Role.STAFF_REPRESENTATIVE)
    direct = browser.client.get(browser.address("audits.report", kind="pdf", **at))
    assert direct.location.endswith("/files#pdf")
    following = browser.post("audits.make_file", kind="pdf", follow=False, **at).location
    assert browser.post("audits.make_file", kind="pdf", follow=False, **at).location == following
    assert browser.get("audits.files", **at).select(f'a[href="{following}"]')
    assert work_off(app) == 1
    assert browser.client.get(following).location.endswith("/files#pdf")
    assert download(browser, "pdf", at).startswith(b"%PDF-")
    assert not browser.get("audits.files", **at).select("form[action$='/files/pdf']")
    # What is kept is offered again and not made again; nor does anybody get it who may not read evaluations.
    assert browser.post("audits.make_file", kind="pdf", follow=False, **at).location.endswith("/files#pdf")
    assert work_off(app) == 0
    as_role(Role.TRAINER).get("audits.report", status=403, kind="pdf", **at)
    as_role(Role.TRAINER).get("audits.files", status=403, **at)
    assert as_role(Role.HR, "fr").get("audits.files", **at).select("form[action$='/files/pdf']")


@hold(AFTER)
def test_a_comment_makes_a_kept_file_the_former_one(app: Flask, at: dict, as_role: AsRole) -> None:
    browser = as_role(Role.HR)
    browser.post("audits.make_file", kind="zip", **at)
    work_off(app)
    with zipfile.ZipFile(io.BytesIO(download(browser, "zip", at))) as archive:
        assert "recompute.py" in {Path(name).name for name in archive.namelist()}
    # A dossier speaks both languages: it is the same for everybody.
    assert download(as_role(Role.HR, "fr"), "zip", at)
    with app.app_context(), writing():
        found = queries.evaluation(queries.pilot("pilot"), at["number"])
        remark = Remark(Subject.RECOMMENDATION, "P1", "Two teams were away.", "Trainer", "A. Roy")
        comment(found, remark, by=None, now=AFTER)
        db.session.commit()
    assert browser.get("audits.files", **at).select("form[action$='/files/zip']")


def test_whoever_takes_a_killed_job_up_goes_on_from_its_pictures(
    app: Flask, at: dict, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, draw = [], drawing._draw
    monkeypatch.setattr(drawing, "_draw", lambda what, text: drawn.append(what) or draw(what, text))
    browser = as_role(Role.HR)
    with hold(AFTER):
        browser.post("audits.make_file", kind="docx", **at)
        with monkeypatch.context() as patched:
            patched.setattr(formats, "written", killed)
            with pytest.raises(KeyboardInterrupt):
                work_off(app)
        before = drawn.copy()
        silent_since(app, AFTER)
        assert browser.get("audits.files", **at).select("a[href*='/jobs/']")
    with hold(LATER):
        assert work_off(app) == 1
        assert drawn == [*before, "docx"]
        assert download(browser, "docx", at).startswith(b"PK")


@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_what_is_quick_is_made_when_it_is_downloaded(at: dict, as_role: AsRole, kind: str) -> None:
    assert download(as_role(Role.STAFF_REPRESENTATIVE), kind, at)


def test_the_page_for_operators_is_handed_out(at: dict, as_role: AsRole) -> None:
    browser = as_role(Role.STAFF_REPRESENTATIVE)
    assert browser.client.get(browser.address("audits.operators_print", **at)).data.startswith(b"%PDF-")
