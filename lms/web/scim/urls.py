"""The addresses for the plant's directory."""

from flask import Blueprint

from lms.web.shared import refusals
from lms.web.shared.late import WORDS, Views
from lms.web.shared.security import csrf

PREFIX = "/scim/v2"

blueprint = Blueprint("scim", __name__, url_prefix=PREFIX)
# A token in a header cannot be sent by another site's form, which is what the check is against.
csrf.exempt(blueprint)
WORDS.say_when_asked("lms.web.scim.wording")
answers = Views("lms.web.scim.answers")
refusals.answer_under(f"{PREFIX}/", answers.error)

describing = Views("lms.web.scim.describing")
views = Views("lms.web.scim.views")

blueprint.add_url_rule("/ServiceProviderConfig", view_func=describing.service_provider_config)
blueprint.add_url_rule("/ResourceTypes", view_func=describing.resource_types)
blueprint.add_url_rule("/ResourceTypes/<name>", view_func=describing.resource_type)
blueprint.add_url_rule("/Schemas", view_func=describing.schemas)
blueprint.add_url_rule("/Schemas/<name>", view_func=describing.schema)
blueprint.add_url_rule("/Users", view_func=views.users)
blueprint.add_url_rule("/Users", view_func=views.create_user, methods=["POST"])
blueprint.add_url_rule("/Users/<int:number>", view_func=views.user)
blueprint.add_url_rule("/Users/<int:number>", view_func=views.replace_user, methods=["PUT"])
blueprint.add_url_rule("/Users/<int:number>", view_func=views.patch_user, methods=["PATCH"])
blueprint.add_url_rule("/Users/<int:number>", view_func=views.delete, methods=["DELETE"])
blueprint.add_url_rule("/Groups", view_func=views.groups)
blueprint.add_url_rule("/Groups", view_func=views.create_group, methods=["POST"])
blueprint.add_url_rule("/Groups/<int:number>", view_func=views.group)
blueprint.add_url_rule("/Groups/<int:number>", view_func=views.replace_group, methods=["PUT"])
blueprint.add_url_rule("/Groups/<int:number>", view_func=views.patch_group, methods=["PATCH"])
blueprint.add_url_rule("/Groups/<int:number>", view_func=views.delete, methods=["DELETE"], endpoint="delete_group")
