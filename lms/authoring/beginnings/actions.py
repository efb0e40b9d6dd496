"""A module begun from one of the documents there are for it."""

from collections.abc import Sequence
from datetime import datetime

from lms.authoring import actions
from lms.authoring.beginnings.documents import LANGUAGES, Beginning, filled
from lms.authoring.models import Draft
from lms.kernel.refusals import Refusal


class BeginningUnknown(Refusal):
    """There is no document to begin from in the module's original language."""


def begin(
    code: str, beginning: Beginning, *, languages: Sequence[str], title: str, by: int | None, now: datetime
) -> Draft:
    """Begin a module from a document in its languages, as far as that is in them; the first is the original.

    Raises BeginningUnknown when there is none in the original, ModuleCodeTaken or ModuleCodeFaulty.
    """
    if languages[0] not in LANGUAGES:
        raise BeginningUnknown()
    actions.create_module(code, languages=list(languages), title={languages[0]: title}, by=by, now=now)
    return actions.save_draft(code, lambda blank: filled(blank, beginning), version=None, by=by, now=now)
