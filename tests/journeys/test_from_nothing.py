"""An empty plant, and no file but the roster: people, an audit, a pilot and its evaluation, all by their forms."""

import io
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from flask import Flask

from lms.audit import queries as audits
from lms.audit.faults import faults
from lms.authoring import actions as authoring
from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.people import queries as people
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import whole_file
from tests.strict import Page, StrictBrowser
from tests.web.audits.test_entries import as_sent

SignedIn = Callable[..., StrictBrowser]
ROSTER = "Matricule;Nom;Prénom;Site;Atelier;Équipe;Horaire\n" + "".join(
    f"{number};Nom {number};Prénom;Usine;Enduction;Équipe {'AB'[number % 2]};Matin\n" for number in range(24)
)
ENTRIES = (
    (
        "arrangements",
        {
            "title-fr": "En salle", "mode": "classroom", "outcome": "modules", "outcome_reason-fr": "Tout y passe.",
            "modules": "whole",
        },
    ),
    ("trainers", {"title-fr": "Formatrice A", "role": "occasional"}),
    ("materials", {"title-fr": "Classeur", "arrangement": "AR1", "reuse": "rework"}),
    ("it", {"title-fr": "Bornes", "kind": "kiosk", "state": "ready"}),
    ("panel", {"role": "operator", "met": "8", "shifts-0-shift": "Matin", "shifts-0-met": "8"}),
    ("themes", {"title-fr": "Accès"}),
    (
        "evidence",
        {"source_type": "interview", "role": "operator", "excerpt-fr": "Loin.", "themes": "TH1", "coder": "A"},
    ),
    ("evidence", {"source_type": "observation", "excerpt-fr": "Personne n’y va."}),
    ("findings", {"statement-fr": "Le savoir est loin.", "polarity": "obstacle", "evidence": ["E1", "E2"]}),
    ("recommendations", {"statement-fr": "Le mettre à la borne.", "findings": "C1", "testable": "yes"}),
    ("actions", {"title-fr": "Poser une borne", "recommendation": "P1", "milestones-0-title-fr": "Prise"}),
    (
        "vigilance",
        {
            "statement-fr": "La nuit.", "likelihood": "2", "severity": "2", "lifted_when-fr": "Elle vient.",
            "watch-0-indicator": "Q1", "watch-0-direction": "le", "watch-0-limit": "0,15",
        },
    ),
    ("maturity", {"process_": "MAT-L1", "delivery": "2", "delivery_evidence": "E2"}),
    ("gates", {"gate": "works-council", "recorded_on": "2026-01-12"}),
    ("moments", {"moment": "kick-off", "planned_on": "2026-01-12"}),
)  # fmt: skip


def send(browser: StrictBrowser, endpoint: str, answers: Mapping[str, object], **where: object) -> Page:
    """Open a form, answer it, send it as a browser would."""
    form = as_sent(browser.get(endpoint, **where).select_one("main form[method=post]"))
    for name, answer in answers.items():
        form.setlist(name, answer if isinstance(answer, list) else [answer])
    answer = browser.client.post(browser.address(endpoint, **where), data=form)
    assert answer.status_code == 302, Page(answer.get_data(as_text=True), "html5lib").words(".field-fault")
    return browser.get(answer.headers["Location"])


@pytest.fixture
def plant(app: Flask, signed_in_as: SignedIn) -> None:
    """A shift, a roster that makes the other places, a published module."""
    administrator = signed_in_as(Role.ADMINISTRATOR)
    send(
        administrator,
        "admin.add",
        {"code": "m", "name": "Matin", "starts_at": "05:00", "ends_at": "13:00"},
        kind="shift",
    )
    file = {"file": (io.BytesIO(ROSTER.encode()), "roster.csv")}
    shown = administrator.get(administrator.post("admin.upload", file, follow=False).headers["Location"])
    assert "36" not in shown.words(".big-number")
    made = administrator.get(shown.select_one("a[href*='make=on']")["href"])
    form = made.select_one("form:has([name=fingerprint])")
    administrator.post(form["action"], as_sent(form))
    with app.app_context(), writing():
        authoring.publish(authoring.store_file(whole_file(), by=None, now=now()), note="", by=None, now=now())
        db.session.commit()


@pytest.mark.usefixtures("plant")
def test_the_whole_case_by_its_forms(app: Flask, signed_in_as: SignedIn) -> None:
    evaluator = signed_in_as(Role.EVALUATOR)
    send(evaluator, "audits.new_audit", {"code": "NEUF", "title-fr": "Audit", "summary-fr": "Pourquoi ?"})
    for section, answers in ENTRIES:
        send(evaluator, "audits.add", answers, code="NEUF", section=section)
    with app.app_context():
        assert list(faults(audits.document(audits.audit("NEUF")), today())) == []
        teams = [str(team.id) for team in people.teams()]
        day = today()
    times = {"assigned_on": day, "due_on": day + timedelta(weeks=4)}
    first = {"recommendation": "1", "module": "1", "teams": teams}
    send(evaluator, "audits.new_plan", {**first, **{name: str(value) for name, value in times.items()}})
    pilot = {"code": "P", "title_fr": "Pilote", "teams": teams, "starts_on": str(day)}
    send(evaluator, "audits.new_pilot", {**pilot, "ends_on": str(day + timedelta(weeks=8))})
    send(evaluator, "audits.add_indicator", {"threshold": "70"}, code="P", indicator="R1")
    send(evaluator, "audits.freeze", {"confirmed": "y"}, code="P")
    told = {"opinion_on": str(day), "notice_on": str(day), "notice_version": "1"}
    send(evaluator, "audits.conditions", told, code="P")
    following = send(evaluator, "audits.evaluate", {}, code="P").select_one(".job")["hx-get"]
    with app.app_context():
        working.work_off()
    report = evaluator.get(following, follow=True)
    assert report.words("h1") == ["Evaluation of the pilot Pilote"]
    assert "Not measurable" in report.get_text()  # nobody was at a kiosk yet
