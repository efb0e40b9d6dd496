"""Who is asking."""

from dataclasses import dataclass

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from lms.kernel.clock import today
from lms.kernel.refusals import Forbidden
from lms.people import queries
from lms.people.permissions import Permission
from lms.web.shared import sessions

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


def sign_in(person: queries.Identity, kind: str) -> None:
    """Make the browser's session that person's, under a new token."""
    sessions.rotate(kind)
    login_user(SignedIn(person))


def sign_out() -> None:
    """End the session and give the browser another, so that Back shows nothing."""
    kind = sessions.current().kind
    logout_user()
    sessions.rotate(kind)


def _load(key: str) -> SignedIn | None:
    found = queries.identity(int(key), today())
    return SignedIn(found) if found else None
