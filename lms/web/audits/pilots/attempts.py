"""Where a form tells what a rule refused."""

from collections.abc import Callable
from typing import TypeVar

from flask_wtf import FlaskForm

from lms.evaluation import rules
from lms.evaluation.decisions import rules as deciding
from lms.kernel.refusals import Refusal
from lms.web.shared.refusals import worded

Result = TypeVar("Result")

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.PilotCodeTaken: "code",
    rules.PilotCodeMalformed: "code",
    rules.PilotEndsBeforeStart: "ends_on",
    rules.PilotWithoutTeams: "teams",
    rules.AllTeamsCompared: "compared",
    rules.ComparedOutsidePilot: "compared",
    rules.ThresholdOutOfRange: "threshold",
    rules.ShareTypedAsFraction: "threshold",
    rules.AmbitionOutOfRange: "ambition",
    rules.AmbitionShortOfThreshold: "ambition",
    rules.BaselineWithoutSource: "baseline_source",
    rules.BaselineOutOfRange: "baseline_value",
    rules.NeverRuled: "role",
    rules.LeastNumbersOutOfRange: "n_min",
    rules.UntestableRecommendation: "recommendation",
    rules.NothingPlanned: "confirmed",
    rules.ModulesNotPlanned: "confirmed",
    rules.DesignCannotAnswer: "confirmed",
    rules.PilotsOverlap: "confirmed",
    rules.NoSignatory: "name_1",
    rules.TooManyPrimaryIndicators: "confirmed",
    rules.PilotWithoutIndicators: "confirmed",
    rules.AmendmentChangesNothing: "value",
    rules.ConditionInFuture: "opinion_on",
    deciding.DecisionUnsigned: "signatures",
    deciding.SignatureIncomplete: "signatures",
    deciding.DecisionDated: "decided_on",
    deciding.NextMomentPast: "next_moment_on",
}
"""The field at which a refusal is told; the others are told above the form."""


def attempt(form: FlaskForm, action: Callable[[], Result]) -> Result | None:
    """Do it; a refusal becomes a fault of the form, and None is returned."""
    try:
        return action()
    except Refusal as refusal:
        name = FIELDS_OF_REFUSALS.get(type(refusal), "")
        if name in form:
            form[name].errors = [*form[name].errors, worded(refusal)]
        else:
            form.form_errors = [*form.form_errors, worded(refusal)]
        return None
