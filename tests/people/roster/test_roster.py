"""Rosters: what becomes of each row, and that importing twice is importing once."""

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.kernel.clock import local_day
from lms.kernel.database import db, writing
from lms.kernel.tables import write_xlsx
from lms.people import badges, plant
from lms.people.ages import AgeBand
from lms.people.models import Badge, Person, PersonEvent, RoleGrant, Team, TeamMembership, Workshop, Workstation
from lms.people.permissions import Role
from lms.people.roster import applying
from lms.people.roster.columns import Field
from lms.people.roster.comparison import Preview
from lms.people.roster.reading import Reading, RosterEmpty, open_roster, open_table
from tests.people.making import NOW, TODAY, a_person, a_team

EVERY_ROLE = frozenset(Role)


def look(
    text: str | bytes, make: bool = False, grantable: frozenset[Role] = EVERY_ROLE, now: object = NOW, **how: object
) -> Preview:
    source = text.encode() if isinstance(text, str) else text
    reading = Reading(**how)
    return applying.preview(open_roster(open_table(source, reading), reading), local_day(now), make, grantable)


def take(text: str | bytes, make: bool = False, now: object = NOW, **how: object) -> Preview:
    shown = look(text, make, now=now, **how)
    applying.apply(shown, by=None, now=now, may_empty=True)
    db.session.flush()
    return shown


def counts(shown: Preview) -> tuple[int, int, int, int]:
    return len(shown.created), len(shown.changed), shown.unchanged, shown.refused


def faults(shown: Preview) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.code) for fault in shown.faults]


def person(registration: str) -> Person:
    db.session.expire_all()
    return db.session.scalars(select(Person).where(Person.registration == registration)).one()


def stays(registration: str) -> list[tuple[str, date, date | None]]:
    rows = db.session.execute(
        select(Team.code, TeamMembership.joined_on, TeamMembership.left_on)
        .join(Team).join(Person, Person.id == TeamMembership.person_id)
        .where(Person.registration == registration).order_by(TeamMembership.joined_on)
    )  # fmt: skip
    return [tuple(row) for row in rows]


FIXTURES = [
    # file, created, refused, a name that shows the encoding (MANIFEST.csv states the rest)
    ("claroline_user_create_full.csv", 1, 0, "Doe"),
    ("kolibri_user_data.csv", 496, 4, "Borbély"),  # 500 rows; 4 user names stand on two different people
    ("made_bad_emails.csv", 2, 4, ""),
    ("made_cp1252_semicolon_german.csv", 60, 0, "Borbély"),
    ("made_duplicates_blank_lines.csv", 30, 5, "Borbély"),
    ("made_formula_injection.csv", 5, 0, "Doe"),
    ("made_header_only.csv", 0, 0, None),
    ("made_utf16le_tab.csv", 80, 0, "Tạ"),
    ("made_utf8_bom_excel.csv", 120, 0, "Tạ"),
    ("moodle_upload_users.csv", 2, 0, "Reznor"),
    ("moodle_upload_users_cohorts.csv", 4, 0, "Smith"),
    ("tao_OneRosterv1p1BaseCSV.zip", 2, 0, "padurariu"),
]


@pytest.mark.parametrize(("name", "created", "refused", "family_name"), FIXTURES)
def test_files_from_elsewhere(
    shared: Path, session: object, name: str, created: int, refused: int, family_name: str | None
) -> None:
    source = (shared / "fixtures/roster" / name).read_bytes()
    assert counts(take(source)) == (created, 0, 0, refused)
    assert counts(look(source)) == (0, 0, created, refused)
    names = set(db.session.scalars(select(Person.family_name)))
    assert family_name is None or family_name in names


@pytest.mark.parametrize(
    "name", ["made_no_header.csv", "messy_mixedGLB.csv", "messy_null.csv", "messy_simple.ssv.csv", "messy_utf8bom.csv",
             "moodle_groups_import.csv", "moodle_tabfile.csv"],
)  # fmt: skip
def test_what_is_no_roster_is_refused_as_a_whole(shared: Path, session: object, name: str) -> None:
    with pytest.raises((applying.Refusal,)) as refused:
        look((shared / "fixtures/roster" / name).read_bytes())
    assert "columns" in refused.value.facts
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_file_without_titles_is_read_when_its_columns_are_said(shared: Path, session: object) -> None:
    source = (shared / "fixtures/roster/made_no_header.csv").read_bytes()
    shown = take(source, mapping={"1": "given_name", "2": "family_name", "3": "email"})
    assert counts(shown) == (10, 0, 0, 0)
    assert person("beftedind@example.org").full_name == "Robert Bergman"


