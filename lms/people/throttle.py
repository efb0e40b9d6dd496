"""How tries at signing in are slowed down (pure).

Three counts. Of one name at one kiosk, so that no failure at a kiosk is felt by the same
person at another. Of one name over all kiosks where its owner never signs in, once two
kiosks have failed with it: whoever guesses at many kiosks gains nothing, and the owner's
usual kiosk does not feel it. Of one kiosk, whoever tries there. The first two end, for a
PIN, in a gate that a team leader opens and that a day opens by itself.

Where many people fail within minutes all over the site, answers to failures are slowed,
and only they: whoever knows their PIN never waits for that.

OWASP Authentication Cheat Sheet, "Device Cookies"; NIST SP 800-63B, 5.2.2 (at most 100).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
MEMORY = timedelta(hours=24)
"""Older failures are forgotten."""
MOST_A_DAY = 50
"""Wrong PINs of one name at one kiosk within a day, successes between them or not; then a leader opens the way."""
USUAL_FOR = timedelta(days=30)
"""A kiosk where someone signed in so lately is one of theirs."""
SEVERAL = 2
"""From as many other kiosks on, failures count at every kiosk that is not the person's own."""

BUCKET_SIZE = 20
BUCKET_DRAIN = timedelta(seconds=30)
"""20 failures in 10 minutes: the bucket holds 20 and loses one in 30 seconds."""
BUCKET_MEMORY = timedelta(hours=1)

SPRAY_WINDOW = timedelta(minutes=10)
SPRAY_NAMES = 30
"""Fewer people mistype all over a site in ten minutes; at a shift change more of them succeed than fail."""
SLOWED_BY = timedelta(seconds=3)


@dataclass(frozen=True)
class Seen:
    """A try for one name that was not refused unlooked: when, at which origin, and whether it failed."""

    at: datetime
    origin: str
    failed: bool


@dataclass(frozen=True)
class History:
    """What is known of one name, as it concerns one origin; all times oldest first."""

    here: Sequence[datetime]
    """Failures at this origin within `MEMORY` since the last success there."""
    here_all_day: int
    """Failures at this origin within `MEMORY`, successes between them or not."""
    elsewhere: Sequence[datetime]
    """Failures within `MEMORY` at origins that are not the person's own, where they are felt here too."""


def history(seen: Sequence[Seen], origin: str, now: datetime, opened: datetime | None = None) -> History:
    """Return what the tries of one name within `USUAL_FOR` (oldest first) mean for its next try at an origin.

    Failures before `opened` are forgiven.
    """
    known_from = max(now - MEMORY, opened or now - MEMORY)
    own = {one.origin for one in seen if not one.failed}
    failures = [one for one in seen if one.failed and one.at > known_from]
    strangers = [one for one in failures if one.origin not in own]
    felt = origin not in own and len({one.origin for one in strangers} - {origin}) >= SEVERAL
    return History(
        here=_since_success(seen, origin, known_from),
        here_all_day=sum(one.origin == origin for one in failures),
        elsewhere=[one.at for one in strangers] if felt else [],
    )


def _since_success(seen: Sequence[Seen], origin: str, since: datetime) -> list[datetime]:
    failures: list[datetime] = []
    for one in seen:
        if one.origin == origin and not one.failed:
            failures.clear()
        elif one.origin == origin and one.at > since:
            failures.append(one.at)
    return failures


def wait(known: History, now: datetime) -> timedelta:
    """Return how long a name has to wait."""
    return max(name_wait(known.here, now), name_wait(known.elsewhere, now))


def is_shut(known: History) -> bool:
    """Whether a name has used up its day at an origin: someone has to open the way."""
    return known.here_all_day >= MOST_A_DAY or len(known.elsewhere) >= MOST_A_DAY


def name_wait(failures: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long a name with these failures (oldest first) has to wait.

    Five are free, then the wait after each is 30 s, 1, 2, 4, 8, 15, 15 … minutes.
    """
    if len(failures) < FREE_TRIES:
        return timedelta(0)
    doublings = min(len(failures) - FREE_TRIES, 10)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return max(failures[-1] + wait - now, timedelta(0))


def origin_wait(failures: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long an origin has to wait for its next try, whoever tries.

    A bucket of 20 failures (oldest first) that loses one in 30 seconds.
    """
    level, at = 0.0, now
    for failure in failures:
        level = _drained(level, failure - at) + 1 if level else 1.0
        at = failure
    over = _drained(level, now - at) - (BUCKET_SIZE - 1)
    # A try needs room for one more failure.
    return BUCKET_DRAIN * over if over > 0 else timedelta(0)


def is_spray(failing: Collection[bytes], accepted: int) -> bool:
    """Whether so many names failed in the last `SPRAY_WINDOW` that somebody tries PINs on a whole shift.

    `failing` are the names, once each; `accepted` how many tries succeeded meanwhile.
    """
    return len(failing) >= SPRAY_NAMES and len(failing) > accepted


def _drained(level: float, passed: timedelta) -> float:
    return max(0.0, level - passed / BUCKET_DRAIN)
