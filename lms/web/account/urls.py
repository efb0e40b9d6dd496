"""The addresses of one's own account."""

from flask import Blueprint

from lms.web.account import views
from lms.web.account.wording import add_words

blueprint = Blueprint("account", __name__, url_prefix="/account")
add_words()

blueprint.add_url_rule("/", view_func=views.profile)
blueprint.add_url_rule("/sign-in", view_func=views.sign_in, methods=["GET", "POST"])
blueprint.add_url_rule("/sign-out", view_func=views.sign_out, methods=["POST"])
blueprint.add_url_rule("/language", view_func=views.language, methods=["POST"])
blueprint.add_url_rule("/password", view_func=views.password, methods=["GET", "POST"])
