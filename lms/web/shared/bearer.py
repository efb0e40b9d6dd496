"""What addresses for programs ask of whoever calls: a token in the header `Authorization: Bearer …`.

Neither a session nor a cookie counts here, so no other site can make a browser call them.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any, TypeVar

from flask import g, request

from lms.kernel.clock import now
from lms.kernel.database import NoRoom
from lms.kernel.group_commit import durably
from lms.kernel.refusals import Forbidden
from lms.people.permissions import Permission
from lms.people.tokens.actions import note_use
from lms.people.tokens.queries import Bearer, bearer
from lms.people.tokens.rules import TokenNotGood, to_be_noted
from lms.web.shared.security import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])


def bears(*permissions: Permission) -> Callable[[View], View]:
    """Programs whose token's role has any of the permissions may call this."""

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.bearer = found = _bearer()
            if not found.permissions.intersection(permissions):
                raise Forbidden()
            return view(*args, **kwargs)

        guarded.guard = "bearer"  # type: ignore[attr-defined]
        guarded.permissions = permissions  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guarding


def may(permission: Permission) -> bool:
    """Whether the program of this request may do that."""
    found: Bearer = g.bearer
    return permission in found.permissions


def _bearer() -> Bearer:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = bearer(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise TokenNotGood()
    _note(found)
    return found


def _note(found: Bearer) -> None:
    at = now()
    if not to_be_noted(found.used_at, at):
        return
    if request.method not in SAFE_METHODS:
        note_use(found.id, at)  # Kept with what the request changes.
        return
    with suppress(NoRoom):
        durably(partial(note_use, found.id, at))
