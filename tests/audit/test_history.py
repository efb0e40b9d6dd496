"""What changed in an audit, field by field; what people said is not kept there."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from lms.audit import actions, editing, file, history, queries
from lms.audit.document import AuditDocument
from lms.audit.models import ChangeKind
from lms.kernel.database import db, writing

NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def case(case_audit: bytes) -> AuditDocument:
    return file.read(case_audit, "case.yaml")


def with_changed(case: AuditDocument, section: str, key: str, **fields: object) -> AuditDocument:
    entry = editing.find(case, section, key)
    return editing.with_entry(case, section, entry.model_copy(update=fields))


def test_nothing_changed_nothing_told(case: AuditDocument) -> None:
    reordered = case.model_copy(update={"actions": case.actions[::-1]})
    assert not list(history.changes(case, reordered))


def test_a_change_says_before_and_after(case: AuditDocument) -> None:
    (change,) = history.changes(case, with_changed(case, "actions", "ACT3", owner="Production"))
    assert (change.section, change.key, change.kind) == ("actions", "ACT3", ChangeKind.CHANGED)
    assert change.fields == ({"field": "owner", "before": "Chefs d’équipe", "after": "Production"},)


def test_an_entry_added_and_one_removed(case: AuditDocument) -> None:
    smaller = editing.without(case, "moments", "end")
    (removed,), (added,) = history.changes(case, smaller), history.changes(smaller, case)
    assert (removed.kind, added.kind) == (ChangeKind.REMOVED, ChangeKind.ADDED)
    assert {"field": "planned_on", "before": "2025-12-15", "after": None} in removed.fields
    assert {"field": "planned_on", "before": None, "after": "2025-12-15"} in added.fields


def test_what_someone_said_is_not_kept(case: AuditDocument) -> None:
    changed = with_changed(case, "evidence", "E1", excerpt={"en": "Said by Jane"}, speaker=9, sentiment=0)
    (change,) = history.changes(case, changed)
    assert change.fields == (
        {"field": "speaker", "withheld": True},
        {"field": "excerpt", "withheld": True},
        {"field": "sentiment", "before": -1, "after": 0},
    )


def test_the_header_is_told_too(case: AuditDocument) -> None:
    (change,) = history.changes(case, case.model_copy(update={"site": "Nantes"}))
    assert (change.section, change.key, change.fields[0]["after"]) == ("header", "LACHEV", "Nantes")


def test_changes_are_stored_and_stay(each_database: Flask, case: AuditDocument) -> None:
    with each_database.app_context(), writing():
        actions.store(case, now=NOW)
        db.session.commit()
        actions.store(with_changed(case, "actions", "ACT3", owner="Production"), now=NOW)
        db.session.commit()
        newest, *_ = queries.changes(case.code)
        assert (newest.section, newest.key, newest.by_id) == ("actions", "ACT3", None)
        assert len(queries.changes(case.code, "panel")) == len(case.panel)
        assert queries.changed_sections(case.code)["moments"] == len(case.moments)
        for change in ("UPDATE audit_changes SET key = 'x'", "DELETE FROM audit_changes"):
            with pytest.raises(DatabaseError, match="append-only"):
                db.session.execute(text(change))
            db.session.rollback()


def test_what_other_rooms_ask(app: Flask, case: AuditDocument) -> None:
    with app.app_context(), writing():
        number = actions.store(case, now=NOW).id
        db.session.commit()
        points = {point.code: point for point in queries.vigilance_points(number)}
        assert points["V4"].watch is not None
        assert (points["V4"].watch.indicator, points["V4"].watch.direction, points["V4"].watch.limit) == (
            "C6",
            "le",
            0.3,
        )
        assert points["V2"].watch is None
        assert [point.code for point in queries.blocking_points(number)] == ["V1"]
        assert [action.code for action in queries.done_actions(number)] == ["ACT5", "ACT1", "ACT2"]
        assert queries.actions(number)[0].code == "ACT6"  # due first
