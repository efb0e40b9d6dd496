"""Texts are read aloud once, kept as files that a browser plays, and a server that cannot says why."""

import io
import subprocess
import sys

import pytest
import soundfile
from flask import Flask

from lms.kernel import speech, storage
from lms.kernel.database import db, writing
from lms.kernel.speech import CannotSpeak, Recording, Speech

GOOD_DAY, AS_BEFORE = Speech("L’équipe du matin est là.", "fr"), Speech("The team is here.", "en", "f2", 160)
SPEECHES = [GOOD_DAY, AS_BEFORE]


@pytest.fixture
def never_again(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was made already")

    return lambda: monkeypatch.setattr(subprocess, "run", fail)


def test_texts_are_read_once_and_kept_as_short_files(each_database: Flask, never_again) -> None:
    with each_database.app_context(), writing():
        assert speech.prepare(SPEECHES) == 2
        db.session.commit()
        found = speech.recordings([*SPEECHES, Speech("Another", "en")])
        assert found.keys() == set(SPEECHES)
        for digest in found.values():
            sound, rate = soundfile.read(io.BytesIO(storage.read(digest)))
            seconds = len(sound) / rate
            assert 0.8 < seconds < 5
            assert abs(sound).max() > 0.1, "it can be heard"
            assert len(storage.read(digest)) < 10_000
            assert speech.stored(digest) == storage.path(digest)
        never_again()
        assert speech.prepare(SPEECHES) == 0


def test_other_words_language_voice_or_speed_are_another_recording() -> None:
    keys = {
        one.key
        for one in (
            GOOD_DAY,
            Speech(GOOD_DAY.text + " ", "fr"),
            Speech(GOOD_DAY.text, "en"),
            Speech(GOOD_DAY.text, "fr", "f2"),
            Speech(GOOD_DAY.text, "fr", speed=150),
        )
    }
    assert len(keys) == 5
    assert Speech(GOOD_DAY.text, "fr").key == GOOD_DAY.key


def test_slower_speech_lasts_longer(session) -> None:
    slow, fast = Speech("One two three four five six.", "en", speed=90), Speech("One two three four five six.", "en")
    speech.prepare([slow, fast])
    sizes = {row.key: row.size for row in session.query(Recording)}
    assert sizes[slow.key] > sizes[fast.key]


def test_a_file_of_something_else_is_none_of_ours(session) -> None:
    digest, _ = storage.keep(io.BytesIO(b"a handbook"))
    assert speech.stored(digest) is None


def test_a_voice_that_is_not_there_is_named_and_the_others_speak(session, caplog: pytest.LogCaptureFixture) -> None:
    assert speech.prepare([Speech("?", "xx-none"), GOOD_DAY]) == 1
    assert speech.recordings([GOOD_DAY]).keys() == {GOOD_DAY}
    assert "no voice xx-none" in caplog.text
    caplog.clear()
    with pytest.raises(CannotSpeak, match="no voice xx-none"):
        speech.prepare([Speech("?", "xx-none")])
    assert "no voice xx-none" in (speech.prepared([Speech("?", "xx-none")]) or "")
    assert "no voice xx-none" in caplog.text


def test_where_nothing_can_speak_it_is_said_why(session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert speech.trouble() is None
    monkeypatch.setattr("lms.kernel.speech.sys.executable", "/nowhere/python")
    assert "/nowhere/python" in (speech.trouble() or "")


def test_the_server_never_loads_what_speaks() -> None:
    loaded = (
        "import sys, lms.application, lms.kernel.speech; print({'espeakng_loader', 'soundfile'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
