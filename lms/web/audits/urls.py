"""The addresses of audits, plans and pilots."""

from flask import Blueprint

from lms.web.audits import audits
from lms.web.audits.pilots import wording as pilot_wording
from lms.web.audits.wording import add_words

blueprint = Blueprint("audits", __name__, url_prefix="/audits")
add_words()
pilot_wording.add_words()

blueprint.add_url_rule("/", view_func=audits.audits)
