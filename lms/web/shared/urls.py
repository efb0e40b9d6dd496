"""The addresses that belong to no audience."""

from flask import Blueprint

from lms.web.shared import branding, jobs, media, views

blueprint = Blueprint("shared", __name__)

blueprint.add_url_rule("/", view_func=views.home)
blueprint.add_url_rule("/language", view_func=views.choose_language, methods=["POST"])
blueprint.add_url_rule("/healthz", view_func=views.healthz)
blueprint.add_url_rule("/readyz", view_func=views.readyz)
blueprint.add_url_rule("/media/<digest>", view_func=media.media)
blueprint.add_url_rule("/static/branding/<int:version>.css", view_func=branding.brand_style)
blueprint.add_url_rule("/static/branding/<int:version>.logo", view_func=branding.brand_logo)
blueprint.add_url_rule("/jobs/<uuid:job_id>", view_func=jobs.job)
blueprint.add_url_rule("/jobs/<uuid:job_id>/again", view_func=jobs.again, endpoint="job_again", methods=["POST"])
blueprint.add_url_rule("/jobs/<uuid:job_id>/cancel", view_func=jobs.cancel, endpoint="job_cancel", methods=["POST"])
