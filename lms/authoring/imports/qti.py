"""From QTI 2.1, 2.2 and 3.0 (1EdTech) to our questions: single items and packages.

The three versions differ in how names are written (`choiceInteraction`, `qti-choice-interaction`);
here they are read as one. What scores an answer is taken from the declared right response; scoring
of another making is not carried out, and what cannot be told from the declaration is named.
"""

import io
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lms.authoring.imports import blocks, xml
from lms.authoring.imports.blocks import FULL, Answer, Unmapped
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.pictures import Gallery
from lms.authoring.imports.reading import Found, Left, Reading, Special
from lms.authoring.imports.xml import Element
from lms.catalogue.fields import on_one_line
from lms.kernel.archives import Limits, read_zip
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.refusals import FileRefused, Problem

MANIFEST = "imsmanifest.xml"
LIMITS = Limits(entries=6_000, whole=256_000_000)
STEP = 50
FINGER = 12.5
"""Per cent of a picture that stand for a place whose width is left to the kiosk; no width is ever written so."""
_ENDING = re.compile(r"\.(?:zip|xml)$", re.IGNORECASE)
_ITEM = re.compile(r"imsqti_item_", re.IGNORECASE)
_TEST = re.compile(r"imsqti_test_", re.IGNORECASE)


def read(source: bytes, file: str, language: str = "fr", report: Report = silent) -> Reading:
    """Return the questions of an item or a package; raises FileRefused for what is neither."""
    files = _files(source, file)
    names = list(_items(files, file))
    reader = _Reader(file, language, files)
    for number, name in enumerate(names):
        if number % STEP == 0:
            report(number, len(names))
        reader.add(name)
    if not names:
        raise FileRefused([Problem("item.nothing", file)])
    return Reading(
        Kind.QTI,
        file,
        _ENDING.sub("", file),
        language,
        tuple(reader.found),
        tuple(reader.left),
        media=reader.gallery.files,
        stated=len(names),
        counts=dict(reader.counts),
    )


def _files(source: bytes, file: str) -> dict[str, bytes]:
    if not source.startswith(b"PK"):
        return {file: source}
    files = read_zip(io.BytesIO(source), file, LIMITS)
    manifests = [name for name in files if name.rsplit("/", 1)[-1].lower() == MANIFEST]
    if not manifests:
        raise FileRefused([Problem("qti.no_manifest", file)])
    # Zipping the folder, instead of what is in it, puts everything one level down.
    top = min(manifests, key=len)[: -len(MANIFEST)]
    inside = {name.removeprefix(top): data for name, data in files.items() if name.startswith(top)}
    return {MANIFEST if name.lower() == MANIFEST else name: data for name, data in inside.items()}


def _items(files: dict[str, bytes], file: str) -> Iterator[str]:
    """Yield the names of items, in the order of the test if there is one."""
    if MANIFEST not in files:
        yield from files
        return
    manifest = xml.parse(files[MANIFEST], file, MANIFEST)
    resources = [one for one in manifest.iter() if xml.local(one) == "resource"]
    items = dict.fromkeys(_href(one) for one in resources if _ITEM.search(one.get("type", "")) and _href(one))
    for test in (one for one in resources if _TEST.search(one.get("type", ""))):
        for name in _in_test(files, _href(test), file):
            if name in items:
                items.pop(name)
                yield name
    yield from items


def _in_test(files: dict[str, bytes], test: str, file: str) -> Iterator[str]:
    if test not in files:
        return
    for one in xml.parse(files[test], file, test).iter():
        if _name(one) == "assessmentItemRef":
            yield _joined(test, one.get("href", ""))


def _href(resource: Element) -> str:
    return posixpath.normpath(unquote(resource.get("href") or "")) if resource.get("href") else ""


def _joined(base: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href)))


def _name(element: Element) -> str:
    """Return an element's name as QTI 2 writes it."""
    return _camel(xml.local(element).removeprefix("qti-"))


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(one[:1].upper() + one[1:] for one in others)


def _get(element: Element, name: str) -> str:
    """Return an attribute as QTI 2 names it."""
    return next((str(value) for key, value in element.attrib.items() if _camel(key) == name), "")


def _all(element: Element, *names: str) -> list[Element]:
    return [one for one in element.iter() if _name(one) in names]


