"""The addresses for programs."""

from flask import Blueprint

from lms.web.shared import refusals
from lms.web.shared.late import WORDS, Views
from lms.web.shared.security import csrf

PREFIX = "/api/v1"

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
# A token in a header cannot be sent by another site's form, which is what the check is against.
csrf.exempt(blueprint)
WORDS.say_when_asked("lms.web.api.wording")
problems = Views("lms.web.api.problems")
refusals.answer_under(f"{PREFIX}/", problems.problem)

views = Views("lms.web.api.views")
hours = Views("lms.web.api.hours")
costs = Views("lms.web.api.costs")
people = Views("lms.web.api.people")
describing = Views("lms.web.api.describing")

blueprint.add_url_rule("/openapi.json", view_func=describing.openapi)
blueprint.add_url_rule("/completion", view_func=views.completion)
blueprint.add_url_rule("/hours", view_func=hours.hours)
blueprint.add_url_rule("/costs", view_func=costs.costs)
blueprint.add_url_rule("/people", view_func=people.people)
