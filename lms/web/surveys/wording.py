"""Words for what surveys refuse: what happened, and what to do."""

from flask_babel import lazy_gettext as _l

from lms.surveys import rules
from lms.web.shared import problems, refusals

PROBLEMS = {
    "survey.options": _l("A choice needs two options or more, each in both languages; another scale has none."),
    "survey.key_twice": _l("There is an item %(key)s already. Give another code."),
    "survey.facet": _l("There is no facet %(facet)s."),
    "survey.scoring": _l("The way of scoring needs other items than these."),
}
WORDS = (
    (rules.InstrumentCodeTaken, 409, _l("There is an instrument %(code)s already. Choose another code.")),
    (
        rules.InstrumentInUse,
        409,
        _l("A wave asks the instrument %(code)s: it no longer changes. Copy it, and change the copy."),
    ),
    (
        rules.InstrumentShipped,
        409,
        _l("The instrument %(code)s comes with Établi and does not change. Copy it, and change the copy."),
    ),
    (rules.InstrumentUnfit, 422, _l("This does not make an instrument. Look at codes, texts and options.")),
    (
        rules.InstrumentEmpty,
        422,
        _l("The instrument %(code)s had no item yet when it was chosen. Add items, then choose it again."),
    ),
    (rules.WaveCodeTaken, 409, _l("There is a wave %(code)s already. Choose another code.")),
    (rules.WaveCodeMalformed, 422, _l("A wave’s code is made of up to 40 letters, digits and hyphens.")),
    (
        rules.WaveInUse,
        409,
        _l("Somebody has answered the wave %(code)s: it no longer changes. Copy it, and change the copy."),
    ),
    (
        rules.WaveClosed,
        409,
        _l("The survey is closed: nothing is added to it any more. Whoever runs it may copy it and open the copy."),
    ),
    (rules.WaveNotOpen, 409, _l("The survey takes no answers at this moment.")),
    (rules.WaveClosesBeforeOpening, 422, _l("The last day is before the first, or over already. Choose a later one.")),
    (rules.WaveForNobody, 422, _l("Choose at least one role.")),
    (
        rules.NobodyInvited,
        422,
        _l("Nobody is invited: enter how many people there are, or choose roles and shifts that have people."),
    ),
    (rules.NoWayIn, 422, _l("Choose at least one way for answers to come in.")),
    (rules.PointsNotOffered, 422, _l("The instrument %(code)s is asked with five points only.")),
    (
        rules.NoticeUnfit,
        422,
        _l("The notice is needed in French and in English, at most %(limit)s characters each."),
    ),
    (rules.ChannelClosed, 409, _l("The survey does not take answers this way.")),
    (rules.NotInvited, 403, _l("This survey asks people of other roles or shifts.")),
    (rules.AlreadyAnswered, 409, _l("You have answered or declined this survey already.")),
    (
        rules.WaveFull,
        409,
        _l("As many sheets have come in as people were invited. Tell whoever runs the survey."),
    ),
    (rules.SurveyCodeRefused, 422, _l("This code is wrong or was used. Each code answers once.")),
    (rules.TooManyCodes, 422, _l("Ask for 1 to %(limit)s codes at a time.")),
    (rules.AnswersUnfit, 422, _l("“%(item)s” got an answer that it does not take. Nothing was kept; answer again.")),
)


def add_words() -> None:
    """Word the refusals and the problems of surveys."""
    for code, message in PROBLEMS.items():
        problems.add(code, message)
    for refusal, status, message in WORDS:
        refusals.add(refusal, status, message)
