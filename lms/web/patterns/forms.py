"""Forms that show how fields look; they change nothing."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

TEAMS = [SelectChoice("", _l("All teams")), SelectChoice("1", "Enduction A"), SelectChoice("2", "Enduction B")]


class Example(FlaskForm):
    """One field of each kind, two of them with a fault."""

    title = StringField(_l("Title"), [DataRequired(_l("Give a title."))], description=_l("As operators will read it."))
    due_on = DateField(_l("Due date"), [DataRequired(_l("Give a date, for example 2027-03-31."))])
    team = SelectField(_l("Team"), [Optional()], choices=TEAMS)
    again = RadioField(
        _l("Who must look again"),
        [Optional()],
        choices=[SelectChoice("none", _l("Nobody")), SelectChoice("all", _l("Everyone"))],
    )
    note = TextAreaField(_l("Note"), [Optional()])
    sure = BooleanField(_l("I have read the preview"))


class Narrowing(FlaskForm):
    """Filters of a list."""

    class Meta:
        """Filters change nothing, so they need no token."""

        csrf = False

    wanted_team = SelectField(_l("Team"), choices=TEAMS)
    name = StringField(_l("Name contains"))
