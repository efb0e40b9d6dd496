"""What is declared about the work on modules: reviews signed, minutes spent, where a module was made.

Each is an entry of its own and never changes; of minutes and origins the last one counts.
"""

from datetime import datetime

from lms.authoring.models import AuthoringTime, ModuleOrigin, ModuleReview, Origin
from lms.catalogue import queries as catalogue
from lms.kernel.database import db
from lms.kernel.refusals import Refusal


class NothingToReview(Refusal):
    """The module has no edition yet, so that there is nothing to sign."""


def sign_review(code: str, note: str, *, by: int | None, now: datetime) -> ModuleReview:
    """Sign that the newest edition of a module was looked at and is still right.

    Raises NotFound or NothingToReview.
    """
    edition = catalogue.newest_edition(catalogue.module(code).id)
    if edition is None:
        raise NothingToReview()
    review = ModuleReview(edition_id=edition.id, by_id=by, at=now, note=note.strip())
    db.session.add(review)
    db.session.flush()
    return review


def declare_time(code: str, author_id: int | None, minutes: int, *, now: datetime) -> None:
    """Enter the minutes that someone has spent on a module so far, instead of what they said before.

    Raises NotFound.
    """
    module_id = catalogue.module(code).id
    db.session.add(AuthoringTime(module_id=module_id, author_id=author_id, minutes=minutes, at=now))
    db.session.flush()


def declare_origin(code: str, origin: Origin, *, by: int | None, now: datetime) -> None:
    """Enter where a module was made; raises NotFound."""
    db.session.add(ModuleOrigin(module_id=catalogue.module(code).id, origin=origin, by_id=by, at=now))
    db.session.flush()
