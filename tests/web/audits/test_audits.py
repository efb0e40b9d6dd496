"""Reading an audit: every section, both languages, what is shown to whom; files in and out."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from lms.audit import actions, editing, file, queries
from lms.audit.document import AuditDocument, entries
from lms.audit.models import Provenance
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.strict import StrictBrowser
from tests.web.audits.conftest import NOW

SECTIONS = (
    "summary inventory coverage maturity readiness panel evidence themes findings recommendations action_plan "
    "vigilance moments traceability"
).split()
RECORDS = ["attachments", "history"]
READERS = [Role.EVALUATOR, Role.STAFF_REPRESENTATIVE]
EMPTY = AuditDocument.model_validate(
    {"format": "etabli-audit/1", "code": "plans", "title": {"fr": "Rien"}, "summary": {"fr": "Rien"}}
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", [*SECTIONS, *RECORDS])
@pytest.mark.parametrize("role", READERS)
def test_every_section_is_a_sound_page(
    as_role: Callable[..., StrictBrowser], case: AuditDocument, section: str, language: str, role: Role
) -> None:
    browser = as_role(role, language)
    page = browser.get(f"audits.{section}", code=case.code)
    assert bool(page.select("a[href$='/change'], a[href$='/add']")) is (
        role is Role.EVALUATOR and section not in ("traceability", *RECORDS)
    )


@pytest.mark.parametrize("section", [*SECTIONS, *RECORDS])
def test_an_empty_audit_is_a_sound_page_whatever_its_code(app: Flask, evaluator: StrictBrowser, section: str) -> None:
    store(app, EMPTY)
    evaluator.get(f"audits.{section}", code="plans")  # `plans` is a word of the addresses too


def test_a_page_says_when_it_shows_examples(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    for section in SECTIONS:
        assert evaluator.get(f"audits.{section}", code=case.code).select(".notice-illustrative"), section
    known = case.model_copy(
        update={"findings": [entry.model_copy(update={"provenance": Provenance.KNOWN}) for entry in case.findings]}
    )
    store(app, known)
    assert not evaluator.get("audits.findings", code=case.code).select(".notice-illustrative")


def test_the_line_is_followed_both_ways(evaluator: StrictBrowser, case: AuditDocument) -> None:
    for section, anchor, target in (
        ("evidence", "evidence-E1", "findings#findings-C2"),
        ("findings", "findings-C2", "evidence#evidence-E1"),
        ("findings", "findings-C2", "recommendations#recommendations-P1"),
        ("recommendations", "recommendations-P1", "findings#findings-C2"),
        ("recommendations", "recommendations-P4", "actions#actions-ACT4"),
    ):
        page = evaluator.get(f"audits.{section}", code=case.code)
        assert page.select(f"#{anchor} a[href='/audits/audit/LACHEV/{target}']"), (anchor, target)


def test_strength_risk_and_lateness_are_worked_out(evaluator: StrictBrowser, case: AuditDocument) -> None:
    findings = evaluator.get("audits.findings", code=case.code)
    assert "Solid" in findings.words("#findings-C2 .state")  # an interview and an observation
    assert "Weak signal" in findings.words("#findings-C3 .state")  # one interview
    points = evaluator.get("audits.vigilance", code=case.code)
    assert "Risk 9 of 16" in points.words("#vigilance-V1 .state")  # 3 × 3
    table = points.select("table.matrix tbody tr")[1].select("th, td")  # likelihood 3
    assert [" ".join(cell.get_text().split()) for cell in table] == ["3 – likely", "", "V3", "V1", ""]


def test_what_few_could_have_said_is_shown_nowhere(
    app: Flask, as_role: Callable[..., StrictBrowser], evaluator: StrictBrowser, case: AuditDocument
) -> None:
    said = case.evidence[1].model_copy(update={"shift_band": "Nuit"})  # the one team leader of the night
    store(app, editing.with_entry(case, "evidence", said))
    page = as_role(Role.STAFF_REPRESENTATIVE).get("audits.evidence", code=case.code)
    assert "At night there is nobody" in page.select_one("#evidence-E1").get_text()  # of twelve operators
    assert "Nuit" in page.select_one("#evidence-E1").get_text()
    for reader in (as_role(Role.STAFF_REPRESENTATIVE), evaluator):
        for section in ("evidence", "findings", "maturity", "history"):
            text = reader.get(f"audits.{section}", code=case.code).get_text()
            assert "cannot free someone" not in text, section
    hidden = evaluator.get("audits.evidence", code=case.code).select_one("#evidence-E2")
    assert "Nuit" not in hidden.get_text()
    assert "at least 5 people" in hidden.get_text()
    form = evaluator.get("audits.change", code=case.code, section="findings", key="C3").select_one("form.entry-form")
    assert "cannot free someone" not in form.get_text()


@pytest.mark.parametrize(
    ("role", "endpoint", "status"),
    [
        (Role.TRAINER, "audits.audits", 403),
        (Role.TRAINER, "audits.findings", 403),
        (Role.TRAINER, "audits.plans", 403),
        (Role.HR, "audits.findings", 200),
        (Role.HR, "audits.change_header", 403),
        (Role.HR, "audits.new_plan", 200),  # HR plans, but does not write the audit
        (Role.STAFF_REPRESENTATIVE, "audits.plans", 200),
        (Role.STAFF_REPRESENTATIVE, "audits.new_plan", 403),
        (Role.STAFF_REPRESENTATIVE, "audits.change_header", 403),
        (Role.STAFF_REPRESENTATIVE, "audits.import_audit", 403),
        (Role.STAFF_REPRESENTATIVE, "audits.export_audit", 403),  # the file says every shift
        (Role.EVALUATOR, "audits.change_header", 200),
    ],
)
def test_who_may_do_what(
    app: Flask, as_role: Callable[..., StrictBrowser], case: AuditDocument, role: Role, endpoint: str, status: int
) -> None:
    values = {"code": case.code} if "<code>" in next(app.url_map.iter_rules(endpoint)).rule else {}
    as_role(role).get(endpoint, status=status, **values)


@pytest.mark.parametrize("path", ["/audits/audit/NONE/", "/audits/audit/NONE/evidence", "/audits/plans/plan/NONE"])
def test_what_does_not_exist_is_said_so(evaluator: StrictBrowser, path: str) -> None:
    evaluator.get(path, status=404)


def test_an_import_is_stored_and_exported_the_same(evaluator: StrictBrowser, case_file: bytes) -> None:
    page = send(evaluator, case_file)
    assert page.words("h1") == ["E-learning readiness audit – La Chevrolière site"]
    exported = evaluator.client.get(evaluator.address("audits.export_audit", code="LACHEV"))
    assert file.read(exported.data, "out") == file.read(case_file, "in")
    assert "LACHEV.yaml" in exported.headers["Content-Disposition"]


def test_a_faulty_import_names_its_lines_and_keeps_nothing(
    app: Flask, as_role: Callable[..., StrictBrowser], case_file: bytes
) -> None:
    lines = case_file.decode().splitlines()
    lines[lines.index("findings:") + 6] = "    polarity: maybe"
    browser = as_role(Role.EVALUATOR, "fr")
    page = send(browser, "\n".join(lines).encode(), status=422)
    row = page.words(".problems tbody td")
    assert row[:3] == ["audit.yaml", str(lines.index("findings:") + 7), "findings.0.polarity"]
    assert "« maybe » ne fait pas partie des valeurs possibles : 'asset', 'obstacle'." in row[3]
    with app.app_context():
        assert queries.every_audit() == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "not in UTF-8"),
        (b"a: [", "not well-formed YAML"),
        (b"a: &x 1\nb: *x", "Anchors and aliases"),
        (b"", "named fields"),
        (b"format: etabli-audit/2\ncode: A\ntitle: {fr: x}\nsummary: {fr: x}", "etabli-audit/1"),
    ],
)
def test_what_is_no_audit_is_refused_in_words(evaluator: StrictBrowser, content: bytes, words: str) -> None:
    assert words in send(evaluator, content, status=422).get_text()


def test_an_import_never_replaces_unasked(evaluator: StrictBrowser, case: AuditDocument, case_file: bytes) -> None:
    other = case_file.replace(b"institution: Cnam Pays de la Loire", b"institution: Autre")
    assert "tick the box" in send(evaluator, other, status=409).get_text()
    assert "Autre" not in evaluator.get("audits.summary", code="LACHEV").get_text()
    assert "Autre" in send(evaluator, other, replace="y").get_text()


def test_the_schema_can_be_had(evaluator: StrictBrowser) -> None:
    schema = json.loads(evaluator.client.get(evaluator.address("audits.schema")).data)
    assert schema["title"] == "AuditDocument"


def test_more_entries_take_no_more_queries(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    few = {section: queries_of(app, evaluator, section, case.code) for section in SECTIONS}
    larger = case
    for place in range(20):
        for section in ("evidence", "findings", "recommendations", "actions"):
            entry = entries(case, section)[0].model_copy(update={"code": f"N{place}"})
            larger = editing.with_new(larger, section, entry)
    store(app, larger)
    assert {section: queries_of(app, evaluator, section, case.code) for section in SECTIONS} == few


def store(app: Flask, document: AuditDocument) -> None:
    with app.app_context(), writing():
        actions.store(document, now=NOW)
        db.session.commit()


def send(browser: StrictBrowser, content: bytes, status: int = 200, **fields: str):
    return browser.post("audits.import_audit", {"file": (io.BytesIO(content), "audit.yaml"), **fields}, status=status)


def queries_of(app: Flask, browser: StrictBrowser, section: str, code: str) -> int:
    with counted(app) as statements:
        browser.get(f"audits.{section}", code=code)
    return len(statements)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.startswith("SELECT"):  # That a session is still in use is written down now and then.
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_document_is_attached_and_given_as_a_file(
    app: Flask, as_role: Callable[..., StrictBrowser], evaluator: StrictBrowser, case: AuditDocument
) -> None:
    pdf = b"%PDF-1.7 x"
    page = attach(evaluator, case, "rapport.pdf", pdf, "The report")
    assert page.words("main tbody th") == ["The report"]
    address = page.select_one("main tbody th a")["href"]
    given = as_role(Role.STAFF_REPRESENTATIVE).client.get(address)
    assert (given.status_code, given.data, given.mimetype) == (200, pdf, "application/pdf")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert as_role(Role.TRAINER).client.get(address).status_code == 403
    assert as_role(Role.HR).client.post(f"{address}/detach").status_code == 403
    assert "not what its name says" in attach(evaluator, case, "a.pdf", b"<script>", "", status=422).get_text()
    assert "attached already" in attach(evaluator, case, "b.pdf", pdf, "", status=422).get_text()
    token = page.select_one("main form input[name=csrf_token]")["value"]
    after = evaluator.post(f"{address}/detach", {"csrf_token": token})
    assert "no longer attached" in after.get_text()
    assert evaluator.client.get(address).status_code == 404


def attach(browser: StrictBrowser, case: AuditDocument, name: str, content: bytes, title: str, status: int = 200):
    token = browser.get("audits.attach", code=case.code).select_one("main form input[name=csrf_token]")["value"]
    data = {"csrf_token": token, "file": (io.BytesIO(content), name), "title": title}
    return browser.post("audits.attach", data, code=case.code, status=status)


def test_the_history_says_who_changed_what(
    app: Flask, as_role: Callable[..., StrictBrowser], evaluator: StrictBrowser, case: AuditDocument, case_file: bytes
) -> None:
    send(evaluator, case_file.replace("owner: Chefs d’équipe".encode(), b"owner: Production"), replace="y")
    page = evaluator.get("audits.history", code=case.code, section="actions")
    first = page.select_one("#changes tbody tr")
    assert "ACT3" in first.get_text()
    assert "A B" in first.select_one("th").get_text()  # the name of who did it
    assert [found.get_text() for found in first.select("del, ins")] == ["Before: Chefs d’équipe", "After: Production"]
    assert "A B" not in as_role(Role.STAFF_REPRESENTATIVE).get("audits.history", code=case.code).select_one(
        "#changes"
    ).get_text()  # fmt: skip


def test_what_stands_in_the_way_of_a_pilot_is_said(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    assert evaluator.get("audits.readiness", code=case.code).select(".notice-success")
    entry = editing.find(case, "maturity", "MAT-O2").model_copy(update={"delivery": 1})
    weaker = editing.without(editing.with_entry(case, "maturity", entry), "gates", "time")
    store(app, weaker)
    page = evaluator.get("audits.readiness", code=case.code)
    reasons = page.words(".notice-warning ul li")
    assert reasons[0].startswith("MAT-O2")
    assert "at least 2 is needed" in reasons[0]
    assert "mean of ADH6" in reasons[1]
    assert "Not shown yet" in reasons[1]
