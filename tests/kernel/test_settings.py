"""Settings come from the environment, and a wrong one stops the start with a clear line."""

from pathlib import Path

import pytest

from lms.kernel.settings import SETTINGS, WrongSetting, complete, read


def test_every_setting_has_a_default_that_can_be_read() -> None:
    assert set(read({})) == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LMS_SECURE_COOKIES", "maybe"),  # neither yes nor no
        ("LMS_TIMEZONE", "Europe/Nantes"),  # no such zone
        ("LMS_KIOSK_IDLE_SECONDS", "5"),  # nobody can read that fast
        ("LMS_SMALLEST_GROUP", "4"),  # the works council may raise it, never lower it
        ("LMS_SMALLEST_OPINION_GROUP", "9"),
        ("LMS_STAFF_IDLE_MINUTES", "ten"),
        ("LMS_DEFAULT_LANGUAGE", "de"),
        ("LMS_EMPLOYER_SIRET", "732 829 320 00075"),  # a digit was mistyped
        ("LMS_EMPLOYER_DECLARATION", "82"),
    ],
)
def test_a_wrong_value_is_named(variable: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=variable):
        read({variable: value})


def test_the_employer_is_known_by_its_numbers() -> None:
    said = read({"LMS_EMPLOYER_SIRET": "732 829 320 00074", "LMS_EMPLOYER_DECLARATION": "11 75 12345 67"})
    # The example of https://fr.wikipedia.org/wiki/Système_d'identification_du_répertoire_des_établissements
    assert (said["EMPLOYER_SIRET"], said["EMPLOYER_DECLARATION"]) == ("73282932000074", "11751234567")


def test_a_secret_is_never_shown() -> None:
    secrets = [setting.name for setting in SETTINGS if setting.secret]
    assert set(secrets) == {"SECRET_KEY", "DATABASE_URL", "OIDC_CLIENT_SECRET", "MAIL_PASSWORD", "S3_SECRET"}


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = complete(read({"LMS_INSTANCE_DIR": str(tmp_path)}))["SECRET_KEY"]
    assert complete(read({"LMS_INSTANCE_DIR": str(tmp_path)}))["SECRET_KEY"] == first
    assert len(first) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_address_gets_its_driver(tmp_path: Path, scheme: str) -> None:
    values = read({"LMS_INSTANCE_DIR": str(tmp_path), "LMS_DATABASE_URL": f"{scheme}://user@host/lms"})
    assert complete(values)["DATABASE_URL"] == "postgresql+psycopg://user@host/lms"
