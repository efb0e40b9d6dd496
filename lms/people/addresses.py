"""E-mail addresses as people write them."""

import email_validator
from email_validator import EmailNotValidError, validate_email

from lms.people.rules import WrongEmail

# Plants do call their internal domain `.local`, though the name is reserved.
if "local" in email_validator.SPECIAL_USE_DOMAIN_NAMES:
    email_validator.SPECIAL_USE_DOMAIN_NAMES.remove("local")


def normal_email(text: str) -> str:
    """Return one e-mail address in lower case and normal form; raises WrongEmail. Nothing is looked up."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise WrongEmail(email=text) from error
