"""Questions of Moodle XML, QTI and sheets: what maps, what is lost, what is refused."""

import base64
from typing import Any

import pytest

from lms.authoring.imports import moodle_xml, qti, sheet
from lms.authoring.imports.reading import Reading
from lms.kernel.refusals import FileRefused
from lms.kernel.tables import write_xlsx
from tests.authoring.imports.pictures import PNG
from tests.authoring.imports.test_module_file import zipped

pytestmark = pytest.mark.usefixtures("languages")


def moodle(kind: str, inside: str) -> Reading:
    source = f'<quiz>\n<question type="{kind}"><name><text>N</text></name>{inside}</question></quiz>'
    return moodle_xml.read(source.encode(), "q.xml", "en")


def only(read: Reading) -> dict[str, Any]:
    assert read.left == ()
    (found,) = read.found
    return found.block


def asked(html: str, files: str = "") -> str:
    return f'<questiontext format="html"><text><![CDATA[{html}]]></text>{files}</questiontext>'


def picture(name: str) -> str:
    return f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(PNG).decode()}</file>'


def test_a_question_with_its_picture() -> None:
    answers = '<answer fraction="100"><text>4</text><tolerance>0.5</tolerance></answer>'
    html = '<p>How <b>wide</b>?</p><img src="@@PLUGINFILE@@/roll.png" alt="A roll &amp; a ruler">'
    read = moodle("numerical", asked(html, picture("roll.png")) + answers)
    block = only(read)
    assert block["prompt"] == {"en": "How wide?"}
    assert (block["answer"], block["tolerance"]) == (4.0, 0.5)
    assert block["picture"]["alt"] == {"en": "A roll & a ruler"}
    assert read.media[block["picture"]["file"]].data == PNG


def test_a_picture_elsewhere_and_a_sound_are_named() -> None:
    html = '<p>Is it?</p><img src="https://example.org/a.png" alt="x">'
    sound = '<file name="a.mp3" path="/" encoding="base64">AAAA</file>'
    truth = '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
    (found,) = moodle("truefalse", asked(html, sound) + truth).found
    assert set(found.warnings) == {"item.picture_dropped", "item.file_dropped"}


@pytest.mark.parametrize(
    ("kind", "inside", "reason"),
    [
        ("essay", asked("Tell"), "item.essay"),
        ("shortanswer", asked("Who?"), "item.short_answer"),
        ("stack", asked("x"), "item.unknown_kind"),
        ("cloze", asked("{1:NUMERICAL:=4}"), "item.short_answer"),
        ("cloze", asked("{1:MC:=cat}"), "item.no_other_words"),
        ("cloze", asked("The cat"), "item.broken_gaps"),
        ("gapselect", asked("The [[3]]") + "<selectoption><text>cat</text></selectoption>", "item.broken_gaps"),
        ("multichoice", asked("<img src='x'>") + "<single>true</single>", "item.none_right"),
        ("numerical", asked("x") + '<answer fraction="100"><text>*</text></answer>', "item.not_a_number"),
    ],
)
def test_what_moodle_has_and_we_have_not_is_named(kind: str, inside: str, reason: str) -> None:
    (left,) = moodle(kind, inside).left
    assert (left.reason, left.line) == (reason, 2)


def test_missing_words_of_moodle() -> None:
    block = only(moodle("cloze", asked("The {1:MULTICHOICE:=cat#yes~dog} sat on the {1:MC:~%100%mat~%0%hat} [x].")))
    assert block["text"] == {"en": "The [a] sat on the [b] (x)."}
    assert [gap["word"]["en"] for gap in block["gaps"]] == ["cat", "mat"]
    assert block["others"] == [{"en": "dog"}, {"en": "hat"}]


