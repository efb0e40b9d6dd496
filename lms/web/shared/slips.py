"""Slips with a secret, shown once, to be printed, cut and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask_babel import LazyString
from flask_babel import gettext as _

from lms.people import directory
from lms.web.shared.pictures import PICTURE_NAMES


@dataclass(frozen=True)
class Slip:
    """What is handed to someone on paper, once."""

    name: str
    sign_in_name: str
    secret: str = ""
    pictures: tuple[tuple[str, LazyString], ...] = ()
    """Of a picture code, in their order: the name of each drawing, and what it is called."""


def slip_page(made: Mapping[int, str], back: tuple[str, str]) -> str:
    """Show the PINs or picture codes just made, by person; `back` names the page before and says where it is."""
    slips = [_slip(person.full_name, person.personal_code, made[person.id]) for person in directory.people(made)]
    return render_template("shared/slips.html", slips=slips, secret_name=_("PIN"), back=back)


def password_page(slip: Slip, back: tuple[str, str]) -> str:
    """Show the password just made."""
    return render_template("shared/slips.html", slips=[slip], secret_name=_("Password"), back=back)


def _slip(name: str, code: str, secret: str) -> Slip:
    chosen = secret.split()
    if chosen[0] not in PICTURE_NAMES:
        return Slip(name, code, secret)
    return Slip(name, code, pictures=tuple((one, PICTURE_NAMES[one]) for one in chosen))
