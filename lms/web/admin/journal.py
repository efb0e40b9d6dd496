"""The journal: who did what, when; read by administrators, and what concerns people by human resources."""

from datetime import datetime, time, timedelta

from flask import Response, render_template, request
from flask_babel import gettext as _

from lms.kernel.clock import today
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.reports import journal as journals
from lms.reports.journal import OF_PEOPLE, Part, Wanted
from lms.web.admin.forms import JournalWanted
from lms.web.admin.journal_words import PARTS, said_deed, said_detail
from lms.web.shared.files import table_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import can
from lms.web.shared.looking import looked_at, looks

PER_PAGE = 50
USUAL = timedelta(days=30)


@requires(Permission.READ_JOURNAL, Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def journal() -> str:
    """Show the entries that are asked for, the newest first."""
    form = JournalWanted(request.args).offer({part: PARTS[part] for part in _allowed()})
    wanted = _wanted(form)
    number = max(request.args.get("page", 1, int), 1)
    entries, more = journals.page(wanted, number, PER_PAGE)
    looked_at(entry.person_id for entry in entries if entry.person_id)
    return render_template(
        "admin/journal.html",
        form=form,
        entries=entries,
        number=number,
        more=more,
        parts=PARTS,
        said_deed=said_deed,
        said_detail=said_detail,
    )


@requires(Permission.READ_JOURNAL, Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def journal_file() -> Response:
    """Give the same entries as a file."""
    form = JournalWanted(request.args).offer({part: PARTS[part] for part in _allowed()})
    entries = journals.everything(_wanted(form))
    looked_at(entry.person_id for entry in entries if entry.person_id)
    header = [_("When"), _("Subject"), _("What"), _("By whom"), _("Concerning"), _("Detail")]
    rows = [
        [
            entry.at.astimezone(setting("TIMEZONE")).strftime("%Y-%m-%d %H:%M:%S"),
            str(PARTS[entry.part]),
            said_deed(entry.deed),
            entry.by or _("Server or command line"),
            entry.person or "",
            said_detail(entry),
        ]
        for entry in entries
    ]
    return table_file("csv", _("Journal"), today(), header, rows)


def _allowed() -> list[Part]:
    return [part for part in Part if can(Permission.READ_JOURNAL) or part in OF_PEOPLE]


def _wanted(form: JournalWanted) -> Wanted:
    form.validate()
    since = form.since.data or today() - USUAL
    until = form.until.data or today()
    form.since.data, form.until.data = since, until
    allowed = _allowed()
    chosen = [part for part in allowed if part.value == form.part.data]
    zone = setting("TIMEZONE")
    return Wanted(
        parts=chosen or allowed,
        since=datetime.combine(since, time(), zone),
        until=datetime.combine(until + timedelta(days=1), time(), zone),
        by_id=request.args.get("by", type=int),
        person_id=request.args.get("person", type=int),
    )
