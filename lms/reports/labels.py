"""Words for verdicts, reasons, choices and departures, once for screen, file and print."""

from collections.abc import Mapping
from typing import Any

from lms.evaluation.effects.told import Told, Why
from lms.evaluation.models import Screening
from lms.evaluation.proposal import Decision, Ground
from lms.evaluation.sensitivity import Choice
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Reason, RecommendationReason, RecommendationVerdict, Verdict
from lms.kernel.languages import LazyString, ngettext
from lms.kernel.languages import gettext as _
from lms.kernel.languages import lazy_gettext as _l
from lms.reports import words

VERDICTS: Mapping[str, LazyString] = {
    Verdict.MET: _l("Met"),
    Verdict.NOT_MET: _l("Not met"),
    Verdict.INCONCLUSIVE: _l("Inconclusive"),
    Verdict.NOT_MEASURABLE: _l("Not measurable"),
    RecommendationVerdict.OUTSIDE_PILOT: _l("Outside the pilot"),
}

REASONS: Mapping[str, LazyString] = {
    Reason.NO_DATA: _l("there is nothing to measure"),
    Reason.NOT_COLLECTED: _l("nothing in the house tells of it"),
    Reason.N_TOO_SMALL: _l("too few people"),
    Reason.BESIDE_ANOTHER: _l("another recommendation asked the same of nearly the same people"),
    Reason.TOO_FEW_TEAMS: _l("too few teams"),
    Reason.NO_INTERVAL: _l("too little was seen for an interval"),
    Reason.LOW_RESPONSE: _l("too few of those invited answered"),
    Reason.MISSING_DATA: _l("too many outcomes are missing"),
    Reason.CLEARS: _l("the whole interval is on the right side of the threshold"),
    Reason.EXCLUDES: _l("the whole interval is on the wrong side of the threshold"),
    Reason.CONTAINS: _l("the interval holds the threshold"),
}

CHANGES: Mapping[str, LazyString] = {
    Told.BETTER: _l("better"),
    Told.WORSE: _l("worse"),
    Told.INCONCLUSIVE: _l("inconclusive"),
    Told.NOT_MEASURABLE: _l("not measurable"),
}
"""What a design's own analysis says."""

CHANGE_REASONS: Mapping[str, LazyString] = {
    Why.APART: _l("zero lies outside the interval"),
    Why.HOLDS_NONE: _l("zero lies within the interval"),
    Why.FEW_TEAMS: _l("too few teams for this design"),
    Why.FEW_PERIODS: _l("in no period do teams that had started stand beside teams that waited"),
    Why.FEW_WAYS: _l("the starts could have been dealt out in too few ways for an interval"),
    Why.ALIKE: _l("the teams do not differ enough for an interval"),
    Why.ONLY_AFTER: _l("nothing of it is known from before a team is trained"),
    Why.NO_PAIR: _l("no other indicator of the protocol tests the module of the other order"),
    Why.NO_DATA: _l("there is nothing to measure"),
    Why.SMALL: _l("too few people"),
}

RECOMMENDATION_REASONS: Mapping[str, LazyString] = {
    RecommendationReason.ALL_CRITICAL_MET: _l("all its critical indicators are met"),
    RecommendationReason.CRITICAL_NOT_MET: _l("a critical indicator is not met"),
    RecommendationReason.CRITICAL_OPEN: _l("a critical indicator is inconclusive or not measurable"),
    RecommendationReason.NO_CRITICAL_INDICATOR: _l("none of its indicators is critical"),
    RecommendationReason.UNTESTABLE: _l("the audit says that no pilot can test it"),
    RecommendationReason.NO_INDICATOR: _l("the protocol has no indicator for it"),
}

DECISIONS: Mapping[str, LazyString] = {
    Decision.GENERALISE: _l("Generalise"),
    Decision.ADJUST: _l("Adjust and extend"),
    Decision.STOP: _l("Stop, unless a credible correction is found"),
}
"""What the rule proposes."""

DECIDED: Mapping[str, LazyString] = {
    Decision.GENERALISE: _l("Generalise"),
    Decision.ADJUST: _l("Adjust and extend"),
    Decision.STOP: _l("Stop"),
}
"""What the steering group decides."""

