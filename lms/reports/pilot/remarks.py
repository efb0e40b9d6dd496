"""Comments beside verdicts, as they were said."""

from collections.abc import Iterator

from lms.evaluation.decisions.models import Subject
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.document import Items
from lms.reports.pilot.source import Source


def beside(source: Source, subject: Subject, code: str) -> Iterator[Items]:
    """Yield the comments on an indicator or a recommendation, if there are any; verdicts stay as they are."""
    told = tuple(
        _(
            "Comment of %(name)s (%(role)s), %(day)s: %(text)s",
            name=one.name,
            role=one.role,
            day=words.day(one.at),
            text=one.text,
        )
        for one in source.comments
        if (one.subject, one.code) == (subject, code)
    )
    if told:
        yield Items(told)
