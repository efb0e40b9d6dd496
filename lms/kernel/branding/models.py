"""How the site was dressed, version by version."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only


class Branding(Base):
    """Name, logo and colours from a moment on; never changed."""

    __tablename__ = "brandings"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    """The number of whoever did it."""
    name: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str | None] = mapped_column(String(7))
    """Colour of buttons and links at a desk; None for the house's own."""
    kiosk: Mapped[str | None] = mapped_column(String(7))
    logo: Mapped[bytes | None]
    logo_type: Mapped[str | None] = mapped_column(String(40))


append_only(Branding.__table__)
