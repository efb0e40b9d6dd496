"""What is recorded of one's skills, read at the kiosk, and contested there in words."""

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.group_commit import durably
from lms.kernel.languages import speaking
from lms.kernel.settings import setting
from lms.skills import contesting, matrix
from lms.skills.authority import ContestedAlready, ContestNotOwn, WordsMissing
from lms.web.kiosk.guards import at_kiosk
from lms.web.shared.identity import somebody

MOST = 500
"""Characters that are typed standing."""
WHYS = {
    "more": _l("I can do more than it says"),
    "otherwise": _l("It was not like that"),
    "again": _l("I want to be seen again"),
    "talk": _l("I want to talk about it"),
}
"""What is not right, chosen by touch; kept in the language of the site, which whoever answers reads."""


@at_kiosk
def my_skills() -> str:
    """Show everything recorded of the person's skills; what was lowered counts as told from then on."""
    me = somebody().id
    found = contesting.entries(me)
    if contesting.is_to_be_told(me):
        durably(lambda: contesting.note_told(me, now()))
    names = matrix.names({number for one in found for number in one.named})
    return render_template("kiosk/my_skills.html", found=found, names=names)


@at_kiosk
def contest() -> str | BaseResponse:
    """Ask what is not right about an entry, and send it to the team leader and HR."""
    kind, number = request.values.get("kind", ""), request.values.get("number", 0, int)
    if request.method == "GET":
        return render_template("kiosk/contest.html", kind=kind, number=number, whys=WHYS)
    with speaking(setting("DEFAULT_LANGUAGE")):
        why = str(WHYS.get(request.form.get("why", ""), ""))
    said = [why, request.form.get("words", "")[:MOST]]
    about = {"sign_off_id" if kind == "seen" else "level_change_id": number}
    try:
        contesting.contest(somebody().id, ". ".join(one.strip() for one in said if one.strip()), now(), **about)
    except (ContestedAlready, ContestNotOwn, WordsMissing):
        return redirect(url_for("kiosk.my_skills"))
    return redirect(url_for("kiosk.my_skills", sent="yes"))
