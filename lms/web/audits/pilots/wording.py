"""Words for what pilots and evaluations refuse."""

from flask_babel import lazy_gettext as _l

from lms.evaluation import rules
from lms.evaluation.decisions import rules as deciding
from lms.web.shared import refusals


def add_words() -> None:
    """Word the refusals of pilots and evaluations."""
    for refusal, status, message in _WORDS:
        refusals.add(refusal, status, message)


_WORDS = (
    (rules.PilotCodeTaken, 409, _l("The pilot code %(code)s is taken. Choose another.")),
    (rules.PilotCodeMalformed, 422, _l("A pilot code is made of up to 40 letters, digits and hyphens.")),
    (rules.PilotEndsBeforeStart, 422, _l("The pilot ends before it starts. Choose a later last day.")),
    (rules.PilotWithoutTeams, 422, _l("Choose at least one team: a pilot without a team concerns nobody.")),
    (
        rules.AllTeamsCompared,
        422,
        _l("Every team is in the comparison group: leave at least one that tries the modules."),
    ),
    (rules.ComparedOutsidePilot, 422, _l("Choose among the teams of the pilot.")),
    (rules.StepOutsidePilot, 422, _l("Every team starts between the first and the last day of the pilot.")),
    (rules.DesignCannotAnswer, 422, _l("The design cannot answer its question. %(flaw)s")),
    (
        rules.PilotsOverlap,
        409,
        _l(
            "Pilot %(pilot)s is frozen and has %(people)s of the same people on the same days, in its teams: "
            "%(teams)s. Choose other teams or other days."
        ),
    ),
    (rules.NoSignatory, 422, _l("Name at least one person who signs, with their role.")),
    (rules.BaselineWithoutSource, 422, _l("Say where the value from before is known from.")),
    (
        rules.BaselineOutOfRange,
        422,
        _l("The value from before is %(unit)s, and it rests on one person or more."),
    ),
    (
        rules.PilotFrozen,
        409,
        _l("The protocol is frozen: it can only be amended, with a reason that the report prints."),
    ),
    (rules.ProtocolNotFrozen, 409, _l("Freeze the protocol first: a rule chosen after the data proves nothing.")),
    (rules.PilotWithoutIndicators, 422, _l("Add at least one indicator before freezing.")),
    (
        rules.TooManyPrimaryIndicators,
        422,
        _l("%(found)s indicators are primary; %(most)s are allowed. Make some of them secondary."),
    ),
    (
        rules.CriticalMustBePrimary,
        422,
        _l("A critical indicator must be primary: a secondary one gets no verdict."),
    ),
    (
        rules.ThresholdOutOfRange,
        422,
        _l("For this indicator a threshold is %(unit)s: %(limits)s. Check the unit."),
    ),
    (
        rules.AmbitionOutOfRange,
        422,
        _l("For this indicator an ambition is %(unit)s: %(limits)s. Check the unit."),
    ),
    (
        rules.AmbitionShortOfThreshold,
        422,
        _l("The ambition asks for less than the threshold. The threshold is the least acceptable."),
    ),
    (rules.ShareTypedAsFraction, 422, _l("Type shares in per cent: 80, not 0.8.")),
    (
        rules.NeverRuled,
        422,
        _l("%(indicator)s is shown as context and never gets a verdict: make it secondary."),
    ),
    (rules.OptionLacking, 422, _l("This indicator needs another choice: %(option)s.")),
    (
        rules.LeastNumbersOutOfRange,
        422,
        _l("The least numbers are 1 or more, and the planning ICC is at least 0 and under 1."),
    ),
    (
        rules.UntestableRecommendation,
        422,
        _l("The audit says that no pilot can test this recommendation: it stays outside the pilot."),
    ),
    (rules.RecommendationOfAnotherAudit, 422, _l("This recommendation belongs to another audit.")),
    (
        rules.NothingPlanned,
        422,
        _l(
            "No plan of the pilot teams on days of the pilot answers recommendation %(recommendation)s for "
            "%(indicator)s. Make a plan first."
        ),
    ),
    (
        rules.ModulesNotPlanned,
        422,
        _l("%(indicator)s is to be computed on modules that no plan asks of the pilot teams: %(modules)s."),
    ),
    (
        rules.PilotCannotRun,
        409,
        _l(
            "On that day the pilot could not run: it needs the works council’s opinion and the information notice, "
            "each dated that day or before."
        ),
    ),
    (
        rules.CutOffOutsidePilot,
        422,
        _l("The cut-off day must be between the pilot’s first day and today."),
    ),
    (
        rules.RecordsGone,
        409,
        _l(
            "This pilot cannot be evaluated any more: what people did in its modules has gone, its time was over. "
            "The evaluations made before stand."
        ),
    ),
    (
        rules.CutOffWithinWeek,
        422,
        _l(
            "There is an evaluation as of %(other)s, less than a week away: the two compared could tell of one person. "
            "Choose that day or one a week apart."
        ),
    ),
    (
        rules.ConditionInFuture,
        422,
        _l("Enter the date once it has come: an opinion or a notice to come is not one."),
    ),
    (deciding.DecisionUnsigned, 422, _l("Say who signs: at least one role and name.")),
    (
        deciding.SignatureIncomplete,
        422,
        _l("Each line of the signatures is a role, a comma and a name, for example: HR, A. Martin."),
    ),
    (
        deciding.DecisionDated,
        422,
        _l("The day of the decision must be between the day of the evaluation and today."),
    ),
    (deciding.NextMomentPast, 422, _l("The next key moment must be after the decision.")),
    (deciding.NothingOfThatCode, 404, _l("This evaluation has no indicator or recommendation %(code)s.")),
    (rules.AmendmentChangesNothing, 422, _l("This amendment changes nothing: the value is the same already.")),
)
