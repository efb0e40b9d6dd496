"""Sessions: who is invited, who attended; corrections are further entries, lists take nothing away."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from lms.classroom import actions, importing, queries, rules
from lms.classroom.models import Attendance
from lms.classroom.rules import HalfDay, Part
from lms.kernel.database import db
from lms.kernel.sheets import ListChanged
from tests.people.making import NOW, TODAY
from tests.proof.hall import YESTERDAY, Hall

LIST = "Matricule;Date;Demi-journée;Présent;Minutes;Signé;Remarque\n"


def take(text: str) -> importing.Preview:
    shown = importing.preview("SST-1", (LIST + text).encode(), NOW)
    importing.apply("SST-1", shown, "list.csv", None, NOW)
    return shown


def test_what_counts_is_the_last_entry(session: object) -> None:
    hall = Hall()
    assert hall.mark(hall.morning.id, hall.amina, 210) == 1
    assert hall.mark(hall.morning.id, hall.amina, 210) == 0
    with pytest.raises(rules.ReasonMissing):
        hall.mark(hall.morning.id, hall.amina, 60)
    hall.mark(hall.morning.id, hall.amina, 60, "Left at ten")
    (one,) = queries.attended(TODAY)
    assert (one.person_id, one.session_code, one.module_id, one.minutes) == (hall.amina, "SST-1", hall.module_id, 60)
    assert [entry.minutes for entry in queries.entries(queries.session("SST-1").id)] == [60, 210]
    assert queries.attended(YESTERDAY - timedelta(days=1)) == []
    assert queries.attended(person_ids=[hall.bruno]) == []
    hall.mark(hall.morning.id, hall.amina, 0, "It was somebody else")
    assert queries.attended() == []


def test_the_database_refuses_to_change_an_entry(session: object) -> None:
    hall = Hall()
    hall.mark(hall.morning.id, hall.amina, 210)
    with pytest.raises(DatabaseError):
        db.session.query(Attendance).update({"minutes": 1})


def test_places_are_kept_for_those_invited_not_against_those_who_came(session: object) -> None:
    hall = Hall()
    actions.invite("SST-1", [hall.amina, hall.bruno], None, NOW)
    with pytest.raises(rules.SessionFull):
        actions.change_session("SST-1", _entry(capacity=1))
    actions.uninvite("SST-1", hall.bruno)
    assert queries.invited(queries.session("SST-1").id) == [hall.amina]
    hall.mark(hall.morning.id, hall.bruno, 210)
    with pytest.raises(rules.AttendanceRecorded):
        actions.uninvite("SST-1", hall.bruno)
    with pytest.raises(rules.HalfDayAttended):
        actions.change_session("SST-1", _entry())
    with pytest.raises(rules.HalfDayAttended):
        actions.cancel_session("SST-1", "Ill", NOW)


def test_a_cancelled_session_takes_nobody(session: object) -> None:
    hall = Hall()
    with pytest.raises(rules.ReasonMissing):
        actions.cancel_session("SST-1", " ", NOW)
    actions.cancel_session("SST-1", "The trainer is ill", NOW)
    with pytest.raises(rules.SessionCancelled):
        actions.invite("SST-1", [hall.amina], None, NOW)


def test_nobody_attends_what_is_to_come_or_was_before_their_hiring(session: object) -> None:
    hall = Hall()
    early = HalfDay(TODAY - timedelta(days=30), Part.MORNING, 200)
    later = HalfDay(TODAY + timedelta(days=1), Part.MORNING, 200)
    made = actions.plan_session("S-2", _entry(half_days=[early, later]), None, NOW)
    with pytest.raises(rules.NotHiredYet) as refused:
        actions.invite("S-2", [hall.bruno], None, NOW)
    assert refused.value.facts["name"] == "Bruno Roy"
    seen = rules.Attended(True, 200, True)
    for half_day, refusal in zip(made.half_days, (rules.NotHiredYet, rules.HeldInFuture), strict=True):
        with pytest.raises(refusal):
            actions.take_attendance("S-2", [actions.Mark(half_day.id, hall.bruno, seen)], "", None, NOW)


def test_a_list_is_taken_over_once(session: object) -> None:
    hall = Hall()
    lines = f"A;{YESTERDAY};matin;oui;;oui;\nA;{YESTERDAY};après-midi;non;;;Malade\n"
    assert len(take(lines).steps) == 2
    assert (queries.attended()[0].minutes, queries.attended()[0].signed) == (210, True)
    again = take(lines)
    assert (again.steps, again.unchanged, again.refused) == ((), 2, 0)
    corrected = take(f"A;{YESTERDAY};matin;oui;100;oui;Partie tôt\n")
    assert corrected.steps[0].corrects
    assert queries.attended()[0].minutes == 100
    assert hall.amina in queries.invited(queries.session("SST-1").id)


WRONG = (
    (f"X;{YESTERDAY};matin;oui;;;", "Matricule"),
    ("A;soon;matin;oui;;;", "Date"),
    ("A;2020-01-01;matin;oui;;;", "Date"),
    (f"A;{YESTERDAY};nuit;oui;;;", "Demi-journée"),
    (f"A;{YESTERDAY};;oui;;;", "Demi-journée"),
    (f"A;{YESTERDAY};matin;perhaps;;;", "Présent"),
    (f"A;{YESTERDAY};matin;oui;=1+1;;", "Minutes"),
    (f"A;{YESTERDAY};matin;oui;999;;", "Minutes"),
)


def test_a_line_that_is_wrong_says_where(session: object) -> None:
    Hall()
    shown = importing.preview("SST-1", (LIST + "\n".join(line for line, _column in WRONG)).encode(), NOW)
    assert [fault.column for fault in shown.faults] == [column for _line, column in WRONG]
    assert shown.steps == ()


def test_a_preview_is_applied_as_it_was_shown(session: object) -> None:
    hall = Hall()
    text = (LIST + f"A;{YESTERDAY};matin;oui;;;\n").encode()
    before = importing.preview("SST-1", text, NOW).fingerprint
    hall.mark(hall.morning.id, hall.amina, 210)
    with pytest.raises(ListChanged):
        importing.preview("SST-1", text, NOW).check_unchanged(before)


def test_a_code_is_one_of_a_kind(session: object) -> None:
    Hall()
    for code, refusal in (("SST-1", rules.SessionCodeTaken), ("a b", rules.SessionCodeMalformed)):
        with pytest.raises(refusal):
            actions.plan_session(code, _entry(), None, NOW)


def _entry(**said: object) -> actions.SessionEntry:
    told = {"half_days": [HalfDay(TODAY, Part.MORNING, 200)], **said}
    return actions.SessionEntry("First aid", "Paul", **told)
