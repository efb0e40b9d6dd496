"""Words for states of pilots, for what lacks, for what an amendment may change."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.evaluation.calendar import Happening
from lms.evaluation.indicators.definition import Family
from lms.evaluation.models import PilotIndicator
from lms.evaluation.power import Method, Trouble
from lms.evaluation.rules import Lacking, State

STATES: dict[State, LazyString] = {
    State.DESIGN: _l("Being designed"),
    State.FROZEN: _l("Protocol frozen"),
    State.RUNNING: _l("Running"),
    State.CLOSED: _l("Closed"),
    State.EVALUATED: _l("Evaluated"),
}

LACKING: dict[Lacking, LazyString] = {
    Lacking.PROTOCOL: _l("a frozen protocol"),
    Lacking.OPINION: _l("the works council’s opinion"),
    Lacking.NOTICE: _l("the information notice given to the people concerned"),
}

FIELDS: dict[str, LazyString] = {
    "threshold": _l("threshold, in its unit"),
    "ambition": _l("ambition, in its unit"),
    "n_min": _l("least number of people"),
    "min_teams": _l("least number of teams"),
    "icc0": _l("planning ICC"),
    "critical": _l("critical (yes or no)"),
    "primary": _l("primary (yes or no)"),
}

FILES: dict[str, LazyString] = {
    "pdf": _l("Print (PDF)"),
    "docx": _l("Word document"),
    "xlsx": _l("Workbook (Excel)"),
    "html": _l("Web page"),
    "zip": _l("Dossier (ZIP)"),
}
USES: dict[str, LazyString] = {
    "pdf": _l("The whole report, to print or to read aloud by a screen reader."),
    "docx": _l("The whole report, to work on."),
    "xlsx": _l("Every figure, without the text."),
    "html": _l("The whole report as one file that any browser opens."),
    "zip": _l("Protocol, figures and a small program: whoever has it recomputes the verdicts without Établi."),
}


class IndicatorRole(StrEnum):
    """What an indicator's verdict counts for."""

    CRITICAL = "critical"
    PRIMARY = "primary"
    SECONDARY = "secondary"

    @classmethod
    def of(cls, row: PilotIndicator) -> "IndicatorRole":
        """Return the role of a chosen indicator."""
        return cls.CRITICAL if row.critical else cls.PRIMARY if row.primary else cls.SECONDARY


ROLES: dict[IndicatorRole, LazyString] = {
    IndicatorRole.CRITICAL: _l(
        "Critical: the recommendation is met only if all its critical indicators are, and not met if one is not."
    ),
    IndicatorRole.PRIMARY: _l(
        "Primary: it gets a verdict, which decides nothing alone. At most five, critical ones included."
    ),
    IndicatorRole.SECONDARY: _l("Secondary: it gets an interval, and no verdict."),
}

FAMILIES: dict[Family, LazyString] = {
    Family.USAGE: _l("Usage"),
    Family.LEARNING: _l("What was learnt"),
    Family.TRANSFER: _l("At the post"),
    Family.PERCEPTION: _l("What people think"),
    Family.EQUITY: _l("Equity"),
    Family.CONDITIONS: _l("Conditions and content"),
    Family.COSTS: _l("Costs"),
    Family.GOVERNANCE: _l("Governance"),
}

METHODS: dict[Method, LazyString] = {
    Method.EXACT: _l("Computed exactly, with teams as alike as the planning ICC says."),
    Method.SIMULATED: _l(
        "Simulated 200 times at each true value, always with the same draws. Assumed: 85 % in the best shift and the "
        "others evenly below; for scores a spread of 20 points, for gains of 25 points, from one person to another."
    ),
    Method.CENSUS: _l("Everything there is will be counted: whatever comes out settles it."),
    Method.UNITS_UNKNOWN: _l(
        "It does not count people, and how much there will be to count is not known yet: no chances are computed."
    ),
    Method.NONE: _l("How values will spread is not known yet: no chances are computed."),
}

TROUBLES: dict[Trouble, LazyString] = {
    Trouble.NOBODY: _l("Nobody counts for it: no team of the pilot is asked to learn for this recommendation."),
    Trouble.FEW_PEOPLE: _l("Inconclusive for certain: fewer people than the least number asks for."),
    Trouble.FEW_TEAMS: _l("Inconclusive for certain: fewer teams than the least number asks for."),
    Trouble.IMPOSSIBLE: _l("With so few people no result can be declared met, not even if everybody succeeds."),
    Trouble.AMBITION_UNLIKELY: _l("Even if the ambition is reached, it will more likely than not end inconclusive."),
    Trouble.NEVER_LIKELY: _l(
        "Whatever the true value, it will more likely than not end inconclusive: this design does not answer the "
        "question."
    ),
}

HAPPENINGS: dict[Happening, LazyString] = {
    Happening.PILOT: _l("Pilot"),
    Happening.PLAN: _l("Plan"),
    Happening.STEP: _l("Start of the team"),
    Happening.SURVEY: _l("Survey"),
    Happening.OPINION: _l("Works council’s opinion"),
    Happening.NOTICE: _l("Information notice"),
    Happening.SCREENING: _l("Need of an impact assessment examined"),
    Happening.DATA_OFFICER: _l("Data protection officer’s sign-off"),
    Happening.FROZEN: _l("Protocol frozen"),
    Happening.DELIVERED: _l("Audit delivered"),
    Happening.ACTION: _l("Action of the audit due"),
    Happening.MOMENT: _l("Key moment"),
}
