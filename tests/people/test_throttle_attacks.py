"""A day of attacks on a simulated site, with the rules that the product asks.

Pass lines: reliability reference, section 2 and T19 (guesses at one badge in a day at most
110; whoever knows their PIN enters at other kiosks).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from lms.people import throttle
from lms.people.throttle import Seen

MORNING = datetime(2026, 3, 2, 5, tzinfo=UTC)
NIGHT = MORNING + timedelta(days=1)
second = timedelta(seconds=1)
KIOSKS = [f"terminal:{number}" for number in range(50)]
BADGES = [f"badge {number}" for number in range(300)]


class Site:
    """Who tried what where, and what a further try would meet."""

    def __init__(self) -> None:
        self.seen: dict[str, list[Seen]] = defaultdict(list)
        self.failed_at: dict[str, list[datetime]] = defaultdict(list)

    def used(self, badges: Iterable[str], kiosk: str) -> "Site":
        """Let people have signed in at a kiosk yesterday: it is one of theirs."""
        for badge in badges:
            self.seen[badge].append(Seen(MORNING - timedelta(hours=20), kiosk, failed=False))
        return self

    def free_at(self, badge: str, kiosk: str, now: datetime) -> datetime:
        """Return from when a PIN would be looked at; the next day when somebody has to open the way."""
        known = throttle.history(self.seen[badge], kiosk, now)
        if throttle.is_shut(known):
            return NIGHT
        lately = [at for at in self.failed_at[kiosk][-200:] if at > now - throttle.BUCKET_MEMORY]
        return now + max(throttle.wait(known, now), throttle.origin_wait(lately, now))

    def guess(self, badge: str, kiosk: str, now: datetime) -> bool:
        """Try a wrong PIN; return whether it was looked at."""
        if self.free_at(badge, kiosk, now) > now:
            return False
        self.seen[badge].append(Seen(now, kiosk, failed=True))
        self.failed_at[kiosk].append(now)
        return True

    def guesses(self, badge: str) -> int:
        return sum(one.failed for one in self.seen[badge])


def attack(site: Site, badges: list[str], kiosks: list[str]) -> None:
    """Guess all day: at each kiosk the next badge in turn as soon as any is looked at."""
    now = MORNING
    while now < NIGHT:
        free = [site.guess(badge, kiosk, now) for kiosk in kiosks for badge in badges]
        if any(free):
            now += second
        else:
            now = max(now + second, min(site.free_at(badge, kiosk, now) for kiosk in kiosks for badge in badges))


def test_one_badge_at_one_kiosk() -> None:
    site = Site()
    attack(site, BADGES[:1], KIOSKS[:1])
    assert site.guesses(BADGES[0]) == throttle.MOST_A_DAY
    assert site.free_at(BADGES[0], KIOSKS[1], NIGHT - second) < NIGHT, "at another kiosk nothing is felt"


def test_one_badge_at_fifty_kiosks() -> None:
    site = Site().used(BADGES[:1], "terminal:99")
    attack(site, BADGES[:1], KIOSKS)
    assert site.guesses(BADGES[0]) <= 110
    assert site.free_at(BADGES[0], "terminal:99", NIGHT - second) == NIGHT - second, "the owner's usual kiosk is free"


def test_two_kiosks_gain_no_more_than_two_days() -> None:
    site = Site()
    attack(site, BADGES[:1], KIOSKS[:2])
    assert site.guesses(BADGES[0]) == 2 * throttle.MOST_A_DAY


def test_successes_of_the_owner_give_no_new_guesses() -> None:
    site, now = Site(), MORNING
    while now < NIGHT:
        if not site.guess(BADGES[0], KIOSKS[0], now):
            site.seen[BADGES[0]].append(Seen(now, KIOSKS[0], failed=False))
        now += timedelta(minutes=5)
    assert site.guesses(BADGES[0]) <= throttle.MOST_A_DAY


def test_one_pin_tried_on_a_whole_shift_at_one_kiosk() -> None:
    """Or badges read to lock people out: the others enter elsewhere, and here within half a minute."""
    site = Site()
    now, turn = MORNING, 0
    while now < MORNING + timedelta(hours=8):
        turn += site.guess(BADGES[turn % len(BADGES)], KIOSKS[0], now)
        now += 5 * second
    looked_at = [site.guesses(badge) for badge in BADGES]
    assert max(looked_at) <= 4
    assert sum(looked_at) <= 8 * (20 + 120), "the bucket forgets after an hour: 20 more each"
    assert all(site.free_at(badge, KIOSKS[1], now) == now for badge in BADGES)
    assert all(site.free_at(badge, KIOSKS[0], now) <= now + 30 * second for badge in BADGES)


def test_people_locked_out_at_every_strange_kiosk_enter_at_their_own() -> None:
    site = Site().used(BADGES, "terminal:99")
    for minute in range(60):
        now = MORNING + timedelta(minutes=minute)
        for place, badge in enumerate(BADGES[:40]):
            site.guess(badge, KIOSKS[(place + minute) % len(KIOSKS)], now)
    assert all(site.free_at(badge, "terminal:99", now) == now for badge in BADGES)


def test_a_spray_is_told_from_a_shift_change() -> None:
    """Five hundred who come, one in ten mistyping, are no spray; forty who all fail are one."""
    assert not throttle.is_spray({bytes([number]) for number in range(50)}, accepted=450)
    assert throttle.is_spray({bytes([number]) for number in range(40)}, accepted=12)
    assert not throttle.is_spray({bytes([number]) for number in range(29)}, accepted=0)
