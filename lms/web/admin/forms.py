"""Forms of the administrator."""

from collections.abc import Mapping
from typing import Self

from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Form,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.kernel.languages import KIOSK_LANGUAGES
from lms.people import actions, queries
from lms.people.ages import NAMES as AGE_BANDS
from lms.people.ages import AgeBand
from lms.people.directory import Wanted
from lms.people.models import Person
from lms.people.permissions import Role
from lms.people.queries import workshops
from lms.web.account.wording import ROLE_NAMES
from lms.web.admin.wording import BADGE_ENDS, MESSAGE_NAMES


def number(value: str | None) -> int | None:
    """Return the number that a choice stands for, None for no choice."""
    return int(value) if value and value != "None" else None


class WhereaboutsForm(FlaskForm):
    """What a kiosk is called and where it stands."""

    name = StringField(
        _l("Name"),
        [DataRequired(_l("Give a name.")), Length(max=120, message=_l("At most 120 characters."))],
        description=_l("Where it stands, for example Coating, beside the line."),
    )
    workshop = SelectField(_l("Workshop"), [Optional()], coerce=lambda value: int(value) if value else None)

    def offer_workshops(self) -> Self:
        """Fill the list of workshops."""
        known = [SelectChoice(str(place.id), f"{place.site.name}, {place.name}") for place in workshops()]
        self.workshop.choices = [SelectChoice("", _l("None in particular")), *known]
        return self


class Announcement(WhereaboutsForm):
    """A kiosk to be."""

    code = StringField(
        _l("Code"),
        [DataRequired(_l("Give a code.")), Length(max=40, message=_l("At most 40 characters."))],
        description=_l("Short and shown on the kiosk, so that people can name it, for example coating-1."),
    )


class MessageForm(FlaskForm):
    """A message to a kiosk, or to those of a place."""

    place = SelectField(_l("To"), [InputRequired()])
    kind = SelectField(
        _l("Message"),
        [InputRequired()],
        choices=[SelectChoice(kind.value, name) for kind, name in MESSAGE_NAMES.items()],
    )
    words = StringField(
        _l("Words shown there"),
        [Optional(), Length(max=200, message=_l("At most 200 characters."))],
        description=_l("For a kiosk out of order: why, and where the next one is."),
    )

    def to_one(self) -> "MessageForm":
        """Ask for no place."""
        del self.place
        return self

    def offer_places(self) -> "MessageForm":
        """Fill the list of places: everywhere, each site, each workshop."""
        self.place.choices = [
            SelectChoice("all", _l("All kiosks")),
            *(SelectChoice(f"site-{site.id}", site.name) for site in queries.sites()),
            *(SelectChoice(f"workshop-{place.id}", f"{place.site.name}, {place.name}") for place in workshops()),
        ]
        return self

    @property
    def site_and_workshop(self) -> tuple[int | None, int | None]:
        """The numbers of the site and of the workshop that were chosen; one of them at most."""
        kind, _, place_id = (self.place.data or "").partition("-")
        place = int(place_id) if place_id else None
        return (place, None) if kind == "site" else (None, place)


class HoursForm(FlaskForm):
    """When a kiosk is meant to be in service."""

    starts_on = DateField(_l("From the day"), [InputRequired(_l("Give a day."))])
    opens_at = TimeField(_l("Opens at"), [InputRequired(_l("Give a time."))])
    closes_at = TimeField(
        _l("Closes at"),
        [InputRequired(_l("Give a time."))],
        description=_l("The same time or an earlier one: on the next day."),
    )
    weekdays = SelectMultipleField(
        _l("Days"),
        [InputRequired(_l("Choose at least one day."))],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self) -> "HoursForm":
        """Fill the list of days, in the reader's language."""
        self.weekdays.choices = [SelectChoice(str(place), name.capitalize()) for place, name in weekday_names()]
        return self


def weekday_names() -> list[tuple[int, str]]:
    """Return the days of the week, 0 for Monday, as the reader calls them."""
    return sorted(get_locale().days["stand-alone"]["wide"].items())


