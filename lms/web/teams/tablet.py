"""Beside the machine: what was written down is read and signed by both, each with their own secret."""

from datetime import date
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.ids import keyed_digest
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.people.tries import ON_A_TABLET
from lms.skills import matrix, photos, signing, waiting
from lms.skills.authority import SignedAs
from lms.web.kiosk.secret_keys import secret_keys
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded
from lms.web.teams.scope import check_visible
from lms.web.teams.wording import OUTCOMES, POINT_KINDS, levels


@requires(Permission.SIGN_OFF)
@looks(Purpose.SKILLS)
def sheet(sheet_id: UUID) -> str:
    """Show what is to be signed, and on the observer's tablet the keys of whoever's turn it is."""
    found = signing.standing(sheet_id)
    mine = found.sheet.observer_id == somebody().id
    if not mine:
        check_visible(found.sheet.person_id)
    looked_at([found.sheet.person_id])
    turn = found.turn if mine else None
    return render_template(
        "teams/sheet.html",
        found=found,
        turn=turn,
        observed_on=date.fromisoformat(found.sheet.content["observed_on"]),
        names=matrix.names({found.sheet.person_id, found.sheet.observer_id}),
        proof=signing.proof(found, turn) if turn else None,
        keys=secret_keys(found.signer(turn)) if turn else None,
        outcomes=OUTCOMES,
        kinds=POINT_KINDS,
        levels=levels(),
        SignedAs=SignedAs,
        Proof=signing.Proof,
    )


@requires(Permission.SIGN_OFF)
def sign_sheet(sheet_id: UUID) -> BaseResponse:
    """Sign, with the secret of whoever's turn it is; once both have, it is a sign-off."""
    found = _own(sheet_id)
    person, task = found.sheet.person_id, found.sheet.task.code
    given = request.form
    try:
        signed_as = SignedAs(given.get("signed_as", ""))
        made = signing.sign(sheet_id, signed_as, given.get("digest", ""), given.get("secret", ""), _place(), now())
    except ValueError:
        raise NotFound() from None
    except Refusal as refusal:
        flash(worded(refusal), "danger")
        return redirect(url_for("teams.sheet", sheet_id=sheet_id))
    if made is None:
        return redirect(url_for("teams.sheet", sheet_id=sheet_id))
    more = waiting.waiting_for(made) is not None
    flash(
        _("Signed by both. The level rises once another person has signed.")
        if more
        else _("Signed by both. The sign-off is kept."),
        "success",
    )
    return redirect(url_for("teams.skill", person_id=person, task=task))


@requires(Permission.SIGN_OFF)
def leave_sheet(sheet_id: UUID) -> BaseResponse:
    """Say why somebody does not sign."""
    found = _own(sheet_id)
    try:
        signing.leave_unsigned(sheet_id, request.form.get("words", "")[:2000], now())
    except Refusal as refusal:
        flash(worded(refusal), "danger")
        return redirect(url_for("teams.sheet", sheet_id=sheet_id))
    flash(_("It is kept unsigned, with the reason. The level stays."), "success")
    return redirect(url_for("teams.skill", person_id=found.sheet.person_id, task=found.sheet.task.code))


@requires(Permission.READ_SKILLS)
@looks(Purpose.SKILLS)
def photo(sheet_id: UUID) -> Response:
    """Send a photo to whoever may see the person's skills."""
    found = signing.standing(sheet_id)
    if found.sheet.observer_id != somebody().id:
        check_visible(found.sheet.person_id)
    if found.sheet.photo is None:
        raise NotFound()
    looked_at([found.sheet.person_id])
    data, media_type = photos.read(found.sheet.photo)
    return Response(data, content_type=media_type)


def _own(sheet_id: UUID) -> signing.Signed:
    """Return a sheet that the reader wrote. Raises NotFound."""
    found = signing.standing(sheet_id)
    if found.sheet.observer_id != somebody().id:
        raise NotFound()
    return found


def _place() -> str:
    """Return what tells this tablet from others, without keeping its address."""
    address = keyed_digest(setting("SECRET_KEY"), "desk", request.remote_addr or "")
    return f"{ON_A_TABLET}{address.hex()[:16]}"
