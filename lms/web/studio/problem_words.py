"""Words for the faults of modules, their files and question banks: what is wrong and what to do."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.web.shared import problems

_ARCHIVE: dict[str, LazyString] = {  # Zip files
    "archive.not_zip": _l("This is not a zip file, whatever its name says. Zip the folder and bring that in."),
    "archive.damaged": _l("The zip file is damaged or was cut off. Make it again."),
    "archive.encrypted": _l("The zip file is protected by a password. Make it again without one."),
    "archive.too_many": _l("The zip file holds too many files (at most %(limit)s)."),
    "archive.too_large": _l("The files in the zip are too large together (at most %(limit)s MB)."),
    "archive.bomb": _l("The zip file unfolds to far more than it should. It was not opened."),
    "archive.name": _l(
        "A name in the zip leads outside it or holds signs that are not allowed. Use letters, digits, hyphens and dots."
    ),
    "archive.twice": _l("Two files in the zip have the same name, or differ by capitals only. Rename one."),
    "archive.not_a_file": _l("This is a link or a device, not a plain file. Put the file itself there."),
    "archive.method": _l("This file is packed in an unusual way. Make the zip again with an ordinary program."),
}
_IMPORT: dict[str, LazyString] = {  # What a file is
    "import.empty": _l("The file is empty."),
    "import.unknown": _l("This is neither a module (zip with module.yaml) nor GIFT questions. Check the file."),
    "import.not_read": _l(
        "This version does not read files of the kind %(kind)s. Bring in a module (zip) or GIFT questions."
    ),
    "import.too_large": _l("The file is over %(limit)s MB."),
    "import.unchanged": _l("Nothing has changed since the newest edition: no new one was published."),
}
_MODULE: dict[str, LazyString] = {  # Module files
    "module.no_document": _l("There is no module.yaml here. It must lie at the top of the folder or zip."),
    "module.too_large": _l("The folder holds too many files, or over %(limit)s MB."),
    "module.missing_media": _l("The file %(name)s is not there. Add it, or correct its name here."),
    "module.wrong_media": _l("%(name)s cannot stand here. Use a file of these kinds: %(known)s."),
    "module.unused_media": _l("No card or question uses this file: it was left out."),
    "module.unknown_file": _l("This file has no place in a module: it was left out."),
    "module.cleaned": _l("What could act was taken out of this drawing (%(removed)s). Look at it before you publish."),
    "module.text_without_block": _l("There is no block with the key %(key)s for this text. Correct the file's name."),
    "module.text_twice": _l(
        "The text of %(key)s in %(language)s also stands in module.yaml, line %(line)s. Keep one of them."
    ),
}
_MEDIA: dict[str, LazyString] = {  # Pictures and videos
    "media.unknown": _l(
        "This kind of file cannot be used. Take SVG, PNG, JPEG, WebP, MP4, WebM, VTT, MP3, OGG or M4A."
    ),
    "media.misnamed": _l(
        "The name says one kind of file and the content is %(media_type)s. Correct the ending of the name."
    ),
    "media.too_large": _l("The file is over %(limit)s MB, which is too much for a kiosk. Make it smaller."),
    "media.too_many_pixels": _l("The picture has over %(limit)s million points. Make it smaller."),
    "media.damaged": _l("The file cannot be read: it is damaged or holds what is not allowed. Export it again."),
}
_MARKDOWN: dict[str, LazyString] = {  # Texts
    "markdown.html": _l("HTML is not allowed in a text: %(found)s. Write it without tags."),
    "markdown.link": _l("This address cannot be followed: %(found)s. A link begins with https:// or mailto:."),
    "markdown.picture": _l("A picture does not stand in a text. Put it in the card's `picture`."),
    "markdown.heading": _l("A heading does not stand in a text. Use the card's title, or another card."),
    "markdown.code": _l("Part of the text is taken for code (four spaces in front, or `marks`). Take them away."),
    "markdown.line": _l("A line across the text is not shown. Begin another card instead."),
    "markdown.quotation": _l("A line that begins with > is not shown as such. Use quotation marks."),
}
_CONTENT: dict[str, LazyString] = {  # Cards and questions
    "content.key": _l("“%(given)s” cannot be a key. Use small letters, digits and hyphens, up to 40."),
    "content.language": _l("“%(given)s” is no language code. Write fr, en, pt-BR…"),
    "content.media_path": _l(
        "“%(given)s” is no name of a file here. Write media/ and a name of letters, digits, dots and hyphens."
    ),
    "content.control_character": _l(
        "The text holds a character that cannot be shown. Delete it and type the text again."
    ),
    "content.missing_language": _l("The text is missing in: %(languages)s. Write it in each language of the module."),
    "content.unlisted_language": _l(
        "The text is given in %(languages)s, which the module does not list under languages."
    ),
    "content.repeated_key": _l("The key %(key)s is used twice. Give each its own."),
    "content.unknown_block": _l("There is no kind of block called %(kind)s. Choose one of: %(known)s."),
    "content.block_without_kind": _l("A block must say what it is: card: or question:, and a kind."),
    "question.one_correct": _l("Exactly one option must be marked as right."),
    "question.some_correct": _l("At least one option must be marked as right."),
    "question.finite": _l("Write a number that has an end."),
    "question.gaps": _l("The sentence in %(language)s must hold each gap once: %(gaps)s."),
    "places.too_close": _l(
        "The places %(one)s and %(other)s are too close for a finger. Move one %(least)s per cent of the picture away."
    ),
    "safety.unknown_sign": _l("There is no sign %(given)s here. Choose among: %(known)s."),
    "document.no_page": _l("Give the page, as a picture or as a text."),
}
_GIFT: dict[str, LazyString] = {  # GIFT questions
    "gift.empty": _l("The file holds no question."),
    "gift.not_text": _l("This is not a text file. Export the questions as GIFT and bring that in."),
    "gift.braces": _l(
        "The braces { } of this question do not match. Close each one, and write \\{ for a brace in a text."
    ),
    "gift.answers": _l("The answers must begin with = or ~: %(detail)s"),
    "gift.not_a_number": _l("This is not a number: %(detail)s"),
    "gift.other_encoding": _l("The file is not in UTF-8; it was read as Windows-1252. Check the accents."),
}
_ITEM: dict[str, LazyString] = {  # Questions of any format
    "item.essay": _l("Not imported: a free text has no answer that could be checked here."),
    "item.short_answer": _l("Not imported: typed answers do not exist here. Make it a choice."),
    "item.description": _l("Not imported: this is a text, not a question. Put it in a card."),
    "item.several_right": _l("Not imported: it has several answers that are wholly right."),
    "item.none_right": _l("Not imported: it has no right answer, or too few answers."),
    "item.too_many_options": _l("Not imported: it has over six answers, too many for a kiosk. Split it."),
    "item.no_text": _l("Not imported: a part of it holds no text, only a picture perhaps."),
    "item.too_long": _l("Not imported: one of its texts is over 300 characters. Shorten it."),
    "item.partial_credit": _l("An answer earns part of the points there; here it is wrong."),
    "item.distractor_dropped": _l("An answer that matches nothing was left out."),
    "item.feedback_dropped": _l("The explanation of a wrong number was left out."),
}


def add_words() -> None:
    """Word the faults."""
    for group in (_ARCHIVE, _IMPORT, _MODULE, _MEDIA, _MARKDOWN, _CONTENT, _GIFT, _ITEM):
        for code, message in group.items():
            problems.add(code, message)