def test_formulas_are_names_like_others(shared: Path, session: object) -> None:
    take((shared / "fixtures/roster/made_formula_injection.csv").read_bytes())
    assert person("a@example.org").given_name == "=cmd|' /C calc'!A0"


HEADER = "Matricule;Nom;Prénom;E-mail;Équipe;Poste;Rôle;Langue;Date d'entrée;Date de sortie;Badge\n"


def test_a_row_tells_everything(session: object) -> None:
    team = a_team("A")
    workshop = plant.add_workshop(plant.add_site("N", "Nantes"), "ENDUC", "Enduction")
    post = plant.add_workstation(workshop, "L1", "Ligne 1")
    take(
        HEADER
        + "7;Benali;Amina;A.Benali@Example.org;Team A;ligne 1;Chef d'équipe, formateur;Arabe;05/01/2026;;04:A2:1B:7F\n"
    )
    amina = person("7")
    assert (amina.given_name, amina.family_name, amina.email) == ("Amina", "Benali", "a.benali@example.org")
    assert (amina.language, amina.workstation_id, amina.hired_on) == ("ar", post, date(2026, 1, 5))
    assert stays("7") == [("A", date(2026, 1, 5), None)]
    grants = set(db.session.execute(select(RoleGrant.role, RoleGrant.team_id)))
    assert grants == {(Role.OPERATOR, None), (Role.TEAM_LEADER, team), (Role.TRAINER, None)}
    assert db.session.scalars(select(Badge.digest)).one() == badges.badge_digest("04A21B7F")


def test_changes_are_told_field_by_field(session: object) -> None:
    a_team("A"), a_team("B")
    take(HEADER + "7;Benali;Amina;a@example.org;A;;;fr;05/01/2026;;\n8;Costa;Bruno;;A;;;;;;\n")
    shown = take(HEADER + "7;Benali-Roux;;;B;;trainer;;;;\n8;Costa;;;;;;;;;\n")
    assert counts(shown) == (0, 1, 1, 0)
    assert [(change.field.value, change.before, change.after) for change in shown.changed[0].changes] == [
        ("family_name", "Benali", "Benali-Roux"),
        ("team", "Team A", "B"),
        ("role", "", "trainer"),
    ]
    assert person("7").full_name == "Amina Benali-Roux"  # what is empty stays
    assert person("7").email == "a@example.org"
    assert stays("7") == [("A", date(2026, 1, 5), TODAY - timedelta(days=1)), ("B", TODAY, None)]
    assert stays("8") == [("A", TODAY, None)]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (";Petit;Jean;;;;;;;;", "Matricule", "key_missing"),
        ("9;;;;;;;;;;", "Nom", "name_missing"),
        ("9;Petit;Jean;nobody;;;;;;;", "E-mail", "email_wrong"),
        ("9;Petit;Jean;amina@example.org;;;;;;;", "E-mail", "email_taken"),
        ("9;Petit;Jean;;;;cariste;;;;", "Rôle", "role_unknown"),
        ("9;Petit;Jean;;;;chef d'équipe;;;;", "Rôle", "leader_without_team"),
        ("9;Petit;Jean;;;;;elfique;;;", "Langue", "language_unknown"),
        ("9;Petit;Jean;;;;;;31/31/2026;;", "Date d'entrée", "date_wrong"),
        ("9;Petit;Jean;;;;;;05/01/2026;04/01/2026;", "Date de sortie", "leaves_before_hiring"),
        ("9;Petit;Jean;;;;;;;;B1", "Badge", "badge_wrong"),
        ("9;Petit;Jean;;;;;;;;04A21B7F", "Badge", "badge_taken"),
        (f"{'9' * 61};Petit;Jean;;;;;;;;", "Matricule", "too_long"),
        ("9;Petit;Jean;;;;;;;;;;x", "", "too_many_cells"),
        ("1001;Benali;Amina;;;;;;;31/12/2019;", "Date de sortie", "leaves_before_hiring"),  # with the hiring known
    ],
)
def test_faults_are_told_with_line_column_and_reason(
    session: object, app: Flask, row: str, column: str, code: str
) -> None:
    amina = a_person("1001", email="amina@example.org", hired_on=date(2020, 1, 1))
    badges.issue(amina, "04A21B7F", by=None, now=NOW)
    shown = look(HEADER + "\n" + row + "\n" + "10;Roux;Luc;;;;;;;;\n")
    assert faults(shown) == [(3, column, code)]
    assert counts(shown) == (1, 0, 0, 1)  # the row after it is taken
    with app.test_request_context():
        assert "%(" not in shown.faults[0].reason


