"""The addresses of administration."""

from flask import Blueprint

from lms.web.admin.wording import add_words

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
add_words()
