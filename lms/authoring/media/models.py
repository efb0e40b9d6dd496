"""The files that came into modules, and phones that may bring some."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.catalogue.models import Media
from lms.kernel.database import Base
from lms.kernel.personal import acted


class ModuleFile(Base):
    """A file by its name within a module: what a block may refer to."""

    __tablename__ = "module_files"
    __table_args__ = (UniqueConstraint("module_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    name: Mapped[str] = mapped_column(String(106))
    """As the document says it: `media/press-2.jpg`."""
    digest: Mapped[str] = mapped_column(ForeignKey(Media.digest), index=True)
    came_at: Mapped[datetime]
    came_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[datetime | None]
    """When a block first named it; None for what waits for one."""


class PhoneLink(Base):
    """A link by which one phone, and nobody signed in, may bring pictures into a module for some minutes."""

    __tablename__ = "phone_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    ends_at: Mapped[datetime]
    """Brought forward when somebody ends it."""
    phone_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Of the secret of the phone that sent first: no other may."""


class PhonePicture(Base):
    """A picture that a phone brought, in the order in which they came."""

    __tablename__ = "phone_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("phone_links.id"), index=True)
    name: Mapped[str] = mapped_column(String(106))
    digest: Mapped[str] = mapped_column(ForeignKey(Media.digest))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]


acted(ModuleFile.__table__, "came_by")
acted(PhoneLink.__table__, "made_by")
