"""The register says of every column about a person what it is for."""

from sqlalchemy import Table, UniqueConstraint

from lms.kernel.personal import Term
from lms.privacy.register import about_people, register, silent_columns


def test_no_column_that_refers_to_a_person_is_silent() -> None:
    assert silent_columns() == [], "say it with `personal` or `acted` of lms.kernel.personal"


def test_the_register_is_made_from_the_tables() -> None:
    found = {(held.table, held.about): held for held in register()}
    assert "given_name" in found["people", True].columns
    assert found["evaluations", False].columns == ("run_by",)
    terms = {(held.table, column): held.said.term for held in register() for column in held.columns}
    assert terms["learning_records", "response"] is Term.ANSWERS
    assert terms["learning_records", "success"] is Term.WORK
    assert {"people", "learning_records", "visits", "looks"} <= {table.name for table in about_people()}


def test_what_there_is_about_one_person_is_found_by_an_index() -> None:
    """A copy of somebody's data, their own page at a kiosk and an erasure ask every one of these tables."""
    scanned = {
        table.name
        for table in about_people()
        if table.info["subject"]
        not in {next(iter(keys.columns)).name for keys in [table.primary_key, *table.indexes] + unique(table)}
    }
    assert not scanned, "give the column that names the person an index"


def unique(table: Table) -> list[UniqueConstraint]:
    return [one for one in table.constraints if isinstance(one, UniqueConstraint)]
