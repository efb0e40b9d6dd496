"""Translations leave as files and come back: what was changed in between, and nothing else."""

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lms.authoring.imports.xml import parse
from lms.authoring.translating import codes, files, sheet, xliff
from lms.authoring.translating.offers import Asked, Offer
from lms.authoring.translating.states import Bases, carried
from lms.authoring.translating.units import Shape, digest, unit_of, units, with_texts
from lms.kernel.refusals import FileRefused
from lms.kernel.tables import read_table, write_csv
from tests.catalogue.modules import documents, whole

pytestmark = pytest.mark.usefixtures("languages")
ENDINGS = ("xlf", "csv", "xlsx")
NS = {"x": xliff.SPACE}
RICH = "**Arrêtez** la [bobine](https://example.org/a_b).\n\n- Puis *attendez*\n- et **regardez**"


def written(wanted: Asked, ending: str) -> bytes:
    if ending == "xlf":
        return xliff.write(wanted)
    return sheet.write(wanted, ending, french=True, place=lambda unit: unit.path, states=str)


def asked(document: dict[str, Any], language: str = "en", bases: Bases = frozenset()) -> Asked:
    return files.asked(document, language, bases)


def read(source: bytes, wanted: Asked) -> Offer:
    return files.read(source, "t.xlf", wanted)


def accepted(document: dict[str, Any], language: str, offer: Offer) -> dict[str, Any]:
    return with_texts(document, language, {one.unit: one.text for one in files.accepted(offer)})


def rich() -> dict[str, Any]:
    return with_texts(with_texts(whole(), "fr", {"read.body": RICH}), "en", {"read.body": ""})


def refused(source: bytes, wanted: Asked) -> str:
    with pytest.raises(FileRefused) as refusal:
        read(source, wanted)
    return refusal.value.problems[0].code


