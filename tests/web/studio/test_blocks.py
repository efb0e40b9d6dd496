"""What a form gave, as a block of the document."""

import hashlib
from typing import Any

import pytest

from lms.catalogue import captions
from lms.web.studio.blocks import Reader


def block(kind: str, **data: Any) -> dict[str, Any]:
    return Reader({}).block(kind, "k", data)


def option(text: str, key: str = "") -> dict[str, Any]:
    return {"key": key, "text": {"fr": text}, "feedback": {"fr": ""}}


@pytest.mark.parametrize(
    ("right", "correct"), [("2", [False, True]), ("0", [True, False]), ("1", [False, False]), (None, [False, False])]
)
def test_the_right_one_is_told_by_its_row(right: str | None, correct: list[bool]) -> None:
    read = block("single", right=right, options=[option("Un"), option(" "), option("Trois", "c")])
    assert [one.get("correct", False) for one in read["options"]] == correct
    assert [one["key"] for one in read["options"]] == ["a", "c"]


def test_rows_left_empty_do_not_count_and_gaps_keep_their_letters() -> None:
    gaps = [{"key": letter, "word": {"fr": word}} for letter, word in zip("abcd", ["", "pose", "", ""], strict=True)]
    assert block("gaps", gaps=gaps)["gaps"] == [{"key": "b", "word": {"fr": "pose"}}]


@pytest.mark.parametrize(
    ("written", "read"), [("109,5", 109.5), (" 1 000 ", 1000), ("-2.5", -2.5), ("dix", "dix"), ("", None)]
)
def test_numbers_are_read_as_people_write_them(written: str, read: Any) -> None:
    assert block("numeric", answer=written).get("answer") == read


SRT = "1\n00:00:01,000 --> 00:00:02,000\n<b>Stop</b>"


def video(reader: Reader, kept: str = "", **cues: str) -> Any:
    fields = {"kept": kept, "upload": None, "captions": {"fr": None, "en": None}, "cues": {"fr": "", "en": "", **cues}}
    return reader.block("video", "k", {"video": fields}).get("video")


def test_captions_are_kept_as_webvtt_under_the_name_of_the_same_ones() -> None:
    reader = Reader({})
    made = video(reader, fr=SRT)
    name = made["captions"]["fr"]
    file = reader.files[name]
    assert (name, file.media_type) == ("media/captions-fr.vtt", "text/vtt")
    assert file.data == b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nStop\n"
    again = Reader({name: hashlib.sha256(file.data).hexdigest()})
    assert video(again, fr=SRT)["captions"] == {"fr": name}
    assert again.files == {}


def test_captions_left_alone_stay_and_emptied_ones_go() -> None:
    kept = '{"file": "media/v.mp4", "captions": {"fr": "media/fr.vtt", "en": "media/en.vtt"}}'
    left = video(Reader({}), kept, fr=captions.as_webvtt([]).decode())
    assert left == {"file": "media/v.mp4", "captions": {"en": "media/en.vtt"}}
