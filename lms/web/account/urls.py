"""The addresses of one's own account."""

from flask import Blueprint

from lms.web.account import views
from lms.web.account.wording import add_words
from lms.web.shared.late import WORDS, Views

blueprint = Blueprint("account", __name__, url_prefix="/account")
add_words()
WORDS.say_when_asked("lms.web.account.later_wording")

deputies = Views("lms.web.account.deputies")
openid = Views("lms.web.account.openid")
second_factor = Views("lms.web.account.second_factor")
second_step = Views("lms.web.account.second_step")

blueprint.add_url_rule("/", view_func=views.profile)
blueprint.add_url_rule("/sign-in", view_func=views.sign_in, methods=["GET", "POST"])
blueprint.add_url_rule("/sign-out", view_func=views.sign_out, methods=["POST"])
blueprint.add_url_rule("/language", view_func=views.language, methods=["POST"])
blueprint.add_url_rule("/password", view_func=views.password, methods=["GET", "POST"])

blueprint.add_url_rule("/sign-in/second", view_func=second_step.second_step, methods=["GET", "POST"])
blueprint.add_url_rule("/sign-in/second/passkey", view_func=second_step.ask_passkey, methods=["POST"])
blueprint.add_url_rule("/sign-in/second/passkey/answer", view_func=second_step.take_passkey, methods=["POST"])
blueprint.add_url_rule("/openid", view_func=openid.openid)
blueprint.add_url_rule("/openid/back", view_func=openid.openid_back)
blueprint.add_url_rule("/again", view_func=second_factor.prove_again, methods=["GET", "POST"])
blueprint.add_url_rule("/second-factor/", view_func=second_factor.second_factor)
blueprint.add_url_rule("/second-factor/app/new", view_func=second_factor.begin_app, methods=["POST"])
blueprint.add_url_rule("/second-factor/app", view_func=second_factor.app, methods=["GET", "POST"])
blueprint.add_url_rule("/second-factor/app/remove", view_func=second_factor.remove_app, methods=["POST"])
blueprint.add_url_rule("/second-factor/passkeys/new", view_func=second_factor.offer_passkey, methods=["POST"])
blueprint.add_url_rule("/second-factor/passkeys", view_func=second_factor.add_passkey, methods=["POST"])
blueprint.add_url_rule(
    "/second-factor/passkeys/<int:passkey_id>/remove", view_func=second_factor.remove_passkey, methods=["POST"]
)
blueprint.add_url_rule("/second-factor/recovery-codes", view_func=second_factor.recovery_codes, methods=["POST"])

blueprint.add_url_rule("/deputies/", view_func=deputies.deputies, methods=["GET", "POST"])
blueprint.add_url_rule("/deputies/<int:entry_id>/end", view_func=deputies.end, methods=["POST"])
