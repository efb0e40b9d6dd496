"""Pictures from a phone: a square code on the desk, a small page on the phone, no sign-in there."""

from typing import Any
from urllib.parse import urlsplit

import segno
from flask import Response, make_response, render_template, request, url_for

from lms.authoring.media import arriving, phones
from lms.authoring.media.phones import PhoneLinkFull, PhoneLinkOver
from lms.kernel.clock import now
from lms.kernel.database import release
from lms.kernel.ids import new_token
from lms.kernel.refusals import FileRefused, Refusal
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.web.shared import refusals
from lms.web.shared.guards import public, requires
from lms.web.shared.identity import somebody
from lms.web.shared.uploads import accepts_files_by_link
from lms.web.studio.media import Answer, refused, told

COOKIE = "phone"
ONLY_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that mean this machine to any other."""


@requires(Permission.WRITE_MODULES)
def make_phone_link(code: str) -> Answer:
    """Make a link for a phone, drawn as a square code."""
    try:
        link = phones.make_link(code, by=somebody().id, now=now())
    except Refusal as refusal:
        return refused(refusal)
    address = (setting("ADDRESS") or request.url_root).rstrip("/") + url_for("studio.phone", token=link.token)
    drawn = segno.make(address, error="m").svg_data_uri(scale=6, border=4, light="#fff")
    return {
        "code": drawn,
        "address": address,
        "only_here": urlsplit(address).hostname in ONLY_HERE,
        "follow": url_for("studio.phone_link", code=code, link_id=link.id),
        "end": url_for("studio.end_phone_link", code=code, link_id=link.id),
    }, 201


@requires(Permission.WRITE_MODULES)
def phone_link(code: str, link_id: int) -> dict[str, Any]:
    """Say what a phone has brought so far."""
    found = phones.brought(link_id, by=somebody().id, now=now())
    state = "over" if not found.is_open else "used" if found.in_use else "waiting"
    return {"state": state, "files": [told(picture) for picture in found.pictures]}


@requires(Permission.WRITE_MODULES)
def end_phone_link(code: str, link_id: int) -> dict[str, Any]:
    """End a link before its time."""
    phones.end_link(link_id, by=somebody().id, now=now())
    return {}


@public
def phone(token: str) -> str | tuple[str, int]:
    """Show the page of a phone."""
    try:
        phones.check(token, request.cookies.get(COOKIE), now=now())
    except PhoneLinkOver:
        return render_template("studio/phone_over.html"), 410
    return render_template("studio/phone.html", sent=0, faults=[])


@accepts_files_by_link
@public
def receive_from_phone(token: str) -> Response | Answer:
    """Take the pictures that a phone sends: one by one from its script, all at once without."""
    secret = request.cookies.get(COOKIE) or new_token()
    try:
        phones.check(token, request.cookies.get(COOKIE), now=now())
        taken, faults = _take(token, secret)
    except PhoneLinkOver as over:
        if refusals.wants_json():
            return refused(over)
        return make_response(render_template("studio/phone_over.html"), 410)
    # What was taken is kept, whatever was wrong with the rest.
    status = 201 if taken else 422
    if refusals.wants_json():
        answer = make_response({"sent": taken, **({"message": faults[0]} if faults else {})}, status)
    else:
        answer = make_response(render_template("studio/phone.html", sent=taken, faults=faults), status)
    if taken:
        path, lasts = url_for("studio.phone", token=token), int(phones.GOOD_FOR.total_seconds())
        secure = setting("SECURE_COOKIES")
        answer.set_cookie(COOKIE, secret, lasts, path=path, secure=secure, httponly=True, samesite="Strict")
    return answer


def _take(token: str, secret: str) -> tuple[int, list[str]]:
    release()  # Pictures are drawn first, all of them, and then written: nobody waits meanwhile.
    pictures, faults = [], []
    for upload in request.files.getlist("file"):
        try:
            pictures.append(arriving.prepare_picture(upload.filename or "", upload.stream))
        except FileRefused as refusal:
            faults.append(refusals.worded(refusal))
    taken = 0
    try:
        for picture in pictures:
            phones.bring(token, secret, picture, now=now())
            taken += 1
    except PhoneLinkFull as full:
        faults.append(refusals.worded(full))
    return taken, faults
