"""Write to the leaders who are due: a job for each, asked by the house itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.kernel import mail
from lms.kernel.clock import local_day, now
from lms.kernel.database import db, release
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.languages import speaking
from lms.kernel.settings import setting
from lms.people import queries as people
from lms.people.models import Person
from lms.reports.digests import actions, queries
from lms.reports.digests.letters import letter
from lms.reports.leading import leading


@dataclass(frozen=True)
class Written:
    """What came of it."""

    person_id: int
    sent: bool


def write(asked: Asked, report: Report) -> Written | None:
    """Write to a leader unless there is nothing to say; None when they are due no longer. Raises MailNotSent."""
    person_id, moment = int(asked.arguments["leader"]), now()
    identity, person = people.identity(person_id, local_day(moment)), db.session.get(Person, person_id)
    if identity is None or person is None or person.email is None or person_id not in queries.due(moment):
        return None
    found = leading(person_id, identity.led_teams, moment)
    if found.is_empty:
        return Written(person_id, sent=False)
    with speaking(person.language or setting("DEFAULT_LANGUAGE")):
        written = letter(found, f"digest-{person_id}-{found.day}", person.email, identity.given_name)
    # The line to a mail server may be slow: nobody waits for the database meanwhile.
    release()
    mail.send([written])
    return Written(person_id, sent=True)


def _keep(written: Written | None) -> dict[str, Any]:
    if written is not None:
        actions.keep(written.person_id, sent=written.sent, now=now())
    return {"sent": written is not None and written.sent}


def _due(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    if mail.is_set_up():
        for person_id in queries.due(moment):
            yield str(person_id), {"leader": person_id}


DIGEST = register(Kind("digest", work=write, keep=_keep, due=_due))
