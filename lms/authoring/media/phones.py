"""Pictures brought by a phone, by a link that is shown on the desk: one phone, ten minutes, one module.

The link's secret is kept as its digest alone. The first phone that sends a picture gets a secret of its own;
from then on the link is good for that phone only. Whoever made it, or makes another, ends it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from lms.authoring import queries
from lms.authoring.media import arriving
from lms.authoring.media.arriving import Arrived, Prepared
from lms.authoring.media.kinds import Wanted
from lms.authoring.media.models import PhoneLink, PhonePicture
from lms.kernel.database import db
from lms.kernel.ids import digest, new_token
from lms.kernel.refusals import NotFound, Refusal

GOOD_FOR = timedelta(minutes=10)
MOST_PICTURES = 40
"""By one link."""
MOST_LINKS = 30
"""Of one person in an hour."""
_log = logging.getLogger(__name__)


class PhoneLinkOver(Refusal):
    """The link to send pictures by is over, unknown, or another phone's."""


class PhoneLinkFull(Refusal):
    """As many pictures as may come by one link have come."""


class TooManyPhoneLinks(Refusal):
    """Somebody makes links for phones faster than anyone needs them."""


@dataclass(frozen=True)
class Link:
    """A link just made, with its secret: it is shown once and kept nowhere."""

    id: int
    token: str
    ends_at: datetime


@dataclass(frozen=True)
class Brought:
    """How a link fares."""

    ends_at: datetime
    is_open: bool
    in_use: bool
    """Whether a phone has sent something by it."""
    pictures: Sequence[Arrived]


def make_link(code: str, *, by: int, now: datetime) -> Link:
    """Make a link for a module; the one its maker had before ends. Raises NotFound or TooManyPhoneLinks."""
    module_id = queries.draft(code).module_id
    lately = select(func.count()).where(PhoneLink.made_by == by, PhoneLink.made_at > now - timedelta(hours=1))
    if (db.session.scalar(lately) or 0) >= MOST_LINKS:
        raise TooManyPhoneLinks()
    db.session.execute(update(PhoneLink).where(PhoneLink.made_by == by, PhoneLink.ends_at > now).values(ends_at=now))
    token = new_token()
    link = PhoneLink(token_digest=digest(token), module_id=module_id, made_at=now, made_by=by, ends_at=now + GOOD_FOR)
    db.session.add(link)
    db.session.flush()
    _log.info("person %s made phone link %s for %s", by, link.id, code)
    return Link(link.id, token, link.ends_at)


def end_link(link_id: int, *, by: int, now: datetime) -> None:
    """End a link before its time; raises NotFound for somebody else's."""
    link = _own(link_id, by)
    link.ends_at = min(link.ends_at, now)
    db.session.flush()
    _log.info("person %s ended phone link %s", by, link_id)


def brought(link_id: int, *, by: int, now: datetime) -> Brought:
    """Say how a link fares and what came by it; raises NotFound for somebody else's."""
    link = _own(link_id, by)
    rows = db.session.scalars(select(PhonePicture).where(PhonePicture.link_id == link_id).order_by(PhonePicture.id))
    pictures = [Arrived(row.name, row.digest, Wanted.PICTURE, row.size, row.width, row.height) for row in rows]
    return Brought(link.ends_at, now < link.ends_at, link.phone_digest is not None, pictures)


def check(token: str, phone: str | None, *, now: datetime) -> None:
    """Look whether a phone may send by a link; raises PhoneLinkOver."""
    _good(token, phone, now)


def bring(token: str, phone: str, picture: Prepared, *, now: datetime) -> Arrived:
    """Bring a picture by a link; the first that comes makes it this phone's. Raises PhoneLinkOver or PhoneLinkFull."""
    link = _good(token, phone, now)
    link.phone_digest = digest(phone)
    mine = PhonePicture.link_id == link.id
    if (db.session.scalar(select(func.count()).where(mine)) or 0) >= MOST_PICTURES:
        raise PhoneLinkFull(limit=MOST_PICTURES)
    arrived = arriving.keep(link.module_id, picture, by=link.made_by, now=now)
    row = PhonePicture(link_id=link.id, name=arrived.name, digest=arrived.digest, size=arrived.size)
    row.width, row.height = arrived.width, arrived.height
    db.session.add(row)
    db.session.flush()
    _log.info("phone link %s brought %s", link.id, arrived.name)
    return arrived


def _own(link_id: int, by: int) -> PhoneLink:
    link = db.session.get(PhoneLink, link_id)
    if link is None or link.made_by != by:
        raise NotFound()
    return link


def _good(token: str, phone: str | None, now: datetime) -> PhoneLink:
    # Of two phones that send at once the first to come here has it.
    query = select(PhoneLink).where(PhoneLink.token_digest == digest(token)).with_for_update()
    link = db.session.scalar(query)
    if link is None or now >= link.ends_at:
        raise PhoneLinkOver()
    if link.phone_digest is not None and (phone is None or digest(phone) != link.phone_digest):
        raise PhoneLinkOver()
    return link