def test_an_age_or_a_day_of_birth_becomes_a_band_and_is_not_kept(session: object) -> None:
    text = (
        "Matricule;Nom;Prénom;Date de naissance\n1;Petit;Jean;03/03/1991\n2;Roy;Ève;1960-01-01\n"
        "3;Ba;Al;\n4;Li;Mo;1890-01-01\n"
    )
    shown = take(text)
    assert counts(shown) == (3, 0, 0, 1)
    assert [person(number).age_band for number in "123"] == [AgeBand.UNDER_35, AgeBand.FROM_50, None]
    assert [(fault.line, fault.column, fault.value) for fault in shown.faults] == [(5, "Date de naissance", "")]
    told = repr((shown.created, shown.faults)) + repr(db.session.execute(select(PersonEvent.detail)).all())
    assert "1991" not in told
    assert "under_35" not in " ".join(change.after for plan in shown.created for change in plan.changes)
    assert counts(look(text)) == (0, 0, 3, 1)
    later = look(text, now=NOW + timedelta(days=1))  # the day of the birthday
    assert [change.field for plan in later.changed for change in plan.changes] == [Field.AGE_BAND]


def test_twice_in_one_file(session: object) -> None:
    shown = look(
        HEADER + "1;A;A;a@example.org;;;;;;;BADGE1\n2;B;B;A@example.org;;;;;;;\n1;C;C;;;;;;;;\n3;D;D;;;;;;;;badge-1\n"
    )
    assert faults(shown) == [(3, "E-mail", "email_twice"), (4, "Matricule", "twice"), (5, "Badge", "badge_twice")]
    assert shown.faults[0].facts == {"first": 2}


def test_only_an_administrator_gives_roles_beyond_operator(session: object) -> None:
    rows = HEADER + "1;A;A;;;;Opérateur;;;;\n2;B;B;;;;Administrateur;;;;\n"
    shown = look(rows, grantable=frozenset({Role.OPERATOR}))
    assert faults(shown) == [(3, "Rôle", "role_not_yours")]
    take(rows)
    assert look(rows, grantable=frozenset({Role.OPERATOR})).unchanged == 2  # nothing is given


def test_nobody_and_nothing_goes_by_omission(session: object) -> None:
    a_team("A")
    take(HEADER + "1;A;A;a@example.org;A;;trainer;fr;05/01/2026;;BADGE1\n2;B;B;;;;;;;;\n")
    assert counts(take("Matricule;Nom;Prénom\n1;A;A\n")) == (0, 0, 1, 0)
    assert counts(take(HEADER + "1;A;A;;;;;;;;\n")) == (0, 0, 1, 0)
    assert person("2")
    kept = person("1")
    assert (kept.email, kept.language, kept.hired_on) == ("a@example.org", "fr", date(2026, 1, 5))
    assert stays("1") == [("A", date(2026, 1, 5), None)]
    assert db.session.scalar(select(func.count()).where(RoleGrant.person_id == kept.id)) == 2
    assert db.session.scalars(select(Badge.revoked_at)).one() is None


def test_places_nobody_knows_refuse_nobody(session: object) -> None:
    header = "Matricule;Nom;Prénom;Site;Atelier;Équipe;Poste\n"
    rows = header + "1;A;A;Nantes;Enduction;Nuit;Ligne 1\n2;B;B;Nantes;Enduction;NUIT;\n"
    left_out = look(rows)
    assert counts(left_out) == (2, 0, 0, 0)
    assert [(place.field.value, place.text, place.count, place.line) for place in left_out.missing] == [
        ("site", "Nantes", 2, 2),
        ("workshop", "Enduction", 2, 2),
        ("team", "Nuit", 2, 2),
        ("workstation", "Ligne 1", 1, 2),
    ]
    take(rows, make=True)
    assert stays("1") == stays("2") == [("Nuit", TODAY, None)]
    assert db.session.scalars(select(Workshop.name)).one() == "Enduction"
    assert person("1").workstation_id == db.session.scalars(select(Workstation.id)).one()
    assert db.session.scalars(select(Team.workshop_id)).one() == db.session.scalars(select(Workshop.id)).one()
    assert counts(look(rows, make=True)) == (0, 0, 2, 0)


