"""Forms of the administrator."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from lms.people.queries import workshops


class Announcement(FlaskForm):
    """A kiosk to be."""

    code = StringField(
        _l("Code"),
        [DataRequired(_l("Give a code.")), Length(max=40, message=_l("At most 40 characters."))],
        description=_l("Short and shown on the kiosk, so that people can name it, for example coating-1."),
    )
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Give a name.")), Length(max=120, message=_l("At most 120 characters."))],
        description=_l("Where it stands, for example Coating, beside the line."),
    )
    workshop = SelectField(_l("Workshop"), [Optional()], coerce=lambda value: int(value) if value else None)

    def offer_workshops(self) -> "Announcement":
        """Fill the list of workshops."""
        known = [SelectChoice(str(place.id), f"{place.site.name}, {place.name}") for place in workshops()]
        self.workshop.choices = [SelectChoice("", _l("None in particular")), *known]
        return self
