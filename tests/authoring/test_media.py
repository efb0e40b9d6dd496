"""Files that come into a module by themselves."""

import io
import os
import time
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask, current_app
from sqlalchemy import delete, select

from lms.authoring import actions, editing, queries
from lms.authoring.media import arriving, files, inventory, tidying
from lms.authoring.media.arriving import Arrived, Wanted
from lms.authoring.media.models import ModuleFile
from lms.catalogue import room
from lms.catalogue.models import Edition, Media, Rights
from lms.kernel import storage
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.jobs import actions as actions_of_jobs
from lms.kernel.jobs import working
from lms.kernel.refusals import FileRefused, NotFound
from tests.authoring.imports.pictures import PNG, drawn

SRT = "\ufeff1\r\n00:00:01,500 --> 00:00:02,000\r\nTirez, 1,5 mm\r\n".encode()


@pytest.fixture
def module(session: object) -> str:
    actions.create_module("press", languages=["fr"], title={"fr": "Presse"}, by=None, now=now())
    db.session.commit()  # Nothing waits for a picture to be drawn.
    return "press"


def bring(name: str, data: bytes, wanted: Wanted | None = None, *, at=None) -> Arrived:
    arrived = arriving.bring("press", name, io.BytesIO(data), wanted=wanted, by=None, now=at or now())
    db.session.commit()
    return arrived


def known() -> set[str]:
    return set(db.session.scalars(select(ModuleFile.name)))


def show(name: str) -> None:
    block = {"card": "picture", "key": "a", "picture": {"file": name, "alt": {"fr": "La presse"}}}
    actions.save_draft("press", partial(editing.inserted, block=block, after=None), version=None, by=None, now=now())
    db.session.commit()


def test_a_picture_is_known_by_a_name_until_a_block_names_it(module: str) -> None:
    arrived = bring("Presse n°2.PNG", PNG, Wanted.PICTURE)
    assert (arrived.name, arrived.kind, arrived.width, arrived.height) == ("media/Presse-n-2.png", "picture", 40, 20)
    show(arrived.name)
    assert queries.work("press").media == {arrived.name: arrived.digest}


def test_the_same_bytes_keep_their_name_and_others_get_their_own(module: str) -> None:
    assert bring("a.png", PNG).name == bring("b.png", PNG).name == "media/a.png"
    other = PNG.replace(b"IEND", b"IEND") + b"\0"
    assert bring("../../a.png", other).name == "media/a-2.png"


def test_what_no_block_named_in_a_day_goes_and_the_rest_stays(module: str) -> None:
    yesterday = now() - timedelta(hours=25)
    show(bring("named.png", PNG, at=yesterday).name)
    bring("forgotten.vtt", b"WEBVTT\n", at=yesterday)
    bring("today.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nA\n")
    assert known() == {"media/named.png", "media/today.vtt"}
    actions.save_draft("press", lambda document: {**document, "blocks": []}, version=None, by=None, now=now())
    assert queries.work("press").media == {}
    show("media/named.png")  # As undoing does.
    assert set(queries.work("press").media) == {"media/named.png"}


def test_captions_of_another_kind_become_those_of_browsers(module: str) -> None:
    arrived = bring("film.srt", SRT, Wanted.CAPTIONS)
    assert arrived.name == "media/film.vtt"
    with storage.path(arrived.digest).open() as kept:
        assert kept.read() == "WEBVTT\n\n1\n00:00:01.500 --> 00:00:02.000\nTirez, 1,5 mm\n"


