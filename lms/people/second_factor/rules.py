"""What is refused about second factors, and what a code is (pure)."""

import re
from datetime import datetime

from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

pyotp = Later("pyotp")
exceptions = Later("pyotp.exceptions")

WINDOW = 1
"""Steps of 30 seconds that a telephone's clock may be ahead or behind (RFC 6238, 5.2: one)."""
RECOVERY_CODES = 10
CODE_LETTERS = 10
"""Letters of a recovery code: 50 bits."""
MOST_PASSKEYS = 10


class CodeWrong(Refusal):
    """The code is wrong, too old, or was used already."""


class PasskeyWrong(Refusal):
    """The passkey is not one of this person, or did not sign what it was asked to sign."""


class TooManyPasskeys(Refusal):
    """Someone has as many passkeys as one may have."""


class NothingToConfirm(Refusal):
    """No authenticator app of this person waits for its first code."""


def step_of(secret: str, code: str, at: datetime, last_step: int | None) -> int:
    """Return the step of 30 seconds whose code this is.

    Raises CodeWrong, also for a code of the last step taken or of one before it: whoever looked
    over a shoulder cannot use it again (RFC 6238, 5.2).
    """
    try:
        step = int(pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=at, valid_window=WINDOW))
    except exceptions.OTPVerificationError as error:
        raise CodeWrong() from error
    if last_step is not None and step <= last_step:
        raise CodeWrong()
    return step


def normal_code(text: str) -> str:
    """Return a code as it is compared: without spaces and hyphens, in capitals."""
    return re.sub(r"[\s\-]+", "", text).upper()


def is_app_code(code: str) -> bool:
    """Whether this has the form of an app's code."""
    return len(code) == 6 and code.isascii() and code.isdigit()


def printed(code: str) -> str:
    """Return a recovery code as it is printed: two halves."""
    return f"{code[: CODE_LETTERS // 2]}-{code[CODE_LETTERS // 2 :]}"
