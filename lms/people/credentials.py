"""PINs, picture codes and passwords: handed out and chosen; badges are in `people.badges`.

Whatever hashes ends the transaction it is called in first (`database.release`), so that
the write lock is not held meanwhile: call it first in a request.
"""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from lms.kernel import sessions
from lms.kernel.database import db, release
from lms.kernel.ids import new_code
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import hashing, journal, proofs, rules
from lms.people.models import Act, Password, Person, Pin, PinKind


def issue_pins(
    person_ids: Collection[int], by: int | None, now: datetime, kind: PinKind = PinKind.DIGITS
) -> dict[int, str]:
    """Make new PINs or picture codes, to be changed at the first sign-in; return each, which is kept nowhere in clear.

    A picture code is names of `proofs.PICTURES` parted by spaces. Ends the transaction it is
    called in before it hashes: call it first in a request.
    """
    codes = dict(db.session.execute(select(Person.id, Person.personal_code).where(Person.id.in_(person_ids))).all())
    release()
    pins = {person_id: _random_secret(kind, code) for person_id, code in codes.items()}
    hashes = {number: hashing.hash_pin(setting("SECRET_KEY"), number, pin) for number, pin in pins.items()}
    for person_id, hashed in hashes.items():
        db.session.merge(Pin(person_id=person_id, kind=kind, hash=hashed, must_change=True, changed_at=now))
        sessions.end_all_of(person_id)
        journal.note(person_id, Act.PIN_ISSUED, by, now)
    return pins


def choose_pin(person_id: int, pin: str, now: datetime) -> None:
    """Let someone who just proved who they are choose their PIN, or their pictures if that is their kind.

    Ends the transaction it is called in. Raises PinTooEasy, PicturesTooEasy or PinUnchanged.
    """
    stored, kind, code = db.session.execute(
        select(Pin.hash, Pin.kind, Person.personal_code)
        .select_from(Person)
        .outerjoin(Pin, Pin.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    release()
    kind = kind or PinKind.DIGITS
    if kind is PinKind.PICTURES:
        proofs.check_pictures(pin)
    else:
        proofs.check_pin_form(pin, code)
    if stored and hashing.verify_pin(setting("SECRET_KEY"), person_id, pin, stored):
        raise rules.PinUnchanged()
    hashed = hashing.hash_pin(setting("SECRET_KEY"), person_id, pin)
    db.session.merge(Pin(person_id=person_id, kind=kind, hash=hashed, must_change=False, changed_at=now))
    journal.note(person_id, Act.PIN_CHOSEN, person_id, now)


def issue_password(person_id: int, by: int | None, now: datetime) -> str:
    """Make someone a password to be changed at the first sign-in; return it, it is kept nowhere in clear.

    Ends the transaction it is called in. Raises NotFound, or EmailMissing.
    """
    email = _person(person_id).email
    release()
    if email is None:
        raise rules.EmailMissing()
    password = "-".join(new_code(4) for _ in range(4))
    hashed = hashing.hash_password(password)
    db.session.merge(Password(person_id=person_id, hash=hashed, must_change=True, changed_at=now))
    sessions.end_all_of(person_id)
    journal.note(person_id, Act.PASSWORD_ISSUED, by, now)
    return password


def choose_password(person_id: int, password: str, by: int | None, now: datetime) -> None:
    """Set someone's own password and end their sessions; whoever asks has proved who they are.

    Ends the transaction it is called in. Raises PasswordTooShort, PasswordTooLong,
    PasswordTooCommon or PasswordUnchanged.
    """
    person = _person(person_id)
    own = (person.given_name, person.family_name, *(person.email or "").split("@"))
    old = db.session.scalar(select(Password.hash).where(Password.person_id == person_id))
    release()
    proofs.check_password(password, own)
    if old and hashing.verify_password(password, old):
        raise rules.PasswordUnchanged()
    hashed = hashing.hash_password(password)
    db.session.merge(Password(person_id=person_id, hash=hashed, must_change=False, changed_at=now))
    sessions.end_all_of(person_id)
    journal.note(person_id, Act.PASSWORD_CHOSEN, by, now)


def _random_secret(kind: PinKind, personal_code: str) -> str:
    while True:
        if kind is PinKind.PICTURES:
            names = [secrets.choice(proofs.PICTURES) for _ in range(proofs.PICTURES_CHOSEN)]
            if not proofs.is_easy_pictures(names):
                return " ".join(names)
        else:
            pin = f"{secrets.randbelow(10**proofs.PIN_DIGITS):0{proofs.PIN_DIGITS}}"
            if not proofs.is_easy_pin(pin, personal_code):
                return pin


def _person(person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return person
