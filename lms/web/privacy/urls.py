"""The addresses of privacy."""

from flask import Blueprint

from lms.web.shared.late import Views

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")

mine = Views("lms.web.privacy.mine")

blueprint.add_url_rule("/", view_func=mine.mine)
