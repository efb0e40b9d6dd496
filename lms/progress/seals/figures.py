"""What the questions of a module came to, kept before answers that were counted go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lms.catalogue import queries as catalogue
from lms.kernel.clock import last_sunday
from lms.kernel.database import db
from lms.progress import analyses
from lms.progress.seals import queries
from lms.progress.seals.models import AnalysisSeal
from lms.records import queries as records
from lms.records.rules import fingerprint


@dataclass(frozen=True)
class LastFigures:
    """What a module's questions come to while all that is counted is there; fields as in `models.AnalysisSeal`."""

    module_id: int
    number: int
    as_of: date
    figures: dict[str, Any]
    records: int
    read: str


def last_figures(edition_ids: Collection[int]) -> list[LastFigures]:
    """Work out what the modules of these editions come to, but for those kept this week already; write nothing."""
    as_of = last_sunday()
    modules = {catalogue.frozen(edition_id).module_id for edition_id in edition_ids}
    return [_of(module_id, as_of) for module_id in sorted(modules) if not _is_kept(module_id, as_of)]


def keep(found: Iterable[LastFigures], *, now: datetime) -> None:
    """Keep them for good."""
    for one in found:
        if not _is_kept(one.module_id, one.as_of):
            db.session.add(AnalysisSeal(**vars(one), sealed_at=now))
            db.session.flush()


def _of(module_id: int, as_of: date) -> LastFigures:
    steps = catalogue.steps()[module_id]
    rows = list(records.arrived([step.edition_id for step in steps], records.last_sequence()))
    figures = analyses.plain_figures(module_id)
    return LastFigures(module_id, steps[-1].number, as_of, figures, len(rows), fingerprint(rows))


def _is_kept(module_id: int, as_of: date) -> bool:
    seal = queries.newest_of_module(module_id)
    return seal is not None and seal.as_of == as_of
