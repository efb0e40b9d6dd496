"""`flask setup` and `flask simulate`: a database to begin with."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from lms.cli import frame
from lms.cli.speech import read_announced
from lms.delivery import actions as kiosks
from lms.demonstration import story, visitors
from lms.kernel import migrations
from lms.kernel.clock import now
from lms.kernel.database import db
from lms.kernel.speech import CannotSpeak
from lms.people import actions as people
from lms.people import credentials
from lms.people.permissions import Role

OPERATORS, WEEKS, SEED = 72, 10, 7


@click.command("setup")
@click.option("--demo", "kind", flag_value="demo", help="Load the demonstration pilot into an empty database.")
@click.option("--empty", "kind", flag_value="empty", help="Make the first administrator of an empty database.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the site will be served.")
@with_appcontext
@frame.changes
def setup(kind: str | None, address: str) -> None:
    """Bring the database up to date; a database with people in it keeps them and gets nothing new."""
    migrations.bring_up()
    if kind == "demo":
        if story.is_empty():
            _simulate(OPERATORS, WEEKS, SEED, now())
            _read_aloud()
        _invite(address)
    elif kind == "empty" and story.is_empty():
        _first_administrator()


@click.command("simulate")
@click.option("--operators", default=OPERATORS, show_default=True, type=click.IntRange(6, 2_000))
@click.option(
    "--weeks", default=WEEKS, show_default=True, type=click.IntRange(6, 52), help="Weeks since the pilot began."
)
@click.option(
    "--seed", default=SEED, show_default=True, type=int, help="The same seed gives the same people and behaviour."
)
@with_appcontext
@frame.changes
def simulate(operators: int, weeks: int, seed: int) -> None:
    """Make a plant, a pilot and people who behave in it; every page says that they are simulated."""
    if not story.is_empty():
        raise frame.Refused(_("There are people in the database: a simulation begins with an empty one."))
    _simulate(operators, weeks, seed, now())


def _simulate(operators: int, weeks: int, seed: int, at: datetime) -> None:
    config = current_app.config
    wish = story.Wish(operators, weeks, seed, config["TIMEZONE"].key, config["SMALLEST_GROUP"])
    done = 0
    for done, whole in story.tell(wish, at, db.session.commit):
        if done % 50 == 0 or done == whole:
            frame.say(_("%(done)s of %(whole)s stays at a kiosk simulated", done=done, whole=whole))


def _read_aloud() -> None:
    db.session.commit()
    try:
        read_announced()
    except CannotSpeak as error:
        frame.say(_("Nothing can be read aloud here: %(reason)s", reason=error))


def _invite(address: str) -> None:
    """Print where to go, as whom, and the code that makes a browser a kiosk."""
    code = kiosks.offer_enrolment(story.visited_kiosk(), now=now())
    personal_code = story.visiting_operator()
    lines = [
        "",
        _("Staff: %(address)s – password %(password)s", address=f"{address}/", password=visitors.PASSWORD),
        *(f"  {visitor.email:<28} {visitor.role.value}" for visitor in visitors.STAFF),
        _("Kiosk: %(address)s – enrolment code %(code)s, for ten minutes", address=f"{address}/kiosk/", code=code),
        _("  operator: personal code %(personal_code)s, PIN %(pin)s", personal_code=personal_code, pin=visitors.PIN),
        "",
    ]
    click.echo("\n".join(lines))


def _first_administrator() -> None:
    entry = people.Entry("ADMIN", _("First"), _("administrator"), email="admin@etabli.example")
    person_id = people.create_person(entry, None, now().date(), by=None, now=now())
    people.grant_role(person_id, Role.ADMINISTRATOR, None, by=None, now=now())
    db.session.commit()
    password = credentials.issue_password(person_id, by=None, now=now())
    click.echo(
        _(
            "First administrator: %(email)s, password for the first sign-in: %(password)s",
            email=entry.email,
            password=password,
        )
    )
