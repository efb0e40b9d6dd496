"""The forms of decisions and of comments beside verdicts."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from lms.evaluation.decisions.models import Subject
from lms.evaluation.decisions.rules import Deciding, Remark, Signature
from lms.evaluation.proposal import Decision
from lms.reports.labels import DECIDED


class DecideForm(FlaskForm):
    """What the steering group decided."""

    decision = RadioField(
        _l("Decision"),
        [InputRequired(_l("Choose what was decided."))],
        choices=[SelectChoice(one.value, DECIDED[one]) for one in Decision],
    )
    reasons = TextAreaField(
        _l("Reasons"), [DataRequired(_l("Give the reasons: the report prints them.")), Length(max=4000)]
    )
    conditions = TextAreaField(
        _l("Conditions"),
        [Optional(), Length(max=4000)],
        description=_l("What must change or hold: the change, the new last day, the cost that is accepted."),
    )
    dissent = TextAreaField(
        _l("Dissent"), [Optional(), Length(max=4000)], description=_l("What those who disagreed said, in their words.")
    )
    signatures = TextAreaField(
        _l("Signed by"),
        [DataRequired(_l("Say who signs: at least one role and name.")), Length(max=2000)],
        description=_l("One person a line: role, comma, name. Their names are printed in the report."),
    )
    decided_on = DateField(
        _l("Decided on"), [DataRequired(_l("Give the day of the decision, for example 2027-03-31."))]
    )
    next_moment = StringField(_l("Next key moment"), [DataRequired(_l("Say what comes next.")), Length(max=200)])
    next_moment_on = DateField(
        _l("Day of the next key moment"),
        [DataRequired(_l("Give the day of the next key moment, for example 2027-09-30."))],
    )

    def deciding(self) -> Deciding:
        """Return what `decisions.actions.decide` takes."""
        lines = [line.partition(",") for line in self.signatures.data.splitlines() if line.strip()]
        return Deciding(
            decision=Decision(self.decision.data),
            reasons=self.reasons.data,
            conditions=self.conditions.data or "",
            dissent=self.dissent.data or "",
            signatures=[Signature(role.strip(), name.strip()) for role, _comma, name in lines],
            decided_on=self.decided_on.data,
            next_moment=self.next_moment.data,
            next_moment_on=self.next_moment_on.data,
        )


class CommentForm(FlaskForm):
    """What someone says beside a verdict, which stays as it is."""

    about = SelectField(_l("Beside"))
    text = TextAreaField(_l("Comment"), [DataRequired(_l("Write the comment.")), Length(max=4000)])
    role = StringField(_l("Role of who says it"), [DataRequired(_l("Give the role.")), Length(max=120)])
    name = StringField(
        _l("Name of who says it"),
        [DataRequired(_l("Give the name.")), Length(max=120)],
        description=_l("Role and name are printed in the report."),
    )

    def offer(self, choices: Sequence[SelectChoice]) -> None:
        """Let the form choose among the verdicts of the evaluation."""
        self.about.choices = list(choices)

    def remark(self) -> Remark:
        """Return what `decisions.actions.comment` takes."""
        subject, _colon, code = self.about.data.partition(":")
        return Remark(Subject(subject), code, self.text.data, self.role.data, self.name.data)
