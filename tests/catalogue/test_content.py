"""What a module document may hold, and where each fault is found."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import media_paths
from lms.kernel.documents import check, read_yaml
from lms.kernel.refusals import FileRefused
from tests.catalogue.modules import both, documents, whole


def faults(document: dict[str, Any]) -> list[tuple[str, str]]:
    source = yaml.safe_dump(json.loads(json.dumps(document)), allow_unicode=True).encode()  # no aliases
    data, lines = read_yaml(source, "module.yaml")
    try:
        check(ModuleContent, data, "module.yaml", lines)
    except FileRefused as refused:
        return [(problem.code, problem.path) for problem in refused.problems]
    return []


def changed(place: int, **changes: Any) -> dict[str, Any]:
    document = whole()
    document["blocks"][place] |= changes
    return document


def without(place: int, name: str) -> dict[str, Any]:
    document = whole()
    del document["blocks"][place][name]
    return document


def spots(*places: tuple[float, float]) -> list[dict[str, Any]]:
    said = {"text": both("x"), "body": both("y")}
    return [{"key": f"s{number}", "x": x, "y": y, **said} for number, (x, y) in enumerate(places)]


CASES = [
    (whole(), []),
    (whole(minutes=0), [("greater_than_equal", "minutes")]),
    (whole(title={"fr": "Seul"}), [("content.missing_language", "title")]),
    (whole(title=both("T") | {"de": "T"}), [("content.unlisted_language", "title")]),
    (whole(languages=["fr", "fr"]), [("content.repeated_key", "languages")]),
    (whole(code="Not a key"), [("content.key", "code")]),
    (whole(extra=1), [("extra_forbidden", "extra")]),
    (changed(0, card="poem"), [("content.unknown_block", "blocks.0")]),  # one error, whatever else the card holds
    (without(0, "card"), [("content.block_without_kind", "blocks.0")]),
    (whole(blocks=["words"]), [("content.block_without_kind", "blocks.0")]),
    (changed(1, key="read"), [("content.repeated_key", "blocks.1.key")]),
    (
        changed(0, body=both("<b>x</b>")),
        [("markdown.html", "blocks.0.body.fr")] * 2 + [("markdown.html", "blocks.0.body.en")] * 2,
    ),
    (changed(0, title=both("a\x07")), [("content.control_character", f"blocks.0.title.{x}") for x in ("en", "fr")]),
    (changed(1, picture={"file": "../a.svg", "alt": both("x")}), [("content.media_path", "blocks.1.picture.file")]),
    (
        changed(1, picture={"file": {"fr": "media/a.svg"}, "alt": both("x")}),
        [("content.missing_language", "blocks.1.picture.file")],
    ),
    (
        changed(2, video={"file": "media/v.mp4", "captions": {"fr": "media/fr.vtt"}}),
        [("content.missing_language", "blocks.2.video.captions")],  # a noisy shop floor
    ),
    (without(5, "feedback"), [("missing", "blocks.5.feedback")]),
    (changed(7, answer="peut-être"), [("bool_parsing", "blocks.7.answer")]),
    (changed(8, answer=True), [("float_type", "blocks.8.answer")]),  # YAML's yes is no number
    (changed(8, answer=float("inf")), [("question.finite", "blocks.8.answer")]),
    (whole(title={"fr": 12, "en": "T"}), [("string_type", "title.fr")]),
    (changed(4, signs=["W017", "Z999"]), [("safety.unknown_sign", "blocks.4.signs.1")]),
    (changed(11, spots=spots((20, 30), (31, 41))), [("places.too_close", "blocks.11")]),
    (changed(11, spots=spots((20, 30), (20, 42))), []),  # far enough in one direction
    (changed(11, spots=spots((20, 30), (60, 99))), [("less_than_equal", "blocks.11.spots.1.y")]),
    (without(15, "body"), [("document.no_page", "blocks.15")]),
    (changed(15, sound={"de": "media/page.mp3"}), [("content.unlisted_language", "blocks.15.sound")]),
    (without(16, "picture"), [("missing", "blocks.16.picture")]),
    (changed(17, text={"fr": "[g1] et [g1]", "en": "[g1] [g2]"}), [("question.gaps", "blocks.17")]),
    (changed(17, text={"fr": "[g1] [g2]", "en": "[g2] [g1] [g3]"}), [("question.gaps", "blocks.17")]),
    (changed(17, others=[]), [("too_short", "blocks.17.others")]),
    (
        whole(title={"fr": "\N{NO-BREAK SPACE} \N{NARROW NO-BREAK SPACE}", "en": "T"}),
        [("string_too_short", "title.fr")],
    ),
    (
        changed(1, picture={"file": {"en": "media/twin.svg", "fr": "media/Twin.svg"}, "alt": both("x")}),
        [("content.files_alike", "blocks.1.picture.file.fr")],
    ),
    (whole(minutes=0, summary={}), [("greater_than_equal", "minutes"), ("too_short", "summary")]),  # all at once
]


@pytest.mark.parametrize(("document", "expected"), CASES)
def test_faults(document: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert sorted(faults(document)) == sorted(expected)


def options(*correct: bool) -> list[dict[str, Any]]:
    return [{"key": f"k{place}", "text": both("x"), "correct": right} for place, right in enumerate(correct)]


@pytest.mark.parametrize(
    ("place", "right", "code"),
    [
        (5, (True, True), "question.one_correct"),
        (5, (False, False), "question.one_correct"),
        (6, (False, False), "question.some_correct"),
    ],
)
def test_a_choice_has_its_right_options(place: int, right: tuple[bool, ...], code: str) -> None:
    assert faults(changed(place, options=options(*right))) == [(code, f"blocks.{place}")]


def test_option_keys_differ() -> None:
    assert faults(changed(5, options=options(True, False)[:1] * 2))[0][0] == "content.repeated_key"


def test_media_are_found_by_type_wherever_they_stand() -> None:
    document = whole()
    document["blocks"][0]["title"]["fr"] = "media/not-a-file.svg"  # a text that only looks like one
    document["blocks"][5]["picture"] = {"file": {"fr": "media/f.svg", "en": "media/e.svg"}, "alt": both("x")}
    found = {".".join(map(str, path)): name for path, name in media_paths(ModuleContent.model_validate(document))}
    assert found == {
        "blocks.1.picture.file": "media/a.svg",
        "blocks.2.video.file": "media/v.mp4",
        "blocks.2.video.captions.fr": "media/fr.vtt",
        "blocks.2.video.captions.en": "media/en.vtt",
        "blocks.5.picture.file.fr": "media/f.svg",
        "blocks.5.picture.file.en": "media/e.svg",
        "blocks.11.picture.file": "media/b.svg",
        "blocks.12.back.picture.file": "media/b.svg",
        "blocks.14.before.file": "media/b.svg",
        "blocks.14.after.file": "media/b.svg",
        "blocks.15.sound.fr": "media/page.mp3",
        "blocks.16.picture.file": "media/b.svg",
        "blocks.18.options.0.picture.file": "media/b.svg",
        "blocks.18.options.1.picture.file": "media/b.svg",
    }


@settings(max_examples=40, deadline=None)
@given(documents())
def test_a_document_survives_being_written_down(document: dict[str, Any]) -> None:
    content = ModuleContent.model_validate(document)
    assert ModuleContent.model_validate(content.model_dump(mode="json", exclude_defaults=True)) == content
