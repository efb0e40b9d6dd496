"""What is left out of a file is written in an address, and a page says only what stands on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.leaving import after, numbers, text_of
from lms.authoring.imports.reading import Found, Reading
from lms.catalogue.media import CheckedFile

LEFT = st.frozensets(st.integers(0, 300))


@given(LEFT)
def test_what_is_written_is_read_again(left: frozenset[int]) -> None:
    assert numbers(text_of(left), 301) == left


def test_runs_are_short_and_nothing_harmful_is_read() -> None:
    assert text_of({7, 5, 6, 9, 1, 2}) == "1-2,5-7,9"
    assert numbers("3,5-9,x,-4,12-11,2-999999999,99999999999", 8) == {2, 3, 4, 5, 6, 7}
    assert numbers("", 5) == frozenset()


@given(LEFT, LEFT, LEFT)
def test_a_page_changes_what_it_shows_and_nothing_else(
    left: frozenset[int], shown: frozenset[int], ticked: frozenset[int]
) -> None:
    found = after(left, shown, ticked)
    assert found - shown == left - shown
    assert found & shown == shown - ticked


def test_files_that_nothing_names_any_longer_stay_behind() -> None:
    files = {name: CheckedFile(name.encode(), "image/png") for name in ("a.png", "b.png", "cover.png")}
    blocks = [{"key": name, "picture": {"file": f"{name}.png"}} for name in "ab"]
    found = tuple(Found(number, block) for number, block in enumerate(blocks))
    reading = Reading(Kind.PPTX, "d.pptx", "d", "fr", found, media=files, head={"cover": "cover.png"})
    kept = reading.without({0})
    assert [one.block["key"] for one in kept.found] == ["b"]
    assert {name: file.data for name, file in kept.media.items()} == {"b.png": b"b.png", "cover.png": b"cover.png"}
    with pytest.raises(KeyError):
        kept.media["a.png"]
    assert reading.without(frozenset()) is reading
