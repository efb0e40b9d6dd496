"""The addresses of audits, plans and pilots."""

from flask import Blueprint

from lms.web.audits.pilots import urls as pilots
from lms.web.audits.readings import urls as readings
from lms.web.shared.late import WORDS, View, Views

blueprint = Blueprint("audits", __name__, url_prefix="/audits")
blueprint.context_processor(View("lms.web.audits.lent", "words"))
WORDS.say_when_asked("lms.web.audits.wording")

attachments = Views("lms.web.audits.attachments")
audits = Views("lms.web.audits.audits")
changes = Views("lms.web.audits.changes")
entries = Views("lms.web.audits.entries")
plans = Views("lms.web.audits.plans")
posts = Views("lms.web.audits.posts")

EDITS = ["GET", "POST"]
AUDIT = "/audit/<code>"
"""An audit's code could be `plans`, so it never stands where that word does."""

blueprint.add_url_rule("/", view_func=audits.audits)
blueprint.add_url_rule("/new", view_func=entries.new_audit, methods=EDITS)
blueprint.add_url_rule("/import", view_func=audits.import_audit, methods=EDITS)
blueprint.add_url_rule("/schema.json", view_func=audits.schema)

blueprint.add_url_rule(f"{AUDIT}/", view_func=audits.summary)
blueprint.add_url_rule(f"{AUDIT}/inventory", view_func=audits.inventory)
blueprint.add_url_rule(f"{AUDIT}/coverage", view_func=audits.coverage)
blueprint.add_url_rule(f"{AUDIT}/maturity", view_func=audits.maturity)
blueprint.add_url_rule(f"{AUDIT}/readiness", view_func=audits.readiness)
blueprint.add_url_rule(f"{AUDIT}/themes", view_func=audits.themes)
blueprint.add_url_rule(f"{AUDIT}/moments", view_func=audits.moments)
blueprint.add_url_rule(f"{AUDIT}/history", view_func=changes.history)
blueprint.add_url_rule(f"{AUDIT}/attachments", view_func=attachments.attachments)
blueprint.add_url_rule(f"{AUDIT}/attach", view_func=attachments.attach, methods=EDITS)
blueprint.add_url_rule(f"{AUDIT}/attachments/<int:number>", view_func=attachments.download)
blueprint.add_url_rule(f"{AUDIT}/attachments/<int:number>/detach", view_func=attachments.detach, methods=["POST"])
blueprint.add_url_rule(f"{AUDIT}/panel", view_func=audits.panel)
blueprint.add_url_rule(f"{AUDIT}/evidence", view_func=audits.evidence)
blueprint.add_url_rule(f"{AUDIT}/findings", view_func=audits.findings)
blueprint.add_url_rule(f"{AUDIT}/recommendations", view_func=audits.recommendations)
blueprint.add_url_rule(f"{AUDIT}/actions", view_func=audits.action_plan)
blueprint.add_url_rule(f"{AUDIT}/vigilance", view_func=audits.vigilance)
blueprint.add_url_rule(f"{AUDIT}/traceability", view_func=audits.traceability)
blueprint.add_url_rule(f"{AUDIT}/export", view_func=audits.export_audit)
blueprint.add_url_rule(f"{AUDIT}/change", view_func=entries.change_header, methods=EDITS)
blueprint.add_url_rule(f"{AUDIT}/<section>/add", view_func=entries.add, methods=EDITS)
blueprint.add_url_rule(f"{AUDIT}/<section>/<key>/change", view_func=entries.change, methods=EDITS)
blueprint.add_url_rule(f"{AUDIT}/<section>/<key>/remove", view_func=entries.remove, methods=EDITS)

blueprint.add_url_rule("/plans/", view_func=plans.plans)
blueprint.add_url_rule("/plans/new", view_func=plans.new_plan, methods=EDITS)
blueprint.add_url_rule("/plans/posts", view_func=posts.posts, methods=EDITS)
blueprint.add_url_rule("/plans/posts/habilitations", view_func=posts.ask_for_habilitation, methods=["POST"])
blueprint.add_url_rule("/plans/plan/<code>", view_func=plans.plan)
blueprint.add_url_rule("/plans/plan/<code>/change", view_func=plans.change_plan, methods=EDITS)
blueprint.add_url_rule("/plans/plan/<code>/cancel", view_func=plans.cancel_plan, methods=["POST"])
blueprint.add_url_rule("/plans/plan/<code>/exempt", view_func=plans.exempt, methods=["POST"])

pilots.add_to(blueprint)
readings.add_to(blueprint)
