"""Forms that show how fields look; they change nothing."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

TEAMS = [SelectChoice("", _l("All teams")), SelectChoice("1", "Enduction A"), SelectChoice("2", "Enduction B")]


class Example(Form):
    """One field of each kind; sent empty, some have a fault."""

    title = StringField(_l("Title"), [DataRequired(_l("Give a title."))], description=_l("As operators will read it."))
    due_on = DateField(_l("Due date"), [DataRequired(_l("Give a date, for example 2027-03-31."))])
    team = SelectField(_l("Team"), [Optional()], choices=TEAMS)
    again = RadioField(
        _l("Who must look again"),
        [DataRequired(_l("Say who must look again."))],
        choices=[SelectChoice("none", _l("Nobody")), SelectChoice("all", _l("Everyone"))],
    )
    note = TextAreaField(_l("Note"), [Optional()])
    sure = BooleanField(_l("I have read the preview"))


class Narrowing(Form):
    """Filters of a list."""

    wanted_team = SelectField(_l("Team"), choices=TEAMS)
    name = StringField(_l("Name contains"))
