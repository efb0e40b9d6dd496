"""Every setting, declared once: name, type, default, one sentence.

`read` takes them from the environment (`LMS_…`); a wrong value stops the start with
one clear line.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app


class WrongSetting(Exception):
    """A setting has a value that it cannot have."""


def _flag(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("say yes or no")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _at_least(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if number < least:
            raise ValueError(f"it must be at least {least}")
        return number

    return parse


def _within(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(f"it must be from {least} to {most}")
        return number

    return parse


def _ascending(text: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in text.split(","))
    if min(numbers) < 1 or list(numbers) != sorted(set(numbers)):
        raise ValueError("say days from 1 on, each more than the one before, separated by commas")
    return numbers


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("say it with http:// or https://")
    return text


def _siret(text: str) -> str:
    digits = "".join(text.split())
    if digits and not (len(digits) == 14 and digits.isdecimal() and _checks(digits)):
        raise ValueError("a SIRET is 14 digits, of which the last checks the others")
    return digits


def _checks(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


def _declaration(text: str) -> str:
    digits = "".join(text.split())
    if digits and not (len(digits) == 11 and digits.isdecimal()):
        raise ValueError("a declaration of activity is 11 digits")
    return digits


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(f"say one of {', '.join(words)}")
        return text

    return parse


def _some_of(*words: str) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        said = _names(text)
        if not set(said) <= set(words):
            raise ValueError(f"say some of {', '.join(words)}, separated by commas")
        return said

    return parse


def _pairs_to(*words: str) -> Callable[[str], dict[str, str]]:
    def parse(text: str) -> dict[str, str]:
        pairs = dict(part.rpartition("=")[::2] for part in _names(text))
        if not all(pairs) or not set(pairs.values()) <= set(words):
            raise ValueError(f"say GROUP=ROLE, separated by commas, with ROLE one of {', '.join(words)}")
        return {group.strip(): role.strip() for group, role in pairs.items()}

    return parse


STAFF_ROLES = ("trainer", "team_leader", "hr", "evaluator", "staff_representative", "administrator")


def N_(sentence: str) -> str:  # noqa: N802  (as gettext calls it)
    """Mark a sentence for whoever translates: it is looked up where it is shown."""
    return sentence


@dataclass(frozen=True)
class Setting:
    """One setting: how it is called, read and explained."""

    name: str
    parse: Callable[[str], Any]
    default: str
    sentence: str
    secret: bool = False


SETTINGS = (
    Setting("INSTANCE_DIR", Path, "instance", N_("Folder of the SQLite file, media and generated secrets.")),
    Setting("DATABASE_URL", str, "", N_("Database; empty means SQLite in the instance folder."), secret=True),
    Setting(
        "SECRET_KEY",
        str,
        "",
        N_("Key of cookies, PINs and badges; empty means one kept in the instance folder."),
        secret=True,
    ),
    Setting("TRUSTED_HOSTS", _names, "", N_("Host names the site answers to, separated by commas; empty means any.")),
    Setting(
        "TRUSTED_PROXY",
        str,
        "",
        N_("Address of the proxy in front, whose word on who asks, and whether by HTTPS, is taken; empty means none."),
    ),
    Setting(
        "SECURE_COOKIES", _flag, "no", N_("Whether cookies travel over HTTPS only: yes in a plant with certificates.")
    ),
    Setting("DEVELOPMENT", _flag, "no", N_("Whether the page of components is shown.")),
    Setting("TIMEZONE", ZoneInfo, "Europe/Paris", N_("Time zone of shifts and of the times on pages.")),
    Setting("DEFAULT_LANGUAGE", str, "fr", N_("Language of a reader who has not chosen one: fr or en.")),
    Setting("STAFF_IDLE_MINUTES", _at_least(1), "30", N_("Minutes without a request that end a staff session.")),
    Setting("STAFF_SESSION_HOURS", _at_least(1), "12", N_("Hours after which a staff session ends whatever happens.")),
    Setting(
        "SECOND_FACTOR_ROLES",
        _some_of(*STAFF_ROLES),
        "",
        N_("Roles whose holders prove more than a password at a desk (app or passkey), separated by commas."),
    ),
    Setting(
        "ROSTER_FOLDER",
        str,
        "",
        N_("Folder in which the HR system leaves rosters; read every ten minutes, empty means none."),
    ),
    Setting(
        "ROSTER_LEAVERS_PERCENT",
        _within(0, 100),
        "10",
        N_(
            "Largest share of those present who may leave by a roster of that folder; beyond it, it waits for somebody."
        ),
    ),
    Setting(
        "OIDC_ISSUER",
        _address,
        "",
        N_("Address of the OpenID Connect provider by which staff sign in, as it names itself; empty means none."),
    ),
    Setting("OIDC_NAME", str, "OpenID Connect", N_("What the provider is called on the sign-in page.")),
    Setting("OIDC_CLIENT_ID", str, "etabli", N_("What the provider calls this site.")),
    Setting(
        "OIDC_CLIENT_SECRET", str, "", N_("What proves this site to the provider; empty means PKCE alone."), secret=True
    ),
    Setting(
        "OIDC_CLAIM",
        str,
        "email",
        N_("What of the provider's word names a person: email, or the claim that holds the registration number."),
    ),
    Setting("OIDC_GROUPS_CLAIM", str, "groups", N_("Where the provider says of which groups someone is.")),
    Setting(
        "OIDC_ROLES",
        _pairs_to(*(role for role in STAFF_ROLES if role != "team_leader")),
        "",
        N_("Groups that stand for roles, GROUP=ROLE separated by commas: those roles then follow the provider alone."),
    ),
    Setting(
        "OIDC_SECOND_FACTOR", _flag, "no", N_("Whether the provider asks for a second factor: none is asked here.")
    ),
    Setting(
        "LOCAL_SIGN_IN",
        _one_of("everyone", "administrators"),
        "everyone",
        N_("Who may sign in by a password of this site beside the provider: administrators always, for emergencies."),
    ),
    Setting(
        "KIOSK_IDLE_SECONDS",
        _at_least(50),
        "90",
        N_("Seconds without a touch that end an operator's session, a countdown of 20 before; a minute more to read."),
    ),
    Setting(
        "KIOSK_SESSION_MINUTES",
        _at_least(1),
        "30",
        N_("Minutes after which an operator's session ends whatever happens."),
    ),
    Setting(
        "WALKING_SECONDS",
        _at_least(1),
        "20",
        N_("Seconds that the shortest way between two kiosks takes: one badge read at both sooner may be a copy."),
    ),
    Setting(
        "ASSERTED_DAYS",
        _within(1, 90),
        "14",
        N_("Days within which somebody confirms what was done under their badge alone; then it is put aside."),
    ),
    Setting(
        "SHUFFLED_KEYS", _flag, "no", N_("Whether the keys for secret numbers and pictures lie elsewhere each time.")
    ),
    Setting("SMALLEST_GROUP", _at_least(5), "5", N_("Fewest people a shown figure may rest on.")),
    Setting("SMALLEST_OPINION_GROUP", _at_least(10), "10", N_("Fewest answers a shown opinion may rest on.")),
    Setting(
        "PRACTICE_QUESTIONS",
        _within(0, 3),
        "3",
        N_("Most questions of a day that ask again what was learnt; 0 asks none."),
    ),
    Setting("PRACTICE_SECONDS", _within(30, 90), "90", N_("Seconds that these questions may take in all.")),
    Setting("PRACTICE_SPACING", _one_of("fixed", "fsrs"), "fixed", N_("When they come: after fixed days, or by FSRS.")),
    Setting("PRACTICE_DAYS", _ascending, "2,7,21", N_("Days after learning on which a question comes, where fixed.")),
    Setting(
        "SKILL_CYCLES",
        _within(1, 100),
        "5",
        N_("Conforming cycles that are seen before somebody works alone on a task."),
    ),
    Setting("SKILL_DAYS", _within(1, 30), "2", N_("Different days on which these cycles are seen.")),
    Setting(
        "SKILL_IDLE_MONTHS",
        _within(1, 60),
        "6",
        N_("Months without practice seen after which it is proposed to look at a level again."),
    ),
    Setting("OPINION_ONE_IN", _at_least(1), "1", N_("After one module in how many the quick opinion is asked.")),
    Setting(
        "ADDRESS",
        _address,
        "",
        N_("Address at which phones of the plant reach the site; empty means the reader's own."),
    ),
    Setting(
        "EMPLOYER", str, "", N_("Legal name of the employer on papers; empty means the site of each person's team.")
    ),
    Setting("EMPLOYER_ADDRESS", str, "", N_("Its address, on one line.")),
    Setting("EMPLOYER_SIRET", _siret, "", N_("Its SIRET, 14 digits.")),
    Setting(
        "EMPLOYER_DECLARATION",
        _declaration,
        "",
        N_("Its declaration of activity as a training body, 11 digits; empty where it trains its own people only."),
    ),
    Setting(
        "MAIL_SERVER", str, "", N_("Host of the mail server that takes letters to team leaders; empty sends none.")
    ),
    Setting("MAIL_PORT", _within(1, 65535), "587", N_("Port of that server.")),
    Setting("MAIL_SECURITY", _one_of("starttls", "tls", "none"), "starttls", N_("How the line to it is kept private.")),
    Setting("MAIL_USER", str, "", N_("Name with which letters are handed in; empty where it asks for none.")),
    Setting("MAIL_PASSWORD", str, "", N_("The password to it."), secret=True),
    Setting("MAIL_FROM", str, "etabli@localhost", N_("Address from which letters come.")),
    Setting(
        "PUBLISH_NEEDS_APPROVAL", _flag, "no", N_("Whether a module is published only once a colleague approved it.")
    ),
    Setting("UPLOAD_MEGABYTES", _at_least(1), "64", N_("Largest file that may be brought in, in megabytes.")),
    Setting(
        "VIDEO_MEGABYTES",
        _within(1, 1_000),
        "1000",
        N_("Largest video that may be brought in, before it is made small."),
    ),
    Setting("MEDIA_GIGABYTES", _at_least(1), "50", N_("Gigabytes that the files of all modules may take together.")),
    Setting("FREE_GIGABYTES", _at_least(0), "1", N_("Gigabytes of the disk that files of modules leave free.")),
    Setting(
        "S3_ADDRESS", _address, "", N_("Address of an S3-compatible store for files; empty means the instance folder.")
    ),
    Setting("S3_BUCKET", str, "etabli", N_("Bucket of that store; it is made beforehand.")),
    Setting("S3_REGION", str, "us-east-1", N_("Region of that store, as its signatures name it.")),
    Setting("S3_KEY", str, "", N_("Name of the key that opens that store.")),
    Setting("S3_SECRET", str, "", N_("The key itself."), secret=True),
    Setting(
        "S3_COPIES_GIGABYTES", _at_least(1), "5", N_("Gigabytes of copies that are held here of that store's files.")
    ),
)


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting by name, from `LMS_<NAME>` or its default.

    Raises WrongSetting naming the variable, the value and what is wrong with it.
    """
    values = {setting.name: _parsed(setting, environment) for setting in SETTINGS}
    if values["DEFAULT_LANGUAGE"] not in {"fr", "en"}:
        raise WrongSetting(f"LMS_DEFAULT_LANGUAGE={values['DEFAULT_LANGUAGE']!r}: say fr or en")
    return values


def setting(name: str) -> Any:
    """Return a setting of the application at work."""
    return current_app.config[name]


def visible(setting: Setting, value: Any) -> str | None:
    """Return a value as it would be written in the environment; None for a secret."""
    if setting.secret:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ",".join(f"{name}={meant}" for name, meant in value.items())
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)


def complete(values: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with the instance folder made and what it generates filled in."""
    folder = values["INSTANCE_DIR"].absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return values | {
        "INSTANCE_DIR": folder,
        "DATABASE_URL": _database(values["DATABASE_URL"], folder),
        "SECRET_KEY": values["SECRET_KEY"] or _kept_secret(folder / "secret_key"),
    }


def _database(url: str, folder: Path) -> str:
    if not url:
        return f"sqlite:///{folder / 'lms.sqlite'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _parsed(setting: Setting, environment: Mapping[str, str]) -> Any:
    variable = f"LMS_{setting.name}"
    text = environment.get(variable, setting.default)
    try:
        return setting.parse(text)
    except (ValueError, KeyError, OSError) as error:
        shown = "(hidden)" if setting.secret else repr(text)
        raise WrongSetting(f"{variable}={shown}: {error}. {setting.sentence}") from error


def _kept_secret(file: Path) -> str:
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()
