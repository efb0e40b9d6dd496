"""What a completed module leads to: until when it is good, who comes to see it done, what is still to be learnt."""

from collections import defaultdict
from datetime import date
from enum import Enum, auto

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from lms.catalogue import queries as catalogue
from lms.kernel.languages import KIOSK_LANGUAGES, in_language, speaking
from lms.kernel.settings import setting
from lms.progress.queries import standings_of
from lms.skills import queries as skills
from lms.skills.queries import Prepared
from lms.skills.rules import OBSERVATION_WITHIN


class Outlook(Enum):
    """What comes next for a task."""

    MASTERED = auto()
    TO_LEARN = auto()
    """With the number of modules."""
    TO_BE_SEEN = auto()
    """With the number of people who sign."""


def in_words(day: date, language: str) -> str:
    """Return a day as it is written in the language in which a module is read, if a kiosk speaks it."""
    with speaking(language if language in KIOSK_LANGUAGES else setting("DEFAULT_LANGUAGE")):
        return str(format_date(day, "long"))


def leads_to(edition_id: int, person_id: int, language: str) -> list[str]:
    """Return what is said of the tasks that the module prepares for, as they stand once it is completed.

    Tasks of which the same is to be said share a sentence.
    """
    behind = {standing.module_id for standing in standings_of(person_id) if standing.completed_at}
    tasks: dict[tuple[Outlook, int], list[str]] = defaultdict(list)
    for one in skills.prepared_by(catalogue.frozen(edition_id).module_id, person_id, behind):
        tasks[_outlook(one)].append(in_language(one.title, language))
    return [_said(outlook, number, ", ".join(titles)) for (outlook, number), titles in tasks.items()]


def _outlook(one: Prepared) -> tuple[Outlook, int]:
    if one.level.covers:
        return Outlook.MASTERED, 0
    return (Outlook.TO_LEARN, one.still_to_learn) if one.still_to_learn else (Outlook.TO_BE_SEEN, one.people)


def _said(outlook: Outlook, number: int, task: str) -> str:
    if outlook is Outlook.MASTERED:
        return _("%(task)s: you do it on your own already.", task=task)
    if outlook is Outlook.TO_LEARN:
        return ngettext(
            "%(task)s: %(num)s more module to take.", "%(task)s: %(num)s more modules to take.", number, task=task
        )
    if number > 1:
        return _(
            "%(task)s: your trainer and a second person come to see you do it at the post, within %(days)s days.",
            task=task,
            days=OBSERVATION_WITHIN,
        )
    return _(
        "%(task)s: your trainer comes to see you do it at the post, within %(days)s days.",
        task=task,
        days=OBSERVATION_WITHIN,
    )
