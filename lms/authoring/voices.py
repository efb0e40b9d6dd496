"""Voices of an edition: made by a job once it is published, and offered at the kiosks as they are made.

An edition comes out at once: a correction must not wait for a voice, nor a server that cannot speak hold one
back. Voices are no part of what is frozen. They are kept by the words that they say, so that a kiosk shows
the key of a loudspeaker for what there is to hear and for nothing else, and whatever a new edition
leaves as it was is heard from its first moment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.catalogue.queries import FrozenEdition, frozen
from lms.kernel import speech
from lms.kernel.jobs import actions as jobs
from lms.kernel.jobs.kinds import Asked, Kind, Report, register
from lms.kernel.jobs.models import Job
from lms.kernel.refusals import Refusal


class NothingSpoken(Refusal):
    """Nothing of an edition could be read aloud here; `reason` says why, for whoever runs the server."""


@dataclass(frozen=True)
class Voices:
    """How many of the texts that an edition has read aloud can be heard, and the job that was asked for the rest."""

    made: int
    wanted: int
    job: Job | None


def ask_for(edition_id: int, *, by: int | None, now: datetime) -> Job | None:
    """Ask for the voices that an edition lacks; None where it lacks none."""
    edition = frozen(edition_id)
    wanted = edition.every_speech()
    if len(speech.recordings(wanted)) == len(wanted):
        return None
    return jobs.ask(VOICES.name, str(edition_id), {"edition": edition_id, "code": edition.code}, by=by, now=now)


def voices_of(edition: FrozenEdition) -> Voices:
    """Return what can be heard of an edition."""
    wanted = edition.every_speech()
    return Voices(len(speech.recordings(wanted)), len(wanted), jobs.newest(VOICES.name, str(edition.id)))


def _speak(asked: Asked, report: Report) -> dict[str, Any]:
    wanted = frozen(asked.arguments["edition"]).every_speech()
    refused = speech.prepare_in_parts(wanted, report)
    made = len(speech.recordings(wanted))
    if refused and not made:
        raise NothingSpoken(reason=refused)
    return {"made": made, "wanted": len(wanted)}


VOICES = register(Kind("voices", work=_speak, keep=lambda told: told))
