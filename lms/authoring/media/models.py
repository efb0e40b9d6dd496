"""The files that came into modules."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base


class ModuleFile(Base):
    """A file by its name within a module: what a block may refer to."""

    __tablename__ = "module_files"
    __table_args__ = (UniqueConstraint("module_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    name: Mapped[str] = mapped_column(String(106))
    """As the document says it: `media/press-2.jpg`."""
    digest: Mapped[str] = mapped_column(ForeignKey("media.digest"), index=True)
    came_at: Mapped[datetime]
    came_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[datetime | None]
    """When a block first named it; None for what waits for one."""