@dataclass(frozen=True)
class _Item:
    """One item: its body, what is declared right, and what explains an answer."""

    file: str
    root: Element
    body: Element
    right: dict[str, list[str]]
    """The right values by response."""
    types: dict[str, str]
    told: dict[str, str] = field(default_factory=dict)
    """Texts by the outcome that shows them."""


class _Reader:
    """The items of one file, their keys and their pictures."""

    def __init__(self, file: str, language: str, files: dict[str, bytes]) -> None:
        self.language = language
        self.found: list[Found] = []
        self.left: list[Left] = []
        self.gallery = Gallery()
        self.counts: Counter[str] = Counter()
        self._file, self._files = file, files
        self._keys = blocks.key_giver()

    def add(self, name: str) -> None:
        """Make a block of an item, or name why none is made; raises FileRefused for one that is no XML."""
        where = name if len(self._files) > 1 or name != self._file else ""
        if name not in self._files:
            self.left.append(Left(None, name, "qti.missing_item", name))
            return
        root = xml.parse(self._files[name], self._file, where)
        if _name(root) != "assessmentItem":
            raise FileRefused([Problem("qti.no_item", self._file, path=where)])
        title = on_one_line(_get(root, "title") or _get(root, "identifier"))
        try:
            block, lost = self._block(_item(name, root))
        except Unmapped as reason:
            self.left.append(Left(root.sourceline, title[:80], str(reason), where))
        else:
            self.found.append(Found(root.sourceline, block, tuple(lost), where))

    def _block(self, item: _Item) -> tuple[dict[str, Any], list[str]]:
        asked = [one for one in item.body.iter() if _name(one).endswith("Interaction")]
        self.counts.update(_name(one) for one in asked)
        kinds = {_name(one) for one in asked}
        if not asked:
            raise Unmapped("item.description")
        if len(asked) > 1 and kinds != {"inlineChoiceInteraction"}:
            raise Unmapped("item.several_interactions")
        kind = kinds.pop()
        if kind not in _MAPPINGS:
            raise Unmapped(_REASONS.get(kind, "item.unknown_interaction"))
        special, lost = _MAPPINGS[kind](self, item, asked[0])
        lost += _scored_otherwise(item)
        prompt = self._prompt(item, asked[0], kind)
        told = (item.told.get("correct", ""), item.told.get("incorrect", ""))
        key = self._keys(_key(_get(item.root, "identifier")), f"item-{len(self.found) + len(self.left) + 1}")
        block = blocks.question(key, prompt, special, told, self.language) | _points(item)
        if "picture" not in block:
            picture, more = self._picture(item, item.body, without=asked)
            lost += ["item.picture_dropped"] if more else []
            block |= {"picture": picture} if picture else {}
        return block, lost

    def _prompt(self, item: _Item, interaction: Element, kind: str) -> str:
        """Return what is asked: the prompt, with what stands before it."""
        own = next((one for one in interaction if _name(one) == "prompt"), None)
        before = "" if kind == "inlineChoiceInteraction" else _words(item.body, without=_name(interaction))
        both = f"{before} {_words(own)}" if own is not None else before
        return both.strip() or _get(item.root, "title")

    def _picture(self, item: _Item, within: Element, without: list[Element]) -> tuple[dict[str, Any] | None, bool]:
        """Return the first picture in a part of an item, and whether there are more that cannot be kept."""
        hidden = {inner for one in without for inner in one.iter() if _name(one) not in _WITHIN_TEXT}
        shown = [one for one in within.iter() if xml.local(one) in ("img", "object") and one not in hidden]
        for number, one in enumerate(shown):
            kept = self._kept(item, one.get("src") or one.get("data") or "")
            if kept:
                alt = blocks.alt(one.get("alt") or "".join(one.itertext()))
                words = {"alt": {self.language: alt}} if alt else {}
                return {"file": kept, **words}, number > 0 or len(shown) > 1
        return None, bool(shown)

    def _kept(self, item: _Item, source: str) -> str | None:
        name = _joined(item.file, source)
        return self.gallery.add(name, self._files[name]) if name in self._files else None

    def choice(self, item: _Item, asked: Element) -> Special:
        """Return a choice: of one answer where only one may be given."""
        right, told = set(_right(item, asked)), item.told
        answers = []
        for one in _all(asked, "simpleChoice"):
            identifier = _get(one, "identifier")
            picture, _more = self._picture(item, one, [])
            weight = FULL if identifier in right else 0.0
            feedback = _inline(one) or told.get(identifier, "")
            answers.append(Answer(_words(one, without="feedbackInline"), weight, feedback, picture, _key(identifier)))
        single = (_get(asked, "maxChoices") or "1") == "1"
        keys = [answer.key for answer in answers]
        if len(set(keys)) < len(keys) or not all(keys):
            answers = [Answer(one.text, one.weight, one.feedback, one.picture) for one in answers]
        if single and {answer.key or answer.text.strip().lower() for answer in answers} in _TRUTHS:
            return {"question": "true_false", "answer": _is_true(answers)}, []
        return blocks.choice(answers, self.language, single=single and len(right) <= 1)

    def order(self, item: _Item, asked: Element) -> Special:
        """Return things to put in order."""
        texts = {_get(one, "identifier"): _words(one) for one in _all(asked, "simpleChoice")}
        right = _right(item, asked)
        if set(right) != set(texts) or len(right) != len(texts):
            raise Unmapped("item.none_right")
        return blocks.ordering([texts[one] for one in right], self.language, _keys_of(right))

    def match(self, item: _Item, asked: Element) -> Special:
        """Return pairs, if each thing on the left goes with one on the right."""
        texts = {_get(one, "identifier"): _words(one) for one in _all(asked, *_ASSOCIABLE)}
        sets = [
            [_get(one, "identifier") for one in _all(group, *_ASSOCIABLE)] for group in _all(asked, "simpleMatchSet")
        ]
        pairs = _pairs(_right(item, asked))
        lefts = [left for left, _right_side in pairs]
        if not pairs or len(set(lefts)) < len(lefts) or any(one not in texts for pair in pairs for one in pair):
            raise Unmapped("item.not_one_to_one" if pairs else "item.none_right")
        if sets and set(lefts) != set(sets[0]):
            raise Unmapped("item.not_one_to_one")
        unused = set(texts) - {one for pair in pairs for one in pair}
        told = [(texts[left], texts[right]) for left, right in pairs]
        return blocks.matching(told, self.language, unused=len(unused), keys=_keys_of(lefts))

    def gap_match(self, item: _Item, asked: Element) -> Special:
        """Return a sentence with gaps, each with its word; the other words fit nowhere."""
        texts = {_get(one, "identifier"): _words(one) for one in _all(asked, "gapText")}
        words = {gap: word for word, gap in _pairs(_right(item, asked))}
        order = [_get(one, "identifier") for one in _all(asked, "gap")]
        if set(words) != set(order) or any(word not in texts for word in words.values()):
            raise Unmapped("item.broken_gaps")
        keys = _keys_of(order)
        named = dict(zip(order, keys, strict=True))
        sentence = _words(asked, without="prompt gapText", gap=lambda one: f"[{named[_get(one, 'identifier')]}]")
        others = [text for identifier, text in texts.items() if identifier not in words.values()]
        return blocks.gaps(sentence, [texts[words[gap]] for gap in order], others, self.language, keys)

    def inline_choice(self, item: _Item, asked: Element) -> Special:
        """Return a sentence with gaps; the words of all lists become one list."""
        right, others = [], []
        gaps = _all(item.body, "inlineChoiceInteraction")
        for one in gaps:
            texts = {_get(word, "identifier"): _words(word) for word in _all(one, "inlineChoice")}
            wanted = _right(item, one)
            if len(wanted) != 1 or wanted[0] not in texts:
                raise Unmapped("item.none_right")
            right.append(texts[wanted[0]])
            others += [text for identifier, text in texts.items() if identifier != wanted[0]]
        keys = dict(zip((_get(one, "responseIdentifier") for one in gaps), blocks.letters(len(gaps)), strict=True))
        sentence = _words(item.body, gap=lambda one: f"[{keys[_get(one, 'responseIdentifier')]}]")
        spare = [word for word in dict.fromkeys(others) if word not in right]
        return blocks.gaps(sentence, right, spare, self.language)

    def text_entry(self, item: _Item, asked: Element) -> Special:
        """Return a number, where one is expected; typed words do not exist here."""
        response, right = _get(asked, "responseIdentifier"), _right(item, asked)
        if item.types.get(response) not in ("float", "integer"):
            raise Unmapped("item.short_answer")
        if len(right) != 1:
            raise Unmapped("item.none_right")
        try:
            number, tolerance = float(right[0]), _tolerance(item)
        except ValueError as error:
            raise Unmapped("item.not_a_number") from error
        return {"question": "numeric", "answer": number, "tolerance": tolerance, **self._unit(item)}, []

    def _unit(self, item: _Item) -> dict[str, Any]:
        unit = next((_words(one) for one in item.body.iter() if "etabli-unit" in one.get("class", "").split()), "")
        return {"unit": blocks.words(unit, self.language)} if unit else {}

    def hotspot(self, item: _Item, asked: Element) -> Special:
        """Return places on a picture: the middle of each area."""
        shown = next((one for one in asked.iter() if xml.local(one) in ("object", "img")), None)
        kept = self._kept(item, shown.get("data") or shown.get("src") or "") if shown is not None else None
        if shown is None or not kept:
            raise Unmapped("item.no_picture")
        wide, high = _number(shown.get("width")), _number(shown.get("height"))
        right, spots = set(_right(item, asked)), _all(asked, "hotspotChoice")
        if not (wide and high) and any("%" not in _get(one, "coords") for one in spots):
            raise Unmapped("item.no_picture")
        if len(spots) > 8 or len(spots) < 2 or not right:
            raise Unmapped("item.too_many_options" if len(spots) > 8 else "item.none_right")
        alt = blocks.alt(shown.get("alt") or "".join(shown.itertext()))
        places = [self._place(item, one, wide, high, right) for one in spots]
        words = {"alt": {self.language: alt}} if alt else {}
        return {"question": "hotspot", "picture": {"file": kept, **words}, "places": places}, []

    def _place(self, item: _Item, spot: Element, wide: float, high: float, right: set[str]) -> dict[str, Any]:
        identifier = _get(spot, "identifier")
        coords = _get(spot, "coords")
        x, y = _middle(_get(spot, "shape"), coords)
        if "%" not in coords:
            # Rounding undoes what the way through pixels adds.
            x, y = round(x / wide * 100, 9), round(y / high * 100, 9)
        across = _across(_get(spot, "shape"), coords)
        size = across if "%" in coords else across / wide * 100
        label = _get(spot, "hotspotLabel")
        told = item.told.get(identifier, "")
        return {
            "key": _key(identifier) or "a",
            "x": min(max(x, 3), 97),
            "y": min(max(y, 3), 97),
            **({"size": min(max(round(size), 5), 60)} if size and size != FINGER else {}),
            **({"text": blocks.words(label, self.language)} if label.strip() else {}),
            "correct": identifier in right,
            **({"feedback": blocks.words(told, self.language)} if told else {}),
        }


