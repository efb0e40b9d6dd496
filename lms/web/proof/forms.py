"""The forms of proof: filters, kinds, habilitations, sessions, papers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from babel.dates import get_month_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from lms.catalogue import scans
from lms.catalogue.queries import newest_editions
from lms.classroom import rules as rooms
from lms.classroom.actions import SessionEntry
from lms.classroom.models import HalfDay, Session
from lms.classroom.rules import Part
from lms.kernel.languages import current_language, in_language, locale_of
from lms.people import queries as people
from lms.people.models import Team
from lms.proof.actions import Gift, KindEntry
from lms.proof.models import HabilitationKind
from lms.proof.rules import Act, Basis, State
from lms.reports.words import day_in_short
from lms.web.proof.wording import ACTS, BASES, PARTS, STATES

_DAY = _l("Give a date, for example 2027-03-31.")
TO_ACT_ON = "open"
ALL = "all"
PAPERS_ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.heif"
HALF_DAYS = 6
"""How many a form offers."""


def _number(value: str | None) -> int | None:
    return int(value) if value and value != "None" else None


def months() -> dict[int, str]:
    """Return the names of the months in the reader's language, by number."""
    return {number: str(name) for number, name in get_month_names("wide", locale=locale_of(current_language())).items()}


def _modules() -> list[SelectChoice]:
    return [
        SelectChoice("", "–"),
        *(SelectChoice(str(one.module_id), in_language(one.content.title)) for one in newest_editions()),
    ]


class Narrowing(Form):
    """Which habilitations are listed; a choice that is not on offer counts as none."""

    team = SelectField(_l("Team"), default="", validate_choice=False)
    kind = SelectField(_l("Habilitation"), default="", validate_choice=False)
    state = SelectField(_l("State"), default=TO_ACT_ON, validate_choice=False)
    until = DateField(_l("Ends until"), [Optional()])

    def offer(self, teams: Collection[Team], kinds: Collection[HabilitationKind]) -> "Narrowing":
        """Offer the teams that the reader may see, and every kind."""
        self.team.choices = [("", _l("All teams")), *((str(team.id), team.name) for team in teams)]
        self.kind.choices = [("", _l("All habilitations")), *((one.code, in_language(one.title)) for one in kinds)]
        self.state.choices = [
            (TO_ACT_ON, _l("To be renewed, expired or suspended")),
            *STATES.items(),
            (ALL, _l("All states")),
        ]
        return self

    @property
    def states(self) -> tuple[State, ...]:
        """The states that are wanted."""
        if self.state.data == ALL:
            return tuple(State)
        chosen = self.state.data
        return (State(chosen),) if chosen in set(State) else (State.TO_RENEW, State.EXPIRED, State.SUSPENDED)

    @property
    def team_id(self) -> int | None:
        """The team that was chosen."""
        offered = {value for value, *_ in self.team.choices if value}
        return int(self.team.data) if self.team.data in offered else None

    @property
    def last_day(self) -> date | None:
        """The day by which they end, if one was given."""
        self.validate()
        return None if self.until.errors else self.until.data


class KindForm(FlaskForm):
    """A kind of habilitation."""

    code = StringField(_l("Code"), [DataRequired(_l("Give a code.")), Length(max=40)])
    title_fr = StringField(_l("Title in French"), [DataRequired(_l("Give a title.")), Length(max=120)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=120)])
    reference = StringField(
        _l("Text that asks for it"),
        [Optional(), Length(max=150)],
        description=_l("A recommendation, a standard, an article of law."),
    )
    validity_months = IntegerField(
        _l("Months of validity"),
        [Optional(), NumberRange(1, 240, _l("Give a number from 1 to 240."))],
        description=_l("Nothing: valid for good."),
    )
    renewal_days = IntegerField(
        _l("Days before its end from which it may be renewed"),
        [InputRequired(_l("Give a number from 0 to 1000.")), NumberRange(0, 1000, _l("Give a number from 0 to 1000."))],
        default=90,
        description=_l("Renewed within these days, the next one begins when this one ends: nobody loses a day."),
    )
    fixed_month = SelectField(
        _l("Always ends at the end of"),
        coerce=_number,
        description=_l("So that a whole team renews at the same time. The first one may be shorter, none is longer."),
    )
    module = SelectField(_l("Module that gives or renews it"), coerce=_number)
    by_session = BooleanField(_l("A session that was attended gives or renews it"))
    by_certificate = BooleanField(_l("A certificate from outside, with its file, gives or renews it"), default=True)

    def offer(self) -> "KindForm":
        """Fill the lists."""
        self.module.choices = _modules()
        named = [SelectChoice(str(number), name) for number, name in months().items()]
        self.fixed_month.choices = [SelectChoice("", "–"), *named]
        return self

    def fill(self, kind: HabilitationKind) -> None:
        """Show a kind as it is."""
        self.title_fr.data, self.title_en.data = kind.title.get("fr", ""), kind.title.get("en", "")
        for name in ("reference", "validity_months", "renewal_days", "fixed_month", "by_session", "by_certificate"):
            self[name].data = getattr(kind, name)
        self.module.data = kind.module_id

    def entry(self) -> KindEntry:
        """Return what `proof.actions.add_kind` takes."""
        title = {"fr": self.title_fr.data, "en": self.title_en.data}
        return KindEntry(
            title={language: text.strip() for language, text in title.items() if text and text.strip()},
            validity_months=self.validity_months.data,
            renewal_days=self.renewal_days.data,
            fixed_month=self.fixed_month.data,
            module_id=self.module.data,
            by_session=self.by_session.data,
            by_certificate=self.by_certificate.data,
            reference=self.reference.data or "",
        )


