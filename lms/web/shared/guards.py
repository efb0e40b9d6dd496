"""What each view asks of the one who calls it; a view without a guard stops the tests.

The innermost rule is in `people.permissions`; this only asks it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, redirect, request, url_for

from lms.kernel.refusals import Forbidden
from lms.people.permissions import Permission
from lms.web.shared import sessions
from lms.web.shared.identity import can, current_person, lacks_second_factor, proved_lately

View = TypeVar("View", bound=Callable[..., Any])

OPEN_BEFORE_CHANGE = frozenset({"account.password", "account.sign_out"})
"""What is open to someone whose password was made by somebody else."""


OPEN_BEFORE_SECOND = frozenset(
    f"account.{name}"
    for name in "second_factor begin_app app remove_app offer_passkey add_passkey remove_passkey recovery_codes "
    "prove_again password sign_out".split()
)
"""What is open to someone whose role asks for a second factor and who has none yet."""


def public(view: View) -> View:
    """Anyone may see this."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any member of staff who signed in may see this."""
    return _guarded(view, (), sessions.STAFF)


ALSO_RECOGNISED: list[Callable[[], object]] = []
"""What else may see what anyone who signed in may see: an enrolled kiosk fetches it before anyone stands there."""


def recognised(view: View) -> View:
    """Anyone who signed in may see this, at a desk or at a kiosk, and an enrolled kiosk by itself."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_person() is None and not any(known() for known in ALSO_RECOGNISED):
            raise Forbidden()
        return view(*args, **kwargs)

    guarded.guard = "recognised"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def signed_in_lately(view: View) -> View:
    """Any member of staff who proved who they are within minutes may do this; others prove it again first."""

    @wraps(view)
    def proved(*args: Any, **kwargs: Any) -> Any:
        if not proved_lately():
            return redirect(url_for("account.prove_again"))
        return view(*args, **kwargs)

    return signed_in(proved)  # type: ignore[return-value]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Staff with any of the permissions may see this."""
    return lambda view: _guarded(view, permissions, sessions.STAFF)


def _guarded(view: View, permissions: tuple[Permission, ...], kind: str) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        # A kiosk's session never opens a staff page, whoever the person is.
        person = current_person()
        if person is None or sessions.current().kind != kind:
            return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
        if person.must_change_password and request.endpoint not in OPEN_BEFORE_CHANGE:
            return redirect(url_for("account.password"))
        if kind == sessions.STAFF and request.endpoint not in OPEN_BEFORE_SECOND and lacks_second_factor(person):
            return redirect(url_for("account.second_factor"))
        if permissions and not any(can(permission) for permission in permissions):
            raise Forbidden()
        return view(*args, **kwargs)

    guarded.guard = permissions or "signed_in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Refuse, at run time too, a view that was registered without a guard."""

    @app.before_request
    def refuse_unguarded() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if view is not None and not hasattr(view, "guard"):
            raise RuntimeError(f"{request.endpoint} has no guard")
