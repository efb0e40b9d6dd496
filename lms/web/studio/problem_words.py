"""Words for the faults of modules, their files and question banks: what is wrong and what to do."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.kernel import encodings, sheets, tables, workbooks
from lms.web.shared import problems, refusals

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
    "import.unknown": _l(
        "This is no module, question bank, deck, document or sheet that can be read here. Check the file and its name."
    ),
    "import.not_read": _l(
        "Packages of the kind %(kind)s are not taken apart into cards. Bring in questions, slides or a procedure."
    ),
    "import.password": _l("The file asks for a password. Save it without one and bring that in."),
    "import.old_office": _l("The file has an old format of Office. Save it as .pptx, .docx or .xlsx."),
    "import.aicc": _l("This is an AICC course, which cannot be read. Ask its maker for SCORM, or bring in its slides."),
    "import.tincan": _l("This is a Tin Can package, which cannot be read. Ask its maker for cmi5."),
    "import.backup": _l("This is a backup of Moodle. In Moodle, export the question bank as Moodle XML."),
    "import.too_large": _l("The file is over %(limit)s MB."),
    "import.unchanged": _l("Nothing has changed since the newest edition: no new one was published."),
    "import.planned": _l("Another edition is planned for a later day: no new one was published."),
    "import.not_approved": _l(
        "No edition was published: this site wants a colleague’s approval of just what was brought in. "
        "Ask for it in the studio, then publish there."
    ),
    "import.nothing_to_acknowledge": _l(
        "No card or question is new or changed, so there is nothing to acknowledge: no new edition was published."
    ),
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
        "This kind of file cannot be used. Take a picture (JPEG, PNG, HEIC, WebP, SVG), a video (MP4, MOV, WebM), "
        "captions (VTT, SRT) or a sound (MP3, OGG, M4A)."
    ),
    "media.empty": _l("The file is empty. Choose it again, or another."),
    "media.not_picture": _l("This is no picture. Choose one in JPEG, PNG, HEIC, WebP or SVG."),
    "media.not_video": _l("This is no video. Choose one in MP4, MOV or WebM."),
    "media.not_sound": _l("This is no sound. Choose one in MP3, OGG or M4A."),
    "media.not_captions": _l("These are no captions. Choose a file that ends in .vtt or .srt."),
    "media.misnamed": _l(
        "The name says one kind of file and the content is %(media_type)s. Correct the ending of the name."
    ),
    "media.too_large": _l("The file is over %(limit)s MB, which is too much for a kiosk. Make it smaller."),
    "media.too_many_pixels": _l("The picture has over %(limit)s million points. Make it smaller."),
    "media.damaged": _l("The file cannot be read: it is damaged or holds what is not allowed. Export it again."),
}
_CAPTIONS: dict[str, LazyString] = {  # Captions of videos
    "captions.too_large": _l("The captions are over %(limit)s MB. Bring in those of one film."),
    "captions.not_text": _l("These are no captions. Take a file that ends in .vtt or .srt."),
    "captions.no_time": _l("“%(given)s”: a time is expected here, such as 00:00:01,000 --> 00:00:04,000."),
    "captions.time": _l("“%(given)s” is no time. Write 00:00:01,000 or 00:01.000."),
    "captions.backwards": _l("The caption ends before it begins. Correct one of its times."),
    "captions.too_long": _l("More than %(limit)s characters: nobody reads that while it stands there. Make two of it."),
    "captions.too_many": _l("More than %(limit)s captions. Bring in those of one film."),
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
    "content.prompt": _l("Write your own words in the place of [[%(prompt)s]]."),
    "content.missing_language": _l("The text is missing in: %(languages)s. Write it in each language of the module."),
    "content.unlisted_language": _l(
        "The text is given in %(languages)s, which the module does not list under languages."
    ),
    "content.repeated_key": _l("The key %(key)s is used twice. Give each its own."),
    "content.files_alike": _l(
        "The names %(file)s and %(other)s differ only in capital letters: many computers take them for one. Rename one."
    ),
    "content.unknown_block": _l("There is no kind of block called %(kind)s. Choose one of: %(known)s."),
    "content.block_without_kind": _l("A block must say what it is: card: or question:, and a kind."),
    "question.pool_or_form": _l("A question is in a pool or in a form, not in both."),
    "module.pool_small": _l("The pool %(pool)s draws %(draw)s of %(count)s questions. Add questions, or draw fewer."),
    "module.pool_points": _l(
        "The questions of the pool %(pool)s have different points: whoever drew others could earn more. "
        "Make them equal."
    ),
    "module.pool_unknown": _l(
        "A question names the pool %(pool)s, which the module does not have. "
        "Say with its title how many of it are drawn."
    ),
    "module.forms_unequal": _l(
        "The two forms are not equal: A has %(a)s questions and %(a_points)s points, B has %(b)s and %(b_points)s."
    ),
    "module.reserved_taught": _l(
        "A reserved question measures what stays: it is asked in a test, a module without cards, and nowhere else."
    ),
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
    "item.nothing": _l("The file holds no question."),
    "item.essay": _l("Not imported: a free text has no answer that could be checked here."),
    "item.short_answer": _l("Not imported: typed answers do not exist here. Make it a choice."),
    "item.description": _l("Not imported: it asks nothing."),
    "item.several_right": _l("Not imported: it has several answers that are wholly right."),
    "item.none_right": _l("Not imported: it has no right answer, or too few answers."),
    "item.too_many_options": _l(
        "Not imported: it has more answers than a kiosk shows (six, or eight places). Split it."
    ),
    "item.too_many_gaps": _l("Not imported: it has over four missing words. Split it."),
    "item.no_other_words": _l("Not imported: no word is offered beside the right ones."),
    "item.broken_gaps": _l("Not imported: its missing words are not written as they should be."),
    "item.not_one_to_one": _l("Not imported: something belongs to several others. Make it a choice."),
    "item.not_a_number": _l("Not imported: its answer is not a number."),
    "item.no_text": _l("Not imported: a part of it holds no text, only a picture perhaps."),
    "item.no_picture": _l("Not imported: its picture, or the places on it, cannot be read."),
    "item.too_long": _l("Not imported: one of its texts is over 300 characters. Shorten it."),
    "item.unknown_kind": _l("Not imported: questions of the kind %(kind)s do not exist here."),
    "item.unknown_interaction": _l("Not imported: this way of answering does not exist here."),
    "item.several_interactions": _l("Not imported: it asks for several answers of different kinds. Split it."),
    "item.partial_credit": _l("An answer earns part of the points there; here it is wrong."),
    "item.distractor_dropped": _l("An answer that matches nothing was left out."),
    "item.feedback_dropped": _l("An explanation was left out."),
    "item.picture_dropped": _l("A picture was left out: one is shown with a question, and it must lie in the file."),
    "item.file_dropped": _l("A file that goes with it was left out: a sound, or a picture that cannot be shown."),
    "item.points_dropped": _l("It counts one point: here points are whole numbers from 1 to 10."),
    "item.units_dropped": _l("One unit was kept, the others were left out."),
    "item.categories": _l("The questions are sorted into %(count)s categories there; here they follow one another."),
}
_XML: dict[str, LazyString] = {  # XML files and QTI
    "xml.syntax": _l("The file is damaged: it is not well-formed XML. Export it again."),
    "xml.doctype": _l("The file declares a document type, which may hide something. It was not read."),
    "qti.no_manifest": _l("The zip has no imsmanifest.xml. Export the package again, and do not take it apart."),
    "qti.no_item": _l("This is no QTI item. Export the items, not the test alone."),
    "qti.missing_item": _l("The package names this item, but does not hold it."),
}
_SLIDES: dict[str, LazyString] = {  # Decks and documents
    "slide.broken": _l("The deck is damaged. Open it in PowerPoint, save it anew and try again."),
    "slide.none": _l("The deck has no slide."),
    "slide.hidden": _l("This slide is hidden: it was left out."),
    "slide.empty": _l("There is nothing on this slide that a card could show."),
    "slide.chart": _l("The chart was left out. Save it as a picture and put that on the slide."),
    "slide.media": _l("The sound or video was left out. Bring it in by itself."),
    "slide.object": _l("An embedded object was left out. Save it as a picture and put that on the slide."),
    "slide.picture": _l("A picture was left out: it is linked, or of a kind that no kiosk shows. Save it as PNG."),
    "slide.shape": _l("A part of the slide is damaged and was left out."),
    "document.broken": _l("The document is damaged. Open it in Word, save it anew and try again."),
    "document.empty": _l("The document holds no text."),
    "document.nothing": _l("Nothing stands under this heading: no card was made."),
    "document.picture": _l("A picture was left out: it is linked, or of a kind that no kiosk shows. Save it as PNG."),
    "document.footnote": _l("Footnotes were left out. Write what matters in the text."),
    "document.object": _l("A chart, formula or embedded object was left out. Save it as a picture."),
}
_SHEET: dict[str, LazyString] = {  # Sheets of questions
    "sheet.other_sheets": _l("Only the first sheet of the workbook is read."),
    "sheet.kind": _l("Not imported: this type of question is not in the list. See the template."),
    "sheet.right": _l("Not imported: write the number of each right answer, such as 2 or 1 3."),
    "sheet.truth": _l("Not imported: the right answer must be true or false."),
    "sheet.pairs": _l("Not imported: write each pair as left = right."),
    "sheet.points": _l("Not imported: points are a whole number from 1 to 10."),
}
_EXPORT: dict[str, LazyString] = {  # What formats cannot hold
    "export.head": _l("Summary, minutes, pass mark, attempts, sources and the plant’s rule have no place in it."),
    "export.languages": _l("One language is given; export the others one by one."),
    "export.incomplete": _l("It is to be completed first, or is not in this language: it is left out."),
    "export.kind": _l("This kind has no counterpart there: it is left out."),
    "export.sound": _l("The recording is left out."),
    "export.pool": _l("That it is drawn from a pool is left out: it is asked each time."),
    "export.form": _l("Its form is left out: both forms are asked together."),
    "export.reserved": _l("That it is reserved is left out: see to it that nobody practises it."),
    "export.picture": _l("The picture is left out."),
    "export.points": _l("Its points are left out: each question counts the same."),
    "export.unit": _l("The unit is left out. Write it in the question."),
    "export.feedback": _l("One explanation has no place: that of wrong answers, or of the right one, is kept."),
    "export.becomes_single": _l("It has one right answer, so that it becomes a choice of one."),
    "export.arrow": _l("The sign -> in it is written as an arrow."),
    "export.print": _l("Videos and recordings are not printed, nor what is read after a wrong answer."),
}
_TABLE = (
    encodings.ControlCharacters,
    encodings.EncodingUnknown,
    encodings.EncodingWrong,
    encodings.LineTooLong,
    sheets.ColumnsNotFound,
    sheets.SheetEmpty,
    sheets.SheetTooLong,
    tables.NotATable,
    tables.QuotesBroken,
    tables.TooManyColumns,
    workbooks.WorkbookBroken,
    workbooks.WorkbookProtected,
    workbooks.WorkbookTooLarge,
)
"""What refuses any table is said of a sheet of questions in the same words."""


def add_words() -> None:
    """Word the faults."""
    for group in (
        _ARCHIVE,
        _IMPORT,
        _MODULE,
        _MEDIA,
        _CAPTIONS,
        _MARKDOWN,
        _CONTENT,
        _GIFT,
        _ITEM,
        _XML,
        _SLIDES,
        _SHEET,
        _EXPORT,
    ):
        for code, message in group.items():
            problems.add(code, message)
    for refusal in _TABLE:
        problems.add(f"table.{refusal.__name__}", refusals.WORDS[refusal].message)
