"""Who is asking."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from lms.kernel.clock import now, today
from lms.kernel.refusals import Forbidden
from lms.kernel.settings import setting
from lms.people import queries
from lms.people.permissions import Permission
from lms.web.shared import sessions

SECOND, PROVED_AT = "second", "proved_at"
"""What a session of the staff carries: the second factor that was proved, and when its owner last proved anything."""
LATELY = timedelta(minutes=15)

_login = LoginManager()


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The person of this request, as `people.queries.identity` knows them."""

    identity: queries.Identity

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the session."""
        return str(self.identity.id)


def init_app(app: Flask) -> None:
    """Load the person of each request from its session."""
    _login.session_protection = None  # Sessions live on the server and change at sign-in.
    _login.init_app(app)
    _login.user_loader(_load)


def current_person() -> queries.Identity | None:
    """Return who is signed in, or None."""
    return current_user.identity if current_user and current_user.is_authenticated else None


def somebody() -> queries.Identity:
    """Return who is signed in, in a view whose guard lets nobody else through."""
    person = current_person()
    if person is None:
        raise Forbidden()
    return person


def can(permission: Permission) -> bool:
    """Whether the person of this request may do that."""
    person = current_person()
    return person is not None and permission in person.permissions


def sign_in(person: queries.Identity, kind: str, second: str | None = None) -> None:
    """Make the browser's session that person's, under a new token; `second` is the second factor they proved."""
    sessions.rotate(kind)
    login_user(SignedIn(person))
    if kind == sessions.STAFF:
        session[PROVED_AT] = now().isoformat()
    if second:
        session[SECOND] = second


def lacks_second_factor(person: queries.Identity) -> bool:
    """Whether one of the person's roles asks for a second factor that this session has not seen."""
    return bool(person.roles.intersection(setting("SECOND_FACTOR_ROLES"))) and SECOND not in session


def proved_lately() -> bool:
    """Whether whoever sits there proved who they are within the last minutes."""
    proved = session.get(PROVED_AT)
    return proved is not None and now() - datetime.fromisoformat(proved) < LATELY


def sign_out() -> None:
    """End the session and give the browser another, so that Back shows nothing."""
    kind = sessions.current().kind
    logout_user()
    sessions.rotate(kind)


def _load(key: str) -> SignedIn | None:
    found = queries.identity(int(key), today())
    return SignedIn(found) if found else None
