"""Which column of a roster is what, by the titles that HR systems and platforms give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.kernel.cells import folded
from lms.kernel.refusals import Refusal


class Field(StrEnum):
    """What a column may tell about a person."""

    REGISTRATION = "registration"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    NAME = "name"
    EMAIL = "email"
    TEAM = "team"
    SHIFT = "shift"
    WORKSTATION = "workstation"
    WORKSHOP = "workshop"
    SITE = "site"
    ROLE = "role"
    LANGUAGE = "language"
    HIRED_ON = "hired_on"
    LEFT_ON = "left_on"
    AGE_BAND = "age_band"
    BADGE = "badge"


class HeaderMissing(Refusal):
    """The first row names no column: it looks like a person already."""


class ColumnsMissing(Refusal):
    """No column tells the names, or none tells people apart."""


class ColumnUnknown(Refusal):
    """A column that the reader named is not in the file, or stands for nothing we keep."""


@dataclass(frozen=True)
class Column:
    """One column of the file; `field` is None where it is not used."""

    index: int
    title: str
    field: Field | None


@dataclass(frozen=True)
class Columns:
    """What each column of the file is."""

    all: tuple[Column, ...]
    has_header: bool

    def of(self, field: Field) -> Column | None:
        """Return the column of a field, if there is one."""
        return next((column for column in self.all if column.field is field), None)

    @property
    def key(self) -> Field:
        """What tells people apart: the registration number, or the e-mail where there is none."""
        return Field.REGISTRATION if self.of(Field.REGISTRATION) else Field.EMAIL

    @property
    def family_first(self) -> bool | None:
        """Whether the title of a single column of names says their order: None when it does not."""
        column = self.of(Field.NAME)
        return _NAME_ORDERS.get(folded(column.title)) if column else None


def recognise(first: Sequence[str], given: Mapping[str, str], has_header: bool | None = None) -> Columns:
    """Return what each column is, from the first row and what the reader said.

    `given` names columns by title or by number from 1, each with a field, or `-` for a
    column to be left out; what it does not name is recognised by its title.
    Raises HeaderMissing, ColumnsMissing or ColumnUnknown.
    """
    said = _said(first, given)
    titles = {} if has_header is False else _by_title(first, said)
    if has_header is None:
        has_header = _is_header(first, titles, given)
    fields = (titles if has_header else {}) | said
    if not has_header and not said:
        raise HeaderMissing(columns=_shown(first))
    return _complete(
        Columns(
            tuple(
                Column(index, title.strip() if has_header else str(index + 1), fields.get(index))
                for index, title in enumerate(first)
            ),
            has_header,
        )
    )


def _complete(columns: Columns) -> Columns:
    """Refuse columns that tell too little; take a lone family name for a whole one."""
    if not columns.of(Field.GIVEN_NAME) and (family := columns.of(Field.FAMILY_NAME)):
        columns = _renamed(columns, family, Field.NAME)
    elif not columns.of(Field.FAMILY_NAME) and columns.of(Field.GIVEN_NAME) and (name := columns.of(Field.NAME)):
        # «Name; Vorname»: beside a given name, a name is the family's.
        columns = _renamed(columns, name, Field.FAMILY_NAME)
    shown = _shown([column.title for column in columns.all])
    if not any(columns.of(field) for field in (Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME)):
        raise ColumnsMissing(missing="name", columns=shown)
    if not columns.of(columns.key):
        raise ColumnsMissing(missing="key", columns=shown)
    return columns


def _renamed(columns: Columns, old: Column, field: Field) -> Columns:
    return Columns(tuple(Column(c.index, c.title, field) if c is old else c for c in columns.all), columns.has_header)


def _said(first: Sequence[str], given: Mapping[str, str]) -> dict[int, Field | None]:
    said: dict[int, Field | None] = {}
    by_title = {folded(title): index for index, title in reversed(list(enumerate(first)))}
    for name, field in given.items():
        index = int(name) - 1 if name.isdecimal() else by_title.get(folded(name), -1)
        if not 0 <= index < len(first) or field not in {"-", *Field}:
            raise ColumnUnknown(column=name, field=field)
        kept = None if field == "-" else Field(field)
        if kept and kept in said.values():
            raise ColumnUnknown(column=name, field=field)
        said[index] = kept
    return said


def _by_title(first: Sequence[str], said: Mapping[int, Field | None]) -> dict[int, Field | None]:
    """Give each field the column whose title says it best; `_TITLES` has the best first."""
    by_title = {folded(title): index for index, title in reversed(list(enumerate(first))) if index not in said}
    found: dict[int, Field | None] = {}
    for field, titles in _TITLES.items():
        best = next((by_title[title] for title in titles if title in by_title), None)
        if best is not None and best not in found and field not in said.values():
            found[best] = field
    return found


def _is_header(first: Sequence[str], titles: Mapping[int, object], given: Mapping[str, str]) -> bool:
    if any("@" in cell for cell in first):
        return False
    named = {folded(name) for name in given if not name.isdecimal()}
    if titles or any(folded(cell) in named for cell in first):
        return True
    return not any(re.search(r"\d", cell) for cell in first)


def _shown(titles: Sequence[str]) -> str:
    return ", ".join(title.strip() or "–" for title in titles[:20])


_NAME_ORDERS = {
    "nomprenom": True, "nometprenom": True, "nomprenoms": True, "nometprenoms": True, "namevorname": True,
    "prenomnom": False, "prenometnom": False, "vornamename": False, "vornamenachname": False,
}  # fmt: skip

_TITLES: dict[Field, tuple[str, ...]] = {
    field: tuple(titles.split())
    for field, titles in {
        Field.REGISTRATION: (
            "matricule nmatricule nomatricule numeromatricule nummatricule matriculesalarie matriculerh "
            "codesalarie numerosalarie numsalarie numerodesalarie identifiantrh idsalarie employeeid "
            "employeenumber employeeno employeecode personnelnumber personnelno personid staffid staffnumber "
            "payrollnumber payrollid registration registrationnumber workerid personalnummer personalnr persnr "
            "mitarbeiternummer mitarbeiternr mitarbeiterid administrativecode sourcedid idnumber username "
            "nomdutilisateur benutzername login identifiant identifier id"
        ),
        Field.GIVEN_NAME: (
            "prenom prenoms prenomusuel prenomdusage prenomusage givenname givennames firstname firstnames first "
            "forename vorname vornamen rufname"
        ),
        Field.FAMILY_NAME: (
            "nomdefamille nomusuel nomdusage nomusage nom nompatronymique nomdenaissance familyname lastname last "
            "surname nachname familienname"
        ),
        Field.NAME: (
            "name fullname displayname nomcomplet nomprenom nometprenom nomprenoms nometprenoms prenomnom prenometnom "
            "namevorname vornamename vornamenachname salarie collaborateur employee employeename mitarbeiter"
        ),
        Field.EMAIL: (
            "email mail emailaddress adresseemail adressemail courriel adressecourriel adresseelectronique mel "
            "emailpro mailpro emailprofessionnel adresseemailprofessionnelle workemail emailadresse"
        ),
        Field.TEAM: (
            "equipe nomequipe nomdelequipe codeequipe libelleequipe team teamname teamcode crew mannschaft "
            "schichtgruppe cohorte cohort cohort1"
        ),
        Field.SHIFT: "horaire horaires shift shiftname quart schicht",
        Field.WORKSTATION: "postedetravail poste libelleposte codeposte workstation post station arbeitsplatz",
        Field.WORKSHOP: (
            "atelier nomatelier codeatelier secteur uap workshop department departement service werkstatt abteilung "
            "bereich"
        ),
        Field.SITE: "site nomsite codesite etablissement usine plant location standort werk",
        Field.ROLE: "roleetabli role roles rolle profil",
        Field.LANGUAGE: "langue languepreferee langueprincipale language preferredlanguage lang sprache locale",
        Field.HIRED_ON: (
            "datedentree dateentree entree entreele datedembauche dateembauche embauche hiredate hiredon dateofhire "
            "startdate joiningdate entrydate eintrittsdatum eintritt"
        ),
        Field.LEFT_ON: (
            "datedesortie datesortie sortie sortiele datededepart datedepart datedefindecontrat datefincontrat "
            "findecontrat lefton leavingdate terminationdate exitdate enddate lastday austrittsdatum austritt"
        ),
        Field.AGE_BAND: (
            "tranchedage trancheage trancheages classedage groupedage ageband agegroup agerange altersgruppe age alter "
            "datedenaissance datenaissance naissance neele dateofbirth birthdate birthday dob geburtsdatum geboren"
        ),
        Field.BADGE: (
            "badge nbadge nobadge numerobadge numerodebadge numbadge codebadge badgeid badgenumber badgeno cardnumber "
            "rfid ausweis ausweisnummer ausweisnr chipnummer transponder"
        ),
    }.items()
}
