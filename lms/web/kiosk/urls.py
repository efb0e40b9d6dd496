"""The addresses of the kiosk."""

from flask import Blueprint

from lms.web.kiosk import (
    asserted,
    enrolling,
    entering,
    modules,
    my_skills,
    offline,
    opening,
    outbox,
    practice,
    presence,
    surveys,
)
from lms.web.kiosk.guards import current_terminal, measured_screen, patience
from lms.web.kiosk.offline import tell_the_time
from lms.web.kiosk.reading import languages_spoken
from lms.web.kiosk.wording import add_words, refuse_here
from lms.web.shared.compression import pack
from lms.web.shared.guards import ALSO_RECOGNISED
from lms.web.shared.late import Views
from lms.web.shared.security import csrf

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")
# A start page stands for days, longer than any session and its token. What protects these
# addresses is the kiosk's own cookie, which no other site can make a browser send, and the
# look at `Sec-Fetch-Site` and `Origin`.
csrf.exempt(blueprint)
add_words()
refuse_here(blueprint)
blueprint.after_request(pack)
blueprint.after_request(tell_the_time)
blueprint.context_processor(measured_screen)
blueprint.context_processor(patience)
ALSO_RECOGNISED.append(current_terminal)
blueprint.context_processor(languages_spoken)

blueprint.add_url_rule("/", view_func=entering.start)
blueprint.add_url_rule("/enrol", view_func=enrolling.enrol, methods=["GET", "POST"])
blueprint.add_url_rule("/enrol/number", view_func=enrolling.wait_for_number)
blueprint.add_url_rule("/enrol/finish", view_func=enrolling.finish, methods=["POST"])
blueprint.add_url_rule("/screen", view_func=enrolling.screen, methods=["GET", "POST"])
blueprint.add_url_rule("/code", view_func=entering.personal_code)
blueprint.add_url_rule("/recognise", view_func=entering.recognise, methods=["POST"])
blueprint.add_url_rule("/pin", view_func=entering.pin, methods=["GET", "POST"])
blueprint.add_url_rule("/pin/new", view_func=entering.choose_pin, methods=["GET", "POST"])
blueprint.add_url_rule("/leader", view_func=opening.call_leader)
blueprint.add_url_rule("/leader/pin", view_func=opening.open_way, methods=["GET", "POST"])
blueprint.add_url_rule("/language", view_func=entering.language, methods=["POST"])
blueprint.add_url_rule("/here", view_func=entering.here, methods=["POST"])
blueprint.add_url_rule("/leave", view_func=entering.leave, methods=["POST"])
blueprint.add_url_rule("/pulse", view_func=presence.pulse, methods=["POST"])
blueprint.add_url_rule("/pulse/heard", view_func=presence.heard, methods=["POST"])
blueprint.add_url_rule("/out-of-order", view_func=presence.out_of_order)
blueprint.add_url_rule("/notice", view_func=presence.notice, methods=["GET", "POST"])

blueprint.add_url_rule("/asserted", view_func=asserted.asserted, methods=["GET", "POST"])
blueprint.add_url_rule("/home", view_func=modules.home)
blueprint.add_url_rule("/modules/", view_func=modules.every_module)
blueprint.add_url_rule("/modules/<code>", view_func=modules.player)
blueprint.add_url_rule("/editions/<int:edition_id>/<language>", view_func=modules.edition)
blueprint.add_url_rule("/skills", view_func=my_skills.my_skills)
blueprint.add_url_rule("/skills/contest", view_func=my_skills.contest, methods=["GET", "POST"])
blueprint.add_url_rule("/myself", view_func=modules.myself)

my_data = Views("lms.web.kiosk.my_data")
blueprint.add_url_rule("/my-data/", view_func=my_data.my_data)
blueprint.add_url_rule("/my-data/kept", view_func=my_data.my_kept)
blueprint.add_url_rule("/my-data/training", view_func=my_data.my_training)
blueprint.add_url_rule("/my-data/levels", view_func=my_data.my_levels)
blueprint.add_url_rule("/my-data/looks", view_func=my_data.my_looks)
blueprint.add_url_rule("/my-data/papers", view_func=my_data.my_papers)
blueprint.add_url_rule("/my-data/papers/<number>/print", view_func=my_data.ask_for_print, methods=["POST"])
blueprint.add_url_rule("/my-data/requests", view_func=my_data.my_requests, methods=["GET", "POST"])

blueprint.add_url_rule("/practice", view_func=practice.practice)

blueprint.add_url_rule("/surveys/thanks", view_func=surveys.survey_thanks)
blueprint.add_url_rule("/surveys/<code>/", view_func=surveys.survey)
blueprint.add_url_rule("/surveys/<code>/answers", view_func=surveys.answer_survey, methods=["POST"])
blueprint.add_url_rule("/surveys/<code>/declined", view_func=surveys.decline_survey, methods=["POST"])

blueprint.add_url_rule("/outbox", view_func=outbox.deliver, methods=["POST"])
blueprint.add_url_rule("/sw.js", view_func=offline.worker)
blueprint.add_url_rule("/away/<language>", view_func=offline.away)
blueprint.add_url_rule("/away/<language>/code", view_func=offline.away_code)
blueprint.add_url_rule("/away/<language>/practice", view_func=offline.away_practice)
blueprint.add_url_rule("/held", view_func=offline.held)
