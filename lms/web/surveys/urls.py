"""The addresses of surveys."""

from flask import Blueprint

from lms.web.shared.late import WORDS, Views

blueprint = Blueprint("surveys", __name__, url_prefix="/surveys")
WORDS.say_when_asked("lms.web.surveys.wording")

answering = Views("lms.web.surveys.answering")
instruments = Views("lms.web.surveys.instruments")
paper = Views("lms.web.surveys.paper")
results = Views("lms.web.surveys.results")
waves = Views("lms.web.surveys.waves")

blueprint.add_url_rule("/", view_func=waves.waves)
blueprint.add_url_rule("/waves/new", view_func=waves.new_wave, methods=["GET", "POST"])
blueprint.add_url_rule("/waves/<code>/", view_func=waves.wave)
blueprint.add_url_rule("/waves/<code>/edit", view_func=waves.edit_wave, methods=["GET", "POST"])
blueprint.add_url_rule("/waves/<code>/announce", view_func=waves.announce_wave, methods=["POST"])
blueprint.add_url_rule("/waves/<code>/close", view_func=waves.close_wave, methods=["POST"])
blueprint.add_url_rule("/waves/<code>/copy", view_func=waves.copy_wave, methods=["POST"])
blueprint.add_url_rule("/waves/<code>/codes", view_func=waves.issue_codes, methods=["POST"])
blueprint.add_url_rule("/waves/<code>/sheet", view_func=paper.sheet)
blueprint.add_url_rule("/waves/<code>/paper", view_func=paper.paper, methods=["GET", "POST"])
blueprint.add_url_rule("/waves/<code>/results", view_func=results.results)
blueprint.add_url_rule("/waves/<code>/results.<any(csv, xlsx):kind>", view_func=results.results_file)
blueprint.add_url_rule("/waves/<code>/comparison", view_func=results.comparison)

blueprint.add_url_rule("/instruments/", view_func=instruments.instruments)
blueprint.add_url_rule("/instruments/new", view_func=instruments.new_instrument, methods=["GET", "POST"])
blueprint.add_url_rule("/instruments/<code>/", view_func=instruments.instrument)
blueprint.add_url_rule("/instruments/<code>/edit", view_func=instruments.edit_instrument, methods=["GET", "POST"])
blueprint.add_url_rule("/instruments/<code>/copy", view_func=instruments.copy_instrument, methods=["POST"])
blueprint.add_url_rule("/instruments/<code>/items/new", view_func=instruments.new_item, methods=["GET", "POST"])
blueprint.add_url_rule("/instruments/<code>/items/<key>", view_func=instruments.edit_item, methods=["GET", "POST"])
blueprint.add_url_rule("/instruments/<code>/items/<key>/move", view_func=instruments.move_item, methods=["POST"])
blueprint.add_url_rule("/instruments/<code>/items/<key>/remove", view_func=instruments.remove_item, methods=["POST"])

blueprint.add_url_rule("/answer/<token>", view_func=answering.answer, methods=["GET", "POST"])
blueprint.add_url_rule("/answer/<token>/thanks", view_func=answering.thanks)
