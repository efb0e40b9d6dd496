"""The advice on blocks and modules."""

import io
import struct
from typing import Any

import pytest

from lms.authoring.guidance import drawings, films
from lms.authoring.guidance.advising import Screen, advise
from lms.authoring.guidance.drawings import Lettering
from lms.authoring.guidance.files import Known
from lms.authoring.translating.units import with_texts
from tests.catalogue.modules import whole

LONG = "Le rouleau est posé sur la table et " * 9
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 752">
<rect width="100%" height="100%" fill="#fff"/>
<text x="10" y="20" font-size="40">Frein</text><text x="10" y="60" font-size="14" fill="#aaa">Petit</text>
<rect x="500" y="500" width="200" height="100" fill="#000"/><text x="510" y="520" fill="#333" font-size="50">Noir</text>
<path d="M0 0h9" fill="#000"/><text x="900" y="20" fill="#eee" font-size="50">Où ?</text></svg>"""


def codes(document: dict[str, Any], key: str, files: dict[str, Known] | None = None) -> set[str]:
    return {one.code.removeprefix("advice.") for one in advise(document, files or {}).block(key).advice}


def test_words_are_counted_by_screen_and_what_stands_behind_apart() -> None:
    found = advise(whole(), {})
    assert found.block("read").screens["en"] == Screen(6, None)  # "Read (en)", "A bold link (en)".
    assert found.block("turn").screens["fr"].words == 3  # Title and a side are never seen at once here.
    assert found.block("one").screens["fr"].words == 2 + 2 * 2  # The question and its answers.
    assert found.block("one").seconds == pytest.approx(20 + (2 + 2 * 2 + 4 + 2) * 60 / 183)


def test_too_much_and_too_long() -> None:
    document = with_texts(whole(), "fr", {"read.body": LONG})
    assert codes(document, "read") == {"too_many_words", "long_sentence"}


def test_a_question_without_reasons_and_pictures_without_words() -> None:
    assert codes(whole(), "one") == {"bare_feedback"}
    document = with_texts(whole(), "fr", {"one.feedback.correct": ""})
    assert "no_feedback" in {one.code.removeprefix("advice.") for one in advise(document, {}).block("one").advice}
    block = next(one for one in document["blocks"] if one["key"] == "look")
    block["picture"]["alt"] = {}
    assert codes(document, "look") == {"no_alt"}
    film = next(one for one in document["blocks"] if one["key"] == "watch")
    film["video"] = {"file": "media/v.mp4"}
    assert codes(document, "watch") == {"no_captions"}


def test_pictures_and_films_are_looked_at_where_they_are_known() -> None:
    small = {"media/a.svg": Known(pixels=300), "media/v.mp4": Known(seconds=95.0)}
    assert codes(whole(), "look", small) == {"small_picture"}
    pale = {"media/a.svg": Known(letterings=(Lettering("Frein", 9.0, 2.0),))}
    assert codes(whole(), "look", pale) == {"small_letters", "pale_letters"}
    assert [advise(whole(), files).block("look").unjudged for files in (small, pale, {})] == [True, False, False]
    over_a_shape = {"media/a.svg": Known(letterings=(Lettering("Frein", 14.0, None),))}
    assert advise(whole(), over_a_shape).block("look").unjudged
    assert advise(whole(), small).block("watch").seconds == pytest.approx(95 + 2 * 60 / 183)


def test_minutes_and_places_of_a_module() -> None:
    assert not advise(whole(), {}).advice
    told = [one.code for one in advise(whole(minutes=30), {}).advice]
    assert told == ["advice.minutes"]
    asked = next(one for one in whole()["blocks"] if one["key"] == "one")
    blocks = [{**asked, "key": f"q{number}"} for number in range(4)]
    assert [one.code for one in advise(whole(blocks=blocks, minutes=2), {}).advice] == ["advice.same_place"]


def test_what_a_drawing_says_of_its_letters_and_what_it_does_not() -> None:
    """Contrast by WCAG 2.2: #aaaaaa on white 2.3, #333333 on black 1.7 (worked out by hand)."""
    frein, petit, noir, where = drawings.letterings(DRAWING.encode())
    assert (frein.height, frein.contrast) == (20.0, 21.0)
    assert (petit.height, petit.contrast) == (7.0, 2.3)
    assert noir.contrast == 1.7
    assert where.contrast is None  # A path may lie behind it.
    assert drawings.letterings(b"<svg") == []


def test_how_long_a_film_lasts() -> None:
    header = struct.pack(">I4s4xIIII12x", 40, b"mvhd", 0, 0, 1000, 95_500)
    film = struct.pack(">I4s8x", 16, b"ftyp") + struct.pack(">I4s", 48, b"moov") + header
    assert films.mp4_seconds(io.BytesIO(film)) == 95.5
    assert films.mp4_seconds(io.BytesIO(film[:30])) is None
    assert films.mp4_seconds(io.BytesIO(b"\0\0\0\0free")) is None
    assert films.sound_seconds(io.BytesIO(b"no sound")) is None
