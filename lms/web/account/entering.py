"""How staff come in: from a proved name, by a second factor where there is one, to where they wanted to go."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from flask import flash, request, session, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from lms.kernel.clock import now, today
from lms.kernel.ids import keyed_digest
from lms.kernel.settings import setting
from lms.people import queries
from lms.people.openid.rules import LocalSignInShut
from lms.people.permissions import Role
from lms.people.second_factor.queries import has_one
from lms.people.stays import roles_ended
from lms.web.account.wording import ROLE_NAMES
from lms.web.shared import identity, sessions
from lms.web.shared.links import local_path

HALF = "half"
"""What a session carries between password and second factor; nobody is signed in by it."""
HALF_LASTS = timedelta(minutes=5)
ROLE_ENDED_TOLD = timedelta(days=30)
"""For how long somebody is told that a role of theirs has ended."""


@dataclass(frozen=True)
class Half:
    """Someone who gave a right password and is asked for a second factor."""

    person_id: int
    at: str
    to: str


def desk(step: str = "staff") -> str:
    """Return what tells this desk from others, without keeping its address."""
    address = keyed_digest(setting("SECRET_KEY"), "desk", request.remote_addr or "")
    return f"{step}:{address.hex()[:16]}"


def check_local(person: queries.Identity) -> None:
    """Raise LocalSignInShut where this person signs in by the provider alone."""
    shut = setting("OIDC_ISSUER") and setting("LOCAL_SIGN_IN") == "administrators"
    if shut and Role.ADMINISTRATOR not in person.roles:
        raise LocalSignInShut(provider=setting("OIDC_NAME"))


def enter(person: queries.Identity, to: str | None, second: str | None = None) -> str:
    """Let someone in whose name is proved; return where they go now: on, or to their second factor."""
    going = local_path(to) or url_for("shared.home")
    if second is None and has_one(person.id):
        sessions.rotate(sessions.STAFF)
        session[HALF] = asdict(Half(person.id, now().isoformat(), going))
        return url_for("account.second_step")
    identity.sign_in(person, sessions.STAFF, second)
    # The end of a role ended their session: who tries to go on with what it allowed reads here why it is closed.
    for role, day in roles_ended(person.id, today() - ROLE_ENDED_TOLD).items():
        flash(
            _(
                "Your role of %(role)s ended on %(day)s: what belonged to it, such as signing off, is closed to you. "
                "Human resources can tell you more.",
                role=ROLE_NAMES[role],
                day=format_date(day, "long"),
            ),
            "warning",
        )
    return going


def half() -> Half | None:
    """Return who is between password and second factor in this session, for five minutes."""
    kept = session.get(HALF)
    found = Half(**kept) if kept else None
    if found is None or now() - datetime.fromisoformat(found.at) > HALF_LASTS:
        return None
    return found


def complete(waiting: Half, second: str) -> str:
    """Let someone in who proved a second factor too; return where they wanted to go."""
    person = queries.identity(waiting.person_id, today())
    if person is None:
        return url_for("account.sign_in")
    return enter(person, waiting.to, second)
