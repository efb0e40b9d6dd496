"""Ids sort by time; codes can be read aloud."""

from lms.kernel.ids import CODE_LETTERS, keyed_digest, new_code, new_id


def test_ids_are_uuid7_and_sort_as_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert {found.version for found in made} == {7}
    assert made == sorted(made)
    assert len(set(made)) == 1000


def test_codes_have_no_letters_that_look_alike() -> None:
    assert not set("0O1I") & set(CODE_LETTERS)
    assert len(new_code()) == 8


def test_a_keyed_digest_depends_on_key_purpose_and_value() -> None:
    digests = {
        keyed_digest(*parts)
        for parts in [("k", "badge", "1"), ("k", "pin", "1"), ("j", "badge", "1"), ("k", "badge", "2")]
    }
    assert len(digests) == 4
