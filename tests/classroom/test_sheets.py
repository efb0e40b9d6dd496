"""Signed sheets: several of a session, none silently replaced; the scan goes when it proves nothing any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from lms.catalogue.scans import Scan
from lms.classroom import actions, queries, rules, sheets
from lms.classroom.models import SignedSheet
from lms.kernel.database import db
from lms.kernel.enclosures import Enclosure, forget_unnamed
from lms.kernel.refusals import NotFound
from lms.people import actions as people
from lms.privacy import actions as privacy
from lms.privacy import retention
from lms.privacy.files import everything
from tests.people.making import NOW, TODAY
from tests.proof.hall import PDF, YESTERDAY, Hall

SCAN, ANOTHER = Scan(PDF, 1), Scan(PDF + b"\n", 2)
LATER = NOW + timedelta(days=366 * 6)


def lacking() -> list[str]:
    session = queries.session("SST-1")
    return [one.part.value for one in sheets.lacking(session.half_days, sheets.of_sessions([session.id]))]


def test_a_sheet_is_of_a_half_day_or_of_the_whole_session(session: object) -> None:
    hall = Hall()
    assert lacking() == ["morning", "afternoon"]
    sheets.keep("SST-1", hall.morning.id, [SCAN], hall.amina, NOW)
    assert lacking() == ["afternoon"]
    sheets.keep("SST-1", None, [ANOTHER], hall.amina, NOW)
    assert lacking() == []
    first, second = sheets.of_session(hall.morning.session_id)
    assert first.name == f"SST-1-{YESTERDAY}-morning-{first.row.sha256[:8]}.pdf"
    assert (second.name, second.row.pages) == (f"SST-1-{second.row.sha256[:8]}.pdf", 2)


def test_one_kept_by_mistake_is_withdrawn_and_stays_in_the_history(session: object) -> None:
    hall = Hall()
    sheets.keep("SST-1", None, [SCAN], None, NOW)
    with pytest.raises(rules.SheetKeptAlready):
        sheets.keep("SST-1", None, [ANOTHER, SCAN], None, NOW)
    (kept,) = sheets.of_session(hall.morning.session_id)
    with pytest.raises(rules.ReasonMissing):
        sheets.withdraw("SST-1", kept.row.id, " ", None, NOW)
    sheets.withdraw("SST-1", kept.row.id, "Of another session", hall.bruno, NOW)
    with pytest.raises(rules.SheetWithdrawnAlready):
        sheets.withdraw("SST-1", kept.row.id, "Again", None, NOW)
    with pytest.raises(NotFound):
        sheets.withdraw("SST-1", kept.row.id + 1, "Nothing", None, NOW)
    assert lacking() == ["morning", "afternoon"]
    sheets.keep("SST-1", None, [SCAN], None, NOW)
    withdrawn, again = sheets.of_session(hall.morning.session_id)
    assert (withdrawn.withdrawal.reason, withdrawn.counts, again.counts) == ("Of another session", False, True)
    with pytest.raises(DatabaseError):
        db.session.query(SignedSheet).delete()


def test_what_a_sheet_proves_stays(session: object) -> None:
    hall = Hall()
    sheets.keep("SST-1", hall.morning.id, [SCAN], None, NOW)
    with pytest.raises(rules.SheetKept):
        actions.cancel_session("SST-1", "Ill", NOW)
    afternoon = [rules.HalfDay(YESTERDAY, rules.Part.AFTERNOON, 180)]
    with pytest.raises(rules.SheetKept):
        actions.change_session("SST-1", actions.SessionEntry("First aid", "Paul", afternoon))


def test_nothing_is_signed_before_it_is_held(session: object) -> None:
    Hall()
    later = [rules.HalfDay(TODAY + timedelta(days=1), rules.Part.MORNING, 200)]
    actions.plan_session("S-2", actions.SessionEntry("First aid", "Paul", later), None, NOW)
    with pytest.raises(rules.HeldInFuture):
        sheets.keep("S-2", None, [SCAN], None, NOW)


def test_a_scan_goes_once_nobody_on_the_list_has_a_name_and_its_fingerprint_stays(session: object) -> None:
    hall = Hall()
    actions.invite("SST-1", [hall.amina, hall.bruno], None, NOW)
    sheets.keep("SST-1", None, [SCAN], None, NOW)
    (told,) = everything(hall.amina)["signed_sheets"]
    assert (told["session"], told["there"]) == ("First aid (SST-1)", True)
    for person_id in (hall.amina, hall.bruno):
        assert _over(LATER) == 0
        people.leave(person_id, YESTERDAY, None, NOW, TODAY)
        privacy.erase(person_id, now=NOW)
    assert (_over(NOW), _over(LATER)) == (0, 1)
    assert retention.purge("", LATER, by=None, now=LATER).counts["classroom_sheets.paper"] == 1
    row = db.session.scalars(select(SignedSheet)).one()
    assert (row.paper, len(row.sha256), _over(LATER)) == (None, 64, 0)
    assert forget_unnamed() == 1
    assert db.session.scalars(select(Enclosure)).all() == []


def test_a_scan_that_was_withdrawn_goes_in_its_time_whoever_is_still_here(session: object) -> None:
    hall = Hall()
    actions.invite("SST-1", [hall.amina], None, NOW)
    sheets.keep("SST-1", None, [SCAN], None, NOW)
    sheets.withdraw("SST-1", 1, "A private letter", None, NOW)
    assert (_over(NOW), _over(LATER)) == (0, 1)


def _over(now: object) -> int:
    return sum(one.rows for one in retention.preview(now) if one.table == "classroom_sheets")
