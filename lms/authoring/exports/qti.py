"""A module's questions as a package of QTI 3.0 (1EdTech), which holds every kind of them."""

import io
from collections.abc import Callable, Sequence
from typing import Any
from zipfile import ZipFile

from lms.authoring.exports.module_file import put
from lms.authoring.exports.written import ReadFile, Written, file_of, lost, of_every, of_module
from lms.authoring.imports.qti import FINGER
from lms.authoring.imports.xml import Element, etree
from lms.catalogue.cards import Picture
from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import (
    GAP,
    ChoiceQuestion,
    Gaps,
    Hotspot,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    PictureChoice,
    PictureOption,
    Question,
    SingleChoice,
    TrueFalse,
    choices,
)
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(content: ModuleContent, language: str, read_file: ReadFile) -> Written:
    """Return a package of an item each and a test that orders them, in one language."""
    left = list(of_module(content))
    files: dict[str, bytes] = {}
    items: dict[str, list[str]] = {}
    for block in content.blocks:
        if not isinstance(block, Question):
            left.append(lost("export.kind", block))
            continue
        left += of_every(block)
        writer = _Writer(language)
        root = writer.item(block)
        name = f"items/{block.key}.xml"
        files[name] = _printed(root)
        items[name] = writer.files
        files |= {file: read_file(file) for file in writer.files}
    files["test.xml"] = _printed(_test(content, language, list(items)))
    files["imsmanifest.xml"] = _printed(_manifest(content, items))
    target = io.BytesIO()
    with ZipFile(target, "w") as packed:
        for name in sorted(files):
            put(packed, name, files[name])
    return Written(target.getvalue(), tuple(left))


def _printed(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element of QTI; underscores in names of attributes stand for hyphens."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{QTI}}}{name}", named)
    if text:
        element.text = text.replace("\ufffe", "").replace("\uffff", "")
    return element


def _identifier(key: str) -> str:
    """Return a key as an identifier, which begins with a letter; two words are kept for explanations."""
    return f"_{key}" if key[0].isdigit() or key in ("correct", "incorrect") else key


