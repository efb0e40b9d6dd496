"""The addresses of the follow-up."""

from flask import Blueprint

from lms.web.teams import completion, helping, notices, people
from lms.web.teams.wording import add_words

blueprint = Blueprint("teams", __name__, url_prefix="/teams")
add_words()

blueprint.add_url_rule("/", view_func=people.people)
blueprint.add_url_rule("/people.<any(csv, xlsx):kind>", view_func=people.people_file)
blueprint.add_url_rule("/completion", view_func=completion.completion)
blueprint.add_url_rule("/completion.<any(csv, xlsx):kind>", view_func=completion.completion_file)

blueprint.add_url_rule("/help", view_func=helping.help_asked)
blueprint.add_url_rule("/help/<uuid:request_id>/answer", view_func=helping.answer_help, methods=["POST"])

blueprint.add_url_rule("/notices/", view_func=notices.notices)
blueprint.add_url_rule("/notices/new", view_func=notices.new_notice, methods=["GET", "POST"])
