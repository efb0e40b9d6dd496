"""Times for a whole week: nobody twice a day, no kiosk for two, one of a team at a time, where they are there."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from lms.delivery.slots.rules import Hours, Room, Wish, spread, times, working_days

ZONE = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 30)
DAYS = working_days(MONDAY, 5)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
MORNING, NIGHT = Hours(time(5), time(13)), Hours(time(21), time(5))
FRIDAY = DAYS[-1]


def room(*terminals: int, hours: Hours = MORNING, days: list[date] = DAYS) -> Room:
    return Room(terminals, {day: list(times(hours, NOW, ZONE, day)) for day in days})


def told(wishes: list[Wish], rooms: dict[int, Room], **standing: list) -> list[str]:
    found = spread(wishes, rooms, standing.get("taken", []), standing.get("given", []), ZONE)
    return [f"{one.starts_at:%a %H:%M} {one.terminal_id}" if one else "" for _wish, one in found]


def test_who_waits_is_spread_over_the_emptiest_days_up_to_the_day_by_which_it_is_due() -> None:
    wishes = [Wish(1, 9, 1, DAYS[1]), Wish(2, 9, 1, DAYS[1]), Wish(3, 9, 1, DAYS[1]), Wish(4, 9, 1, FRIDAY)]
    assert told(wishes, {1: room(7)}) == ["Mon 07:00 7", "Tue 07:00 7", "Mon 07:10 7", "Wed 07:00 7"]
    late = [Wish(1, 9, 1, date(2026, 10, 16))]
    assert told(late, {1: room(7)}) == ["Mon 07:00 7"]


def test_away_is_respected_and_who_is_never_there_is_told() -> None:
    away = [Wish(1, 9, 1, FRIDAY, frozenset(DAYS[:3])), Wish(2, 9, 1, FRIDAY, frozenset(DAYS))]
    assert told(away, {1: room(7)}) == ["Thu 07:00 7", ""]


def test_what_is_planned_already_counts() -> None:
    at = datetime(2026, 11, 30, 7, tzinfo=ZONE)
    # Kiosk 7 is somebody else's at seven; the person has ten minutes on Tuesday.
    tuesday = at + timedelta(days=1)
    given = [(1, 1, tuesday)]
    one_day = {1: room(7, days=DAYS[:2])}
    assert told([Wish(1, 8, 1, FRIDAY)], one_day, taken=[(7, at)], given=given) == ["Mon 07:10 7"]
    # Of a team one is away from the line at a time, though another kiosk is free.
    two = [Wish(1, 8, 1, MONDAY), Wish(2, 8, 1, MONDAY)]
    assert told(two, {1: room(7, 8, days=DAYS[:1])}) == ["Mon 07:00 7", "Mon 07:10 7"]


def test_a_night_that_ends_on_the_next_day_gives_nobody_two_of_one_day() -> None:
    nights = room(7, hours=NIGHT)
    assert told([Wish(1, 8, 1, MONDAY), Wish(1, 9, 1, FRIDAY)], {1: nights}) == ["Mon 23:00 7", "Tue 23:00 7"]


def test_nothing_is_booked_twice_in_plants_of_any_kind() -> None:
    for seed in range(40):
        draw = Random(seed)
        rooms = {team: room(*draw.sample([7, 8, 9], draw.randint(0, 3))) for team in (1, 2)}
        team_of = {person: draw.choice([1, 2]) for person in range(draw.randint(1, 30))}
        wishes = [
            Wish(person, module, team, draw.choice(DAYS), frozenset(draw.sample(DAYS, draw.randint(0, 5))))
            for person, team in team_of.items()
            for module in range(draw.randint(0, 3))
        ]
        got = [(wish, one) for wish, one in spread(wishes, rooms, [], [], ZONE) if one]
        at_kiosk = [(one.terminal_id, one.starts_at) for _wish, one in got if one.terminal_id]
        of_team = [(wish.team_id, one.starts_at) for wish, one in got]
        of_person = [(wish.person_id, one.starts_at.date()) for wish, one in got]
        for those in (at_kiosk, of_team, of_person):
            assert len(set(those)) == len(those)
        assert not any(one.starts_at.date() in wish.away for wish, one in got)
        # Who got none had no day left on which they are there.
        for wish, one in spread(wishes, rooms, [], [], ZONE):
            mine = {day for person, day in of_person if person == wish.person_id}
            assert one or mine | wish.away >= set(DAYS)
