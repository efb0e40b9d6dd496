"""`flask speech`: what kiosks may read aloud, made beforehand."""

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel import speech as kernel
from lms.kernel.clock import now
from lms.people import notices
from lms.surveys import reading_aloud


@click.command("speech")
@frame.json_option
@with_appcontext
@frame.changes
def speech(as_json: bool) -> None:
    """Read aloud what is missing: the notice in force, and waves that are announced and not closed.

    What is announced on a page is read then. This is for what was announced before the
    server could speak, and says why it cannot.
    """
    trouble = kernel.trouble()
    if trouble:
        raise frame.Refused(_("Nothing can be read aloud here: %(reason)s", reason=trouble))
    made = read_aloud()
    frame.answer({"made": made}, as_json, [_("%(number)s texts read aloud.", number=made)])


def read_aloud() -> int:
    """Make what is missing; return how many. Raises CannotSpeak."""
    notice = notices.newest()
    told = [notices.spoken(notice, language) for language in notice.words] if notice else []
    return kernel.prepare([*told, *reading_aloud.at_work(now())])