class RosterFile(FlaskForm):
    """A roster to be brought in."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("CSV in any usual encoding, an Excel workbook (.xlsx) or a OneRoster archive (.zip)."),
    )


class PeopleWanted(Form):
    """What the list of people is narrowed to."""

    text = SearchField(_l("Search"), description=_l("Name, number, code or e-mail"))
    team = SelectField(_l("Team"), coerce=number)
    role = SelectField(_l("Role"), default="")
    left = SelectField(
        _l("Who"),
        default="",
        choices=[SelectChoice("", _l("Who is here")), SelectChoice("yes", _l("Who left"))],
    )

    def offer(self) -> "PeopleWanted":
        """Fill the lists."""
        self.team.choices = [SelectChoice("", _l("Any team")), *_teams()]
        self.role.choices = [SelectChoice("", _l("Any role")), *_roles()]
        return self

    def wanted(self, sort: str) -> Wanted:
        """Return what is asked for; a choice that does not exist asks for nothing."""
        self.validate()
        return Wanted(
            text=self.text.data or "",
            team_id=None if self.team.errors else self.team.data,
            role=Role(self.role.data) if self.role.data and not self.role.errors else None,
            left=self.left.data == "yes",
            sort=sort,
        )


class TurnoverWanted(Form):
    """The days of which joiners, movers and leavers are asked."""

    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("To"), [Optional()])


class JournalWanted(Form):
    """What the journal is narrowed to."""

    part = SelectField(_l("Subject"), default="")
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("To"), [Optional()])

    def offer(self, parts: Mapping[str, LazyString]) -> "JournalWanted":
        """Fill the list."""
        self.part.choices = [SelectChoice("", _l("Everything")), *(SelectChoice(*pair) for pair in parts.items())]
        return self


class BrandingForm(FlaskForm):
    """How the site is called and dressed."""

    name = StringField(_l("Name on the bar"), [DataRequired(), Length(max=40)])
    desk = StringField(_l("Colour of buttons and links at desks"), [Length(max=7)])
    kiosk = StringField(_l("Colour of buttons at kiosks"), [Length(max=7)])
    logo = FileField(_l("Logo"))
    without_logo = BooleanField(_l("Take the logo away"))


KNOWN = ("registration", "given_name", "family_name", "email", "language", "hired_on", "age_band")


class PersonForm(FlaskForm):
    """What is known of a person."""

    registration = StringField(_l("Registration number"), [DataRequired(_l("Give a number.")), Length(max=60)])
    given_name = StringField(_l("Given name"), [Length(max=120)])
    family_name = StringField(_l("Family name"), [Length(max=120)])
    email = EmailField(_l("E-mail"), [Optional(), Length(max=254)], description=_l("Staff sign in with it."))
    language = SelectField(_l("Language"), [Optional()])
    workstation = SelectField(_l("Post"), [Optional()], coerce=number)
    hired_on = DateField(_l("Hired on"), [Optional()])
    age_band = SelectField(
        _l("Age band"),
        [Optional()],
        coerce=lambda value: AgeBand(value) if value else None,
        description=_l("For the comparison of age bands alone. An age or a day of birth is never kept."),
    )

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        """Return the form as it stands for someone; the post is known by its number."""
        known = {name: getattr(person, name) for name in KNOWN}
        return cls(data={**known, "workstation": person.workstation_id}).offer(person)

    def offer(self, person: Person | None = None) -> "PersonForm":
        """Fill the lists; a language that the interface does not speak stays one of the choices."""
        known = dict(KIOSK_LANGUAGES)
        if person and person.language:
            known.setdefault(person.language, person.language)
        self.language.choices = [SelectChoice("", "–"), *(SelectChoice(code, name) for code, name in known.items())]
        posts = [SelectChoice(str(post.id), f"{post.workshop.name}, {post.name}") for post in queries.workstations()]
        self.workstation.choices = [SelectChoice("", "–"), *posts]
        bands = [SelectChoice(band.value, name) for band, name in AGE_BANDS.items()]
        self.age_band.choices = [SelectChoice("", _l("Not known")), *bands]
        return self

    def entry(self) -> actions.Entry:
        """Return what was filled in."""
        return actions.Entry(
            registration=self.registration.data or "",
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            email=self.email.data or None,
            language=self.language.data or None,
            workstation_id=self.workstation.data,
            hired_on=self.hired_on.data,
            age_band=self.age_band.data,
        )


class NewPersonForm(PersonForm):
    """A person to be entered, with the team they join."""

    team = SelectField(_l("Team"), [Optional()], coerce=number)

    def offer(self, person: Person | None = None) -> "NewPersonForm":
        """Fill the lists."""
        super().offer(person)
        self.team.choices = [SelectChoice("", "–"), *_teams()]
        return self


class MoveForm(FlaskForm):
    """Another team, from a day on."""

    team = SelectField(_l("Team"), [InputRequired(_l("Choose a team."))], coerce=number)
    on = DateField(_l("From the day"), [InputRequired(_l("Give a day."))])

    def offer(self) -> "MoveForm":
        """Fill the list of teams."""
        self.team.choices = _teams()
        return self


class LeaveForm(FlaskForm):
    """Somebody's last day."""

    left_on = DateField(_l("Last day"), [InputRequired(_l("Give a day."))])


