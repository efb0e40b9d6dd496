"""What a completed module leads to: who comes to see it done at the post, or what is still to be learnt for it."""

from flask_babel import gettext as _
from flask_babel import ngettext

from lms.catalogue import queries as catalogue
from lms.kernel.languages import in_language
from lms.progress.queries import standings_of
from lms.skills import queries as skills
from lms.skills.queries import Prepared
from lms.skills.rules import OBSERVATION_WITHIN


def leads_to(edition_id: int, person_id: int, language: str) -> list[str]:
    """Return one sentence for each task that the module prepares for, as it stands once the module is completed."""
    behind = {standing.module_id for standing in standings_of(person_id) if standing.completed_at}
    prepared = skills.prepared_by(catalogue.frozen(edition_id).module_id, person_id, behind)
    return [_said(one, in_language(one.title, language)) for one in prepared]


def _said(one: Prepared, task: str) -> str:
    if one.level.covers:
        return _("%(task)s: you do it on your own already.", task=task)
    if one.still_to_learn:
        return ngettext(
            "%(task)s: %(num)s more module to take.",
            "%(task)s: %(num)s more modules to take.",
            one.still_to_learn,
            task=task,
        )
    if one.people > 1:
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