def test_a_place_that_only_refused_rows_name_is_not_made(session: object) -> None:
    shown = take("Matricule;Nom;Prénom;E-mail;Équipe\n1;A;A;nobody;Nuit\n2;B;B;;Jour\n", make=True)
    assert [place.text for place in shown.missing] == ["Jour"]
    assert db.session.scalars(select(Team.name)).all() == ["Jour"]


def test_what_cannot_be_made_is_left_out(session: object) -> None:
    shown = take("Matricule;Nom;Prénom;Poste\n1;A;A;Ligne 1\n", make=True)  # a post of no workshop
    assert [place.can_be_made for place in shown.missing] == [False]
    assert person("1").workstation_id is None


def test_leaving_and_coming_back_by_dates(session: object) -> None:
    a_team("A")
    header = "Matricule;Nom;Prénom;Équipe;Date d'entrée;Date de sortie\n"
    take(header + "1;A;A;A;05/01/2026;\n")
    take(header + "1;A;A;A;05/01/2026;20/02/2026\n")
    assert stays("1") == [("A", date(2026, 1, 5), date(2026, 2, 20))]
    assert counts(take(header + "1;A;A;A;05/01/2026;\n")) == (0, 0, 1, 0)  # a stale list brings nobody back
    shown = take(header + "1;A;A;A;10/03/2026;\n")  # hired again
    assert [change.field.value for change in shown.changed[0].changes] == ["hired_on", "left_on", "team"]
    assert stays("1") == [("A", date(2026, 1, 5), date(2026, 2, 20)), ("A", date(2026, 3, 10), None)]
    assert person("1").left_on is None


def test_hired_again_for_a_time(session: object) -> None:
    a_team("A")
    header = "Matricule;Nom;Prénom;Équipe;Date d'entrée;Date de sortie\n"
    take(header + "1;A;A;A;05/01/2026;20/02/2026\n")
    take(header + "1;A;A;A;01/03/2026;30/06/2026\n")
    assert stays("1") == [("A", date(2026, 1, 5), date(2026, 2, 20)), ("A", date(2026, 3, 1), date(2026, 6, 30))]


def test_both_days_are_corrected_at_once(session: object) -> None:
    header = "Matricule;Nom;Prénom;Date d'entrée;Date de sortie\n"
    take(header + "1;A;A;05/01/2026;\n")
    take(header + "1;A;A;05/01/2025;31/12/2025\n")
    assert (person("1").hired_on, person("1").left_on) == (date(2025, 1, 5), date(2025, 12, 31))


def test_a_contract_prolonged_leaves_no_gap(session: object) -> None:
    a_team("A")
    header = "Matricule;Nom;Prénom;Équipe;Date d'entrée;Fin de contrat\n"
    take(header + "1;A;A;A;05/01/2026;31/03/2026\n")
    take(header + "1;A;A;A;05/01/2026;30/06/2026\n")
    assert stays("1") == [("A", date(2026, 1, 5), date(2026, 6, 30))]


@pytest.mark.parametrize("team", ["A", "B"])
def test_a_leaving_put_off_after_it_happened(session: object, team: str) -> None:
    a_team("A"), a_team("B")
    header = "Matricule;Nom;Prénom;Équipe;Date de sortie\n"
    take(header + "1;A;A;A;\n", now=NOW - timedelta(days=60))
    take(header + "1;A;A;A;20/02/2026\n", now=NOW - timedelta(days=10))
    take(header + f"1;A;A;{team};31/12/2026\n")
    first, last = TODAY - timedelta(days=60), date(2026, 12, 31)
    lasting = [("A", first, last)] if team == "A" else [("A", first, date(2026, 3, 1)), ("B", TODAY, last)]
    assert stays("1") == lasting


def test_someone_who_left_before_the_first_list(session: object) -> None:
    a_team("A")
    take("Matricule;Nom;Prénom;Équipe;Date de sortie\n1;A;A;A;20/02/2026\n")
    assert stays("1") == [("A", date(2026, 2, 20), date(2026, 2, 20))]