class _Writer:
    """One item."""

    def __init__(self, language: str) -> None:
        self.files: list[str] = []
        self._language = language

    def _say(self, words: dict[str, str]) -> str:
        return words[self._language]

    def item(self, block: Question) -> Element:
        """Return a question as an item."""
        title = self._say(block.prompt)
        attributes = {
            "identifier": _identifier(block.key),
            "title": title.replace("\ufffe", "").replace("\uffff", ""),
            "adaptive": "false",
            "time-dependent": "false",
            _LANG: self._language,
        }
        root = etree.Element(f"{{{QTI}}}qti-assessment-item", attributes, nsmap={None: QTI})
        body = etree.Element(f"{{{QTI}}}qti-item-body")
        if block.picture and not isinstance(block, Hotspot):
            self._image(_add(body, "p"), block.picture)
        cardinality, base, right = _WRITERS[type(block)](self, block, body)
        declared = _add(
            root, "qti-response-declaration", identifier="RESPONSE", cardinality=cardinality, base_type=base
        )
        correct = _add(declared, "qti-correct-response")
        for value in right:
            _add(correct, "qti-value", value)
        self._outcomes(root, block)
        root.append(body)
        self._scored(root, block, base)
        self._explained(root, block)
        return root

    def _outcomes(self, root: Element, block: Question) -> None:
        for name, value in (("SCORE", "0"), ("MAXSCORE", str(block.points))):
            outcome = _add(root, "qti-outcome-declaration", identifier=name, cardinality="single", base_type="float")
            _add(_add(outcome, "qti-default-value"), "qti-value", value)
        _add(root, "qti-outcome-declaration", identifier="FEEDBACK", cardinality="multiple", base_type="identifier")

    def _scored(self, root: Element, block: Question, base: str) -> None:
        """Say how the answer is scored, and which explanations are shown."""
        condition = _add(_add(root, "qti-response-processing"), "qti-response-condition")
        matches = _add(condition, "qti-response-if")
        if isinstance(block, Numeric):
            off = f"{block.tolerance!r} {block.tolerance!r}"
            test = _add(matches, "qti-equal", tolerance_mode="absolute", tolerance=off)
        else:
            test = _add(matches, "qti-match")
        _add(test, "qti-variable", identifier="RESPONSE")
        _add(test, "qti-correct", identifier="RESPONSE")
        score = _add(matches, "qti-set-outcome-value", identifier="SCORE")
        _add(score, "qti-variable", identifier="MAXSCORE")
        for branch, shown in ((matches, "correct"), (_add(condition, "qti-response-else"), "incorrect")):
            outcome = _add(_add(branch, "qti-set-outcome-value", identifier="FEEDBACK"), "qti-multiple")
            _add(outcome, "qti-base-value", shown, base_type="identifier")
            if base == "identifier":
                _add(outcome, "qti-variable", identifier="RESPONSE")

    def _explained(self, root: Element, block: Question) -> None:
        told = {"correct": block.feedback.correct, "incorrect": block.feedback.incorrect}
        for option in choices(block) if isinstance(block, ChoiceQuestion) else ():
            if option.feedback:
                told[_identifier(option.key)] = option.feedback
        for identifier, words in told.items():
            shown = _add(
                root, "qti-modal-feedback", outcome_identifier="FEEDBACK", identifier=identifier, show_hide="show"
            )
            _add(_add(shown, "qti-content-body"), "p", self._say(words))

    def _image(self, parent: Element, picture: Picture) -> Element:
        file = file_of(picture, self._language)
        if file not in self.files:
            self.files.append(file)
        alt = self._say(picture.alt).replace("\ufffe", "").replace("\uffff", "")
        return _add(parent, "img", src=f"../{file}", alt=alt)

    def _interaction(self, body: Element, name: str, block: Question, **attributes: str) -> Element:
        interaction = _add(body, f"qti-{name}-interaction", response_identifier="RESPONSE", **attributes)
        _add(interaction, "qti-prompt", self._say(block.prompt))
        return interaction

    def choice(self, block: SingleChoice | MultipleChoice | PictureChoice, body: Element) -> "_Declared":
        """Write answers to choose from."""
        several = isinstance(block, MultipleChoice)
        asked = self._interaction(body, "choice", block, shuffle="true", max_choices="0" if several else "1")
        for option in block.options:
            written = _add(asked, "qti-simple-choice", identifier=_identifier(option.key))
            if isinstance(option, PictureOption):
                self._image(written, option.picture)
            if option.text:
                _add(written, "span", self._say(option.text))
        right = [_identifier(option.key) for option in block.options if option.correct]
        return "multiple" if several else "single", "identifier", right

    def true_false(self, block: TrueFalse, body: Element) -> "_Declared":
        """Write a statement as a choice of two."""
        asked = self._interaction(body, "choice", block, shuffle="false", max_choices="1")
        with speaking(self._language):
            for identifier, words in (("true", _("True")), ("false", _("False"))):
                _add(asked, "qti-simple-choice", str(words), identifier=identifier)
        return "single", "identifier", ["true" if block.answer else "false"]

    def numeric(self, block: Numeric, body: Element) -> "_Declared":
        """Write a number to be typed, its unit beside it."""
        _add(body, "p", self._say(block.prompt))
        line = _add(body, "p")
        _add(line, "qti-text-entry-interaction", response_identifier="RESPONSE", expected_length="12")
        if block.unit:
            _add(line, "span", self._say(block.unit), class_="etabli-unit")
        return "single", "float", [repr(block.answer)]

    def ordering(self, block: Ordering, body: Element) -> "_Declared":
        """Write things to put in order."""
        asked = self._interaction(body, "order", block, shuffle="true")
        for item in block.items:
            _add(asked, "qti-simple-choice", self._say(item.text), identifier=_identifier(item.key))
        return "ordered", "identifier", [_identifier(item.key) for item in block.items]

    def matching(self, block: Matching, body: Element) -> "_Declared":
        """Write two lists to bring together."""
        asked = self._interaction(body, "match", block, shuffle="true", max_associations=str(len(block.pairs)))
        lefts, rights = _add(asked, "qti-simple-match-set"), _add(asked, "qti-simple-match-set")
        pairs = []
        for place, pair in enumerate(block.pairs, start=1):
            left, right = _identifier(pair.key), f"R_{place}"
            for side, identifier, words in ((lefts, left, pair.left), (rights, right, pair.right)):
                _add(side, "qti-simple-associable-choice", self._say(words), identifier=identifier, match_max="1")
            pairs.append(f"{left} {right}")
        return "multiple", "directedPair", pairs

    def gaps(self, block: Gaps, body: Element) -> "_Declared":
        """Write a sentence with gaps, and the words for them."""
        asked = self._interaction(body, "gap-match", block, shuffle="true")
        words = [gap.word for gap in block.gaps]
        for place, word in enumerate([*words, *block.others], start=1):
            _add(asked, "qti-gap-text", self._say(word), identifier=f"W_{place}", match_max="1")
        sentence = _add(asked, "p")
        before, *pieces = GAP.split(self._say(block.text))
        sentence.text = before
        for key, after in zip(pieces[::2], pieces[1::2], strict=True):
            _add(sentence, "qti-gap", identifier=_identifier(key)).tail = after
        pairs = [f"W_{place} {_identifier(gap.key)}" for place, gap in enumerate(block.gaps, start=1)]
        return "multiple", "directedPair", pairs

    def hotspot(self, block: Hotspot, body: Element) -> "_Declared":
        """Write places on a picture, in per cent of it."""
        asked = self._interaction(body, "hotspot", block, max_choices="0" if block.several else "1")
        self._image(asked, block.picture)
        for place in block.places:
            _add(
                asked,
                "qti-hotspot-choice",
                identifier=_identifier(place.key),
                shape="circle",
                coords=f"{place.x!r}%,{place.y!r}%,{(place.size or FINGER) / 2!r}%",
                hotspot_label=self._say(place.text).replace("\ufffe", "").replace("\uffff", ""),
            )
        right = [_identifier(place.key) for place in block.places if place.correct]
        return "multiple" if block.several else "single", "identifier", right


