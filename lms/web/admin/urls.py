"""The addresses of administration."""

from flask import Blueprint

from lms.web.admin import terminals
from lms.web.admin.wording import add_words

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
add_words()

blueprint.add_url_rule("/kiosks/", view_func=terminals.terminals)
blueprint.add_url_rule("/kiosks/announce", view_func=terminals.announce, methods=["GET", "POST"])
blueprint.add_url_rule("/kiosks/<code>/", view_func=terminals.terminal)
blueprint.add_url_rule("/kiosks/<code>/enrolment-code", view_func=terminals.offer_code, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/revoke", view_func=terminals.revoke, methods=["POST"])
