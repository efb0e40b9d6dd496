"""Voices of an edition: made by a job after it is out, kept part by part, told of when none can be made."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from lms.authoring import actions, queries, voices
from lms.catalogue.queries import FrozenEdition
from lms.kernel import speech
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import actions as jobs
from lms.kernel.jobs import working
from lms.kernel.jobs.models import State
from lms.kernel.speech import CannotSpeak, Speech
from tests.authoring.imports.test_module_file import whole_file
from tests.catalogue.modules import whole

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
AS = {"by": None, "now": NOW}


class Mouth:
    """Speaks in place of the process that does; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Speech] = []
        self.fails: Exception | None = None
        self.holds = 100

    def __call__(self, wanted: list[Speech]) -> list[bytes]:
        if self.fails and len(self.asked) >= self.holds:
            raise self.fails
        self.asked += wanted
        return [one.key.encode() for one in wanted]


@pytest.fixture
def mouth(monkeypatch: pytest.MonkeyPatch) -> Mouth:
    mouth = Mouth()
    monkeypatch.setattr(speech, "_speak", mouth)
    monkeypatch.setattr(speech, "AT_ONCE", 10)
    return mouth


@pytest.fixture
def published(app: Flask, mouth: Mouth) -> Iterator[FrozenEdition]:
    with app.app_context(), hold(NOW), writing():
        actions.publish(actions.store_file(whole_file(), **AS), **AS)
        db.session.commit()
        yield newest()


def newest() -> FrozenEdition:
    edition = queries.work("whole").edition
    assert edition
    return edition


def work_off() -> Any:
    db.session.commit()
    working.work_off()
    db.session.rollback()
    return jobs.newest("voices", str(newest().id))


def test_an_edition_is_out_before_its_voices(published: FrozenEdition, mouth: Mouth) -> None:
    assert (mouth.asked, published.sounds("fr").keys()) == ([], {"page"}), "what its author recorded"
    job = work_off()
    told = voices.voices_of(published)
    assert (job.state, told.made, told.job) == (State.DONE, told.wanted, job)
    assert mouth.asked == published.every_speech()
    assert published.sounds("fr").keys() == {block["key"] for block in published.player["blocks"]}


def test_what_was_spoken_is_not_spoken_again(published: FrozenEdition, mouth: Mouth) -> None:
    work_off()
    mouth.asked.clear()
    document = whole()
    document["blocks"][0]["title"]["fr"] = "Lire encore"
    actions.publish(actions.store_file(whole_file(document), **AS), **AS)
    assert voices.voices_of(newest()).made > 20, "is heard from its first moment"
    work_off()
    # Lists are shuffled otherwise in each edition, and read as they are shown.
    assert mouth.asked == [one for one in newest().every_speech() if one not in published.every_speech()]
    assert "Lire encore" in mouth.asked[0].text


def test_whoever_takes_it_up_again_goes_on_from_there(published: FrozenEdition, mouth: Mouth) -> None:
    mouth.fails, mouth.holds = SystemExit(), 20
    with pytest.raises(SystemExit):
        work_off()
    db.session.rollback()
    assert voices.voices_of(published).made == 20
    mouth.fails = None
    with hold(NOW + 2 * jobs.SILENCE):
        assert work_off().state is State.DONE
    assert mouth.asked == published.every_speech(), "each once"


def test_a_server_that_cannot_speak_says_so_and_holds_nothing_back(published: FrozenEdition, mouth: Mouth) -> None:
    mouth.fails, mouth.holds = CannotSpeak("no library"), 0
    job = work_off()
    assert job.state is State.REFUSED
    assert "no library" in job.message
    assert voices.ask_for(published.id, **AS) != job, "and may be asked again"