GROUNDS: Mapping[str, LazyString] = {
    Ground.HARM: _l("a sign of harm is out of bounds (%(codes)s)"),
    Ground.CRITICAL_NOT_MET: _l("critical indicators are not met (%(codes)s)"),
    Ground.OPEN: _l("recommendations stay open (%(codes)s)"),
    Ground.ALL_MET: _l("every recommendation tested is met and no blocking point of vigilance is open"),
    Ground.BLOCKING_VIGILANCE: _l("blocking points of vigilance are open (%(codes)s)"),
    Ground.COST_NOT_ACCEPTED: _l("the cost is not shown to be within its limit (%(codes)s)"),
    Ground.NOTHING_JUDGED: _l("no recommendation was tested"),
}


FIELDS: Mapping[str, LazyString] = {
    "ends_on": _l("last day"),
    "threshold": _l("threshold"),
    "ambition": _l("ambition"),
    "n_min": _l("least number of people"),
    "min_teams": _l("least number of teams"),
    "icc0": _l("planning ICC"),
    "critical": _l("critical"),
    "primary": _l("primary"),
}
"""What an amendment may change, in words."""


def choice(variant: Mapping[str, Any], unit: Unit) -> str:
    """Return what a sensitivity variant of an indicator in that unit does otherwise."""
    detail = variant["detail"]
    if variant["choice"] == Choice.WITHOUT_TEAM:
        return _("without team %(team)s", team=detail)
    if variant["choice"] == Choice.PER_PROTOCOL:
        return _("only those present throughout")
    if variant["choice"] == Choice.ICC_DOUBLED:
        return _("teams twice as alike (ICC %(icc)s)", icc=words.number(float(detail), 2))
    if variant["choice"] == Choice.COLLAPSED:
        return _("opinions on three points instead of five")
    return _("threshold at %(threshold)s", threshold=words.amount(float(detail), unit))


def deviation(row: Mapping[str, Any]) -> str:
    """Return a departure from the order of things, in words."""
    kind, fact = row["kind"], row["fact"]
    if kind == "records_before_freeze":
        return ngettext(
            "%(num)s learning record of these people existed before the protocol was frozen.",
            "%(num)s learning records of these people existed before the protocol was frozen.",
            fact,
        )
    if kind == "plan_cancelled":
        return _("Plan %(plan)s was cancelled after the freeze: those it concerned are not counted.", plan=fact)
    if kind == "plan_changed":
        return _("Plan %(plan)s was changed after the freeze.", plan=fact)
    if kind == "frozen_after_start":
        return _("The protocol was frozen on %(day)s, after the first day of the pilot.", day=words.day(fact))
    if kind == "opinion_after_start":
        return _("The works council gave its opinion on %(day)s, after the first day.", day=words.day(fact))
    return _("The information notice was given on %(day)s, after the first day.", day=words.day(fact))


def amendment(row: Mapping[str, Any]) -> str:
    """Return an amendment in one sentence."""
    changes = row["changes"]
    name = str(FIELDS[changes["field"]])
    return _(
        "%(day)s, %(seen)s: %(what)s from %(before)s to %(after)s. Reason: %(reason)s",
        day=words.day(row["at"]),
        seen=_("after data had been seen") if row["data_seen"] else _("before any data had been seen"),
        what=f"{changes['indicator']} – {name}" if changes["indicator"] else name,
        before=amended_value(changes, "before"),
        after=amended_value(changes, "after"),
        reason=row["reason"],
    )


def amended_value(changes: Mapping[str, Any], which: str) -> str:
    """Return what an amendment changes from (`before`) or to (`after`), as readers write it."""
    field, value = changes["field"], changes[which]
    if value is None:
        return words.NOTHING
    if field == "ends_on":
        return words.day(value)
    if field in ("threshold", "ambition"):
        return words.amount(value, Unit(changes["unit"]))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return words.number(value, 2)


SCREENINGS: Mapping[str, LazyString] = {
    Screening.NOT_NEEDED: _l("no impact assessment is needed"),
    Screening.NEEDED: _l("an impact assessment is needed and not finished"),
    Screening.CARRIED_OUT: _l("an impact assessment was carried out"),
}
