"""What is asked for again and again, kept in memory by name.

A value is kept only once the transaction that saw it has committed: a number that was
rolled back may be given again to something else.
"""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from lms.kernel.database import db

Value = TypeVar("Value")

MOST_KEPT = 50_000
"""Beyond this a memory is emptied: an import may bring any number of names."""


class Memory(Generic[Value]):
    """Values by name, for each database; they must never change under a name but by `note`."""

    def __init__(self, called: str) -> None:
        self._kept: WeakKeyDictionary[Engine, dict[str, Value]] = WeakKeyDictionary()
        self._key = f"memory of {called}"
        event.listen(db.session, "after_commit", self._keep)
        event.listen(db.session, "after_soft_rollback", self._forget)

    def known(self, names: Iterable[str]) -> dict[str, Value]:
        """Return the values that are in memory, those that this transaction noted included."""
        kept, noted = self._kept.get(db.engine, {}), self._noted()
        return {name: found for name in names if (found := noted.get(name) or kept.get(name))}

    def note(self, values: dict[str, Value]) -> None:
        """Remember what this transaction saw or made, if it commits."""
        self._noted().update(values)

    def _noted(self) -> dict[str, Value]:
        return db.session().info.setdefault(self._key, {})

    def _keep(self, session: Session) -> None:
        noted = session.info.pop(self._key, None)
        if noted:
            kept = self._kept.setdefault(db.engine, {})
            if len(kept) + len(noted) > MOST_KEPT:
                kept.clear()
            kept.update(noted)

    def _forget(self, session: Session, previous: Any) -> None:
        session.info.pop(self._key, None)
