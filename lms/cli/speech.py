"""`flask speech`: what kiosks may read aloud, made beforehand."""

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.catalogue.queries import newest_editions
from lms.cli import frame
from lms.kernel import speech as kernel
from lms.kernel.clock import now
from lms.kernel.speech import Speech
from lms.people import notices
from lms.surveys import reading_aloud


@click.command("speech")
@frame.json_option
@with_appcontext
@frame.changes
def speech(as_json: bool) -> None:
    """Read aloud what is missing: the notice in force, waves announced and not closed, each module's newest edition.

    What is announced or published on a page is read then. This is for what came another way
    or before the server could speak, and says why it cannot.
    """
    trouble = kernel.trouble()
    if trouble:
        raise frame.Refused(_("Nothing can be read aloud here: %(reason)s", reason=trouble))
    made = kernel.prepare([*_announced(), *_published()])
    frame.answer({"made": made}, as_json, [ngettext("%(num)s text read aloud.", "%(num)s texts read aloud.", made)])


def read_announced() -> int:
    """Read what is missing of the notice and the waves; return how many texts. Raises CannotSpeak."""
    return kernel.prepare(_announced())


def _announced() -> list[Speech]:
    notice = notices.newest()
    told = [notices.spoken(notice, language) for language in notice.words] if notice else []
    return [*told, *reading_aloud.at_work(now())]


def _published() -> list[Speech]:
    return [one for edition in newest_editions() for one in edition.every_speech()]
