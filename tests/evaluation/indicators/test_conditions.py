"""Kiosks, help, trainers and content: one example of each worked by hand."""

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest

from lms.authoring.models import Origin
from lms.authoring.queries import Deed, ModuleWork, Review
from lms.delivery.models import EndedBy, HelpCategory
from lms.delivery.queries import Help
from lms.delivery.rules import Visit
from lms.delivery.service import TerminalDay
from lms.evaluation.estimators import bootstrap
from lms.evaluation.facts import Facts, OpenMinutes
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.kept import Kept, ShiftHours
from lms.people.models import SignInOutcome
from lms.people.queries import KioskAttempt
from lms.skills.queries import Observed
from lms.skills.rules import Outcome as Seen
from tests.evaluation.indicators.small import at, facts, further, measured, on, outcome, row, successes

HOURS = (
    ShiftHours("morning", time(5), time(13)),
    ShiftHours("evening", time(13), time(21)),
    ShiftHours("night", time(21), time(5)),
)
HERE = Kept(zones=((1, 9), (2, 9)), shifts=HOURS)


def visit(person: int, minute: int, lasting: int | None = 5, by: EndedBy = EndedBy.BUTTON, terminal: int = 1) -> Visit:
    opened = at(1) + timedelta(minutes=minute)
    ended = None if lasting is None else opened + timedelta(minutes=lasting)
    return Visit(minute, person, terminal, opened, ended, by if ended else None)


def asked(
    person: int, minute: int, waited: int | None, kind: HelpCategory = HelpCategory.OTHER, module: int = 7
) -> Help:
    moment = at(1) + timedelta(minutes=minute)
    resolved = None if waited is None else moment + timedelta(minutes=waited)
    return Help(UUID(int=minute), person, 1, module, 1, None, kind, moment, resolved, None)


def test_interrupted_sessions() -> None:
    """Idle, expired and called away, of five that have ended; a stranger's and an open one do not count."""
    ends = (EndedBy.BUTTON, EndedBy.IDLE, EndedBy.CALLED_AWAY, EndedBy.EXPIRED, EndedBy.ANOTHER_BADGE)
    visits = tuple(visit(1, 10 * place, by=by) for place, by in enumerate(ends))
    found = facts([row(1)], {}, visits=(*visits, visit(99, 90, by=EndedBy.IDLE), visit(1, 95, None)))
    measure = measured("C6", found)
    assert (measure.numerator, measure.denominator, measure.gate_n, measure.n) == (3, 5, 5, 1)
    assert further("C6", found) == {"called_away": 1, "left_untouched": 2}


