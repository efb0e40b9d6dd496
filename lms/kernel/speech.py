"""Texts read aloud: made beforehand by espeak-ng, kept as files, played by a browser without any service.

Browsers' own voices are not to be relied on (most kiosks have none), so what may be listened
to is made when it is published: `prepare` runs `lms.kernel.speak` in a process of its own
and keeps what it made in `storage`. A page asks for `recordings` and offers a key for what there is.
"""

import base64
import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from sqlalchemy import JSON, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import storage
from lms.kernel.database import Base, db, release, writing
from lms.kernel.prepared import Prepared

MEDIA_TYPE = "audio/ogg"
SECONDS = 120
AT_ONCE = 20
"""Texts for one process."""
MAKER = "espeak-ng 1.52, vorbis 16 kHz"
"""Part of the key: another maker makes another sound."""
_log = logging.getLogger(__name__)


class CannotSpeak(RuntimeError):
    """Nothing can be read aloud here; the message says why, for whoever runs the server."""


@dataclass(frozen=True)
class Speech:
    """Something to be read aloud."""

    text: str
    language: str
    """As espeak-ng names it: `fr`, `en`, `ar`, `pt`, `pl`…"""
    voice: str = ""
    """A variant such as `f2`; none is the usual voice of the language."""
    speed: int = 140
    """Words a minute; a little slower than usual, since it is loud there."""

    @cached_property
    def key(self) -> str:
        """What stands for it: the same for the same words, language, voice and speed."""
        return hashlib.sha256(
            json.dumps([MAKER, self.text, self.language, self.voice, self.speed]).encode()
        ).hexdigest()

    @property
    def order(self) -> dict[str, str | int]:
        """What the speaking process is told."""
        name = f"{self.language}+{self.voice}" if self.voice else self.language
        # The typographic apostrophe is no letter to it, nor are spaces that do not break ones where it breathes.
        plain = self.text.translate({0x2019: "'", 0xA0: " ", 0x202F: " "})
        return {"text": plain, "voice": name, "speed": self.speed}


class Recording(Base):
    """A text that was read aloud, by its key; the file lies in `storage`."""

    __tablename__ = "recordings"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    """In bytes."""


def _of_keys(dialect: str) -> Select[str, str]:
    keys = bindparam("keys", type_=String)
    listed = func.json_array_elements_text(cast(keys, JSON)) if dialect == "postgresql" else func.json_each(keys)
    asked = select(listed.table_valued("value").c.value)
    return select(Recording.key, Recording.digest).where(Recording.key.in_(asked))


_made = Prepared(_of_keys)


def recordings(wanted: Iterable[Speech]) -> dict[Speech, str]:
    """Return the digest of the file of each that was made."""
    by_key = {speech.key: speech for speech in wanted}
    rows = _made.rows({"keys": json.dumps(list(by_key))}) if by_key else ()
    return {by_key[row.key]: row.digest for row in rows}


def prepare(wanted: Iterable[Speech]) -> int:
    """Make what was not made yet; return how many. Call it before writing: it ends the transaction while it speaks.

    What has no voice is left out, with a word in the log. Raises CannotSpeak when nothing can be said.
    """
    asked = dict.fromkeys(wanted)
    found = recordings(asked)
    missing = [speech for speech in asked if speech not in found]
    release()
    made = {speech: storage.keep(BytesIO(sound)) for speech, sound in _spoken(missing)}
    # Somebody else may have made the same meanwhile.
    others = recordings(made)
    rows = [Recording(key=one.key, digest=kept, size=size) for one, (kept, size) in made.items() if one not in others]
    db.session.add_all(rows)
    db.session.flush()
    return len(rows)


def prepare_in_parts(wanted: Sequence[Speech], report: Callable[[int, int], None]) -> str | None:
    """Make what was not made yet and keep each part as soon as it is spoken: whoever begins again goes on from there.

    `report` is told before each part how many were gone through, of how many. Returns why
    something could not be said, or None. Nothing may be left to write when it is called.
    """
    refused = None
    for first in range(0, len(wanted), AT_ONCE):
        report(first, len(wanted))
        try:
            with writing():
                prepare(wanted[first : first + AT_ONCE])
                db.session.commit()
        except CannotSpeak as error:
            refused = str(error)
    return refused


def prepared(wanted: Iterable[Speech]) -> str | None:
    """Do as `prepare`; where it cannot, say why in the log and return it."""
    try:
        prepare(wanted)
    except CannotSpeak as error:
        _log.warning("nothing is read aloud: %s", error)
        return str(error)
    return None


def stored(digest: str) -> Path | None:
    """Return the file of that digest, or None where it is none of ours."""
    known = db.session.scalar(select(Recording.key).where(Recording.digest == digest).limit(1))
    return storage.path(digest) if known else None


def trouble() -> str | None:
    """Return why nothing can be read aloud here, or None where it can."""
    try:
        _speak([Speech("1", "en")])
    except CannotSpeak as error:
        return str(error)
    return None


def _spoken(wanted: Sequence[Speech]) -> Iterable[tuple[Speech, bytes]]:
    """Yield each with its sound, without what cannot be said; raise CannotSpeak at the end when that is everything."""
    refused, said = None, 0
    for first in range(0, len(wanted), AT_ONCE):
        part = wanted[first : first + AT_ONCE]
        try:
            sounds = _speak(part)
        except CannotSpeak as error:
            refused = error
            continue
        said += 1
        yield from ((one, sound) for one, sound in zip(part, sounds, strict=True) if sound is not None)
    if refused and not said:
        raise refused


def _speak(wanted: Sequence[Speech]) -> list[bytes | None]:
    command = [sys.executable, "-m", "lms.kernel.speak"]
    text = json.dumps([speech.order for speech in wanted])
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(  # noqa: S603  (our own module, no word of anybody in the command)
            command, input=text.encode(), capture_output=True, timeout=SECONDS, cwd=root, check=True
        )
    except subprocess.CalledProcessError as error:
        raise CannotSpeak(_last_line(error.stderr)) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotSpeak(str(error)) from error
    sounds = [sound and base64.b64decode(sound) for sound in json.loads(done.stdout)]
    if None in sounds:
        if not any(sounds):
            raise CannotSpeak(_last_line(done.stderr))
        _log.warning("not everything is read aloud: %s", _last_line(done.stderr))
    return sounds


def _last_line(words: bytes) -> str:
    return (words.decode(errors="replace").strip().splitlines() or ["the speaking process ended without a word"])[-1]
