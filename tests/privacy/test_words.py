"""Whatever is kept of people is told in plain words, table by table and field by field, in both languages."""

from flask import Flask

from lms.kernel.languages import speaking
from lms.kernel.personal import Why
from lms.privacy import fields, words
from lms.privacy.register import about_people, register, speaks_of, written_in

ALIKE = {"Minutes", "Points", "Score"}
"""Written the same in both languages."""


def test_whatever_is_kept_of_people_has_its_words_in_both_languages(app: Flask) -> None:
    with app.app_context():
        assert set(words.whys()) == set(fields.readers()) == set(Why)
        with speaking("en"):
            english = _told()
        with speaking("fr"):
            french = _told()
    assert english.keys() == french.keys()
    assert [place for place, said in english.items() if not said] == [], (
        "say it in lms.privacy.words.tables, fields.fields or fields.deeds"
    )
    assert [place for place, said in french.items() if said == english[place] and said not in ALIKE] == []
    assert [said for said in (*english.values(), *french.values()) if "_" in said] == [], "words, no names of columns"


def _told() -> dict[str, str]:
    """Return the words of each table and column that the register or a copy of one's own data tells of."""
    copied = [*about_people(), *(table for table in written_in() if speaks_of(table, 1) is not None)]
    tables, deeds, known = words.tables(), fields.deeds(), fields.fields()
    found = {held.table: (tables if held.about else deeds).get(held.table, "") for held in register()}
    found |= {table.name: tables.get(table.name, "") for table in copied}
    columns = {f"{held.table}.{column}": column for held in register() for column in held.columns}
    columns |= {str(column): column.name for table in copied for column in table.columns}
    found |= {place: known.get(place) or known.get(name, "") for place, name in columns.items()}
    return {place: str(said) for place, said in found.items()}
