"""What languages call themselves, and how they write days and nouns beside numbers."""

from datetime import date

import pytest
from babel import Locale
from flask import Flask
from flask_babel import format_date, ngettext

from lms.kernel.languages import _OWN_NAMES, AMOUNTS, KIOSK_LANGUAGES, current_language, forms, own_name, speaking


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


@pytest.mark.parametrize("language", KIOSK_LANGUAGES)
def test_each_form_of_a_noun_has_its_number(language: str) -> None:
    category = Locale.parse(language).plural_form
    assert {form: category(number) for form, number in AMOUNTS[language].items()} == {f: f for f in AMOUNTS[language]}
    assert {category(number) for number in range(201)} == set(AMOUNTS[language])


@pytest.mark.parametrize(("language", "written"), [("en", "5 Mar 2026"), ("fr", "5 mars 2026"), ("ar", "5 مارس 2026")])
def test_days_are_written_as_in_europe(app: Flask, language: str, written: str) -> None:
    with app.test_request_context(), speaking(language):
        assert format_date(date(2026, 3, 5), "d MMM y" if language == "ar" else "medium") == written
        assert [form for form, _ in forms()] == list(AMOUNTS[language])


@pytest.mark.parametrize(("language", "written"), [("fr", "fr"), ("pt-BR", "pt"), ("xx", "en"), ("no", "no")])
def test_any_language_of_a_module_can_be_written_in(app: Flask, language: str, written: str) -> None:
    with app.app_context(), speaking(language):
        assert current_language() == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["0 minutes", "1 minute", "2 minutes", "7 minutes", "11 minutes"]),
        ("fr", ["0 minute", "1 minute", "2 minutes", "7 minutes", "11 minutes"]),
        ("ar", ["أقل من دقيقة", "دقيقة واحدة", "دقيقتان", "7 دقائق", "11 دقيقة"]),
    ],
)
def test_a_noun_beside_a_number_has_the_form_of_its_language(app: Flask, language: str, written: list[str]) -> None:
    with app.test_request_context(), speaking(language):
        assert [ngettext("%(num)s minute", "%(num)s minutes", number) for number in (0, 1, 2, 7, 11)] == written
