"""Dress the site anew, and say how it is dressed."""

import time
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from lms.kernel.branding import colours
from lms.kernel.branding.models import Branding
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound, Refusal

NAME = "Établi"
LONGEST_NAME = 40
LARGEST_LOGO = 60_000
"""Bytes: every page shows it, also over a factory's network."""
LOOK = 30.0
"""Seconds for which a server does not look whether another has changed it."""
HOVER = 0.25
"""Share of black in the colour of what is pointed at."""


class NameTooLong(Refusal):
    """The name of the site is empty, or longer than fits a bar."""


class LogoTooLarge(Refusal):
    """The logo weighs more than a bar's picture may."""


@dataclass(frozen=True)
class Dress:
    """How the site is dressed; `version` 0 is the house's own."""

    version: int = 0
    name: str = NAME
    desk: str | None = None
    kiosk: str | None = None
    logo_type: str | None = None

    @property
    def has_style(self) -> bool:
        """Whether pages need a style of this version's."""
        return bool(self.desk or self.kiosk)


@dataclass(frozen=True)
class Logo:
    """A picture as it may be shown."""

    data: bytes
    media_type: str


_columns = (Branding.id, Branding.name, Branding.desk, Branding.kiosk, Branding.logo_type)
_newest = Prepared(select(*_columns).order_by(Branding.id.desc()).limit(1))
_of_version = Prepared(select(*_columns).where(Branding.id == bindparam("version")))


def current() -> Dress:
    """Return how the site is dressed; the house's own where the database cannot say."""
    kept = current_app.extensions.get("dress")
    if kept is not None and time.monotonic() - kept[1] < LOOK:
        return kept[0]
    try:
        found = _newest.rows({})
    except SQLAlchemyError:
        # Pages that say what is wrong are dressed too.
        return Dress()
    dress = Dress(*found[0]) if found else Dress()
    current_app.extensions["dress"] = (dress, time.monotonic())
    return dress


def of_version(version: int) -> Dress:
    """Return how the site was dressed. Raises NotFound."""
    found = _of_version.rows({"version": version})
    if not found:
        raise NotFound()
    return Dress(*found[0])


def logo(version: int) -> Logo:
    """Return the logo of a version. Raises NotFound."""
    row = db.session.execute(select(Branding.logo, Branding.logo_type).where(Branding.id == version)).one_or_none()
    if row is None or row.logo is None:
        raise NotFound()
    return Logo(row.logo, row.logo_type)


def style(dress: Dress) -> str:
    """Return the style of a version: our tokens with other values, for the desk and for kiosks."""
    rules = [("", dress.desk), (":has(body.kiosk)", dress.kiosk)]
    return "".join(f":root{where}{{{_tokens(colour)}}}\n" for where, colour in rules if colour)


def change(
    name: str, desk: str, kiosk: str, new_logo: Logo | None, keep_logo: bool, by: int | None, now: datetime
) -> None:
    """Dress the site anew; an empty colour is the house's own.

    Raises NameTooLong, LogoTooLarge, ColourUnknown or ContrastTooLow.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise NameTooLong(most=LONGEST_NAME)
    if new_logo is not None and len(new_logo.data) > LARGEST_LOGO:
        raise LogoTooLarge(most=LARGEST_LOGO // 1000)
    before = current()
    shown = new_logo or (logo(before.version) if keep_logo and before.logo_type else None)
    db.session.add(
        Branding(
            at=now,
            by_id=by,
            name=name,
            desk=_checked(desk, colours.DESK),
            kiosk=_checked(kiosk, colours.KIOSK),
            logo=shown.data if shown else None,
            logo_type=shown.media_type if shown else None,
        )
    )
    db.session.flush()
    current_app.extensions.pop("dress", None)


def _checked(text: str, needed: float) -> str | None:
    if not text.strip():
        return None
    colour = colours.parse(text)
    colours.check(colour, needed)
    return str(colour)


def _tokens(text: str) -> str:
    colour = colours.parse(text)
    deep = colour.darker(HOVER)
    values = {
        "--blue": str(colour),
        "--blue-deep": str(deep),
        "--bs-primary-rgb": _listed(colour),
        "--bs-link-color-rgb": _listed(colour),
        "--bs-link-hover-color-rgb": _listed(deep),
    }
    return ";".join(f"{name}:{value}" for name, value in values.items())


def _listed(colour: colours.Colour) -> str:
    return ", ".join(map(str, colour.channels))