def test_utilisation_by_shift() -> None:
    """30 minutes of 480 in the morning, 12 of 240 at night: 42/720; a visit elsewhere does not count."""
    late = at(1, 22) - at(1)
    visits = (
        visit(1, 0, 10),
        visit(99, 30, 20),
        visit(1, late // timedelta(minutes=1), 12),
        visit(1, 60, 60, terminal=5),
    )
    minutes = (OpenMinutes(on(1), "morning", 480), OpenMinutes(on(1), "night", 240))
    found = facts([row(1)], {}, visits=visits, open_minutes=minutes, kept=HERE)
    measure = measured("K1", found)
    assert (measure.numerator, measure.denominator, measure.gate_n) == (42, 720, 1)
    assert {case.shift: case.value for case in INDICATORS["K1"].cases(found)} == {"morning": 30, "night": 12}
    assert further("K1", found)["busiest_shift"] == pytest.approx(30 / 480)


def test_contention() -> None:
    """Person 3 cuts person 1 short while the only other kiosk is busy; person 4 does so when it is free."""
    visits = (
        visit(1, 0, 10, EndedBy.ANOTHER_BADGE), visit(2, 5, 20, terminal=2), visit(3, 11, 30, EndedBy.ANOTHER_BADGE),
        visit(4, 42, 5),
    )  # fmt: skip
    measure = measured("K2", facts([row(1)], {}, visits=visits, kept=HERE))
    assert (measure.numerator, measure.denominator) == (1, 4)


def test_connection_failures() -> None:
    """7 in 10 hundreds of sessions: 0.70, 0.2814 to 1.4423 (Garwood, section 3.9), kiosks being alike."""
    visits = tuple(visit(person % 30, person, terminal=1) for person in range(1000))
    tries = (
        *(KioskAttempt(1, at(2), SignInOutcome.WRONG_SECRET) for _ in range(3)),
        *(KioskAttempt(1, at(2), SignInOutcome.ACCEPTED) for _ in range(50)),
        KioskAttempt(1, at(2), SignInOutcome.UNKNOWN),
    )
    service = (TerminalDay(1, 9, on(1), 600, 600, 2), TerminalDay(1, 9, on(2), 600, 600, 1))
    found = facts([row(1)], {}, visits=visits, tries=tries, service=service, kept=HERE)
    measure = measured("K3", found)
    assert (measure.estimate, measure.gate_n) == (pytest.approx(0.7), 1000)
    assert (measure.interval.low, measure.interval.high) == pytest.approx((0.2814, 1.4423), abs=1e-4)
    assert further("K3", found) == {"wrong_pins": 0.3, "other_sign_in_failures": 0.1, "slow_requests": 0.3}


def test_availability(monkeypatch) -> None:  # noqa: ANN001
    """Down for 60 of 600 minutes on one day in fourteen: 8,340/8,400; days are drawn, not minutes."""
    monkeypatch.setattr(bootstrap, "RESAMPLES", 999)
    days = tuple(TerminalDay(1, 9, on(day), 600, 540 if day == 3 else 600, 0) for day in range(14))
    measure = measured("K5", facts([row(1)], {}, service=days, kept=HERE))
    assert (measure.estimate, measure.gate_n) == (pytest.approx(8340 / 8400), 14)
    assert measure.interval.low < 0.985
    assert measure.interval.high == pytest.approx(1.0, abs=1e-9)


def test_help_requests() -> None:
    """3 in 150 sessions: 2 for each hundred; the stranger's request does not count."""
    visits = tuple(visit(1 + place % 2, place) for place in range(150))
    asks = (asked(1, 1, 5), asked(1, 2, 5, HelpCategory.KIOSK), asked(2, 3, None), asked(99, 4, 5))
    found = facts([row(1), row(2, "b")], {}, visits=visits, help_requests=asks)
    measure = measured("H1", found)
    assert (measure.estimate, measure.gate_n, measure.n) == (pytest.approx(2.0), 150, 2)
    assert further("H1", found)["help_kiosk"] == pytest.approx(1 / 1.5)


def test_time_to_help() -> None:
    """Answered after 4, 8 and 12 minutes, one never: the curve rests on one half from 8 to 12."""
    asks = (asked(1, 1, 4), asked(1, 2, 8), asked(2, 3, 12), asked(2, 4, None))
    measure = measured("H2", facts([row(1), row(2)], {}, help_requests=asks))
    assert (measure.estimate, measure.gate_n) == (10, 4)


def work(code: str, minutes: int | None = 300, reviewed: int | None = None, origin: Origin | None = None) -> ModuleWork:
    reviews = () if reviewed is None else (Review(500, at(reviewed), 1, ""),)
    return ModuleWork(int(code[1:]), code, (Deed(501, at(-400)),), reviews, minutes, 5, origin)


def of_works(*works: ModuleWork, **more: object) -> Facts:
    return facts([row(1)], {}, works=works, **more)


def test_authoring_effort() -> None:
    """5 and 10 hours for 5 minutes each: 1.5 hours a minute; nobody declared the third."""
    found = of_works(work("m1"), work("m2", 600), work("m3", None))
    assert (measured("F1", found).estimate, measured("F1", found).gate_n) == (1.5, 2)
    assert further("F1", found) == {"undeclared": 1}


def test_freshness_needs_a_signature_of_the_last_year() -> None:
    """The cut-off is day 90: day -274 is within the year, day -275 is not; publishing is no review."""
    measure = measured("F2", of_works(work("m1", reviewed=-274), work("m2", reviewed=-275), work("m3")))
    assert (measure.numerator, measure.denominator) == (1, 3)


def test_freshness_asks_a_module_no_more_than_its_own_shorter_time() -> None:
    """Six months, reviewed on 1 December and on 30 November: on 31 May the second should have been looked at again."""
    works = [replace(work(f"m{place}", reviewed=day), review_months=6) for place, day in ((1, -91), (2, -92))]
    longer = replace(work("m3", reviewed=-275), review_months=24)
    assert list(successes("F2", of_works(*works, longer)).values()) == [True, False, False]


def test_content_defects() -> None:
    """2 reports in 200 completions; help of another kind or in another module does not count."""
    rows = [row(person) for person in range(200)]
    asks = (
        asked(1, 1, 120, HelpCategory.CONTENT, 1), asked(2, 2, None, HelpCategory.CONTENT, 1),
        asked(3, 3, 5, HelpCategory.KIOSK, 1), asked(4, 4, 5, HelpCategory.CONTENT, 2),
    )  # fmt: skip
    outcomes = {(person, "m1"): outcome(0, 1) for person in range(200)}
    found = facts(rows, outcomes, help_requests=asks, works=(work("m1"), work("m2")))
    assert (measured("F3", found).estimate, measured("F3", found).gate_n) == (pytest.approx(1.0), 200)
    assert further("F3", found)["hours_to_fix"] >= 2


def test_own_production_leaves_out_what_nobody_said() -> None:
    measure = measured(
        "F4", of_works(work("m1", origin=Origin.INTERNAL), work("m2", origin=Origin.EXTERNAL), work("m3"))
    )
    assert (measure.numerator, measure.denominator) == (1, 2)


def test_trainer_adoption() -> None:
    """One published, one reviewed, one signed off, one did nothing."""
    seen = (Observed(1, "t", on(3), Seen.NOT_YET, 502, 1),)
    found = of_works(work("m1", reviewed=1), sign_offs=seen, kept=Kept(trainers=(500, 501, 502, 503)))
    assert successes("A4", found) == {500: True, 501: True, 502: True, 503: False}
    assert measured("A4", found).interval.low == measured("A4", found).interval.high == 0.75