_ASSOCIABLE = ("simpleAssociableChoice",)
_WITHIN_TEXT = frozenset({"inlineChoiceInteraction", "textEntryInteraction"})
_MAPPINGS: dict[str, Callable[[_Reader, _Item, Element], Special]] = {
    "choiceInteraction": _Reader.choice,
    "orderInteraction": _Reader.order,
    "matchInteraction": _Reader.match,
    "associateInteraction": _Reader.match,
    "gapMatchInteraction": _Reader.gap_match,
    "inlineChoiceInteraction": _Reader.inline_choice,
    "textEntryInteraction": _Reader.text_entry,
    "hotspotInteraction": _Reader.hotspot,
}
_REASONS = {"extendedTextInteraction": "item.essay"}
_TRUTHS = ({"true", "false"}, {"vrai", "faux"})


def _item(file: str, root: Element) -> _Item:
    body = next(iter(_all(root, "itemBody")), None)
    if body is None:
        raise Unmapped("item.no_text")
    right, types = {}, {}
    for declared in _all(root, "responseDeclaration"):
        identifier = _get(declared, "identifier")
        correct = next(iter(_all(declared, "correctResponse")), None)
        types[identifier] = _get(declared, "baseType")
        right[identifier] = [xml.text_of(one) for one in _all(correct, "value")] if correct is not None else []
        if not right[identifier]:
            right[identifier] = _mapped(declared)
    told: dict[str, str] = {}
    for one in _all(root, "modalFeedback"):
        name = _get(one, "identifier")
        told[name.lower() if name.lower() in ("correct", "incorrect") else name] = _words(one)
    return _Item(file, root, body, right, types, told)


