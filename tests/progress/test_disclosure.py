"""Small groups are not shown, nor derivable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.progress.disclosure import masked_groups

GOLDEN = {"matin": (21, 25), "apres-midi": (19, 24), "nuit": (2, 3)}


@pytest.mark.parametrize(
    ("counts", "published", "sensitive", "expected"),
    [
        (GOLDEN, True, False, {"apres-midi", "nuit"}),  # golden row "suppress" of the evaluation reference
        (GOLDEN, False, False, {"nuit"}),  # without the total no difference can be taken
        ({"a": (3, 5), "b": (3, 6)}, True, False, set()),  # five is enough
        ({"a": (9, 9), "b": (3, 20)}, False, True, {"a"}),  # everybody failed or nobody: it tells on everyone
        ({"a": (0, 9), "b": (3, 20)}, False, True, {"a"}),
        ({"a": (10, 10), "b": (3, 20)}, False, True, set()),  # ten are twice five
        ({"a": (9, 9), "b": (3, 20)}, False, False, set()),
        ({"a": (1, 1), "b": (1, 1), "c": (9, 9), "d": (9, 9)}, True, False, {"a", "b", "c"}),  # two cells hide only 2
        ({"only": (1, 2)}, True, False, {"only"}),
    ],
)
def test_masked_groups(counts: dict, published: bool, sensitive: bool, expected: set[str]) -> None:
    assert masked_groups(counts, 5, total_published=published, sensitive=sensitive) == expected


groups = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=8,
)


@given(groups)
def test_what_is_hidden_cannot_be_derived_from_the_total(counts: dict[str, tuple[int, int]]) -> None:
    masked = masked_groups(counts, 5, total_published=True)
    assert all(counts[name][1] >= 5 for name in counts if name not in masked)
    if masked and masked != set(counts):
        assert len(masked) >= 2
        assert sum(counts[name][1] for name in masked) >= 5
