"""Words for the files of modules: what is refused, what long work is called."""

from flask_babel import lazy_gettext as _l

from lms.catalogue.films import FilmTooLong, NoConverter, NotPlayable
from lms.web.shared import refusals
from lms.web.studio import media


def add_words() -> None:
    """Word the refusals of files, and name long work on them."""
    media.add_places()
    refusals.add(NotPlayable, 422, _l("The video or sound cannot be read: it is damaged or of an unusual kind."))
    refusals.add(
        FilmTooLong, 422, _l("It lasts %(minutes)s minutes; a kiosk plays %(limit)s at most. Cut it into parts.")
    )
    refusals.add(
        NoConverter,
        503,
        _l("Videos and sounds cannot be made playable here: ffmpeg is not installed. Tell the administrator."),
    )