class GiftForm(FlaskForm):
    """A habilitation to be given to somebody."""

    kind = SelectField(_l("Habilitation"), [InputRequired(_l("Choose a habilitation."))])
    obtained_on = DateField(
        _l("Obtained on"),
        [DataRequired(_DAY)],
        description=_l("The day of the training or of the certificate. Its validity is worked out from it."),
    )
    basis = RadioField(_l("It rests on"), [InputRequired(_l("Choose what it rests on."))])
    session = SelectField(_l("Session attended"), default="", description=_l("When it rests on a session."))
    issuer = StringField(
        _l("Issued by"),
        [Optional(), Length(max=150)],
        description=_l("The organisation, for a certificate from outside."),
    )
    number = StringField(_l("Number on the paper"), [Optional(), Length(max=80)])
    until = DateField(
        _l("Valid until"),
        [Optional()],
        description=_l("Only when the paper says a day sooner than the kind of habilitation allows."),
    )
    paper = FileField(
        _l("Scanned paper"),
        render_kw={"accept": PAPERS_ACCEPTED},
        description=_l(
            "A PDF of 10 megabytes at most, or a photo (JPEG, PNG, HEIC): place and owner are taken out of it."
        ),
    )

    def offer(self, kinds: Sequence[HabilitationKind], sessions: Mapping[str, str]) -> "GiftForm":
        """Fill the lists."""
        none = SelectChoice("", "–")
        self.kind.choices = [none, *(SelectChoice(one.code, in_language(one.title)) for one in kinds)]
        self.session.choices = [none, *(SelectChoice(code, title) for code, title in sessions.items())]
        self.basis.choices = [SelectChoice(basis.value, label) for basis, label in BASES.items()]
        return self

    def gift(self, person_id: int) -> Gift:
        """Return what `proof.actions.give` takes; raises what `scans.read` raises."""
        return Gift(
            person_id=person_id,
            kind=self.kind.data,
            obtained_on=self.obtained_on.data,
            basis=Basis(self.basis.data),
            until=self.until.data,
            session=self.session.data or "",
            number=self.number.data or "",
            issuer=self.issuer.data or "",
            paper=scans.read(self.paper.data.read()).content if self.paper.data else None,
        )


class ActForm(FlaskForm):
    """What is done to a habilitation after it was given."""

    act = RadioField(_l("What is done"), [InputRequired(_l("Choose what is done."))])
    on = DateField(_l("From the day"), [DataRequired(_DAY)])
    reason = StringField(_l("Reason"), [DataRequired(_l("Give the reason.")), Length(max=300)])

    def offer(self, acts: Collection[Act]) -> "ActForm":
        """Offer what may be done."""
        self.act.choices = [SelectChoice(act.value, ACTS[act]) for act in acts]
        return self


class ReasonForm(FlaskForm):
    """Why something is taken back."""

    reason = StringField(_l("Reason"), [DataRequired(_l("Give the reason.")), Length(max=300)])


