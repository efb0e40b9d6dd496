"""Freezing editions, and asking for them again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from lms.catalogue import actions, queries
from lms.catalogue.content import ModuleContent
from lms.catalogue.media import CheckedFile
from lms.catalogue.models import Edition, Media, Module
from lms.kernel import storage
from lms.kernel.database import db, writing
from lms.kernel.refusals import NotFound
from tests.catalogue.modules import MEDIA, both, whole

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def module(code: str) -> Module:
    made = Module(code=code, created_at=NOW)
    db.session.add(made)
    db.session.flush()
    return made


def publish(made: Module, **changes: Any) -> Edition:
    content = ModuleContent.model_validate(whole(code=made.code, **changes))
    return actions.add_edition(made, content, MEDIA, note="", by=None, now=NOW)


def test_editions_are_numbered_and_read_back(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        first, other = module("first"), module("another")
        editions = [publish(first), publish(other), publish(first, minutes=6)]
        db.session.commit()
        found = [queries.frozen(edition.id) for edition in editions]
        assert [(one.code, one.number, one.content.minutes) for one in found] == [
            ("first", 1, 5),
            ("another", 1, 5),
            ("first", 2, 6),
        ]
        assert found[0].questions == 9
        assert found[0].player["blocks"][0]["body"]["en"] == "<p>A <strong>bold</strong> link (en)</p>\n"
        assert found[0].media == MEDIA
        assert [one.id for one in queries.newest_editions()] == [editions[1].id, editions[2].id]
        assert queries.frozen(editions[0].id) is found[0]


def test_the_same_is_not_published_again(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        made = module("first")
        publish(made)
        with pytest.raises(actions.NothingChanged):
            publish(made)
        publish(made, title=both("Other"))
        assert publish(made).number == 3  # what it once was is a change again


def test_an_edition_that_never_was_is_forgotten(session: Any) -> None:
    made = module("first")
    edition = publish(made)
    gone = edition.id
    assert queries.frozen(gone).number == 1
    session.rollback()
    with pytest.raises(NotFound):
        queries.frozen(gone)


def test_files_are_kept_once(session: Any) -> None:
    file = CheckedFile(b"WEBVTT\n", "text/vtt")
    digest = actions.keep_file(file, now=NOW)
    assert actions.keep_file(file, now=NOW) == digest
    assert session.query(Media).count() == 1
    assert storage.read(digest) == b"WEBVTT\n"
    assert queries.stored_file(digest) == queries.StoredFile(storage.path(digest), "text/vtt")
    assert queries.stored_file("0" * 64) is None
