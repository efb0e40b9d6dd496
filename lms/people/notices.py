"""The notice that tells staff what is kept about them: published version by version, read before anything else.

Code du travail, L1222-3 and L1222-4: nothing is collected by means that were not made
known beforehand. To have read it is no consent, and nobody is asked for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from lms.kernel.database import db
from lms.kernel.languages import in_language
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.speech import Speech
from lms.people.models import Notice, NoticeAcknowledgement


class NoticeIncomplete(Refusal):
    """A notice lacks its words or its list of what is collected, or says less in one language than in another."""


class NoticeUnchanged(Refusal):
    """The notice says what the newest one says."""


@dataclass(frozen=True)
class NoticeText:
    """What a notice says."""

    words: dict[str, str]
    """By language; paragraphs are parted by an empty line."""
    fields: tuple[dict[str, str], ...]
    """Every field that is collected, each by language."""

    def check(self) -> None:
        """Raise NoticeIncomplete unless everything is said in every language of the notice."""
        languages = self.words.keys()
        whole = bool(languages) and all(text.strip() for text in self.words.values()) and bool(self.fields)
        if not whole or any(field.keys() != languages or not all(field.values()) for field in self.fields):
            raise NoticeIncomplete()


def newest() -> Notice | None:
    """Return the notice in force, or None before the first."""
    return db.session.scalar(select(Notice).order_by(Notice.version.desc()).limit(1))


_versions = Prepared(select(func.max(Notice.version).label("version")))
_read = Prepared(
    select(NoticeAcknowledgement.at).where(
        NoticeAcknowledgement.person_id == bindparam("person"), NoticeAcknowledgement.version == bindparam("version")
    )
)


def newest_version() -> int | None:
    """Return the number of the notice in force, or None before the first."""
    return _versions.rows({})[0].version


def every_notice() -> Sequence[Notice]:
    """Return all versions, newest first."""
    return db.session.scalars(select(Notice).order_by(Notice.version.desc())).all()


def notice(version: int) -> Notice:
    """Return that version; raises NotFound."""
    found = db.session.get(Notice, version)
    if found is None:
        raise NotFound()
    return found


def spoken(said: Notice | NoticeText, language: str) -> Speech:
    """Return what is read aloud of a notice at a kiosk."""
    listed = ". ".join(in_language(field, language) for field in said.fields)
    return Speech(f"{in_language(said.words, language)}\n\n{listed}.", language)


def to_read(person_id: int) -> int | None:
    """Return the version that someone has still to read, or None."""
    version = newest_version()
    if version is None or _read.rows({"person": person_id, "version": version}):
        return None
    return version


def publish(text: NoticeText, *, by: int | None, now: datetime) -> Notice:
    """Publish the next version: from now on it is shown to each at their next sign-in.

    Raises NoticeIncomplete or NoticeUnchanged.
    """
    text.check()
    before = newest()
    fields = [dict(field) for field in text.fields]
    if before is not None and (before.words, before.fields) == (text.words, fields):
        raise NoticeUnchanged()
    version = before.version + 1 if before else 1
    made = Notice(version=version, words=text.words, fields=fields, published_at=now, published_by=by)
    db.session.add(made)
    db.session.flush()
    return made


def acknowledge(person_id: int, version: int, *, place: str, now: datetime) -> None:
    """Keep that someone has read a notice (again: nothing happens); raises NotFound."""
    notice(version)
    if db.session.get(NoticeAcknowledgement, (person_id, version)) is None:
        db.session.add(NoticeAcknowledgement(person_id=person_id, version=version, at=now, place=place))
        db.session.flush()
