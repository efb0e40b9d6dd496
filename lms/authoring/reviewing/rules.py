"""When a draft counts as approved by a colleague, and what became of what was remarked on. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lms.authoring.drafts import Document
from lms.authoring.reviewing.models import Act, Ending
from lms.kernel.refusals import Refusal


class ApprovalMissing(Refusal):
    """The site wants a colleague's approval before a module is published, and there is none."""


class ChangesWanted(Refusal):
    """A colleague wants changes first and has not approved the draft since."""


class ApprovalStale(Refusal):
    """The draft was changed since a colleague approved it."""


class ApprovalOwn(Refusal):
    """Whoever approved the draft is the one who changed it last."""


class OwnDraft(Refusal):
    """Whoever changed a draft last cannot approve it."""


class AskedAlready(Refusal):
    """This colleague has been asked and has not answered yet."""


class ReviewEnded(Refusal):
    """The review has ended already."""


class WordsWanted(Refusal):
    """A remark, an answer or a wish for changes says something."""


@dataclass(frozen=True)
class Verdict:
    """How somebody ended a review, and of which state of the draft."""

    by_id: int | None
    at: datetime
    ending: Ending
    state: str
    words: str


class Standing(StrEnum):
    """How a draft stands to its reviews."""

    NONE = "none"
    """Nobody has decided anything."""
    APPROVED = "approved"
    """Just as it is, by somebody other than its last author."""
    OWN = "own"
    """Just as it is, but only by its last author."""
    CHANGES = "changes"
    """Somebody wants changes and has not approved it since, whoever else has."""
    STALE = "stale"
    """It was approved, and changed since."""


def state_of(document: Document, media: Mapping[str, str]) -> str:
    """Return the digest, 64 characters, of a draft's text and files: equal for equal drafts only."""
    canonical = json.dumps([document, dict(media)], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def standing(state: str, last_author: int | None, verdicts: Sequence[Verdict]) -> Standing:
    """Return how a draft in that state stands to what was decided, oldest first; each one's last word counts.

    A wish for changes holds until whoever had it approves, or changes the draft last. `last_author` is None when the
    last change came from the command line: then anybody's approval counts.
    """
    last = list({verdict.by_id: verdict for verdict in verdicts}.values())
    if any(one.ending is Ending.CHANGES and one.by_id != last_author for one in last):
        return Standing.CHANGES
    approving = {one.by_id for one in last if one.ending is Ending.APPROVED and one.state == state}
    if approving - {last_author}:
        return Standing.APPROVED
    if approving:
        return Standing.OWN
    if not last:
        return Standing.NONE
    return Standing.STALE if any(one.ending is Ending.APPROVED for one in last) else Standing.NONE


def was_approved(state: str, verdicts: Sequence[Verdict]) -> bool:
    """Whether somebody approved just this state, whatever was decided of others."""
    return any(one.ending is Ending.APPROVED and one.state == state for one in verdicts)


def check_publishable(found: Standing, code: str, *, needed: bool) -> None:
    """Refuse to publish a draft that no colleague approved, where that is needed.

    Raises one of NOT_APPROVED.
    """
    if not needed or found is Standing.APPROVED:
        return
    raise _REFUSED.get(found, ApprovalMissing)(code=code)


_REFUSED: dict[Standing, type[Refusal]] = {
    Standing.STALE: ApprovalStale,
    Standing.OWN: ApprovalOwn,
    Standing.CHANGES: ChangesWanted,
}
NOT_APPROVED: tuple[type[Refusal], ...] = (ApprovalMissing, *_REFUSED.values())
"""Why a draft is not published where a colleague is to approve it first."""


class Since(StrEnum):
    """What became of a block since it was remarked on."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


def since(key: str | None, block: Document | None, document: Document) -> Since:
    """Return what became of a block that was remarked on; a remark on the whole module stays as it is."""
    if key is None:
        return Since.SAME
    present = next((one for one in document["blocks"] if one.get("key") == key), None)
    if present is None:
        return Since.GONE
    return Since.SAME if present == block else Since.CHANGED


def is_resolved(acts: Sequence[Act]) -> bool:
    """Whether a remark with these entries, oldest first, is settled."""
    return next((act is Act.RESOLVED for act in reversed(acts) if act in (Act.RESOLVED, Act.REOPENED)), False)
