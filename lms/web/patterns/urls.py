"""The addresses of the pattern pages."""

from flask import Blueprint

from lms.web.patterns import views

blueprint = Blueprint("patterns", __name__, url_prefix="/patterns")

blueprint.add_url_rule("/", view_func=views.index)
blueprint.add_url_rule("/kiosk/<name>", view_func=views.screen)
