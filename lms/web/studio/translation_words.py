"""Words for what is refused of translations, and of the files that bring them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.authoring.translating.actions import LanguageThere, TooManyLanguages, TranslationChanged
from lms.web.shared import problems, refusals

_FAULTS: dict[str, LazyString] = {
    "translation.unknown": _l("The module has no text %(named)s (any more). Nothing is taken for it."),
    "translation.no_key": _l("This line has no key, so that its text has no place. Do not change the column of keys."),
    "translation.twice": _l("The text %(named)s stands on an earlier line already."),
    "translation.other_module": _l("This is a text of the module %(found)s, and not of %(wanted)s."),
    "translation.no_column": _l(
        "There is no column “%(wanted)s” here, but: %(found)s. Choose the file of this language."
    ),
    "translation.too_long": _l("The text has %(length)s characters; at most %(limit)s fit here."),
    "translation.gaps": _l("The sentence must hold each of these once: %(gaps)s."),
    "xliff.not": _l("This is XML, but not XLIFF."),
    "xliff.version": _l("This is XLIFF %(version)s. Save it as XLIFF 2.0 or 2.1."),
    "xliff.other_original": _l("The language of its original is “%(found)s”, that of this module “%(wanted)s”."),
    "xliff.other_language": _l("The language of the file is “%(found)s”, and not “%(wanted)s”."),
    "xliff.segments": _l("Its parts were joined or split otherwise than in the original."),
    "xliff.part_missing": _l("One of its paragraphs or items has no translation yet."),
    "xliff.lost": _l("A mark of the original is missing: %(marks)s."),
    "xliff.added": _l("It holds a mark that the original has not, or one of them twice."),
    "xliff.marks": _l("The signs * _ [ ] in it would make other words bold, or a link. Take them out."),
}


def add_words() -> None:
    """Word the refusals and faults."""
    for code, message in _FAULTS.items():
        problems.add(code, message)
    refusals.add(
        TranslationChanged, 409, _l("Someone wrote another translation meanwhile. Nothing was overwritten; choose one.")
    )
    refusals.add(LanguageThere, 409, _l("The module is in this language already."))
    refusals.add(TooManyLanguages, 409, _l("A module is in %(limit)s languages at most."))
