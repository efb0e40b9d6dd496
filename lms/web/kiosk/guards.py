"""What the kiosk's views ask: an enrolled kiosk, and somebody signed in there."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, g, redirect, request, session, url_for

from lms.delivery import actions, queries
from lms.delivery.queries import KnownTerminal
from lms.delivery.rules import is_due_to_be_noted
from lms.kernel.clock import now
from lms.kernel.database import NoRoom
from lms.kernel.group_commit import durably
from lms.kernel.refusals import Forbidden
from lms.people.permissions import Permission
from lms.people.tries import AT_A_KIOSK
from lms.web.shared import sessions
from lms.web.shared.identity import can, current_person
from lms.web.shared.refusals import wants_json

View = TypeVar("View", bound=Callable[..., Any])

KEPT_FOR = timedelta(days=400)
"""The longest that browsers keep a cookie; a kiosk gets a new one every week."""


COUNTDOWN = 30
"""Seconds that a warning counts down (20), and for the way to the server."""
MUST_CHANGE = "must_change"
"""In a session: the PIN was handed out, another has to be chosen first."""
TO_READ = "notice_to_read"
"""In a session: the version of the notice that the person has to read first."""
TO_CONFIRM = "to_confirm"
"""In a session: something was done under the person's badge alone, and they have to say first whether it was them."""


def at_terminal(view: View) -> View:
    """An enrolled kiosk that is in order, whoever stands at it."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if this_terminal().out_of_order is not None and request.method == "GET":
            return redirect(url_for("kiosk.out_of_order"))
        return view(*args, **kwargs)

    return in_order_or_not(guarded)  # type: ignore[return-value]


def in_order_or_not(view: View) -> View:
    """An enrolled kiosk, be it out of order, whoever stands at it."""
    return _enrolled(view, _note_contact)


def that_notes_contact(view: View) -> View:
    """An enrolled kiosk, whose contact the view itself notes."""
    return _enrolled(view, lambda _: None)


def _enrolled(view: View, note: Callable[[KnownTerminal], None]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        terminal = current_terminal()
        if terminal is None:
            if wants_json():
                raise Forbidden()
            return redirect(url_for("kiosk.enrol"))
        note(terminal)
        return view(*args, **kwargs)

    guarded.guard = "terminal"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def at_kiosk(view: View) -> View:
    """Somebody signed in at this kiosk of whom nothing has to be asked first."""
    return _signed_in_here(
        view, {MUST_CHANGE: "kiosk.choose_pin", TO_READ: "kiosk.notice", TO_CONFIRM: "kiosk.asserted"}
    )


def before_confirming(view: View) -> View:
    """Somebody signed in at this kiosk with a PIN that nobody else knows, who has read the notice."""
    return _signed_in_here(view, {MUST_CHANGE: "kiosk.choose_pin", TO_READ: "kiosk.notice"})


def before_the_notice(view: View) -> View:
    """Somebody signed in at this kiosk with a PIN that nobody else knows."""
    return _signed_in_here(view, {MUST_CHANGE: "kiosk.choose_pin"})


def with_first_pin(view: View) -> View:
    """Somebody signed in at this kiosk, be it with a PIN that was handed to them."""
    return _signed_in_here(view, {})


def _signed_in_here(view: View, comes_first: Mapping[str, str]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not is_signed_in_here():
            return redirect(url_for("kiosk.start"))
        for name, endpoint in comes_first.items():
            if session.get(name):
                return redirect(url_for(endpoint))
        return view(*args, **kwargs)

    guarded = at_terminal(guarded)
    guarded.guard = "kiosk"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def as_device(view: View) -> View:
    """A kiosk that delivers, whoever stands at it: the view is handed its secret, for `delivery.actions.admit`.

    The look is taken in the transaction that keeps what the kiosk brings, so that it costs
    an answer no transaction of its own.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        token = request.cookies.get(cookie_name())
        if not token:
            raise Forbidden()
        return view(*args, token=token, **kwargs)

    guarded.guard = "device"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def current_terminal() -> KnownTerminal | None:
    """Return the kiosk from which this request comes, or None."""
    if "terminal" not in g:
        token = request.cookies.get(cookie_name())
        g.terminal = queries.terminal_of(token) if token else None
    return g.terminal


def measured_screen() -> dict[str, float | None]:
    """Say to the kiosk's pages how many device pixels of this kiosk's screen make a millimetre."""
    terminal = current_terminal()
    return {"pixels_per_mm": terminal.pixels_per_mm if terminal else None}


def patience() -> dict[str, int]:
    """Say to the kiosk's pages after how many seconds of silence they warn: they end before the session does."""
    return {"idle_after": current_app.config["KIOSK_IDLE_SECONDS"] - COUNTDOWN}


def this_terminal() -> KnownTerminal:
    """Return the kiosk, in a view whose guard lets no other browser through."""
    terminal = current_terminal()
    if terminal is None:
        raise Forbidden()
    return terminal


def origin() -> str:
    """Return what tries at this kiosk are counted under."""
    return f"{AT_A_KIOSK}{this_terminal().id}"


def is_signed_in_here() -> bool:
    """Whether the session was begun at this very kiosk by someone who takes modules."""
    terminal = current_terminal()
    return (
        terminal is not None
        and sessions.is_kiosk()
        and session.get("terminal") == terminal.id
        and current_person() is not None
        and can(Permission.TAKE_MODULES)
    )


def keep_token(response: Response, token: str) -> Response:
    """Give the browser the secret that makes it this kiosk."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=KEPT_FOR,
        httponly=True,
        samesite="Strict",
        secure=current_app.config["SECURE_COOKIES"],
    )
    return response


def cookie_name() -> str:
    """Return what the kiosk's cookie is called."""
    return "__Host-terminal" if current_app.config["SECURE_COOKIES"] else "terminal"


def _note_contact(terminal: KnownTerminal) -> None:
    moment = now()
    if is_due_to_be_noted(terminal.seen_at, moment):
        with suppress(NoRoom):  # That it was heard of is worth no page that only reads.
            durably(lambda: actions.note_contact(terminal.id, now=moment))
