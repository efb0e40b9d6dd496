"""What can be believed of an event: its times, its sign-in, its seal."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.delivery import sealing
from lms.delivery.events import ACCEPTED_FOR, WRONG_CLOCK, SignIn, Times, corrected, sign_in_of
from lms.kernel.ids import new_id
from tests.delivery.house import sealed

NOON = datetime(2027, 3, 9, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def times(kiosk: datetime, server: datetime | None) -> Times:
    return Times(kiosk=ms(kiosk), server=None if server is None else ms(server))


TIMES = [  # the kiosk's clock, what it reckoned of the server's, its clock as it sends, what is made of it, doubtful
    (NOON - HOUR, NOON - HOUR, NOON, NOON - HOUR, False),
    (NOON + HOUR, NOON - HOUR, NOON + 2 * HOUR, NOON - HOUR, True),  # two hours fast, known
    (NOON + HOUR, None, NOON + 2 * HOUR, NOON - HOUR, True),  # two hours fast, never heard of the server before
    (NOON + 25 * HOUR, NOON + 24 * HOUR, NOON + 26 * HOUR, NOON - HOUR, True),  # dated tomorrow, reckoned wrongly too
    (datetime(1970, 1, 1, tzinfo=UTC), None, datetime(1970, 1, 1, 3, tzinfo=UTC), NOON - 3 * HOUR, True),
    (datetime(1970, 1, 1, tzinfo=UTC), None, NOON, NOON, True),  # its clock was set meanwhile: nobody knows
    (NOON - 8 * HOUR, NOON - 8 * HOUR, NOON, NOON - 8 * HOUR, False),  # eight hours away
    (NOON + timedelta(minutes=2), NOON + timedelta(minutes=2), NOON, NOON, False),  # nothing happens after it arrived
]


@pytest.mark.parametrize(("kiosk", "server", "sent", "at", "doubtful"), TIMES)
def test_when_it_happened_by_the_servers_clock(kiosk, server, sent, at, doubtful) -> None:
    found = corrected(times(kiosk, server), sent, NOON)
    assert (found.at, found.doubtful) == (at, doubtful)


moments = st.datetimes(datetime(1970, 1, 2), datetime(2099, 1, 1), timezones=st.just(UTC))


@given(moments, st.none() | moments, moments)
def test_no_record_is_dated_tomorrow_nor_long_ago(kiosk, server, sent) -> None:
    found = corrected(times(kiosk, server), sent, NOON)
    assert NOON - ACCEPTED_FOR <= found.at <= NOON
    assert found.doubtful or abs(found.at - kiosk) <= WRONG_CLOCK + timedelta(milliseconds=1)


def test_a_key_proves_its_own_sign_in_only() -> None:
    mine = SignIn(7, 4, NOON)
    key = mine.key("secret")
    assert sign_in_of(mine.said, key, "secret") == mine
    for said in (SignIn(8, 4, NOON).said, SignIn(7, 5, NOON).said, "", "7.4", "7.4.x", "7.4.²"):
        assert sign_in_of(said, key, "secret") is None
    assert sign_in_of(mine.said, "00", "secret") is None
    assert sign_in_of(mine.said, key, "other secret") is None


def test_what_is_sealed_only_the_server_opens_whole_and_under_its_own_id() -> None:
    id = new_id()
    text = sealed(sealing.public_key("secret"), id, "Amina answered b")
    assert sealing.unseal("secret", id, text) == b"Amina answered b"
    middle = len(text) - 8
    tampered = text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :]
    for secret, other_id, other in [
        ("other secret", id, text),
        ("secret", new_id(), text),
        ("secret", id, tampered),
        ("secret", id, "no Base64!"),
        ("secret", id, ""),
        ("secret", id, "AAAA"),
    ]:
        with pytest.raises(sealing.Unsealable):
            sealing.unseal(secret, other_id, other)
