"""`flask doctor`: is this server fit for a shift? Its settings, database, disk, voice, clock and certificate."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.cli import frame
from lms.cli.tls import FOLDER
from lms.delivery import queries
from lms.kernel import certificates, health, settings, speech
from lms.kernel.certificates import AuthorityMissing
from lms.kernel.clock import now
from lms.kernel.health import Found, State
from lms.kernel.release import VERSION

CLOCKS_AGREE = timedelta(minutes=5)
RENEW_WITHIN = timedelta(days=30)
SIGNS = {State.FINE: "✓", State.DOUBTFUL: "!", State.FAILED: "✗"}


@click.command("doctor")
@frame.json_option
@with_appcontext
@frame.reads
def doctor(as_json: bool) -> int:
    """Look at everything the server needs; exit status 1 when something fails.

    What is doubtful (!) works, and deserves a look; what fails (✗) keeps people from working.
    """
    found = [look() for look in LOOKS]
    document = {
        "version": VERSION,
        "fit": all(one.state is not State.FAILED for one in found),
        "settings": {f"LMS_{setting.name}": _shown(setting) for setting in settings.SETTINGS},
        "findings": [{"subject": one.subject, "state": one.state, "said": _said(one), **one.facts} for one in found],
    }
    frame.answer(document, as_json, [*_settings_in_lines(), "", *(f"{SIGNS[one.state]} {_said(one)}" for one in found)])
    return 0 if document["fit"] else 1


def _settings_in_lines() -> list[str]:
    return [f"LMS_{setting.name} = {_shown(setting)}\n    {setting.sentence}" for setting in settings.SETTINGS]


def _shown(setting: settings.Setting) -> str:
    said = settings.visible(setting, current_app.config[setting.name])
    return _("(hidden)") if said is None else said


def _speech() -> Found:
    trouble = speech.trouble()
    return Found("speech", State.DOUBTFUL if trouble else State.FINE, {"reason": trouble or ""})


def _clock() -> Found:
    """Compare with the last that was heard of a kiosk: a server whose clock went back knows the future."""
    last = max((terminal.seen_at for terminal in queries.every_terminal() if terminal.seen_at), default=None)
    back = last is not None and last - now() > CLOCKS_AGREE
    zone = current_app.config["TIMEZONE"]
    facts = {"now": f"{now().astimezone(zone):%Y-%m-%d %H:%M}", "zone": zone.key}
    return Found("clock", State.FAILED if back else State.FINE, facts)


def _hosts() -> Found:
    hosts = current_app.config["TRUSTED_HOSTS"] or []
    return Found("hosts", State.FINE if hosts else State.DOUBTFUL, {"hosts": ", ".join(hosts)})


def _https() -> Found:
    """HTTPS is told by the cookies, and how long its certificate lasts by the folder where it is made."""
    if not current_app.config["SECURE_COOKIES"]:
        return Found("https", State.DOUBTFUL, {"days": ""})
    try:
        made = certificates.read(Path(current_app.config["INSTANCE_DIR"]) / FOLDER)
    except AuthorityMissing:
        return Found("https", State.FINE, {"days": ""})
    left = made.server_until - now()
    return Found("certificate", State.FINE if left > RENEW_WITHIN else State.DOUBTFUL, {"days": left.days})


def _proxy() -> Found:
    """HTTPS comes from a proxy: unless its word is taken, all desks seem to be the proxy."""
    proxy = current_app.config["TRUSTED_PROXY"]
    forgotten = current_app.config["SECURE_COOKIES"] and not proxy
    return Found("proxy", State.DOUBTFUL if forgotten else State.FINE, {"proxy": proxy or "–"})


def _development() -> Found:
    shown = current_app.config["DEVELOPMENT"]
    return Found("development", State.DOUBTFUL if shown else State.FINE, {})


LOOKS: tuple[Callable[[], Found], ...] = (
    health.database,
    health.schema,
    health.storage,
    health.free_space,
    health.disk_speed,
    _speech,
    _clock,
    _hosts,
    _https,
    _proxy,
    _development,
)

SENTENCES = {
    ("database", State.FINE): _l("The database (%(kind)s) answers."),
    ("database", State.FAILED): _l("The database (%(kind)s) cannot be used: %(reason)s"),
    ("schema", State.FINE): _l("The database has every migration (%(newest)s)."),
    ("schema", State.FAILED): _l(
        "The database stands at migration %(applied)s, this version needs %(newest)s: run setup."
    ),
    ("storage", State.FINE): _l("Files can be written in %(folder)s (%(kind)s)."),
    ("storage", State.FAILED): _l(
        "Files cannot be kept safely in %(folder)s: it is not writable, or on another machine’s disk."
    ),
    ("free_space", State.FINE): _l("%(gigabytes)s GB are free (%(percent)s %%)."),
    ("free_space", State.DOUBTFUL): _l("Only %(gigabytes)s GB are free (%(percent)s %%): make room."),
    ("disk_speed", State.FINE): _l(
        "The disk confirms %(syncs)s writes a second, one in %(milliseconds)s ms: 500 kiosks need 50."
    ),
    ("disk_speed", State.DOUBTFUL): _l(
        "The disk confirms only %(syncs)s writes a second, one in %(milliseconds)s ms: at shift change people will"
        " wait. Take a solid-state disk with power-loss protection."
    ),
    ("speech", State.FINE): _l("The server can read aloud."),
    ("speech", State.DOUBTFUL): _l("Nothing can be read aloud here: %(reason)s"),
    ("clock", State.FINE): _l("It is %(now)s (%(zone)s): compare with your watch."),
    ("clock", State.FAILED): _l("The clock says %(now)s (%(zone)s), but kiosks were heard of later: set the clock."),
    ("hosts", State.FINE): _l("The site answers to %(hosts)s."),
    ("hosts", State.DOUBTFUL): _l("The site answers to any name: set LMS_TRUSTED_HOSTS."),
    ("https", State.FINE): _l("Cookies travel over HTTPS only."),
    ("https", State.DOUBTFUL): _l(
        "Cookies travel over plain HTTP too: see docs/https.md, then set LMS_SECURE_COOKIES."
    ),
    ("certificate", State.FINE): _l("The server’s certificate lasts %(days)s days more."),
    ("certificate", State.DOUBTFUL): _l("The server’s certificate lasts %(days)s days more: renew it."),
    ("proxy", State.FINE): _l("Proxy whose word on the caller is taken: %(proxy)s."),
    ("proxy", State.DOUBTFUL): _l(
        "No proxy’s word on the caller is taken, so all desks may seem to be one: set LMS_TRUSTED_PROXY."
    ),
    ("development", State.FINE): _l("The page of components is not shown."),
    ("development", State.DOUBTFUL): _l("The page of components is shown: unset LMS_DEVELOPMENT in a plant."),
}


def _said(found: Found) -> str:
    return str(SENTENCES[found.subject, found.state]) % found.facts
