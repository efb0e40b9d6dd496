"""Words for states and bases, and for what is refused about sessions, habilitations and papers."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.catalogue import scans
from lms.classroom import rules as rooms
from lms.classroom.rules import Part
from lms.kernel import enclosures, pacing
from lms.kernel.jobs.models import Job
from lms.people.permissions import Permission
from lms.progress.holding import Hold
from lms.proof import papers, rules
from lms.proof.papers import Paper
from lms.proof.rules import Act, Basis, State
from lms.reports import proof_files, proof_jobs, proof_words
from lms.web.shared import jobs, refusals


def _in_words(said: Callable[[], Mapping[Any, str]], key: Enum) -> LazyString:
    """Return what something is called, in the language of whoever reads it."""
    return LazyString(lambda: said()[key])


STATES = {state: _in_words(proof_words.states, state) for state in State}
BADGES = {
    State.VALID: "success",
    State.TO_RENEW: "warning",
    State.EXPIRED: "danger",
    State.SUSPENDED: "danger",
    State.WITHDRAWN: "neutral",
    State.TO_COME: "info",
}
BASES = {basis: _in_words(proof_words.bases, basis) for basis in Basis}
ACTS = {
    Act.SUSPENDED: _l("Suspend"),
    Act.RESUMED: _l("Let it count again"),
    Act.WITHDRAWN: _l("Withdraw"),
}
ACTS_DONE = {
    Act.SUSPENDED: _l("Suspended"),
    Act.RESUMED: _l("Counts again"),
    Act.WITHDRAWN: _l("Withdrawn"),
}
PARTS = {Part.MORNING: _l("morning"), Part.AFTERNOON: _l("afternoon"), Part.NIGHT: _l("night")}
PAPERS = {paper: _in_words(proof_words.papers, paper) for paper in Paper}

HOLDS = {
    Hold.NONE: _l("Begun, not completed"),
    Hold.HELD: _l("Completed and good"),
    Hold.TO_ACKNOWLEDGE: _l("Held; what has changed is to be acknowledged"),
    Hold.TO_RENEW: _l("Held for a few more days: to be taken again"),
    Hold.LAPSED: _l("Held no longer: its time has run out"),
    Hold.OVERTAKEN: _l("Held no longer: a later edition asks for training anew"),
}


def add_words() -> None:
    """Word the refusals about sessions, habilitations and papers."""
    for refusal, message in _WORDS.items():
        refusals.add(refusal, 422, message)
    refusals.add(
        proof_files.TooManyProofs,
        422,
        _l("%(found)s proofs: one file holds %(limit)s at most. Choose fewer days; the list as CSV has them all."),
    )
    refusals.add(pacing.TooOften, 429, _l("Too many questions within a minute. Wait a little, then try again."))
    jobs.add(
        proof_jobs.ARCHIVE.name, jobs.Place(_l("The proofs are put together"), Permission.KEEP_PROOF, _made, _asked)
    )
    refusals.add(papers.VoidedAlready, 409, _l("This document is withdrawn already."))


def _made(job: Job) -> str:
    return url_for("proof.made", job_id=job.id)


def _asked(job: Job) -> str:
    told = job.arguments
    if "person" not in told:
        return url_for("proof.visit", subject=told["subject"], first_day=told["first_day"], last_day=told["last_day"])
    return url_for("proof.person", person_id=told["person"]) if told["by_hr"] else url_for("proof.mine")


_WORDS = {
    rooms.SessionCodeTaken: _l("The code %(code)s is in use already. Choose another."),
    rooms.SessionCodeMalformed: _l("A code of a session is made of up to 40 letters, digits and hyphens."),
    rooms.NoHalfDay: _l("Give at least one half-day: its date and its minutes."),
    rooms.HalfDayTwice: _l("The same half-day is given twice. Keep one of them."),
    rooms.HalfDayTooLong: _l("A half-day lasts from 1 to %(most)s minutes. Split what is longer."),
    rooms.HalfDayAttended: _l("Attendance of %(held_on)s is recorded: that half-day stays as it is."),
    rooms.SessionFull: _l(
        "The session has %(capacity)s places: %(over)s too many. Add places or plan another session."
    ),
    rooms.SessionCancelled: _l("This session was cancelled. Plan another."),
    rooms.ReasonMissing: _l("Give the reason."),
    rooms.NotHiredYet: _l(
        "%(name)s was hired on %(hired_on)s, after that day. Correct the day, or the date of hiring."
    ),
    rooms.LeftBefore: _l("%(name)s left on %(left_on)s, before that day. Correct the day, or the date of leaving."),
    rooms.HeldInFuture: _l("The half-day of %(held_on)s is still to come."),
    rooms.TooManyMinutes: _l(
        "Whoever was there attended from 1 to %(planned)s minutes; whoever was absent attended none."
    ),
    rooms.AttendanceRecorded: _l("There is an entry of attendance about this person: they stay on the list."),
    rooms.SheetKept: _l("A signed sheet is kept of it. Withdraw the sheet first if it was kept by mistake."),
    rooms.SheetKeptAlready: _l("This sheet is kept for this session already."),
    rooms.SheetWithdrawnAlready: _l("This sheet is withdrawn already."),
    enclosures.PaperOfAnotherKind: _l("This is no PDF and no photo (PNG, JPEG, HEIC). Choose another file."),
    enclosures.PaperTooLarge: _l("A scanned paper has at most %(limit)s megabytes. Scan it in less detail."),
    scans.PaperEmpty: _l("The file is empty. Scan the paper again."),
    scans.PaperTooDetailed: _l("The photo has more than %(limit)s million pixels. Take it in a lower resolution."),
    scans.PaperLocked: _l("The PDF asks for a password. Save it without one, then choose it again."),
    scans.PaperDamaged: _l("The file is damaged: it cannot be opened whole. Scan the paper again."),
    rules.KindCodeTaken: _l("The code %(code)s is in use already. Choose another."),
    rules.KindCodeMalformed: _l("A code of a habilitation is made of up to 40 letters, digits and hyphens."),
    rules.RenewalImpossible: _l(
        "The renewal must open later than it began, and a fixed month needs a validity of 12 months or more."
    ),
    rules.NothingRenews: _l("Say what it rests on: a module, a session or a certificate from outside."),
    rules.ObtainedInFuture: _l("This day is still to come."),
    rules.ObtainedBeforeHiring: _l(
        "The person was hired on %(hired_on)s: only a certificate from outside may be older. Correct the day."
    ),
    rules.GivenAfterLeaving: _l("The person left on %(left_on)s, before that day."),
    rules.Overlapping: _l(
        "The person holds this habilitation for some of these days already (from %(begins)s to %(until)s). "
        "Withdraw that one with its reason, or give other days."
    ),
    rules.RenewedTooEarly: _l(
        "The one in force ends on %(until)s and may be renewed from %(opens_on)s on. "
        "To replace it sooner, withdraw it with its reason."
    ),
    rules.LongerThanAllowed: _l("This kind is valid until %(latest)s at the latest."),
    rules.EndsBeforeItBegins: _l("It would end before it begins, on %(begins)s."),
    rules.BasisNotAccepted: _l("This kind of habilitation does not rest on that. Choose another basis."),
    rules.ModuleNotCompleted: _l("The person did not hold the module that day. Let them complete it first."),
    rules.SessionNotAttended: _l(
        "The person has not attended every half-day of session %(code)s by that day. Enter the attendance first."
    ),
    rules.PaperMissing: _l("A certificate from outside needs the name of its issuer and its file."),
    rules.ActWithoutReason: _l("Give the reason."),
    rules.ActImpossible: _l("This cannot be done from that day: look at how it stands, and at the day."),
    papers.NothingToCertify: _l("The person does not hold this module today: there is nothing to certify."),
    papers.NothingAttended: _l("Nothing of this training is recorded for this person in these days."),
    papers.VoidWithoutReason: _l("Give the reason."),
}
