"""An audit in the database is the document that was stored."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from lms.audit import actions, file, queries
from lms.audit.rules import AuditChangedMeanwhile, AuditEntryInUse
from lms.catalogue.models import Module
from lms.kernel import migrations
from lms.kernel.database import db, writing
from lms.people.models import Team
from lms.plans.actions import make_plan
from tests import postgres

NOW = datetime(2026, 1, 5, tzinfo=UTC)
LATER = datetime(2026, 1, 6, tzinfo=UTC)


def test_what_is_stored_is_what_was_read(each_database: Flask, case_audit: bytes) -> None:
    document = file.read(case_audit, "case.yaml")
    with each_database.app_context(), writing():
        actions.store(document, now=NOW)
        db.session.commit()
        assert queries.document(queries.audit(document.code)) == document


def test_storing_again_keeps_the_numbers_and_changes_one_entry(each_database: Flask, case_audit: bytes) -> None:
    document = file.read(case_audit, "case.yaml")
    with each_database.app_context(), writing():
        before = {row.code: row.id for row in actions.store(document, now=NOW).recommendations}
        db.session.commit()
        reversed_order = document.model_copy(
            update={"recommendations": document.recommendations[::-1], "panel": document.panel[::-1]}
        )
        after = {row.code: row.id for row in actions.store(reversed_order, now=NOW).recommendations}
        assert after == before
        db.session.commit()
        assert queries.document(queries.audit(document.code)) == reversed_order


def test_an_older_version_is_refused(app: Flask, case_audit: bytes) -> None:
    document = file.read(case_audit, "case.yaml")
    with app.app_context(), writing():
        version = actions.store(document, now=NOW).version
        db.session.commit()
        changed = document.model_copy(update={"site": "Ailleurs"})
        actions.store(changed, version=version, now=NOW)
        db.session.commit()
        with pytest.raises(AuditChangedMeanwhile):
            actions.store(document, version=version, now=NOW)


def test_an_editor_on_another_machine_is_not_overwritten(make_app: Callable[..., Flask], case_audit: bytes) -> None:
    document = file.read(case_audit, "case.yaml")
    with postgres.fresh_database() as url:
        app = make_app(DATABASE_URL=url)
        with app.app_context(), writing():
            migrations.bring_up()
            actions.store(document, now=NOW)
            db.session.commit()
            read = queries.audit(document.code).version
            with db.engine.begin() as elsewhere:
                elsewhere.execute(text("UPDATE audits SET version = version + 1, site = 'Ailleurs'"))
            with pytest.raises(AuditChangedMeanwhile):
                actions.store(document, version=read, now=LATER)
            assert queries.audit(document.code).site == "Ailleurs"
            db.session.rollback()
            db.engine.dispose()


def test_a_recommendation_that_a_plan_answers_stays(each_database: Flask, case_audit: bytes) -> None:
    document = file.read(case_audit, "case.yaml")
    with each_database.app_context(), writing():
        audit = actions.store(document, now=NOW)
        team, module = Team(code="t", name="T"), Module(code="m", created_at=NOW)
        db.session.add_all([team, module])
        db.session.flush()
        make_plan(
            "p", recommendation_id=audit.recommendations[0].id, module_id=module.id, team_ids=[team.id],
            assigned_on=date(2026, 2, 1), due_on=date(2026, 3, 1), now=NOW,
        )  # fmt: skip
        db.session.commit()
        gone = document.recommendations[0].code
        kept_actions = [action for action in document.actions if action.recommendation != gone]
        smaller = document.model_copy(update={"recommendations": document.recommendations[1:], "actions": kept_actions})
        with pytest.raises(AuditEntryInUse):
            actions.store(smaller, now=NOW)
