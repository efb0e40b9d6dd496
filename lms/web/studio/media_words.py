"""Words for the files of modules: what is refused, what long work is called."""

from flask_babel import lazy_gettext as _l

from lms.authoring.media.phones import PhoneLinkFull, PhoneLinkOver, TooManyPhoneLinks
from lms.authoring.media.tidying import FileInUse
from lms.catalogue.films import FilmTooLong, NoConverter, NotPlayable
from lms.catalogue.room import DiskKept, QuotaReached
from lms.kernel.objects import StoreAway
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
    refusals.add(PhoneLinkOver, 410, _l("This link is over. On the computer, show a new code and scan that."))
    refusals.add(
        PhoneLinkFull, 422, _l("%(limit)s photos came by this link, as many as may. Show a new code for more.")
    )
    refusals.add(TooManyPhoneLinks, 429, _l("Too many codes were made within an hour. Wait a while, then try again."))
    refusals.add(FileInUse, 409, _l("The draft or an edition uses %(name)s: it stays."))
    refusals.add(
        QuotaReached,
        507,
        _l(
            "The files of all modules take %(limit)s GB, as much as they may. Remove those that nothing uses (Modules, "
            "Files), or ask the administrator to raise LMS_MEDIA_GIGABYTES."
        ),
    )
    refusals.add(
        DiskKept,
        507,
        _l("The server's disk is nearly full: what is free is kept for records. Tell the administrator."),
    )
    refusals.add(StoreAway, 503, _l("The store of files does not answer (%(status)s). Tell the administrator."))
