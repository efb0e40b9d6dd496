"""The journal: what every room wrote down, who may read which part, narrowed, as a file; nobody edits it."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import Base, db, writing
from lms.people import actions
from lms.people.permissions import Role
from lms.people.tokens.actions import create
from lms.reports import journal
from lms.reports.journal import JournalTooLong, Part, Wanted
from tests.people.making import a_person, a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
AGES = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.fixture
def luc(app: Flask) -> int:
    with app.app_context(), writing():
        number = a_person("7", "Luc Petit", team_id=a_team())
        actions.grant_role(number, Role.TRAINER, None, by=None, now=now())
        create("figures", Role.HR, by=None, now=now())
        db.session.commit()
        return number


def test_every_part_is_read_on_both_databases(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        first = a_person("7", "Luc Petit")
        actions.grant_role(first, Role.TRAINER, None, by=first, now=now())
        create("figures", Role.HR, by=first, now=now())
        wanted = Wanted(tuple(Part), *AGES)
        entries, more = journal.page(wanted, 1, 50)
        assert not more
        assert [(one.part, one.deed, one.by, one.person, one.detail) for one in entries] == [
            (Part.ACCESS, "token_made", "Luc Petit", None, "figures hr"),
            (Part.PEOPLE, "person:role_granted", "Luc Petit", "Luc Petit", "trainer"),
            (Part.PEOPLE, "person:created", None, "Luc Petit", ""),
        ]
        page, more = journal.page(wanted, 2, 1)
        assert ([one.deed for one in page], more) == (["person:role_granted"], True)
        assert len(journal.everything(Wanted(tuple(Part), *AGES, person_id=first))) == 2
        assert journal.everything(Wanted((Part.EVALUATION,), *AGES)) == []


def test_who_reads_what(app: Flask, signed_in_as: SignedIn, luc: int) -> None:
    administrator, hr = signed_in_as(Role.ADMINISTRATOR), signed_in_as(Role.HR)
    deeds = administrator.get("admin.journal").words("tbody th")
    assert {"Role given", "Entered", "Token for a program made"} <= set(deeds)
    assert "Token for a program made" not in hr.get("admin.journal").words("tbody th")
    assert "Token for a program made" not in hr.get("admin.journal", part="access").words("tbody th")
    assert set(administrator.get("admin.journal", part="access").words("tbody th")) == {"Token for a program made"}
    only = administrator.get("admin.journal", person=luc)
    assert set(only.words("tbody td:nth-of-type(4)")) == {"Luc Petit"}
    for role in (Role.TRAINER, Role.EVALUATOR, Role.STAFF_REPRESENTATIVE):
        signed_in_as(role).get("admin.journal", status=403)


def test_the_same_as_a_file(app: Flask, signed_in_as: SignedIn, luc: int) -> None:
    browser = signed_in_as(Role.ADMINISTRATOR)
    shown = browser.get("admin.journal", person=luc)
    answer = browser.client.get(f"/admin/journal/journal.csv?person={luc}")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == shown.words("tbody th")
    old = browser.client.get("/admin/journal/journal.csv?since=2001-01-01&until=2001-01-31")
    assert len(old.get_data().decode().splitlines()) == 1


def test_a_file_has_an_end(app: Flask, luc: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_ROWS", 1)
    with app.app_context(), pytest.raises(JournalTooLong):
        journal.everything(Wanted((Part.PEOPLE,), *AGES))


def test_every_source_is_append_only_or_a_record_of_work() -> None:
    """Nobody can change what the journal says: the database refuses."""
    tables = {source.at.class_.__tablename__ for source in journal._SOURCES}
    changeable = {name for name in tables if not Base.metadata.tables[name].info.get("append_only")}
    assert changeable == {"jobs"}
