"""What languages call themselves."""

import pytest
from babel import Locale

from lms.kernel.languages import _OWN_NAMES, own_name


@pytest.mark.parametrize("language", sorted(_OWN_NAMES))
def test_the_names_kept_here_are_those_of_the_common_locale_data(language: str) -> None:
    name = Locale.parse(language).display_name
    assert own_name(language) == name[:1].upper() + name[1:]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("cs", "Čeština"),  # from the common locale data
        ("pt-BR", "Português (Brasil)"),
        ("xx", "xx"),  # no such language: a module may bear the tag all the same
        ("", ""),
    ],
)
def test_any_other_language(language: str, expected: str) -> None:
    assert own_name(language) == expected
