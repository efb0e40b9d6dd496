"""What the groups of a table of figures are called."""

from datetime import date
from typing import Any

from sqlalchemy import select

from lms.audit.models import Recommendation
from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition, Module
from lms.kernel.database import db
from lms.kernel.languages import in_language
from lms.people.models import Shift, Site, Team, Workstation
from lms.progress.grouping import By, first_of

_TABLES: dict[By, Any] = {By.TEAM: Team, By.SHIFT: Shift, By.SITE: Site, By.POST: Workstation}
MONTHLY = (By.BEGAN, By.HIRED, By.DUE)


def codes_of_modules() -> dict[int, str]:
    """Return the code of each module."""
    return dict(db.session.execute(select(Module.id, Module.code)).all())


def titles() -> dict[int, str]:
    """Return the title of each module; the code of one that was never published."""
    return codes_of_modules() | {one.module_id: in_language(one.content.title) for one in catalogue.newest_editions()}


def names(by: By) -> dict[int, str]:
    """Return the name of each group there may be; months say themselves what they are."""
    if by is By.MODULE:
        return titles()
    if by is By.EDITION:
        return {number: str(number) for (number,) in db.session.execute(select(Edition.number).distinct())}
    if by is By.RECOMMENDATION:
        return dict(db.session.execute(select(Recommendation.id, Recommendation.code)).all())
    if by in MONTHLY:
        return {}
    table = _TABLES[by]
    return dict(db.session.execute(select(table.id, table.name)).all())


def month_of(by: By, group: int) -> date | None:
    """Return the first day of a group's month, None where groups are no months, or none is known."""
    return first_of(group) if by in MONTHLY and group else None
