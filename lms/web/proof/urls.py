"""The addresses of proof."""

from flask import Blueprint

from lms.web.shared.late import WORDS, Views

blueprint = Blueprint("proof", __name__, url_prefix="/proof")
WORDS.say_when_asked("lms.web.proof.wording")

archives = Views("lms.web.proof.archives")
attendance = Views("lms.web.proof.attendance")
documents = Views("lms.web.proof.documents")
habilitations = Views("lms.web.proof.habilitations")
kinds = Views("lms.web.proof.kinds")
people = Views("lms.web.proof.people")
sessions = Views("lms.web.proof.sessions")
sheets = Views("lms.web.proof.sheets")
verifying = Views("lms.web.proof.verifying")
visit = Views("lms.web.proof.visit")

EDITS = ["GET", "POST"]
PERSON = "/people/<int:person_id>"
HELD = "/habilitations/<int:habilitation_id>"
SESSION = "/sessions/session/<code>"

blueprint.add_url_rule("/", view_func=habilitations.home)
blueprint.add_url_rule("/habilitations/", view_func=habilitations.habilitations)
blueprint.add_url_rule("/habilitations.<any(csv, xlsx):kind>", view_func=habilitations.habilitations_file)
blueprint.add_url_rule(HELD, view_func=habilitations.habilitation, methods=EDITS)
blueprint.add_url_rule(f"{HELD}/paper", view_func=habilitations.paper)

blueprint.add_url_rule("/kinds/", view_func=kinds.kinds)
blueprint.add_url_rule("/kinds/new", view_func=kinds.new_kind, methods=EDITS)
blueprint.add_url_rule("/kinds/kind/<code>", view_func=kinds.change_kind, methods=EDITS)

blueprint.add_url_rule("/people/", view_func=people.people)
blueprint.add_url_rule(PERSON, view_func=people.person)
blueprint.add_url_rule(f"{PERSON}/habilitations/new", view_func=people.give, methods=EDITS)
blueprint.add_url_rule(f"{PERSON}/certificate/<int:module_id>", view_func=documents.certify, methods=["POST"])
blueprint.add_url_rule(f"{PERSON}/realisation", view_func=documents.realisation, methods=EDITS)
blueprint.add_url_rule(f"{PERSON}/file.zip", view_func=people.file)
blueprint.add_url_rule("/mine/", view_func=people.mine)
blueprint.add_url_rule("/mine/file.zip", view_func=people.my_file)

blueprint.add_url_rule("/archives/<uuid:job_id>.zip", view_func=archives.made)

blueprint.add_url_rule("/documents/<number>.pdf", view_func=documents.document_pdf)
blueprint.add_url_rule("/documents/<number>/void", view_func=documents.void, methods=EDITS)

blueprint.add_url_rule("/sessions/", view_func=sessions.sessions)
blueprint.add_url_rule("/sessions/new", view_func=sessions.new_session, methods=EDITS)
blueprint.add_url_rule(SESSION, view_func=sessions.session)
blueprint.add_url_rule(f"{SESSION}/edit", view_func=sessions.edit_session, methods=EDITS)
blueprint.add_url_rule(f"{SESSION}/cancel", view_func=sessions.cancel_session, methods=["POST"])
blueprint.add_url_rule(f"{SESSION}/invite", view_func=sessions.invite, methods=["POST"])
blueprint.add_url_rule(f"{SESSION}/uninvite/<int:person_id>", view_func=sessions.uninvite, methods=["POST"])
blueprint.add_url_rule(f"{SESSION}/sheet.pdf", view_func=attendance.sheet)
blueprint.add_url_rule(f"{SESSION}/sheets", view_func=sheets.keep_sheets, methods=["POST"])
blueprint.add_url_rule(f"{SESSION}/sheets/<int:sheet_id>", view_func=sheets.signed_sheet)
blueprint.add_url_rule(f"{SESSION}/sheets/<int:sheet_id>/withdraw", view_func=sheets.withdraw_sheet, methods=["POST"])
blueprint.add_url_rule(f"{SESSION}/attendance/<int:half_day_id>", view_func=attendance.attendance, methods=EDITS)
blueprint.add_url_rule(f"{SESSION}/import", view_func=attendance.bring_in, methods=EDITS)
blueprint.add_url_rule(f"{SESSION}/import/<file>", view_func=attendance.preview)
blueprint.add_url_rule(f"{SESSION}/import/<file>", view_func=attendance.apply, methods=["POST"])

blueprint.add_url_rule("/verify/", view_func=verifying.look_up)
blueprint.add_url_rule("/verify/<number>", view_func=verifying.verify)

blueprint.add_url_rule("/visit/", view_func=visit.visit)
blueprint.add_url_rule("/visit.<any(csv, xlsx, zip):kind>", view_func=visit.visit_file)
