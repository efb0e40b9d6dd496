"""The addresses of the follow-up."""

from flask import Blueprint

from lms.web.teams import completion, people
from lms.web.teams.wording import add_words

blueprint = Blueprint("teams", __name__, url_prefix="/teams")
add_words()

blueprint.add_url_rule("/", view_func=people.people)
blueprint.add_url_rule("/people.<any(csv, xlsx):kind>", view_func=people.people_file)
blueprint.add_url_rule("/completion", view_func=completion.completion)
blueprint.add_url_rule("/completion.<any(csv, xlsx):kind>", view_func=completion.completion_file)