def _mapped(declared: Element) -> list[str]:
    """Return the values that earn points, where no right response is declared."""
    entries = [one for one in _all(declared, "mapEntry") if _number(_get(one, "mappedValue")) > 0]
    return [_get(one, "mapKey") for one in entries]


def _right(item: _Item, asked: Element) -> list[str]:
    return item.right.get(_get(asked, "responseIdentifier"), [])


def _scored_otherwise(item: _Item) -> list[str]:
    """Say so where some answers earn part of the points."""
    weights = {_number(_get(one, "mappedValue")) for one in _all(item.root, "mapEntry")}
    return ["item.partial_credit"] if len({weight for weight in weights if weight > 0}) > 1 else []


def _points(item: _Item) -> dict[str, int]:
    """Return what an item says it is worth at most; one point says nothing."""
    for one in _all(item.root, "outcomeDeclaration"):
        if _get(one, "identifier") == "MAXSCORE":
            value = _number(next((xml.text_of(inner) for inner in _all(one, "value")), ""))
            return {"points": int(value)} if value.is_integer() and 2 <= value <= 10 else {}
    return {}


def _tolerance(item: _Item) -> float:
    equal = next(iter(_all(item.root, "equal")), None)
    if equal is None or _get(equal, "toleranceMode") != "absolute":
        return 0.0
    return abs(float(_get(equal, "tolerance").split()[0]))


