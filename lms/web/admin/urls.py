"""The addresses of administration."""

from flask import Blueprint

from lms.web.shared.late import WORDS, Views

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
WORDS.say_when_asked("lms.web.admin.wording")

aside = Views("lms.web.admin.aside")
badges = Views("lms.web.admin.badges")
enrolling = Views("lms.web.admin.enrolling")
journal = Views("lms.web.admin.journal")
messages = Views("lms.web.admin.messages")
people = Views("lms.web.admin.people")
person = Views("lms.web.admin.person")
plant = Views("lms.web.admin.plant")
roster = Views("lms.web.admin.roster")
rosters = Views("lms.web.admin.rosters")
terminals = Views("lms.web.admin.terminals")

blueprint.add_url_rule("/people/", view_func=people.people)
blueprint.add_url_rule("/people/new", view_func=people.new, methods=["GET", "POST"])
blueprint.add_url_rule("/people/pins", view_func=people.pins, methods=["POST"])
blueprint.add_url_rule("/people/import", view_func=roster.upload, methods=["GET", "POST"])
blueprint.add_url_rule("/people/import/<file>", view_func=roster.preview)
blueprint.add_url_rule("/people/import/<file>", view_func=roster.apply, methods=["POST"])
blueprint.add_url_rule("/people/import/<file>/refused.csv", view_func=roster.refused)
blueprint.add_url_rule("/people/rosters/", view_func=rosters.rosters)
blueprint.add_url_rule("/people/rosters/<int:number>/", view_func=rosters.roster)
blueprint.add_url_rule("/people/rosters/<int:number>/look", view_func=rosters.look, methods=["POST"])
blueprint.add_url_rule("/people/turnover", view_func=rosters.turnover)
blueprint.add_url_rule("/people/<int:person_id>/", view_func=person.person)
blueprint.add_url_rule("/people/<int:person_id>/change", view_func=person.change, methods=["GET", "POST"])
blueprint.add_url_rule("/people/<int:person_id>/move", view_func=person.move, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/leave", view_func=person.leave, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/come-back", view_func=person.come_back, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/badges", view_func=person.issue_badge, methods=["POST"])
blueprint.add_url_rule(
    "/people/<int:person_id>/badges/<int:badge_id>/revoke", view_func=person.revoke_badge, methods=["POST"]
)
blueprint.add_url_rule("/people/<int:person_id>/pin", view_func=person.issue_pin, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/password", view_func=person.issue_password, methods=["POST"])
blueprint.add_url_rule(
    "/people/<int:person_id>/second-factor/reset", view_func=person.reset_second_factor, methods=["POST"]
)
blueprint.add_url_rule("/people/<int:person_id>/roles", view_func=person.grant_role, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/roles/revoke", view_func=person.revoke_role, methods=["POST"])
blueprint.add_url_rule("/people/<int:person_id>/badges/print", view_func=badges.print_one, methods=["POST"])
blueprint.add_url_rule("/badges/", view_func=badges.badges, methods=["GET", "POST"])
blueprint.add_url_rule("/badges/print", view_func=badges.print_team, methods=["POST"])
blueprint.add_url_rule("/plant/", view_func=plant.plant)
blueprint.add_url_rule("/plant/team/<int:team_id>", view_func=plant.change_team, methods=["GET", "POST"])
blueprint.add_url_rule("/plant/<kind>/new", view_func=plant.add, methods=["GET", "POST"])
blueprint.add_url_rule("/journal/", view_func=journal.journal)
blueprint.add_url_rule("/journal/journal.csv", view_func=journal.journal_file)

blueprint.add_url_rule("/kiosks/", view_func=terminals.terminals)
blueprint.add_url_rule("/kiosks/announce", view_func=enrolling.announce, methods=["GET", "POST"])
blueprint.add_url_rule("/kiosks/put-aside", view_func=aside.put_aside)
blueprint.add_url_rule("/kiosks/messages", view_func=messages.tell_place, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/", view_func=terminals.terminal)
blueprint.add_url_rule("/kiosks/<code>/enrolment-code", view_func=enrolling.offer_code, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/enrolment-number", view_func=enrolling.confirm_number, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/revoke", view_func=enrolling.revoke, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/hours", view_func=terminals.set_hours, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/messages", view_func=messages.tell_one, methods=["POST"])
blueprint.add_url_rule("/kiosks/<code>/place", view_func=terminals.place, methods=["GET", "POST"])
