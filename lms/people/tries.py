"""Tries at signing in: counted, kept, slowed down, forgiven.

A try is kept in a transaction of its own: the refusal that follows rolls the request's
transaction back, and whoever guesses must not profit from that.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, func, insert, or_, select

from lms.kernel.database import db, release
from lms.kernel.group_commit import durably
from lms.kernel.ids import keyed_digest
from lms.kernel.prepared import Prepared
from lms.kernel.settings import setting
from lms.people import throttle
from lms.people.models import SignInAttempt, SignInOpening, SignInOutcome
from lms.people.rules import SignInShut, SignInThrottled
from lms.people.throttle import History, Seen

FAILURES = (SignInOutcome.UNKNOWN, SignInOutcome.WRONG_SECRET, SignInOutcome.NOT_ALLOWED)
AT_A_KIOSK = "terminal:"
"""How the origins of kiosks begin; the number of the kiosk follows."""
ON_A_TABLET = "tablet:"
"""How the origins of tablets begin on which people sign with their PIN."""
MOST_SLOWED = 2
"""Failures whose answer waits at one time: the server's few threads for kiosks are for those who work."""

_log = logging.getLogger(__name__)
_slowed = BoundedSemaphore(MOST_SLOWED)
pause = time.sleep

_table = cast(Table, SignInAttempt.__table__)
_in_order = (_table.c.at, _table.c.id)
_of_name = Prepared(
    select(_table.c.at, _table.c.origin, _table.c.outcome)
    .where(_table.c.name_digest == bindparam("name"), _table.c.at > bindparam("since"))
    .where(_table.c.outcome != SignInOutcome.THROTTLED)
    .order_by(*_in_order)
)
_failed_at = Prepared(
    select(_table.c.at)
    .where(_table.c.origin == bindparam("origin"), or_(*(_table.c.outcome == outcome for outcome in FAILURES)))
    .where(_table.c.at > bindparam("since"))
    .order_by(*_in_order)
)
_insert = Prepared(insert(_table).values({c.name: bindparam(c.name) for c in _table.columns if c.name != "id"}))


@dataclass(frozen=True)
class Try:
    """Someone tries to sign in as a name at an origin (`terminal:<number>`, `tablet:<desk>` or `staff:<desk>`)."""

    origin: str
    name_digest: bytes
    person_id: int | None
    at: datetime

    @property
    def at_kiosk(self) -> bool:
        """Whether a PIN is tried, of which few may be guessed in a day; a password needs no such gate."""
        return self.origin.startswith((AT_A_KIOSK, ON_A_TABLET))


def a_try(origin: str, given: str, person_id: int | None, now: datetime) -> Try:
    """Return the try of a name; a badge and a code of one person count as one name."""
    name = f"person:{person_id}" if person_id else f"given:{given.strip().casefold()}"
    return Try(origin, keyed_digest(setting("SECRET_KEY"), "name", name), person_id, now)


def refuse_if_throttled(attempt: Try) -> None:
    """Raise SignInThrottled or SignInShut when the name or the origin has to wait; the try is kept."""
    history = history_of(attempt)
    if attempt.person_id and attempt.at_kiosk and throttle.is_shut(history):
        refusal: SignInThrottled | SignInShut = SignInShut()
    else:
        by_name = throttle.wait(history, attempt.at)
        waits = max(by_name, throttle.origin_wait(_failures_of_origin(attempt), attempt.at))
        if waits <= timedelta(0):
            return
        refusal = SignInThrottled(seconds=int(waits.total_seconds()) + 1)
    release()
    note(attempt, SignInOutcome.THROTTLED)
    raise refusal


def history_of(attempt: Try) -> History:
    """Return what is known of a name, as it concerns the origin of the try."""
    rows = _of_name.rows({"name": attempt.name_digest, "since": attempt.at - throttle.USUAL_FOR})
    seen = [Seen(row.at, row.origin, row.outcome in FAILURES) for row in rows]
    opened = None
    if attempt.person_id and any(one.failed for one in seen):
        opened = _opened(SignInOpening.person_id == attempt.person_id)
    return throttle.history(seen, attempt.origin, attempt.at, opened)


def _failures_of_origin(attempt: Try) -> list[datetime]:
    rows = _failed_at.rows({"origin": attempt.origin, "since": attempt.at - throttle.BUCKET_MEMORY})
    failures = [row.at for row in rows]
    # Only a full bucket asks whether somebody opened the kiosk.
    if not throttle.origin_wait(failures, attempt.at):
        return failures
    opened = _opened(SignInOpening.origin == attempt.origin)
    return [at for at in failures if opened is None or at > opened]


def _opened(condition: ColumnElement[bool]) -> datetime | None:
    """Return when the way was last opened."""
    return db.session.scalar(select(func.max(SignInOpening.at)).where(condition))


def note(attempt: Try, outcome: SignInOutcome) -> None:
    """Keep how a try ended, in a transaction of its own."""
    durably(lambda: keep(attempt, outcome))


def keep(attempt: Try, outcome: SignInOutcome) -> None:
    """Keep how a try ended, in the caller's transaction: for one that nothing refuses any more."""
    _insert.run({**asdict(attempt), "outcome": outcome})


def keep_late(attempt: Try, outcome: SignInOutcome) -> None:
    """Keep a failure that a kiosk tells of afterwards, with its moment, in the caller's transaction.

    No more count than fill a bucket around that moment, in whatever order they arrive: the
    others are kept as refused, so that nobody shuts a kiosk by what it delivers.
    """
    around = throttle.BUCKET_SIZE * throttle.BUCKET_DRAIN
    counted = _failed_at.rows({"origin": attempt.origin, "since": attempt.at - around})
    full = sum(row.at <= attempt.at + around for row in counted) >= throttle.BUCKET_SIZE
    keep(attempt, SignInOutcome.THROTTLED if full else outcome)


def slow_down(attempt: Try) -> None:
    """Let the answer to a failure wait while PINs are tried on many people all over the site.

    A few at a time: whoever comes beyond them is answered at once, so that threads are left for work.
    """
    if not (attempt.at_kiosk and spraying(attempt.at)):
        return
    _log.warning("%s: wrong PINs of many people within %s all over the site", attempt.origin, throttle.SPRAY_WINDOW)
    if _slowed.acquire(blocking=False):
        try:
            pause(throttle.SLOWED_BY.total_seconds())
        finally:
            _slowed.release()


def spraying(now: datetime) -> bool:
    """Whether somebody tries PINs on many people at this moment."""
    rows = db.session.execute(
        select(SignInAttempt.name_digest, SignInAttempt.outcome)
        .where(SignInAttempt.at > now - throttle.SPRAY_WINDOW, SignInAttempt.at <= now)
        .where(SignInAttempt.origin.startswith(AT_A_KIOSK))
        .where(SignInAttempt.outcome.in_((SignInOutcome.WRONG_SECRET, SignInOutcome.ACCEPTED)))
    ).all()
    failing = {name for name, outcome in rows if outcome is SignInOutcome.WRONG_SECRET}
    release()
    return throttle.is_spray(failing, sum(outcome is SignInOutcome.ACCEPTED for _, outcome in rows))


_turns = tuple(Lock() for _ in range(64))


@contextmanager
def one_at_a_time(name_digest: bytes) -> Iterator[None]:
    """Let one name be tried once at a time, or many tries sent together would all be free."""
    release()
    with _turns[name_digest[0] % len(_turns)]:
        yield
