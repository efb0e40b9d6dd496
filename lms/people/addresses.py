"""E-mail addresses as people write them."""

import re
from contextlib import suppress
from functools import lru_cache

from lms.kernel.later import Later
from lms.people.rules import WrongEmail

email_validator = Later("email_validator")

_PLAIN_NAME = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
"""A dot-atom of RFC 5322, which needs no further check."""


def normal_email(text: str) -> str:
    """Return one e-mail address in lower case and normal form; raises WrongEmail. Nothing is looked up."""
    name, _, domain = text.strip().rpartition("@")
    if len(name) <= 64 and _PLAIN_NAME.fullmatch(name):
        # A plant has thousands of addresses and a few domains.
        return f"{name}@{_domain(domain)}".lower()
    return _checked(text)


@lru_cache(maxsize=500)
def _domain(domain: str) -> str:
    return _checked(f"a@{domain}").partition("@")[2]


def _checked(text: str) -> str:
    # Plants do call their internal domain `.local`, though the name is reserved.
    with suppress(ValueError):
        email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")
    try:
        return email_validator.validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except email_validator.EmailNotValidError as error:
        raise WrongEmail(email=text) from error
