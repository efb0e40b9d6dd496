"""The addresses of pilots, within the blueprint of audits."""

from flask import Blueprint

from lms.reports.media_types import LONG, MEDIA_TYPES
from lms.web.shared.late import Views

choosing = Views("lms.web.audits.pilots.choosing")
deciding = Views("lms.web.audits.pilots.deciding")
designing = Views("lms.web.audits.pilots.designing")
evaluating = Views("lms.web.audits.pilots.evaluating")
filing = Views("lms.web.audits.pilots.filing")
monitoring = Views("lms.web.audits.pilots.monitoring")
views = Views("lms.web.audits.pilots.views")

EDITS = ["GET", "POST"]
PILOT = "/pilots/pilot/<code>"
KINDS, ASKED_FOR = ", ".join(MEDIA_TYPES), ", ".join(LONG)
EVALUATION = f"{PILOT}/evaluations/<int:number>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint the pages of pilots."""
    rule = blueprint.add_url_rule
    rule("/pilots/", view_func=views.pilots)
    rule("/pilots/new", view_func=designing.new_pilot, methods=EDITS)
    rule(PILOT, view_func=views.pilot)
    rule(f"{PILOT}/protocol", view_func=views.protocol_page)
    rule(f"{PILOT}/protocol.json", view_func=views.protocol)
    rule(f"{PILOT}/protocol.pdf", view_func=views.protocol_print)
    rule(f"{PILOT}/change", view_func=designing.change_pilot, methods=EDITS)
    rule(f"{PILOT}/conditions", view_func=designing.conditions, methods=EDITS)
    rule(f"{PILOT}/steps", view_func=designing.stage, methods=EDITS)
    rule(f"{PILOT}/indicators/add", view_func=choosing.choose_indicator)
    rule(f"{PILOT}/indicators/add/<indicator>", view_func=choosing.add_indicator, methods=EDITS)
    rule(f"{PILOT}/indicators/<indicator>/change", view_func=choosing.change_indicator, methods=EDITS)
    rule(f"{PILOT}/indicators/<indicator>/remove", view_func=choosing.remove_indicator, methods=["POST"])
    rule(f"{PILOT}/indicators/<indicator>/chances.svg", view_func=views.curve)
    rule(f"{PILOT}/freeze", view_func=designing.freeze, methods=EDITS)
    rule(f"{PILOT}/amend", view_func=designing.amend, methods=EDITS)
    rule(f"{PILOT}/monitoring", view_func=monitoring.monitoring)
    rule(f"{PILOT}/evaluate", view_func=evaluating.evaluate, methods=EDITS)
    rule(EVALUATION, view_func=evaluating.evaluation)
    rule(f"{EVALUATION}/files", view_func=filing.files)
    rule(f"{EVALUATION}/files/<any({ASKED_FOR}):kind>", view_func=filing.make_file, methods=["POST"])
    rule(f"{EVALUATION}/report.<any({KINDS}):kind>", view_func=filing.report)
    rule(f"{EVALUATION}/operators", view_func=evaluating.operators)
    rule(f"{EVALUATION}/operators.pdf", view_func=filing.operators_print)
    rule(f"{EVALUATION}/decide", view_func=deciding.decide, methods=EDITS)
    rule(f"{EVALUATION}/comment", view_func=deciding.comment, methods=EDITS)
    rule(f"{EVALUATION}/verify", view_func=evaluating.verify, methods=["POST"])
