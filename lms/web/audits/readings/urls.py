"""The addresses of readings, within the blueprint of audits."""

from flask import Blueprint

from lms.web.shared.late import Views

bringing = Views("lms.web.audits.readings.bringing")
views = Views("lms.web.audits.readings.views")

EDITS = ["GET", "POST"]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint the pages of readings."""
    rule = blueprint.add_url_rule
    rule("/readings/", view_func=views.readings)
    rule("/readings/new", view_func=views.new_reading, methods=EDITS)
    rule("/readings/import", view_func=bringing.import_readings, methods=EDITS)
    rule("/readings/import/<file>", view_func=bringing.preview_readings)
    rule("/readings/import/<file>", view_func=bringing.apply_readings, methods=["POST"])