class HalfDayForm(Form):
    """One half-day of a session; one without a date is none."""

    held_on = DateField(_l("Date"), [Optional()])
    part = SelectField(_l("Half-day"), default=Part.MORNING.value)
    minutes = IntegerField(_l("Minutes"), [Optional()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.part.choices = [SelectChoice(part.value, name) for part, name in PARTS.items()]


class SessionForm(FlaskForm):
    """A session in a room."""

    code = StringField(_l("Code"), [DataRequired(_l("Give a code.")), Length(max=40)])
    title = StringField(_l("Title"), [DataRequired(_l("Give a title.")), Length(max=150)])
    trainer = StringField(
        _l("Trainer"),
        [DataRequired(_l("Say who teaches.")), Length(max=150)],
        description=_l("And for which organisation, when from outside."),
    )
    module = SelectField(_l("Module it belongs to"), coerce=_number)
    place = StringField(_l("Place"), [Optional(), Length(max=150)])
    site = SelectField(_l("Site"), coerce=_number)
    mandatory = BooleanField(
        _l("Mandatory training"),
        description=_l("It conditions the work by law or agreement: working time, pay kept (article L6321-2)."),
    )
    capacity = IntegerField(_l("Places"), [Optional(), NumberRange(1, 1000, _l("Give a number from 1 to 1000."))])
    half_days = FieldList(FormField(HalfDayForm), min_entries=HALF_DAYS, max_entries=60)

    def offer(self) -> "SessionForm":
        """Fill the lists."""
        self.module.choices = _modules()
        self.site.choices = [SelectChoice("", "–"), *(SelectChoice(str(one.id), one.name) for one in people.sites())]
        return self

    def fill(self, session: Session) -> None:
        """Show a session as it is."""
        for name in ("title", "trainer", "place", "mandatory", "capacity"):
            self[name].data = getattr(session, name)
        self.module.data, self.site.data = session.module_id, session.site_id
        while len(self.half_days) < len(session.half_days) + 1:
            self.half_days.append_entry()
        for row, half_day in zip(self.half_days, session.half_days, strict=False):
            row.held_on.data, row.part.data, row.minutes.data = half_day.held_on, half_day.part.value, half_day.minutes

    def entry(self) -> SessionEntry:
        """Return what `classroom.actions.plan_session` takes."""
        return SessionEntry(
            title=self.title.data,
            trainer=self.trainer.data,
            half_days=[
                rooms.HalfDay(row.held_on.data, Part(row.part.data), row.minutes.data or 0)
                for row in self.half_days
                if row.held_on.data
            ],
            module_id=self.module.data,
            place=self.place.data or "",
            site_id=self.site.data,
            mandatory=self.mandatory.data,
            capacity=self.capacity.data,
        )


class InviteForm(FlaskForm):
    """Who is put on the list of a session."""

    team = SelectField(_l("Everyone of a team"), default="", validate_choice=False)
    registrations = TextAreaField(
        _l("Or by registration number"), [Optional(), Length(max=5000)], description=_l("One or more, with spaces.")
    )

    def offer(self, teams: Collection[Team]) -> "InviteForm":
        """Offer every team."""
        self.team.choices = [("", "–"), *((str(team.id), team.name) for team in teams)]
        return self


class SheetsForm(FlaskForm):
    """Signed sheets of a session; several files at once."""

    half_day = SelectField(_l("Which half-days the sheet is of"), [InputRequired()], default="", validate_choice=False)
    files = MultipleFileField(
        _l("Scans or photos"),
        [InputRequired()],
        render_kw={"accept": PAPERS_ACCEPTED},
        description=_l("One or several: PDFs of 10 megabytes at most, or photos (JPEG, PNG, HEIC)."),
    )
    photos = FileField(
        _l("Or take the photo now"),
        render_kw={"accept": "image/*", "capture": "environment"},
        description=_l("The whole sheet, in good light. The place and the owner written in it are taken out."),
    )

    def offer(self, half_days: Sequence[HalfDay], parts: Mapping[Part, object]) -> "SheetsForm":
        """Offer the whole session first, then each half-day."""
        each = ((str(one.id), f"{day_in_short(one.held_on)}, {parts[one.part]}") for one in half_days)
        self.half_day.choices = [SelectChoice("", _("The whole session")), *(SelectChoice(*one) for one in each)]
        return self


class RealisationForm(FlaskForm):
    """Which action a certificat de réalisation is of."""

    action = SelectField(_l("Training"), [InputRequired(_l("Choose a training."))])
    first_day = DateField(_l("From"), [DataRequired(_DAY)])
    last_day = DateField(_l("To"), [DataRequired(_DAY)])

    def offer(self, actions: Mapping[str, str]) -> "RealisationForm":
        """Offer what somebody was trained in."""
        self.action.choices = [SelectChoice("", "–"), *(SelectChoice(key, title) for key, title in actions.items())]
        return self


class LookUpForm(Form):
    """The number of a paper, typed."""

    number = StringField(
        _l("Number on the paper"),
        [DataRequired(_l("Type the number that stands on the paper."))],
        description=_l("For example 2026-000123-ABCD-EFGH-JKLM."),
    )


class VisitForm(Form):
    """What an auditor asks for; a choice that is not on offer counts as none."""

    subject = SelectField(_l("Module or habilitation"), default="", validate_choice=False)
    first_day = DateField(_l("From"), [Optional()])
    last_day = DateField(_l("To"), [Optional()])

    def offer(self, modules: Mapping[str, str], kinds: Mapping[str, str], usual: tuple[date, date]) -> "VisitForm":
        """Offer every module and kind; the days are the usual ones where none are given."""
        self.subject.choices = [("", "–"), *modules.items(), *kinds.items()]
        if self.subject.data not in {*modules, *kinds}:
            self.subject.data = ""
        self.first_day.data = self.first_day.data or usual[0]
        self.last_day.data = self.last_day.data or usual[1]
        return self

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first_day.data, self.last_day.data
