"""Slips with a secret, shown once, to be printed, cut and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from lms.people import directory


@dataclass(frozen=True)
class Slip:
    """What is handed to someone on paper, once."""

    name: str
    sign_in_name: str
    secret: str


def slip_page(made: Mapping[int, str], back: tuple[str, str]) -> str:
    """Show the PINs just made, by person; `back` is the name and address of the page before."""
    people = directory.people(made)
    slips = [Slip(person.full_name, person.personal_code, made[person.id]) for person in people]
    return render_template("shared/slips.html", slips=slips, secret_name=_("PIN"), back=back)


def password_page(slip: Slip, back: tuple[str, str]) -> str:
    """Show the password just made."""
    return render_template("shared/slips.html", slips=[slip], secret_name=_("Password"), back=back)
