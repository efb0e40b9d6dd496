"""What cells mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "31/01/2026",
        "31.01.2026",
        "31-01-2026",
        "20260131",
        "31/01/26",
        "2026-01-31 00:00:00",
        "2026-01-31T08:00",
    ],
)
def test_days(text: str) -> None:
    assert cells.day(text) == date(2026, 1, 31)


@pytest.mark.parametrize("text", ["31.12.9999", "2999-12-31"])
def test_for_ever_is_no_day(text: str) -> None:
    assert cells.day(text) is None


@pytest.mark.parametrize("text", ["01/31/2026", "30/02/2026", "demain", "46053", "1826-01-31"])
def test_no_days(text: str) -> None:
    with pytest.raises(ValueError):
        cells.day(text)


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


@given(st.text())
def test_tidy_twice_is_tidy_once(text: str) -> None:
    assert cells.tidy(cells.tidy(text)) == cells.tidy(text)
