"""What cells mean."""

from datetime import date

import pytest

from lms.people.ages import AgeBand
from lms.people.permissions import Role
from lms.people.roster import cells


@pytest.mark.parametrize(
    ("text", "family_first", "found"),
    [
        ("Takitoteka", None, ("Takitoteka", "")),  # one word is one name
        ("Dupont, Jean", None, ("Jean", "Dupont")),
        ("DUPONT Jean", None, ("Jean", "DUPONT")),
        ("Jean DUPONT", None, ("Jean", "DUPONT")),
        ("DE LA TOUR Anne-Marie", None, ("Anne-Marie", "DE LA TOUR")),
        ("Dupont Jean", True, ("Jean", "Dupont")),  # the title says so
        ("Jean Dupont", False, ("Jean", "Dupont")),
        ("Jean Dupont", None, None),  # either could be the family's
        ("Jean Pierre Dupont", True, None),
        ("JEAN DUPONT", None, None),
        ("a, b, c", None, None),
    ],
)
def test_whole_names(text: str, family_first: bool | None, found: tuple[str, str] | None) -> None:
    assert cells.split_name(text, family_first) == found


TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("under_35", AgeBand.UNDER_35),
        ("35_49", AgeBand.FROM_35_TO_49),
        ("50_plus", AgeBand.FROM_50),
        ("< 35", AgeBand.UNDER_35),
        ("≤ 35", None),  # 35 is in the next band
        ("Moins de 35 ans", AgeBand.UNDER_35),
        ("25-34", AgeBand.UNDER_35),  # a narrower span
        ("35–49 ans", AgeBand.FROM_35_TO_49),
        ("45-54", None),  # a span that lies in two
        ("50 ans et plus", AgeBand.FROM_50),
        ("50+", AgeBand.FROM_50),
        ("plus de 49 ans", AgeBand.FROM_50),
        ("34", AgeBand.UNDER_35),
        ("35", AgeBand.FROM_35_TO_49),
        ("49 ans", AgeBand.FROM_35_TO_49),
        ("27/11/1991", AgeBand.UNDER_35),  # 35 tomorrow
        ("26/11/1991", AgeBand.FROM_35_TO_49),  # 35 today
        ("1976-11-26", AgeBand.FROM_50),
        ("19761126", AgeBand.FROM_50),
        ("7", None),
        ("31/02/1990", None),
        ("senior", None),
    ],
)
def test_age_bands(text: str, band: AgeBand | None) -> None:
    assert cells.age_band(text, TODAY) == band


@pytest.mark.parametrize(
    ("text", "code"),
    [("fr", "fr"), ("FR-fr", "fr"), ("pt_BR", "pt"), ("Français", "fr"), ("anglais", "en"), ("Polnisch", "pl"),
     ("العربية", "ar"), ("Türkçe", "tr"), ("xx", None), ("klingonien", None)],
)  # fmt: skip
def test_languages(text: str, code: str | None) -> None:
    assert cells.language(text) == code


@pytest.mark.parametrize(
    ("text", "roles", "unknown"),
    [
        ("Opérateur", [Role.OPERATOR], []),
        ("Cheffe d’équipe; Formatrice", [Role.TEAM_LEADER, Role.TRAINER], []),
        ("student", [Role.OPERATOR], []),  # OneRoster
        ("staff_representative", [Role.STAFF_REPRESENTATIVE], []),
        ("RH / cariste", [Role.HR], ["cariste"]),
    ],
)
def test_roles(text: str, roles: list[Role], unknown: list[str]) -> None:
    assert cells.roles(text) == (roles, unknown)