@pytest.mark.parametrize(
    ("name", "data", "wanted", "code"),
    [
        ("a.png", b"", None, "media.empty"),
        ("a.zip", PNG, None, "media.misnamed"),
        ("a.png", b"PK\x03\x04" + b"\0" * 40, None, "media.unknown"),
        ("a.exe", b"MZ", None, "media.unknown"),
        ("a.srt", b"\0\x01", None, "media.damaged"),
        ("a.png", PNG, Wanted.VIDEO, "media.not_video"),
        ("a.vtt", b"WEBVTT\n", Wanted.PICTURE, "media.not_picture"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', None, "media.damaged"),
    ],
)
def test_what_is_refused(module: str, name: str, data: bytes, wanted: Wanted | None, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(name, data, wanted)
    assert refused.value.problems[0].code == code
    assert not known()


def test_names_that_documents_can_hold() -> None:
    assert files.free_name("C:\\photos\\été.JPG", []) == "media/t.jpg"
    assert files.free_name("☺.png", ["media/file.png"]) == "media/file-2.png"
    assert len(files.free_name("a" * 300 + ".png", [])) <= 106


def names_of(found: list[inventory.FileOfModule]) -> dict[str, bool]:
    return {one.name: one.is_used for one in found}


def test_what_is_used_stays_and_the_rest_can_go(module: str) -> None:
    used, loose = bring("used.png", PNG), bring("loose.jpg", drawn("JPEG"))
    show(used.name)
    assert names_of(inventory.of_module("press")) == {used.name: True, loose.name: False}
    assert inventory.of_module("press")[1].blocks == (("a", 1),)
    with pytest.raises(tidying.FileInUse):
        tidying.remove("press", used.name, by=None)
    assert tidying.remove_unused("press", by=None) == 1
    assert [(one.names, one.is_used) for one in inventory.of_site()] == [((("press", used.name),), True)]
    assert db.session.get(Media, loose.digest) is None


def test_what_an_edition_or_the_history_names_is_never_let_go(module: str) -> None:
    file = bring("once.png", PNG)
    show(file.name)
    draft = queries.draft("press")
    db.session.add(
        Edition(
            module_id=draft.module_id,
            number=1,
            content=draft.content,
            player={},
            media=draft.media,
            digest="0" * 64,
            published_at=now(),
        )
    )
    actions.save_draft("press", lambda document: {**document, "blocks": []}, version=None, by=None, now=now())
    assert inventory.of_module("press")[0].editions == (1,)
    assert tidying.remove_unused("press", by=None) == 0
    assert file.digest in inventory.held()


def test_an_origin_is_said_once_for_all_modules(module: str) -> None:
    file = bring("a.png", PNG)
    bring("a.vtt", b"WEBVTT\n")
    assert [one.lacks_origin for one in inventory.of_module("press")] == [False, True]  # Captions are text.
    assert tidying.say_own("press", by=None, now=now()) == 1
    tidying.say_origin(file.digest, Rights.LICENCE, " CC BY 4.0 ", by=None, now=now())
    assert inventory.of_site()[0].origin == inventory.Origin(Rights.LICENCE, "CC BY 4.0")
    with pytest.raises(NotFound):
        tidying.say_origin("0" * 64, Rights.OWN, "", by=None, now=now())


def test_bytes_that_nobody_names_go_after_a_day(module: str) -> None:
    named = bring("a.png", PNG)
    loose = [storage.keep(io.BytesIO(data))[0] for data in (b"left behind", b"just now")]
    yesterday = time.time() - 90_000
    for digest in (named.digest, loose[0]):
        os.utime(storage.path(digest), (yesterday, yesterday))
    actions_of_jobs.ask("media-sweep", "all", {}, by=None, now=now())
    db.session.commit()
    working.work_off()
    assert [storage.path(digest).exists() for digest in (named.digest, *loose)] == [True, False, True]


def test_there_is_only_so_much_room(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(current_app.config, "MEDIA_GIGABYTES", 0)
    with pytest.raises(room.QuotaReached):
        bring("a.png", PNG)
    monkeypatch.setitem(current_app.config, "MEDIA_GIGABYTES", 1)
    monkeypatch.setitem(current_app.config, "FREE_GIGABYTES", 10**9)
    with pytest.raises(room.DiskKept):
        bring("a.png", PNG)


def test_what_tables_name_is_found_in_either_database(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        actions.create_module("press", languages=["fr"], title={"fr": "Presse"}, by=None, now=now())
        db.session.commit()
        file = bring("a.png", PNG)
        show(file.name)
        db.session.execute(delete(ModuleFile))
        assert file.digest in inventory.held()  # The draft and its history name it.
        assert [(one.digest, one.is_used) for one in inventory.of_site()] == [(file.digest, True)]
