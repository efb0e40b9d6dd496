"""Letters by e-mail, through the one server that the settings name; off where they name none."""

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage

from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting

PATIENCE = 30
"""Seconds that the server may take over each answer."""


class MailNotSent(Refusal):
    """The mail server could not be reached, or did not take a letter."""


@dataclass(frozen=True)
class Letter:
    """One letter, of words alone."""

    key: str
    """The same letter has the same key: whoever gets it twice can tell, and so can most mail servers."""
    to: str
    subject: str
    words: str


def is_set_up() -> bool:
    """Whether letters can be sent at all."""
    return bool(setting("MAIL_SERVER"))


def send(letters: Iterable[Letter]) -> int:
    """Send letters one after the other; return how many were taken. Raises MailNotSent."""
    try:
        with _connection() as server:
            sent = 0
            for letter in letters:
                server.send_message(_message(letter))
                sent += 1
            return sent
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(why=type(error).__name__) from error


def _connection() -> smtplib.SMTP:
    host, port = setting("MAIL_SERVER"), setting("MAIL_PORT")
    if setting("MAIL_SECURITY") == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE)
    if setting("MAIL_SECURITY") == "starttls":
        server.starttls(context=ssl.create_default_context())
    if setting("MAIL_USER"):
        server.login(setting("MAIL_USER"), setting("MAIL_PASSWORD"))
    return server


def _message(letter: Letter) -> EmailMessage:
    sender = setting("MAIL_FROM")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    # So that no holiday answer comes back (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.words)
    return message
