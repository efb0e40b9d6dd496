"""The words of privacy."""

from flask_babel import lazy_gettext as _l

from lms.people.privacy.models import Purpose

PURPOSES = {
    Purpose.FOLLOW_UP: _l("To see who is late or not ready"),
    Purpose.PLANNING: _l("To plan who learns what"),
    Purpose.HELP: _l("To answer a call for help"),
    Purpose.SIGNING_IN: _l("To help somebody sign in"),
    Purpose.SKILLS: _l("To see or sign who can do what"),
    Purpose.PROOF: _l("To give proof of training"),
    Purpose.PEOPLE: _l("To enter or correct people, badges and roles"),
    Purpose.RIGHTS: _l("To answer a request about one’s own data"),
}