def _pairs(values: list[str]) -> list[tuple[str, str]]:
    found = [tuple(value.split()) for value in values]
    return [(one[0], one[1]) for one in found if len(one) == 2]


def _key(identifier: str) -> str:
    return blocks.key_of(identifier.removeprefix("_"))


def _keys_of(identifiers: list[str]) -> list[str]:
    keys = [_key(one) for one in identifiers]
    return keys if all(keys) and len(set(keys)) == len(keys) else blocks.letters(len(keys))


def _is_true(answers: list[Answer]) -> bool:
    truths = ("true", "vrai")
    return any(one.weight == FULL and (one.key in truths or one.text.strip().lower() in truths) for one in answers)


def _inline(choice: Element) -> str:
    return " ".join(_words(one) for one in _all(choice, "feedbackInline"))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _middle(shape: str, coords: str) -> tuple[float, float]:
    numbers = [_number(one.strip().rstrip("%")) for one in coords.split(",")]
    if shape in ("circle", "ellipse") and len(numbers) >= 2:
        return numbers[0], numbers[1]
    if shape == "rect" and len(numbers) == 4:
        return (numbers[0] + numbers[2]) / 2, (numbers[1] + numbers[3]) / 2
    if shape == "poly" and len(numbers) >= 6:
        across, down = numbers[0::2], numbers[1::2]
        return sum(across) / len(across), sum(down) / len(down)
    raise Unmapped("item.no_picture")


def _across(shape: str, coords: str) -> float:
    """Return how wide a round place is that fits into an area; 0 where that cannot be told."""
    numbers = [_number(one.strip().rstrip("%")) for one in coords.split(",")]
    if shape == "circle" and len(numbers) == 3:
        return 2 * numbers[2]
    if shape == "rect" and len(numbers) == 4:
        return min(abs(numbers[2] - numbers[0]), abs(numbers[3] - numbers[1]))
    return 0.0


def _words(element: Element | None, without: str = "", gap: Callable[[Element], str] | None = None) -> str:
    """Return the words in an element on one line, without those of elements of some names."""
    return "" if element is None else on_one_line("".join(_pieces(element, frozenset(without.split()), gap)))


_APART = frozenset({"p", "div", "li", "br", "tr", "td", "th", "prompt", "simpleChoice", "h1", "h2", "h3", "h4"})
_SILENT = frozenset({"object", "style", "script", "rubricBlock", "audio", "video"})


def _pieces(element: Element, without: frozenset[str], gap: Callable[[Element], str] | None) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _name(child)
        if gap is not None and name in ("gap", "inlineChoiceInteraction"):
            yield gap(child)
        elif name not in without and name not in _SILENT and not _is_unit(child):
            yield " " if name in _APART else ""
            yield from _pieces(child, without, gap)
            yield " " if name in _APART else ""
        yield child.tail or ""


def _is_unit(element: Element) -> bool:
    return "etabli-unit" in element.get("class", "").split()
