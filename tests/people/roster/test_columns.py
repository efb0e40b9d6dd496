"""Titles of columns as HR systems and platforms write them."""

import pytest

from lms.people.roster.columns import ColumnsMissing, ColumnUnknown, HeaderMissing, recognise


def fields(header: str, mapping: dict[str, str] | None = None, has_header: bool | None = None) -> str:
    columns = recognise(header.split(";"), mapping or {}, has_header)
    return " ".join(column.field.value if column.field else "-" for column in columns.all)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        # French HR systems
        ("Matricule;Nom;Prénom;E-mail;Équipe;Poste", "registration family_name given_name email team workstation"),
        ("N° matricule;NOM D'USAGE;Prénom usuel;Adresse e-mail", "registration family_name given_name email"),
        (
            "Matricule;Nom;Prénom;Atelier;Site;Rôle;Langue",
            "registration family_name given_name workshop site role language",
        ),
        (
            "matricule;nom;prenom;Date d’entrée;Date de sortie;N° badge",
            "registration family_name given_name hired_on left_on badge",
        ),
        ("Nom de naissance;Nom d'usage;Prénom;Matricule", "- family_name given_name registration"),  # the used one
        # English and German
        ("Employee ID;First name;Last name;Team;Hire date", "registration given_name family_name team hired_on"),
        (
            "Personalnummer;Name;Vorname;Abteilung;Eintrittsdatum",
            "registration family_name given_name workshop hired_on",
        ),
        ("Vorname;Nachname;E-Mail", "given_name family_name email"),
        # Platforms: Moodle, Claroline, Kolibri, OneRoster
        ("username;password;firstname;lastname;email;cohort1", "registration - given_name family_name email team"),
        ("id;email;firstName;lastName;username;administrativeCode", "- email given_name family_name - registration"),
        ("GivenName;MiddleInitial;Surname;Username;Age", "given_name - family_name registration age_band"),
        ("sourcedId;role;username;givenName;familyName;identifier", "registration role - given_name family_name -"),
        # One column of names
        ("Nom;Matricule", "name registration"),
        ("Nom et prénom;Matricule", "name registration"),
        (" E-MAIL ;  nom ", "email name"),
    ],
)
def test_titles_are_recognised(header: str, found: str) -> None:
    assert fields(header) == found


@pytest.mark.parametrize(
    ("header", "mapping", "has_header", "found"),
    [
        ("Kunde;Wer;Post", {"Kunde": "registration", "wer": "name"}, None, "registration name workstation"),
        ("Matricule;Nom;Prénom;Rôle", {"Rôle": "-"}, None, "registration family_name given_name -"),
        (
            "12;Petit;Jean",
            {"1": "registration", "2": "family_name", "3": "given_name"},
            None,
            "registration family_name given_name",
        ),
        ("Nom;Prénom;Mail", {"3": "email"}, False, None),  # without a header, what is not said is not known
    ],
)
def test_the_reader_has_the_last_word(
    header: str, mapping: dict[str, str], has_header: bool | None, found: str | None
) -> None:
    if found:
        assert fields(header, mapping, has_header) == found
    else:
        with pytest.raises(ColumnsMissing):
            fields(header, mapping, has_header)


def test_a_mapped_first_line_that_is_a_person_is_one() -> None:
    columns = recognise(["Robert", "r@example.org"], {"1": "name", "2": "email"})
    assert not columns.has_header
    assert recognise(["Wer", "Wohin"], {"1": "name", "2": "email"}).has_header


@pytest.mark.parametrize(
    ("header", "mapping", "refusal"),
    [
        ("Robert;Bergman;r@example.org", {}, HeaderMissing),
        ("1;null;0;0", {}, HeaderMissing),
        ("date;temperature;place", {}, ColumnsMissing),
        ("Nom;Prénom;Équipe", {}, ColumnsMissing),  # nothing tells people apart
        ("Matricule;Équipe", {}, ColumnsMissing),  # no names
        ("Matricule;Nom", {"Prénom": "given_name"}, ColumnUnknown),
        ("Matricule;Nom", {"9": "given_name"}, ColumnUnknown),
        ("Matricule;Nom", {"Nom": "salary"}, ColumnUnknown),
        ("a;b", {"a": "name", "b": "name"}, ColumnUnknown),  # one field, two columns
    ],
)
def test_columns_that_tell_too_little(header: str, mapping: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        fields(header, mapping)