def test_a_new_badge_ends_the_old_one_and_a_revoked_one_stays_so(session: object) -> None:
    header = "Matricule;Nom;Prénom;Badge\n"
    take(header + "1;A;A;OLD1\n")
    take(header + "1;A;A;NEW1\n")
    good = db.session.scalars(select(Badge.digest).where(Badge.revoked_at.is_(None))).all()
    assert good == [badges.badge_digest("NEW1")]
    assert counts(take(header + "1;A;A;OLD1\n")) == (0, 0, 1, 0)


def test_an_address_given_up_is_free_in_the_same_file(session: object) -> None:
    header = "Matricule;Nom;Prénom;E-mail\n"
    take(header + "1;A;A;shared@example.org\n")
    take(header + "1;A;A;own@example.org\n")
    assert counts(take(header + "2;B;B;shared@example.org\n")) == (1, 0, 0, 0)


def test_people_changed_since_the_preview(session: object) -> None:
    rows = "Matricule;Nom;Prénom\n1;A;A\n"
    shown = look(rows)
    applying.check_unchanged(look(rows), shown.fingerprint)
    take("Matricule;Nom;Prénom\n1;A;Other\n")
    with pytest.raises(applying.PeopleChanged):
        applying.check_unchanged(look(rows), shown.fingerprint)


def test_a_workbook_is_read_like_a_file(session: object) -> None:
    book = write_xlsx(
        "Salariés", ["Matricule", "Nom", "Prénom", "Date d'entrée"], [[42, "Petit", "Jean", date(2026, 1, 5)]]
    )
    assert counts(take(book)) == (1, 0, 0, 0)
    assert person("42").hired_on == date(2026, 1, 5)


@pytest.mark.parametrize("source", [b"", b"\r\n\r\n"])
def test_an_empty_file_says_so(session: object, source: bytes) -> None:
    with pytest.raises(RosterEmpty):
        look(source)


def test_each_import_leaves_a_line_about_each_person(session: object) -> None:
    take("Matricule;Nom;Prénom\n1;A;A\n2;B;B\n")
    take("Matricule;Nom;Prénom\n1;A;Other\n2;B;B\n")
    acts = [
        (event.act.value, event.detail) for event in db.session.scalars(select(PersonEvent).order_by(PersonEvent.id))
    ]
    assert acts == [("created", ""), ("created", ""), ("changed", "given_name")]


words = st.text(st.characters(categories=["L", "N"], include_characters="-'=+@ "), min_size=1, max_size=8).filter(
    str.strip
)
people = st.lists(
    st.fixed_dictionaries(
        {
            "Matricule": st.integers(1, 12).map(str),
            "Nom": words,
            "Prénom": words,
            "E-mail": st.sampled_from(["", "a@example.org", "b@example.org", "wrong"]),
            "Équipe": st.sampled_from(["", "A", "B", "Nuit"]),
            "Rôle": st.sampled_from(["", "formateur", "chef d'équipe", "cariste"]),
            "Date d'entrée": st.sampled_from(["", "2026-01-05", "31/12/2025"]),
            "Date de sortie": st.sampled_from(["", "2026-02-20", "2026-12-31", "31.12.9999"]),
            "Badge": st.sampled_from(["", "B001", "B002", "?"]),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(people, min_size=1, max_size=3), st.booleans())
def test_importing_twice_is_importing_once(session: object, files: list[list[dict[str, str]]], make: bool) -> None:
    """Whatever was imported before, and whatever is refused."""
    db.session.rollback()
    a_team("A"), a_team("B")
    for rows in files:
        book = write_xlsx("people", list(rows[0]), [list(row.values()) for row in rows])
        first = take(book, make)
        again = look(book, make)
        assert (again.created, again.changed) == ((), ())
        assert again.unchanged == len(first.created) + len(first.changed) + first.unchanged
        assert {fault.line for fault in again.faults} == {fault.line for fault in first.faults}


def test_on_both_databases(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        a_team("A")
        header = "Matricule;Nom;Prénom;E-mail;Équipe;Date de sortie;Badge\n"
        take(header + "1;A;A;a@example.org;A;;B001\n2;B;B;;Nuit;31/12/2026;\n", make=True)
        shown = take(header + "1;A;Z;z@example.org;Nuit;;B003\n2;B;B;;A;31/12/2027;\n3;C;C;a@example.org;A;;\n")
        assert counts(shown) == (0, 2, 0, 1)
        db.session.commit()
        assert stays("2")[-1][2] == date(2027, 12, 31)


def test_a_zip_that_is_no_roster(session: object) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("orgs.csv", "a,b\n")
    with pytest.raises(applying.Refusal):
        look(made.getvalue())
