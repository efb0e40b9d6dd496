"""Reading an audit: every section, both languages, what is shown to whom; files in and out."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from lms.audit import actions, editing, file, queries
from lms.audit.document import AuditDocument
from lms.audit.models import Provenance
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.strict import StrictBrowser
from tests.web.audits.conftest import NOW

SECTIONS = "summary inventory panel evidence findings recommendations action_plan vigilance traceability".split()
READERS = [Role.EVALUATOR, Role.STAFF_REPRESENTATIVE]
EMPTY = AuditDocument.model_validate(
    {"format": "etabli-audit/1", "code": "plans", "title": {"fr": "Rien"}, "summary": {"fr": "Rien"}}
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", READERS)
def test_every_section_is_a_sound_page(
    as_role: Callable[..., StrictBrowser], case: AuditDocument, section: str, language: str, role: Role
) -> None:
    browser = as_role(role, language)
    page = browser.get(f"audits.{section}", code=case.code)
    assert bool(page.select("a[href$='/change'], a[href$='/add']")) is (
        role is Role.EVALUATOR and section != "traceability"
    )


@pytest.mark.parametrize("section", SECTIONS)
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


def test_the_shift_of_few_is_hidden(app: Flask, as_role: Callable[..., StrictBrowser], case: AuditDocument) -> None:
    said = case.evidence[0].model_copy(update={"shift_band": "le soir"})  # of eight operators
    store(app, editing.with_entry(case, "evidence", said))
    page = as_role(Role.STAFF_REPRESENTATIVE).get("audits.evidence", code=case.code)
    assert "le soir" in page.select_one("#evidence-E1").get_text()
    assert "poste\n" not in page.select_one("#evidence-E2").get_text()  # of three team leaders
    assert "fewer than 5" in page.select_one("#evidence-E2").get_text()


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
            entry = editing.listed(case, section)[0].model_copy(update={"code": f"N{place}"})
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
