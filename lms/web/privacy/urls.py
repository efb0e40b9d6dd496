"""The addresses of privacy."""

from flask import Blueprint

from lms.web.shared.late import WORDS, Views

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")
WORDS.say_when_asked("lms.web.privacy.wording")

desk = Views("lms.web.privacy.desk")
mine = Views("lms.web.privacy.mine")
retention = Views("lms.web.privacy.retention")
told = Views("lms.web.privacy.told")

blueprint.add_url_rule("/", view_func=mine.mine)
blueprint.add_url_rule("/ask", view_func=mine.ask, methods=["POST"])
blueprint.add_url_rule("/file", view_func=mine.own_file, methods=["POST"])

blueprint.add_url_rule("/requests", view_func=desk.requests)
blueprint.add_url_rule("/requests/<int:request_id>/answer", view_func=desk.answer, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/", view_func=desk.person)
blueprint.add_url_rule("/people/<int:person_id>/ask", view_func=desk.ask_for, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/file", view_func=desk.file_of, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/written", view_func=desk.written)
blueprint.add_url_rule("/people/<int:person_id>/written", view_func=desk.empty_written, methods=["POST"])

blueprint.add_url_rule("/register", view_func=told.register)
blueprint.add_url_rule("/register.<any(csv, pdf):kind>", view_func=told.register_file)
blueprint.add_url_rule("/report", view_func=told.report)
blueprint.add_url_rule("/report.pdf", view_func=told.report_print)

blueprint.add_url_rule("/retention", view_func=retention.retention)
blueprint.add_url_rule("/retention/<term>", view_func=retention.set_term, methods=["POST"])
blueprint.add_url_rule("/retention/purge", view_func=retention.purge, methods=["POST"])
blueprint.add_url_rule("/retention/purges/<int:purge_id>.zip", view_func=retention.purged)
