"""Words for states of pilots, for what lacks, for what an amendment may change."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

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
    "pdf": _l("PDF"),
    "docx": _l("Word"),
    "xlsx": _l("Excel (figures)"),
    "html": _l("one web page"),
    "zip": _l("dossier to recompute the verdicts"),
}
