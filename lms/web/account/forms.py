"""Forms of signing in and of one's own account."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from lms.kernel.languages import INTERFACE_LANGUAGES
from lms.people.models import Person


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = EmailField(_l("E-mail"), [InputRequired()], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), [InputRequired()], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class PasswordForm(FlaskForm):
    """The present password, and another twice."""

    present = PasswordField(_l("Present password"), [InputRequired()], render_kw={"autocomplete": "current-password"})
    new = PasswordField(
        _l("New password"),
        [InputRequired()],
        description=_l("At least 12 characters. Several words in a row are easy to remember and hard to guess."),
        render_kw={"autocomplete": "new-password", "minlength": 12},
    )
    again = PasswordField(
        _l("New password, once more"),
        [InputRequired(), EqualTo("new", _l("The two are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )


class LanguageForm(FlaskForm):
    """The language in which someone reads."""

    language = SelectField(
        _l("Language"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in INTERFACE_LANGUAGES.items()],
    )


class CodeForm(FlaskForm):
    """A code of an authenticator app, or a recovery code."""

    code = StringField(
        _l("Code"),
        [InputRequired(), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


class AgainForm(FlaskForm):
    """The password, once more."""

    password = PasswordField(_l("Password"), [InputRequired()], render_kw={"autocomplete": "current-password"})


class DeputyForm(FlaskForm):
    """Who stands in for a leader, from a day to a day."""

    leader = SelectField(_l("Who is away"), [InputRequired()], coerce=int)
    deputy = SelectField(_l("Who stands in"), [InputRequired()], coerce=int)
    first = DateField(_l("First day"), [InputRequired()])
    last = DateField(_l("Last day"), [InputRequired()])

    def offer(self, leaders: Sequence[Person], candidates: Sequence[Person]) -> "DeputyForm":
        """Fill the lists."""
        for field, people in ((self.leader, leaders), (self.deputy, candidates)):
            field.choices = [
                SelectChoice(one.id, f"{one.family_name} {one.given_name} ({one.registration})") for one in people
            ]
        return self
