"""Changing an audit: what a form gives back, what it refuses, two editors at once."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

import lms.demonstration
from lms.audit import editing, file, queries
from lms.audit.document import REFERENCES, SECTIONS, AuditDocument, entries
from lms.audit.texts import key_of as entry_key
from lms.catalogue.models import Module
from lms.kernel.database import db, writing
from lms.people.models import Team
from lms.people.permissions import Role
from lms.plans.actions import make_plan
from lms.web.audits import answering
from lms.web.audits.questions import Kind, Question, questions
from lms.web.audits.reading import Reading
from tests.strict import StrictBrowser
from tests.web.audits.conftest import NOW

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")) | st.just("\n"), min_size=1, max_size=30).filter(
    lambda text: text.strip()
)


def as_sent(page: Tag) -> MultiDict:
    """What a browser would send of a form that nobody touched."""
    form = MultiDict()
    for field in page.select("input[name], select[name], textarea[name]"):
        name, kind = field["name"], field.get("type", "text")
        if field.name == "textarea":
            form.add(name, field.get_text().replace("\n", "\r\n"))
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            form.add(name, chosen["value"])
        elif kind not in ("checkbox", "radio") or field.has_attr("checked"):
            form.add(name, field.get("value", "on"))
    return form


def fill(form: MultiDict, answers: dict[str, str]) -> None:
    for name, answer in answers.items():
        form.setlist(name, [answer])


def stored(app: Flask) -> AuditDocument:
    with app.app_context():
        return queries.document(queries.audit("LACHEV"))


def key_of(document: AuditDocument, section: str, place: int = 0) -> str:
    return entry_key(entries(document, section)[place])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_storing_a_form_untouched_changes_nothing(
    app: Flask, as_role: Callable[..., StrictBrowser], case: AuditDocument, section: str, language: str
) -> None:
    browser = as_role(Role.EVALUATOR, language)
    where = {"code": case.code, "section": section, "key": key_of(case, section)}
    form = as_sent(browser.get("audits.change", **where).select_one("form.entry-form"))
    assert browser.post("audits.change", form, follow=False, **where).status_code == 302
    assert stored(app) == case


def test_storing_the_header_untouched_changes_nothing(
    app: Flask, evaluator: StrictBrowser, case: AuditDocument
) -> None:
    form = as_sent(evaluator.get("audits.change_header", code=case.code).select_one("form.entry-form"))
    assert evaluator.post("audits.change_header", form, follow=False, code=case.code).status_code == 302
    assert stored(app) == case


def answers_to(question: Question, references: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """Any answer that the model may hold."""
    codes = references.get(question.name, [])
    optional = st.none() if question.blank and not question.required else st.nothing()
    return {
        Kind.WORDS: lambda: st.dictionaries(
            st.sampled_from(["fr", "en", "ar", "pt-BR"]), TEXTS, min_size=question.required
        ),
        Kind.SEVERAL: lambda: st.lists(st.sampled_from(codes), max_size=3),
        Kind.YES_NO: st.booleans,
        Kind.ONE_OF: lambda: st.sampled_from(question.values) | optional,
        Kind.REFERENCE: lambda: st.sampled_from(codes) | st.none(),
        Kind.NUMBER: lambda: st.integers(1, 24) | optional,  # within the limits of every field
        Kind.DAY: lambda: st.dates(date(1990, 1, 1), date(2100, 1, 1)) | optional,
        Kind.LINE: lambda: line(question),
        Kind.TEXT: lambda: TEXTS | st.just(""),
        Kind.DECIMAL: lambda: st.floats(0, 1_000_000) | optional,
        Kind.LINES: lambda: st.lists(TEXTS, max_size=3),
        Kind.ROWS: lambda: st.lists(parts_of(question), max_size=3),
        Kind.PART: lambda: parts_of(question) | st.none(),
    }[question.kind]()


def line(question: Question) -> st.SearchStrategy[str]:
    if question.name == "indicator":
        return st.sampled_from(["C6", "Q1"])
    return TEXTS if question.required else TEXTS | st.just("")


def parts_of(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    """Any answer to all that a question of several fields asks."""
    return st.fixed_dictionaries({part.name: answers_to(part, {}) for part in question.parts})


@cache
def any_entry(section: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any fields of an entry of the section, its code apart; made once, for making it takes longer than drawing."""
    case = file.read((Path(lms.demonstration.__file__).parent / "audit.yaml").read_bytes(), "audit.yaml")
    model = SECTIONS[section]
    references = {
        field: [entry_key(entry) for entry in entries(case, target)]
        for where, field, target in REFERENCES
        if where == section
    } | {"modules": ["five-s", "not-made-yet"]}
    asked = questions(model, [name for name in model.model_fields if name != "code"], references)
    return st.fixed_dictionaries({question.name: answers_to(question, references) for question in asked})


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_entry_passes_through_its_form_unchanged(
    app: Flask, case: AuditDocument, section: str, data: st.DataObject
) -> None:
    model = SECTIONS[section]
    code = {"code": "Z1"} if model.key == "code" else {}
    entry = model.model_validate(data.draw(any_entry(section)) | code)
    document = editing.with_new(editing.without(case, section, entry_key(entry)), section, entry)
    reading = Reading(document, 1, {}, [], date(2026, 1, 1), 5)
    with app.test_request_context():
        form = answering.entry_form(reading, section, entry)
        page = BeautifulSoup("<form>" + "".join(str(field()) for field in form) + "</form>", "html5lib")
    with app.test_request_context(method="POST", data=as_sent(page)):
        form = answering.entry_form(reading, section, entry)
        key = {model.key: getattr(entry, model.key)}
        assert model.model_validate(form.answers() | key) == entry


