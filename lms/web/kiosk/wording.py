"""What a kiosk says when something is refused: short, what to do, and to whom to turn."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from lms.delivery.rules import (
    BlockUnknown,
    EditionWithdrawn,
    EnrolmentRefused,
    RecordConflict,
    ScreenSizeWrong,
    SittingUnknown,
)
from lms.kernel.database import Busy, NoRoom
from lms.kernel.refusals import Refusal
from lms.people.models import BadgeEnd
from lms.people.rules import (
    BadgeEnded,
    NotRecognised,
    PicturesTooEasy,
    PinTooEasy,
    PinUnchanged,
    SignInBusy,
    SignInShut,
    WrongSecret,
)
from lms.practice.rules import NotPractised, PracticeConflict
from lms.web.shared import refusals


class MessageMalformed(Refusal):
    """What the kiosk sent does not have the shape it must have."""


AT_A_KIOSK: dict[type[Refusal], LazyString] = {
    NotRecognised: _l("Unknown badge or code. Ask your team leader."),
    BadgeEnded: _l("This badge is good no longer. Take it to your team leader; your personal code still works."),
    WrongSecret: _l("This is not right. Try again."),
    SignInShut: _l("Too many tries today. Your team leader can open the way for you."),
    SignInBusy: _l("Many people are signing in. Try again in a moment."),
    PinTooEasy: _l("Others would guess this number. Choose six other digits."),
    PicturesTooEasy: _l("Others would guess these pictures. Choose five, at least three of them different."),
    PinUnchanged: _l("This is what you were given. Choose something else."),
    Busy: _l("The server is busy. Try again in a moment."),
    NoRoom: _l("The server has no room left for now. Tell your team leader."),
    EnrolmentRefused: _l(
        "This code is wrong, was used, or is older than ten minutes. Ask the administrator for a new one."
    ),
}
"""Where a kiosk says it otherwise than a desk."""
LOST = _l("This badge was reported lost. Give it to your team leader; your personal code still works.")


def add_words() -> None:
    """Word the refusals of the kiosk's room."""
    refusals.add(EnrolmentRefused, 422, AT_A_KIOSK[EnrolmentRefused])
    refusals.add(MessageMalformed, 422, _l("The kiosk sent something unreadable (%(field)s: %(fault)s)."))
    refusals.add(ScreenSizeWrong, 422, _l("No screen is like this. Lay a badge on the glass and measure again."))
    refusals.add(BlockUnknown, 404, _l("This module has no such step. Start the module again."))
    refusals.add(EditionWithdrawn, 410, _l("This module was withdrawn. What you did before is kept."))
    refusals.add(SittingUnknown, 404, _l("This sitting is not known here. Start the module again."))
    refusals.add(NotPractised, 404, _l("This question is not asked of you."))
    refusals.add(PracticeConflict, 409, _l("Something else was already kept under this number."))
    refusals.add(RecordConflict, 409, _l("Something else was already kept under this number. Start the module again."))


def kiosk_words(refusal: Refusal) -> str:
    """Return what a kiosk says of a refusal."""
    if refusal.facts.get("ended_as") is BadgeEnd.LOST:
        return str(LOST)
    if "seconds" in refusal.facts:
        return wait_in_words(int(str(refusal.facts["seconds"])))
    return str(AT_A_KIOSK[type(refusal)])


def wait_in_words(seconds: int) -> str:
    """Say how long to wait after too many tries: in seconds under a minute and a half, else in minutes."""
    if seconds < 90:
        return ngettext(
            "Too many tries. Wait %(num)s second, then try again.",
            "Too many tries. Wait %(num)s seconds, then try again.",
            seconds,
        )
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many tries. Wait %(num)s minute, then try again.",
        "Too many tries. Wait %(num)s minutes, then try again.",
        minutes,
    )


def refuse_here(blueprint: Blueprint) -> None:
    """Answer what is refused at a kiosk with a page of the kiosk."""

    @blueprint.errorhandler(Refusal)
    def refused(refusal: Refusal) -> ResponseReturnValue:
        status = refusals.wording(refusal).status
        message = str(AT_A_KIOSK[type(refusal)]) if isinstance(refusal, Busy | NoRoom) else refusals.worded(refusal)
        if refusals.wants_json():
            return {"status": status, "detail": message}, status
        page = "kiosk/withdrawn.html" if isinstance(refusal, EditionWithdrawn) else "kiosk/refused.html"
        return render_template(page, message=message), status
