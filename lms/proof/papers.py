"""Numbers and seals of documents: what makes a forged one show. Pure.

The number of a document is `2026-000123-ABCD-EFGH-JKLM`: the year, the sequence, four letters
that check the sequence, eight that check the content. All are keyed (HMAC-SHA256, RFC 2104):

- a number that was made up has wrong letters: unknown (one guess in a million million hits);
- a row that was changed no longer has the letters of its number, nor its seal: altered;
- a row that was taken out leaves a number whose first letters are right: missing, and the
  chain of seals breaks at the next row.

Sixty bits, so that nobody who holds no paper finds one by trying.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from lms.kernel.ids import CODE_LETTERS
from lms.kernel.refusals import Refusal

Keyed = Callable[[str, str], bytes]
"""HMAC-SHA256 of a text for a purpose, with the key of the site."""
NUMBER = re.compile(r"(\d{4})-(\d{6,})-([A-Z2-9]{4})-([A-Z2-9]{4})-([A-Z2-9]{4})")
FIRST_SEAL = ""


class Paper(StrEnum):
    """What kind of document it is."""

    CERTIFICATE = "certificate"
    """Of a module."""
    REALISATION = "realisation"
    """Certificat de réalisation (R6313-3 of the Code du travail)."""


class Verdict(StrEnum):
    """What is to be said of a number."""

    GENUINE = "genuine"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    MISSING = "missing"
    """The number was given here, and its entry is gone."""
    ALTERED = "altered"
    """The entry is not what was issued."""


class NothingToCertify(Refusal):
    """The person does not hold this module today."""


class NothingAttended(Refusal):
    """Nothing of this training is recorded for the person in these days."""


class VoidedAlready(Refusal):
    """The document is withdrawn already."""


class VoidWithoutReason(Refusal):
    """What is withdrawn says why."""


@dataclass(frozen=True)
class Content:
    """What the seal covers."""

    sequence: int
    paper: Paper
    person_id: int
    language: str
    stated: Mapping[str, Any]
    holder_digest: str
    issued_at: datetime

    @property
    def text(self) -> str:
        """One text for one content, whatever the database made of it."""
        told = [
            self.sequence,
            self.paper.value,
            self.person_id,
            self.language,
            self.stated,
            self.holder_digest,
            self.issued_at.astimezone(UTC).isoformat(timespec="seconds"),
        ]
        return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def holder_digest(given_name: str, family_name: str, registration: str, salt: str) -> str:
    """Return what stands for a name in a document: nothing can be guessed from it without the salt."""
    told = json.dumps([salt, given_name, family_name, registration], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def seal(content: Content, before: str, keyed: Keyed) -> str:
    """Return the seal of a document, chained to the one before it."""
    return keyed("proof seal", f"{before}\0{content.text}").hex()


def number(content: Content, keyed: Keyed) -> str:
    """Return the number that stands on the paper."""
    begins = _beginning(content.issued_at.astimezone(UTC).year, content.sequence)
    letters = _letters(keyed("proof content", content.text), 8)
    return f"{begins}-{_letters(keyed('proof sequence', begins), 4)}-{letters[:4]}-{letters[4:]}"


def tidy(text: str) -> str:
    """Return a number as it is kept, however it was typed: in small letters, without hyphens or with others."""
    bare = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    year, sequence, letters = bare[:4], bare[4:-12], bare[-12:]
    return "-".join((year, sequence, letters[:4], letters[4:8], letters[8:]))


def was_given(text: str, keyed: Keyed) -> bool:
    """Whether the first letters say that a number was given here, whatever became of its entry."""
    found = NUMBER.fullmatch(text)
    if found is None:
        return False
    begins = _beginning(int(found[1]), int(found[2]))
    return found[3] == _letters(keyed("proof sequence", begins), 4)


def sequence_of(text: str) -> int:
    """Return the sequence of which a number tells."""
    return int(text.split("-")[1])


def _beginning(year: int, sequence: int) -> str:
    return f"{year}-{sequence:06}"


def _letters(digest: bytes, length: int) -> str:
    return "".join(CODE_LETTERS[byte & 31] for byte in digest[:length])
