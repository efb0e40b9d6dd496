"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from lms.kernel.languages import INTERFACE_LANGUAGES


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
