"""Set up, prove and take away second factors; passkeys are in `passkeys`.

Whatever takes a code ends the transaction it is called in, as `people.sign_in` does.
"""

from datetime import datetime

from sqlalchemy import delete, or_, update

from lms.kernel import sessions, vault
from lms.kernel.database import db, release
from lms.kernel.ids import keyed_digest, new_code
from lms.kernel.later import Later
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import tries
from lms.people.models import Person, SignInOutcome
from lms.people.second_factor import rules
from lms.people.second_factor.models import AccessAct, AccessEvent, AuthenticatorApp, Passkey, RecoveryCode

pyotp = Later("pyotp")


def begin_app(person_id: int, now: datetime) -> None:
    """Make a secret for someone's authenticator app; it opens nothing before its first right code.

    One that is in use stays until then; asked again, another secret is made.
    """
    app = db.session.get(AuthenticatorApp, person_id)
    if app is not None and app.confirmed_at is not None:
        return
    secret = vault.seal(_purpose(person_id), pyotp.random_base32().encode())
    db.session.merge(
        AuthenticatorApp(person_id=person_id, secret=secret, begun_at=now, confirmed_at=None, last_step=None)
    )


def waiting_secret(person_id: int) -> str:
    """Return the secret that someone's app is to be given, in Base32; raises NothingToConfirm."""
    app = db.session.get(AuthenticatorApp, person_id)
    if app is None or app.confirmed_at is not None:
        raise rules.NothingToConfirm()
    return _secret(app)


def confirm_app(person_id: int, code: str, now: datetime) -> None:
    """Take the first code of someone's app: from now on it is asked for. Raises NothingToConfirm or CodeWrong."""
    secret = waiting_secret(person_id)
    step = rules.step_of(secret, rules.normal_code(code), now, None)
    app = db.session.get_one(AuthenticatorApp, person_id)
    app.confirmed_at, app.last_step = now, step
    note(person_id, AccessAct.APP_ADDED, person_id, now)


def remove_app(person_id: int, by: int | None, now: datetime) -> None:
    """Take someone's authenticator app away; one that was never confirmed goes without a word."""
    app = db.session.get(AuthenticatorApp, person_id)
    if app is None:
        return
    if app.confirmed_at is not None:
        note(person_id, AccessAct.APP_REMOVED, by, now)
    db.session.delete(app)


def make_recovery_codes(person_id: int, now: datetime) -> list[str]:
    """Make someone ten new codes and end those before; return them, they are kept nowhere in clear."""
    codes = [new_code(rules.CODE_LETTERS) for _ in range(rules.RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    db.session.add_all(RecoveryCode(person_id=person_id, digest=_digest(person_id, code)) for code in codes)
    note(person_id, AccessAct.RECOVERY_CODES_MADE, person_id, now)
    return [rules.printed(code) for code in codes]


def prove(person_id: int, text: str, origin: str, now: datetime) -> None:
    """Take a code of someone's app or a recovery code, once each; `origin` is the desk (`code:…`).

    Tries are counted and slowed as those at passwords are, and apart from them: a right password
    forgives no wrong code. Raises CodeWrong or SignInThrottled.
    """
    attempt, code = tries.a_try(origin, "", person_id, now), rules.normal_code(text)
    with tries.one_at_a_time(attempt.name_digest):
        tries.refuse_if_throttled(attempt)
        try:
            take = _take_app_code if rules.is_app_code(code) else _take_recovery_code
            take(person_id, code, now)
        except rules.CodeWrong:
            release()
            tries.note(attempt, SignInOutcome.WRONG_SECRET)
            raise
        tries.keep(attempt, SignInOutcome.ACCEPTED)


def reset(person_id: int, by: int | None, now: datetime) -> None:
    """Take every second factor from someone who lost theirs, and end their sessions. Raises NotFound."""
    if db.session.get(Person, person_id) is None:
        raise NotFound()
    for table in (AuthenticatorApp, Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.person_id == person_id))
    sessions.end_all_of(person_id)
    note(person_id, AccessAct.SECOND_FACTOR_RESET, by, now)


def note(person_id: int, act: AccessAct, by: int | None, now: datetime) -> None:
    """Write down what became of how someone signs in."""
    db.session.add(AccessEvent(at=now, by_id=by, person_id=person_id, act=act))


def _take_app_code(person_id: int, code: str, now: datetime) -> None:
    app = db.session.get(AuthenticatorApp, person_id)
    if app is None or app.confirmed_at is None:
        raise rules.CodeWrong()
    step = rules.step_of(_secret(app), code, now, app.last_step)
    # Of two requests with one code, the second finds its step taken.
    older = or_(AuthenticatorApp.last_step.is_(None), AuthenticatorApp.last_step < step)
    taking = update(AuthenticatorApp).where(AuthenticatorApp.person_id == person_id, older).values(last_step=step)
    if not db.session.connection().execute(taking).rowcount:
        raise rules.CodeWrong()


def _take_recovery_code(person_id: int, code: str, now: datetime) -> None:
    unused = (RecoveryCode.digest == _digest(person_id, code), RecoveryCode.used_at.is_(None))
    taking = update(RecoveryCode).where(RecoveryCode.person_id == person_id, *unused).values(used_at=now)
    if not db.session.connection().execute(taking).rowcount:
        raise rules.CodeWrong()
    note(person_id, AccessAct.RECOVERY_CODE_USED, person_id, now)


def _secret(app: AuthenticatorApp) -> str:
    return vault.unseal(_purpose(app.person_id), app.secret).decode()


def _purpose(person_id: int) -> str:
    return f"authenticator app {person_id}"


def _digest(person_id: int, code: str) -> bytes:
    return keyed_digest(setting("SECRET_KEY"), "recovery", f"{person_id}\0{code}")
