"""What is wrong with a row of a roster, in words."""

from dataclasses import dataclass, field

from lms.kernel.languages import lazy_gettext as _l

LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Fault:
    """One fault of one row: the line of the file, the title of the column, the value as it stands."""

    line: int
    column: str
    value: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return str(_REASONS[self.code]) % self.facts

    def as_document(self) -> dict[str, object]:
        """Return the fault for a program."""
        shown = self.value if len(self.value) <= LONGEST_SHOWN else self.value[: LONGEST_SHOWN - 1] + "…"
        return {"line": self.line, "column": self.column, "value": shown, "reason": self.reason}


_REASONS = {
    "key_missing": _l("This cell is empty, and it tells people apart."),
    "too_long": _l("This is longer than %(most)s characters."),
    "not_text": _l("This holds characters that no text has."),
    "name_missing": _l("There is neither a given name nor a family name."),
    "name_unclear": _l("It is not clear which part is the family name. Use two columns, or “Family, Given”."),
    "email_wrong": _l("This is not one e-mail address."),
    "email_taken": _l("This e-mail address belongs to %(registration)s."),
    "email_twice": _l("The same e-mail address stands on line %(first)s."),
    "twice": _l("Line %(first)s has the same, and it tells people apart."),
    "date_wrong": _l("This is no date. Write 2026-01-31 or 31/01/2026."),
    "leaves_before_hiring": _l("The last day lies before the day of hiring."),
    "moves_later": _l("A move to another team on %(on)s is planned already."),
    "role_unknown": _l(
        "This role is not known. Known are operator, trainer, team leader, human resources, evaluator, "
        "staff representative and administrator."
    ),
    "role_not_yours": _l("Only an administrator gives this role."),
    "leader_without_team": _l("A team leader needs a team that is known."),
    "language_unknown": _l("This language is not known. Write fr or Français, for example."),
    "age_wrong": _l(
        "This is no age band. Write under_35, 35_49 or 50_plus; an age or a day of birth is turned into its band "
        "and not kept."
    ),
    "badge_wrong": _l("A badge number has 4 to 60 letters and digits."),
    "badge_taken": _l("This badge was handed to somebody else."),
    "badge_twice": _l("The same badge stands on line %(first)s."),
    "too_many_cells": _l("This row has more cells than the first: something is shifted."),
}