def test_explanations_and_points() -> None:
    told = "<correctfeedback><text>Yes.</text></correctfeedback><generalfeedback><text>See 4.</text></generalfeedback>"
    order = "".join(f"<answer><text>{word}</text></answer>" for word in "abc")
    block = only(moodle("ordering", asked("Order?") + told + "<defaultgrade>3.0000</defaultgrade>" + order))
    assert block["feedback"] == {"correct": {"en": "Yes. See 4."}, "incorrect": {"en": "See 4."}}
    assert block["points"] == 3


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"<quiz><question></quiz>", "xml.syntax"),
        (b'<!DOCTYPE quiz [<!ENTITY x "y">]><quiz/>', "xml.doctype"),
        (b"<quiz></quiz>", "item.nothing"),
        ("<quiz>é</quiz>".encode("latin-1"), "xml.syntax"),
        (b"<quiz>" + b"<a>" * 3000, "xml.syntax"),
    ],
)
def test_what_is_no_bank_is_refused(source: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        moodle_xml.read(source, "q.xml")
    assert [problem.code for problem in refused.value.problems] == [code]


ITEM = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q1" title="T">
<qti-response-declaration identifier="R" cardinality="{cardinality}" base-type="{base}">
<qti-correct-response>{right}</qti-correct-response></qti-response-declaration>
<qti-item-body>{body}</qti-item-body></qti-assessment-item>"""


def item(body: str, *right: str, base: str = "identifier", cardinality: str = "single") -> str:
    values = "".join(f"<qti-value>{value}</qti-value>" for value in right)
    return ITEM.format(body=body, right=values, base=base, cardinality=cardinality)


def of_item(*args: str, **more: str) -> Reading:
    return qti.read(item(*args, **more).encode(), "q.xml", "en")


def test_lists_within_a_text_become_missing_words() -> None:
    body = (
        '<p>I <qti-inline-choice-interaction response-identifier="R">'
        '<qti-inline-choice identifier="a">lay</qti-inline-choice>'
        '<qti-inline-choice identifier="b">throw</qti-inline-choice>'
        "</qti-inline-choice-interaction> it.</p>"
    )
    block = only(of_item(body, "a"))
    assert (block["text"], block["others"]) == ({"en": "I [a] it."}, [{"en": "throw"}])


def test_places_on_a_picture_in_points_become_shares() -> None:
    spots = (
        '<qti-hotspot-choice identifier="a" shape="rect" coords="0,0,100,100" hotspot-label="Brake"/>'
        '<qti-hotspot-choice identifier="b" shape="circle" coords="300,100,10" hotspot-label="Blade"/>'
    )
    body = (
        '<qti-hotspot-interaction response-identifier="R"><qti-prompt>Where?</qti-prompt>'
        f'<img src="m/a.png" alt="Press" width="400" height="200"/>{spots}</qti-hotspot-interaction>'
    )
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"><resources>'
        '<resource identifier="r" type="imsqti_item_xmlv3p0" href="q.xml"/></resources></manifest>'
    )
    package = zipped({"imsmanifest.xml": manifest.encode(), "q.xml": item(body, "a").encode(), "m/a.png": PNG})
    block = only(qti.read(package.getvalue(), "q.zip", "en"))
    assert [(place["x"], place["y"], place["size"], place["correct"]) for place in block["places"]] == [
        (12.5, 25.0, 25, True),
        (75.0, 50.0, 5, False),
    ]


ENTRY = '<p>How many?</p><qti-text-entry-interaction response-identifier="R"/>'
CHOICE = (
    '<qti-choice-interaction response-identifier="R" max-choices="1"><qti-prompt>Which?</qti-prompt>'
    '<qti-simple-choice identifier="a">A</qti-simple-choice><qti-simple-choice identifier="b">B</qti-simple-choice>'
    "</qti-choice-interaction>"
)


def test_a_number_is_taken_and_a_typed_word_is_named() -> None:
    assert only(of_item(ENTRY, "4", base="integer"))["answer"] == 4
    assert of_item(ENTRY, "four", base="string").left[0].reason == "item.short_answer"


@pytest.mark.parametrize(
    ("body", "right", "reason"),
    [
        (CHOICE, [], "item.none_right"),
        (CHOICE + ENTRY, ["a"], "item.several_interactions"),
        ("<p>Read.</p>", [], "item.description"),
        ('<qti-upload-interaction response-identifier="R"/>', [], "item.unknown_interaction"),
        ('<qti-extended-text-interaction response-identifier="R"/>', [], "item.essay"),
    ],
)
def test_what_qti_has_and_we_have_not_is_named(body: str, right: list[str], reason: str) -> None:
    assert [left.reason for left in of_item(body, *right).left] == [reason]


HEADER = "Énoncé;Type;Réponse 1;Réponse 2;Réponse 3;Bonne réponse;Tolérance;Points\n"


def of_sheet(*lines: str) -> Reading:
    return sheet.read((HEADER + "\n".join(lines)).encode(), "q.csv", "fr")


def test_the_template_is_read_back_whole_in_both_languages_and_kinds() -> None:
    for language in ("fr", "en"):
        for ending in ("csv", "xlsx"):
            read = sheet.read(sheet.template(language, ending), f"q.{ending}", language)
            kinds = [found.block["question"] for found in read.found]
            assert kinds == ["single", "multiple", "true_false", "numeric", "ordering", "matching", "gaps"]
            assert read.left == ()
            assert all(set(found.block["feedback"]) == {"correct", "incorrect"} for found in read.found)


def test_what_a_line_does_not_say_is_told_from_the_rest() -> None:
    read = of_sheet("Vrai ?;;;;;vrai", "Lequel ?;;a;b;c;B", "Lesquels ?;;a;b;c;1,3", "Combien ?;;;;;3,5;0,5;2")
    assert [found.block["question"] for found in read.found] == ["true_false", "single", "multiple", "numeric"]
    assert (read.found[3].block["answer"], read.found[3].block["points"]) == (3.5, 2)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Q ?;dessin;a;b", "sheet.kind"),
        ("Q ?;choix;a;b;;4", "sheet.right"),
        ("Q ?;vrai ou faux;;;;peut-être", "sheet.truth"),
        ("Q ?;paires;a = 1;b", "sheet.pairs"),
        ("Q ?;nombre;;;;beaucoup", "item.not_a_number"),
        ("Q ?;choix;a;b;;1;;11", "sheet.points"),
        ("Je pose.;mots manquants;jette", "item.no_other_words"),
        (";choix;a;b;;1", "item.no_text"),
    ],
)
def test_a_line_with_a_fault_is_named(line: str, reason: str) -> None:
    assert [(left.line, left.reason) for left in of_sheet(line).left] == [(2, reason)]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "table.SheetEmpty"),
        (b"Nom;Lieu\nA;B\n", "table.ColumnsNotFound"),
        (HEADER.encode(), "item.nothing"),
        (b'Question\n"open\n', "table.QuotesBroken"),
        (b"Question\na\0b\n", "table.ControlCharacters"),
        (b"\x89PNG\r\n", "table.NotATable"),
    ],
)
def test_what_is_no_sheet_is_refused(source: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        sheet.read(source, "q.csv")
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_workbook_of_one_sheet_needs_no_note() -> None:
    assert sheet.read(write_xlsx("Q", ["Question", "Correct"], [["Vrai ?", "vrai"]]), "q.xlsx").notes == ()
