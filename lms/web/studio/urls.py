"""The addresses of the studio."""

from flask import Blueprint

from lms.web.shared.late import WORDS, View, Views

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.after_request(View("lms.web.studio.media", "let_record"))
blueprint.context_processor(View("lms.web.studio.lent", "words"))
WORDS.say_when_asked("lms.web.studio.wording")

analysis = Views("lms.web.studio.analysis")
asked = Views("lms.web.studio.asked")
bank = Views("lms.web.studio.bank")
captions = Views("lms.web.studio.captions")
conflicts = Views("lms.web.studio.conflicts")
editing = Views("lms.web.studio.editing")
editions = Views("lms.web.studio.editions")
exporting = Views("lms.web.studio.exporting")
files = Views("lms.web.studio.files")
guidance = Views("lms.web.studio.guidance")
importing = Views("lms.web.studio.importing")
media = Views("lms.web.studio.media")
modules = Views("lms.web.studio.modules")
phones = Views("lms.web.studio.phones")
past = Views("lms.web.studio.past")
presence = Views("lms.web.studio.presence")
saving = Views("lms.web.studio.saving")
translating = Views("lms.web.studio.translating")
work = Views("lms.web.studio.work")

EDITS = ["GET", "POST"]
ACTS = ["POST"]
MODULE = "/module/<code>"
"""A module's code could be `new`, so it never stands where that word does."""
BLOCK = f"{MODULE}/block/<key>"
TRANSLATION = f"{MODULE}/translate/<language>"

blueprint.add_url_rule("/", view_func=modules.modules)
blueprint.add_url_rule("/to-review", view_func=editions.to_review)
blueprint.add_url_rule("/asked", view_func=asked.asked)
blueprint.add_url_rule("/asked/<uuid:request_id>", view_func=asked.answer, methods=ACTS)
BANK = "/bank/<int:question_id>"
blueprint.add_url_rule("/bank/", view_func=bank.bank)
blueprint.add_url_rule("/bank/export", view_func=bank.bank_export)
blueprint.add_url_rule("/bank/export/file", view_func=bank.bank_export_file)
blueprint.add_url_rule(BANK, view_func=bank.bank_question)
blueprint.add_url_rule(f"{BANK}/theme", view_func=bank.describe_question, methods=ACTS)
blueprint.add_url_rule(f"{BANK}/retire", view_func=bank.retire_question, methods=ACTS)
blueprint.add_url_rule(f"{BANK}/take", view_func=bank.take_question, methods=ACTS)
blueprint.add_url_rule("/new", view_func=modules.new_module, methods=EDITS)
blueprint.add_url_rule("/import", view_func=importing.import_file, methods=EDITS)
blueprint.add_url_rule("/import/questions.<ending>", view_func=importing.question_sheet)
blueprint.add_url_rule("/import/<preview>", view_func=importing.preview_import)
blueprint.add_url_rule("/import/<preview>", view_func=importing.take_import, methods=ACTS)

blueprint.add_url_rule(f"{MODULE}/", view_func=editing.module)
blueprint.add_url_rule(f"{MODULE}/about", view_func=modules.about)
blueprint.add_url_rule(f"{MODULE}/head", view_func=editing.edit_head, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/languages", view_func=modules.edit_languages, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/preview", view_func=modules.preview)
blueprint.add_url_rule(f"{MODULE}/advice", view_func=guidance.advice)
blueprint.add_url_rule(f"{MODULE}/publish", view_func=modules.publish, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/export", view_func=exporting.export)
blueprint.add_url_rule(f"{MODULE}/export/<name>", view_func=exporting.export_file)

blueprint.add_url_rule(f"{MODULE}/bank", view_func=bank.module_bank)
blueprint.add_url_rule(f"{MODULE}/bank", view_func=bank.put_in_bank, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/bank/newest", view_func=bank.renew_from_bank, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/analysis", view_func=analysis.analysis)

blueprint.add_url_rule(f"{MODULE}/editions/", view_func=editions.editions)
blueprint.add_url_rule(f"{MODULE}/editions/<int:number>/withdraw", view_func=editions.withdraw, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/editions/planned/cancel", view_func=editions.cancel_planned, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/compare", view_func=editions.compare)

blueprint.add_url_rule(f"{MODULE}/media", view_func=media.receive_media, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/media/<uuid:job_id>", view_func=media.media_job)
blueprint.add_url_rule(f"{MODULE}/media/<uuid:job_id>/cancel", view_func=media.cancel_media, methods=ACTS)

blueprint.add_url_rule(f"{MODULE}/translate/", view_func=translating.languages, methods=EDITS)
blueprint.add_url_rule(f"{TRANSLATION}/", view_func=translating.translate)
blueprint.add_url_rule(f"{TRANSLATION}/text/<unit>", view_func=translating.write, methods=ACTS)
blueprint.add_url_rule(f"{TRANSLATION}/texts.<ending>", view_func=translating.give_translation)
blueprint.add_url_rule(f"{TRANSLATION}/file", view_func=translating.translation_file, methods=EDITS)
blueprint.add_url_rule(f"{TRANSLATION}/file/<name>", view_func=translating.translation_offer)
blueprint.add_url_rule(f"{TRANSLATION}/file/<name>", view_func=translating.take_translation, methods=ACTS)

blueprint.add_url_rule("/files", view_func=files.all_files)
blueprint.add_url_rule(f"{MODULE}/files/", view_func=files.files)
blueprint.add_url_rule(f"{MODULE}/files/remove", view_func=files.remove_file, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/files/remove-unused", view_func=files.remove_unused_files, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/files/own", view_func=files.own_files, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/files/<digest>", view_func=files.file_origin, methods=EDITS)
blueprint.add_url_rule(f"{MODULE}/phone", view_func=phones.make_phone_link, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/phone/<int:link_id>", view_func=phones.phone_link)
blueprint.add_url_rule(f"{MODULE}/phone/<int:link_id>/end", view_func=phones.end_phone_link, methods=ACTS)
blueprint.add_url_rule("/phone/<token>", view_func=phones.phone)
blueprint.add_url_rule("/phone/<token>", view_func=phones.receive_from_phone, methods=ACTS)

blueprint.add_url_rule(f"{MODULE}/work", view_func=work.declare, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/review", view_func=work.review, methods=ACTS)

blueprint.add_url_rule(f"{MODULE}/captions", view_func=captions.read_captions, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/add", view_func=editing.add_block, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/undo", view_func=editing.undo, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/redo", view_func=editing.redo, methods=ACTS)
blueprint.add_url_rule(BLOCK, view_func=editing.edit_block, methods=EDITS)
blueprint.add_url_rule(f"{BLOCK}/save", view_func=saving.save_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/compare", view_func=conflicts.compare_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/aside", view_func=conflicts.set_aside, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/head/save", view_func=saving.save_head, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/head/compare", view_func=conflicts.compare_head, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/head/aside", view_func=conflicts.set_head_aside, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/here", view_func=presence.here, methods=ACTS)
blueprint.add_url_rule(f"{MODULE}/history", view_func=past.changes)
blueprint.add_url_rule(f"{MODULE}/history/<int:version>", view_func=past.state)
blueprint.add_url_rule(f"{MODULE}/history/<int:version>/restore", view_func=past.restore, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/move", view_func=editing.move_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/delete", view_func=editing.delete_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/duplicate", view_func=editing.duplicate_block, methods=ACTS)
blueprint.add_url_rule(f"{BLOCK}/send", view_func=editing.send_block, methods=ACTS)
