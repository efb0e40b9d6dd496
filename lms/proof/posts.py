"""Which habilitations a post asks of whoever holds it."""

from collections import defaultdict

from sqlalchemy import select

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Workstation
from lms.proof import queries
from lms.proof.models import HabilitationKind, PostHabilitation


def asked_by_posts() -> dict[int, list[HabilitationKind]]:
    """Return the kinds of habilitations that each post asks for, by the post's number."""
    found: dict[int, list[HabilitationKind]] = defaultdict(list)
    query = select(PostHabilitation.workstation_id, HabilitationKind).join(
        HabilitationKind, HabilitationKind.id == PostHabilitation.kind_id
    )
    for post_id, kind in db.session.execute(query.order_by(PostHabilitation.workstation_id, HabilitationKind.code)):
        found[post_id].append(kind)
    return found


def ask(post_id: int, code: str) -> None:
    """Let a post ask for a kind of habilitation (again: nothing happens). Raises NotFound."""
    kind = queries.kind(code)
    if db.session.get(Workstation, post_id) is None:
        raise NotFound()
    if db.session.get(PostHabilitation, (post_id, kind.id)) is None:
        db.session.add(PostHabilitation(workstation_id=post_id, kind_id=kind.id))
        db.session.flush()


def ask_no_longer(post_id: int, code: str) -> None:
    """Let a post ask for it no longer. Raises NotFound."""
    found = db.session.get(PostHabilitation, (post_id, queries.kind(code).id))
    if found is not None:
        db.session.delete(found)
        db.session.flush()
