"""Pages and files in which others are named: each is declared, and every look at them is kept.

    @requires(Permission.FOLLOW_OWN_TEAMS)
    @looks(Purpose.FOLLOW_UP)
    def people() -> str:
        ...
        looked_at(row.person_id for row in rows)

The people seen read on their own page who looked, when, in what capacity and what for; of a program,
what it is called and in what capacity it was given its token. A view
that may be read with a permission of `people.permissions.NAMING` either declares what it looks
for, or says by `names_nobody` why it shows no name; a test refuses any other.
"""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.group_commit import durably
from lms.people.permissions import TABLE
from lms.people.privacy import looks as log
from lms.people.privacy.models import Purpose
from lms.web.shared.identity import somebody
from lms.web.shared.transactions import is_committed

View = TypeVar("View", bound=Callable[..., Any])


def looks(purpose: Purpose) -> Callable[[View], View]:
    """Say what a view shows others by name for; the view itself says whom, by `looked_at`."""

    def declare(view: View) -> View:
        @wraps(view)
        def declared(*args: Any, **kwargs: Any) -> Any:
            g.seen, g.seen_for = None, purpose
            answer = view(*args, **kwargs)
            led_on = isinstance(answer, BaseResponse) and 300 <= answer.status_code < 400
            if g.seen is None and not led_on:
                raise RuntimeError(f"{request.endpoint} did not say whom it shows")
            return answer

        declared.looks = purpose  # type: ignore[attr-defined]
        return declared  # type: ignore[return-value]

    return declare


def names_nobody(why: str) -> Callable[[View], View]:
    """Say why a view shows no name although those who may see names may read it."""

    def declare(view: View) -> View:
        view.names_nobody = why  # type: ignore[attr-defined]
        return view

    return declare


def looked_at(person_ids: Iterable[int]) -> None:
    """Say whom the page or file of this request shows by name; called again it adds to them."""
    g.seen = (g.get("seen") or frozenset()) | frozenset(person_ids)


def init_app(app: Flask) -> None:
    """Keep each look: with what the request writes, or else in a piece of writing of its own."""

    @app.after_request
    def keep(response: Response) -> Response:
        seen, purpose = g.pop("seen", None), g.pop("seen_for", None)
        if seen and purpose and (response.status_code < 400 or response.status_code == 422):
            _keep(seen, purpose, response)
        return response


def _keep(seen: frozenset[int], purpose: Purpose, response: Response) -> None:
    page = request.endpoint or ""
    if "bearer" in g:
        read = log.Read(g.bearer.id, purpose, page, seen)
        if log.is_read(read, now()):
            return
        work = partial(log.note_read, read, now())
    else:
        look = log.Looked(somebody().id, _capacity(), purpose, page, seen)
        if log.is_noted(look, now()):
            return
        work = partial(log.note, look, now())
    # Who could not be written down sees no names: what `durably` raises takes the place of the page.
    work() if is_committed(response) else durably(work)


def _capacity() -> frozenset[Any]:
    """Return the roles of the reader by which the guard of this view let them in."""
    guard = getattr(current_app.view_functions[request.endpoint or ""], "guard", ())
    allowed = frozenset(guard) if isinstance(guard, tuple) else frozenset()
    return frozenset(role for role in somebody().roles if not allowed or TABLE[role] & allowed)
