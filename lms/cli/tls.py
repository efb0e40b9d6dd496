"""`flask tls`: HTTPS on a network without internet – an authority of the plant's own, and sheets for each kiosk."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import current_app, render_template
from flask.cli import with_appcontext
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel import certificates
from lms.kernel.certificates import AUTHORITY, AUTHORITY_DER, SERVER, SERVER_KEY, Made
from lms.kernel.clock import now
from lms.kernel.languages import INTERFACE_LANGUAGES, speaking

FOLDER = "tls"


@click.group("tls")
def tls() -> None:
    """Certificates for HTTPS on the plant's own network."""


folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where they lie; by default `tls` in the instance.",
)
hosts_option = click.option("--host", "hosts", multiple=True, help="A host name of the server; may be repeated.")
addresses_option = click.option("--ip", "addresses", multiple=True, help="An IP address of it; may be repeated.")


@tls.command("make")
@hosts_option
@addresses_option
@click.option("--within", multiple=True, help="A domain or a network that later certificates may be for besides.")
@click.option("--owner", default="Établi", show_default=True, help="The plant, as kiosks will list the authority.")
@folder_option
@frame.json_option
@with_appcontext
@frame.reads
def make(
    hosts: Sequence[str],
    addresses: Sequence[str],
    within: Sequence[str],
    owner: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Make the authority, the server's certificate and the installation sheets; nothing is overwritten."""
    wanted = certificates.names(hosts, addresses)
    _tell(certificates.make(_folder(folder), wanted, within, owner, now()), as_json)


@tls.command("renew")
@hosts_option
@addresses_option
@folder_option
@frame.json_option
@with_appcontext
@frame.reads
def renew(hosts: Sequence[str], addresses: Sequence[str], folder: Path | None, as_json: bool) -> None:
    """Make a new certificate for the server under the same authority: kiosks need nothing new."""
    wanted = certificates.names(hosts, addresses) if hosts or addresses else None
    _tell(certificates.renew(_folder(folder), wanted, now()), as_json)


@tls.command("show")
@folder_option
@frame.json_option
@with_appcontext
@frame.reads
def show(folder: Path | None, as_json: bool) -> None:
    """Say what there is, until when, and the fingerprint to compare."""
    _answer(certificates.read(_folder(folder)), as_json)


def _folder(given: Path | None) -> Path:
    return (given or Path(current_app.config["INSTANCE_DIR"]) / FOLDER).absolute()


def _tell(made: Made, as_json: bool) -> None:
    """Write the sheets for those who install kiosks, then say what was made."""
    for language in INTERFACE_LANGUAGES:
        with speaking(language):
            sheet = render_template("tls/sheet.html", made=made, address=_address(made), language=language)
        (made.folder / f"installation.{language}.html").write_text(sheet, encoding="utf-8")
    _answer(made, as_json)


def _address(made: Made) -> str:
    name = next(iter(made.names))
    return f"https://[{name}]/" if ":" in name else f"https://{name}/"


def _answer(made: Made, as_json: bool) -> None:
    facts = {
        "folder": str(made.folder),
        "names": list(made.names),
        "fingerprint": made.fingerprint,
        "authority_until": made.authority_until.date(),
        "server_until": made.server_until.date(),
        "days_left": (made.server_until - now()).days,
    }
    sentences = [
        _("Certificates in %(folder)s, for %(names)s.", folder=made.folder, names=", ".join(made.names)),
        _("Fingerprint of the authority (SHA-256): %(fingerprint)s", fingerprint=made.fingerprint),
        _("The authority lasts until %(day)s.", day=_day(made.authority_until)),
        _("The server’s certificate lasts until %(day)s: renew it before.", day=_day(made.server_until)),
        _("For the server: %(server)s and %(key)s.", server=SERVER, key=SERVER_KEY),
        _("For the kiosks: %(der)s or %(pem)s, and the installation sheets.", der=AUTHORITY_DER, pem=AUTHORITY),
        _("Keep authority.key on a stick in a safe: it is needed to renew, and for nothing else."),
    ]
    frame.answer(facts, as_json, sentences)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
