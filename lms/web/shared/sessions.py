"""Flask's session, kept on the server (`kernel.sessions`)."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Request, Response, request, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from lms.kernel import sessions as stored
from lms.kernel.clock import now
from lms.kernel.database import NoRoom
from lms.kernel.group_commit import durably
from lms.kernel.ids import new_token

STAFF = "staff"
KIOSK = "kiosk"


WITHOUT_SESSION = ("/static/", "/kiosk/outbox", "/kiosk/pulse", "/kiosk/editions/", "/kiosk/away", "/kiosk/sw.js")
"""What a kiosk delivers says itself whose it is: it needs no session, and must arrive after one has ended. A kiosk
that says it is there must keep nobody's session alive; a page that may stay there must know of nobody."""


READING = timedelta(minutes=1)
"""How much longer someone may stand still before a card than before a question."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What the session carries; remembers whether it must be written or ended."""

    def __init__(self, token: str | None = None, row: Any = None) -> None:
        def changed(_: Any) -> None:
            self.modified = True

        super().__init__(row.data if row else None, changed)
        self.token = token or new_token()
        self.new = row is None
        self.kind = row.kind if row else STAFF
        self.seen_at = row.seen_at if row else None
        self.left_behind: list[str] = []
        self.modified = self.begun = False

    @property
    def to_be_kept(self) -> bool:
        """Whether something of it is to be written: what it carries, its end, or that it was seen."""
        return bool(self.left_behind) or self.modified or (not self.new and _due(self))

    def keeping(self) -> Callable[[], None]:
        """Return what writes this session as it is now, for a transaction of the caller's: nothing is left to write."""
        token, kind, ended = self.token, self.kind, tuple(self.left_behind)
        begins = self.new and self.modified
        written = not self.new and (self.modified or _due(self))
        user = self.get("_user_id")
        about = (int(user) if user else None, dict(self), now())

        def keep() -> None:
            for one in ended:
                stored.end(one)
            if begins:
                stored.begin(token, kind, *about)
            elif written:
                stored.write(token, *about)

        self.left_behind.clear()
        self.modified, self.begun, self.seen_at = False, self.begun or begins, None
        self.new = self.new and not begins
        return keep

    def rotate(self, kind: str) -> None:
        """Take a new token and forget everything carried: called at sign-in and sign-out."""
        language = self.get("language")
        if not self.new:
            self.left_behind.append(self.token)
        self.token, self.kind, self.new = new_token(), kind, True
        self.clear()
        if language:
            self["language"] = language


class ServerSessions(SessionInterface):
    """Open and save sessions kept in the database."""

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """Return the session of the cookie, or a new empty one."""
        token = request.cookies.get(_cookie_name(app))
        if token and not request.path.startswith(WITHOUT_SESSION):
            row = stored.read(token, now(), app.config["SESSION_LIMITS"])
            if row is not None:
                return ServerSession(token, row)
        return ServerSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session when it changed or was last seen a while ago."""
        session = cast(ServerSession, session)
        if session.to_be_kept:
            # When it was last seen is worth no page that only reads.
            with nullcontext() if session.modified else suppress(NoRoom):
                durably(session.keeping())
        if session.begun:
            response.set_cookie(
                _cookie_name(app), session.token, httponly=True, samesite="Strict", secure=app.config["SECURE_COOKIES"]
            )


def init_app(app: Flask) -> None:
    """Keep the application's sessions on the server."""
    config = app.config
    config["SESSION_LIMITS"] = {
        STAFF: stored.Limits(
            timedelta(minutes=config["STAFF_IDLE_MINUTES"]), timedelta(hours=config["STAFF_SESSION_HOURS"])
        ),
        # The kiosk itself ends a session that nobody touches, a minute later where somebody reads.
        KIOSK: stored.Limits(
            timedelta(seconds=config["KIOSK_IDLE_SECONDS"]) + READING,
            timedelta(minutes=config["KIOSK_SESSION_MINUTES"]),
        ),
    }
    app.session_interface = ServerSessions()


def current() -> ServerSession:
    """Return the session of this request."""
    return cast(ServerSession, session._get_current_object())  # type: ignore[attr-defined]


def rotate(kind: str = STAFF) -> None:
    """Give the browser a new session and end the one it had."""
    current().rotate(kind)


def is_kiosk() -> bool:
    """Whether this request comes with a kiosk's session."""
    return bool(request) and current().kind == KIOSK


def _due(session: ServerSession) -> bool:
    return session.seen_at is not None and now() - session.seen_at > stored.TOUCH_EVERY


def _cookie_name(app: Flask) -> str:
    return "__Host-sid" if app.config["SECURE_COOKIES"] else "sid"