def test_an_entry_is_added_changed_and_removed(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    new = {"code": case.code, "section": "findings"}
    form = as_sent(evaluator.get("audits.add", **new).select_one("form.entry-form"))
    assert form["code"] == "C6"  # proposed, counted on from the last one
    fill(form, {"statement-en": "Few read the\r\nbinder", "polarity": "obstacle", "evidence": "E3"})
    page = evaluator.post("audits.add", form, **new)
    assert "C6 is stored." in page.get_text()
    added = stored(app).findings[-1]
    assert (added.code, added.statement, added.evidence) == ("C6", {"en": "Few read the\nbinder"}, ["E3"])
    assert added.provenance == "illustrative"  # until someone says that it is known

    where = {**new, "key": "C6"}
    form = as_sent(evaluator.get("audits.change", **where).select_one("form.entry-form"))
    form.setlist("evidence", ["E1", "E4"])
    evaluator.post("audits.change", form, **where)
    assert stored(app).findings[-1].evidence == ["E1", "E4"]

    form = as_sent(evaluator.get("audits.remove", **where))
    evaluator.post("audits.remove", form, **where)
    assert stored(app) == case


def test_a_process_is_rated_anew(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    where = {"code": case.code, "section": "maturity"}
    first = case.maturity[0]
    gone = {**where, "key": first.process}
    evaluator.post("audits.remove", as_sent(evaluator.get("audits.remove", **gone)), **gone)
    form = as_sent(evaluator.get("audits.add", **where).select_one("form.entry-form"))
    fill(form, {"delivery": "2"})
    page = evaluator.post("audits.add", form, status=422, **where)
    assert page.select_one("#process_-fault").get_text(strip=True)
    fill(form, {"process_": first.process, "delivery_evidence": "E2"})
    evaluator.post("audits.add", form, **where)
    added = next(row for row in stored(app).maturity if row.process == first.process)
    assert (added.delivery, added.delivery_evidence) == (2, ["E2"])


def test_an_audit_is_begun_by_its_header(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    form = as_sent(evaluator.get("audits.new_audit").select_one("form.entry-form"))
    fill(form, {"title-fr": "Un autre", "summary-fr": "Pourquoi", "code": case.code})
    assert (
        "There is an audit of code LACHEV already." in evaluator.post("audits.new_audit", form, status=422).get_text()
    )
    form["code"] = "NANTES"
    assert evaluator.post("audits.new_audit", form).words("h1") == ["Un autre"]
    assert stored(app) == case


@pytest.mark.parametrize(
    ("section", "key", "answers", "field", "words"),
    [
        ("findings", "C1", {"statement-fr": " ", "statement-en": ""}, "statement-fr", "dans une langue au moins"),
        ("evidence", "E1", {"excerpt-fr": "x" * 301}, "excerpt-fr", "300 caractères au plus"),
        ("findings", "C1", {"polarity": "perhaps"}, "polarity", "valeurs possibles"),  # not what the page offered
        ("findings", "C1", {"evidence": "E99"}, "evidence", "E99"),
        ("actions", "ACT3", {"status": "done"}, "done_on", "le jour où elle a été faite"),
        ("actions", "ACT3", {"due_on": "soon"}, "due_on", "Une date est attendue"),
        ("panel", "hr", {"met": "-1"}, "met", "au moins 0"),
        ("panel", "hr", {"met": ""}, "met", "Répondez ici"),
        ("vigilance", "V1", {"status": "lifted"}, "status", "une date et la preuve"),
        ("vigilance", "V5", {"status": "open"}, "reopened_on", "après qu’il a été levé"),
        ("vigilance", "V1", {"watch-0-limit": "beaucoup"}, "watch-0-limit", "Un nombre est attendu"),
        ("actions", "ACT3", {"milestones-3-due_on": "2025-09-01"}, "milestones-3-title-fr", "Répondez ici"),
        ("actions", "ACT3", {"milestones-1-due_on": "2030-01-01"}, "milestones-1-due_on", "après l’action"),
        ("findings", "C1", {"second_validated_by": "expert a"}, "second_validated_by", "une autre que la première"),
        ("actions", "ACT3", {"status": "done", "done_on": "2099-01-01"}, "done_on", "encore à venir"),
        ("recommendations", "P1", {"decided_by": ""}, "status", "qui a décidé, quand et pourquoi"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_field_and_nothing_is_kept(
    app: Flask, as_role: Callable[..., StrictBrowser], case: AuditDocument,
    section: str, key: str, answers: dict[str, str], field: str, words: str,
) -> None:  # fmt: skip
    browser = as_role(Role.EVALUATOR, "fr")
    where = {"code": case.code, "section": section, "key": key}
    form = as_sent(browser.get("audits.change", **where).select_one("form.entry-form"))
    fill(form, answers)
    page = browser.post("audits.change", form, status=422, **where)
    assert words in page.select_one(f"[id='{field}-fault']").get_text()
    assert stored(app) == case


def test_a_fault_of_another_entry_is_told_at_the_head(
    app: Flask, evaluator: StrictBrowser, case: AuditDocument
) -> None:
    where = {"code": case.code, "section": "findings", "key": "C5"}
    form = as_sent(evaluator.get("audits.change", **where).select_one("form.entry-form"))
    form.poplist("evidence")
    page = evaluator.post("audits.change", form, status=422, **where)
    assert "Recommendation P4 – The finding C5 rests on no evidence" in page.select_one(".notice-danger").get_text()
    assert stored(app) == case


def test_rows_left_empty_are_no_rows(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    where = {"code": case.code, "section": "actions", "key": "ACT3"}
    form = as_sent(evaluator.get("audits.change", **where).select_one("form.entry-form"))
    fill(form, {f"milestones-0-{field}": "" for field in ("title-fr", "title-en", "due_on", "done_on")})
    fill(form, {"milestones-3-title-fr": "Tout le site", "milestones-3-due_on": "2025-09-08"})
    evaluator.post("audits.change", form, **where)
    kept = editing.find(stored(app), "actions", "ACT3").milestones
    assert [step.title["fr"] for step in kept] == ["Découpe, équipe de nuit", "Tout le site"]


def test_a_code_in_use_is_refused_at_its_field(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    where = {"code": case.code, "section": "evidence"}
    form = as_sent(evaluator.get("audits.add", **where).select_one("form.entry-form"))
    fill(form, {"code": "E1", "excerpt-en": "x", "source_type": "measure"})
    page = evaluator.post("audits.add", form, status=422, **where)
    assert "used twice" in page.select_one("#code-fault").get_text()


def test_two_editors_never_overwrite_each_other(
    app: Flask, as_role: Callable[..., StrictBrowser], case: AuditDocument
) -> None:
    first, second = as_role(Role.EVALUATOR), as_role(Role.EVALUATOR)
    where = {"code": case.code, "section": "findings", "key": "C1"}
    forms = [
        as_sent(browser.get("audits.change", **where).select_one("form.entry-form")) for browser in (first, second)
    ]
    forms[0].setlist("statement-en", ["What the first says."])
    forms[1].setlist("statement-en", ["What the second says."])
    first.post("audits.change", forms[0], **where)

    page = second.post("audits.change", forms[1], status=409, **where)
    assert stored(app).findings[0].statement["en"] == "What the first says."
    assert page.select_one("[name='statement-en']").get_text().strip() == "What the second says."
    assert page.words(".stored") == ["Stored now: What the first says."]

    second.post("audits.change", as_sent(page.select_one("form.entry-form")), **where)  # having read it
    assert stored(app).findings[0].statement["en"] == "What the second says."


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "999999999999999999999"])
def test_a_form_without_a_true_version_stores_nothing(
    app: Flask, evaluator: StrictBrowser, case: AuditDocument, version: str
) -> None:
    where = {"code": case.code, "section": "findings", "key": "C1"}
    form = as_sent(evaluator.get("audits.change", **where).select_one("form.entry-form"))
    form.setlist("audit_version", [version])
    form.setlist("statement-en", ["Other"])
    evaluator.post("audits.change", form, status=409, **where)
    assert stored(app) == case


def test_what_others_refer_to_is_not_removed(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    where = {"code": case.code, "section": "findings", "key": "C3"}
    page = evaluator.get("audits.remove", **where)
    assert page.words(".notice-warning a") == ["Recommendation P2", "Recommendation P5"]
    assert not page.select("main form .btn-danger")
    evaluator.post("audits.remove", as_sent(page), status=422, **where)
    assert stored(app) == case


def test_a_recommendation_with_a_plan_is_not_removed(app: Flask, evaluator: StrictBrowser, case: AuditDocument) -> None:
    with app.app_context(), writing():
        team, module = Team(code="t", name="T"), Module(code="m", created_at=NOW)
        db.session.add_all([team, module])
        db.session.flush()
        number = queries.audit(case.code).recommendations[2].id  # P3, to which no action refers
        make_plan(
            "PL1", recommendation_id=number, module_id=module.id, team_ids=[team.id],
            assigned_on=date(2026, 2, 1), due_on=date(2026, 3, 1), now=NOW,
        )  # fmt: skip
        db.session.commit()
    where = {"code": case.code, "section": "recommendations", "key": "P3"}
    page = evaluator.get("audits.remove", **where)
    assert "PL1" in page.select_one(".notice-warning").get_text()
    refused = evaluator.post("audits.remove", as_sent(page), status=409, **where)
    assert "A plan or a pilot rests on this recommendation" in refused.get_text()
    assert stored(app) == case


@pytest.mark.parametrize("path", ["cooks/add", "findings/C99/change", "findings/C99/remove", "cooks/C1/change"])
def test_what_does_not_exist_is_not_edited(evaluator: StrictBrowser, case: AuditDocument, path: str) -> None:
    evaluator.get(f"/audits/audit/LACHEV/{path}", status=404)
