"""The addresses of the studio."""

from flask import Blueprint

from lms.web.studio import problem_words, wording

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
wording.add_words()
problem_words.add_words()
