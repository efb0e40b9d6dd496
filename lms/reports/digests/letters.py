"""The words of the e-mail: how many of what, and where the names are."""

from lms.kernel.branding import actions as branding
from lms.kernel.languages import gettext as _
from lms.kernel.languages import ngettext
from lms.kernel.mail import Letter
from lms.kernel.settings import setting
from lms.reports.leading import Leading


def letter(found: Leading, key: str, to: str, name: str) -> Letter:
    """Return the letter in the language that is spoken; it names nobody but its reader."""
    site = branding.current().name
    lines = [line for number, line in _lines(found) if number]
    address = f"{setting('ADDRESS').rstrip('/')}/teams/" if setting("ADDRESS") else ""
    where = _("The names are on your first page in %(site)s.", site=site)
    parts = [
        _("Hello %(name)s,", name=name),
        _("In your teams:"),
        "\n".join(f"- {line}" for line in lines),
        f"{where}\n{address}".strip(),
        _("You choose on that page how often you get this e-mail, or never."),
    ]
    waits = ngettext("%(num)s thing waits for you", "%(num)s things wait for you", len(lines))
    subject = _("%(site)s: %(said)s", site=site, said=waits)
    return Letter(key, to, subject, "\n\n".join(parts) + "\n")


def _lines(found: Leading) -> list[tuple[int, str]]:
    ready, due, expiring = len(found.not_ready), len(found.due), len(found.expiring)
    short, sign, calls = len(found.short), len(found.to_sign), len(found.help)
    return [
        (
            ready,
            ngettext(
                "%(num)s person is not ready for their post", "%(num)s people are not ready for their post", ready
            ),
        ),
        (due, ngettext("%(num)s module is late or due this week", "%(num)s modules are late or due this week", due)),
        (expiring, ngettext("%(num)s thing expires within 30 days", "%(num)s things expire within 30 days", expiring)),
        (short, ngettext("%(num)s post is short of people", "%(num)s posts are short of people", short)),
        (
            sign,
            ngettext("%(num)s sign-off waits for your signature", "%(num)s sign-offs wait for your signature", sign),
        ),
        (calls, ngettext("%(num)s call for help is open", "%(num)s calls for help are open", calls)),
    ]