class BadgeForm(FlaskForm):
    """A badge to be handed out."""

    number = StringField(
        _l("Badge number"),
        [DataRequired(_l("Hold the badge to the reader, or type its number.")), Length(min=4, max=60)],
        render_kw={"autocomplete": "off"},
    )


class BadgeEndForm(FlaskForm):
    """Why a badge is good no longer."""

    ended_as = SelectField(
        _l("Why"), [InputRequired()], choices=[SelectChoice(end.value, name) for end, name in BADGE_ENDS.items()]
    )


class PrintForm(FlaskForm):
    """Whose badges are to be printed."""

    team = SelectField(_l("Team"), [InputRequired(_l("Choose a team."))], coerce=number)
    everybody = BooleanField(
        _l("For everybody, those who have one too"),
        description=_l("Badges printed before stop working as soon as the new sheet is made."),
    )

    def offer(self) -> "PrintForm":
        """Fill the list of teams."""
        self.team.choices = _teams()
        return self


class RoleForm(FlaskForm):
    """A role to be given or taken back."""

    role = SelectField(_l("Role"), [InputRequired()])
    team = SelectField(_l("Team"), [Optional()], coerce=number, description=_l("For a team leader."))

    def offer(self) -> "RoleForm":
        """Fill the lists."""
        self.role.choices = list(_roles())
        self.team.choices = [SelectChoice("", "–"), *_teams()]
        return self


class PlaceForm(FlaskForm):
    """A site, workshop, shift, team or post; each takes the fields it needs."""

    code = StringField(_l("Code"), [DataRequired(_l("Give a code.")), Length(max=40)])
    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), Length(max=120)])
    site = SelectField(_l("Site"), [InputRequired(_l("Choose a site."))], coerce=number)
    in_workshop = SelectField(_l("Workshop"), [InputRequired(_l("Choose a workshop."))], coerce=number)
    workshop = SelectField(_l("Workshop"), [Optional()], coerce=number)
    shift = SelectField(_l("Shift"), [Optional()], coerce=number)
    starts_at = TimeField(_l("Starts at"), [InputRequired(_l("Give a time."))])
    ends_at = TimeField(_l("Ends at"), [InputRequired(_l("Give a time."))])

    def only(self, fields: tuple[str, ...]) -> "PlaceForm":
        """Keep the fields that a kind of place has, and fill their lists."""
        none = SelectChoice("", "–")
        known = [SelectChoice(str(place.id), f"{place.site.name}, {place.name}") for place in workshops()]
        self.site.choices = [SelectChoice(str(site.id), site.name) for site in queries.sites()]
        self.in_workshop.choices, self.workshop.choices = known, [none, *known]
        self.shift.choices = [none, *(SelectChoice(str(shift.id), shift.name) for shift in queries.shifts())]
        for name in {"site", "in_workshop", "workshop", "shift", "starts_at", "ends_at"} - set(fields):
            delattr(self, name)
        return self


def _teams() -> list[SelectChoice]:
    return [SelectChoice(str(team.id), team.name) for team in queries.teams()]


def _roles() -> list[SelectChoice]:
    return [SelectChoice(role.value, str(name)) for role, name in ROLE_NAMES.items()]
