"""The addresses of the follow-up."""

from flask import Blueprint

from lms.web.shared.late import WORDS, Views

blueprint = Blueprint("teams", __name__, url_prefix="/teams")
WORDS.say_when_asked("lms.web.teams.wording")

completion = Views("lms.web.teams.completion")
costs = Views("lms.web.teams.costs")
contests = Views("lms.web.teams.contests")
coverage = Views("lms.web.teams.coverage")
helping = Views("lms.web.teams.helping")
notices = Views("lms.web.teams.notices")
people = Views("lms.web.teams.people")
planning = Views("lms.web.teams.planning")
readiness = Views("lms.web.teams.readiness")
saved = Views("lms.web.teams.saved")
sign_offs = Views("lms.web.teams.sign_offs")
signing_in = Views("lms.web.teams.signing_in")
skills = Views("lms.web.teams.skills")
skills_files = Views("lms.web.teams.skills_files")
tablet = Views("lms.web.teams.tablet")
tasks = Views("lms.web.teams.tasks")
today = Views("lms.web.teams.today")
week = Views("lms.web.teams.week")

blueprint.add_url_rule("/", view_func=today.today)
blueprint.add_url_rule("/week", view_func=week.week)
blueprint.add_url_rule("/week/propose", view_func=week.propose_week)
blueprint.add_url_rule("/week/plan", view_func=week.plan_week, methods=["POST"])
blueprint.add_url_rule("/week/board", view_func=week.board)
blueprint.add_url_rule("/e-mail", view_func=today.choose_digest, methods=["POST"])
blueprint.add_url_rule("/slot/<int:person_id>", view_func=planning.plan_slot, methods=["POST"])
blueprint.add_url_rule("/slots/<uuid:slot_id>/cancel", view_func=planning.cancel_slot, methods=["POST"])
blueprint.add_url_rule("/slots/<uuid:slot_id>/time", view_func=week.choose_time)
blueprint.add_url_rule("/slots/<uuid:slot_id>/move", view_func=planning.move_slot, methods=["POST"])
blueprint.add_url_rule("/not-ready", view_func=readiness.not_ready)
blueprint.add_url_rule("/not-ready.<any(csv, xlsx):kind>", view_func=readiness.not_ready_file)
blueprint.add_url_rule("/people", view_func=people.people)
blueprint.add_url_rule("/people.<any(csv, xlsx):kind>", view_func=people.people_file)
blueprint.add_url_rule("/completion", view_func=completion.completion)
blueprint.add_url_rule("/completion/hours", view_func=completion.hours)
blueprint.add_url_rule("/completion/trend", view_func=completion.trend)
blueprint.add_url_rule(
    "/completion/<any(completion, hours, trend):which>.<any(csv, xlsx, pdf):kind>", view_func=completion.figures_file
)

blueprint.add_url_rule("/completion/saved/", view_func=saved.saved_views)
blueprint.add_url_rule(
    "/completion/<any(completion, hours, trend):which>/save", view_func=saved.save_view, methods=["GET", "POST"]
)
blueprint.add_url_rule("/completion/saved/<int:view_id>/forget", view_func=saved.forget_view, methods=["POST"])
blueprint.add_url_rule("/completion/saved/files/<int:export_id>", view_func=saved.kept_export)
blueprint.add_url_rule("/costs", view_func=costs.costs)
blueprint.add_url_rule("/costs.<any(xlsx, pdf):kind>", view_func=costs.costs_file)

blueprint.add_url_rule("/help", view_func=helping.help_asked)
blueprint.add_url_rule("/help/<uuid:request_id>/answer", view_func=helping.answer_help, methods=["POST"])

blueprint.add_url_rule("/sign-in/", view_func=signing_in.signing_in)
blueprint.add_url_rule("/sign-in/<int:person_id>/open", view_func=signing_in.open_way, methods=["POST"])
blueprint.add_url_rule("/sign-in/<int:person_id>/pin", view_func=signing_in.hand_out_pin, methods=["POST"])

blueprint.add_url_rule("/notices/", view_func=notices.notices)
blueprint.add_url_rule("/notices/new", view_func=notices.new_notice, methods=["GET", "POST"])

EDITS = ["GET", "POST"]
SKILL = "/skills/person/<int:person_id>/<task>"

blueprint.add_url_rule("/skills/", view_func=skills.skills)
blueprint.add_url_rule("/skills/matrix.<any(csv, xlsx, pdf):kind>", view_func=skills_files.skills_file)
blueprint.add_url_rule("/skills/prints/<uuid:job_id>.pdf", view_func=skills_files.skills_print)
blueprint.add_url_rule("/skills/person/<int:person_id>", view_func=skills.person_skills)
blueprint.add_url_rule(SKILL, view_func=skills.skill)
blueprint.add_url_rule(f"{SKILL}/lower", view_func=skills.lower, methods=["POST"])
blueprint.add_url_rule("/skills/coverage", view_func=coverage.coverage)
blueprint.add_url_rule("/skills/sign-off", view_func=sign_offs.sign_off, methods=EDITS)
blueprint.add_url_rule("/skills/sign-offs/<int:sign_off_id>/afest", view_func=sign_offs.record_afest, methods=EDITS)
blueprint.add_url_rule("/skills/sheets/<uuid:sheet_id>", view_func=tablet.sheet)
blueprint.add_url_rule("/skills/sheets/<uuid:sheet_id>/sign", view_func=tablet.sign_sheet, methods=["POST"])
blueprint.add_url_rule("/skills/sheets/<uuid:sheet_id>/unsigned", view_func=tablet.leave_sheet, methods=["POST"])
blueprint.add_url_rule("/skills/sheets/<uuid:sheet_id>/photo.jpg", view_func=tablet.photo)
blueprint.add_url_rule("/skills/mine", view_func=contests.my_skills)
blueprint.add_url_rule("/skills/mine/contest", view_func=contests.contest_mine, methods=["POST"])
blueprint.add_url_rule("/skills/contests/<int:contest_id>", view_func=contests.answer_contest, methods=["POST"])
blueprint.add_url_rule(f"{SKILL}/decide", view_func=contests.decide_proposal, methods=["POST"])
blueprint.add_url_rule("/skills/tasks/task/<code>/procedure", view_func=contests.change_procedure, methods=["POST"])
blueprint.add_url_rule("/skills/to-validate", view_func=sign_offs.to_validate)
blueprint.add_url_rule("/skills/to-validate/<int:sign_off_id>", view_func=sign_offs.countersign, methods=["POST"])
blueprint.add_url_rule("/skills/tasks/", view_func=tasks.tasks)
blueprint.add_url_rule("/skills/tasks/new", view_func=tasks.new_task, methods=EDITS)
blueprint.add_url_rule("/skills/tasks/task/<code>", view_func=tasks.change_task, methods=EDITS)
blueprint.add_url_rule("/skills/tasks/task/<code>/checklist", view_func=tasks.checklist, methods=EDITS)
blueprint.add_url_rule("/skills/tasks/letters", view_func=tasks.level_words, methods=EDITS)
blueprint.add_url_rule("/skills/import", view_func=tasks.import_skills, methods=EDITS)
blueprint.add_url_rule("/skills/import/<file>", view_func=tasks.preview_skills)
blueprint.add_url_rule("/skills/import/<file>", view_func=tasks.apply_skills, methods=["POST"])