@given(documents(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_what_leaves_comes_back_the_same_and_a_change_changes_just_that(
    document: dict[str, Any], dice: random.Random
) -> None:
    if len(document["languages"]) < 2:
        document["languages"].append("tr")
    language = document["languages"][1]
    wanted = asked(document, language)
    for ending in ENDINGS:
        source = written(wanted, ending)
        same = read(source, wanted)
        assert (same.offered, same.faults) == ((), ()), ending
        unit = dice.choice(units(document))
        new = f"=x {dice.random()} {unit.texts[document['languages'][0]]}"
        if unit.shape is Shape.PROSE or len(new) > unit.limit:
            continue
        translated = with_texts(document, language, {unit.id: new})
        offer = read(written(asked(translated, language), ending), wanted)
        assert [one.unit.id for one in offer.offered] == [unit.id]
        assert accepted(document, language, offer) == translated


@pytest.mark.parametrize(
    "text",
    [
        RICH,
        "Simple",
        "1. Un\n2. **Deux *et* demi**\n\nFin",
        r"5 \* 3 et \[a\]",
        "a * b ** c [d](",
        "<https://example.org> et **gras**",
        "ligne\nsuite **x**",
        "***tout***",
        "_autre_ signe",
        "- a\n  - b\n\n    c",
    ],
)
def test_a_text_taken_apart_is_put_together_letter_by_letter(text: str) -> None:
    parts = codes.split(text, Shape.PROSE)
    assert codes.together(parts) == text
    assert codes.fitted(parts, parts) == parts


def test_marks_of_a_rich_text_are_codes_and_its_items_segments() -> None:
    root = etree.fromstring(xliff.write(asked(rich())))
    unit = root.find(".//x:unit[@id='read.body']", NS)
    assert [len(unit.findall(f"x:{name}", NS)) for name in ("segment", "ignorable")] == [3, 2]
    assert unit.xpath("count(.//x:source//x:pc)", namespaces=NS) == 4
    assert [one.text for one in unit.findall("x:originalData/x:data", NS)] == [
        "**", "[", "](https://example.org/a_b)", "*",
    ]  # fmt: skip
    gaps = root.find(".//x:unit[@id='gap.text']", NS)
    assert [one.get("disp") for one in gaps.findall(".//x:source/x:ph", NS)] == ["[g1]", "[g2]"]


def test_the_file_keeps_to_the_core_of_the_standard() -> None:
    """By XLIFF 2.1, sections 4.2, 4.3 and 4.7: order of children, ids, values of attributes."""
    document = with_texts(rich(), "en", {"one.prompt": ""})
    root = etree.fromstring(xliff.write(asked(document)))
    order = {
        "xliff": "(file )+",
        "file": "(unit )+",
        "unit": "(notes )?(originalData )?((segment|ignorable) )+",
        "segment": "source (target )?",
        "ignorable": "source (target )?",
        "notes": "(note )+",
        "originalData": "(data )+",
    }
    for element in root.iter():
        name = etree.QName(element).localname
        if name in order:
            children = "".join(f"{etree.QName(child).localname} " for child in element)
            assert re.fullmatch(order[name], children), (name, children)
            assert not (element.text or "").strip()
    for unit in root.iter(f"{{{xliff.SPACE}}}unit"):
        ids = [one.get("id") for one in unit.findall("x:segment", NS) + unit.findall("x:ignorable", NS)]
        for side in ("source", "target"):
            ids += [one.get("id") for one in unit.iterfind(f".//x:{side}//*[@id]", NS) if side == "source"]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[\w.:-]+", one) for one in (*ids, unit.get("id")))
        data = {one.get("id") for one in unit.iter(f"{{{xliff.SPACE}}}data")}
        refs = {value for one in unit.iter() for name, value in one.attrib.items() if name.startswith("dataRef")}
        assert refs == data
        segments = unit.findall("x:segment", NS)
        assert {one.get("state") for one in segments} <= {"initial", "translated"}
        assert all(one.get("state") for one in segments if one.get("subState"))
    assert root.attrib["version"] == "2.1"


def test_marks_must_come_back_once_each_and_the_unit_is_named() -> None:
    wanted = asked(rich())
    source = xliff.write(wanted).decode()
    unit = re.search(r'<unit id="read.body".*?</unit>', source, re.DOTALL)[0]
    targets = {
        "s1": '<pc id="1">Stop</pc> the <pc id="2">roll</pc>.',
        "s3": 'Then <pc id="3">wait</pc>',
        "s5": 'and <pc id="4">look</pc>',
    }

    def offer(**changes: str) -> Offer:
        new = unit
        for key, target in (targets | changes).items():
            inside = new.index("</source>", new.index(f'id="{key}"')) + len("</source>")
            new = f"{new[:inside]}<target>{target}</target>{new[inside:]}" if target else new
        return read(source.replace(unit, new).encode(), wanted)

    whole_text = "**Stop** the [roll](https://example.org/a_b).\n\n- Then *wait*\n- and **look**"
    assert [one.text for one in offer().offered] == [whole_text]
    assert offer(s1='The <pc id="2">roll</pc>: <pc id="1">stop</pc>.').offered  # Another order of words.
    for fault, changes in {
        "xliff.lost": {"s1": '<pc id="1">Stop</pc> the roll.'},
        "xliff.added": {"s5": '<pc id="9">and</pc> <pc id="4">look</pc>'},
        "xliff.part_missing": {"s5": ""},
        "xliff.marks": {"s5": '*and* <pc id="4">look</pc>'},
        "markdown.html": {"s5": '&lt;b&gt; <pc id="4">look</pc>'},
    }.items():
        found = offer(**changes)
        assert [(one.code, one.path) for one in found.faults] == [(fault, "read.body")]
        assert found.faults[0].line > 1
        assert not found.offered


def test_files_of_something_else_are_refused() -> None:
    wanted = asked(whole())
    source = xliff.write(wanted)
    assert refused(source.replace(b"etabli:whole", b"etabli:other"), wanted) == "translation.other_module"
    assert refused(source.replace(b'trgLang="en"', b'trgLang="de"'), wanted) == "xliff.other_language"
    assert refused(source.replace(b'srcLang="fr"', b'srcLang="de"'), wanted) == "xliff.other_original"
    assert refused(source.replace(b"document:2.0", b"document:1.2"), wanted) == "xliff.version"
    assert refused(b"<html/>", wanted) == "xliff.not"
    assert refused(b"<xliff", wanted) == "xml.syntax"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + source.split(b"?>", 1)[1]
    assert refused(bomb, wanted) == "xml.doctype"
    table = sheet.write(asked(whole()), "csv", french=True, place=str, states=str)
    assert refused(table.replace(b"Traduction (en)", b"Traduction (de)"), wanted) == "translation.no_column"
    assert refused(b"a;b\n1;2", wanted) == "table.ColumnsNotFound"


def test_what_is_not_translated_yet_is_no_fault() -> None:
    document = with_texts(whole(), "en", {"gap.text": "", "read.body": "", "one.prompt": ""})
    for ending in ENDINGS:
        offer = read(written(asked(document), ending), asked(document))
        assert (offer.offered, offer.faults) == ((), ())


def test_of_a_sheet_the_column_of_translations_alone_is_read_and_faults_name_lines() -> None:
    wanted = asked(whole())
    rows = [
        ["whole/one.prompt", "nowhere", "ANOTHER ORIGINAL", "=So which?", "done"],
        ["whole/gone.prompt", "", "", "x", ""],
        ["other/one.prompt", "", "", "x", ""],
        ["whole/one.options.a.text", "", "", "x" * 301, ""],
        ["whole/gap.text", "", "", "No gap [g1]", ""],
        ["whole/one.prompt", "", "", "Twice", ""],
        ["whole/much.unit", "", "", "", ""],
    ]
    offer = read(write_csv(["Clé", "Où", "Original (fr)", "Traduction (en)", "État"], rows), wanted)
    assert [(one.unit.id, one.text) for one in offer.offered] == [("one.prompt", "=So which?")]
    assert [(one.line, one.code) for one in offer.faults] == [
        (3, "translation.unknown"),
        (4, "translation.other_module"),
        (5, "translation.too_long"),
        (6, "translation.gaps"),
        (7, "translation.twice"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "'=x", "''@", "'x", "‑x"])
def test_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    assert sheet.bare(sheet.guarded(text)) == text
    document = with_texts(whole(), "en", {"one.prompt": text})
    cells = [cell for row in read_table(written(asked(document), "csv")).rows() for cell in row.cells]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_an_original_that_changed_since_is_told_and_the_translation_is_for_the_old_one() -> None:
    source = xliff.write(asked(with_texts(whole(), "en", {"one.prompt": "New words"})))
    now = with_texts(whole(), "fr", {"one.prompt": "Lequel ?"})
    (one,) = read(source, asked(now)).offered
    assert one.stale
    assert one.made_for == digest(unit_of(whole(), "one.prompt").texts["fr"])


def test_a_file_that_calls_an_outdated_translation_right_confirms_it() -> None:
    now = with_texts(whole(), "fr", {"one.prompt": "Lequel ?"})
    bases = carried(whole(), now, frozenset())
    source = xliff.write(asked(now, bases=bases))
    assert b'subState="etabli:outdated"' in source
    assert not read(source, asked(now, bases=bases)).offered
    sure = source.replace(b'state="initial" subState="etabli:outdated"', b'state="final"')
    (one,) = read(sure, asked(now, bases=bases)).offered
    assert one.confirms


def test_a_translation_laid_out_otherwise_is_told_in_a_note_and_left_alone() -> None:
    document = with_texts(rich(), "en", {"read.body": "One sentence."})
    source = xliff.write(asked(document))
    assert b"One sentence." in source
    offer = read(source, asked(document))
    assert (offer.offered, offer.faults) == ((), ())


def test_characters_that_xml_cannot_hold_come_back() -> None:
    document = with_texts(whole(), "en", {"one.prompt": "a\uffffb"})
    source = xliff.write(asked(document))
    assert b'<cp hex="FFFF"/>' in source
    assert parse(source, "t").tag
    assert [one.text for one in read(source, asked(whole())).offered] == ["a\uffffb"]