_Declared = tuple[str, str, list[str]]
"""How many values a response has, of what type, and which are right."""
_WRITERS: dict[type, Callable[[_Writer, Any, Element], _Declared]] = {
    SingleChoice: _Writer.choice,
    MultipleChoice: _Writer.choice,
    PictureChoice: _Writer.choice,
    TrueFalse: _Writer.true_false,
    Numeric: _Writer.numeric,
    Ordering: _Writer.ordering,
    Matching: _Writer.matching,
    Gaps: _Writer.gaps,
    Hotspot: _Writer.hotspot,
}


def _test(content: ModuleContent, language: str, items: Sequence[str]) -> Element:
    """Return the test that asks the items in their order."""
    title = content.title[language].replace("\ufffe", "").replace("\uffff", "")
    attributes = {"identifier": "TEST", "title": title, _LANG: language}
    root = etree.Element(f"{{{QTI}}}qti-assessment-test", attributes, nsmap={None: QTI})
    part = _add(root, "qti-test-part", identifier="PART", navigation_mode="nonlinear", submission_mode="individual")
    section = _add(part, "qti-assessment-section", identifier="SECTION", title=title, visible="true")
    for number, name in enumerate(items, start=1):
        _add(section, "qti-assessment-item-ref", identifier=f"ITEM_{number}", href=name)
    return root


def _manifest(content: ModuleContent, items: dict[str, list[str]]) -> Element:
    """Return the list of what is in the package."""
    root = etree.Element(f"{{{PACKAGE}}}manifest", {"identifier": f"M_{content.code}"}, nsmap={None: PACKAGE})
    described = etree.SubElement(root, f"{{{PACKAGE}}}metadata")
    etree.SubElement(described, f"{{{PACKAGE}}}schema").text = "QTI Package"
    etree.SubElement(described, f"{{{PACKAGE}}}schemaversion").text = "3.0.0"
    etree.SubElement(root, f"{{{PACKAGE}}}organizations")
    resources = etree.SubElement(root, f"{{{PACKAGE}}}resources")
    _resource(resources, "R_TEST", "imsqti_test_xmlv3p0", "test.xml", [])
    for number, (name, files) in enumerate(items.items(), start=1):
        _resource(resources, f"R_{number}", "imsqti_item_xmlv3p0", name, files)
    return root


def _resource(resources: Element, identifier: str, kind: str, name: str, files: Sequence[str]) -> None:
    attributes = {"identifier": identifier, "type": kind, "href": name}
    resource = etree.SubElement(resources, f"{{{PACKAGE}}}resource", attributes)
    for file in (name, *files):
        etree.SubElement(resource, f"{{{PACKAGE}}}file", {"href": file})
