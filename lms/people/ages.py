"""Age bands: all that is ever kept of someone's age (evaluation reference, indicator Q2). Pure."""

from datetime import date
from enum import StrEnum

from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


class AgeBand(StrEnum):
    """A span of ages wide enough to tell of nobody."""

    UNDER_35 = "under_35"
    FROM_35_TO_49 = "35_49"
    FROM_50 = "50_plus"


NAMES: dict[AgeBand, LazyString] = {
    AgeBand.UNDER_35: _l("Under 35"),
    AgeBand.FROM_35_TO_49: _l("35 to 49"),
    AgeBand.FROM_50: _l("50 and over"),
}


def band_of(age: int) -> AgeBand:
    """Return the band of an age in whole years."""
    if age < 35:
        return AgeBand.UNDER_35
    return AgeBand.FROM_35_TO_49 if age < 50 else AgeBand.FROM_50


def age_on(born_on: date, today: date) -> int:
    """Return the age in whole years on a day; someone born on 29 February has their birthday on 1 March."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)
